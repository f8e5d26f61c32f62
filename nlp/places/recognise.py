"""Text -> spans that name a place: every name the gazetteer knows, judged by the evidence around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.places.evidence import evidence
from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.judge import Judge, committed_judge
from nlp.places.page import Case, Page, read_page
from nlp.places.spans import Draft, drafts
from nlp.places.words import DIVISIONS, TYPE_WORDS
from store.records import Mention, Precision

_LIKELY = 0.5
# "Delmas 73" is a stretch of a road through Delmas
_HOUSE_NUMBER = re.compile(r"\s*[#№]?\b\d+\w?\s*$|^\s*\d+\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place name in a text with every place that bears it.

    `sure` is the probability that it names a place at all; `of_type` says that a word such as "province" beside it makes it a region or a district.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    sure: float = 0.0
    of_type: bool = False


def recognise(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, labelled: bool = True, judge: Judge | None = None) -> tuple[Span, ...]:
    """Return the place names of `text`, none overlapping, in order; `labelled` says whether a recogniser has read it.

    A span is the name alone, without hash, proclitic or possessive. The recogniser's labels are evidence and no more: a name without one may
    be a place, a labelled place may be none. What no place is called cannot be found, and names that a body or a street bears
    ("Bank of Ghana") never are.
    """
    judge = judge or committed_judge()
    page = read_page(text, mentions, labelled)
    found = drafts(page, gazetteer)
    judged = [(draft, judge.chance(line)) for draft, line in zip(found, evidence(page, found), strict=True)]
    chances = [_LIKELY if chance < _LIKELY and _names_division(page, draft) else chance for draft, chance in judged]
    return tuple(_span(page, draft, chance) for chance, draft in chosen(page, found, chances, judge))


def chosen(page: Page, found: Sequence[Draft], chances: Sequence[float], judge: Judge) -> list[tuple[float, Draft]]:
    """Return the likely drafts with their chances in order of place; of those that overlap the likeliest."""
    likely = [(chance, draft) for chance, draft in zip(chances, found, strict=True) if chance >= _enough(page, draft, judge)]
    kept: list[tuple[float, Draft]] = []
    for chance, draft in sorted(likely, key=lambda pair: (-pair[0], pair[1].first - pair[1].last, pair[1].first)):
        if all(draft.end <= other.start or other.end <= draft.start for _, other in kept):
            kept.append((chance, draft))
    return sorted(kept, key=lambda pair: pair[1].start)


def _enough(page: Page, draft: Draft, judge: Judge) -> float:
    return judge.enough_bare if page.cases[draft.first] is Case.NONE else judge.enough


def _span(page: Page, draft: Draft, chance: float) -> Span:
    text = page.text[draft.start : draft.end]
    return Span(start=draft.start, end=draft.end, text=text, candidates=draft.candidates, sure=round(chance, 4), of_type=_is_of_type(page, draft))


def _names_division(page: Page, draft: Draft) -> bool:
    """Say whether a word beside the name makes it what the gazetteer knows it for, a region or a district, whatever its label."""
    divisions = any(one.place.precision in (Precision.REGION, Precision.DISTRICT) for one in draft.candidates)
    return divisions and page.cases[draft.first] is not Case.SMALL and page.word(draft.last + 1) in DIVISIONS and page.gaps[draft.last + 1] == " "


def _is_of_type(page: Page, draft: Draft) -> bool:
    """Recognise "Aleppo governorate", "the province of Aleppo" and "محافظة حلب"."""
    before = draft.first - 1
    before -= page.word(before) in {"of", "de", "d", "du"}
    return page.word(draft.last + 1) in TYPE_WORDS or page.word(before) in TYPE_WORDS


def named(words: str, gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Return the places of a field that holds nothing but a place: "Jacmel, Haiti" gives two, the nearer first."""
    spans = []
    for match in re.finditer(r"[^,;|/()\n]+", words):
        text = _HOUSE_NUMBER.sub("", match.group()).strip()
        candidates = gazetteer.find(text) if text else ()
        if candidates:
            start = match.start() + match.group().index(text)
            spans.append(Span(start=start, end=start + len(text), text=text, candidates=candidates, sure=1.0))
    return tuple(spans) or recognise(words, (), gazetteer, labelled=False)
