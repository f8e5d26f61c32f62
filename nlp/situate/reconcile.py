"""Group* -> fewer groups: situations that turn out to be one are merged, those with different anchors are kept apart."""

import math
from datetime import datetime

from nlp.situate.group import Group
from nlp.situate.lineage import Changes
from nlp.situate.live import DAY, Live

_APART_DAYS = 7.0
_LEAST_READ = 50
_ANCHOR_SHARE = 0.3
_OTHER_ANCHOR = 0.7


def reconcile(live: Live, since: float, at: datetime, changes: Changes) -> None:
    """Merge live situations whose cores agree; the one with more origins, else the older, keeps its id.

    Only situations that grew since `since` (the beginning of the epoch that ended) are looked at again, and none before enough was read to know
    which words are common. Two whose leading places (or, without places, names) differ need
    almost the same words: similar happenings in two towns are two situations.
    """
    if live.counted < _LEAST_READ:
        return
    grown = sorted((g for g in live.groups.values() if g.id and g.last >= since), key=_rank)
    for group in grown:
        if group.key in live.groups:
            _absorb(group, live, at, changes)


def _absorb(group: Group, live: Live, at: datetime, changes: Changes) -> None:
    other = _twin(group, live)
    while other is not None:
        heavy, light = sorted((group, other), key=_rank)
        light_id = light.id
        moved = live.merge(heavy, light)
        changes.merge(heavy.id, light_id, moved, at)
        group = heavy
        other = _twin(group, live)


def _rank(group: Group) -> tuple[int, float, str]:
    return -len(group.origins), min(group.reports.values()), group.key


def _twin(group: Group, live: Live) -> Group | None:
    best: tuple[float, str] | None = None
    for key in _near(group, live):
        other = live.groups[key]
        if abs(other.last - group.last) > _APART_DAYS * DAY:
            continue
        score = likeness(group, other, live)
        better = score >= live.rule.merge and (best is None or (score, key) > best)
        if better and score >= _needed(group, other, live.rule.merge):
            best = (score, key)
    return live.groups[best[1]] if best else None


def likeness(one: Group, other: Group, live: Live) -> float:
    """Return the cosine of two groups' cores, in [0, 1]."""
    small, large = live.core(one), live.core(other)
    dot = sum(n * large[w] for w, n in small.items() if w in large)
    return dot / math.sqrt(_square(small) * _square(large)) if dot else 0.0


def _square(core: dict[str, int]) -> int:
    return sum(n * n for n in core.values())


def _needed(one: Group, other: Group, merge: float) -> float:
    for kind in ("p:", "n:"):
        here, there = _anchors(one, kind), _anchors(other, kind)
        if here and there:
            return merge if here & there else merge + _OTHER_ANCHOR
    return merge


def _anchors(group: Group, kind: str) -> set[str]:
    counts = {w: n for w, n in group.words.items() if w.startswith(kind)}
    return {w for w, n in counts.items() if n >= _ANCHOR_SHARE * max(counts.values())}


def _near(group: Group, live: Live) -> set[str]:
    sharing = (key for word in live.core(group) for key in live.postings.get(word, {}) if key != group.key)
    return {key for key in sharing if live.groups[key].id}
