"""Places in a text that somebody else has found -> spans with their candidates."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.places.everyday import common_words
from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.names import key
from nlp.places.recognise import Span
from nlp.places.words import DIVISION_WORDS, TYPE_WORDS, words_of

_EDGE: Final = " \t\n.,;:!?\"'()[]“”‘’#@«»،؛_"
_POSSESSIVE = re.compile(r"['’]s$|(?<=\w)['’]$")
_WORDS_IN_ONE = re.compile(r"(?<=[a-z])(?=[A-Z])|[_#«»]+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_AND = re.compile("^[وف](?=\\w{3})")
_PROCLITIC = re.compile("^(?:[وف]?[بلك]|[وف])(?=\\w{3})")
_PARTS: Final = words_of(
    "north south east west northern southern eastern western central upper lower greater downtown old new mid city town village the of "
    "nord sud est ouest norte sur este oeste ville ciudad شمال جنوب شرق غرب وسط مدينة محافظة منطقة دولة بلدة قرية ولاية حي ريف"
)
_HEADS: Final = TYPE_WORDS | DIVISION_WORDS | words_of("city town township twp village station borough heights beach co")
# what is left of "North Island" or "West Side" is no name
_NO_NAME: Final = words_of(
    "island islands isle side shore coast bay river lake creek valley hill hills park port street road avenue county end point area region school"
)
# a word inside a longer name must be as large a place as this to be what the name is called after
_NAMESAKE = 50_000
_WORKS: Final = words_of(
    "university hospital airport port harbor harbour embassy station school college bridge "
    "dam stadium prison camp church mosque cathedral base aéroport hôpital aeropuerto puerto"
)


def given(text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Return the given spans (characters [start, end) of `text`) that the gazetteer knows in some form.

    A demonym is taken for its country, because whoever gave the span holds it to be a place; "Harris County's" is looked up without its ending,
    "Downtown Cairo" without the word that is not the name, and a hospital or port that is called after its town stands for the town.
    """
    found = ((start, end, _look_up(text[start:end], gazetteer)) for start, end in spans)
    return tuple(
        Span(start=start, end=end, text=text[start:end], candidates=candidates, sure=1.0, of_type=_typed(text, start, end))
        for start, end, candidates in found
        if candidates
    )


def _look_up(words: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    if not words.strip(_EDGE):
        return ()
    for form in _forms(words):
        if found := gazetteer.find(form) or gazetteer.demonym(form):
            return found
    return _namesake(words, gazetteer)


def _forms(words: str) -> Iterator[str]:
    """Spell a name in ever looser ways."""
    yield words
    bare = _POSSESSIVE.sub("", words.strip(_EDGE))
    yield bare
    yield bare.removeprefix("the ").removeprefix("The ")
    split = " ".join(_WORDS_IN_ONE.sub(" ", bare).split())
    yield split
    if _ARABIC.search(split):
        yield from _without_proclitic(split)
    if len(bare) > 4 and not _ARABIC.search(bare):
        yield bare.removesuffix("s")
    yield from _cores(split)


def _without_proclitic(words: str) -> Iterator[str]:
    """Take "and", then also "in" or "to" off an Arabic name, whose own first letter may be that of "in" or "to"; "to the" is written with one l."""
    yield _AND.sub("", words, count=1)
    yield _PROCLITIC.sub("", words, count=1)
    if words.startswith(("لل", "ولل")):
        at = words.index("لل")
        yield from ("ا" + words[at + 1 :], "ا" + words[at:])


def _cores(words: str) -> Iterator[str]:
    """Leave out words at either end that say what sort of place it is or which part of it."""
    parts = words.split()
    while len(parts) > 1 and key(parts[-1]) in _HEADS:
        parts.pop()
        yield " ".join(parts)
    while len(parts) > 1 and key(_PROCLITIC.sub("", parts[0], count=1) if _ARABIC.match(parts[0]) else parts[0]) in _FRONT:
        parts.pop(0)
        if key(" ".join(parts)) not in _NO_NAME:
            yield from (" ".join(parts), *_without_proclitic(" ".join(parts)))


_FRONT: Final = frozenset(map(key, _PARTS | _HEADS))


def _namesake(words: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Find the large place that a building or work is called after: "Port of Beirut", "Kuwait International Airport"."""
    parts = [part.strip(_EDGE) for part in _WORDS_IN_ONE.sub(" ", words).split()]
    arabic = bool(_ARABIC.search(words))
    if not arabic and not any(key(part) in _WORKS for part in parts):
        return ()
    found: tuple[Candidate, ...] = ()
    for length in range(min(3, len(parts) - 1), 0, -1):
        for first in range(len(parts) - length + 1):
            form = " ".join(parts[first : first + length])
            if key(form) in (_NO_NAME | common_words()) or (form.islower() and form.isascii()):
                continue
            forms = (form, *_without_proclitic(form)) if arabic else (form,)
            large = [one for name in forms for one in gazetteer.find(name) if one.place.population >= _NAMESAKE]
            found = max(found, tuple(large), key=lambda some: max((one.place.population for one in some), default=0))
    return found


def _typed(text: str, start: int, end: int) -> bool:
    words = [*text[start:end].split(), *text[end : end + 30].split()[:1]]
    return any(key(word.strip(_EDGE)) in TYPE_WORDS for word in words[-2:])
