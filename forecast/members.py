"""Panel, step, Followers -> the cumulative probabilities each member of the mixture gives, on the ladder."""

from typing import Final

import numpy as np

from forecast.followers import RATIOS, Followers
from forecast.ladder import Floats, empirical, negative_binomial
from forecast.levels import FIRST_RATIO_CLASS, HALF_LIVES, Panel, Whole, class_of

MEMBERS: Final = ("last twelve", "fading past", "whole past", "group", "last value", "recent level", "lasting level", "like recent", "like lasting")
PRIOR: Final = np.array([0.2, 0.1, 0.05, 0.1, 0.05, 0.15, 0.1, 0.15, 0.1])
"""Weights before anything is learned, chosen on parts of the panels of docs/decisions/0032 that no figure is taken on."""
LAST_STEPS: Final = 12
_FADING, _WHOLE = 4.0, 40.0
_LONGEST_PAST: Final = 120


def members(panel: Panel, step: int, rows: Whole, learned: Followers, rungs: Floats) -> Floats:
    """Return what each of `MEMBERS` gives for these rows, known at `step`: cumulative probabilities, shape (members, rows, rungs)."""
    return np.concatenate([own_past(panel, step, rows, rungs), of_levels(panel, step, rows, learned, rungs)])


def own_past(panel: Panel, step: int, rows: Whole, rungs: Floats) -> Floats:
    """Return the members that know a series' own past alone, whatever the horizon: shape (4, rows, rungs)."""
    past = panel.totals[rows, max(0, step + 1 - _LONGEST_PAST) : step + 1]
    age = np.arange(past.shape[1])[::-1].astype(float)
    weights = (np.where(age < LAST_STEPS, 1.0, 0.0), 0.5 ** (age / _FADING), 0.5 ** (age / _WHOLE))
    everyone = panel.totals[:, max(0, step + 1 - LAST_STEPS) : step + 1].reshape(1, -1)
    group = np.broadcast_to(empirical(everyone, np.ones(1), rungs), (len(rows), len(rungs)))
    return np.stack([*(empirical(past, weight, rungs) for weight in weights), group])


def of_levels(panel: Panel, step: int, rows: Whole, learned: Followers, rungs: Floats) -> Floats:
    """Return the members that go by the level: negative binomials and analogues, shape (5, rows, rungs)."""
    found = []
    for kind in range(len(HALF_LIVES)):
        level = panel.levels[kind, rows, step]
        classes = class_of(level)
        found.append(negative_binomial(np.maximum(1e-3, level * learned.carry[kind, classes]), learned.size[kind, classes], rungs))
    like = [_analogues(panel.levels[kind, rows, step], learned.counts[kind], learned.ratios[kind], rungs) for kind in (1, 2)]
    return np.stack([*found, *like])


def _analogues(level: Floats, counts: Floats, ratios: Floats, rungs: Floats) -> Floats:
    classes = class_of(level)
    found = counts[classes]
    for one in np.unique(classes[classes >= FIRST_RATIO_CLASS]):
        which = classes == one
        found[which] = np.interp((rungs[None, :] + 0.5) / level[which, None], RATIOS, ratios[one])
    return np.asarray(found)
