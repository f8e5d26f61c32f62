"""Text -> its words, with the recogniser's label of each and what is known of the text as a whole."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from store.records import Mention

# letters with the marks that belong to them in Arabic, Hebrew and Indic scripts
_WORD = re.compile("[^\\W\\d_]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u0e31-\u0e4e]+[^\\W\\d_]*)*")
_ADDRESS = re.compile(r"\S*(?:://|@|\bwww\.)\S*")
_JOINTS: Final = frozenset({" ", "-", "‐", "'", "’", "ʼ", "\u00a0", "_"})
_SHORTENED: Final = frozenset({". ", "."})
_SHORT: Final = 3
_MESSAGE: Final = 60
# "GOMA, DRC (AP) —"
_DATELINE = re.compile(r"(?:^|[\n.!?]\s*)([^\W\d_a-z][^\Wa-z]+(?:[ -][^\Wa-z]+){0,3}(?:, [\w. ]{1,24}[\w.])?)(?: ?\([\w/ .]+\))? ?(?:—|–|--| - )")
_POSSESSIVE: Final = ("'s", "’s", "'", "’")
_KINDS: Final = {"GPE": "place", "LOC": "place", "FAC": "facility", "PER": "person", "PERSON": "person", "ORG": "body", "NORP": "people"}


class Case(StrEnum):
    """How a word is written."""

    SMALL = "small"
    TITLE = "title"
    UPPER = "upper"
    MIXED = "mixed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Label:
    """What the recogniser calls words first to last, both included; `kind` is one of place, facility, person, body, people, other."""

    first: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """A text's words: where they lie, how they are written, what stands before each (and, at the end, after the last), their labels.

    `dated` are the characters that datelines take up ("GOMA, DRC (AP) —"); a `hasty` text may be careless of capitals and apostrophes.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]
    lower: tuple[str, ...]
    cases: tuple[Case, ...]
    gaps: tuple[str, ...]
    labels: tuple[Label | None, ...]
    dated: tuple[tuple[int, int], ...]
    shouted: bool
    hasty: bool
    labelled: bool

    def word(self, number: int) -> str:
        """Return a word in small letters; "" beyond the ends."""
        return self.lower[number] if 0 <= number < len(self.lower) else ""

    def joined(self, number: int) -> bool:
        """Say whether a word may belong to one name with the word before it."""
        gap = self.gaps[number]
        return gap in _JOINTS or (gap in _SHORTENED and self.cases[number - 1] is not Case.SMALL and len(self.forms[number - 1]) <= _SHORT)


def read_page(text: str, mentions: Sequence[Mention], labelled: bool) -> Page:
    """Split a text into words; addresses of people and pages hold none."""
    seen = _ADDRESS.sub(lambda match: "\0" * len(match.group()), text) if "@" in text or "://" in text or "www." in text else text
    at = [match.span() for match in _WORD.finditer(seen)]
    starts, ends = zip(*at, strict=True) if at else ((), ())
    forms = tuple([text[start:end] for start, end in at])
    cases = tuple(map(_case, forms))
    gaps = tuple([seen[end:start] for end, start in zip((0, *ends), (*starts, len(text)), strict=True)])
    shouted = 2 * cases.count(Case.UPPER) > len(forms)
    hasty = len(forms) <= _MESSAGE or 20 * cases.count(Case.TITLE) < len(forms)
    dated = tuple(match.span(1) for match in _DATELINE.finditer(seen)) if "—" in text or "–" in text or "-" in text else ()
    labels = _labels(starts, ends, mentions)
    return Page(text, starts, ends, forms, tuple(map(str.lower, forms)), cases, gaps, labels, dated, shouted, hasty, labelled)


@lru_cache(maxsize=50_000)
def _case(form: str) -> Case:
    if form.islower():
        return Case.SMALL
    if form.isupper():
        return Case.UPPER if len(form) > 1 else Case.TITLE
    if form.istitle():
        return Case.TITLE
    return Case.NONE if form.lower() == form.upper() else Case.MIXED


def _labels(starts: tuple[int, ...], ends: tuple[int, ...], mentions: Sequence[Mention]) -> tuple[Label | None, ...]:
    found: list[Label | None] = [None] * len(starts)
    for mention in mentions:
        tail = next((len(mark) for mark in _POSSESSIVE if mention.text.endswith(mark)), 0)
        head = 4 if mention.text[:4].lower() == "the " else 0
        first, last = bisect_right(ends, mention.start + head), bisect_left(starts, mention.end - tail) - 1
        label = Label(first, last, _KINDS.get(mention.label, "other"))
        found[first : last + 1] = [label] * (last + 1 - first)
    return tuple(found)
