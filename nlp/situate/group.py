"""Clue -> Trace, Trace* -> Group: a report as the live window remembers it, and reports that belong together."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice

from nlp.situate.clue import Clue
from nlp.situate.where import Spot, nearby, spots

# what was learned of longer reports does not hold below: two words are like anything
_FEWEST_WORDS = 8
# A happening is bound to its place: what is known from fewer located reports than these, or from reports all over the world, is joined by reports from
# near half of its own. A crisis of one place takes what is told of it from anywhere.
_LOCATED, _ANCHORED, _NEAR_HALF = 8, 0.3, 0.5
_SAMPLE = 16
_GROWN = 1.25


@dataclass(slots=True, eq=False)
class Trace:
    """The first report of an origin in the window, with its copies.

    `words` and `names` map to parts of a unit vector, `links` to tied reports (`earlier`: those among them that came before, as edges of a graph);
    `length` is the logarithm of how many words it has.
    """

    clue: Clue
    at: float
    words: dict[str, float]
    names: dict[str, float]
    links: dict[str, float] = field(default_factory=dict)
    earlier: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    weight: float = 0.0
    home: str = ""
    pin: str = ""
    copies: list[str] = field(default_factory=list)
    id: str = field(init=False)
    order: tuple[float, str] = field(init=False)
    length: float = field(init=False)
    spots: tuple[Spot, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.id = self.clue.report_id
        self.order = self.at, self.id
        self.length = math.log(1 + max(_FEWEST_WORDS, self.clue.length))
        self.spots = spots(self.clue.places)

    @property
    def report_ids(self) -> tuple[str, ...]:
        """The report and its copies."""
        return (self.id, *self.copies)


@dataclass(slots=True, eq=False)
class Group:
    """Reports that belong together: a situation, or a seed (id "") that waits for a second origin.

    `weight` sums the links of its reports, `inside` those among them, `ties` those to each other group, all in probabilities to a power; `located`
    are the places of the reports that name any.
    """

    key: str
    id: str
    traces: dict[str, Trace] = field(default_factory=dict)
    weight: float = 0.0
    inside: float = 0.0
    ties: dict[str, float] = field(default_factory=dict)
    pins: Counter[str] = field(default_factory=Counter)
    located: dict[str, tuple[Spot, ...]] = field(default_factory=dict)
    looked_at: int = 0
    _anchored: tuple[int, bool] = (0, False)
    _latest: tuple[tuple[int, str], dict[str, Trace]] = field(default_factory=lambda: ((0, ""), {}))

    @property
    def report_ids(self) -> tuple[str, ...]:
        """All its reports in the window, copies too, in order of their origins."""
        return tuple(one for trace in sorted(self.traces.values(), key=order) for one in trace.report_ids)

    @property
    def anchored(self) -> bool:
        """Say whether this is known to be a happening of one place: enough of its located reports are near each other."""
        count = len(self.located)
        if not self._anchored[0] <= _GROWN * count <= _GROWN**2 * self._anchored[0]:
            self._anchored = count, count >= _LOCATED and one_place(list(self.located.values())[-_SAMPLE:])
        return self._anchored[1]

    def may_hold(self, here: Sequence[Spot]) -> bool:
        """Say whether a report of these places may be of this group, as far as places tell; one that names none always may."""
        return not here or self.anchored or nearby(here, list(self.located.values())[-_SAMPLE:]) >= _NEAR_HALF

    def may_be(self, other: "Group") -> bool:
        """Say whether two groups may be of one happening, as far as places tell."""
        if self.anchored and other.anchored:
            return True
        less, more = sorted((self, other), key=lambda group: len(group.located))
        some = list(less.located.values())[-_SAMPLE:]
        return sum(more.may_hold(here) for here in some) >= _NEAR_HALF * len(some)

    def latest(self, most: int) -> dict[str, Trace]:
        """Return the latest so many of its reports by id, in order of time."""
        now = len(self.traces), next(reversed(self.traces), "")
        if self._latest[0] != now:
            # reports enter in order of time but where groups are merged: among the last few times as many are the latest
            some = sorted(islice(reversed(self.traces.values()), 4 * most), key=order)
            self._latest = now, {trace.id: trace for trace in some[-most:]}
        return self._latest[1]

    @property
    def first(self) -> tuple[float, str]:
        """When its first report was said, and its id."""
        return min(trace.order for trace in self.traces.values())


def one_place(located: Sequence[Sequence[Spot]]) -> bool:
    """Say whether enough pairs of located reports are near each other; one alone is of one place."""
    pairs = len(located) * (len(located) - 1) / 2
    return sum(nearby(here, located[:number]) * number for number, here in enumerate(located)) >= _ANCHORED * pairs


def order(trace: Trace) -> tuple[float, str]:
    """Say where a report stands in order of time."""
    return trace.order


def situation_id(report_id: str) -> str:
    """Return the lasting id of a situation that this report opened: it depends on content only."""
    return "s" + sha256(report_id.encode()).hexdigest()[:15]
