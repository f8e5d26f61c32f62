"""Panel, step -> what followed levels like these: how they carry on, how far counts scatter, and the analogues themselves."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import gammaln

from forecast.ladder import Floats
from forecast.levels import CLASSES, FIRST_RATIO_CLASS, HALF_LIVES, Panel, Whole, class_of

RATIOS: Final = np.concatenate([[0.0], np.geomspace(0.01, 3000.0, 120)])
SIZES: Final = np.geomspace(0.05, 40.0, 14)
_MOST_PAIRS: Final = 24_000
_MOST_FITTED: Final = 300
_CARRY_PRIOR: Final = 20.0
# How much a row of each class adds to the sums of carry: level / (1 + level) about its middle.
_USUAL_SHARE: Final = np.array([0.02, 0.05, 0.12, 0.25, 0.45, 0.65, 0.85, 0.95, 1.0, 1.0, 1.0])
_NEAR: Final = 0.3
_OVERLAP: Final = 3.0
_SIZE_CENTRE, _SIZE_SPREAD = 1.5, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Followers:
    """For one horizon, by half-life and class of level: carry (what follows over the level), size, and tables of what followed.

    `counts` (half-lives, classes, rungs) are cumulative shares of counts, `ratios` (half-lives, classes, RATIOS) those of count over level.
    """

    carry: Floats
    size: Floats
    counts: Floats
    ratios: Floats


def followers(panel: Panel, step: int, ahead: int, rungs: Floats, rng: np.random.Generator) -> Followers:
    """Learn from all pairs (earlier step, `ahead` steps later) with the later one at or before `step`; more than 24,000 are sampled.

    Carry is a ratio of sums shrunk to one, size the posterior mode on a grid, each class helped by its neighbours.
    """
    rows, steps = _pairs(panel, step, ahead, rng)
    then = panel.totals[rows, steps + ahead]
    parts = [_of_half_life(panel.levels[k, rows, steps], then, rungs) for k in range(len(HALF_LIVES))]
    return Followers(
        carry=np.stack([p[0] for p in parts]),
        size=np.stack([p[1] for p in parts]),
        counts=np.stack([p[2] for p in parts]),
        ratios=np.stack([p[3] for p in parts]),
    )


def _pairs(panel: Panel, step: int, ahead: int, rng: np.random.Generator) -> tuple[Whole, Whole]:
    known = ~np.isnan(panel.counts[:, : max(0, step - ahead + 1)])
    rows, steps = np.nonzero(known)
    if len(rows) > _MOST_PAIRS:
        chosen = np.sort(rng.choice(len(rows), _MOST_PAIRS, replace=False))
        rows, steps = rows[chosen], steps[chosen]
    return rows, steps


def _of_half_life(level: Floats, then: Floats, rungs: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    classes = class_of(level)
    carry = _carry(level, then, classes)
    belief = np.stack([_belief(carry[c] * level[classes == c], then[classes == c]) for c in range(CLASSES)])
    prior = -0.5 * (np.log(SIZES / _SIZE_CENTRE) / _SIZE_SPREAD) ** 2
    size = SIZES[np.argmax(near(belief) + prior, axis=1)]
    counts = near(_shares(then, classes, rungs), sharp=0.02, within=(0, FIRST_RATIO_CLASS))
    ratios = near(_shares(then / level, classes, RATIOS), within=(FIRST_RATIO_CLASS, CLASSES))
    return carry, size, np.cumsum(_whole(counts), axis=1), np.cumsum(_whole(ratios), axis=1)


def near(table: Floats, sharp: float = _NEAR, within: tuple[int, int] = (0, CLASSES)) -> Floats:
    """Add to each class's row those of its neighbours, `sharp` to the power of the distance, among the classes of `within`."""
    place = np.arange(CLASSES)
    weight = sharp ** np.abs(place[:, None] - place[None, :]).astype(float)
    inside = (place >= within[0]) & (place < within[1])
    return np.asarray((weight * inside[None, :]) @ table)


def _carry(level: Floats, then: Floats, classes: Whole) -> Floats:
    weight = 1 / (1 + level)
    over = near(np.bincount(classes, weight * then, minlength=CLASSES)[:, None].astype(float))[:, 0]
    under = near(np.bincount(classes, weight * level, minlength=CLASSES)[:, None].astype(float))[:, 0]
    scale = _CARRY_PRIOR * _USUAL_SHARE
    return np.asarray((over + scale) / (under + scale))


def _belief(mean: Floats, then: Floats) -> Floats:
    some = slice(None, None, len(mean) // _MOST_FITTED + 1)
    y, mu, k = then[some][:, None], np.maximum(1e-3, mean[some])[:, None], SIZES[None, :]
    fit = gammaln(y + k) - gammaln(k) - gammaln(y + 1) + k * np.log(k / (k + mu)) + y * np.log(mu / (k + mu))
    return np.asarray(fit.sum(axis=0) / _OVERLAP)


def _shares(values: Floats, classes: Whole, steps: Floats) -> Floats:
    place = np.minimum(np.searchsorted(steps, values, side="left"), len(steps) - 1)
    return np.bincount(classes * len(steps) + place, minlength=CLASSES * len(steps)).reshape(CLASSES, len(steps)).astype(float)


def _whole(shares: Floats) -> Floats:
    total = shares.sum(axis=1, keepdims=True)
    first = np.zeros_like(shares)
    first[:, 0] = 1.0
    return np.where(total > 0, shares / np.where(total > 0, total, 1.0), first)
