"""Odds* of many people -> one probability: the latest of each, the later ones and those of better forecasters weighing more."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from store.forecasts import Odds

_HALF_LIFE: Final = timedelta(days=7)
_USUAL_BRIER: Final = 0.2
_PRIOR_SETTLED: Final = 10.0


def together(held: Sequence[Odds], as_of: datetime, record: Mapping[str, tuple[float, int]]) -> float | None:
    """Return the weighted median of what each person last held by `as_of`; None where nobody did.

    A week halves a weight. `record` is the mean Brier score and number of settled statements of each person; the score is shrunk to .2 as if by ten
    more, and a weight falls as it rises (exp(-(Brier - .2) / .1)). Nobody is named in the result.
    """
    latest: dict[str, Odds] = {}
    for one in sorted((one for one in held if one.at <= as_of), key=lambda one: (one.at, one.by)):
        latest[one.by] = one
    weighed = sorted((one.probability, _weight(one, as_of, record)) for one in latest.values())
    half, total = sum(weight for _, weight in weighed) / 2, 0.0
    for number, (probability, weight) in enumerate(weighed):
        total += weight
        if math.isclose(total, half) and number + 1 < len(weighed):
            return (probability + weighed[number + 1][0]) / 2
        if total >= half:
            return probability
    return None


def _weight(one: Odds, as_of: datetime, record: Mapping[str, tuple[float, int]]) -> float:
    score, settled = record.get(one.by, (_USUAL_BRIER, 0))
    shrunk = (score * settled + _USUAL_BRIER * _PRIOR_SETTLED) / (settled + _PRIOR_SETTLED)
    return float(0.5 ** ((as_of - one.at) / _HALF_LIFE) * math.exp(-(shrunk - _USUAL_BRIER) / 0.1))
