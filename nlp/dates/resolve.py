"""Match of a date, day it was said -> first and last day."""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from nlp.dates.grammar import Grammar

Days = tuple[date | None, date | None]
_SOON: Final = 60
_FAR: Final = 300
_DAY, _WEEK, _MONTH, _YEAR = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The day on which something was said, and whether it speaks of what is to come (`ahead`) or can only be past (`gone`)."""

    day: date
    ahead: bool = False
    gone: bool = False


def resolve(match: re.Match[str], said: Said, rules: Grammar) -> Days | None:
    """Return the days that a match of `rules.dates` means; None for one that means none: 31 June, or a month's name standing alone."""
    until, since = match["until"] is not None, match["since"] is not None
    said = Said(day=said.day, ahead=(said.ahead or until) and not since, gone=since)
    try:
        days = _KINDS[match.lastgroup or ""](match, said, rules)
    except (ValueError, OverflowError):
        return None
    if days is None or (days[0] and days[1] and days[0] > days[1]):
        return None
    if since:
        return days[0], None
    return (None, days[1]) if until else days


def _iso(match: re.Match[str], _said: Said, _rules: Grammar) -> Days:
    return _one(date(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"])))


def _numeric(match: re.Match[str], _said: Said, _rules: Grammar) -> Days:
    """Read the day first, unless that is impossible; two digits of a year only between slashes."""
    first, second, year = int(match["num_a"]), int(match["num_b"]), int(match["num_y"])
    if year < 100 and match["num_s"] != "/":
        raise ValueError("a number, not a date")
    day, month = (second, first) if second > 12 else (first, second)
    return _one(date(year + 2000 if year < 70 else year + 1900 if year < 100 else year, month, day))


def _days(match: re.Match[str], said: Said, rules: Grammar) -> Days:
    end = _dated(match["days_b"], match["days_n"], match["days_y"], said, rules)
    year = match["days_z"] or str(end.year)
    start = _dated(match["days_a"], match["days_m"] or match["days_n"], year, said, rules)
    return (start.replace(year=start.year - 1) if start > end and not match["days_z"] else start), end


def _spread(match: re.Match[str], said: Said, rules: Grammar) -> Days:
    end = _dated(match["spread_b"], match["spread_m"], match["spread_y"], said, rules)
    return end.replace(day=int(match["spread_a"])), end


def _day(match: re.Match[str], said: Said, rules: Grammar) -> Days:
    return _one(_dated(match["day_d"], match["day_m"], match["day_y"], said, rules))


def _back(match: re.Match[str], said: Said, rules: Grammar) -> Days:
    return _one(_dated(match["back_d"], match["back_m"], match["back_y"], said, rules))


def _months(match: re.Match[str], said: Said, rules: Grammar) -> Days:
    last = _month_number(match["months_b"], rules)
    year = int(match["months_y"]) if match["months_y"] else _year_of(last, 1, said).year
    first = _month_number(match["months_a"], rules)
    return date(year - (first > last), first, 1), _whole_month(year, last)[1]


def _month(match: re.Match[str], said: Said, rules: Grammar) -> Days | None:
    part = _part(match)
    if match["month_f"] and part is None and not (match["since"] or match["until"] or match["on"]):
        return None  # a month's name by itself may be anybody's
    month = _month_number(match["month_m"] or match["month_f"], rules)
    year = int(match["month_y"]) if match["month_y"] else _year_of(month, 1, said).year
    first, last = _whole_month(year, month)
    return (
        (first, last) if part is None else ((first, date(year, month, 10)), (date(year, month, 11), date(year, month, 20)), (date(year, month, 21), last))[part]
    )


def _year(match: re.Match[str], _said: Said, _rules: Grammar) -> Days | None:
    part, year = _part(match), int(match["year_y"])
    if part is None:
        return (date(year, 1, 1), date(year, 12, 31)) if match["since"] or match["until"] or match["on"] else None
    return date(year, 4 * part + 1, 1), _whole_month(year, 4 * part + 4)[1]


def _weekdays(match: re.Match[str], said: Said, rules: Grammar) -> Days:
    end = _weekday_of(rules.weekdays[match["weekdays_b"]], said)
    return end - timedelta(days=(end.weekday() - rules.weekdays[match["weekdays_a"]]) % 7), end


def _weekday(match: re.Match[str], said: Said, rules: Grammar) -> Days:
    number = rules.weekdays[match["weekday_w"]]
    if match["weekday_l"] or match["weekday_k"]:
        return _one(_weekday_of(number, Said(day=said.day - timedelta(days=1))))
    if match["weekday_n"] or match["weekday_o"]:
        return _one(_weekday_of(number, Said(day=said.day + timedelta(days=1), ahead=True)))
    return _one(_weekday_of(number, said))


def _past(match: re.Match[str], said: Said, rules: Grammar) -> Days | None:
    found = _amount(match, "past", rules)
    return None if found is None else (_before(said.day, *found), said.day)


def _ago(match: re.Match[str], said: Said, rules: Grammar) -> Days | None:
    found = _amount(match, "ago", rules)
    if found is None:
        return None
    day = _before(said.day, *found)
    going = match.groupdict().get("ago_n2") or match.groupdict().get("ago_pair2")  # "depuis trois jours": it goes on
    if going:
        return day, None
    return _around(day, found[1]) if found[1] in {_MONTH, _YEAR} else _one(day)


def _near(match: re.Match[str], said: Said, rules: Grammar) -> Days:
    step = -1 if match["near_l"] else 1 if match["near_n"] else 0
    return _stepped(said.day, _unit(match["near_u"], rules), step)


def _far(match: re.Match[str], said: Said, rules: Grammar) -> Days:
    step = -1 if match["far_l"] else 1 if match["far_n"] else 0
    return _stepped(said.day, _unit(match["far_u"], rules), step)


def _shifted(days: int) -> Callable[[re.Match[str], Said, Grammar], Days]:
    return lambda _match, said, _rules: _one(said.day + timedelta(days=days))


_KINDS: Final[Mapping[str, Callable[[re.Match[str], Said, Grammar], Days | None]]] = {
    "iso": _iso, "numeric": _numeric, "days": _days, "spread": _spread, "day": _day, "back": _back, "months": _months, "month": _month, "year": _year,
    "weekdays": _weekdays, "weekday": _weekday, "past": _past, "ago": _ago, "near": _near, "far": _far,
    "plus": _shifted(-2), "today": _shifted(0), "yesterday": _shifted(-1), "tomorrow": _shifted(1),
}  # fmt: skip


def _one(day: date) -> Days:
    return day, day


def _dated(day: str, month: str, year: str | None, said: Said, rules: Grammar) -> date:
    number = _month_number(month, rules)
    return date(int(year), number, int(day)) if year else _year_of(number, int(day), said)


def _year_of(month: int, day: int, said: Said) -> date:
    """Return that day of the year which is meant: the last one past, the next one if the text looks ahead or it is near."""
    years = range(max(1, said.day.year - 8), min(9999, said.day.year + 8) + 1)
    options = [date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
    if not options:
        raise ValueError("no such day")
    coming, gone = next((one for one in options if one >= said.day), options[-1]), next((one for one in reversed(options) if one <= said.day), options[0])
    near = (coming - said.day).days <= _SOON and (said.day - gone).days > _FAR
    return coming if not said.gone and (near or (said.ahead and (coming - said.day).days <= _FAR)) else gone


def _month_number(name: str, rules: Grammar) -> int:
    return next(number for full, number in rules.months.items() if full == name or full.startswith(name))


def _whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _part(match: re.Match[str]) -> int | None:
    """Return 0 for early, 1 for mid, 2 for late, None for the whole of it."""
    return next((number for number, part in enumerate(("early", "mid", "late")) if match[part]), None)


def _weekday_of(number: int, said: Said) -> date:
    if said.ahead:
        return said.day + timedelta(days=(number - said.day.weekday()) % 7)
    return said.day - timedelta(days=(said.day.weekday() - number) % 7)


def _unit(word: str, rules: Grammar) -> int:
    return next(number for number, pattern in enumerate(rules.units) if pattern.fullmatch(word))


def _amount(match: re.Match[str], kind: str, rules: Grammar) -> tuple[int, int] | None:
    """Return how many of which unit; "two" may be written onto the unit, as the dual of Arabic is."""
    got = match.groupdict()
    pair = got.get(f"{kind}_pair") or got.get(f"{kind}_pair2")
    word = pair or got.get(f"{kind}_unit") or got.get(f"{kind}_unit2")
    if not word:
        return None
    said = got.get(f"{kind}_n") or got.get(f"{kind}_n2")
    number = (2 if word.endswith("ين") else 1) if pair or not said else int(said) if said.isdecimal() else int(rules.counts.get(said.removeprefix("ال"), 1))
    return number, _unit(word, rules)


def _before(day: date, number: int, unit: int) -> date:
    if unit in {_DAY, _WEEK}:
        return day - timedelta(days=number * (7 if unit == _WEEK else 1))
    months = day.year * 12 + day.month - 1 - number * (12 if unit == _YEAR else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _around(day: date, unit: int) -> tuple[date, date]:
    """Return the day, week (Monday to Sunday), month or year in which a day lies."""
    if unit == _WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == _MONTH:
        return _whole_month(day.year, day.month)
    return (date(day.year, 1, 1), date(day.year, 12, 31)) if unit == _YEAR else (day, day)


def _stepped(day: date, unit: int, step: int) -> Days:
    return _around(_before(day, -step, unit), unit)
