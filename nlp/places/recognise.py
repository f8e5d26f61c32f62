"""Text -> spans that name a place: capital letters, the gazetteer, the recogniser's labels and the words around, weighed together."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.places.everyday import common_words
from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.names import key
from nlp.places.words import PART_WORDS, PREPOSITIONS, TITLES, TYPE_WORDS
from store.records import Mention, Precision

# letters with the marks that belong to them in Arabic, Hebrew and Indic scripts
_WORD = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u0e31-\u0e4e])+")
_JOINTS: Final = frozenset({" ", "-", "‐", "'", "’", "ʼ", ". ", ".", "\u00a0"})
_ARABIC = re.compile("[\u0600-\u06ff]")
_PROCLITIC = re.compile("^(?:[وف]?(?:ب|ل|ك)?)(?=ال)|^[وف]?[بلك]|^[وف]")
# "Delmas 73" is a stretch of a road through Delmas
_HOUSE_NUMBER = re.compile(r"\s*[#№]?\b\d+\w?\s*$|^\s*\d+\s+")
_LONGEST = 5
_LIKELY = 1.5
_METROPOLIS = 1.6
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place name in a text with every place that bears it; `sure` weighs the evidence that it is a place at all."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    sure: float = 0.0
    of_type: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words with what is known of it as a whole."""

    text: str
    at: tuple[tuple[int, int], ...]
    forms: tuple[str, ...]
    small: frozenset[str]
    shouted: bool
    labels: tuple[Mention, ...]
    labelled: bool


def recognise(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, labelled: bool = True) -> tuple[Span, ...]:
    """Return the place names of `text`, none overlapping, in order; `labelled` says whether a recogniser has read it.

    A name of up to five words is a place when the evidence reaches a threshold: its label (which may be overruled), how large the
    places of that name are, a preposition before or a country after it; a word that is mostly just a word, a title before
    or a surname after it speak against.
    """
    words = _read(text, mentions, labelled)
    found = sorted(_spans(words, gazetteer), key=lambda span: (-(span.end - span.start), -span.sure, span.start))
    kept: list[Span] = []
    for span in found:
        if span.sure >= _LIKELY and not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))


def _read(text: str, mentions: Sequence[Mention], labelled: bool) -> _Words:
    at = tuple(match.span() for match in _WORD.finditer(text))
    forms = tuple(text[start:end] for start, end in at)
    small = frozenset(form for form in forms if form.islower())
    capitals = sum(form.isupper() and len(form) > 1 for form in forms)
    return _Words(text, at, forms, small, shouted=2 * capitals > len(forms), labels=tuple(mentions), labelled=labelled)


def _spans(words: _Words, gazetteer: Gazetteer) -> Iterator[Span]:
    for first in range(len(words.forms)):
        if not _may_begin(words, first):
            continue
        for last in range(first, min(first + _LONGEST, len(words.forms))):
            if last > first and not _joined(words, last):
                break
            if words.forms[last][0].islower() and last > first:
                continue
            start, end, candidates = _look_up(words, first, last, gazetteer)
            if candidates:
                sure = _evidence(words, first, last, candidates, gazetteer)
                of_type = key(_form(words, last + 1)) in TYPE_WORDS
                yield Span(start=start, end=end, text=words.text[start:end], candidates=candidates, sure=sure, of_type=of_type)


def _form(words: _Words, number: int) -> str:
    return words.forms[number] if 0 <= number < len(words.forms) else ""


def _gap(words: _Words, number: int) -> str:
    """Return what stands between a word and the one before it."""
    if not 0 < number < len(words.at):
        return ""
    return words.text[words.at[number - 1][1] : words.at[number][0]]


def _joined(words: _Words, number: int) -> bool:
    return _gap(words, number) in _JOINTS


def _may_begin(words: _Words, number: int) -> bool:
    """Small letters begin a name only after a preposition, as in a hasty message."""
    form = words.forms[number]
    return not form[0].islower() or (len(form) > 3 and _form(words, number - 1).lower() in PREPOSITIONS and _gap(words, number) == " ")


def _look_up(words: _Words, first: int, last: int, gazetteer: Gazetteer) -> tuple[int, int, tuple[Candidate, ...]]:
    start, end = words.at[first][0], words.at[last][1]
    text = words.text[start:end]
    found = gazetteer.find(text) if len(text) > 1 else ()
    if not found and _ARABIC.match(text):
        bare = _PROCLITIC.sub("", text, count=1)
        # "to the ..." is written with one l: li + al- -> lil-
        for form in (bare, "ا" + text[text.index("لل") :] if "لل" in text[:3] else bare):
            found = found or (gazetteer.find(form) if len(form) > 2 else ())
        start = start + len(text) - len(bare) if found else start
    return start, end, found


def _evidence(words: _Words, first: int, last: int, candidates: Sequence[Candidate], gazetteer: Gazetteer) -> float:
    name = " ".join(words.forms[first : last + 1])
    size = max(map(_size, candidates))
    return (
        size
        + _spelling(words, first, last, size)
        + _label(words, words.at[first][0], words.at[last][1])
        + _context(words, first, last, gazetteer)
        - (0.0 if any(candidate.primary for candidate in candidates) else 0.4)
        - (3.0 if len(name) <= 3 and not _is_country_code(name, candidates) else 0.0)
    )


def _is_country_code(name: str, candidates: Sequence[Candidate]) -> bool:
    return not name.isascii() or (name.isupper() and any(candidate.place.precision is Precision.COUNTRY for candidate in candidates))


def _size(candidate: Candidate) -> float:
    place = candidate.place
    if place.id.startswith("own:"):
        return 3.0
    if place.precision is Precision.COUNTRY:
        return 2.4
    size = math.log10(place.population + 1) - 4.0
    floor = {Precision.REGION: 0.8, Precision.DISTRICT: -0.4}.get(place.precision, -1.2)
    return min(1.8, max(floor, size))


def _spelling(words: _Words, first: int, last: int, size: float) -> float:
    forms = words.forms[first : last + 1]
    usual = 0.0 if _is_code(forms, words) else _usual(forms, size)
    if forms[0][0].islower():
        return -1.2 - usual
    score = 0.8 * (len(forms) > 1) - usual
    score -= 1.5 * all(form.lower() in words.small for form in forms)
    score -= 0.5 * (_opens_sentence(words, first) and len(forms) == 1)
    score -= 1.0 * (words.shouted and not words.labelled)
    score += 0.8 * (words.text[words.at[first][0] - 1 : words.at[first][0]] == "#")
    return score


def _is_code(forms: Sequence[str], words: _Words) -> bool:
    """Recognise USA and DRC, unless everything is in capitals."""
    return len(forms) == 1 and forms[0].isupper() and len(forms[0]) < 5 and not words.shouted


def _usual(forms: Sequence[str], size: float) -> float:
    """Return what speaks against words that are mostly just words; less for a metropolis, whose name some language uses as a word."""
    common = common_words()
    if not all(key(form) in common for form in forms):
        return 0.0
    return 1.0 if size > _METROPOLIS else 2.5


def _opens_sentence(words: _Words, number: int) -> bool:
    return number == 0 or any(mark in _gap(words, number) for mark in '.!?\n:;•"“')


def _label(words: _Words, start: int, end: int) -> float:
    """Weigh the recogniser's label over a span; it names places wrongly too often to have the last word."""
    over = next((mention for mention in words.labels if mention.start < end and start < mention.end), None)
    if over is None:
        return -0.6 if words.labelled else 0.2
    whole = _trimmed(over) == key(words.text[start:end])
    if over.label in _PLACE_LABELS:
        return 2.5 if whole else 1.2
    if over.label == "NORP":
        return -3.0
    if whole:
        return 0.2 if over.label == "PERSON" else 0.6
    return -2.2 if over.label == "PERSON" else -1.6


def _trimmed(mention: Mention) -> str:
    folded = key(mention.text).removeprefix("the ")
    return re.sub(r"(?<=\w)s$", "", folded) if mention.text.endswith(("'s", "’s")) else folded


def _context(words: _Words, first: int, last: int, gazetteer: Gazetteer) -> float:
    before, after = _form(words, first - 1), _form(words, last + 1)
    spaced_before, spaced_after = _gap(words, first) == " ", _gap(words, last + 1) == " "
    score = 1.3 * (spaced_before and before.lower() in PREPOSITIONS)
    score -= 3.0 * (_gap(words, first) in {" ", ". "} and key(before) in TITLES)
    score += 1.5 * (_gap(words, last + 1) == ", " and _is_wider(after, gazetteer))
    score += 1.0 * (_gap(words, first) == ", " and before[:1].isupper() and _is_wider(words.forms[first], gazetteer) and bool(gazetteer.find(before)))
    score += 1.0 * (spaced_after and key(after) in TYPE_WORDS)
    score -= 1.0 * (spaced_before and _belongs(before) and not _opens_sentence(words, first - 1))
    score -= 1.0 * (spaced_after and _belongs(after))
    return score


def _is_wider(word: str, gazetteer: Gazetteer) -> bool:
    return word[:1].isupper() and any(candidate.place.precision in {Precision.COUNTRY, Precision.REGION} for candidate in gazetteer.find(word))


def _belongs(word: str) -> bool:
    """Say whether a capitalised neighbour makes the word a part of a longer name, such as a surname."""
    return word[:1].isupper() and not word.isupper() and key(word) not in PART_WORDS


def named(words: str, gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Return the places of a field that holds nothing but a place: "Jacmel, Haiti" gives two, the nearer first."""
    spans = []
    for match in re.finditer(r"[^,;|/()\n]+", words):
        text = _HOUSE_NUMBER.sub("", match.group()).strip()
        candidates = gazetteer.find(text) if text else ()
        if candidates:
            start = match.start() + match.group().index(text)
            spans.append(Span(start=start, end=start + len(text), text=text, candidates=candidates, sure=_LIKELY))
    return tuple(spans) or recognise(words, (), gazetteer, labelled=False)
