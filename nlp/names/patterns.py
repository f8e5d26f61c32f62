"""Text -> Mention*: people by their titles and organisations by the table and by what they begin with, where no pipeline reads the language."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nlp.names.arabic import arabic_bodies, arabic_people
from nlp.names.forms import definitions
from nlp.names.known import Found, organisations
from nlp.names.romance import romance_bodies, romance_people
from store.records import Mention

_ORG: Final = "ORG"
_PERSON: Final = "PERSON"
_WORD_AT = "(?<![^\\W_]){}(?![^\\W_])"
# labels whose longer span is a name of its own ("UNICEF Kenya Country Office", "the UNESCO Convention")
_OWN_NAMES: Final = frozenset({_ORG, "EVENT", "FAC", "LAW", "PRODUCT", "WORK_OF_ART"})
_PEOPLE: Final = {"fr": romance_people, "es": romance_people, "ar": arabic_people}
_BODIES: Final = {"fr": romance_bodies, "es": romance_bodies, "ar": arabic_bodies}

_ARTICLE = re.compile(r"(?:(?:the|la|le|les|el|los|las)\s|[ld]['’])?", re.IGNORECASE)

Span = tuple[int, int]


def named(text: str, language: str) -> tuple[Mention, ...]:
    """Return people and organisations (labels PERSON and ORG) of a text without a pipeline, in order, none overlapping.

    French, Spanish and Arabic (ISO 639-1 codes) are read by patterns: a title and what follows it, "said X Y", what an organisation begins
    with, short forms the text explains, and each later mention of what was found. In any language the table's organisations are found.
    """
    known = [(found.start, found.end, _ORG) for found in _certain(text, ())]
    people = [(start, end, _PERSON) for start, end in _PEOPLE[language](text)] if language in _PEOPLE else []
    bodies = [(start, end, _ORG) for start, end in _BODIES[language](text)] if language in _BODIES else []
    kept = _apart([*known, *people, *bodies])
    again = (*_again(text, kept), *((start, end, _ORG) for start, end in _explained(text, kept)))
    return _mentions(text, _apart([*kept, *again]))


def with_known(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Add the organisations of the table that a pipeline missed or took for something else; in order, none overlapping.

    A short form that may mean something else is taken only where the text has the long one too or the pipeline calls it an organisation.
    Inside a longer name of the pipeline's that is no place and no person, it stays a part of that name.
    """
    found = _certain(text, mentions)
    taken = [one for one in found if not any(_part_of(one, mention) for mention in mentions)]
    if not taken:
        return mentions
    settled = [mention for mention in mentions if mention.label == _ORG and any(_is(mention, one) for one in taken)]
    fresh = [one for one in taken if not any(_is(mention, one) for mention in settled)]
    kept = [mention for mention in mentions if not any(mention.start < one.end and one.start < mention.end for one in fresh)]
    added = (Mention(start=one.start, end=one.end, text=text[one.start : one.end], label=_ORG) for one in fresh)
    return tuple(sorted((*kept, *added), key=lambda mention: mention.start))


def _certain(text: str, mentions: Sequence[Mention]) -> list[Found]:
    """Return the table's organisations in a text without those whose short form stands there alone and may mean something else."""
    found = list(organisations().find(text))
    spelt_out = {one.id for one in found if not one.ambiguous}
    return [one for one in found if not one.ambiguous or one.id in spelt_out or any(m.label == _ORG and _is(m, one) for m in mentions)]


def _is(mention: Mention, one: Found) -> bool:
    """Say whether a mention is that organisation and no more than an article or an ending besides."""
    around = mention.start <= one.start and one.end <= mention.end <= one.end + 2
    return around and bool(_ARTICLE.fullmatch(mention.text[: one.start - mention.start]))


def _part_of(one: Found, mention: Mention) -> bool:
    return mention.label in _OWN_NAMES and mention.start <= one.start and one.end <= mention.end and not _is(mention, one)


def _apart(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Drop what overlaps something given before it."""
    kept: list[tuple[int, int, str]] = []
    given = list(spans)
    taken = bytearray(max((end for _, end, _ in given), default=0))
    for start, end, label in given:
        if not any(taken[start:end]):
            kept.append((start, end, label))
            taken[start:end] = b"\x01" * (end - start)
    return sorted(kept)


def _again(text: str, found: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Find every other mention of the people found: the whole name first, then its last word."""
    names = dict.fromkeys(text[start:end] for start, end, label in found if label == _PERSON)
    for name in (*names, *dict.fromkeys(name.split()[-1] for name in names)):
        if len(name) > 2:
            yield from ((*match.span(), _PERSON) for match in re.finditer(_WORD_AT.format(re.escape(name)), text))


def _explained(text: str, found: Sequence[tuple[int, int, str]]) -> Iterator[Span]:
    """Find the short forms that the text explains, wherever they stand."""
    shorts: set[str] = set()
    for definition in definitions(text) if "(" in text else ():
        if not any(label == _PERSON and start < definition.end and definition.start < end for start, end, label in found):
            yield definition.start, definition.end
            shorts.add(definition.short)
    for short in sorted(shorts):
        yield from (match.span() for match in re.finditer(_WORD_AT.format(re.escape(short)), text))


def _mentions(text: str, spans: Iterable[tuple[int, int, str]]) -> tuple[Mention, ...]:
    return tuple(Mention(start=start, end=end, text=text[start:end], label=label) for start, end, label in spans)
