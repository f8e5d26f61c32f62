"""Vectors -> the nearest earlier reports in the window, the same whatever the size of batches and the order of sums."""

import math
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEAREST = 15
DIMENSION = 384
# 4,000² < 2²⁴: products of such whole vectors are exact in float32, however the sums are arranged
_UNIT = 4000.0
_NEARER = np.float32(0.3 * _UNIT * _UNIT)
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
        self._squares = np.zeros(0)
        self._total = np.zeros(len(prior))
        self._count = 0
        self._recentre()

    def __len__(self) -> int:
        return self._count

    def add(self, vectors: Matrix) -> None:
        """Put unit vectors, shape (n, dimension), into the window behind those there are."""
        if self._count + len(vectors) > len(self._raw):
            self._raw, self._held, self._squares = (_roomier(rows, len(vectors)) for rows in (self._raw, self._held, self._squares))
        here = slice(self._count, self._count + len(vectors))
        self._raw[here] = np.rint(vectors * np.float32(_UNIT))
        self._squares[here] = np.einsum("ij,ij->i", self._raw[here], self._raw[here], dtype=np.float64)
        self._total += self._raw[here].sum(axis=0, dtype=np.float64)
        self._centre_from(here)
        self._count += len(vectors)

    def keep(self, numbers: Sequence[int]) -> None:
        """Begin an epoch: keep these vectors in this order, forget the others, and centre anew."""
        kept = np.array(numbers, np.intp)
        if not np.array_equal(kept, np.arange(self._count)):
            self._total -= np.delete(self._raw[: self._count], kept, axis=0).sum(axis=0, dtype=np.float64)
            for rows in (self._raw, self._squares):
                rows[: len(kept)] = rows[kept]
        self._count = len(numbers)
        self._recentre()
        self._centre_from(slice(self._count))

    def nearest(self, first: int) -> list[tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """For each vector from number `first` on, find the nearest before it: their numbers and cosines, the nearest first, equal ones the latest first."""
        cosines = self._held[first : self._count] @ self._held[: self._count].T
        return [_best(row[: first + number]) for number, row in enumerate(cosines)]

    def _recentre(self) -> None:
        # whole numbers again: differences from the centre and their squares are then exact too, and lengths the same however they are summed
        self._centre = np.rint((_PRIOR * _UNIT * self._prior + self._total) / (_PRIOR + self._count)).astype(np.float32)

    def _centre_from(self, rows: slice) -> None:
        # the square of a difference by its parts: each of them is whole, and exact
        squares = self._squares[rows] - 2.0 * (self._raw[rows] @ self._centre) + float(self._centre @ self._centre)
        held = np.subtract(self._raw[rows], self._centre, out=self._held[rows])
        lengths = np.sqrt(squares)
        held *= (_UNIT / np.maximum(lengths, 1e-9)).astype(np.float32)[:, None]
        np.rint(held, out=held)


def _roomier(rows: NDArray[Any], more: int) -> NDArray[Any]:
    return np.concatenate([rows, np.zeros((max(1024, len(rows), more), *rows.shape[1:]), rows.dtype)])


def _best(row: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    # most are far off: to look among the nearer ones alone finds the same, sooner
    found = np.flatnonzero(row >= _NEARER)
    if len(found) < NEAREST:
        found = np.arange(len(row))
    cosines = row[found]
    if len(found) > NEAREST:
        among = np.flatnonzero(cosines >= np.partition(cosines, len(found) - NEAREST)[len(found) - NEAREST])
        found, cosines = found[among], cosines[among]
    best = np.lexsort((-found, -cosines))[:NEAREST]
    return found[best], cosines[best] / np.float32(_UNIT * _UNIT)


def hashed(words: Sequence[str]) -> NDArray[np.float32]:
    """Make a unit vector of words for a report that no encoder read: signed feature hashing (Weinberger et al. 2009)."""
    vector = np.zeros(DIMENSION, np.float32)
    for word in words:
        code = zlib.crc32(word.encode())
        vector[code % DIMENSION] += 1.0 if code & 0x10000 else -1.0
    length = math.sqrt(float(vector @ vector))
    return vector / np.float32(length) if length else vector
