"""What one origin says, as chances over the kinds, and how much it weighs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from coalition.votes import HYPOTHESES, KINDS, chances_of, monday, votes
from store.records import Obstacle
from tests.coalition.scenes import LIFTED, day, said, told, witness

LEGAL, FUNDING, NONE = Obstacle.LEGAL, Obstacle.FUNDING, Obstacle.NONE


def chance(row: NDArray[np.float64], kind: Obstacle) -> float:
    return float(row[HYPOTHESES.index(kind)])


def test_a_reading_gives_its_chance_to_its_kind_and_the_rest_to_all_alike() -> None:
    row = chances_of(witness(1, 0, said(LEGAL, 0.7)))
    assert chance(row, LEGAL) == pytest.approx(0.73)
    assert chance(row, FUNDING) == pytest.approx(0.03)


def test_what_hardly_bears_on_the_objective_says_hardly_anything() -> None:
    assert chance(chances_of(replace(witness(1, 0, said(LEGAL, 1.0)), relevance=0.1)), LEGAL) < 0.2


def test_told_as_fallen_a_kind_speaks_for_nothing_and_against_itself() -> None:
    row = chances_of(witness(1, 0, said(LEGAL, 0.8, state=LIFTED)))
    assert chance(row, NONE) > 0.8
    assert 0.0 < chance(row, LEGAL) < chance(row, FUNDING)


def test_a_voice_that_says_the_same_again_within_a_fortnight_is_not_heard_twice() -> None:
    rows = [witness(n, when, said(LEGAL), voice="one") for n, when in enumerate((0, 3, 13, 14, 20, 28))]
    assert [t.report_id for t in votes(rows).testimonies] == ["r0", "r3", "r5"]


def test_a_voice_that_says_something_else_is_heard() -> None:
    rows = [witness(0, 0, said(LEGAL), voice="one"), witness(1, 1, said(FUNDING), voice="one")]
    assert len(votes(rows).testimonies) == 2


def test_copies_count_once_and_what_names_nothing_not_at_all() -> None:
    copies = [witness(n, n, said(LEGAL), origin="same") for n in range(9)]
    assert [t.report_id for t in votes([*copies, witness(20, 3)]).testimonies] == ["r0"]


def test_forty_voices_of_one_week_weigh_less_than_three_times_what_two_weigh() -> None:
    quiet, busy = votes(told(LEGAL, [1, 2], 0)), votes([witness(n, 1, said(LEGAL), voice=f"v{n}") for n in range(40)])
    assert quiet.weights.sum() < busy.weights.sum() < 3 * quiet.weights.sum()


def test_votes_can_be_cut_by_time_and_by_voice() -> None:
    heard = votes([witness(n, n, said(LEGAL), voice=f"v{n}") for n in range(6)])
    assert [t.report_id for t in heard.since(day(4)).testimonies] == ["r4", "r5"]
    assert [t.report_id for t in heard.until(day(1)).testimonies] == ["r0"]
    assert len(heard.without("v3").chances) == 5


def test_weeks_begin_on_monday() -> None:
    assert monday(day(6.9)) == day(0)
    assert monday(day(7)) == day(7)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.floats(0, 1), st.booleans()), min_size=1, max_size=4), st.floats(0, 1))
def test_chances_are_a_distribution_without_certainties(rows: list[tuple[Obstacle, float, bool]], bears: float) -> None:
    readings = [said(kind, weight, state=LIFTED) if fell else said(kind, weight) for kind, weight, fell in rows]
    row = chances_of(replace(witness(1, 0, *readings), relevance=bears))
    assert row.sum() == pytest.approx(1.0)
    assert 0.0 < row.min() <= row.max() < 1.0
