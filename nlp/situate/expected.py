"""Daily voices of places within places -> what each was to bring on each day, had nothing happened."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.situate.surveil import Expected, Matrix

LEAST = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How the usual is learned, in steps of a series (days): `gap` steps before the current one teach nothing yet, older ones fade with `half_life`.

    `prior` steps of what the place around brings are added to a series' own past; `cycle` is the length of a week, 0 for none. Scatter is that of the sums
    of `run` steps, so that a busy spell counts as usual, not only a busy day.
    """

    gap: int = 7
    half_life: float = 56.0
    prior: float = 14.0
    cycle: int = 7
    run: int = 3


DAILY = Habit()
# before anything was heard: a voice in ten days, days alike, a variance of twice the mean at one a day
_LEVEL, _ALIKE, _SPREAD = 0.1, 30.0, 1.0
_SPREAD_KNOWN, _SPREAD_SLOWER = 10.0, 4.0
_WIDEST = 4.0
_BEYOND = 8.0


@dataclass(slots=True)
class _Learned:
    """What the past taught about each series so far: decayed voices and days, squared surprise beyond Poisson's, and voices by day of the week."""

    voices: NDArray[np.float64]
    days: NDArray[np.float64]
    excess: NDArray[np.float64]
    squares: NDArray[np.float64]
    phase: Matrix
    phase_usual: Matrix
    recent: NDArray[np.float64]


def expected(counts: Matrix, parents: Sequence[int], habit: Habit = DAILY) -> Expected:
    """Expect for each series (row) and day (column) what the series itself and the place around it used to bring, from days before the gap alone.

    `parents[i]` is the row of the place around row i, above it in the table; -1 for none. Level: gamma-Poisson, shrunk to the parent's share for one more
    place in it; times a factor of the weekday, shrunk to the parent's; dispersion by moments, shrunk to that of all series at its height. A count far
    beyond the expected teaches no more than a high one would have (Noufaily et al. 2013 weigh past outbreaks down).
    """
    rows = len(counts)
    learned = _nothing(rows, habit)
    told = Expected(mean=np.empty(counts.shape), size=np.empty(counts.shape))
    plain = np.empty(counts.shape)
    above = _above(parents)
    for day in range(counts.shape[1]):
        if day > habit.gap:
            _teach(learned, counts, told, plain, day - habit.gap - 1, habit)
        level, factor = _level(learned, above, habit), _factor(learned, above, day, habit)
        plain[:, day] = level
        told.mean[:, day] = np.maximum(LEAST, level * factor)
        told.size[:, day] = 1 / _spread(learned, level, above, habit)
    return told


def _nothing(rows: int, habit: Habit) -> _Learned:
    voices, days, excess, squares = np.zeros((4, rows))
    phase, phase_usual = np.zeros((2, rows, max(1, habit.cycle)))
    recent = np.zeros((2, habit.run, rows))
    return _Learned(voices, days, excess, squares, phase, phase_usual, recent)


@dataclass(frozen=True, slots=True)
class _Above:
    """Rows by depth, the parent of each row, and the share of its parent that one more place has."""

    depths: tuple[NDArray[np.int64], ...]
    parent: NDArray[np.int64]
    share: NDArray[np.float64]


def _above(parents: Sequence[int]) -> _Above:
    parent = np.asarray(parents, dtype=np.int64)
    depth = np.zeros(len(parent), dtype=np.int64)
    for row, over in enumerate(parents):
        depth[row] = depth[over] + 1 if over >= 0 else 0
    inside = np.bincount(parent[parent >= 0], minlength=len(parent))
    depths = tuple(np.flatnonzero(depth == each) for each in range(int(depth.max(initial=0)) + 1))
    return _Above(depths, parent, 1 / (1 + inside[parent]))


def _teach(learned: _Learned, counts: Matrix, told: Expected, plain: Matrix, day: int, habit: Habit) -> None:
    """Take in one day of the past."""
    mean, size = told.mean[:, day], told.size[:, day]
    taught = np.minimum(counts[:, day], np.maximum(2.0, mean + _BEYOND * np.sqrt(mean + mean**2 / size)))
    kept, slower = 0.5 ** (1 / habit.half_life), 0.5 ** (1 / (_SPREAD_SLOWER * habit.half_life))
    factor = mean / np.maximum(plain[:, day], LEAST)
    learned.voices[:] = kept * learned.voices + taught
    learned.days[:] = kept * learned.days + factor
    learned.recent[:, day % habit.run] = taught - mean, mean
    surprise, usual = learned.recent.sum(axis=1)
    # at first every count surprises, whatever the scatter
    settled = learned.days >= habit.half_life / 2
    learned.excess[:] = slower * learned.excess + settled * (surprise**2 - usual) / habit.run
    learned.squares[:] = slower * learned.squares + settled * (usual / habit.run) ** 2
    if habit.cycle:
        learned.phase[:, day % habit.cycle] += taught
        learned.phase_usual[:, day % habit.cycle] += plain[:, day]


def _level(learned: _Learned, above: _Above, habit: Habit) -> NDArray[np.float64]:
    level = (learned.voices + habit.prior * _LEVEL) / (learned.days + habit.prior)
    for rows in above.depths[1:]:
        around = level[above.parent[rows]] * above.share[rows]
        level[rows] = (learned.voices[rows] + habit.prior * around) / (learned.days[rows] + habit.prior)
    return level


def _factor(learned: _Learned, above: _Above, day: int, habit: Habit) -> NDArray[np.float64]:
    if not habit.cycle:
        return np.ones(len(learned.voices))
    seen, usual = learned.phase[:, day % habit.cycle], learned.phase_usual[:, day % habit.cycle]
    factor = (seen + _ALIKE) / (usual + _ALIKE)
    for rows in above.depths[1:]:
        factor[rows] = (seen[rows] + _ALIKE * factor[above.parent[rows]]) / (usual[rows] + _ALIKE)
    return factor


def _spread(learned: _Learned, level: NDArray[np.float64], above: _Above, habit: Habit) -> NDArray[np.float64]:
    """Return 1/size: how the counts scatter, and how little is known of their level."""
    own = np.empty(len(level))
    for rows in above.depths:
        pooled = (learned.excess[rows].sum() + _SPREAD_KNOWN * _SPREAD) / (learned.squares[rows].sum() + _SPREAD_KNOWN)
        own[rows] = np.maximum(0.0, (learned.excess[rows] + _SPREAD_KNOWN * max(0.0, pooled)) / (learned.squares[rows] + _SPREAD_KNOWN))
    unsure = (1 + own * level) / np.maximum(level * (learned.days + habit.prior), 1.0)
    return np.clip(own + unsure, 0.01, _WIDEST)
