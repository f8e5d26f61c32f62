"""Report + Reading -> Clue: what grouping looks at, and the words and names it weighs."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from store.records import Place

MOST_WORDS = 120
_LINK = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|(?<!\w)@\w+")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clue:
    """One report as grouping sees it.

    `vector` is a unit vector or None; all vectors of one run come from one model. `places` in order of mention; `noise`: about nothing relevant.
    """

    report_id: str
    at: datetime
    voice: str
    origin_id: str
    words: str
    vector: NDArray[np.float32] | None = None
    places: tuple[Place, ...] = ()
    names: frozenset[str] = frozenset()
    noise: bool = False

    @property
    def length(self) -> int:
        """How many words it has, links and all."""
        return len(self.words.split())


def features(text: str) -> tuple[str, ...]:
    """Return the distinct words of a text in their order, `MOST_WORDS` of them at most.

    Words are folded (case, accents), shorn of links and addresses, and cut to six letters: a stemmer that needs no language.
    Scripts without spaces between words give pairs of characters.
    """
    return tuple(dict.fromkeys(_words(text)))[:MOST_WORDS]


def names(clue: Clue) -> tuple[str, ...]:
    """Return the distinct names of a clue, folded, in a fixed order."""
    return tuple(sorted({_folded(name).strip() for name in clue.names}))


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(_folded(_LINK.sub(" ", text))):
        if _UNSPACED.search(word):
            yield from (word[i : i + 2] for i in range(max(1, len(word) - 1)))
        elif len(word) > 1 and word != "rt":
            yield word[:6]


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
