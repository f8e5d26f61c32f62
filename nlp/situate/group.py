"""Clue -> Trace, Trace* -> Group: a report as the live window remembers it, and reports that belong together."""

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256

from nlp.situate.clue import Clue
from nlp.situate.where import Spot, spots


@dataclass(slots=True, eq=False)
class Trace:
    """The first report of an origin in the window, with its copies; `words` and `names` map to parts of a unit vector, `links` to tied reports."""

    clue: Clue
    at: float
    words: dict[str, float]
    names: dict[str, float]
    links: dict[str, float] = field(default_factory=dict)
    weight: float = 0.0
    home: str = ""
    pin: str = ""
    copies: list[str] = field(default_factory=list)
    length: int = field(init=False)
    spots: tuple[Spot, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.length = self.clue.length
        self.spots = spots(self.clue.places)

    @property
    def report_ids(self) -> tuple[str, ...]:
        """The report and its copies."""
        return (self.clue.report_id, *self.copies)


@dataclass(slots=True, eq=False)
class Group:
    """Reports that belong together: a situation, or a seed (id "") that waits for a second origin.

    `weight` sums the links of its reports, `inside` those among them, `ties` those to each other group, all in probabilities to a power.
    """

    key: str
    id: str
    traces: dict[str, Trace] = field(default_factory=dict)
    weight: float = 0.0
    inside: float = 0.0
    ties: dict[str, float] = field(default_factory=dict)
    pins: Counter[str] = field(default_factory=Counter)
    looked_at: int = 0

    @property
    def report_ids(self) -> tuple[str, ...]:
        """All its reports in the window, copies too, in order of their origins."""
        return tuple(one for trace in sorted(self.traces.values(), key=order) for one in trace.report_ids)

    @property
    def first(self) -> tuple[float, str]:
        """When its first report was said, and its id."""
        return min(order(trace) for trace in self.traces.values())


def order(trace: Trace) -> tuple[float, str]:
    """Say where a report stands in order of time."""
    return trace.at, trace.clue.report_id


def situation_id(report_id: str) -> str:
    """Return the lasting id of a situation that this report opened: it depends on content only."""
    return "s" + sha256(report_id.encode()).hexdigest()[:15]
