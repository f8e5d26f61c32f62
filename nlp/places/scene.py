"""Draft* -> the page they are on: what the gazetteer says of each name, and what the page says of it elsewhere."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from nlp.places.everyday import common_words
from nlp.places.gazetteer import Candidate
from nlp.places.names import key
from nlp.places.page import Case, Page
from nlp.places.spans import Draft
from nlp.places.words import COMPASS_WORDS
from store.records import Precision

_CITY: Final = 100_000
_LISTED: Final = 1_000_000
_KINDS: Final = ("country", "region", "city", "town", "district")


@dataclass(frozen=True, slots=True)
class Name:
    """What the gazetteer says of a name."""

    kind: str
    size: int
    primary: bool
    many: int
    wider: bool
    common: bool
    compass: bool


@dataclass(slots=True)
class Scene:
    """A page with its drafts by where they begin and end, and what is said of each name anywhere on the page."""

    page: Page
    begin: defaultdict[int, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    close: defaultdict[int, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, Name] = field(default_factory=dict)
    said: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    people: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)


def scene_of(page: Page, found: Sequence[Draft]) -> Scene:
    """Lay the drafts of a page out, and what is said of each name anywhere on it."""
    scene = Scene(page, small={form for form, case in zip(page.forms, page.cases, strict=True) if case is Case.SMALL})
    for number, label in enumerate(page.labels):
        if label is not None and label.first == number < label.last and label.kind in {"person", "body"}:
            (scene.people if label.kind == "person" else scene.bodies).update(page.lower[label.first : label.last + 1])
    for draft in found:
        scene.begin[draft.first].append(draft)
        scene.close[draft.last].append(draft)
        name = text_of(page, draft)
        if name not in scene.names:
            scene.names[name] = _name(page, draft)
    for draft in found:
        scene.said[text_of(page, draft)].add(label_of(page, draft))
    return scene


def text_of(page: Page, draft: Draft) -> str:
    """Return a draft's name in small letters."""
    return page.text[draft.start : draft.end].lower()


def _name(page: Page, draft: Draft) -> Name:
    words = page.lower[draft.first : draft.last + 1]
    kinds = set(map(_kind, draft.candidates))
    return Name(
        kind="city and region" if kinds >= {"city", "region"} else min(kinds, key=_KINDS.index),
        size=_size(draft.candidates),
        primary=any(candidate.primary for candidate in draft.candidates),
        many=min(3, int(math.log2(len(draft.candidates)))),
        wider=not kinds.isdisjoint({"country", "region"}),
        common=common_words().issuperset(map(key, words)),
        compass=COMPASS_WORDS.issuperset(words),
    )


def _kind(candidate: Candidate) -> str:
    if candidate.place.precision in {Precision.TOWN, Precision.EXACT}:
        return "city" if _people(candidate) >= _CITY else "town"
    return candidate.place.precision.value


def _people(candidate: Candidate) -> int:
    """Return the population; what the operator has listed matters here as a large city does."""
    return _LISTED if candidate.place.id.startswith("own:") else candidate.place.population


def _size(candidates: Sequence[Candidate]) -> int:
    """Return half the powers of ten of the largest population: 6 for a thousand, 12 for a million."""
    return int(2 * math.log10(max(map(_people, candidates)) + 1))


def label_of(page: Page, draft: Draft) -> str:
    """Return the kind of the recogniser's label over a draft and how they lie to one another."""
    if not page.labelled:
        return "bare" if page.cases[draft.first] is Case.NONE else "unread"
    label = page.labels[draft.first] or page.labels[draft.last]
    if label is None:
        return "none"
    if (label.first, label.last) == (draft.first, draft.last):
        return f"{label.kind}.whole"
    if draft.first < label.first or draft.last > label.last:
        return f"{label.kind}.beyond"
    return f"{label.kind}.{'head' if draft.first == label.first else 'tail' if draft.last == label.last else 'middle'}"
