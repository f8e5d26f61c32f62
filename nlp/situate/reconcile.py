"""Group* -> other groups: situations that turn out to be one are merged, one that turns out to be several is parted."""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

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


def reconcile(live: Live, at: datetime, changes: Changes) -> None:
    """Look again at every group that the ending epoch added to: part it where it falls apart, merge it with those that most of its links lead to.

    Parts are communities of the links among a group's reports (Leiden; Traag et al. 2019), at a resolution at which those that would be merged again
    stay together. Of merged groups the one with more reports, else the older, keeps its id; of parts the largest. What a person ruled is left alone:
    reports placed by hand and what belongs to them are not moved, and an id stays with the reports that a ruling or its undoing last left there;
    of two such situations the older keeps its id.
    """
    for key in sorted({trace.home for trace in live.fresh}):
        group = live.groups[key]
        if group.id and len(group.traces) >= _GROWN * max(group.looked_at, 2 * _LEAST_PART / _GROWN):
            _part(group, live, at, changes)
            group.looked_at = len(group.traces)
    _merge_all(sorted({trace.home for trace in live.fresh}), live, at, changes)


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
    tie, least = one.ties.get(other.key, 0.0), min(one.weight, other.weight)
    if tie <= 0 or least <= 0 or not _close(one, other, tie) or (one.pins and other.pins) or live.hand.apart(one.pins, other.pins):
        return 0.0
    if live.hand.marks and live.hand.dismissed(one.report_ids) != live.hand.dismissed(other.report_ids):
        return 0.0
    return max(0.0, math.log(live.rule.parts * tie / least))


def _close(one: Group, other: Group, tie: float) -> bool:
    """Ask of small groups that most of the links they could have to each other are there, and that places agree: two happenings of one kind are two."""
    if not one.may_be(other):
        return False
    here, there = sorted((len(one.traces), len(other.traces)))
    if here >= _SMALL:
        return True
    possible = here * there * min(1.0, 2 * NEAREST / (here + there))
    return tie >= possible * (_SMALL_SHARE if there < _LARGE else _SMALL_SHARE / 2)


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


def _part(group: Group, live: Live, at: datetime, changes: Changes) -> None:
    if live.hand.locked(group.pins):
        return
    parts = sorted(_parts(group, live), key=lambda part: -_claimed((trace.id for trace in part), group, live))
    for loose in parts[1:]:
        if any(trace.pin for trace in loose):
            continue
        fresh = live.known(free(situation_id(loose[0].id), live.groups))
        _shift(loose, fresh, live)
        tie, least = group.ties.get(fresh.key, 0.0), min(group.weight, fresh.weight)
        if live.rule.parts * math.exp(_HYSTERESIS) * tie > least:
            _shift(loose, group, live)
            live.forget(fresh)
            continue
        fresh.looked_at = len(loose)
        changes.part(group.id, fresh.id, fresh.report_ids, at)


def _claimed(report_ids: Iterable[str], group: Group, live: Live) -> int:
    return live.hand.claimed(report_ids, group.id)


def _shift(traces: list[Trace], group: Group, live: Live) -> None:
    for trace in traces:
        live.leave(trace)
        live.enter(trace, group)


def _parts(group: Group, live: Live) -> list[list[Trace]]:
    """Find communities of at least five reports among the links of a group, the largest first; the rest belongs to the first."""
    ordered = sorted(group.traces.values(), key=order)
    ties = [(one.id, other, weight) for one in ordered for other, weight in one.links.items() if one.id > other in group.traces]
    if not ties:
        return [ordered]
    _, found = leiden(ties, resolution=math.exp(-_HYSTERESIS) / live.rule.parts, seed=0)
    parts: defaultdict[int, list[Trace]] = defaultdict(list)
    for trace in ordered:
        if trace.id in found:
            parts[found[trace.id]].append(trace)
    return sorted((part for part in parts.values() if len(part) >= _LEAST_PART), key=lambda part: (-len(part), order(part[0]))) or [ordered]
