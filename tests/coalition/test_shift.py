"""The weekly mix and the change of the leading obstacle."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.shift import leading, mix, risen, shift, support, tally
from store.records import Obstacle
from tests.coalition.scenes import LIFTED, STRIKE, day, every, said, told, witness

FUNDING, LEGAL = Obstacle.FUNDING, Obstacle.LEGAL


def test_one_origin_weighs_at_most_one_split_over_what_it_names() -> None:
    (week,) = mix("o", [witness(1, 1, said(FUNDING, 1.0), said(LEGAL, 1.0))], day(3))
    assert week.week == day(0)
    assert week.origins == 1
    assert dict(week.weights) == {LEGAL: pytest.approx(1 / 3, abs=1e-3), FUNDING: pytest.approx(2 / 3, abs=1e-3)}


def test_weeks_without_reports_are_there_and_empty() -> None:
    weeks = mix("o", [witness(1, 1, said(FUNDING)), witness(2, 16, said(FUNDING))], day(17))
    assert [len(w.weights) for w in weeks] == [1, 0, 1]


def test_no_testimony_no_mix() -> None:
    assert mix("o", [witness(1, 9, said(FUNDING))], day(3)) == ()


def test_what_was_lifted_is_not_in_the_mix_and_what_says_nothing_weighs_nothing() -> None:
    (week,) = mix("o", [witness(1, 1, said(FUNDING, state=LIFTED)), witness(2, 1)], day(3))
    assert week.weights == ()
    assert week.origins == 2


def test_copies_count_once_and_a_voice_weighs_two_a_window_at_most() -> None:
    copies = [witness(n, 1, said(FUNDING, 1.0), origin="r0") for n in range(50)]
    loud = [witness(100 + n, n, said(LEGAL, 1.0), voice="loud") for n in range(28)]
    heard = tally(copies + loud, day(-1), day(28))
    assert heard.present[FUNDING] == pytest.approx(1.0)
    assert heard.present[LEGAL] == pytest.approx(2.0)


def test_support_takes_the_strongest_first_and_counts_voices_and_kinds() -> None:
    found = support([witness(1, 1, said(LEGAL, 0.4)), witness(2, 2, said(LEGAL, 0.9)), witness(3, 2, said(FUNDING))], LEGAL, day(0), day(3))
    assert [t.report_id for t in found.testimonies] == ["r2", "r1"]
    assert (found.origins, found.voices, len(found.source_kinds), found.enough) == (2, 2, 2, False)


def test_several_obstacles_that_come_near_lead_together() -> None:
    both = told(FUNDING, every(1, 0, 10), 0) + told(LEGAL, every(1, 0, 9), 50)
    assert leading(tally(both, day(-1), day(20))) == (FUNDING, LEGAL)


def test_a_new_leading_obstacle_is_a_shift_and_says_since_when() -> None:
    found = shift(STRIKE, told(FUNDING, every(3, 0, 60), 0) + told(LEGAL, every(2, 62, 86), 100), day(88))
    assert found is not None
    assert (found.before, found.after) == ((FUNDING,), (LEGAL,))
    assert found.since == day(62)
    assert found.probability > 0.9


def test_what_an_earlier_call_has_named_is_no_shift_again() -> None:
    history = told(FUNDING, every(3, 0, 60), 0) + told(LEGAL, every(2, 62, 86), 100)
    assert shift(STRIKE, history, day(88), (LEGAL,)) is None


def test_too_early_to_say_without_anything_before() -> None:
    assert shift(STRIKE, told(LEGAL, every(2, 62, 86), 100), day(88)) is None


def test_irrelevant_reports_weigh_nothing() -> None:
    off = [replace(t, relevance=0.0) for t in told(LEGAL, every(1, 62, 86), 100)]
    assert shift(STRIKE, told(FUNDING, every(3, 0, 60), 0) + off, day(88)) is None


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([o for o in Obstacle if o is not Obstacle.NONE]), st.floats(0.05, 3))
def test_more_of_the_same_is_never_a_shift(kind: Obstacle, step: float) -> None:
    history = told(kind, every(4, 0, 60), 0) + told(kind, every(step, 60, 88), 100)
    assert shift(STRIKE, history, day(88)) is None
    chances = risen(tally(history, day(60), day(88)), tally(history, day(0), day(60)))
    assert all(0 <= p <= 1 for p in chances.values())
