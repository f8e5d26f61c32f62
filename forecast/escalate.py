"""Daily counts of all situations -> from how many reports on each has escalated, and how likely that is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np

from forecast.counts import Series, expected, history
from forecast.ladder import Floats
from forecast.nowcast import AT_ONCE, Arrival
from forecast.statements import escalation, reaches

_EDGES: Final = (1, 2, 4, 10)
_LOOK_BACK: Final = 60
# Windows overlap: so many neighbouring days say about as much as one.
_OVERLAP: Final = 5.0
_BELIEVED, _BELIEVED_DAYS = 0.05, 8.0
_LEAST: Final = 1e-3


def escalate(series: Sequence[Series], as_of: datetime, days: int = 7, arrival: Arrival = AT_ONCE) -> list[tuple[int, float]]:
    """Return for each series the count from which on it has escalated in (as_of, as_of + days], and the chance of that.

    The chance is the geometric mean of odds of two: the negative binomial's, whose tail is too heavy after an outburst, and how often situations with as
    many reports in the days before have doubled so far (beta-binomial, drawn to one in twenty).
    """
    if not series:
        return []
    often = _often([history(one, "reports", as_of) for one in series], days)
    found = []
    for one, level in zip(series, expected(series, "reports", as_of, days, arrival), strict=True):
        last = int(history(one, "reports", as_of)[-days:].sum())
        tail = min(1 - _LEAST, max(_LEAST, reaches(*level, escalation(last))))
        odds = (tail / (1 - tail) * often[_class(last)] / (1 - often[_class(last)])) ** 0.5
        found.append((escalation(last), odds / (1 + odds)))
    return found


def _often(counts: Sequence[Floats], days: int) -> list[float]:
    """Say for each class of reports in the days before how often twice as many, and at least four, followed."""
    seen, came = np.zeros(len(_EDGES) + 1), np.zeros(len(_EDGES) + 1)
    for one in counts:
        total = np.concatenate([[0.0], np.cumsum(one)])
        for day in range(max(0, len(one) - days - _LOOK_BACK), len(one) - days):
            before, after = total[day + 1] - total[max(0, day + 1 - days)], total[day + 1 + days] - total[day + 1]
            seen[_class(before)] += 1
            came[_class(before)] += after >= escalation(int(before))
    return [float(share) for share in (came / _OVERLAP + _BELIEVED * _BELIEVED_DAYS) / (seen / _OVERLAP + _BELIEVED_DAYS)]


def _class(count: float) -> int:
    return sum(count >= edge for edge in _EDGES)
