from datetime import UTC, datetime, timedelta

import pytest

from flows.lateness import arriving
from forecast.nowcast import AT_ONCE

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
Came = list[tuple[datetime, datetime]]


def came(days_late: float, days_ago: float = 10, count: int = 90) -> Came:
    said = NOW - timedelta(days=days_ago)
    return [(said, said + timedelta(days=days_late))] * count


def test_how_late_reports_come_in_is_learned_from_those_of_late() -> None:
    assert arriving(came(2), NOW).exposure(1, 1.0)[0] < 0.5
    assert arriving(came(0), NOW) == arriving(came(2, days_ago=100), NOW) == AT_ONCE


def test_where_half_of_all_take_three_days_half_of_the_last_three_has_come_in() -> None:
    shares = arriving([*came(0, 20, 200), *came(3, 20, 200)], NOW).exposure(5, 1.0)
    assert shares.tolist() == pytest.approx([1.0, 1.0, 0.5, 0.5, 0.5], abs=0.05)


def test_of_a_past_day_that_is_told_again_nothing_is_missing() -> None:
    assert arriving([*came(3, 20), *came(300, 1, 1)], NOW) == AT_ONCE


def test_what_is_said_later_teaches_nothing() -> None:
    assert arriving([*came(2), (NOW + timedelta(days=1), NOW + timedelta(days=2))], NOW) == arriving(came(2), NOW)
