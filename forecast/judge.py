"""Scored* -> Brier score and skill, log score, calibration, sharpness, by kind and horizon, with intervals over subjects."""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from forecast.ladder import Floats
from forecast.words import BANDS
from store.forecasts import COUNTED, Kind, Scored

BINS: Final = 10
_DRAWS: Final = 400
FEWEST: Final = 100
_RIDGE: Final = 20.0
_LEAST: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Statements whose probability lies in [low, high): how many, the mean probability, the share that came true; `word` where the bin is one of ICD 203."""

    low: float
    high: float
    count: int
    said: float
    happened: float
    word: str = ""

    @property
    def fits(self) -> bool:
        """Whether what happened lies in the bin."""
        return self.low <= self.happened <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a set of statements did. `skill` is the Brier skill against the base rate of each kind, None where that is 0 or 1 throughout."""

    count: int
    brier: float
    skill: float | None
    skill_low: float | None
    skill_high: float | None
    log_score: float
    calibration_error: float
    sharpness: float
    bins: tuple[Bin, ...]
    words: tuple[Bin, ...]


def judge(scored: Sequence[Scored], seed: int = 0) -> Verdict | None:
    """Score statements that were settled; None where there are none. The interval of the skill is 90 %, drawn over subjects (bootstrap), not statements."""
    if not scored:
        return None
    low, high = _interval(scored, skill, seed)
    said = np.array([one.probability for one in scored])
    return Verdict(
        count=len(scored),
        brier=brier(scored),
        skill=skill(scored),
        skill_low=low,
        skill_high=high,
        log_score=log_score(scored),
        calibration_error=calibration_error(scored),
        sharpness=float(said.var()),
        bins=calibration(scored),
        words=words(scored),
    )


def broken_down(scored: Sequence[Scored], by: Callable[[Scored], str], seed: int = 0) -> dict[str, Verdict]:
    """Judge statements group by group, such as by kind or by horizon."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[by(one)].append(one)
    return {name: verdict for name, some in sorted(groups.items()) if (verdict := judge(some, seed))}


def brier(scored: Sequence[Scored]) -> float:
    """Return the mean squared distance of probability and outcome (Brier 1950)."""
    return sum((one.probability - one.came_true) ** 2 for one in scored) / len(scored)


def skill(scored: Sequence[Scored]) -> float | None:
    """Return 1 minus the Brier score over that of the base rate of each kind; the base rate is that of these very statements, which is hard to beat."""
    least = usual(scored)
    return 1 - brier(scored) / least if least > 0 else None


def usual(scored: Sequence[Scored]) -> float:
    """Return the Brier score of always saying how often each kind of these very statements came true."""
    rates = _rates(scored)
    return sum((rates[one.kind.value] - one.came_true) ** 2 for one in scored) / len(scored)


def log_score(scored: Sequence[Scored]) -> float:
    """Return the mean negative log-likelihood; a probability counts as at least .001 away from 0 and 1, so that one miss stays finite."""
    held = [min(1 - _LEAST, max(_LEAST, one.probability)) for one in scored]
    return -sum(math.log(p if one.came_true else 1 - p) for one, p in zip(scored, held, strict=True)) / len(scored)


def calibration(scored: Sequence[Scored]) -> tuple[Bin, ...]:
    """Return what was said and what happened in tenths of probability; empty ones are left out."""
    edges = [number / BINS for number in range(BINS + 1)]
    return _binned(scored, [(low, high, "") for low, high in pairwise(edges)])


def words(scored: Sequence[Scored]) -> tuple[Bin, ...]:
    """Return the same by the words of ICD 203."""
    edges = [edge for edge, _ in BANDS]
    return _binned(scored, [(edge, high, word) for (edge, word), high in zip(reversed(BANDS), [*reversed(edges[:-1]), 1.0], strict=True)])


def calibration_error(scored: Sequence[Scored]) -> float:
    """Return the mean distance of what was said and what happened over the tenths, each weighed by its statements."""
    return sum(part.count * abs(part.said - part.happened) for part in calibration(scored)) / len(scored)


Curve = tuple[float, float, float]
UNCHANGED: Final[Curve] = (1.0, 1.0, 0.0)


def curve(kind: Kind, earlier: Sequence[Scored]) -> Curve:
    """Return what puts chances of this kind right by how earlier ones of its sort did: `UNCHANGED` while fewer than 100 were settled.

    There are three sorts: counts, escalation, standings of conditions and obstacles.
    """
    chosen = [one for one in earlier if _sort(one.kind) == _sort(kind)]
    return fit(chosen) if len(chosen) >= FEWEST else UNCHANGED


def fit(earlier: Sequence[Scored]) -> Curve:
    """Fit (a, b, c) of logit q = a ln p - b ln(1 - p) + c, a and b not below 0 (beta calibration: Kull, Silva Filho and Flach 2017), drawn to `UNCHANGED`."""
    held = np.clip([one.probability for one in earlier], _LEAST, 1 - _LEAST)
    true = np.array([float(one.came_true) for one in earlier])
    rows = np.stack([np.log(held), -np.log1p(-held), np.ones(len(held))], axis=1)
    start = np.array(UNCHANGED)

    def loss(at: Floats) -> tuple[float, Floats]:
        lean = rows @ at
        pull = at - start
        value = np.logaddexp(0.0, lean).sum() - true @ lean + _RIDGE * pull @ pull / 2
        return float(value), np.asarray(rows.T @ (expit(lean) - true) + _RIDGE * pull)

    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None), (0, None), (None, None)]).x
    return float(found[0]), float(found[1]), float(found[2])


def put_right(by: Curve, probability: float) -> float:
    """Put one probability right by a curve; it never falls where the probability rises. 0 and 1 stay."""
    if by == UNCHANGED or not 0 < probability < 1:
        return probability
    held = min(1 - _LEAST, max(_LEAST, probability))
    return float(expit(by[0] * math.log(held) - by[1] * math.log1p(-held) + by[2]))


def _sort(kind: Kind) -> str:
    return kind.value if kind is Kind.ESCALATION else "count" if kind in COUNTED else "standing"


def _rates(scored: Sequence[Scored]) -> Mapping[str, float]:
    true: dict[str, list[bool]] = defaultdict(list)
    for one in scored:
        true[one.kind.value].append(one.came_true)
    return {kind: sum(some) / len(some) for kind, some in true.items()}


def _binned(scored: Sequence[Scored], edges: Sequence[tuple[float, float, str]]) -> tuple[Bin, ...]:
    found = []
    for low, high, word in edges:
        some = [one for one in scored if low <= one.probability < high or (one.probability == high == 1.0)]
        if some:
            said, true = sum(one.probability for one in some) / len(some), sum(one.came_true for one in some) / len(some)
            found.append(Bin(low=low, high=high, count=len(some), said=said, happened=true, word=word))
    return tuple(found)


def _interval(scored: Sequence[Scored], figure: Callable[[Sequence[Scored]], float | None], seed: int) -> tuple[float | None, float | None]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[one.subject].append(one)
    clusters = [groups[subject] for subject in sorted(groups)]
    rng = np.random.default_rng(seed)
    drawn = [figure([one for number in rng.integers(0, len(clusters), len(clusters)) for one in clusters[number]]) for _ in range(_DRAWS)]
    known = [value for value in drawn if value is not None]
    return (float(np.quantile(known, 0.05)), float(np.quantile(known, 0.95))) if known else (None, None)
