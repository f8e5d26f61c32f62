from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.life import LOOKS, life, stages
from store.records import Report, Trend
from tests.nlp.situate.test_describe import report

NOW = datetime(2031, 5, 20, tzinfo=UTC)
BASE = [report(f"r{i}", d) for i, d in enumerate([1, 2, 8, 9, 20])]


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ([1, 2, 3], Trend.EMERGING),
        ([1, 2, 3, 4, 5, 9, 20], Trend.GROWING),
        ([1, 2, 8, 9, 20], Trend.STEADY),
        ([1, 8, 9, 10, 11, 12], Trend.FADING),
    ],
)
def test_the_trend_follows_the_voices(days_ago: list[float], expected: Trend) -> None:
    found, reason = life([report(f"r{i}", d) for i, d in enumerate(days_ago)], {}, NOW)
    assert found is expected
    assert str(sum(d < 7 for d in days_ago)) in reason


@pytest.mark.parametrize(("days_ago", "expected"), [(13.9, Trend.FADING), (14, Trend.DORMANT), (59.9, Trend.DORMANT), (60, Trend.CLOSED)])
def test_silence_makes_it_dormant_and_then_closed(days_ago: float, expected: Trend) -> None:
    kind, reason = life([report("a", days_ago), report("b", 80)], {}, NOW)
    assert kind is expected
    if expected is not Trend.FADING:
        assert reason.startswith(f"nothing new for {int(days_ago)} days, since ")


def test_an_echo_wakes_nothing() -> None:
    assert life([report("a", 70), report("b", 1)], {"b": "a"}, NOW)[0] is Trend.CLOSED


@given(st.integers(21, 200), st.sampled_from(["voice r1", "nobody known"]), st.booleans())
def test_one_sources_flood_moves_nothing(count: int, voice: str, copies: bool) -> None:
    flood = [report(f"f{i}", 0.1 + i / 1000, voice=voice) for i in range(count)]
    origin_of = {one.id: "f0" for one in flood} if copies else {}
    assert life([*BASE, *flood], origin_of, NOW) == life(BASE, {}, NOW)


@pytest.mark.parametrize("days_ago", [20, 70])
def test_one_sources_flood_ends_no_silence(days_ago: float) -> None:
    told = [report("a", days_ago), report("b", 80)]
    flood = [report(f"f{i}", 0.1 + i / 1000, voice="nobody known") for i in range(30)]
    assert life([*told, *flood], {}, NOW) == life(told, {}, NOW)


def test_copies_count_for_nobody() -> None:
    echoes = [report(f"e{i}", 0.5) for i in range(50)]
    assert life([*BASE, *echoes], {f"e{i}": "r2" for i in range(50)}, NOW) == life(BASE, {}, NOW)


def test_a_single_sources_origins_are_counted_and_the_reason_says_so() -> None:
    kind, reason = life([report(f"r{i}", d, voice="table") for i, d in enumerate([1, 2, 3, 4, 9, 20])], {}, NOW)
    assert kind is Trend.GROWING
    assert reason == "4 independent reports in the last 7 days, 1 in the 7 days before, all from one source"


def test_a_single_sources_many_messages_of_a_day_are_all_counted() -> None:
    many: list[Report] = [report(f"m{i}", 1 - i / 1000, voice="table") for i in range(30)]
    assert (
        life(many, {}, NOW)[1]
        == "first heard of within the last 7 days: 30 independent reports in the last 7 days, 0 in the 7 days before, all from one source"
    )


def test_the_stages_of_a_life_are_told_with_the_day_from_which_each_held() -> None:
    told = [report(f"r{i}", d) for i, d in enumerate([100, 99, 98, 97, 85, 84, 83, 82, 81])]
    found = [(trend.value, (NOW - since).days) for since, trend in stages(told, {}, NOW)]
    assert found[:5] == [("emerging", 100), ("growing", 94), ("steady", 93), ("fading", 92), ("steady", 86)]
    assert found[5:] == [("growing", 84), ("steady", 78), ("fading", 76), ("dormant", 68), ("closed", 22)]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30))
def test_the_last_stage_is_the_trend_of_today_and_no_two_neighbours_are_one(days_ago: list[int]) -> None:
    told = [report(f"r{i}", d) for i, d in enumerate(days_ago)]
    found = stages(told, {}, NOW)
    assert found[-1][1] is life(told, {}, NOW)[0]
    assert found[0][0] == min(one.at for one in told)
    assert all(one[0] < two[0] and one[1] is not two[1] for one, two in pairwise(found))
    assert len(found) <= LOOKS + 1


def test_the_clock_is_a_parameter() -> None:
    assert life([report("a", 3)], {}, NOW + timedelta(days=5))[0] is not Trend.EMERGING
