"""How likely a situation escalates: from its level, and from how often the like has happened."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from forecast.counts import Series
from forecast.escalate import escalate

NOW = datetime(2031, 6, 30, 23, 59, tzinfo=UTC)


def series(name: str, *reports: int) -> Series:
    start = date.fromordinal(NOW.date().toordinal() - len(reports) + 1)
    return Series(situation_id=name, start=start, reports=reports, origins=reports)


def test_it_takes_twice_as_many_as_in_the_week_before_and_at_least_four() -> None:
    found = escalate([series("quiet", *[0] * 30), series("busy", *[3] * 30)], NOW)
    assert [least for least, _ in found] == [4, 42]


def test_where_bursts_came_again_and_again_one_is_likelier_than_where_none_ever_came() -> None:
    bursts = [0] * 7 + [4] * 7
    often = escalate([series("a", *bursts * 4, *[0] * 7), series("b", *bursts * 4, *[0] * 7)], NOW)[0][1]
    never = escalate([series("a", *[0] * 62, 1), series("b", *[0] * 62, 1)], NOW)[0][1]
    assert often > 4 * never


def test_nothing_is_said_of_nothing() -> None:
    assert escalate([], NOW) == []


@given(st.lists(st.lists(st.integers(0, 500), min_size=1, max_size=40), min_size=1, max_size=5))
def test_a_chance_always_lies_between_nought_and_one(rows: list[list[int]]) -> None:
    assert all(0 < chance < 1 for _, chance in escalate([series(str(n), *row) for n, row in enumerate(rows)], NOW))
