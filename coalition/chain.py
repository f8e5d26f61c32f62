"""Condition*, Standing* -> Broken*: which link of a theory of change breaks first, and which breaks only because of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.records import Condition, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A condition that fails, and the failing ones upstream that explain it (none: it is a root)."""

    condition_id: str
    because: tuple[str, ...]


def chain(conditions: Sequence[Condition], standings: Mapping[str, Standing], log_odds: Mapping[str, float]) -> tuple[Broken, ...]:
    """Name the failing conditions, roots first; among roots, and among the others, the one that most surely fails first.

    A condition is explained where what it needs is broken: any one of them, or all where any one would do. What is broken upstream passes
    through conditions that are doubtful or unknown, not through one that holds. `needs` must not run in a circle.
    """
    by_id = {condition.id: condition for condition in conditions}
    found = [Broken(condition_id=c.id, because=_roots(c, by_id, standings)) for c in conditions if standings[c.id] is Standing.FAILING]
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


def _roots(condition: Condition, by_id: Mapping[str, Condition], standings: Mapping[str, Standing]) -> tuple[str, ...]:
    """Name the failing conditions furthest up that explain this one."""
    upstream = [_broken_at(by_id[need], by_id, standings) for need in condition.needs]
    explained = bool(upstream) and (all(upstream) if condition.needs_any else any(upstream))
    return tuple(dict.fromkeys(root for roots in upstream for root in roots)) if explained else ()


def _broken_at(condition: Condition, by_id: Mapping[str, Condition], standings: Mapping[str, Standing]) -> tuple[str, ...]:
    standing = standings[condition.id]
    if standing is Standing.HOLDING:
        return ()
    roots = _roots(condition, by_id, standings)
    return roots or ((condition.id,) if standing is Standing.FAILING else ())
