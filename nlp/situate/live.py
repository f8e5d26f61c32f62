"""The live window: groups of recent reports, and how common each word is.

Everything in it is a sum of whole numbers, so that it depends on which reports are in the window and where they belong, and on nothing else.
"""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nlargest

from nlp.situate.group import Group, Trace, situation_id
from nlp.situate.weigh import PRIOR_REPORTS, prior, weigh

HOUR = 3600.0
DAY = 24 * HOUR
_CORE_WORDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The settings of grouping; scores lie in [0, 1]. See docs/benchmarks.md for how the defaults were chosen."""

    window_days: float = 30.0
    epoch_hours: float = 12.0
    join: float = 0.1
    alone: float = 0.08
    merge: float = 0.15
    half_life_days: float = 15.0


class Live:
    """State of the online pass: the window's groups, an inverted index of their words, and document frequencies.

    Word weights change only between epochs, and come only from reports before the running one.
    """

    def __init__(self, rule: Rule | None = None) -> None:
        self.rule = rule or Rule()
        self.groups: dict[str, Group] = {}
        self.home: dict[str, str] = {}
        self.traces: dict[str, Trace] = {}
        self.postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.epoch = -math.inf
        self.version = 0
        self._frequency: Counter[str] = Counter()
        self.counted = 0
        self._pending: list[Trace] = []
        self._weights: dict[str, int] = {}
        self._by_age: list[Trace] = []

    # --- weights ---

    def weight(self, word: str) -> int:
        """Return what a word weighs in this epoch: a power of its inverse document frequency, as a whole number."""
        found = self._weights.get(word)
        if found is None:
            found = self._weights[word] = weigh(word, self._frequency[word], self.counted)
        return found

    def core(self, group: Group) -> dict[str, int]:
        """Return the words a group uses far more than the window does: share of its reports times log of the ratio, a whole number.

        Unlike inverse document frequency this leaves a large group its own name, and gives words that all reports share nothing.
        """
        self.square(group)
        if group.core is None:
            lifted = {w: self._lift(w, n / group.mass) for w, n in group.words.items() if n * 50 > group.mass}
            group.core = {w: lifted[w] for w in nlargest(_CORE_WORDS, lifted, key=lambda w: (lifted[w], w)) if lifted[w] > 0}
        return group.core

    def _lift(self, word: str, share: float) -> int:
        expected = (self._frequency[word] + PRIOR_REPORTS * prior(word)) / (self.counted + PRIOR_REPORTS)
        return round(1000 * share * math.log(share / expected))

    def square(self, group: Group) -> int:
        """Return the squared length of a group's weighted word vector."""
        if group.version != self.version:
            known, weight = self._weights, self.weight
            group.square = sum([(known.get(w) or weight(w)) * n * n for w, n in group.words.items()])
            group.version, group.core = self.version, None
        return group.square

    # --- time ---

    def epoch_of(self, at: float) -> float:
        """Return the beginning of the epoch that holds `at`, in seconds."""
        length = self.rule.epoch_hours * HOUR
        return math.floor(at / length) * length

    def turn(self, epoch: float) -> None:
        """Begin an epoch: count what the last one brought, let go what left the window."""
        self.epoch = epoch
        for trace in self._pending:
            self._count(trace, 1)
        self._pending.clear()
        self._by_age.sort(key=lambda t: t.at)
        gone = bisect_right(self._by_age, self.edge, key=lambda t: t.at)
        for trace in self._by_age[:gone]:
            self._drop(trace)
        del self._by_age[:gone]
        self._new_weights()

    @property
    def edge(self) -> float:
        """Where the window begins: reports up to then are forgotten."""
        return self.epoch - self.rule.window_days * DAY

    def _new_weights(self) -> None:
        self.version += 1
        self._weights.clear()

    def _count(self, trace: Trace, sign: int) -> None:
        if not trace.weight:
            return
        self.counted += sign
        for word in trace.words:
            self._frequency[word] += sign
            if not self._frequency[word]:
                del self._frequency[word]

    # --- groups ---

    def seed(self, trace: Trace) -> Group:
        """Open a group for a report that nothing else is like (or return the seed of its origin)."""
        return self.groups.setdefault(trace.origin_id, Group(key=trace.origin_id, id=""))

    def known(self, situation: str) -> Group:
        """Return the group of an announced situation, opening it where it is not live."""
        return self.groups.setdefault(situation, Group(key=situation, id=situation))

    def announce(self, group: Group) -> str:
        """Give a seed its lasting id, made from its first report alone, and return it."""
        first = min(group.reports, key=lambda r: (group.reports[r], r))
        group.id = situation_id(first)
        self._rename(group)
        return group.id

    def _rename(self, group: Group) -> None:
        self.groups[group.id] = self.groups.pop(group.key)
        for word, count in group.words.items():
            self.postings[word][group.id] = count
            del self.postings[word][group.key]
        for report_id in group.reports:
            self.traces[report_id].home = group.id
        for origin in group.origins:
            self.home[origin] = group.id
        group.key = group.id

    def admit(self, trace: Trace, group: Group) -> None:
        """Put a report into a group and remember it for as long as the window holds it."""
        self.traces[trace.report_id] = trace
        self._by_age.append(trace)
        self._add(trace, group)
        if trace.at >= self.epoch:
            self._pending.append(trace)
        else:
            self._count(trace, 1)
            self._new_weights()

    def merge(self, into: Group, other: Group) -> tuple[str, ...]:
        """Move every report of `other` into `into` and return their ids in order of time."""
        moved = sorted(other.reports, key=lambda r: (other.reports[r], r))
        for report_id in moved:
            self._take(self.traces[report_id], other)
            self._add(self.traces[report_id], into)
        return tuple(moved)

    def _add(self, trace: Trace, group: Group) -> None:
        group.reports[trace.report_id] = trace.at
        group.origins[trace.origin_id] += 1
        group.last = max(group.last, trace.at)
        self.home[trace.origin_id] = trace.home = group.key
        if not trace.weight:
            return
        fresh = group.version == self.version
        group.core = None
        group.mass += trace.weight
        for word in trace.words:
            before = group.words.get(word, 0)
            group.words[word] = self.postings[word][group.key] = before + trace.weight
            if fresh:
                group.square += self.weight(word) * trace.weight * (2 * before + trace.weight)

    def _take(self, trace: Trace, group: Group) -> None:
        del group.reports[trace.report_id]
        group.origins[trace.origin_id] -= 1
        if not group.origins[trace.origin_id]:
            del group.origins[trace.origin_id]
            if self.home.get(trace.origin_id) == group.key:
                del self.home[trace.origin_id]
        self._forget_words(trace, group)
        if not group.reports:
            del self.groups[group.key]

    def _forget_words(self, trace: Trace, group: Group) -> None:
        group.version = -1
        group.mass -= trace.weight
        for word in trace.words if trace.weight else ():
            left = group.words[word] - trace.weight
            if left:
                group.words[word] = self.postings[word][group.key] = left
                continue
            del group.words[word], self.postings[word][group.key]
            if not self.postings[word]:
                del self.postings[word]

    def _drop(self, trace: Trace) -> None:
        self._count(trace, -1)
        del self.traces[trace.report_id]
        self._take(trace, self.groups[trace.home])
