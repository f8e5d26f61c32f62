"""Daily counts of all situations -> how levels go on from here, and how far counts scatter round them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom

from forecast.nowcast import AT_ONCE, Arrival

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
    """What all series teach about one horizon: for each age class the usual level, the share that carries on, the size (1/dispersion).

    `today` is the share of the last day that has passed, `arrival` how late reports come in.
    """

    days: int
    today: float
    arrival: Arrival
    levels: tuple[float, ...]
    carries: tuple[float, ...]
    sizes: tuple[float, ...]

    def predict(self, counts: Counts) -> tuple[float, float]:
        """Return mean and size of the negative binomial for what is said in the next `days` days and comes in by their end; the mean is never quite zero."""
        age = age_class(len(counts))
        level = shrunk(*recent(counts, self.arrival.exposure(len(counts), self.today)), self.levels[age])
        come = self.arrival.exposure(self.days, 1.0).sum()
        return max(_LEAST, float(self.carries[age] * level * come)), self.sizes[age]


def learn(series: Sequence[Counts], today: float, days: int, arrival: Arrival = AT_ONCE) -> Pool:
    """Learn from every earlier day of every series what followed in the next `days` days. `today` is the share of the last day that has passed.

    Days of which not all has come in yet count for the share that has (a nowcast by exposure): a quiet yesterday may only be a late one.
    Carry and size are the posterior mode on a grid (log-normal priors), age class by age class, each shrunk to the classes' pooled fit.
    """
    levels = tuple(_usual(series, today, age, arrival) for age in range(len(_AGES) + 1))
    pairs = [pair for counts in series for pair in _pairs(counts, arrival.exposure(len(counts), today), days, levels)]
    seen = np.array(pairs[:: len(pairs) // _MOST_PAIRS + 1], dtype=np.float64).reshape(-1, 3)
    pooled = _fit(seen[:, 1], seen[:, 2], (_CARRY, _SIZE))
    fits = [_fit(seen[seen[:, 0] == age, 1], seen[seen[:, 0] == age, 2], pooled) for age in range(len(_AGES) + 1)]
    return Pool(days=days, today=today, arrival=arrival, levels=levels, carries=tuple(f[0] for f in fits), sizes=tuple(f[1] for f in fits))


def age_class(days: int) -> int:
    """Return the class of a series that is this many days old, 0 for the youngest."""
    return sum(days > edge for edge in _AGES)


def recent(counts: Counts, exposure: Counts) -> tuple[float, float]:
    """Return decayed count and decayed exposure in days; each day counts for the share of it that has passed and come in."""
    weights = 0.5 ** ((len(counts) - 1 - np.arange(len(counts))) / _HALF_LIFE_DAYS)
    return float(weights @ counts), float(weights @ exposure)


def shrunk(count: float, exposure: float, usual: float) -> float:
    """Return the gamma-Poisson posterior mean of a daily level."""
    return (count + _PRIOR_DAYS * usual) / (exposure + _PRIOR_DAYS)


def _usual(series: Sequence[Counts], today: float, age: int, arrival: Arrival) -> float:
    same = [c for c in series if age_class(len(c)) == age] or series
    sums = [recent(c, arrival.exposure(len(c), today)) for c in same]
    return float(np.median([*(c / e for c, e in sums if e > 0), *_BELIEVED_LEVELS]))


def _pairs(counts: Counts, exposure: Counts, days: int, levels: tuple[float, ...]) -> list[tuple[float, float, float]]:
    last = len(counts) - 1 - days
    first = max(1, last - _LONGEST_LOOK_BACK + 1)
    rows = []
    for day in range(first, last + 1):
        age = age_class(day)
        level = shrunk(*recent(counts[:day], exposure[:day]), levels[age])
        rows.append((float(age), level * float(exposure[day : day + days].sum()), float(counts[day : day + days].sum())))
    return rows


def _fit(expected: Counts, observed: Counts, believed: tuple[float, float]) -> tuple[float, float]:
    carry, size = np.meshgrid(_CARRIES, _SIZES, indexing="ij")
    belief = -0.5 * ((np.log(carry / believed[0]) / _CARRY_SPREAD) ** 2 + (np.log(size / believed[1]) / _SIZE_SPREAD) ** 2)
    if len(expected):
        mean = np.maximum(_LEAST, carry[..., None] * expected)
        belief = belief + nbinom.logpmf(observed, size[..., None], size[..., None] / (size[..., None] + mean)).sum(axis=-1) / _OVERLAP
    best = np.unravel_index(int(np.argmax(belief)), belief.shape)
    return float(carry[best]), float(size[best])
