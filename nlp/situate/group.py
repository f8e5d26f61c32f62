"""Clue -> Trace, Trace* -> Group: a report reduced to whole numbers, and reports that belong together."""

import math
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256

from nlp.situate.clue import Clue, features

_UNIT = 256


@dataclass(slots=True, eq=False)
class Group:
    """Reports that belong together: an announced situation, or a seed (id "") that waits for a second origin."""

    key: str
    id: str
    words: dict[str, int] = field(default_factory=dict)
    mass: int = 0
    reports: dict[str, float] = field(default_factory=dict)
    origins: Counter[str] = field(default_factory=Counter)
    last: float = -math.inf
    version: int = -1
    square: int = 0
    core: dict[str, int] | None = None


@dataclass(slots=True, eq=False)
class Trace:
    """One report in the window, reduced to what must be taken away again when it leaves."""

    report_id: str
    origin_id: str
    at: float
    words: tuple[str, ...]
    weight: int
    home: str = ""


def trace_of(clue: Clue) -> Trace:
    """Reduce a clue to whole numbers; a copy of an earlier report weighs nothing, whatever its number."""
    words = features(clue)
    weight = round(_UNIT / math.sqrt(len(words))) if words and clue.is_root else 0
    return Trace(clue.report_id, clue.origin_id, clue.at.timestamp(), words, weight)


def situation_id(report_id: str) -> str:
    """Return the lasting id of a situation that this report opened: it depends on content only."""
    return "s" + sha256(report_id.encode()).hexdigest()[:15]
