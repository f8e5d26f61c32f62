"""When two reports say the same, contradict each other, or neither."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.grade.claims import Stance, claims, neighbours, stance
from store.records import FigureKind, Obstacle, ObstacleState, Place, Precision, SourceClass, SourceKind
from tests.nlp.grade.scenes import COUNTRY, DAY, INLAND, PORT, SUBURB, Told, gone, road, tell, toll

LIFTED = ObstacleState.LIFTED


def between(one: Told, other: Told) -> Stance | None:
    made = claims([one[0], other[0]], {reading.report_id: reading for _, reading in (one, other)}, {})
    first, second = made
    return stance(first, second)


def counted(one: Any, other: Any, later: float = 5) -> Stance | None:
    return between(tell("a", one), tell("b", other, hours=later))


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (toll(40), toll(44), Stance.CONFIRMS),
        (toll(40), toll(60), Stance.CONFIRMS),
        (toll(40), toll(70), Stance.FITS),
        (toll(400), toll(40), Stance.CONTRADICTS),
        (toll(40), toll(400), Stance.FITS),
        (toll(40, None), toll(47), Stance.CONFIRMS),
        (toll(5, None), toll(500), Stance.FITS),
        (toll(500), toll(5, None), Stance.FITS),
        (toll(0, 100), toll(90), Stance.CONFIRMS),
        (toll(0, 100), toll(5), Stance.FITS),
        (toll(40), toll(0), Stance.CONTRADICTS),
        (toll(0), toll(0), Stance.CONFIRMS),
        (toll(40), toll(40, kind=FigureKind.INJURED), Stance.FITS),
        (toll(40), toll(40, unit="families"), Stance.FITS),
        (toll(0, None), toll(40), Stance.FITS),
    ],
)
def test_counts_of_one_place_and_day(one: Any, other: Any, found: Stance) -> None:
    assert counted(one, other) is found


def test_of_a_day_three_days_gone_a_larger_count_contradicts_too() -> None:
    assert counted(toll(40, **gone(2)), toll(400, **gone(2))) is Stance.FITS
    assert counted(toll(40, **gone(3)), toll(400, **gone(3))) is Stance.CONTRADICTS


def test_counts_said_at_one_moment_contradict_whichever_is_larger() -> None:
    assert counted(toll(40), toll(400), later=0) is counted(toll(400), toll(40), later=0) is Stance.CONTRADICTS


def test_counts_of_different_days_neither_agree_nor_contradict() -> None:
    assert counted(toll(40, **gone(5)), toll(40, **gone(7))) is Stance.FITS
    assert counted(toll(400, **gone(5)), toll(40, **gone(7))) is Stance.FITS
    assert counted(toll(400), toll(40), later=30) is Stance.FITS


def test_a_count_since_a_day_holds_up_to_its_report() -> None:
    since: dict[str, Any] = {"first": (DAY - timedelta(days=9)).date()}
    assert counted(toll(400, **since), toll(40, **gone(4))) is Stance.CONTRADICTS
    assert counted(toll(40, **since), toll(40, **gone(4))) is Stance.CONFIRMS


def test_a_count_that_another_vouches_for_is_no_second_word_for_it() -> None:
    relayed = toll(40, said_by=SourceClass.GOVERNMENT)
    assert counted(relayed, relayed) is Stance.FITS
    assert between(tell("a", relayed), tell("b", relayed, source_kind=SourceKind.GOVERNMENT)) is Stance.FITS
    assert counted(relayed, toll(40)) is Stance.CONFIRMS


def test_a_count_has_its_own_place_before_that_of_its_report() -> None:
    own = toll(40, place_id=INLAND.id)
    assert between(tell("a", own, places=[PORT, INLAND]), tell("b", toll(40), places=[SUBURB])) is Stance.FITS
    assert between(tell("a", own, places=[PORT, INLAND]), tell("b", toll(40), places=[INLAND])) is Stance.CONFIRMS


def test_a_count_whose_place_is_not_sure_can_confirm_and_not_contradict() -> None:
    several = tell("b", toll(40), hours=1, places=[PORT, INLAND])
    assert between(tell("a", toll(41)), several) is Stance.CONFIRMS
    assert between(tell("a", toll(400)), several) is Stance.FITS


def test_what_stands_beside_many_others_contradicts_nothing() -> None:
    money: dict[str, Any] = {"kind": FigureKind.MONEY, "unit": "USD"}
    assert counted(toll(400, **money), toll(40, **money)) is Stance.FITS
    assert between(tell("a", toll(400), places=[COUNTRY]), tell("b", toll(40), places=[COUNTRY], hours=1)) is None
    assert counted(toll(400, of="people"), toll(40, of="nurses")) is Stance.FITS
    assert counted(toll(400, of="People"), toll(40, of="people")) is counted(toll(400, of="people"), toll(40)) is Stance.CONTRADICTS


def test_what_agrees_in_one_count_and_contradicts_in_another_only_fits() -> None:
    hurt: dict[str, Any] = {"kind": FigureKind.INJURED}
    assert between(tell("a", toll(40), toll(90, **hurt)), tell("b", toll(41), toll(9, **hurt), hours=1)) is Stance.FITS


def test_a_report_that_gives_two_counts_is_not_at_odds_with_one_who_gives_either() -> None:
    assert between(tell("a", toll(400), toll(40)), tell("b", toll(41), hours=1)) is Stance.CONFIRMS


def test_obstacles_decide_only_where_no_counts_can_be_compared() -> None:
    assert between(tell("a", road()), tell("b", road(), hours=1)) is Stance.CONFIRMS
    assert between(tell("a", road(), toll(400)), tell("b", road(), toll(40), hours=1)) is Stance.CONTRADICTS
    assert between(tell("a", road(), toll(40)), tell("b", road(), toll(400), hours=1)) is Stance.FITS
    assert between(tell("a", road()), tell("b", road(obstacle=Obstacle.FUNDING))) is Stance.FITS
    assert between(tell("a", road(obstacle=Obstacle.NONE)), tell("b", road(obstacle=Obstacle.NONE))) is Stance.FITS


def test_the_same_obstacle_elsewhere_is_another() -> None:
    assert between(tell("a", road()), tell("b", road(), places=[INLAND])) is None


@pytest.mark.parametrize(
    ("first", "then", "hours", "found"),
    [
        (ObstacleState.PRESENT, LIFTED, 5, Stance.CONTRADICTS),
        (ObstacleState.PRESENT, LIFTED, 24, Stance.FITS),
        (LIFTED, ObstacleState.PRESENT, 40, Stance.CONTRADICTS),
        (LIFTED, ObstacleState.PRESENT, 73, Stance.FITS),
    ],
)
def test_open_and_blocked_contradict_unless_it_can_have_changed(first: ObstacleState, then: ObstacleState, hours: float, found: Stance) -> None:
    assert between(tell("a", road(first)), tell("b", road(then), hours=hours)) is found


def test_open_and_blocked_do_not_contradict_where_several_places_are_named() -> None:
    assert between(tell("a", road(), places=[PORT, INLAND]), tell("b", road(LIFTED), hours=1)) is Stance.FITS


def test_one_who_says_both_open_and_blocked_says_neither() -> None:
    assert between(tell("a", road(), road(LIFTED)), tell("b", road())) is Stance.FITS


def test_the_country_is_a_place_for_a_claim_and_not_for_being_there() -> None:
    assert between(tell("a", places=[COUNTRY]), tell("b", places=[COUNTRY])) is None
    assert between(tell("a", road(), places=[COUNTRY]), tell("b", road(), places=[COUNTRY])) is Stance.CONFIRMS
    assert between(tell("a", toll(40), places=[COUNTRY]), tell("b", toll(40), places=[COUNTRY])) is Stance.CONFIRMS
    assert between(tell("a", road(), places=[COUNTRY]), tell("b", road())) is None


def test_a_report_without_a_reading_or_place_has_nothing_to_do_with_others() -> None:
    report, _ = tell("a", toll(40))
    (bare,) = claims([report], {}, {})
    assert bare.bare
    assert between(tell("a", toll(40), places=()), tell("b", toll(40))) is None


def test_the_place_field_of_a_report_comes_before_what_its_words_name() -> None:
    report, reading = tell("a", places=[INLAND])
    stated = replace(reading.toponyms[0], start=0, end=0, place=PORT)
    made = claims([report], {"a": replace(reading, toponyms=(stated, *reading.toponyms))}, {})
    assert made[0].where == {PORT.id}


def test_places_within_25_km_are_one_and_a_region_is_only_itself() -> None:
    region = Place(id="gn:9", name="West", country="HT", lat=18.54, lon=-72.34, precision=Precision.REGION)
    near = neighbours([PORT, SUBURB, INLAND, region])
    assert near == {PORT.id: {PORT.id, SUBURB.id}, SUBURB.id: {PORT.id, SUBURB.id}, INLAND.id: {INLAND.id}, region.id: {region.id}}
    assert neighbours([]) == {}


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from([0.0, 30.0]), st.booleans())
def test_how_two_reports_stand_does_not_depend_on_who_is_named_first(low: int, high: int, hours: float, open_end: bool) -> None:
    one, other = toll(low, None if open_end else -1, **gone(4)), toll(high, **gone(4))
    assert between(tell("a", one), tell("b", other, hours=hours)) is between(tell("b", one), tell("a", other, hours=hours))
