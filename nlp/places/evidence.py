"""Draft* -> what speaks for and against each being a place name, as words a linear model gives weights to."""

from collections.abc import Iterator, Sequence
from typing import Final

from nlp.places.page import Case, Page
from nlp.places.scene import Name, Scene, label_of, scene_of, text_of
from nlp.places.spans import Draft
from nlp.places.words import BODY_WORDS, COMPASS_WORDS, GIVEN_NAMES, KIND_WORDS, NAMED_WORDS, PART_WORDS, PREPOSITIONS, SPEECH_WORDS, TITLES, TYPE_WORDS

_STOPS: Final = frozenset('.!?\n:;•"“”|')
_COMMAS: Final = frozenset({", ", "، ", " #", "/", " / "})
_LINKS: Final = frozenset({"and", "or", "et", "ou", "y", "e", "und", "و", "أو"})
_GROUPS: Final = {
    "preposition": PREPOSITIONS, "kind": KIND_WORDS, "type": TYPE_WORDS, "title": TITLES, "body": BODY_WORDS, "named": NAMED_WORDS,
    "compass": COMPASS_WORDS, "speech": SPEECH_WORDS,
}  # fmt: skip
_GROUPS_OF: Final = {word: tuple(group for group, words in _GROUPS.items() if word in words) for word in frozenset().union(*_GROUPS.values())}
_LATIN_ENDS: Final = "\u0250"


def evidence(page: Page, found: Sequence[Draft]) -> list[list[str]]:
    """Return the evidence on each draft; the same word for the same kind of evidence in every text."""
    scene = scene_of(page, found)
    reach = -1
    lines = []
    for number, draft in enumerate(found):
        longer = draft.last < reach or any(other.first == draft.first for other in found[number + 1 : number + 5])
        lines.append(list(_evidence(scene, draft, longer)))
        reach = max(reach, draft.last + (draft.first < draft.last))
    return lines


def _sort(label: str) -> str:
    return label.partition(".")[0]


def _evidence(scene: Scene, draft: Draft, longer: bool) -> Iterator[str]:
    name, label = scene.names[text_of(scene.page, draft)], label_of(scene.page, draft)
    if longer:
        yield f"longer={label}"
    yield from _of_name(name, label, draft)
    yield from _of_writing(scene.page, draft, name, label)
    if draft.first == draft.last:
        yield from _of_word(scene.page, draft, name, label)
    if not _has_whole(scene, draft):
        yield from _elsewhere(scene, draft, label)
    yield from _listed(scene, draft)
    yield from _before(scene, draft, name, label)
    yield from _after(scene, draft, label)


def _of_name(name: Name, label: str, draft: Draft) -> Iterator[str]:
    words = min(3, draft.last - draft.first + 1)
    yield from (f"label={label}", f"kind={name.kind}", f"size={name.size}", f"many={name.many}", f"how={draft.how}")
    yield from (f"label,kind={label},{name.kind}", f"words={words}", f"words,kind={words},{name.kind}")
    if name.compass:
        yield "compass"
    if not name.primary:
        yield f"alias={label}"


def _of_writing(page: Page, draft: Draft, name: Name, label: str) -> Iterator[str]:
    case = _case(page, draft)
    yield f"case={case}"
    if any(start <= draft.start < end for start, end in page.dated):
        yield f"dateline={case}"
    # too little is annotated in scripts without capitals to learn more about them
    if page.cases[draft.first] is not Case.NONE:
        yield from (f"label,size={label},{name.size // 2}", f"case,kind={case},{name.kind}")
        if draft.first == draft.last:
            yield f"length,kind={min(4, draft.end - draft.start)},{case},{name.kind}"


def _of_word(page: Page, draft: Draft, name: Name, label: str) -> Iterator[str]:
    yield f"length={min(6, draft.end - draft.start)}"
    if name.common:
        yield from (f"common={name.size // 3}", f"common,label={label}")
    if page.lower[draft.first] in GIVEN_NAMES:
        yield from ("given", f"given,label={label}", f"given,kind={name.kind}")
        if _has_surname(page, draft):
            yield "full name"


def _has_surname(page: Page, draft: Draft) -> bool:
    """Recognise "Georgia Smith" and "Abraham Lincoln"."""
    before = page.gaps[draft.first] == " " and page.word(draft.first - 1) in GIVEN_NAMES
    return before or (page.gaps[draft.last + 1] == " " and page.word(draft.last + 1) in GIVEN_NAMES)


def _case(page: Page, draft: Draft) -> str:
    elided = page.forms[draft.first] == "l" and draft.first < draft.last
    case = page.cases[draft.first + elided]
    if page.shouted and case is Case.UPPER:
        return "shouted"
    return f"{case.value}{'#' if page.gaps[draft.first].endswith('#') else ''}"


def _has_whole(scene: Scene, draft: Draft) -> bool:
    """Recognise the first half of "Paris, Texas"."""
    page = scene.page
    return page.gaps[draft.last + 1] == ", " and any(scene.names[text_of(page, other)].wider for other in scene.begin.get(draft.last + 1, ()))


def _elsewhere(scene: Scene, draft: Draft, label: str) -> Iterator[str]:
    """Say how the same name is read elsewhere on the page."""
    page = scene.page
    others = scene.said[text_of(page, draft)] - {label}
    if "place.whole" in others:
        yield from ("elsewhere=place", f"elsewhere=place,{label}")
    if "person.whole" in others:
        yield "elsewhere=person"
    of_itself = _sort(label) == "person" and (label != "person.whole" or draft.first < draft.last)
    if page.lower[draft.first] in scene.people and not of_itself:
        yield f"elsewhere=of a person,{_sort(label)}"
    if page.lower[draft.last] in scene.bodies and not label.startswith("body"):
        yield "elsewhere=of a body"
    if all(word in scene.small for word in page.lower[draft.first : draft.last + 1]) and page.cases[draft.first] is not Case.SMALL:
        yield "elsewhere=small"


def _listed(scene: Scene, draft: Draft) -> Iterator[str]:
    """Say what its neighbours in "Goma, Bukavu and Beni" are."""
    page = scene.page
    before = draft.first - 1 - (page.word(draft.first - 1) in _LINKS)
    if before >= 0 and (before < draft.first - 1 or page.gaps[draft.first] in _COMMAS):
        yield from {f"listed={label_of(page, other)}" for other in scene.close.get(before, ())}
    after = draft.last + 1 + (page.word(draft.last + 1) in _LINKS)
    if after > draft.last + 1 or page.gaps[draft.last + 1] in _COMMAS:
        yield from {f"listed={label_of(page, other)}" for other in scene.begin.get(after, ())}


def _before(scene: Scene, draft: Draft, name: Name, label: str) -> Iterator[str]:
    page = scene.page
    gap, word = page.gaps[draft.first], page.word(draft.first - 1)
    if gap.endswith("#"):
        yield "tag"
    if draft.first == 0 or (not _STOPS.isdisjoint(gap) and not (gap == ". " and word in TITLES)):
        yield from ("opens", f"opens,label={label}")
        return
    if gap == ", ":
        if name.wider and draft.first - 1 in scene.close:
            yield f"after its part={_sort(label)}"
        yield "before=,"
        return
    if gap.strip() and gap not in {"'", "’"}:
        yield f"before={gap.strip()[:1]}"
    if not gap.strip() or gap in {". ", "'", "’"}:
        yield from _neighbour("before", word)
        if page.cases[draft.first - 1] in {Case.TITLE, Case.MIXED} and word not in PART_WORDS and word not in PREPOSITIONS:
            yield f"before=capital,{_sort(label)}"
        if word in {"of", "de", "d"}:
            yield from _neighbour("of", page.word(draft.first - 2))


def _after(scene: Scene, draft: Draft, label: str) -> Iterator[str]:
    page = scene.page
    gap, word = page.gaps[draft.last + 1], page.word(draft.last + 1)
    if gap.startswith("."):
        yield f"dot={min(5, draft.end - draft.start)},{scene.names[text_of(page, draft)].kind}"
    if gap == ", ":
        yield f"before its whole={_sort(label)}" if _has_whole(scene, draft) else "after=,"
    elif gap.strip():
        yield f"after={gap.strip()[:1]}"
    if gap == " " and word:
        yield from _neighbour("after", word)
        if page.cases[draft.last + 1] in {Case.TITLE, Case.MIXED} and word not in PART_WORDS:
            yield f"after=capital,{_sort(label)}"
            yield f"next={page.word(draft.last + 2)}"
    elif gap in {"'", "’"} and word == "s":
        yield "possessive"


def _neighbour(side: str, word: str) -> list[str]:
    """Name a word and the groups it belongs to; of words in other scripts, in which too little is annotated, the groups alone."""
    groups = [f"{side}:{group}" for group in _GROUPS_OF.get(word, ())]
    return [f"{side}={word}", *groups] if word < _LATIN_ENDS else groups
