"""Texts -> numbers: their words, and how much of the shorter one two of them have in common."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

FEWEST_WORDS: Final = 8
NUMBER, NAME = 1, 2
_SHINGLE: Final = 3
# where more texts than this use a run of words, each is compared with so many of them, the same for all runs of a pattern
_POSTED = 256
_BLOCK = 1024
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(f"[{_UNSPACED}]{{1,2}}|[^\\W_{_UNSPACED}]+")
# white space for whatever is no part of a word, by its code: three times as fast as the pattern where a text is plain ASCII
_ASCII = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
# what makes most texts in English more than ASCII
_TYPESET = "“”‘’–—…\u00a0"
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))

Integers = NDArray[np.int64]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of several texts, one after the other: a number for each word, times four, plus NUMBER or NAME where it looks like one.

    Text n is `words[starts[n]:starts[n + 1]]`. Capitals make a name, not another word.
    """

    words: Integers
    starts: Integers

    def of(self, text: int) -> Integers:
        """Return the words of one text."""
        return self.words[self.starts[text] : self.starts[text + 1]]

    @property
    def lengths(self) -> Integers:
        """How many words each text has."""
        return np.diff(self.starts)


class Numbers(dict[str, int]):
    """Words as they stand -> their numbers, given in order of first use."""

    def __init__(self) -> None:
        self._folded: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        kind = NUMBER if word[0].isdigit() else NAME if word[0].isupper() else 0
        self[word] = number = self._folded.setdefault(word.casefold(), len(self._folded)) * 4 + kind
        return number

    def of(self, text: str) -> Integers:
        """Give the numbers of a text's words; web addresses are no words."""
        plain = _ADDRESS.sub(" ", text) if "://" in text or "www." in text else text
        if not plain.isascii():
            for mark in _TYPESET:
                plain = plain.replace(mark, " ")
        words = plain.translate(_ASCII).split() if plain.isascii() else _WORD.findall(unicodedata.normalize("NFKC", plain))
        return np.fromiter(map(self.__getitem__, words), np.int64, len(words))


def wording(texts: Sequence[Integers]) -> Wording:
    """Put texts behind one another."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return Wording(np.concatenate([np.zeros(0, np.int64), *texts]), np.concatenate(([0], np.cumsum(lengths))))


def mixed(columns: Sequence[Integers]) -> Hashes:
    """Hash whole numbers that stand beside one another."""
    total = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        total = (total ^ column.astype(np.uint64)) * _MIX[0]
        total ^= total >> np.uint64(29)
    return total * _MIX[1]


def shares(wording: Wording, least: float) -> list[dict[int, float]]:
    """Give for each text the others with which it has at least the share `least` of the shorter one in common.

    The share is of runs of three words (Broder 1997: containment), each weighed by the logarithm of its rarity among the texts; all texts are compared
    with all, exactly, by one sparse product. Texts under 8 words have no runs and so no shares.
    """
    rows, columns = _runs(wording)
    used = np.bincount(columns)
    weights = np.log1p(len(wording.starts) / np.maximum(used, 1))
    whole = np.bincount(rows, weights[columns], len(wording.lengths)).astype(np.float64)
    shared = used[columns] > 1
    rows, columns = rows[shared], columns[shared]
    size = (len(whole), len(used) or 1)
    left = csr_matrix((weights[columns], (rows, columns)), size)
    kept = _posted(rows, columns, used)
    right = csr_matrix((np.ones(kept.sum()), (columns[kept], rows[kept])), size[::-1])
    found: list[dict[int, float]] = []
    for first in range(0, len(whole), _BLOCK):
        found += _near(left[first : first + _BLOCK] @ right, first, whole, least)
    return found


def _runs(wording: Wording) -> tuple[Integers, Integers]:
    """List (text, run of three words), each once; runs are numbered in the order of their hashes."""
    plain = wording.words >> 2
    lengths = np.where(wording.lengths >= FEWEST_WORDS, wording.lengths - _SHINGLE + 1, 0)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    at = np.arange(len(rows)) + np.repeat(wording.starts[:-1] - np.cumsum(lengths) + lengths, lengths)
    distinct, columns = np.unique(mixed([plain[at + shift] for shift in range(_SHINGLE)]), return_inverse=True)
    once = np.sort(rows * max(1, len(distinct)) + columns)
    return np.divmod(once[np.diff(once, prepend=-1) > 0], max(1, len(distinct)))


def _posted(rows: Integers, columns: Integers, used: Integers) -> NDArray[np.bool_]:
    """Mark which carriers of each run are compared with: all, or of very many the 256 whose texts come first by hash."""
    kept = used[columns] <= _POSTED
    many = np.flatnonzero(~kept)
    many = many[np.lexsort((mixed([rows[many]]), columns[many]))]
    begins = np.flatnonzero(np.diff(columns[many], prepend=-1))
    rank = np.arange(len(many)) - np.repeat(begins, np.diff(begins, append=len(many)))
    kept[many[rank < _POSTED]] = True
    return kept


def _near(common: csr_matrix, first: int, whole: NDArray[np.float64], least: float) -> list[dict[int, float]]:
    pairs = common.tocoo()
    rows = pairs.row + first
    share = pairs.data / np.minimum(whole[rows], whole[pairs.col])
    good = (share >= least) & (rows != pairs.col)
    found: list[dict[int, float]] = [{} for _ in range(common.shape[0])]
    for row, other, value in zip(pairs.row[good].tolist(), pairs.col[good].tolist(), share[good].tolist(), strict=True):
        found[row][other] = value
    return found
