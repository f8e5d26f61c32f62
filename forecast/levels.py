"""Panel of counts -> how high each series stands at each step, and the class of that level."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.ladder import Floats

Whole = NDArray[np.int64]

# Half-lives in steps: the last value, the recent level and the lasting one.
HALF_LIVES: Final = (0.5, 2.0, 12.0)
EDGES: Final = (0.03, 0.08, 0.2, 0.5, 1.2, 3.0, 10.0, 30.0, 100.0, 300.0)
CLASSES: Final = len(EDGES) + 1
# From this class on levels are high enough for what follows to be told as a multiple of them.
FIRST_RATIO_CLASS: Final = 6
_PRIOR_STEPS: Final = 0.5
_LEAST_USUAL: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Counts of shape (series, steps), the last column the present; NaN before a series begins and nowhere else.

    `totals` are the sums of the last `window` steps: what is forecast. `levels` has the shape (half-lives, series, steps): mean total to expect if
    nothing changed, known at that step.
    """

    counts: Floats
    totals: Floats
    levels: Floats
    window: int

    @property
    def steps(self) -> int:
        """How many steps are known."""
        return int(self.counts.shape[1])


def panel(counts: Floats, window: int = 1) -> Panel:
    """Take in counts (series, steps). Levels are exponentially weighted means, shrunk to the usual one (gamma-Poisson, half a step's worth)."""
    totals = _totals(counts, window)
    levels = np.stack([_level(counts, half_life) for half_life in HALF_LIVES]) * window
    return Panel(counts=counts, totals=totals, levels=levels, window=window)


def class_of(level: Floats) -> Whole:
    """Return the class of each level, 0 for the lowest."""
    return np.searchsorted(np.array(EDGES), level, side="right")


def _totals(counts: Floats, window: int) -> Floats:
    if window == 1:
        return counts
    summed = np.cumsum(np.nan_to_num(counts), axis=1)
    before = np.pad(summed, ((0, 0), (window, 0)))[:, : counts.shape[1]]
    return np.where(np.isnan(counts), np.nan, summed - before)


def _level(counts: Floats, half_life: float) -> Floats:
    keep = 0.5 ** (1 / half_life)
    total, weight = np.zeros(len(counts)), np.zeros(len(counts))
    found = np.empty_like(counts)
    for step in range(counts.shape[1]):
        now = counts[:, step]
        total = keep * total + np.nan_to_num(now)
        weight = keep * weight + ~np.isnan(now)
        begun = weight > 0
        usual = max(_LEAST_USUAL, float(np.median(total[begun] / weight[begun]))) if begun.any() else _LEAST_USUAL
        found[:, step] = np.where(begun, (total + _PRIOR_STEPS * usual) / (weight + _PRIOR_STEPS), np.nan)
    return found
