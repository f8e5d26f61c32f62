"""The live window: recent reports, the links between them, and the groups they make."""

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.situate.clue import Clue, features, names
from nlp.situate.group import Group, Trace, situation_id
from nlp.situate.hand import Hand
from nlp.situate.link import caution, compare, scorer
from nlp.situate.near import Near, hashed
from nlp.situate.weigh import Rarity

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The settings of grouping. See docs/benchmarks.md for how the defaults were chosen.

    Reports are linked where their probability exceeds `link`, with the probability to the power `sharp` as weight. A report joins a group that has at
    least `share` of the links it could have there, and one of at least `join`. Of two groups the lesser joins the other where more than one in
    `parts` of its links lead there.
    """

    window_days: float = 30.0
    window_reports: int = 12_000
    embers: int = 8
    ember_days: float = 60.0
    epoch_hours: float = 12.0
    epoch_reports: int = 1000
    link: float = 0.3
    sharp: int = 3
    join: float = 0.5
    share: float = 0.25
    parts: float = 8.0


class Live:
    """State of the online pass; what an epoch holds as known (word rarity, centre of vectors) changes only between epochs and comes from the past alone."""

    def __init__(self, rule: Rule | None = None, hand: Hand | None = None) -> None:
        self.rule, self.hand = rule or Rule(), hand or Hand()
        self.groups: dict[str, Group] = {}
        self.traces: dict[str, Trace] = {}
        self.roots: dict[str, Trace] = {}
        self.epoch = -math.inf
        self.fresh: list[Trace] = []
        self._window: list[Trace] = []
        self._near = Near(scorer().centre)
        self._words, self._names = Rarity(), Rarity()
        self._caution = caution(0)

    # --- time ---

    def epoch_of(self, at: float) -> float:
        """Return the beginning of the epoch that holds `at`, in seconds."""
        length = self.rule.epoch_hours * HOUR
        return math.floor(at / length) * length

    @property
    def edge(self) -> float:
        """Where the window begins: reports up to then are forgotten."""
        return self.epoch - self.rule.window_days * DAY

    def over(self, at: float, waiting: int = 0) -> bool:
        """Say whether a report of this time begins another epoch, when so many are still to be taken into this one."""
        return self.epoch_of(at) > self.epoch or len(self.fresh) + waiting >= self.rule.epoch_reports

    def turn(self, at: float) -> None:
        """Begin an epoch: count what the last one brought, let go what left the window."""
        self.epoch = max(self.epoch, self.epoch_of(at))
        for trace in self.fresh:
            self._words.add(trace.words)
            self._names.add(trace.names)
        self.fresh = []
        self._caution = caution(self._words.reports)
        times = [trace.order for trace in self._window]
        aged = sorted(range(len(times)), key=times.__getitem__)
        gone = max(bisect_right(aged, self.edge, key=lambda number: times[number][0]), len(aged) - self.rule.window_reports)
        kept = [*self._embers(aged[:gone]), *aged[gone:]]
        self._near.keep(kept)
        self._window = [self._window[number] for number in kept]

    def _embers(self, leaving: list[int]) -> list[int]:
        """Let reports go, the oldest first, but for the last few of each situation."""
        kept = []
        for number in leaving:
            trace = self._window[number]
            group = self.groups[trace.home]
            if group.id and len(group.traces) <= self.rule.embers and trace.at > self.epoch - self.rule.ember_days * DAY:
                kept.append(number)
            else:
                self._let_go(trace)
        most = self.rule.window_reports // 4
        for number in kept[:-most]:
            self._let_go(self._window[number])
        return kept[-most:]

    def _let_go(self, trace: Trace) -> None:
        group = self.groups[trace.home]
        self._words.drop(trace.words)
        self._names.drop(trace.names)
        self.leave(trace)
        for other in trace.links:
            neighbour = self.traces[other]
            weight = neighbour.links.pop(trace.id)
            neighbour.earlier.pop(trace.id, None)
            neighbour.weight -= weight
            self.groups[neighbour.home].weight -= weight
        if not group.traces:
            self.forget(group)
        for report_id in trace.report_ids:
            del self.traces[report_id]
        if self.roots.get(trace.clue.origin_id) is trace:
            del self.roots[trace.clue.origin_id]

    # --- reports ---

    def passes_over(self, clue: Clue) -> bool:
        """Say whether a report is noise that nobody has placed."""
        return clue.noise and not self.hand.pin(clue.report_id)

    def take(self, clues: list[Clue]) -> Iterator[Trace]:
        """Take first reports of their origins, all of this epoch, into the window; give each, linked to the nearest before it, for a home to be found.

        Links come one report at a time, so that none has links to what is not there yet: the size of batches makes no difference.
        """
        if not clues:
            return
        taken, first = [self._trace(clue) for clue in clues], len(self._near)
        self._near.add(np.array([_vector(clue) for clue in clues], np.float32))
        self._window += taken
        for trace, (numbers, cosines) in zip(taken, self._near.nearest(first), strict=True):
            self._link(trace, [(self._window[int(n)], float(c)) for n, c in zip(numbers, cosines, strict=True)])
            yield trace

    def _trace(self, clue: Clue) -> Trace:
        words, called = self._words.vector(features(clue.words)), self._names.vector(names(clue))
        trace = Trace(clue=clue, at=clue.at.timestamp(), words=words, names=called, pin=self.hand.pin(clue.report_id))
        self.traces[clue.report_id] = self.roots[clue.origin_id] = trace
        self.fresh.append(trace)
        return trace

    def _link(self, trace: Trace, near: list[tuple[Trace, float]]) -> None:
        weights = scorer().read if _was_read(trace.clue) else scorer().unread
        for other, seen in compare(trace, near):
            probability = weights.probability(seen, self._caution)
            if probability > self.rule.link:
                self._tie(trace, other, probability**self.rule.sharp)

    def _tie(self, trace: Trace, other: Trace, weight: float) -> None:
        """Tie a report that has no home yet to an earlier one."""
        trace.earlier[other.id] = trace.id, other.id, weight
        trace.links[other.id] = other.links[trace.id] = weight
        trace.weight += weight
        other.weight += weight
        if other.home:
            self.groups[other.home].weight += weight

    # --- groups ---

    def known(self, situation: str) -> Group:
        """Return the group of an announced situation, opening it where it is not live."""
        return self.groups.setdefault(situation, Group(key=situation, id=situation))

    def seed(self, trace: Trace) -> Group:
        """Open a group for a report that nothing else is like."""
        return self.groups.setdefault(trace.id, Group(key=trace.id, id=""))

    def announce(self, group: Group) -> str:
        """Give a group its lasting id, made from its first report alone, and return it."""
        return self.rename(group, free(situation_id(group.first[1]), self.groups))

    def rename(self, group: Group, situation: str) -> str:
        """Let a group be a situation of this id."""
        del self.groups[group.key]
        for other, weight in group.ties.items():
            ties = self.groups[other].ties
            del ties[group.key]
            ties[situation] = weight
        for trace in group.traces.values():
            trace.home = situation
        group.key = group.id = situation
        self.groups[situation] = group
        return situation

    def enter(self, trace: Trace, group: Group) -> None:
        """Put a report that has no home into a group."""
        trace.home = group.key
        group.traces[trace.id] = trace
        group.weight += trace.weight
        if trace.spots:
            group.located[trace.id] = trace.spots
        if trace.pin:
            group.pins[trace.pin] += 1
        self._sum(trace, group, 1.0)

    def leave(self, trace: Trace) -> None:
        """Take a report out of its group, which may be left empty."""
        group = self.groups[trace.home]
        trace.home = ""
        del group.traces[trace.id]
        group.weight -= trace.weight
        group.located.pop(trace.id, None)
        if trace.pin:
            group.pins -= {trace.pin: 1}
        self._sum(trace, group, -1.0)

    def _sum(self, trace: Trace, group: Group, sign: float) -> None:
        for other, weight in trace.links.items():
            home = self.traces[other].home
            if home == group.key:
                group.inside += sign * weight
            elif home:
                for one, far in ((group, home), (self.groups[home], group.key)):
                    one.ties[far] = one.ties.get(far, 0.0) + sign * weight
                    if one.ties[far] < 1e-9:
                        del one.ties[far]

    def forget(self, group: Group) -> None:
        """Drop an empty group."""
        for other in group.ties:
            self.groups[other].ties.pop(group.key, None)
        del self.groups[group.key]


def free(wanted: str, taken: dict[str, Group]) -> str:
    """Return an id made from the one wanted that no live group has."""
    while wanted in taken:
        wanted = situation_id(wanted)
    return wanted


def _vector(clue: Clue) -> NDArray[np.float32]:
    # words are centred already: what is taken off each vector is given to them first
    return clue.vector if clue.vector is not None and _was_read(clue) else hashed(features(clue.words)) + scorer().centre.astype(np.float32)


def _was_read(clue: Clue) -> bool:
    """Say whether an encoder like the default one read a report; vectors of another length are passed over for the words."""
    return clue.vector is not None and len(clue.vector) == len(scorer().centre)
