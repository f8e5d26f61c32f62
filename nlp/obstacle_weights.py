"""Vectors and cues -> log-odds of each obstacle against none: the linear classifier and its committed coefficients."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.obstacle_cues import Cues
from store.records import Obstacle

Rows = NDArray[np.float32]
Odds = NDArray[np.float64]
KINDS: Final = tuple(o for o in Obstacle if o is not Obstacle.NONE)
CUE_SCALE: Final = 4.0  # cue weights are around 1, standardised vectors have norm 20: without it the penalty would silence the cues
WHOLE: Final = 0.25  # share of the text as a whole; the rest is its sentences'. Chosen by cross-validation, texts set among others that name nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A trained classifier over z = (vector - mean) / scale.

    `kind`: logits of NONE and KINDS over (z, cues); `lifted`: of "lifted" over (z, lift cue). `chance`: slope and intercept that turn the log-odds
    of a kind against all else into those of its standing in a reader's list.
    """

    mean: Rows
    scale: Rows
    kind: Rows
    kind_bias: Rows
    lifted: Rows
    lifted_bias: float
    chance: tuple[float, float]


def stored_weights(model: str) -> Weights | None:
    """Read the committed coefficients for vectors of `model`; None when it was never trained on them."""
    kept = files("nlp").joinpath(f"data/obstacles_{model.replace('/', '_')}.npz")
    if not kept.is_file():
        return None
    with np.load(BytesIO(kept.read_bytes()), allow_pickle=False) as rows:
        slope, intercept = (float(number) for number in rows["chance"])
        return Weights(
            mean=rows["mean"],
            scale=rows["scale"],
            kind=rows["kind"],
            kind_bias=rows["kind_bias"],
            lifted=rows["lifted"],
            lifted_bias=float(rows["lifted_bias"]),
            chance=(slope, intercept),
        )


def classify(weights: Weights, vectors: Rows, found: Sequence[Cues]) -> tuple[Odds, Odds]:
    """Return log-odds of each of KINDS against none, shape (n, 9), and of being told as lifted, shape (n,)."""
    z = (vectors - weights.mean) / weights.scale
    logits = (np.hstack([z, cue_features(found)]) @ weights.kind.T + weights.kind_bias).astype(np.float64)
    lift = np.hstack([z, lift_features(found)]) @ weights.lifted + weights.lifted_bias
    return logits[:, 1:] - logits[:, :1], lift.astype(np.float64)


def cue_features(found: Sequence[Cues]) -> Rows:
    """Return cue weights as columns in the order of KINDS, shape (n, 9)."""
    return np.array([[CUE_SCALE * c.weights.get(kind, 0.0) for kind in KINDS] for c in found], np.float32).reshape(len(found), len(KINDS))


def lift_features(found: Sequence[Cues]) -> Rows:
    """Return whether a lift cue was found, as one column."""
    return np.array([[CUE_SCALE * c.lifted] for c in found], np.float32).reshape(len(found), 1)


def together(found: Sequence[Cues]) -> Cues:
    """Say what the cues of several sentences say as one: of each obstacle the strongest."""
    kinds = {kind for one in found for kind in one.weights}
    return Cues(weights={kind: max(one.weights.get(kind, 0.0) for one in found) for kind in sorted(kinds)}, lifted=any(one.lifted for one in found))


def pooled(whole: Odds, sentences: Odds) -> Odds:
    """Pool log-odds of a text and of its sentences, shapes (9,) and (s, 9): those of the mean odds over the sentences, so that background counts.

    The greatest odds would find an obstacle in any text that is long enough; the text alone loses one sentence among many.
    """
    top = sentences.max(axis=0)
    mean = top + np.log(np.exp(sentences - top).mean(axis=0))
    result: Odds = WHOLE * whole + (1 - WHOLE) * mean
    return result


def chances(odds: Odds) -> Odds:
    """Turn log-odds against none, shape (n, 9), into chances of (NONE, *KINDS), shape (n, 10)."""
    logits = np.hstack([np.zeros((len(odds), 1)), odds])
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Odds = power / power.sum(axis=1, keepdims=True)
    return result


def listed(chance: Odds, calibration: tuple[float, float]) -> Odds:
    """Turn chances that a kind is the main one into chances that it is named at all (Platt 1999, on log-odds)."""
    safe = np.clip(chance, 1e-9, 1 - 1e-9)
    slope, intercept = calibration
    result: Odds = 1.0 / (1.0 + np.exp(-(slope * np.log(safe / (1 - safe)) + intercept)))
    return result
