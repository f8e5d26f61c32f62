"""What is found, apart from what is advised."""

import pytest

from coalition.finding import finding
from store.cards import Finding
from store.records import Advice, Obstacle
from tests.coalition.scenes import day, every, suggestion, told

FUNDING, LEGAL = Obstacle.FUNDING, Obstacle.LEGAL
LONG = told(FUNDING, every(4, 0, 120), 0)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (Advice.PIVOT, Finding.SHIFT),
        (Advice.NEW_COALITION, Finding.SHIFT),
        (Advice.WATCH, Finding.WEAK_SIGNAL),
        (Advice.WIND_DOWN, Finding.FALLEN),
        (Advice.HOLD, Finding.NO_PROGRESS),
        (Advice.EXPAND, Finding.NO_PROGRESS),
    ],
)
def test_each_kind_of_advice_says_what_was_found(kind: Advice, found: Finding) -> None:
    assert finding(suggestion(kind, day(120), FUNDING, FUNDING), LONG) is found


def test_several_obstacles_are_said_to_be_several() -> None:
    both = LONG + told(LEGAL, every(4, 80, 120), 200)
    assert finding(suggestion(Advice.NEW_COALITION, day(120), FUNDING, LEGAL), both) is Finding.SEVERAL
    young = told(FUNDING, every(4, 80, 120), 0) + told(LEGAL, every(4, 80, 120), 200)
    assert finding(suggestion(Advice.HOLD, day(120), FUNDING, FUNDING), young) is Finding.SEVERAL


def test_a_young_or_silent_picture_has_no_finding() -> None:
    assert finding(suggestion(Advice.HOLD, day(30), FUNDING, FUNDING), LONG) is None
    assert finding(suggestion(Advice.HOLD, day(300), FUNDING, FUNDING), LONG) is None


def test_an_obstacle_that_took_the_place_of_another_is_no_lack_of_progress() -> None:
    turned = told(FUNDING, every(4, 0, 60), 0) + told(LEGAL, every(4, 80, 120), 200)
    assert finding(suggestion(Advice.HOLD, day(120), FUNDING, LEGAL), turned) is None
