"""Trace x Trace -> probability that two reports are about one thing, from several views at once."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.situate.group import Trace
from nlp.situate.near import NEAREST
from nlp.situate.where import Apart, apart

VIEWS = (
    "cosine",
    "lead",
    "cosine by length",
    "length",
    "words",
    "words by length",
    "days",
    "places",
    "nested",
    "other places",
    "kilometres",
    "elsewhere",
    "names",
)
_DAY = 86_400.0
_NEAR_KM = 100.0
_CAUTION, _READ_ENOUGH = 1.0, 100.0
_FILE = Path(__file__).parent / "data" / "links.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A logistic regression over `views`: one weight for each of VIEWS, and an intercept; below the `least` cosine nothing belongs together."""

    views: tuple[float, ...]
    intercept: float
    least: float = -1.0

    def probability(self, views: Sequence[float], caution: float = 0.0) -> float:
        """Return the probability that two reports with these views belong together; `caution` is taken off its log-odds."""
        if views[0] < self.least:
            return 0.0
        # fsum: the same to the last digit wherever it runs
        return 1.0 / (1.0 + math.exp(-math.fsum((self.intercept, -caution, *map(mul, self.views, views)))))


def caution(read: int) -> float:
    """Say how much to take off log-odds after so many reports: where little was read yet, nothing says what all texts of a stream have in common."""
    return _CAUTION * _READ_ENOUGH / (_READ_ENOUGH + read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """Weights for reports that an encoder read and for those with words alone, and the mean of the default encoder's vectors.

    Fitted by `python -m benchmarks.fit_links`, which says on what.
    """

    read: Weights
    unread: Weights
    centre: NDArray[np.float64]


@cache
def scorer() -> Scorer:
    """Load the committed scorer."""
    held = json.loads(_FILE.read_text(encoding="utf-8"))
    return Scorer(read=_weights(held["read"], 0.1), unread=_weights(held["unread"], 0.15), centre=np.array(held["centre"]))


def compare(trace: Trace, near: Sequence[tuple[Trace, float]]) -> list[tuple[Trace, tuple[float, ...]]]:
    """Compare a report with its nearest ones, given with the cosines of their vectors: VIEWS in order, for each of them. What has no words is left out.

    `lead` is how much a cosine exceeds the mean, `elsewhere` how many more of the nearest are of other places than of the same: where many happenings
    are of one kind, each has its own.
    """
    mean = math.fsum(cosine for _, cosine in near) / max(1, len(near))
    known = [(other, cosine, apart(trace.spots, other.spots)) for other, cosine in near if trace.words and other.words]
    elsewhere = sum(where.far - where.near for _, _, where in known) / NEAREST
    return [(other, _views(trace, other, (cosine, cosine - mean), where, 0.0 if where.near else elsewhere)) for other, cosine, where in known]


def _views(one: Trace, other: Trace, cosines: tuple[float, float], where: Apart, elsewhere: float) -> tuple[float, ...]:
    length = min(one.length, other.length)
    words = _dot(one.words, other.words)
    days = math.log1p(abs(one.at - other.at) / _DAY)
    places = where.shared, float(where.nested), float(where.kilometres is not None), math.log1p((where.kilometres or 0.0) / _NEAR_KM), elsewhere
    return *cosines, cosines[0] * length, length, words, words * length, days, *places, _dot(one.names, other.names)


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return math.fsum([one[word] * other[word] for word in one.keys() & other.keys()]) if one and other else 0.0


def _weights(held: Mapping[str, Any], least: float) -> Weights:
    return Weights(views=tuple(held["views"]), intercept=held["intercept"], least=least)
