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

VIEWS = ("cosine", "lead", "cosine by length", "length", "words", "words by length", "days", "places", "other places", "names")
_DAY = 86_400.0
# what was learned of longer reports does not hold below: two words are like anything
_FEWEST_WORDS = 8
_FILE = Path(__file__).parent / "data" / "links.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A logistic regression over `views`: one weight for each of VIEWS, and an intercept; below the `least` cosine nothing belongs together."""

    views: tuple[float, ...]
    intercept: float
    least: float = -1.0

    def probability(self, views: Sequence[float]) -> float:
        """Return the probability that two reports with these views belong together."""
        if views[0] < self.least:
            return 0.0
        # fsum: the same to the last digit wherever it runs
        return 1.0 / (1.0 + math.exp(-math.fsum((self.intercept, *map(mul, self.views, views)))))


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


def views(one: Trace, other: Trace, cosine: float, lead: float) -> tuple[float, ...]:
    """Compare two reports: VIEWS in order. `cosine` is that of their vectors, `lead` how much it exceeds the mean of the report's nearest ones."""
    length = math.log(1 + max(_FEWEST_WORDS, min(one.length, other.length)))
    words = _dot(one.words, other.words)
    here, there = one.clue.place_ids, other.clue.place_ids
    shared = len(here & there) / min(len(here), len(there)) if here and there else 0.0
    apart = 1.0 if here and there and not shared else 0.0
    days = math.log1p(abs(one.at - other.at) / _DAY)
    return cosine, lead, cosine * length, length, words, words * length, days, shared, apart, _dot(one.names, other.names)


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return math.fsum([part * other[word] for word, part in one.items() if word in other]) if one and other else 0.0


def _weights(held: Mapping[str, Any], least: float) -> Weights:
    return Weights(views=tuple(held["views"]), intercept=held["intercept"], least=least)
