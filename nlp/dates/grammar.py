"""Language -> the one regular expression for its dates, over folded text; months and days by the names of Unicode CLDR (Babel)."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, cast

from babel import Locale

from nlp.figures.numbers import counting
from nlp.figures.sentences import fold, plain

# what stands before the date itself: "since", "until" or "on", a weekday before a day, "early" before a month
_PREFIX: Final = (
    r"(?:(?P<since>{since})\s+|(?P<until>{until})\s+|(?P<on>(?:(?:{on})\s+){1,3}))?(?:(?:{article})\s+)?"
    r"(?:{w},?\s+(?:{article}\s+)?(?=\d|{m}))?(?:(?:(?P<early>{early})\s+|(?P<mid>{mid})\s*|(?P<late>{late})\s+)(?=\d{4}|{m}))?"
)
_DIGITS_FIRST: Final = (
    r"(?P<iso>(?P<iso_y>\d{4})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?!\d))",
    r"(?P<numeric>(?P<num_a>\d{1,2})(?P<num_s>[/.-])(?P<num_b>\d{1,2})(?P=num_s)(?P<num_y>(?:19|20)\d\d|\d\d)(?![/.\-]?\d))",
    r"(?P<days>(?P<days_a>{d}){th}(?:{of}(?P<days_m>{m})(?:{of}(?P<days_z>{y}))?)?(?:{to})(?:(?:{article})\s+)?(?P<days_b>{d}){th}{of}(?P<days_n>{m})(?:{of}(?P<days_y>{y}))?)",
    r"(?P<day>(?P<day_d>{d}){th}{of}(?P<day_m>{m})(?:\.?{of}(?P<day_y>{y}))?)",
    r"(?P<year>(?P<year_y>(?:19|20)\d\d)(?![\d%,.:/-]\d|\d|\s*%))",
)
_MONTH_FIRST: Final = (
    r"(?P<spread>(?P<spread_m>{m})\.?\s+(?P<spread_a>{d}){th}(?:{to})(?P<spread_b>{d}){th}(?!\d|\s*%)(?:{of}(?P<spread_y>{y}))?)",
    r"(?P<back>(?P<back_m>{m})\.?\s+(?P<back_d>{d}){th}(?![\d:.]\d|\d|\s*%)(?:,?\s+(?P<back_y>{y}))?)",
    r"(?P<months>(?P<months_a>{f})(?:{to})(?P<months_b>{f})(?:{of}(?P<months_y>{y}))?)",
    r"(?P<month>(?:(?P<month_m>{m})\.?{of}(?P<month_y>{y})|(?P<month_f>{f})))",
)
_OTHERS: Final = (
    r"(?P<weekdays>(?P<weekdays_a>{w})(?:{to})(?P<weekdays_b>{w}))",
    r"(?P<past>{past})",
    r"(?P<ago>{ago})",
    r"(?P<weekday>(?:(?:(?P<weekday_l>{before_last})|(?P<weekday_n>{before_next}))\s+)?(?P<weekday_w>{w})(?:\s+(?:(?P<weekday_k>{after_last})|(?P<weekday_o>{after_next})))?)",
    r"(?P<near>(?:(?P<near_l>{before_last})|(?P<near_n>{before_next})|(?P<near_t>{before_this}))\s+(?P<near_u>{unit}))",
    r"(?P<far>(?P<far_u>{unit})\s+(?:(?P<far_l>{after_last})|(?P<far_n>{after_next})|(?P<far_t>{after_this})))",
    r"(?P<plus>{day_before})",
    r"(?P<today>{today})",
    r"(?P<yesterday>{yesterday})",
    r"(?P<tomorrow>{tomorrow})",
)


# a word, a year, the beginning of a date in digits, another number
ANCHOR: Final = re.compile(r"[a-z\u0600-\u06ff]+|(?:19|20)\d\d(?!\d)|\d+[/.-]\d+[/.-]\d\d|\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How one language tells dates. `months` and `weekdays` give the number (January 1, Monday 0) of each folded name."""

    dates: re.Pattern[str]
    anchors: frozenset[str]
    future: re.Pattern[str]
    told: re.Pattern[str]
    capital: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    units: tuple[re.Pattern[str], ...]
    counts: dict[str, float]


@lru_cache(maxsize=8)
def grammar(language: str) -> Grammar:
    """Build the grammar of en, fr, es or ar; an empty list of words matches nothing."""
    words = tomllib.loads(files("nlp").joinpath(f"dates/words/{language}.toml").read_text(encoding="utf-8"))
    locales = [Locale.parse(name) for name in words["locales"]]
    months = {_name(name): number for place in locales for number, name in _names(place, "months").items()}
    weekdays = {_name(name): number for place in locales for number, name in _names(place, "days").items()}
    counts = {word: value for word, value in counting(language).items() if 1 <= value <= 31}
    pieces = {key: plain(value) if value else "(?!)" for key, value in words.items() if isinstance(value, str)}
    pieces |= {"n": _either(counts, r"\d{1,3}"), "w": _either(weekdays), "f": _either(months), "y": r"(?:19|20)\d\d(?!\d)"}
    shorts = [short for line in words["short"] for short in line.split("|") if short]
    pieces |= {"m": _either(months, *shorts), "d": r"(?:0?[1-9]|[12]\d|3[01])(?![\d%])", "th": words["ordinal"]}
    pieces["unit"] = "|".join(f"(?:{pieces[unit]})" for unit in ("day", "week", "month", "year"))
    cores = ["|".join(_filled(_filled(one, pieces), pieces) for one in some) for some in (_DIGITS_FIRST, _MONTH_FIRST, _OTHERS)]
    core = rf"(?=\d)(?:{cores[0]})|(?={pieces['m']})(?:{cores[1]})|{cores[2]}"
    joined = "(?:[وفبل])?" if language == "ar" else ""
    return Grammar(
        dates=re.compile(rf"(?<![\w/.-]){joined}{_filled(_PREFIX, pieces)}(?:{core})(?!\w)"),
        anchors=_anchors(pieces, [*weekdays, *months, *shorts], language == "ar"),
        future=re.compile(rf"(?<!\w)(?:{pieces['future']})(?!\w)"),
        told=re.compile(rf"(?<!\w)(?:{pieces['told']})(?:\s+\w+)?\s*$"),
        capital=re.compile(rf"(?<!\w)(?:{pieces['capital']})(?!\w)"),
        months=months,
        weekdays=weekdays,
        units=tuple(re.compile(rf"(?:{pieces[unit]})") for unit in ("day", "week", "month", "year")),
        counts=counts,
    )


def _names(place: Locale, what: str) -> dict[int, str]:
    return cast("dict[int, str]", getattr(place, what)["format"]["wide"])


def _name(name: str) -> str:
    return fold(name).rstrip(".")


def _either(names: dict[str, int] | dict[str, float], *more: str) -> str:
    return "(?:" + "|".join([*sorted(map(re.escape, names), key=len, reverse=True), *more]) + ")"


def _filled(pattern: str, pieces: dict[str, str]) -> str:
    """Put the pieces where their names stand in braces; braces round numbers are the regular expression's own."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: f"(?:{pieces[found[1]]})" if "?P<" not in pieces[found[1]] else pieces[found[1]], pattern)


def _anchors(pieces: Mapping[str, str], names: Iterable[str], glued: bool) -> frozenset[str]:
    """Return the words of which every date without a year in digits holds one, so that sentences without it cost nothing more."""
    phrases = [phrase for key in ("today", "yesterday", "tomorrow", "day_before", "day", "week", "month", "year") for phrase in pieces[key].split("|")]
    words = {max(found, key=len) for phrase in (*phrases, *names) if (found := re.findall(r"[a-z\u0600-\u06ff]+", re.sub(r"\(\?<?[!=:].*?\)\)?", " ", phrase)))}
    return frozenset(joint + word for joint in (("", *"وفبل") if glued else ("",)) for word in words)
