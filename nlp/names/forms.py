"""Name -> form: what the spellings of one organisation have in common, and the short forms a text itself explains."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from nlp.places.names import key
from nlp.places.words import words_of

_POSSESSIVE = re.compile(r"['’]s?$")
_ELIDED = re.compile(r"^[ld]['’]", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_INITIALS = re.compile(r"\b(?:[^\W\d_] )+[^\W\d_]\b")
_ARTICLES: Final = frozenset({"the", "la", "le", "les", "el", "los", "las"})
_LEGAL: Final = words_of("inc ltd llc plc gmbh corp co ag nv bv sa sas sarl srl spa limited incorporated corporation")
_BRACKETS = re.compile(r"\(([^()\n]{2,80})\)")
_LAST_WORD = re.compile(r"([^\s()]+)\s*$")
_WORDS_BEFORE = re.compile(r"[^\s()]+")
_END_OF_SENTENCE = re.compile(r"[.!?;:]\s|\n")


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form explained where it is used: "Lake Fishers Association (LFA)"; characters [start, end) of the text are the long form."""

    short: str
    long: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Fold case, accents, punctuation, articles, possessives and legal forms of an organisation's name.

    >>> fold("The Harbour Workers' Union"), fold("Zélimar Mining Ltd."), fold("U.N."), fold("Lake Fishers (LF)")
    ('harbour workers union', 'zelimar mining', 'un', 'lake fishers')
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    bare = _ELIDED.sub("", _POSSESSIVE.sub("", _IN_BRACKETS.sub("", plain) or plain))
    folded = _INITIALS.sub(lambda found: found.group().replace(" ", ""), key(bare.replace("&", " and ")))
    words = folded.split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    return " ".join(words)


@lru_cache(maxsize=50_000)
def is_short(text: str) -> bool:
    """Say whether a name is written as a short form: one word of 2 to 8 characters, most of them capitals (dots aside)."""
    bare = text.replace(".", "")
    capitals = sum(letter.isupper() for letter in bare)
    return 2 <= len(bare) <= 8 and capitals >= 2 and 2 * capitals > len(bare) and bare.replace("-", "").isalnum()


def definitions(text: str) -> tuple[Definition, ...]:
    """Return the short forms that `text` explains, "long (SHORT)" or "SHORT (long)", in order.

    Letters are matched from the right, the first one at the start of a word (Schwartz & Hearst 2003, "A simple algorithm for
    identifying abbreviation definitions in biomedical text"); unlike there a short form must be written in capitals.
    """
    found = (_explained(text, match) for match in _BRACKETS.finditer(text))
    return tuple(one for one in found if one is not None)


def _explained(text: str, match: re.Match[str]) -> Definition | None:
    inside, before = match.group(1).strip(), text[max(0, match.start() - 120) : match.start()]
    if is_short(inside):
        return _long_before(inside, before, match.start())
    last = _LAST_WORD.search(before)
    if last is None or not is_short(last.group(1)):
        return None
    start = _begin(last.group(1), inside)
    at = match.start(1) + match.group(1).index(inside)
    return Definition(last.group(1), inside[start:], at + start, at + len(inside)) if start is not None else None


def _long_before(short: str, before: str, end: int) -> Definition | None:
    breaks = [found.end() for found in _END_OF_SENTENCE.finditer(before)]
    words = list(_WORDS_BEFORE.finditer(before, breaks[-1] if breaks else 0))[-min(len(short) + 5, 2 * len(short)) :]
    if not words:
        return None
    first, long = words[0].start(), before[words[0].start() :].rstrip()
    start = _begin(short, long)
    return Definition(short, long[start:], end - len(before) + first + start, end - len(before) + first + len(long)) if start is not None else None


def _begin(short: str, long: str) -> int | None:
    """Return where in `long` the words begin that the letters of `short` stand for, None where they do not fit."""
    at = len(long)
    letters = [letter for letter in key(short) if letter.isalnum()]
    plain = [key(letter)[:1] for letter in long]
    for number in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (plain[at] != letters[number] or (number == 0 and at > 0 and long[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    return at if " " in long[at:] else None
