"""Sentence -> words in it that speak for an obstacle, or for its fall."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from store.records import Obstacle

# a sentence ends at . ! ? … ؟ ؛ ; followed by space, or at a line break; an initial or a number before the dot ends nothing
_END = re.compile(r"(?<=[.!?…؟؛。])(?<!\b\w\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bNo\.)[\"'»”’)\]]*\s+(?=\S)|\n+")
_REACH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What the words of one sentence say: weight by obstacle (absent = 0), and whether something is told as lifted."""

    weights: Mapping[Obstacle, float]
    lifted: bool


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Split a text into sentences: characters [start, end) without surrounding space; a line break always ends one."""
    ends = [(found.start(), found.end()) for found in _END.finditer(text)]
    rough = zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)], strict=True)
    return tuple(span for span in (_bare(text, *piece) for piece in rough) if any(c.isalnum() for c in text[slice(*span)]))


def cues(sentence: str, language: str) -> Cues:
    """Weigh the cue patterns of `language` (ISO 639-1); of all languages when there are none for it."""
    book = _book()
    spoken = (language,) if language in book.languages else book.languages
    weights = {obstacle: total for obstacle, total in ((o, _weigh(sentence, book.present[o], spoken)) for o in book.present) if total > 0}
    return Cues(weights=weights, lifted=any(_fallen(sentence, book, spoken_one) for spoken_one in spoken))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


@dataclass(frozen=True, slots=True)
class _Book:
    languages: tuple[str, ...]
    present: Mapping[Obstacle, Mapping[str, Sequence[tuple[re.Pattern[str], float]]]]
    lifted: Mapping[str, re.Pattern[str]]
    unless: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _book() -> _Book:
    data = json.loads(files("nlp").joinpath("data/obstacles_cues.json").read_text(encoding="utf-8"))
    present = {Obstacle(name): _compiled(by_language) for name, by_language in data["present"].items()}
    lifted = {language: _word("|".join(patterns), language) for language, patterns in data["lifted"].items()}
    unless = {language: _word("|".join(patterns), language) for language, patterns in data["unless"].items()}
    return _Book(tuple(lifted), present, lifted, unless)


def _compiled(by_language: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[tuple[re.Pattern[str], float]]]:
    return {language: [(_word(str(row["pattern"]), language), float(row["weight"])) for row in rows] for language, rows in by_language.items()}


def _word(pattern: str, language: str) -> re.Pattern[str]:
    if language == "ar":  # conjunctions, prepositions and the article are written onto the word
        return re.compile(rf"(?<!\w)[وفبلك]?(?:ال|لل)?(?:{pattern})(?!\w)")
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def _weigh(sentence: str, rows: Mapping[str, Sequence[tuple[re.Pattern[str], float]]], spoken: Sequence[str]) -> float:
    return sum(weight for language in spoken for pattern, weight in rows.get(language, ()) if pattern.search(sentence))


def _fallen(sentence: str, book: _Book, language: str) -> bool:
    hits = book.lifted[language].finditer(sentence)
    return any(not book.unless[language].search(sentence[max(0, hit.start() - _REACH) : hit.start()]) for hit in hits)
