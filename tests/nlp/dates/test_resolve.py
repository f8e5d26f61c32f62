from datetime import date

import pytest

from nlp.dates.grammar import grammar
from nlp.dates.resolve import Days, Said, resolve

DAY = date(2022, 6, 15)


def resolved(text: str, said: Said) -> Days | None:
    rules = grammar("en")
    match = rules.dates.search(text)
    assert match is not None
    return resolve(match, said, rules)


@pytest.mark.parametrize(("ahead", "day"), [(False, date(2022, 6, 10)), (True, date(2022, 6, 17))])
def test_a_weekday_is_past_unless_the_text_looks_ahead(ahead: bool, day: date) -> None:
    assert resolved("friday", Said(day=DAY, ahead=ahead)) == (day, day)


def test_a_month_standing_alone_may_be_anybody() -> None:
    assert resolved("june", Said(day=DAY)) is None


def test_a_range_that_ends_before_it_begins_means_nothing() -> None:
    assert resolved("may 5-3, 2020", Said(day=DAY)) is None


def test_a_day_that_no_month_has_means_nothing() -> None:
    assert resolved("31 june", Said(day=DAY)) is None
    assert resolved("2022-13-01", Said(day=DAY)) is None


def test_two_digits_of_a_year_want_slashes() -> None:
    assert resolved("12-03-14", Said(day=DAY)) is None
    assert resolved("12/03/14", Said(day=DAY)) == (date(2014, 3, 12), date(2014, 3, 12))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_are_no_fault(day: date) -> None:
    assert resolved("since 3 march", Said(day=day)) is not None
    assert resolved("next month", Said(day=day)) is None or day.year == 1
