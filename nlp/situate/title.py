"""Evidence -> title: a line of the reports' own, the most central, informative and short."""

import math
import re
from collections.abc import Iterator, Set
from html import unescape

from nlp.situate.evidence import Candidate, Evidence, Slot, weight
from nlp.situate.lines import NOISE, fit, grammar, standing, terms
from store.records import Situation

SHORTEST, LONGEST = 25, 80
UNTITLED = "Untitled situation"
# the title is replaced only by one so much better
MARGIN = 0.35
_FIRST_LINES = 4
# a hash mark before a word, asterisks, empty brackets
_MARKS = re.compile(r"#(?=\w)|[*_~]{1,}|\(\s*\)|\[\s*\]")
MOST_NAMES = 2
# how much better a report's own title is than a sentence of its text
OWN = 2.0
MARK = 18
_PER_WORD = 2.0
# hash tags that follow the last word
_TAGS = re.compile(r"(?:\s+#\w+)+\W*$")
_BREAK = re.compile(r"\s*[:;|–—]+\s+|\s+-+\s+(?![a-zà-ÿ])|\s*\n\s*")


def title(found: Evidence, before: Situation | None = None) -> tuple[str, str]:
    """Choose a title and name its report: a report's own title or one of its first sentences, or a clean clause of it.

    It is worth what it says (see `evidence`) for its length, as well as it stands by itself; one of 25 to 80 characters that names a place or an actor is
    best. The title `before` stays while its report does, unless another is better by `MARGIN`. With nothing to choose from: untitled, "".
    """
    pool = [(merit, text, one.report) for one in found.candidates if one.line.rank < _FIRST_LINES for text, merit in _options(one, found)]
    if not pool:
        return UNTITLED, ""
    merit, text, report = max(pool, key=lambda option: (option[0], -option[2].at.timestamp(), option[2].id))
    if before is not None:
        old = max((m for m, t, r in pool if (t, r.id) == (before.title, before.title_id)), default=0.0)
        if old and merit <= old * (1 + MARGIN):
            return before.title, before.title_id
    return text, report.id


def _options(one: Candidate, found: Evidence) -> Iterator[tuple[str, float]]:
    own = bool(one.report.title) and one.line.rank == 0
    for text, whole in _clauses(one.line.text):
        words: Set[Slot] = {("word", word) for word in terms(text)}
        names = {slot for name, slot in one.names if name in text and slot[0] != "figure"}
        worth = _worth(words, found) * _PER_WORD + _worth(names, found, MOST_NAMES)
        aside = len(words - (found.shares.keys() - found.alone)) / max(1, len(words))
        grade = standing(text) * fit(text, SHORTEST, LONGEST) * whole * (1 - aside / 2) * (1.0 if names else 0.7) * (OWN if own else 1 - 0.1 * one.line.rank)
        yield text, grade * worth / math.sqrt(SHORTEST + len(text))


def _worth(said: Set[Slot], found: Evidence, most: int | None = None) -> float:
    return math.fsum(sorted((weight(slot) * found.shares.get(slot, 0.0) for slot in said), reverse=True)[:most])


def _clauses(line: str) -> Iterator[tuple[str, float]]:
    """Yield the line without noise, and its clauses, each with how whole it is; what is too long is cut at a comma, else at a word and marked."""
    clean = _tidy(NOISE.sub(" ", line))
    pieces = [_tidy(piece) for piece in _BREAK.split(clean)]
    marked = len(pieces) > 1 and len(pieces[0]) <= MARK  # "Update:" before a clause is no part of it
    second = 1.0 if marked else 0.8
    for text, whole in ((clean, 0.9 if marked else 1.0), (pieces[0], 0.97), *((piece, second) for piece in pieces[1:])):
        if any(c.isalpha() for c in text):
            ended = whole * (0.6 if text.split()[-1].casefold() in grammar() else 1.0)
            yield from [(text, ended)] if len(text) <= LONGEST else _cut(text, ended)


def _cut(text: str, whole: float) -> Iterator[tuple[str, float]]:
    head = text[: LONGEST - 1]
    if (comma := max(head.rfind(mark) for mark in (", ", "، ", "，"))) >= SHORTEST:
        leans = len(first := text.partition(" ")[0]) > 3 and first.casefold() in grammar()
        yield text[:comma].rstrip(), whole * (0.35 if leans else 0.6)
    yield head.rpartition(" ")[0].rstrip(" ,;:-–") + "…", whole * 0.6


def _tidy(text: str) -> str:
    bare = _TAGS.sub("", " ".join(unescape(text).split()))
    return " ".join(_MARKS.sub("", bare if len(bare) >= SHORTEST else text).split()).strip(" -–—:,;|•·>/+=\\").rstrip(".。").strip()
