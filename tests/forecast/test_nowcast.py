from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.counts import Series, expected
from forecast.nowcast import AT_ONCE, LATEST_DAYS, arrival

AS_OF = datetime(2031, 5, 20, tzinfo=UTC)


def stream(days: int, mean_days: float) -> tuple[list[float], list[float]]:
    """Make 1,200 reports, each as late as an exponential draw says; return delays and ages of those that have come in."""
    draw = np.random.default_rng(0)
    ages, late = draw.uniform(0, days, 1200), draw.exponential(mean_days, 1200)
    known = late <= ages
    return list(late[known]), list(ages[known])


def test_where_all_comes_at_once_each_day_counts_whole_and_today_for_what_has_passed() -> None:
    assert arrival([0.0] * 50, list(range(50))) == AT_ONCE
    assert AT_ONCE.exposure(3, 0.25).tolist() == [1.0, 1.0, 0.25]


def test_without_reports_nothing_is_late() -> None:
    assert arrival([], []) == AT_ONCE


@pytest.mark.parametrize("days", [8, 30])
def test_how_much_of_each_day_has_come_in_is_found_although_late_ones_are_not_seen_yet(days: int) -> None:
    found = arrival(*stream(days, 2.0)).exposure(8, 1.0)
    ages = np.arange(7, -1, -1)
    true = 1 - 2.0 * (np.exp(-ages / 2.0) - np.exp(-(ages + 1) / 2.0))
    assert np.abs(found - true).max() < 0.07


def test_history_that_somebody_loads_is_not_late() -> None:
    assert arrival([LATEST_DAYS + 300] * 100, [400.0] * 100) == AT_ONCE


def test_a_few_late_reports_change_little() -> None:
    few, many = arrival([3.0] * 2, [10.0] * 2), arrival([3.0] * 200, [10.0] * 200)
    assert few.exposure(1, 1.0)[0] > 0.9
    assert many.exposure(1, 1.0)[0] < 0.2


def test_each_delay_needs_its_age() -> None:
    with pytest.raises(ValueError, match="2 delays and 1 ages"):
        arrival([0.0, 1.0], [3.0])


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 40)), max_size=60), st.floats(0, 1))
def test_older_days_have_come_in_at_least_as_far_and_none_more_than_whole(pairs: list[tuple[float, float]], today: float) -> None:
    shares = arrival([late for late, _ in pairs], [age for _, age in pairs]).exposure(20, today)
    assert ((shares >= 0) & (shares <= 1 + 1e-9)).all()
    assert (np.diff(shares) <= 1e-9).all()


def test_a_steady_level_is_not_taken_for_a_falling_one_because_reports_come_late() -> None:
    draw, days, daily, mean = np.random.default_rng(2), 60, 20, 3.0
    ages, late = draw.uniform(0, days, (6, daily * days)), draw.exponential(mean, (6, daily * days))
    known = late <= ages
    counts = [tuple(int(n) for n in np.histogram(days - row[seen], bins=days, range=(0, days))[0]) for row, seen in zip(ages, known, strict=True)]
    every = [Series(situation_id=str(n), start=(AS_OF - timedelta(days=days)).date(), reports=one, origins=one) for n, one in enumerate(counts)]
    # of what is said in a week, the share that has come by its end
    due = daily * (7 - mean * (1 - np.exp(-7 / mean)))
    naive, mended = (
        np.array([level for level, _ in expected(every, "reports", AS_OF, 7, come)]) for come in (AT_ONCE, arrival(list(late[known]), list(ages[known])))
    )
    assert np.abs(mended - due).mean() < 0.5 * np.abs(naive - due).mean()
    assert np.abs(mended - due).mean() < 0.1 * due
