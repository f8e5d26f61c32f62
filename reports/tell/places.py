"""View -> PlaceCount*: where reports are about, and which of these places may as well be another of that name."""

from collections import defaultdict
from collections.abc import Iterable

from reports.tell.view import View, heard
from store.records import Toponym
from store.told import PlaceCount

CERTAIN = 0.5


def places(seen: View, report_ids: Iterable[str]) -> tuple[PlaceCount, ...]:
    """Count, for each place, the quotable reports that name it; those that most independent origins name first.

    A place is certain where at least one report names it with a probability of a half; else the surest of them says what it may be instead.
    """
    read = (rid for rid in set(report_ids) if rid in seen.quotable and rid in seen.material.readings)
    named: dict[str, list[tuple[str, Toponym]]] = defaultdict(list)
    for rid in sorted(read, key=lambda rid: (seen.reports[rid].at, rid)):
        for toponym in seen.material.readings[rid].toponyms:
            named[toponym.place.id].append((rid, toponym))
    counts = [_count(seen, found) for found in named.values()]
    return tuple(sorted(counts, key=lambda mark: (-mark.heard.origins, -mark.heard.carriers, mark.place.id)))


def _count(seen: View, found: list[tuple[str, Toponym]]) -> PlaceCount:
    surest = max((toponym for _, toponym in found), key=lambda toponym: toponym.probability)
    certain = surest.probability >= CERTAIN
    where = found[-1][1].place
    return PlaceCount(place=where, heard=heard(seen, {rid for rid, _ in found}), certain=certain, runner_up=None if certain else surest.runner_up)
