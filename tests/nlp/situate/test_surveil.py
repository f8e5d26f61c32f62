import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.surveil import FEWEST_VOICES, Expected, Matrix, limit, risen


def level(mean: float, size: float, shape: tuple[int, int]) -> Expected:
    return Expected(mean=np.full(shape, mean), size=np.full(shape, size))


def days(*counts: float) -> Matrix:
    return np.array([counts])


def test_the_second_voice_within_two_days_is_enough_where_next_to_nothing_came_and_the_first_never_is() -> None:
    assert risen(days(0, 0, 1, 0, 0), level(0.002, 5.0, (1, 5))).alarm.any() is np.False_
    told = risen(days(0, 0, 1, 1, 0), level(0.01, 5.0, (1, 5)))
    assert told.alarm.tolist() == [[False, False, False, True, False]]
    assert (told.days[0, 3], told.heard[0, 3]) == (2, 2)
    assert told.usual[0, 3] == pytest.approx(0.02)


def test_a_busy_place_needs_more() -> None:
    assert not risen(days(4, 6, 5, 7, 5), level(5.0, 5.0, (1, 5))).alarm.any()
    assert risen(days(4, 6, 5, 40, 5), level(5.0, 5.0, (1, 5))).alarm[0, 3]


def test_after_an_alarm_a_series_begins_afresh() -> None:
    told = risen(days(3, 0, 0, 0), level(0.02, 5.0, (1, 4)))
    assert told.alarm.tolist() == [[True, False, False, False]]


@pytest.mark.parametrize(("mean", "size"), [(0.02, 1.0), (0.2, 0.5), (1.0, 2.0), (8.0, 5.0)])
def test_where_the_expected_is_right_false_alarms_are_as_rare_as_asked(mean: float, size: float) -> None:
    draw = np.random.default_rng(3)
    counts = draw.negative_binomial(size, size / (size + mean), (2000, 100)).astype(float)
    alarms = risen(counts, level(mean, size, counts.shape), quiet_days=1000.0).alarm.sum()
    assert 0 < alarms <= 1.3 * counts.size / 1000


@given(st.lists(st.integers(0, 6), min_size=3, max_size=20), st.floats(0.01, 3.0), st.floats(0.3, 20.0))
def test_more_on_the_running_day_never_unmakes_an_alarm(counts: list[int], mean: float, size: float) -> None:
    now = np.array([counts], dtype=float)
    later = now.copy()
    later[0, -1] += 1
    normal = level(mean, size, now.shape)
    assert risen(later, normal).alarm[0, -1] >= risen(now, normal).alarm[0, -1]


@given(st.lists(st.integers(0, 1), min_size=3, max_size=20))
def test_no_alarm_without_two_voices(counts: list[int]) -> None:
    now = np.array([counts], dtype=float)
    told = risen(now, level(0.001, 5.0, now.shape))
    assert (told.heard[told.alarm] >= FEWEST_VOICES).all()


def test_the_limit_rises_with_the_quiet_that_is_asked_for() -> None:
    normal = level(0.5, 2.0, (1, 1))
    assert limit(normal, 100.0) < limit(normal, 3000.0) < limit(normal, 9000.0)
