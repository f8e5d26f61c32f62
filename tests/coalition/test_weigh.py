"""How a condition stands: origins once, voices capped, the old fading, and nobody alone moving anything."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.weigh import HALF_LIFE, weeks, weigh
from store.records import Bearing, Condition, Objective, Reliability, Sign, SourceKind, Standing, Weighed

START = datetime(2031, 3, 3, tzinfo=UTC)  # a Monday
KINDS = (SourceKind.NEWS, SourceKind.NGO, SourceKind.UN)
DUE = Sign(statement="The gate stands open", by=date(2031, 3, 20))
PORT = Objective(id="port", statement="The port works", conditions=(Condition(id="gate", statement="The gate is opened"),))
WAITING = replace(PORT, conditions=(replace(PORT.conditions[0], signs=(DUE,)),))


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def said(number: int, when: float, lean: float, voice: str = "", origin: str = "", sign: str = "") -> Bearing:
    return Bearing(
        objective_id="port",
        condition_id="gate",
        report_id=f"r{number:03}",
        at=day(when),
        origin_id=origin or f"r{number:03}",
        voice=voice or f"voice {number}",
        source_kind=KINDS[number % 3],
        lean=lean,
        sentence="So it is.",
        sign=sign,
    )


def one(bearings: list[Bearing], now: float = 28, letters: dict[str, Reliability] | None = None, objective: Objective = PORT) -> Weighed:
    (found,) = weigh(objective, bearings, letters or {}, day(now))
    return found


AGAINST = [said(number, 20 + number, -0.8) for number in range(3)]
FOR = [said(10 + number, number, 0.8) for number in range(3)]


def test_what_nobody_speaks_of_is_unknown() -> None:
    found = one([])
    assert (found.standing, found.log_odds, found.probability, found.since) == (Standing.UNKNOWN, 0.0, 0.5, None)
    assert weeks(PORT, [], {}, day(28)) == ()


def test_three_origins_of_three_voices_and_two_kinds_make_a_condition_fail() -> None:
    found = one(AGAINST)
    assert (found.standing, found.origins_against, found.origins_for, found.rank) == (Standing.FAILING, 3, 0, 1)
    assert found.opposes == ("r002", "r001", "r000")
    assert found.since == day(22)
    assert found.low < found.log_odds < found.high
    assert found.probability == pytest.approx(1 / (1 + math.exp(-found.log_odds)), abs=1e-4)


@pytest.mark.parametrize(
    "fewer",
    [
        AGAINST[:2],
        [replace(bearing, voice="one") for bearing in AGAINST],
        [replace(bearing, voice=f"voice {number % 2}") for number, bearing in enumerate(AGAINST)],
        [replace(bearing, origin_id="r000") for bearing in AGAINST],
        [replace(bearing, source_kind=SourceKind.NEWS) for bearing in AGAINST],
    ],
)
def test_fewer_origins_voices_or_kinds_do_not(fewer: list[Bearing]) -> None:
    assert one(fewer).standing is not Standing.FAILING


def test_two_origins_of_two_voices_make_it_hold_and_a_single_voice_makes_it_nothing() -> None:
    assert one(FOR[:2], now=3).standing is Standing.HOLDING
    assert one(FOR[:1], now=3).standing is Standing.UNKNOWN
    assert one([replace(bearing, voice="one") for bearing in FOR], now=3).standing is Standing.UNKNOWN


def test_a_flood_of_one_organisation_moves_no_more_than_its_plainest_sentence() -> None:
    flood = [said(100 + number, 21 + number / 50, -0.3 - 0.4 * (number == 7), voice="loud") for number in range(200)]
    alone, flooded = one([*FOR, flood[7]]), one([*FOR, *flood])
    assert flooded.standing is alone.standing is Standing.HOLDING
    assert flooded.log_odds == pytest.approx(alone.log_odds, abs=0.02)


def test_a_copy_neither_adds_nor_refreshes() -> None:
    first = said(1, 0, -0.8)
    copies = [said(number, 25, -0.8, origin="r001") for number in range(2, 9)]
    assert one([first, *copies]).log_odds == one([first]).log_odds


def test_old_evidence_fades_by_half_in_a_half_life() -> None:
    weak = [said(1, 0, 0.3)]
    later = one(weak, now=HALF_LIFE / timedelta(days=1))
    assert later.log_odds == pytest.approx(one(weak, now=0).log_odds / 2, abs=1e-3)


def test_a_less_reliable_source_moves_less() -> None:
    moved = [abs(one([said(1, 27, -0.4)], letters={"voice 1": letter}).log_odds) for letter in "ABCDE" for letter in [Reliability(letter)]]
    assert moved == sorted(moved, reverse=True)
    assert moved[0] > abs(one([said(1, 27, -0.4)]).log_odds) > moved[3]


def test_a_voice_that_changes_its_mind_is_soon_heard() -> None:
    often = [said(number, number, 0.8, voice="one") for number in range(10)]
    turned = [said(20 + number, 20 + number, -0.8, voice="one") for number in range(2)]
    assert one([*often, *turned]).log_odds < 0 < one(often).log_odds


def test_an_expected_sign_that_nobody_reports_in_time_casts_doubt() -> None:
    before, after = one([], now=17.9, objective=WAITING), one([], now=18, objective=WAITING)
    assert (before.standing, before.overdue) == (Standing.UNKNOWN, ())
    assert (after.standing, after.overdue) == (Standing.DOUBTFUL, (DUE.statement,))
    assert after.log_odds < 0
    assert one([said(1, 5, 0.8, sign=DUE.statement)], objective=WAITING).overdue == ()
    assert one([said(1, 5, -0.8)], objective=WAITING).overdue == (DUE.statement,)


def test_nothing_later_and_nothing_of_others_is_weighed() -> None:
    others = [replace(bearing, objective_id="other") for bearing in AGAINST] + [replace(bearing, condition_id="other") for bearing in AGAINST]
    assert one([*AGAINST, *others], now=19).standing is Standing.UNKNOWN


def test_since_is_when_the_present_state_began_and_not_when_it_was_last_confirmed() -> None:
    later = [said(30 + number, 24 + number, -0.8) for number in range(3)]
    assert one([*AGAINST, *later], now=40).since == day(22)
    others = [said(60 + number, 15, 0.8) for number in range(3)]
    assert one([*others, *AGAINST, *later], now=40).since == day(24)
    faded = one(FOR, now=200)
    assert faded.standing is not Standing.HOLDING
    assert faded.since == day(2)


def test_weeks_run_from_the_first_word_to_now_and_the_last_is_the_present() -> None:
    found = weeks(PORT, [*FOR, *AGAINST], {}, day(30))
    assert [week.week for week in found] == [day(7 * number) for number in range(5)]
    present = one([*FOR, *AGAINST], now=30)
    assert (found[-1].log_odds, found[-1].low, found[-1].high) == (present.log_odds, present.low, present.high)
    assert found[0].log_odds > 0 > found[-1].log_odds
    assert found[0].origins == 3


BEARINGS = st.lists(
    st.tuples(st.floats(0, 60), st.floats(-1, 1), st.sampled_from("abcd"), st.integers(0, 8)).map(
        lambda drawn: said(drawn[3] * 7, drawn[0], drawn[1], voice=drawn[2], origin=f"o{drawn[3]}")
    ),
    max_size=25,
    unique_by=lambda bearing: bearing.at,
)


@given(BEARINGS, st.randoms())
def test_the_order_in_which_reports_come_changes_nothing(bearings: list[Bearing], dice: object) -> None:
    shuffled = sorted(bearings, key=lambda bearing: hash((str(dice), bearing.at)))
    assert one(shuffled, now=60) == one(bearings, now=60)


@given(BEARINGS)
def test_odds_stay_within_bounds_and_a_call_always_rests_on_enough(bearings: list[Bearing]) -> None:
    found = one(bearings, now=60)
    assert -4 <= found.log_odds <= 4
    assert found.low <= found.log_odds <= found.high
    by_id = {bearing.report_id: bearing for bearing in bearings}
    if found.standing is Standing.FAILING:
        assert len({by_id[key].voice for key in found.opposes}) >= 2
        assert found.origins_against >= 3
