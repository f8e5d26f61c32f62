"""What reports say of conditions, and how these stood."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from store.warehouse import Warehouse
from tests.flows.ferry import FERRY, NOW, SECRET, START, bearing, fill


@pytest.fixture
def house() -> Iterator[Warehouse]:
    with Warehouse(None) as made:
        fill(made)
        yield made


def test_bearings_come_back_as_they_were_put_with_what_the_report_says_of_itself(house: Warehouse) -> None:
    assert house.bearings("ferry", START, NOW) == tuple(bearing(number) for number in range(10))
    assert house.bearings("ferry", START, START + timedelta(days=21)) == tuple(bearing(number) for number in range(2))
    assert house.bearings("other", START, NOW) == ()


def test_those_of_red_reports_can_be_left_out(house: Warehouse) -> None:
    told = house.bearings("ferry", START, NOW, open_=True)
    assert len(told) == 9
    assert all(SECRET not in one.sentence for one in told)


def test_a_report_is_held_out_once_on_each_basis_and_again_on_another(house: Warehouse) -> None:
    assert house.not_heard_out("ferry", "basis", ["r1", "r99", "r2"]) == ("r99",)
    assert house.not_heard_out("ferry", "other", ["r1"]) == ("r1",)
    assert house.not_heard_out("idle", "basis", ["r1"]) == ("r1",)
    house.put_bearings("ferry", "other", ["r1"], [replace(bearing(1), condition_id="licence")])
    assert house.not_heard_out("ferry", "basis", ["r1"]) == ("r1",)
    assert [(one.report_id, one.condition_id) for one in house.bearings("ferry", START, NOW)][1] == ("r1", "licence")


def test_the_last_standings_until_a_moment_are_told(house: Warehouse) -> None:
    (pier, licence, sails) = house.standings(NOW)
    assert [one.condition_id for one in (pier, licence, sails)] == ["pier", "licence", "sails"]
    later = replace(pier, as_of=NOW + timedelta(days=1), log_odds=3.0)
    house.put_standings([later], open_=False)
    assert house.standings(NOW + timedelta(hours=3)) == (pier, licence, sails)
    assert house.standings(NOW + timedelta(days=2)) == (later,)
    assert house.standings(START) == ()
    assert pier != house.standings(NOW, open_=True)[0]
    assert pier.breaks == FERRY.conditions[0].obstacles


def test_weeks_are_replaced_as_a_whole(house: Warehouse) -> None:
    weeks = house.condition_weeks(NOW)
    house.put_condition_weeks("ferry", weeks[:2], open_=False)
    assert house.condition_weeks(NOW) == weeks[:2]
    assert house.condition_weeks(NOW, open_=True) != weeks
    assert house.condition_weeks(START) == ()


def test_an_objective_keeps_its_signs_and_dates(house: Warehouse) -> None:
    assert FERRY in house.objectives()
