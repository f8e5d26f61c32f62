"""Word -> weight: how telling a word is, from how many reports use it."""

import math
from functools import lru_cache

PRIOR_REPORTS = 100.0
# Pseudo-reports standing for all language before anything was read: short words are common in every language (Zipf's law of abbreviation).
_PRIOR_SHARE = {1: 0.6, 2: 0.6, 3: 0.4, 4: 0.15, 5: 0.06}
_PRIOR_REST = 0.01
# Words that a smaller share of reports uses are weighed alike: what hardly anyone says twice cannot join reports and would only lengthen their vectors.
_RARE = 0.005
_SHARPNESS = 1.3
_BOOST = {"n:": 2, "p:": 2}


def prior(word: str) -> float:
    """Return the share of reports that use a word, as believed before anything was read."""
    return _PRIOR_REST if word[:2] in _BOOST else _PRIOR_SHARE.get(len(word), _PRIOR_REST)


def weigh(word: str, frequency: int, counted: int) -> int:
    """Return what a word weighs when `frequency` of `counted` reports use it: a power of its inverse document frequency, as a whole number."""
    return _weigh(_BOOST.get(word[:2], 1), prior(word), max(frequency, int(counted * _RARE)), counted)


@lru_cache(maxsize=1 << 16)
def _weigh(boost: int, share: float, frequency: int, counted: int) -> int:
    idf = math.log((PRIOR_REPORTS + counted + 1) / (PRIOR_REPORTS * share + frequency))
    return round(64.0 * boost * math.pow(max(idf, 0.0), _SHARPNESS))
