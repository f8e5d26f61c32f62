"""Page -> every run of words that some place is called by, wanted or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nlp.places.everyday import common_words, function_words
from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.names import key
from nlp.places.page import Case, Label, Page
from nlp.places.words import (
    BODY_WORDS,
    FORMS_OF_ADDRESS,
    GIVEN_NAMES,
    INNER_WORDS,
    KIND_WORDS,
    NEVER_FIRST,
    NEVER_INSIDE,
    PLACING_WORDS,
    SMALL_BODY_WORDS,
    SPEECH_WORDS,
    STREET_WORDS,
    TYPE_WORDS,
)

_LONGEST: Final = 5
_LONGEST_UNCASED: Final = 3
_HUMP = re.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ARABIC = re.compile("[\u0600-\u06ff]")
_AND = re.compile("^[وف]")
_PROCLITIC = re.compile("^(?:[وف]?(?:ب|ل|ك)?)(?=ال)|^[وف]?[بلك]|^[وف]")


@dataclass(frozen=True, slots=True)
class Draft:
    """Words first to last, both included, at characters [start, end), and the places called so; `how` says what had to be done to find them."""

    first: int
    last: int
    start: int
    end: int
    candidates: tuple[Candidate, ...]
    how: str = "plain"


def drafts(page: Page, gazetteer: Gazetteer) -> list[Draft]:
    """Return every run of up to five words (three in a script without capitals) that the gazetteer knows, in order, the shorter first.

    A name that a body or a street bears is left out, and so is a part of a hashtag: "#rain_in_Goma" is a name of its own.
    """
    found: list[Draft] = []
    for first in range(len(page.forms)):
        if _may_begin(page, first):
            found.extend(_from(page, first, gazetteer))
    return found


def _may_begin(page: Page, number: int) -> bool:
    """Small letters begin a name only behind a hash or an elided article and, in a hasty message, behind a preposition."""
    if page.cases[number] is not Case.SMALL:
        return True
    before, form = page.gaps[number], page.forms[number]
    if before.endswith("#"):
        return len(form) > 3
    if form == "l":
        return page.gaps[number + 1] in {"'", "’"}
    return page.hasty and len(form) > 2 and before == " " and number > 0 and (page.lower[number - 1] in PLACING_WORDS or page.lower[number - 1] in KIND_WORDS)


def _from(page: Page, first: int, gazetteer: Gazetteer) -> Iterator[Draft]:
    small = page.cases[first] is Case.SMALL
    longest = 1 if page.lower[first] in NEVER_FIRST else _LONGEST_UNCASED if page.cases[first] is Case.NONE else _LONGEST
    for last in range(first, min(first + longest, len(page.forms))):
        if last > first and not page.joined(last):
            return
        if last > first and not small and page.cases[last] is Case.SMALL:
            if page.lower[last] in INNER_WORDS:
                continue
            return
        if last == first and _is_no_name(page, first):
            continue
        draft = _look_up(page, first, last, gazetteer)
        if draft is not None and not _is_lent(page, first, last) and "_" not in (page.gaps[first], page.gaps[last + 1]):
            yield _with_type(page, draft, gazetteer)
        if page.lower[last] in NEVER_INSIDE:
            return


def _with_type(page: Page, draft: Draft, gazetteer: Gazetteer) -> Draft:
    """Let "Aleppo governorate" be the governorate where the gazetteer knows it; the evidence stays that on "Aleppo"."""
    after = draft.last + 1
    if page.word(after) not in TYPE_WORDS or page.gaps[after] != " " or page.cases[after] is not Case.SMALL:
        return draft
    found = gazetteer.find(page.text[draft.start : page.ends[after]])
    return Draft(draft.first, draft.last, draft.start, page.ends[after], found, draft.how) if found else draft


def _is_no_name(page: Page, number: int) -> bool:
    """Say whether a word alone is never a name: a function word ("US" is none unless everything is in capitals), a bank, a university, a street.

    In a script without capitals nothing tells an everyday word from the town of that name.
    """
    word, case = page.lower[number], page.cases[number]
    if case is Case.NONE:
        return key(word) in common_words() or word in SMALL_BODY_WORDS
    if case is Case.SMALL and len(word) < 4:
        return True
    code = case is Case.UPPER and not page.shouted
    return word in BODY_WORDS or word in SMALL_BODY_WORDS or word in STREET_WORDS or (word in function_words() and not code)


def _is_lent(page: Page, first: int, last: int) -> bool:
    """Say whether the name is one that a person, a body or a street bears: "Mr. Chad", "Bank of Ghana", "1935 Aleppo Street"."""
    if _is_of_person(page, first, last):
        return True
    linked = first > 1 and page.lower[first - 1] in {"of", "de", "d", "du"} and page.gaps[first - 1] == " "
    head = first - 2 if linked else first - 1
    if head >= 0 and page.gaps[first] in {" ", "'", "’", " #"} and (page.lower[head] in SMALL_BODY_WORDS or (linked and _names_body(page, head))):
        return True
    after = last + 1
    if page.gaps[after] != " " or after == len(page.forms) or page.cases[after] is Case.SMALL:
        return False
    return page.lower[after] in STREET_WORDS or _names_body(page, after) or (page.gaps[after + 1] == " " and _names_body(page, after + 1))


def _is_of_person(page: Page, first: int, last: int) -> bool:
    label = page.labels[first]
    full = label is not None and label.kind == "person" and label.first < label.last and GIVEN_NAMES.issuperset(page.lower[label.first : label.first + 2])
    addressed = page.word(first - 1) in FORMS_OF_ADDRESS and page.gaps[first] in {" ", ". "}
    return addressed or (first == last and (full or _is_surname(page, first, label)))


def _is_surname(page: Page, number: int, label: Label | None) -> bool:
    """Recognise "Jordan" after "Michael Jordan", and in "Jordan said she ...": no country is she."""
    if label is None or label.kind != "person" or label.first < label.last:
        return False
    pronoun = page.word(number + 1) in SPEECH_WORDS and {page.word(number + 2), page.word(number + 3)} & {"he", "she"}
    people = (one for one in page.labels if one is not None and one.kind == "person" and one.first < one.last)
    return bool(pronoun) or any(page.lower[one.last] == page.lower[number] and page.lower[one.first] in GIVEN_NAMES for one in people)


def _names_body(page: Page, number: int) -> bool:
    return page.word(number) in BODY_WORDS and page.cases[number] is not Case.SMALL


def _look_up(page: Page, first: int, last: int, gazetteer: Gazetteer) -> Draft | None:
    start, end = page.starts[first], page.ends[last]
    text = page.text[start:end]
    if len(text) < 2:
        return None
    found = gazetteer.find(text)
    if found:
        return Draft(first, last, start, end, found)
    if page.cases[first] is Case.NONE:
        return _without_proclitic(page, first, last, gazetteer) if _ARABIC.match(text) else None
    if first == last and page.gaps[first].endswith("#"):
        return _tag(page, first, gazetteer)
    # "Wellingtons": a possessive in haste
    if page.hasty and len(text) > 5 and text[-1] == "s" and text[-2] not in "s'’":
        found = gazetteer.find(text[:-1])
        return Draft(first, last, start, end - 1, found, "possessive") if found else None
    return None


def _without_proclitic(page: Page, first: int, last: int, gazetteer: Gazetteer) -> Draft | None:
    start, end = page.starts[first], page.ends[last]
    text = page.text[start:end]
    # "and" alone first, since the name's own first letter may be that of "in" or "to"; "to the ..." is written with one l: li + al- -> lil-
    forms = [pattern.sub("", text, count=1) for pattern in (_AND, _PROCLITIC)]
    article = ["ا" + text[text.index("لل") + 1 :]] if "لل" in text[:3] else []
    for form in (form for form in (*forms, *article) if form != text):
        found = gazetteer.find(form) if len(form) > 2 else ()
        if found:
            bare = form if text.endswith(form) else forms[1]
            return Draft(first, last, start + len(text) - len(bare), end, found, "proclitic")
    # two words written as one at the article: "الدارالبيضاء"
    inner = text.find("ال", 2)
    found = gazetteer.find(f"{text[:inner]} {text[inner:]}") if first == last and inner > 0 else ()
    return Draft(first, last, start, end, found, "run together") if found else None


def _tag(page: Page, number: int, gazetteer: Gazetteer) -> Draft | None:
    """Find "#NewZealand" by its humps, "#newzealand" by trying each cut; a tag that only contains a name is another name: "#PrayForNepal"."""
    form = page.forms[number]
    humps = _HUMP.sub(" ", form)
    cuts = [humps] if humps != form else [f"{form[:cut]} {form[cut:]}" for cut in range(3, len(form) - 2)]
    found = next(filter(None, map(gazetteer.find, cuts)), ())
    return Draft(number, number, page.starts[number], page.ends[number], found, "tag") if found else None
