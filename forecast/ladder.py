"""Counts -> cumulative probabilities on one ladder of whole numbers, and back to quantiles."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

Floats = NDArray[np.float64]

LEVELS: Final = tuple(round(0.025 * n, 3) for n in range(1, 40))
_EVERY_RUNG_TO: Final = 12
_STEP: Final = 1.08


def ladder(top: float) -> Floats:
    """Return whole numbers from 0 to at least `top`: each one up to 12, then 8 % apart, so that a few hundred rungs reach any count."""
    rungs = [float(n) for n in range(_EVERY_RUNG_TO + 1)]
    while rungs[-1] < top:
        rungs.append(float(max(rungs[-1] + 1, round(rungs[-1] * _STEP))))
    return np.array(rungs)


def widths(rungs: Floats) -> Floats:
    """Return for each rung how many whole numbers it stands for, up to the next rung: the weights of a CRPS summed over rungs."""
    return np.append(np.diff(rungs), 1.0)


def empirical(values: Floats, weights: Floats, rungs: Floats) -> Floats:
    """Return the weighted share of each row's values that lie at or below each rung, shape (rows, rungs); NaN values weigh nothing.

    `weights` has the shape of `values`, or of one row of it. A row without values is sure of zero.
    """
    known = ~np.isnan(values)
    mass = np.where(known, weights, 0.0)
    rung = np.minimum(np.searchsorted(rungs, np.where(known, values, 0.0), side="left"), len(rungs) - 1)
    flat = rung + len(rungs) * np.arange(len(values))[:, None]
    counted = np.bincount(flat.ravel(), mass.ravel(), minlength=len(values) * len(rungs)).reshape(len(values), len(rungs))
    total = mass.sum(axis=1)
    counted[total <= 0, 0] = 1.0
    return np.asarray(np.cumsum(counted, axis=1) / np.where(total <= 0, 1.0, total)[:, None])


def negative_binomial(mean: Floats, size: Floats, rungs: Floats) -> Floats:
    """Return cumulative probabilities of negative binomials with these means and sizes (1 / dispersion), shape (rows, rungs)."""
    return np.asarray(betainc(size[:, None], rungs[None, :] + 1, (size / (size + mean))[:, None]))


def at(cumulative: Floats, values: Floats, rungs: Floats) -> Floats:
    """Return each row's cumulative probability at its own value, linear between rungs; 0 below zero."""
    right = np.clip(np.searchsorted(rungs, values, side="left"), 0, len(rungs) - 1)
    left = np.maximum(right - 1, 0)
    gap = rungs[right] - rungs[left]
    share = np.where(gap > 0, np.clip((values - rungs[left]) / np.where(gap > 0, gap, 1.0), 0.0, 1.0), 1.0)
    rows = np.arange(len(cumulative))
    found = cumulative[rows, left] * (1 - share) + cumulative[rows, right] * share
    return np.asarray(np.where(values < 0, 0.0, found))


def quantiles(cumulative: Floats, levels: Floats, rungs: Floats) -> Floats:
    """Return for each row and level the least whole number whose cumulative probability reaches the level, shape (rows, levels)."""
    found = np.empty((len(cumulative), len(levels)))
    for column, level in enumerate(levels):
        right = np.argmax(cumulative >= level - 1e-9, axis=1)
        right = np.where(cumulative[:, -1] < level - 1e-9, len(rungs) - 1, right)
        left = np.maximum(right - 1, 0)
        rows = np.arange(len(cumulative))
        low, high = np.where(right > 0, cumulative[rows, left], 0.0), cumulative[rows, right]
        share = np.where(high > low, (level - low) / np.where(high > low, high - low, 1.0), 1.0)
        between = rungs[left] + np.clip(share, 0.0, 1.0) * (rungs[right] - rungs[left])
        found[:, column] = np.where(rungs[right] - rungs[left] <= 1, rungs[right], np.ceil(between - 1e-9))
    return found
