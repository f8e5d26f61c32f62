"""Daily counts of all situations -> how levels go on from here, and how far counts scatter round them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom

Counts = NDArray[np.float64]

_HALF_LIFE_DAYS = 4.0
_PRIOR_DAYS = 1.0
_AGES = (3, 10, 30)
_LONGEST_LOOK_BACK = 60
_MOST_PAIRS = 3000
# Windows overlap: this many neighbouring pairs say about as much as one.
_OVERLAP = 5.0
# What is believed before anything was seen: levels fall (most situations fade), counts scatter widely.
_CARRY, _CARRY_SPREAD = 0.35, 0.5
_SIZE, _SIZE_SPREAD = 0.8, 0.7
# Three imagined quiet series, so that a lone one is not held against itself.
_BELIEVED_LEVELS = (0.05, 0.1, 0.2)
_CARRIES = np.geomspace(0.05, 3.0, 25)
_SIZES = np.geomspace(0.15, 20.0, 18)
_LEAST = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What all series teach about one horizon: for each age class the usual level, the share that carries on, the size (1/dispersion)."""

    days: int
    today: float
    levels: tuple[float, ...]
    carries: tuple[float, ...]
    sizes: tuple[float, ...]

    def predict(self, counts: Counts) -> tuple[float, float]:
        """Return mean and size of the negative binomial for the count in the next `days` days; the mean is never quite zero."""
        age = age_class(len(counts))
        level = shrunk(*recent(counts, self.today), self.levels[age])
        return max(_LEAST, self.carries[age] * level * self.days), self.sizes[age]


def learn(series: Sequence[Counts], today: float, days: int) -> Pool:
    """Learn from every earlier day of every series what followed in the next `days` days. `today` is the share of the last day that has passed.

    Carry and size are the posterior mode on a grid (log-normal priors), age class by age class, each shrunk to the classes' pooled fit.
    """
    levels = tuple(_usual(series, today, age) for age in range(len(_AGES) + 1))
    pairs = [pair for counts in series for pair in _pairs(counts, days, levels)]
    seen = np.array(pairs[:: len(pairs) // _MOST_PAIRS + 1], dtype=np.float64).reshape(-1, 3)
    pooled = _fit(seen[:, 1], seen[:, 2], (_CARRY, _SIZE))
    fits = [_fit(seen[seen[:, 0] == age, 1], seen[seen[:, 0] == age, 2], pooled) for age in range(len(_AGES) + 1)]
    return Pool(days=days, today=today, levels=levels, carries=tuple(f[0] for f in fits), sizes=tuple(f[1] for f in fits))


def age_class(days: int) -> int:
    """Return the class of a series that is this many days old, 0 for the youngest."""
    return sum(days > edge for edge in _AGES)


def recent(counts: Counts, today: float) -> tuple[float, float]:
    """Return decayed count and decayed exposure in days; the last day counts for the share of it that has passed."""
    passed = np.ones(len(counts))
    passed[-1] = today
    weights = 0.5 ** ((len(counts) - 1 - np.arange(len(counts))) / _HALF_LIFE_DAYS)
    return float(weights @ counts), float(weights @ passed)


def shrunk(count: float, exposure: float, usual: float) -> float:
    """Return the gamma-Poisson posterior mean of a daily level."""
    return (count + _PRIOR_DAYS * usual) / (exposure + _PRIOR_DAYS)


def _usual(series: Sequence[Counts], today: float, age: int) -> float:
    same = [c for c in series if age_class(len(c)) == age] or series
    sums = [recent(c, today) for c in same]
    return float(np.median([*(c / e for c, e in sums if e > 0), *_BELIEVED_LEVELS]))


def _pairs(counts: Counts, days: int, levels: tuple[float, ...]) -> list[tuple[float, float, float]]:
    whole = counts[:-1]
    last = len(whole) - days
    first = max(1, last - _LONGEST_LOOK_BACK + 1)
    rows = []
    for day in range(first, last + 1):
        age = age_class(day)
        level = shrunk(*recent(whole[:day], 1.0), levels[age])
        rows.append((float(age), level * days, float(whole[day : day + days].sum())))
    return rows


def _fit(expected: Counts, observed: Counts, believed: tuple[float, float]) -> tuple[float, float]:
    carry, size = np.meshgrid(_CARRIES, _SIZES, indexing="ij")
    belief = -0.5 * ((np.log(carry / believed[0]) / _CARRY_SPREAD) ** 2 + (np.log(size / believed[1]) / _SIZE_SPREAD) ** 2)
    if len(expected):
        mean = np.maximum(_LEAST, carry[..., None] * expected)
        belief = belief + nbinom.logpmf(observed, size[..., None], size[..., None] / (size[..., None] + mean)).sum(axis=-1) / _OVERLAP
    best = np.unravel_index(int(np.argmax(belief)), belief.shape)
    return float(carry[best]), float(size[best])
