"""Sentence -> Link*: which number counts what, by how words stand to it.

One word of a kind that takes a number on either side ("killed") belongs to the one after it if both sides offer one: who stands before is who did it.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final

from nlp.figures.numbers import Quantity
from nlp.figures.tag import PEOPLE, Tagged

UNITS: Final[Mapping[str, frozenset[str]]] = {
    "killed": frozenset({PEOPLE, "animals"}),
    "killed_lives": frozenset({"lives"}),
    "displaced": frozenset({PEOPLE, "families"}),
    "affected": frozenset({PEOPLE, "families", "houses", "villages", "schools"}),
    "affected_cases": frozenset({"cases"}),
    "affected_houses": frozenset({"families", "houses", "villages", "schools"}),
    "affected_villages": frozenset({PEOPLE, "families", "villages"}),
    "in_need": frozenset({PEOPLE, "families"}),
}
_ONLY_PEOPLE: Final = frozenset({PEOPLE})
_NEEDS_UNIT: Final = frozenset({"killed_lives", "affected_houses", "affected_villages", "in_need"})
_NOUN: Final = "[xawCo]{0,3}(?P<u>[UR])"
_PATTERNS: Final = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("l", r"(?P<n>N)[xawC]{0,2}(?P<c>[VIKJ])(?P<u>[UR])"),
        ("n", r"(?P<n>N)[xawC]{0,2}o?(?P<c>[nJLKR])"),
        ("l", rf"(?P<n>N)(?:o[xa]?N)?(?:{_NOUN})?(?:,?i[^.;&]{{1,8}}?,?)?[xaCU]{{0,5}}(?P<c>[VIKJ])"),
        ("l", rf"(?P<n>N){_NOUN}p[xwCo]{{1,4}}?x{{0,2}}a[xa]{{0,3}}(?P<c>[VIKJ])"),
        ("r", rf"(?P<c>[VBKL])[xao]{{0,3}}(?:[UR]o)?(?P<n>N)(?:{_NOUN}|[xa]{{0,2}}C?(?![xawmlURN-]))"),
        ("n", rf"(?P<c>[nJLKR])o(?P<n>N)(?:{_NOUN}|(?![wm-]))"),
        ("any", r"(?P<c>[VIBnJLKT]):(?P<n>N)(?![wmC])"),
        ("any", rf"[qT][xaoUw]{{0,3}}(?P<c>[VIBnJLK])[^N.;qTVIBnJLK]{{0,7}}(?P<n>N)(?![m-])(?:{_NOUN})?"),
        ("t", rf"(?P<c>T)[^N.;]{{0,8}}(?P<n>N)(?![m-])(?:{_NOUN})?"),
    )
)
# in Arabic who did it may stand between the verb and the number
_VERB_FIRST: Final = (("r", re.compile(rf"(?P<c>[VL])[wUC]{{1,2}}(?P<n>N){_NOUN}")),)
_MONEY: Final = re.compile(r"(?P<c>S)(?P<n>N)|(?P<n2>N)o?(?P<c2>S)")
_PART: Final = re.compile(r"i[xawo]{0,2}(?:N[xawCo]{0,3}[UR]?[,&]{1,2})*(?P<n>N)|(?P<n2>N)(?:[xwC]{0,2}[UR])?e")
_LABELLED: Final = re.compile(r"(?:l\.?|No[xa]?)(?P<n>N)|(?P<n2>N)-?m")
_PAIR: Final = re.compile(rf"(?P<n>N){_NOUN},?&(?P<n2>N)[xwCo]{{0,3}}(?P<u2>[UR])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A number and what it counts; characters [start, end) cover both, [noun_start, noun_end) say what was counted, as written."""

    quantity: Quantity
    section: str
    unit: str
    start: int
    end: int
    noun_start: int = 0
    noun_end: int = 0


def links(tagged: Tagged, *, outbreak: bool) -> list[Link]:
    """Tie the numbers of one sentence to what they count; parts of another count ("including 5 children") are left out.

    Cases are counted only where an `outbreak` is spoken of: courts and breweries have cases too.
    """
    parts = {_number(match) for match in _overlapping(_PART, tagged.letters)}
    labels = {_number(match) for match in _overlapping(_LABELLED, tagged.letters)}
    money = {_number(match): match.start("c") if match["c"] else match.start("c2") for match in _overlapping(_MONEY, tagged.letters)}
    claims = _claims(tagged, tagged.numbers.keys() - parts - labels - money.keys(), outbreak)
    known = {claim.section for claim in claims.values()}  # "40 cases, including 3 deaths": a part of another kind is a figure of its own
    claims |= {number: claim for number, claim in _claims(tagged, parts - labels - money.keys(), outbreak).items() if claim.section not in known}
    found = [_money(number, sign, tagged) for number, sign in money.items() if tagged.numbers[number].low or tagged.numbers[number].high]
    return sorted((*found, *(_link(number, claim, tagged) for number, claim in claims.items())), key=lambda link: (link.start, link.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    role: str
    cue: int
    section: str
    unit: str
    noun: int | None


def _claims(tagged: Tagged, free: Set[int], outbreak: bool) -> dict[int, _Claim]:
    claims: dict[int, _Claim] = {}
    for role, pattern in (*_PATTERNS, *(_VERB_FIRST if tagged.verb_first else ())):
        for match in _overlapping(pattern, tagged.letters):
            number = match.start("n")
            claim = _claim(match, role, tagged, outbreak) if number in free and number not in claims else None
            if claim and not _stray(tagged.numbers[number], claim, tagged.letters[:number]):
                claims = {n: c for n, c in claims.items() if not (role == "r" and c.role == "l" and c.cue == claim.cue)}
                claims[number] = claim
    for match in _overlapping(_PAIR, tagged.letters):
        first, second = match.start("n"), match.start("n2")
        if first in claims and second in free and second not in claims:
            _join(claims, claims[first], second, match.start("u2"), tagged)
        elif second in claims and first in free and first not in claims and claims[second].role == "l":
            _join(claims, claims[second], first, match.start("u"), tagged)
    return claims


def _claim(match: re.Match[str], role: str, tagged: Tagged, outbreak: bool) -> _Claim | None:
    """Read one match: the first section of the cue whose units allow what stands beside the number."""
    cue, noun = match.start("c"), match.start("u") if "u" in match.re.groupindex and match["u"] else None
    entry = tagged.entries[cue]
    sections = [s for one, names in entry.roles.items() if role in {one, "any"} and one != "u" for s in names]
    unit = "" if noun is None else tagged.entries[noun].unit
    for section in sections:
        allowed = UNITS.get(section, _ONLY_PEOPLE)
        meant = "cases" if section == "affected_cases" else unit or ("" if section in _NEEDS_UNIT and role != "any" else PEOPLE)
        if meant in allowed and (meant != "cases" or outbreak):
            return _Claim(role=role, cue=cue, section=section, unit=meant, noun=noun)
    return None


def _stray(found: Quantity, claim: _Claim, before: str) -> bool:
    """Tell numbers that count nobody: fractions of people, and what is rather a year."""
    return found.low % 1 != 0 or (found.year and ((claim.noun is None and claim.role != "n") or before.endswith(("p", "o", "px"))))


def _join(claims: dict[int, _Claim], claim: _Claim, number: int, noun: int, tagged: Tagged) -> None:
    unit = tagged.entries[noun].unit
    if unit in UNITS.get(claim.section, _ONLY_PEOPLE):
        claims[number] = _Claim(role=claim.role, cue=number, section=claim.section, unit=unit, noun=noun)


def _overlapping(pattern: re.Pattern[str], letters: str) -> Iterator[re.Match[str]]:
    """Yield a match from every letter at which one begins."""
    match = pattern.search(letters)
    while match:
        yield match
        match = pattern.search(letters, match.start() + 1)


def _number(match: re.Match[str]) -> int:
    return match.start("n") if "n" in match.re.groupindex and match["n"] else match.start("n2")


def _link(number: int, claim: _Claim, tagged: Tagged) -> Link:
    places = [number, claim.cue, *(() if claim.noun is None else (claim.noun,))]
    noun = (0, 0) if claim.noun is None else (tagged.spans[number + 1][0], tagged.spans[claim.noun][1]) if claim.noun > number else tagged.spans[claim.noun]
    return Link(
        quantity=tagged.numbers[number],
        section=claim.section,
        unit=PEOPLE if claim.unit == "lives" else claim.unit,
        start=min(tagged.spans[place][0] for place in places),
        end=max(tagged.spans[place][1] for place in places),
        noun_start=noun[0],
        noun_end=noun[1],
    )


def _money(number: int, sign: int, tagged: Tagged) -> Link:
    start, end = min(tagged.spans[number][0], tagged.spans[sign][0]), max(tagged.spans[number][1], tagged.spans[sign][1])
    return Link(quantity=tagged.numbers[number], section="money", unit=tagged.entries[sign].unit, start=start, end=end)
