"""Panel -> what forecasts made at earlier steps of it would have taught: weights of the members and repair of their mixture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from forecast.followers import Followers, followers
from forecast.ladder import Floats
from forecast.levels import CLASSES, Panel, Whole, class_of
from forecast.members import MEMBERS, PRIOR, members
from forecast.mixture import Sums, pit, repair, spread, sums, weights

CLASS_BY: Final = 2
_HORIZONS: Final = 5
_FEWEST_ORIGINS, _MOST_ORIGINS = 12, 40
_LOOK_BACK: Final = 60
_MOST_ROWS: Final = 600
_USUAL_ROWS: Final = 1500
_NEAR_HORIZON: Final = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What the panel taught at some horizons: followers, weights (horizons, classes, members), and repair curves by class."""

    horizons: tuple[int, ...]
    followers: tuple[Followers, ...]
    weights: Floats
    curves: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One horizon tried from one earlier step: what the CRPS depends on, each member's PIT interval (members, rows), and the rows' classes."""

    sums: Sums
    low: Floats
    high: Floats
    classes: Whole


def learn(known: Panel, horizon: int, rungs: Floats, seed: int) -> Learned:
    """Try the members from up to 40 earlier steps, each knowing what was known then, and weigh them by CRPS; at most five horizons are looked at.

    Deterministic for a seed, which chooses among pairs and series where there are too many to look at all.
    """
    rng = np.random.default_rng(seed)
    horizons = tuple(sorted({round(h) for h in np.geomspace(1, horizon, _HORIZONS)}))
    tried = [_tries(known, max(h, known.window), rungs, rng) for h in horizons]
    weighed = np.stack([weights(_near(tried, at), PRIOR) for at in range(len(horizons))])
    last = known.steps - 1
    return Learned(
        horizons=horizons,
        followers=tuple(followers(known, last, max(h, known.window), rungs, rng) for h in horizons),
        weights=weighed,
        curves=_curves(tried, weighed),
    )


def _tries(known: Panel, ahead: int, rungs: Floats, rng: np.random.Generator) -> list[Trial]:
    """Choose earlier steps, more of them where there are few series, and try from each."""
    latest = known.steps - 1 - ahead
    earliest = max(ahead + 1, latest - _LOOK_BACK)
    many = int(np.clip(_USUAL_ROWS // max(1, len(known.counts)), _FEWEST_ORIGINS, _MOST_ORIGINS))
    origins = sorted({int(step) for step in np.linspace(earliest, latest, many)}) if latest >= earliest else []
    return [_trial(known, origin, ahead, rungs, rng) for origin in origins if not np.isnan(known.counts[:, origin]).all()]


def _trial(known: Panel, origin: int, ahead: int, rungs: Floats, rng: np.random.Generator) -> Trial:
    rows = np.nonzero(~np.isnan(known.counts[:, origin]))[0]
    if len(rows) > _MOST_ROWS:
        rows = np.sort(rng.choice(rows, _MOST_ROWS, replace=False))
    given = members(known, origin, rows, followers(known, origin, ahead, rungs, rng), rungs)
    observed, level = known.totals[rows, origin + ahead], known.levels[CLASS_BY, rows, origin]
    intervals = [pit(one, observed, rungs) for one in given]
    return Trial(
        sums=sums(given, observed, level, rungs),
        low=np.stack([low for low, _ in intervals]),
        high=np.stack([high for _, high in intervals]),
        classes=class_of(level),
    )


def _near(tried: Sequence[Sequence[Trial]], at: int) -> Sums:
    """Sum up a horizon's trials and, weighing less, those of its neighbours."""
    products, rows = np.zeros((CLASSES, len(MEMBERS), len(MEMBERS))), np.zeros(CLASSES)
    for other, trials in enumerate(tried):
        for trial in trials:
            products += _NEAR_HORIZON ** abs(other - at) * trial.sums.products
            rows += _NEAR_HORIZON ** abs(other - at) * trial.sums.rows
    return Sums(products=products, rows=rows)


def _curves(tried: Sequence[Sequence[Trial]], weighed: Floats) -> Floats:
    shares, classes = [spread(np.zeros(0), np.zeros(0))], [np.zeros(0, dtype=np.int64)]
    for at, trials in enumerate(tried):
        for trial in trials:
            weight = weighed[at, trial.classes].T
            shares.append(spread((trial.low * weight).sum(axis=0), (trial.high * weight).sum(axis=0)))
            classes.append(trial.classes)
    return repair(np.concatenate(shares), np.concatenate(classes))
