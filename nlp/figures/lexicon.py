"""Language -> what each of its words does beside a number: cue, unit, filler, measure, currency.

Every token becomes one letter, so that how words stand to numbers can be told by regular expressions over those letters (a cascade of finite
automata, after Abney 1996). N number, U unit, R unit that is a cue too, S currency, x filler, a auxiliary, m measure, i "including", e "of them", o of, p place
or time, & and, l label before a number, q "number of", T toll, C capitalised word, w any other word; cues: V on either side of the number, I after it,
B before it, n counted noun, J after or noun, L before or noun, K all three.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from babel.core import get_global
from babel.numbers import get_currency_name

from nlp.figures.numbers import Numerals, listed, numerals, vocabulary
from nlp.figures.sentences import plain

WORD: Final = re.compile(r"[a-z\u0600-\u06ff]+|[$€£₦¥₹]|\d")
_PIECE: Final = re.compile(r"[^\W\d_]+|[^\w\s']")
_SIGNS: Final = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "₦": "NGN", "¥": "JPY", "₹": "INR"}
_ARTICLES: Final = ("", "ال", "لل", "بال", "ب", "ل", "كال")
_AND: Final = ("", "و", "ف")
_GLUED: Final = tuple(joint + article for joint in _AND for article in _ARTICLES)
_ROLES: Final = {"both": "lr", "after": "l", "before": "r", "noun": "n", "toll": "t"}
_LETTERS: Final = {"lr": "V", "l": "I", "r": "B", "n": "n", "ln": "J", "nr": "L", "lnr": "K", "nu": "R", "lnu": "R", "u": "U"}
_CUES: Final = frozenset("VIBnJLKRT")
_OTHERS: Final = {
    "including": "i",
    "among": "e",
    "measure": "m",
    "label": "l",
    "count": "q",
    "auxiliary": "a",
    "filler": "x",
    "and": "&",
    "of": "o",
    "place": "p",
}
# codes that are also words or tags in capitals
_NOT_CODES: Final = frozenset({"ALL", "TOP", "CUP", "PEN", "COP", "TRY", "GEL", "BAM", "MOP", "LAK", "SOS", "ANG", "MAD", "BOB", "ARS", "STD"})
_IN_USE: Final = {code for rows in get_global("territory_currencies").values() for code, _, end, tender in rows if tender and not end}
CODES: Final = frozenset(_IN_USE) - _NOT_CODES


@dataclass(slots=True)
class Entry:
    """What one word or phrase can be: roles with the sections they come from, and the unit or currency it names."""

    roles: dict[str, list[str]] = field(default_factory=dict)
    unit: str = ""
    letter: str = "w"

    def settle(self) -> None:
        """Choose the letter: a cue before a unit, a unit before anything else."""
        shape = "".join(sorted(set("".join(self.roles))))
        self.letter = "T" if "t" in shape else _LETTERS.get(shape) or _LETTERS.get(shape.replace("u", "")) or self.letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of one language. `phrases` lists by their first word the rest of each phrase, longest first.

    A sentence with a figure has one of `cues`, and a digit or one of `counts`.
    """

    numerals: Numerals
    tokens: re.Pattern[str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]
    cues: frozenset[str]
    counts: frozenset[str]
    dual: Mapping[str, str]
    outbreak: frozenset[str]
    persons: re.Pattern[str]
    things: re.Pattern[str]
    glued: bool


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon:
    """Load the lexicon of en, fr, es or ar; currencies by the names and codes of Unicode CLDR (Babel)."""
    words, reads = vocabulary(language), numerals(language)
    glued = language == "ar"
    joined = rf"[وفبل](?={reads.one}(?!\w))|" if glued else ""
    entries = _entries(words, language)
    if glued:
        entries = {(article + key[0], *key[1:]): entry for key, entry in reversed(entries.items()) for article in reversed(_ARTICLES)}
    by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for key, entry in sorted(entries.items(), key=lambda pair: -len(pair[0])):
        by_first.setdefault(key[0], []).append((key[1:], entry))
    dull = {key[0] for key, entry in entries.items() if len(key) == 1 and entry.letter in "xapo&"}
    telling = {max(reversed([word for word in key if word not in dull] or key), key=len) for key, entry in entries.items() if entry.letter in _CUES}
    telling |= {key[-1 if language == "en" else 0] for key, entry in entries.items() if entry.letter == "S"}
    dual = {plain(word): role for word, role in words.get("dual", {}).items()}
    return Lexicon(
        numerals=reads,
        tokens=re.compile(rf"(?P<number>{reads.pattern})|(?P<sign>(?:us)?[$€£₦¥₹])|(?P<word>{joined}[^\W\d_]+)|(?P<junk>\d\S*)|(?P<mark>[^\w\s'])"),
        phrases={first: tuple(rest) for first, rest in by_first.items()},
        cues=_joined(telling | dual.keys() | {code.lower() for code in CODES}, _AND if glued else ("",)) | set("$€£₦¥₹"),
        counts=_joined({word for phrase in (*reads.counts, *reads.phrases, *reads.none, *dual) for word in _key(phrase)}, _GLUED if glued else ("",)),
        dual=dual,
        outbreak=frozenset(article + word for word in listed(words["other"]["outbreak"]) for article in (_ARTICLES if glued else ("",))),
        persons=re.compile(rf"\w*(?:{words['other']['suffix']})"),
        things=re.compile(rf"(?:{plain(words['other']['not_people'])})"),
        glued=glued,
    )


def _entries(words: Mapping[str, Any], language: str) -> dict[tuple[str, ...], Entry]:
    found: dict[tuple[str, ...], Entry] = {}
    for name, letter in _OTHERS.items():
        for word in listed(words["other"][name]):
            found.setdefault(_key(word), Entry(letter=letter))
    for key, code in _currencies(words, language):
        found[key] = Entry(unit=code, letter="S")
    for unit, line in words["units"].items():
        for word in listed(line):
            entry = found.setdefault(_key(word), Entry())
            entry.unit, entry.roles = unit, entry.roles | {"u": []}
    for section, role, word in ((section, role, word) for section, roles in words["cues"].items() for role, line in roles.items() for word in listed(line)):
        entry = found.setdefault(_key(word), Entry())
        for one in _ROLES[role]:
            entry.roles.setdefault(one, []).append(section)
    for entry in found.values():
        entry.settle()
    return found


def _joined(words: Iterable[str], before: Sequence[str]) -> frozenset[str]:
    return frozenset(one + word for one in before for word in words)


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(_PIECE.findall(phrase))


def _currencies(words: Mapping[str, Any], language: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield names of the currencies in use, in one and many, then our own short names and signs, each with its code."""
    for code in sorted(CODES):
        for count in (1, 2):
            yield _key(plain(get_currency_name(code, count=count, locale=language).lower())), code
    for line, code in words["currencies"].items():
        yield from ((_key(name), code) for name in listed(line))
    yield from (((sign,), code) for sign, code in _SIGNS.items())
