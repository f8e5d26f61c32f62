"""When reports were said and when they came in -> how much of the latest days has come in by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LATEST_DAYS: Final = 14.0
"""What comes in later than this was not late: it is history that somebody loaded."""
_STEP_DAYS: Final = 1 / 24
# imagined reports that came in at once
_BELIEVED: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How late reports come in: `area[i]` is the integral over [0, `days[i]`] of the share that has come in by then, in days; beyond the last all has."""

    days: tuple[float, ...] = (0.0,)
    area: tuple[float, ...] = (0.0,)

    def come(self, until: Floats) -> Floats:
        """Return how many whole days' worth has come in by now of what was said in the last `until` days; 0 for days to come."""
        beyond = np.maximum(0.0, until - self.days[-1])
        return np.asarray(np.interp(np.maximum(0.0, until), self.days, self.area) + beyond, dtype=np.float64)

    def exposure(self, count: int, today: float) -> Floats:
        """Return for each of the last `count` days, the oldest first, the share that has come in by now; of the last day `today` has passed."""
        ends = np.arange(count - 1, -1, -1.0) + today
        return self.come(ends) - self.come(ends - 1)


AT_ONCE: Final = Arrival()


def arrival(delays: Sequence[float], ages: Sequence[float]) -> Arrival:
    """Estimate how late reports come in from those that did: days from said to received, and days from said to now.

    What is still under way is not seen, so hazards run backwards in time: of the reports that had come within a delay, and would be known if they had
    taken as long, so many took just as long (product limit under right truncation; Lagakos, Barraj and De Gruttola 1988). Drawn towards "at once".
    Raises ValueError when there is not one age for each delay.
    """
    late, limit = np.maximum(0.0, np.asarray(delays, dtype=np.float64)), np.asarray(ages, dtype=np.float64)
    if late.shape != limit.shape:
        raise ValueError(f"each delay needs its age, got {late.size} delays and {limit.size} ages")
    here = (late <= LATEST_DAYS) & (late <= limit)
    late, limit = np.ceil(late[here] / _STEP_DAYS) * _STEP_DAYS, np.sort(limit[here])
    took, many = np.unique(late[late > 0], return_counts=True)
    if not took.size:
        return AT_ONCE
    within = np.searchsorted(np.sort(late), took, side="right")
    unknowable = np.searchsorted(limit, took - _STEP_DAYS, side="left")
    left = 1.0 - many / (within - unknowable + _BELIEVED)
    # the share that came within each delay: of what came within the longest, without those that took longer
    share = np.append(np.cumprod(left[::-1])[::-1], 1.0)
    knots = np.append(0.0, took)
    area = np.append(0.0, np.cumsum(np.diff(knots) * share[:-1]))
    return Arrival(days=tuple(knots.tolist()), area=tuple(area.tolist()))
