"""How likely a state still holds some weeks on, from how often it did."""

import pytest

from forecast.turns import Near, Week, chance

BELIEVED = (0.05, 0.25, 0.8)


def course(*near: Near) -> list[Week]:
    return [Week(number=number, near=one) for number, one in enumerate(near)]


def test_before_anything_was_seen_beliefs_hold() -> None:
    assert [chance([], near, 2, BELIEVED) for near in Near] == [0.8, 0.25, 0.05]


def test_what_was_seen_outweighs_beliefs_as_weeks_pass() -> None:
    steady, fickle = course(*[Near.HOLDS] * 40), course(*[Near.HOLDS, Near.FAR, Near.FAR] * 14)
    assert chance([steady], Near.HOLDS, 2, BELIEVED) > 0.95
    assert chance([fickle], Near.HOLDS, 2, BELIEVED) < 0.35
    assert chance([fickle], Near.HOLDS, 3, BELIEVED) > 0.9
    assert 0 < chance([steady] * 50, Near.HOLDS, 2, BELIEVED) < 1


def test_weeks_that_are_missing_say_nothing() -> None:
    gaps = [Week(number=0, near=Near.HOLDS), Week(number=5, near=Near.FAR)]
    assert chance([gaps], Near.HOLDS, 2, BELIEVED) == pytest.approx(0.8)
