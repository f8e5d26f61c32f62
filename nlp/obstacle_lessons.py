"""Corrections -> Lesson*, and Lesson* -> how far they move the reading of a text that is like them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from nlp.obstacle_weights import KINDS, Odds, Rows, Weights, chances
from store.records import Obstacle

_UNLIKE = 0.1  # centred cosine up to which two texts have nothing to do with each other: nine in ten pairs of different texts are below .15
_STEP = 1.0
_MOST = 3.0  # log-odds: what many lessons together may add


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A text that a person read, and what is learned from it for texts that come in later than `at`.

    `vector` is the text's, `odds` what the classifier makes of it (log-odds of KINDS against none), `right` the main obstacle that it names.
    """

    at: datetime
    vector: Rows
    odds: Odds
    right: Obstacle


def shift(vector: Rows, lessons: Sequence[Lesson], weights: Weights) -> Odds:
    """Return what lessons add to the log-odds of a text with this unit vector, shape (9,).

    Each adds its error (one for the right kind less the chance it was given) times how alike the texts are: one step of kernel logistic regression.
    A lesson on which the classifier was right already, or about another matter, moves nothing; their order makes no difference.
    """
    if not lessons:
        return np.zeros(len(KINDS))
    errors = _errors(lessons)
    alike = _centred(np.stack([one.vector for one in lessons]), weights) @ _centred(vector[None, :], weights)[0]
    near = np.clip(alike - _UNLIKE, 0.0, None) / (1 - _UNLIKE)
    moved: Odds = np.clip(_STEP * near @ (errors[:, 1:] - errors[:, :1]), -_MOST, _MOST)
    return moved


def _errors(lessons: Sequence[Lesson]) -> Odds:
    right = np.array([[one.right is kind for kind in (Obstacle.NONE, *KINDS)] for one in lessons], np.float64)
    return right - chances(np.stack([one.odds for one in lessons]))


def _centred(vectors: Rows, weights: Weights) -> Odds:
    z = ((vectors - weights.mean) / weights.scale).astype(np.float64)
    rows: Odds = z / np.maximum(np.linalg.norm(z, axis=1, keepdims=True), 1e-12)
    return rows
