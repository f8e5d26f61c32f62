"""Figure -> the place and the days of its sentence that stand nearest to it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final, TypeVar

from store.records import DateReading, Toponym

_IN: Final = re.compile(r"(?:\b(?:in|at|near|a|au|aux|en|dans|pres de)(?:\s+(?:the|le|la|el))?|في|قرب)\s*$|(?<!\w)ب$")
_LOOK_BACK: Final = 14
Named = TypeVar("Named", Toponym, DateReading)


def place_near(folded: str, sentence: tuple[int, int], figure: tuple[int, int], toponyms: Sequence[Toponym]) -> Toponym | None:
    """Return the toponym (all in order of place) of the sentence nearest to the figure; one that follows "in" comes before all others."""
    here = _inside(sentence, toponyms)
    return min(here, key=lambda one: (not _IN.search(folded, max(0, one.start - _LOOK_BACK), one.start), _gap((one.start, one.end), figure)), default=None)


def date_near(sentence: tuple[int, int], figure: tuple[int, int], found: Sequence[DateReading]) -> DateReading | None:
    """Return the date (all in order of place) of the sentence nearest to the figure."""
    return min(_inside(sentence, found), key=lambda one: _gap((one.start, one.end), figure), default=None)


def _inside(sentence: tuple[int, int], found: Sequence[Named]) -> list[Named]:
    first, last = (bisect_left(found, edge, key=attrgetter("start")) for edge in sentence)
    return [one for one in found[first:last] if one.start < one.end <= sentence[1]]


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
