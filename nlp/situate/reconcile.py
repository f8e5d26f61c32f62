"""Group* -> other groups: situations that turn out to be one are merged, one that turns out to be several is parted."""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from graspologic_native import leiden

from nlp.situate.group import Group, Trace, order, situation_id
from nlp.situate.lineage import Changes
from nlp.situate.live import Live, free
from nlp.situate.near import NEAREST

_LEAST_PART = 5
_SMALL, _LARGE = 8, 30
_SMALL_SHARE = 0.3
_GROWN = 1.25
# what is one situation stays one until the case for two is a little better than the case against merging them
_HYSTERESIS = 0.1
# Large groups are judged by their latest reports: that two matters have become one, or one two, is told by what comes in now. What only the latest tell
# has to be plainer, since one matter has many sides.
_LATEST, _LEAST_LATELY, _PLAINER = 60, 10, 2.0
# of large groups that hardly any links join the latest reports need not be looked at
_FAINT = 0.01


def reconcile(live: Live, at: datetime, changes: Changes) -> None:
    """Look again at every group that the ending epoch added to: part it where it falls apart, merge it with those that most of its links lead to.

    Parts are communities of the links among a group's reports (Leiden; Traag et al. 2019), at a resolution at which those that would be merged again
    stay together. Of merged groups the one with more reports, else the older, keeps its id; of parts the largest. What a person ruled is left alone:
    reports placed by hand and what belongs to them are not moved, and an id stays with the reports that a ruling or its undoing last left there;
    of two such situations the older keeps its id.
    """
    touched = [live.groups[key] for key in sorted({trace.home for trace in live.fresh})]
    due = [group for group in touched if group.id and len(group.traces) >= _due(group)]
    # what one falls apart into hangs on none of the others, and the search for communities leaves other threads free
    with ThreadPoolExecutor() as threads:
        for group, parts in zip(due, list(threads.map(partial(_parts, live=live), due)), strict=True):
            _part(group, parts, live, at, changes)
            group.looked_at = len(group.traces)
    _merge_all(sorted({trace.home for trace in live.fresh}), live, at, changes)


def _due(group: Group) -> float:
    """Say at which size a group is looked at again."""
    return min(group.looked_at + _LATEST / 2, _GROWN * max(group.looked_at, 2 * _LEAST_PART / _GROWN))


# --- merging ---


def _merge_all(keys: list[str], live: Live, at: datetime, changes: Changes) -> None:
    heap = [entry for key in keys for entry in _offers(live.groups[key], live)]
    heapq.heapify(heap)
    while heap:
        merit, one, other = heapq.heappop(heap)
        if one not in live.groups or other not in live.groups:
            continue
        now = _merit(live.groups[one], live.groups[other], live)
        if now <= 0:
            continue
        if now < -merit - 1e-9:
            heapq.heappush(heap, (-now, one, other))
            continue
        for entry in _offers(_merge(live.groups[one], live.groups[other], live, at, changes), live):
            heapq.heappush(heap, entry)


def _offers(group: Group, live: Live) -> list[tuple[float, str, str]]:
    merits = ((_merit(group, live.groups[key], live), key) for key in sorted(group.ties))
    return [(-merit, min(group.key, key), max(group.key, key)) for merit, key in merits if merit > 0]


def _merit(one: Group, other: Group, live: Live) -> float:
    """Say how much more than one in `parts` of the lesser group's links lead to the other, as a logarithm; 0 where they must not be merged."""
    share = _share(one, other)
    if live.rule.parts * share <= 1 or not _close(one, other) or (one.pins and other.pins) or live.hand.apart(one.pins, other.pins):
        return 0.0
    if live.hand.marks and live.hand.dismissed(one.report_ids) != live.hand.dismissed(other.report_ids):
        return 0.0
    return math.log(live.rule.parts * share)


def _share(one: Group, other: Group) -> float:
    """Say which share of the lesser group's links lead to the other; of two large groups, of the links among the latest reports of either."""
    least = min(one.weight, other.weight)
    share = one.ties.get(other.key, 0.0) / least if least > 0 else 0.0
    if share < _FAINT or min(len(one.traces), len(other.traces)) < _LATEST:
        return share
    return _lately(one.latest(_LATEST), other.latest(_LATEST))


def _lately(here: Mapping[str, Trace], there: Mapping[str, Trace]) -> float:
    tie = _links(here, there)
    return tie / (tie + min(_links(here, here), _links(there, there))) if tie else 0.0


def _links(here: Mapping[str, Trace], there: Mapping[str, Trace]) -> float:
    return sum([weight for trace in here.values() for far, weight in trace.links.items() if far in there])


def _close(one: Group, other: Group) -> bool:
    """Ask of small groups that most of the links they could have to each other are there, and that places agree: two happenings of one kind are two."""
    if not one.may_be(other):
        return False
    here, there = sorted((len(one.traces), len(other.traces)))
    if here >= _SMALL:
        return True
    possible = here * there * min(1.0, 2 * NEAREST / (here + there))
    return one.ties.get(other.key, 0.0) >= possible * (_SMALL_SHARE if there < _LARGE else _SMALL_SHARE / 2)


def _merge(one: Group, other: Group, live: Live, at: datetime, changes: Changes) -> Group:
    named = {g.key for g in (one, other) if _claimed(g.report_ids, g, live)}
    heavy, light = sorted((one, other), key=lambda g: (not g.pins, g.key not in named, -len(g.traces) * (len(named) < 2), g.first))
    if light.id and not heavy.id:
        heavy, light = light, heavy
    moved, light_id = light.report_ids, light.id
    _shift(sorted(light.traces.values(), key=order), heavy, live)
    live.forget(light)
    if not heavy.id:
        live.announce(heavy)
        changes.open(heavy.id, heavy.report_ids, at, "opened")
    elif light_id:
        changes.merge(heavy.id, light_id, moved, at)
    else:
        changes.move(moved, heavy.id, at)
    return heavy


# --- parting ---


def _part(group: Group, parts: list[list[Trace]], live: Live, at: datetime, changes: Changes) -> None:
    if live.hand.locked(group.pins):
        return
    parts = sorted(parts, key=lambda part: -_claimed((trace.id for trace in part), group, live))
    for loose in parts[1:]:
        if any(trace.pin for trace in loose) or _hangs_on(loose, group, live):
            continue
        fresh = live.known(free(situation_id(loose[0].id), live.groups))
        _shift(loose, fresh, live)
        fresh.looked_at = len(loose)
        changes.part(group.id, fresh.id, fresh.report_ids, at)


def _hangs_on(loose: list[Trace], group: Group, live: Live) -> bool:
    """Say whether a part of a group would be merged with the rest again, or be so but for a little."""
    part = {trace.id: trace for trace in loose}
    rest = {id_: trace for id_, trace in group.traces.items() if id_ not in part}
    if min(len(part), len(rest)) >= _LATEST:
        latest = {trace.id: trace for trace in sorted(rest.values(), key=order)[-_LATEST:]}
        return live.rule.parts * _PLAINER * _lately(dict(list(part.items())[-_LATEST:]), latest) > 1
    weight = sum(trace.weight for trace in loose)
    return live.rule.parts * math.exp(_HYSTERESIS) * _links(part, rest) > min(weight, group.weight - weight)


def _claimed(report_ids: Iterable[str], group: Group, live: Live) -> int:
    return live.hand.claimed(report_ids, group.id)


def _shift(traces: list[Trace], group: Group, live: Live) -> None:
    for trace in traces:
        live.leave(trace)
        live.enter(trace, group)


def _parts(group: Group, live: Live) -> list[list[Trace]]:
    """Find what a group falls apart into, the largest first; of a large one that hangs together as a whole, what its latest reports fall apart into."""
    ordered = sorted(group.traces.values(), key=order)
    parts = _communities(ordered, live)
    if len(parts) > 1 or len(ordered) < 2 * _LATEST:
        return parts
    lately = [part for part in _communities(ordered[-_LATEST:], live) if len(part) >= _LEAST_LATELY]
    return _filled(lately, ordered) if _plainly_apart(lately, live) else parts


def _plainly_apart(parts: list[list[Trace]], live: Live) -> bool:
    known = [{trace.id: trace for trace in part} for part in parts]
    return any(live.rule.parts * _PLAINER * _lately(known[0], other) <= 1 for other in known[1:])


def _filled(lately: list[list[Trace]], ordered: list[Trace]) -> list[list[Trace]]:
    """Let each earlier report go, the latest first, to the part that most of its links lead to, else to the largest; return the largest first."""
    home = {trace.id: number for number, part in enumerate(lately) for trace in part}
    for trace in reversed(ordered):
        if trace.id not in home:
            votes: defaultdict[int, float] = defaultdict(float)
            for far, weight in trace.links.items():
                if far in home:
                    votes[home[far]] += weight
            home[trace.id] = max(votes, key=lambda number: (votes[number], -number), default=0)
    parts = [[trace for trace in ordered if home[trace.id] == number] for number in range(len(lately))]
    return sorted(parts, key=lambda part: (-len(part), order(part[0])))


def _communities(ordered: list[Trace], live: Live) -> list[list[Trace]]:
    """Find communities of at least five reports by the links among some, the largest first; the rest belongs to the first."""
    here = {trace.id for trace in ordered}
    ties = [tie for one in ordered for other, tie in one.earlier.items() if other in here]
    if not ties:
        return [ordered]
    _, found = leiden(ties, resolution=math.exp(-_HYSTERESIS) / live.rule.parts, seed=0)
    parts: defaultdict[int, list[Trace]] = defaultdict(list)
    for trace in ordered:
        if trace.id in found:
            parts[found[trace.id]].append(trace)
    return sorted((part for part in parts.values() if len(part) >= _LEAST_PART), key=lambda part: (-len(part), order(part[0]))) or [ordered]
