"""Problem -> Choice: the team of least cost that covers what can be covered, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

NODES = 20_000  # of the search tree; a count and not a time, so that the answer does not depend on the machine
_STEPS = 1000.0  # costs are rounded to thousandths: below that ties decide
_ONLY_SAID = 1.5  # members that a strength is worth for which the team has words alone, where somebody has shown it
_SLACK = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Who may bring what. Rows are what is asked; columns are partners.

    covers: bool (rows, partners). shown: those of them that are more than words; a row without any is not asked to have one. times: how many must bring
    each row, int (rows,). size: what a member weighs when members are counted, >= 1. costs: what else speaks against a member, in [0, 1]; looked at only
    among teams of equal size. ties: in [0, 1), for what is equal in everything else. apart: pairs of columns that exclude each other.
    """

    covers: NDArray[np.bool_]
    shown: NDArray[np.bool_]
    times: NDArray[np.int64]
    size: NDArray[np.float64]
    costs: NDArray[np.float64]
    ties: NDArray[np.float64]
    apart: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `most` of some columns may be taken."""

    columns: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A team by columns, what each row falls short of `times`, and how sure it is that no team is better (gap 0: proven)."""

    taken: tuple[int, ...]
    short: tuple[int, ...]
    size: float
    gap: float = 0.0

    @property
    def proven(self) -> bool:
        """Say whether no better team exists."""
        return self.gap <= _SLACK


@dataclass(frozen=True, slots=True)
class _Model:
    """The integer programme: one 0/1 for each partner, then for each row its shortfall, and whether it stands on words alone."""

    problem: Problem
    rows: list[LinearConstraint]
    nodes: int = NODES

    @property
    def partners(self) -> int:
        return int(self.problem.covers.shape[1])

    def least(self, weights: NDArray[np.float64], more: Sequence[LinearConstraint] = ()) -> OptimizeResult:
        upper = np.concatenate([np.ones(self.partners), self.problem.times, np.ones(len(self.problem.times))])
        options = {"mip_rel_gap": 0.0, "node_limit": self.nodes}
        return milp(weights, constraints=[*self.rows, *more], integrality=np.ones(len(weights)), bounds=Bounds(0, upper), options=options)


def choose(problem: Problem, limits: Sequence[Limit] = (), nodes: int = NODES) -> Choice:
    """Return the best team under some limits; its gap tells whether the search ended within `nodes` nodes.

    First as much of what is asked as possible, then the fewest members (a strength that the team has but a partner's word for, though another has shown
    it, weighs as much as one and a half), then the least cost, then ties: set multi-cover as a mixed-integer programme
    in two steps (HiGHS branch and bound, Huangfu and Hall 2018), so that no weight has to stand for "much more important". Columns are to be given in an order
    that does not depend on the input. Limits that no team can keep raise RuntimeError.
    """
    if not problem.covers.size:
        return Choice(taken=(), short=tuple(int(n) for n in problem.times), size=0.0)
    model = _Model(problem, _rows(problem, limits), nodes)
    counts = np.concatenate([problem.size, np.full(len(problem.times), _missing(problem)), np.full(len(problem.times), _ONLY_SAID)])
    first = model.least(counts)
    if first.x is None:
        raise RuntimeError(f"no team keeps these limits: {first.message}")
    as_good = LinearConstraint(counts[None, :], ub=float(counts @ np.round(first.x)) + _SLACK * 100)
    fine = np.concatenate([np.round(problem.costs * _STEPS) + problem.ties, np.zeros(2 * len(problem.times))])
    second = model.least(fine, [as_good])
    best = first if second.x is None else second  # a search that was cut short may have found no team of that size again
    return _choice(problem, best.x, max(_gap(first), _gap(second)))


def overlap(problem: Problem, choice: Choice) -> int:
    """Return how many members of a team every team that covers as much must have: those, or as many of them, cannot be replaced."""
    if not choice.taken:
        return 0
    inside = np.zeros(problem.covers.shape[1])
    inside[list(choice.taken)] = 1.0
    rows = np.zeros(len(problem.times))
    missing = np.concatenate([np.zeros(len(inside)), rows + 1.0, rows])
    as_much = LinearConstraint(missing[None, :], ub=float(sum(choice.short)))
    found = _Model(problem, _rows(problem, ())).least(np.concatenate([inside, rows, rows]), [as_much])
    return round(float(inside @ np.round(found.x[: len(inside)])))


def _rows(problem: Problem, limits: Sequence[Limit]) -> list[LinearConstraint]:
    rows, columns = problem.covers.shape
    cover = np.hstack([problem.covers.astype(float), np.eye(rows), np.zeros((rows, rows))])
    proof = np.hstack([problem.shown.astype(float), np.eye(rows), np.eye(rows)])
    kept = [LinearConstraint(cover, lb=problem.times), LinearConstraint(proof, lb=problem.shown.any(axis=1).astype(float))]
    some = [(pair, 1) for pair in problem.apart] + [(limit.columns, limit.most) for limit in limits]
    if some:
        table = np.zeros((len(some), columns + 2 * rows))
        for number, (chosen, _) in enumerate(some):
            table[number, list(chosen)] = 1.0
        kept.append(LinearConstraint(table, ub=[most for _, most in some]))
    return kept


def _missing(problem: Problem) -> float:
    """Return what one uncovered place weighs: more than the largest team that could be of use."""
    return float((problem.size.max(initial=1.0) + _ONLY_SAID) * (problem.times.sum() + 1))


def _gap(found: OptimizeResult) -> float:
    return 0.0 if found.status == 0 else 1.0 if found.mip_gap is None else float(found.mip_gap)


def _choice(problem: Problem, x: NDArray[np.float64], gap: float) -> Choice:
    columns = problem.covers.shape[1]
    taken = tuple(int(n) for n in np.flatnonzero(x[:columns] > 0.5))
    have = problem.covers[:, list(taken)].sum(axis=1)
    short = tuple(int(n) for n in np.maximum(0, problem.times - have))
    return Choice(taken=taken, short=short, size=float(problem.size[list(taken)].sum()), gap=gap)
