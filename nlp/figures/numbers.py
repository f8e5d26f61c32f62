"""Text -> Quantity: numbers in figures and words, with what bounds them ("at least", "up to", "between 20 and 30", "dozens")."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from nlp.figures.sentences import plain

_SHORT: Final = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9, "md": 1e9, "mds": 1e9}
_DIGITS: Final = r"\d{1,3}(?:[ ,.]\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
_WIDEST: Final = 20  # "8 - 76,000" are two numbers
_LARGEST: Final = 10**13  # more than that is a telephone number


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number at characters [start, end) that lies in [low, high] (`high` None: no upper end); `year` where it could be one."""

    start: int
    end: int
    low: float
    high: float | None
    about: bool = False
    year: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """How one language writes numbers; `pattern` holds the groups that `quantity` reads and may stand in a larger expression."""

    pattern: str
    one: str
    counts: Mapping[str, float]
    phrases: Mapping[str, float]
    none: tuple[str, ...]
    many: frozenset[str]
    rounded: frozenset[str]
    point: str
    joiner: str


def vocabulary(language: str) -> dict[str, Any]:
    """Load the words of a language from their file."""
    return tomllib.loads(files("nlp").joinpath(f"figures/words/{language}.toml").read_text(encoding="utf-8"))


def listed(line: str) -> list[str]:
    """Split a line of words, folded."""
    return [word for piece in line.split(",") if (word := plain(piece.strip()))]


@lru_cache(maxsize=8)
def counting(language: str) -> dict[str, float]:
    """Return the folded number words of a language with their values."""
    return {plain(word): float(value) for word, value in vocabulary(language)["numbers"].items()}


@lru_cache(maxsize=8)
def numerals(language: str) -> Numerals:
    """Build what reads the numbers of en, fr, es or ar out of folded text."""
    words = vocabulary(language)
    sections = {name: {plain(word): float(value) for word, value in words.get(name, {}).items()} for name in ("fixed", "rounded", "many")}
    bounds = {name: _any(listed(line)) for name, line in words["bounds"].items()}
    joiner = plain(words["joiner"])
    either = [to for to in listed(words["to"]) if to != joiner]
    articles = ("", "ال") if language == "ar" else ("",)
    one = _one(language, [article + name for section in sections.values() for name in section for article in articles], joiner)
    glued = r"(?:(?<!\w)|(?<=(?<!\w)[وفبل]))" if language == "ar" else r"(?<![\w.,:/])(?<!\w-)"
    before = "|".join(rf"(?P<{name}>{bounds[name]})" for name in ("least", "most", "about"))
    spread = rf"(?:{_any(listed(words['between']))})\s+(?P<low>{one})\s+(?:{_any(either)}\s|{joiner}\s?)\s*(?P<high>{one})"
    pair = rf"(?P<a>{one})(?:(?:\s*[-–—]\s*|\s+(?:{_any(either)})\s+)(?P<b>{one}))?"
    return Numerals(
        pattern=rf"{glued}(?:(?:{before})(?:\s+|(?<='))){{0,3}}(?:{spread}|{pair}|(?P<none>{bounds['none']}))(?P<plus>\+(?!\w))?(?!\w|[:/]\d)",
        one=f"(?:{one})",
        counts=counting(language),
        phrases=sections["fixed"] | sections["rounded"] | sections["many"],
        none=tuple(listed(words["bounds"]["none"])),
        many=frozenset(sections["many"]),
        rounded=frozenset(sections["rounded"]),
        point=words["point"],
        joiner=joiner,
    )


def quantity(match: re.Match[str], reads: Numerals) -> Quantity | None:
    """Return what a match of `reads.pattern` says; None where it is a score, a telephone number or no number of anything."""
    got = match.groupdict()
    if got["none"]:
        return Quantity(start=match.start(), end=match.end(), low=0, high=0)
    first, second = _bare(got["low"] or got["a"], reads), got["high"] or got["b"]
    low, high = value(first, reads), value(second, reads) if second else None
    start = match.start()
    if high is not None and second and got["low"] is None and _rising(match):
        start, low, high, first = match.start("b"), high, None, second
    elif high is not None and second:
        low *= _scale(second, reads) if _scale(first, reads) == 1 and low < high / _scale(second, reads) else 1
    if (not low and first != "0") or max(low, high or 0) > _LARGEST or (high is not None and not low < high <= _WIDEST * low):
        return None
    return _bounded(match, first, (start, low, high), reads)


def value(written: str, reads: Numerals) -> float:
    """Return the value of a number written in digits, in words, or in both."""
    if (bare := _bare(written, reads)) in reads.phrases:
        return reads.phrases[bare]
    total = current = 0.0
    for piece in re.findall(r"\d[\d ,.]*\d|\d|[^\W\d_]+", written):
        number = _digits(piece, written, reads.point) if piece[0].isdigit() else _word(piece, reads)
        if number is None:
            continue
        if piece[0].isdigit() or (number < 100 and piece != "dozen"):
            current = current * 20 if number == 20 and current == 4 else current + number  # quatre-vingts
        elif piece == "dozen":
            current = (current or 1) * 12
        elif number >= 1000:
            total, current = total + (current or 1) * number, 0.0
        else:
            current = (current or 1) * number if number == 100 else current + number
    return total + current


def _bare(written: str, reads: Numerals) -> str:
    """Take the Arabic article off a set phrase."""
    return written if written in reads.phrases else written.removeprefix("ال")


def _word(piece: str, reads: Numerals) -> float | None:
    known = reads.counts.get(piece, _SHORT.get(piece))
    return known if known is not None else reads.counts.get(piece.removeprefix(reads.joiner))


def _digits(piece: str, written: str, point: str) -> float:
    """Read digits: groups of three are thousands, save a single group after a decimal point in "1.234 million" or in a language that points so."""
    groups = re.split(r"[ ,.]", piece)
    decimal = len(groups) == 2 and (len(groups[1]) != 3 or (point in piece and (point == "." or len(written) > len(piece))))
    return float(".".join(groups)) if decimal else float("".join(groups))


def _bounded(match: re.Match[str], first: str, found: tuple[int, float, float | None], reads: Numerals) -> Quantity:
    start, low, high = found
    about = bool(match["about"]) or first in reads.rounded
    year = bool(re.fullmatch(r"(?:19|20)\d\d", first)) and not match["b"]
    if match["most"] and high is None:
        low, high = 0.0, low
    elif high is None and not match["least"] and not match["plus"] and first not in reads.many:
        high = low
    return Quantity(start=start, end=match.end(), low=low, high=high, about=about, year=year)


def _rising(match: re.Match[str]) -> bool:
    """Tell a change "from 40 to 57" from a range."""
    return re.search(r"(?:\bfrom|\bde|\bdel|من)\s*$", match.string[max(0, match.start() - 6) : match.start()]) is not None


def _scale(written: str, reads: Numerals) -> float:
    last = re.findall(r"[^\W\d_]+", written)[-1:]
    return max(1.0, _word(last[0], reads) or 1.0) if last and written[0].isdigit() else 1.0


def _one(language: str, phrases: Iterable[str], joiner: str) -> str:
    """Return the pattern of one number: digits with or without a scale, a set phrase, or number words in a row."""
    counts = counting(language)
    word = _any(counts)
    scale = _any([name for name, value in counts.items() if value >= 100 or name == "dozen"])
    link = rf"(?:[\s-]+(?:{joiner}\s?)?|-{joiner}-)"
    article = r"(?:an?\s+)?" if language == "en" else "(?:ال)?" if language == "ar" else ""
    short = r"(?:\s?(?:mn|mln|mio|bn|mds?)|[kmb])(?!\w)"
    return rf"(?:{_any(phrases)})|(?:{_DIGITS})(?:{short}|\s(?:{scale})(?:\s(?:{scale}))*)?|{article}(?:{word})(?:{link}(?:{word}))*"


def _any(words: Iterable[str]) -> str:
    """Return an alternation, longest first, each ending where its word ends."""
    return "(?:" + "|".join(re.escape(word) + ("" if word.endswith("'") else r"(?!\w)") for word in sorted(words, key=len, reverse=True)) + ")"
