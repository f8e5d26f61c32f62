"""Daily voices, and what was to be expected of them -> the day on which a rise was beyond chance."""

from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RegularGridInterpolator

Matrix = NDArray[np.float64]

# how many times the expected a rise may be: from twice to thousands, for where next to nothing used to come
RISES = 2.0 * 1.6 ** np.arange(17)
# one false alarm in a hundred series-months
QUIET_DAYS = 3000.0
# nothing emerges on one voice
FEWEST_VOICES = 2
TABLE = Path(__file__).parent / "data" / "glr_limits.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What each series (row) was to bring on each day (column): mean and size of a negative binomial (variance = mean + mean^2 / size)."""

    mean: Matrix
    size: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Risen:
    """Where a rise was beyond chance (series by day), and of the run that ended there: how many days it had, how many voices, how many expected."""

    alarm: NDArray[np.bool_]
    days: NDArray[np.int64]
    heard: Matrix
    usual: Matrix


def risen(counts: Matrix, expected: Expected, quiet_days: float = QUIET_DAYS) -> Risen:
    """Run a one-sided GLR-CUSUM over each series; after an alarm the series begins afresh.

    Negative binomial likelihood ratio, maximised over the day a rise began and over its factor, on a grid (Höhle & Paul 2008; on a grid both maxima are exact
    by one CUSUM a factor). The limit is such that where the expected is right an alarm comes by chance once in `quiet_days` days of one series. The last
    day may be a running one: it is held against its whole expectation, so that looking often makes no alarm that its end would not make.
    """
    limits = limit(expected, quiet_days)
    sums, days, heard, usual = np.zeros((4, len(counts), len(RISES)))
    told = Risen(alarm=np.zeros(counts.shape, bool), days=np.zeros(counts.shape, np.int64), heard=np.zeros(counts.shape), usual=np.zeros(counts.shape))
    for day in range(counts.shape[1]):
        count, mean, size = (each[:, day, None] for each in (counts, expected.mean, expected.size))
        going = sums > 0
        days, heard, usual = going * days + 1, going * heard + count, going * usual + mean
        sums = np.maximum(0.0, sums + gain(count, mean, size))
        best = np.argmax(np.where(heard >= FEWEST_VOICES, sums, 0.0), axis=1)[:, None]
        sure = (np.take_along_axis(sums, best, 1) > limits[:, day, None]) & (np.take_along_axis(heard, best, 1) >= FEWEST_VOICES)
        told.alarm[:, day] = sure[:, 0]
        for table, run in ((told.days, days), (told.heard, heard), (told.usual, usual)):
            table[:, day] = np.take_along_axis(run, best, 1)[:, 0]
        sums = np.where(sure, 0.0, sums)
    return told


def gain(count: Matrix, mean: Matrix, size: Matrix) -> Matrix:
    """Return the log likelihood ratio of a rise by each of RISES against none."""
    return np.asarray(count * np.log(RISES) - (count + size) * np.log((size + RISES * mean) / (size + mean)))


def limit(expected: Expected, quiet_days: float) -> Matrix:
    """Look up the limit for each mean and size: simulated (benchmarks/emergence.py), linear in their logarithms and in that of the quiet days."""
    grid = _grid()
    asked = (np.log(expected.mean), np.log(expected.size), np.full_like(expected.mean, np.log(quiet_days)))
    return np.asarray(grid(np.stack([np.clip(one, axis[0], axis[-1]) for one, axis in zip(asked, grid.grid, strict=True)], axis=-1)))


@cache
def _grid() -> RegularGridInterpolator:
    table = np.loadtxt(TABLE)
    axes = [np.unique(table[:, column]) for column in range(3)]
    found = {(mean, size, days): value for mean, size, days, value in table}
    values = np.array([found[key] for key in product(*axes)]).reshape([len(axis) for axis in axes])
    return RegularGridInterpolator([np.log(axis) for axis in axes], values)
