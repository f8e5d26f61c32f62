"""Condition*, Standing* -> Broken*: which link of a theory of change breaks first, and which breaks only because of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.records import Objective, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A condition that fails, and the failing ones upstream that explain it (none: it is a root)."""

    condition_id: str
    because: tuple[str, ...]


def chain(objective: Objective, standings: Mapping[str, Standing], log_odds: Mapping[str, float]) -> tuple[Broken, ...]:
    """Name the failing conditions, roots first; among roots, and among the others, the one that most surely fails first.

    A condition is explained where what it needs is broken: any one of them, or all where any one would do. What is broken upstream passes
    through conditions that are doubtful or unknown, not through one that holds. `needs` must not run in a circle.
    """
    failing = [condition.id for condition in objective.conditions if standings[condition.id] is Standing.FAILING]
    found = [Broken(condition_id=one, because=_roots(one, objective, standings)) for one in failing]
    return tuple(sorted(found, key=lambda one: (bool(one.because), log_odds[one.condition_id], one.condition_id)))


def circle(needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the ids along a circle of needs, beginning and ending with the same one; empty where there is none."""
    done: set[str] = set()
    return next((found for start in needs if (found := _walk(start, needs, (), done))), ())


def _walk(at: str, needs: Mapping[str, Sequence[str]], path: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    if at in path:
        return (*path[path.index(at) :], at)
    if at in done:
        return ()
    found = next((circle_ for need in needs.get(at, ()) if (circle_ := _walk(need, needs, (*path, at), done))), ())
    done.add(at)
    return found


def _roots(condition_id: str, objective: Objective, standings: Mapping[str, Standing]) -> tuple[str, ...]:
    """Name the failing conditions furthest up that explain this one."""
    upstream = [_broken_at(need, objective, standings) for need in objective.needs[condition_id]]
    enough = all if any(one.needs_any for one in objective.conditions if one.id == condition_id) else any
    return tuple(dict.fromkeys(root for roots in upstream for root in roots)) if enough(upstream) else ()


def _broken_at(condition_id: str, objective: Objective, standings: Mapping[str, Standing]) -> tuple[str, ...]:
    if standings[condition_id] is Standing.HOLDING:
        return ()
    roots = _roots(condition_id, objective, standings)
    return roots or ((condition_id,) if standings[condition_id] is Standing.FAILING else ())
