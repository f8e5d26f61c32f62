"""Cumulative probabilities of the members, outcomes -> weights that make the CRPS of their mixture least; then its PIT put right."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from forecast.followers import near
from forecast.ladder import Floats, at, widths
from forecast.levels import CLASSES, Whole, class_of

PIT_BINS: Final = 40
_PRIOR_ROWS: Final = 40.0
_PIT_PRIOR: Final = 150.0
_ROUNDS: Final = 1500
_RATE: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What the CRPS of any mixture of the members depends on, by class: products (classes, K, K) of the members' errors, rows (classes,)."""

    products: Floats
    rows: Floats


def sums(given: Floats, observed: Floats, level: Floats, rungs: Floats) -> Sums:
    """Add up the CRPS, quadratic in the weights, over rows; each row is measured in units of one plus its level. `given` is (K, rows, rungs)."""
    classes = class_of(level)
    error = given - (rungs[None, :] >= observed[:, None])
    scaled = widths(rungs)[None, :] / (1 + level)[:, None]
    members = len(given)
    products = np.zeros((CLASSES, members, members))
    for one in np.unique(classes):
        which = classes == one
        products[one] = (error[:, which] * scaled[which]).reshape(members, -1) @ error[:, which].reshape(members, -1).T
    return Sums(products=products, rows=np.bincount(classes, minlength=CLASSES).astype(float))


def weights(summed: Sums, prior: Floats) -> Floats:
    """Return the weights of each class, shape (classes, K), by exponentiated gradient (Kivinen and Warmuth 1997) on the summed CRPS.

    Each class leans on its neighbours, and on `prior` as if 40 more rows had it best.
    """
    members = len(prior)
    rows = near(summed.rows[:, None])
    products = near(summed.products.reshape(CLASSES, -1)).reshape(CLASSES, members, members)
    total = summed.products.sum(axis=0) / max(1.0, float(summed.rows.sum()))
    usual = np.where(rows[..., None] > 0, products / np.maximum(rows, 1.0)[..., None], total) + 1e-9 * np.eye(members)
    found = np.tile(prior, (CLASSES, 1))
    scale = np.einsum("ckk->ck", products + _PRIOR_ROWS * usual).max(axis=1)[:, None]
    for _ in range(_ROUNDS):
        slope = (np.einsum("ckl,cl->ck", products, found) + _PRIOR_ROWS * np.einsum("ckl,cl->ck", usual, found - prior)) / scale
        found = found * np.exp(-_RATE * (slope - slope.min(axis=1, keepdims=True)))
        found = found / found.sum(axis=1, keepdims=True)
    return found


def pit(cumulative: Floats, observed: Floats, rungs: Floats) -> tuple[Floats, Floats]:
    """Return the probability integral transform of each outcome as an interval (Czado, Gneiting and Held 2009)."""
    return at(cumulative, observed - 1, rungs), at(cumulative, observed, rungs)


def spread(low: Floats, high: Floats) -> Floats:
    """Return the share of each row's PIT interval that lies below each edge of the bins, shape (rows, bins + 1)."""
    edges = np.linspace(0, 1, PIT_BINS + 1)
    width = np.maximum(high - low, 1e-9)
    return np.clip((edges[None, :] - low[:, None]) / width[:, None], 0.0, 1.0)


def repair(shares: Floats, classes: Whole) -> Floats:
    """Return for each class the observed share of outcomes at or below each nominal one, shape (classes, bins + 1), drawn to the nominal ones."""
    edges = np.linspace(0, 1, PIT_BINS + 1)
    summed = np.stack([shares[classes == one].sum(axis=0) for one in range(CLASSES)])
    rows = np.bincount(classes, minlength=CLASSES).astype(float)[:, None]
    return np.asarray((near(summed) + _PIT_PRIOR * edges) / (near(rows) + _PIT_PRIOR))


def repaired(cumulative: Floats, classes: Whole, curves: Floats) -> Floats:
    """Put cumulative probabilities right by the curves of `repair`."""
    edges = np.linspace(0, 1, PIT_BINS + 1)
    found = np.empty_like(cumulative)
    for one in np.unique(classes):
        which = classes == one
        found[which] = np.interp(cumulative[which], edges, curves[one])
    return found
