"""Counts of many series -> full predictive distributions one to N steps ahead."""

from collections.abc import Callable
from typing import Final

import numpy as np

from forecast.ladder import LEVELS, Floats, ladder, quantiles
from forecast.levels import Panel, Whole, class_of, panel
from forecast.members import of_levels, own_past
from forecast.mixture import repaired
from forecast.trials import CLASS_BY, Learned, learn

_BATCH: Final = 1000
LONGEST_PAST: Final = 240
_ROOM: Final = 8.0


def quiet(done: int, total: int) -> None:
    """Say nothing of how far it is."""


def ahead(counts: Floats, horizon: int, window: int = 1, seed: int = 0, progress: Callable[[int, int], None] = quiet) -> Floats:
    """Forecast each series 1 to `horizon` steps ahead: quantiles at `LEVELS`, whole numbers, of shape (series, horizon, levels).

    `counts` is (series, steps), the last step the present, NaN before a series begins. With a `window` the totals of that many steps are forecast.
    A linear pool of the own past, negative binomials round shrunk levels, and analogues, weighed by the
    CRPS it would have had from earlier steps, then put right by its PIT. Raises ValueError for a horizon below 1 and for counts without a series.
    """
    if horizon < 1 or not counts.size:
        raise ValueError(f"there must be a series to forecast and a horizon of at least 1, got {counts.shape} and {horizon}")
    known = panel(counts[:, -LONGEST_PAST:], window)
    rungs = ladder(_ROOM * float(np.nanmax(known.totals, initial=1.0)) + 20)
    learned = learn(known, horizon, rungs, seed)
    found = np.empty((len(counts), horizon, len(LEVELS)))
    for first in range(0, len(counts), _BATCH):
        rows = np.arange(first, min(first + _BATCH, len(counts)))
        mixed = _mixed(known, rows, learned, rungs)
        for step in range(1, horizon + 1):
            found[rows, step - 1] = quantiles(_between(mixed, learned.horizons, step), np.array(LEVELS), rungs)
        progress(int(rows[-1]) + 1, len(counts))
    return found


def _mixed(known: Panel, rows: Whole, learned: Learned, rungs: Floats) -> list[Floats]:
    """Mix the members at each horizon that was learned, and put the mixture right: cumulative probabilities (rows, rungs)."""
    own = own_past(known, known.steps - 1, rows, rungs)
    classes = class_of(known.levels[CLASS_BY, rows, -1])
    made = []
    for followers, weights in zip(learned.followers, learned.weights, strict=True):
        given = np.concatenate([own, of_levels(known, known.steps - 1, rows, followers, rungs)])
        made.append(repaired(np.einsum("krg,rk->rg", given, weights[classes]), classes, learned.curves))
    return made


def _between(mixed: list[Floats], horizons: tuple[int, ...], step: int) -> Floats:
    """Give each of the two learned horizons next to `step` its weight by nearness."""
    place = float(np.interp(step, horizons, np.arange(len(horizons))))
    low = min(int(place), len(horizons) - 1)
    high = min(low + 1, len(horizons) - 1)
    return (1 - (place - low)) * mixed[low] + (place - low) * mixed[high]
