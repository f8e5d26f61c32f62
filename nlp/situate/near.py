"""Vectors -> the nearest earlier reports in the window, the same whatever the size of batches and the order of sums."""

import math
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NEAREST = 15
DIMENSION = 384
# 4,000² < 2²⁴: products of such whole vectors are exact in float32, however the sums are arranged
_UNIT = 4000.0
_PRIOR = 200
Matrix = NDArray[np.float32]


class Near:
    """Unit vectors of the reports in the window, held centred: what all texts of a stream have in common tells nothing (Mu & Viswanath 2018).

    The centre is the mean of the window as it was when the epoch began, with `prior` standing for so many reports before anything was read.
    """

    def __init__(self, prior: NDArray[np.float64]) -> None:
        self._prior = prior
        self._raw: Matrix = np.zeros((0, len(prior)), np.float32)
        self._held: Matrix = np.zeros((0, len(prior)), np.float32)
        self._count = 0
        self._centre = prior

    def __len__(self) -> int:
        return self._count

    def add(self, vectors: Matrix) -> None:
        """Put unit vectors, shape (n, dimension), into the window behind those there are."""
        while self._count + len(vectors) > len(self._raw):
            more = np.zeros((max(1024, len(self._raw)), self._raw.shape[1]), np.float32)
            self._raw, self._held = np.vstack([self._raw, more]), np.vstack([self._held, more])
        here = slice(self._count, self._count + len(vectors))
        self._raw[here] = np.rint(vectors * _UNIT)
        self._held[here] = self._whole(self._raw[here])
        self._count += len(vectors)

    def recentre(self, first: int) -> None:
        """Begin an epoch: forget the vectors before number `first` and centre the others anew."""
        self._raw = self._raw[first : self._count].copy()
        self._count -= first
        total = self._raw.sum(axis=0, dtype=np.float64) / _UNIT
        self._centre = (_PRIOR * self._prior + total) / (_PRIOR + self._count)
        self._held = self._whole(self._raw)

    def nearest(self, first: int) -> list[tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """For each vector from number `first` on, find the nearest before it: their numbers and cosines, the nearest first, equal ones the latest first."""
        cosines = self._held[first : self._count] @ self._held[: self._count].T
        cosines[:, first:][np.triu_indices(self._count - first)] = -np.inf
        return [_best(row, first + number) for number, row in enumerate(cosines)]

    def _whole(self, raw: Matrix) -> Matrix:
        centred = raw / np.float64(_UNIT) - self._centre
        lengths = np.sqrt((centred * centred).cumsum(axis=1)[:, -1:])
        whole: Matrix = np.rint(centred / np.maximum(lengths, 1e-9) * _UNIT).astype(np.float32)
        return whole


def _best(row: NDArray[np.float32], before: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    row = row[:before]
    least = np.partition(row, before - NEAREST)[before - NEAREST] if before > NEAREST else -np.inf
    found = np.flatnonzero(row >= least)
    found = found[np.lexsort((-found, -row[found]))][:NEAREST]
    return found, row[found] / np.float32(_UNIT * _UNIT)


def hashed(words: Sequence[str]) -> NDArray[np.float32]:
    """Make a unit vector of words for a report that no encoder read: signed feature hashing (Weinberger et al. 2009)."""
    vector = np.zeros(DIMENSION, np.float32)
    for word in words:
        code = zlib.crc32(word.encode())
        vector[code % DIMENSION] += 1.0 if code & 0x10000 else -1.0
    length = math.sqrt(float(vector @ vector))
    return vector / np.float32(length) if length else vector
