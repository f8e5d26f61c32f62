"""Vector of a report -> is it about nothing that anybody needs to know: chat, advertising, a tag used for something else."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE = Path(__file__).parent / "data" / "noise.json"
_LIKELY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """A logistic regression over unit vectors of the default encoder: one weight for each dimension, and an intercept."""

    weights: NDArray[np.float64]
    intercept: float

    def chance(self, vector: NDArray[np.float32]) -> float:
        """Return the probability that a report with this unit vector is noise; 0 for a vector of another length, of which nothing was learned."""
        if len(vector) != len(self.weights):
            return 0.0
        return float(1.0 / (1.0 + np.exp(-(self.weights @ vector + self.intercept))))


def is_noise(vector: NDArray[np.float32]) -> bool:
    """Say whether a report is more likely noise than not. Fitted by `python -m benchmarks.fit_noise`, which says on what, and how often it errs."""
    return sieve().chance(vector) > _LIKELY


@cache
def sieve() -> Sieve:
    """Load the committed weights."""
    held = json.loads(_FILE.read_text(encoding="utf-8"))
    return Sieve(weights=np.array(held["weights"]), intercept=held["intercept"])
