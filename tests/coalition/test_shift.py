"""The weekly mix and the change of the leading obstacle."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.shift_simulated import found, main
from benchmarks.shift_streams import DAYS, doubled, lifted, steady, sudden
from coalition.shift import Past, leading, mix, shift, stirrings, support, tally
from store.records import Advice, Obstacle
from tests.coalition.scenes import LIFTED, day, every, said, suggestion, told, witness

FUNDING, LEGAL, TRUST = Obstacle.FUNDING, Obstacle.LEGAL, Obstacle.COMMUNITY_TRUST


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


def built_for(*kinds: Obstacle) -> Past:
    return Past(equipped=lambda kind: kind in kinds)


STRIKE_HISTORY = told(FUNDING, every(3, 0, 60), 0) + told(LEGAL, every(2, 62, 86), 100)


def test_a_new_leading_obstacle_is_a_shift_and_says_since_when() -> None:
    (found,) = shift(STRIKE_HISTORY, day(88), built_for(FUNDING))
    assert (found.before, found.after) == ((FUNDING,), (LEGAL,))
    assert found.since == day(62)
    assert found.probability > 0.9
    assert 3 <= len(found.flips) <= found.support.origins


def test_two_obstacles_that_come_to_lead_at_once_are_two_shifts() -> None:
    history = told(FUNDING, every(3, 0, 60), 0) + told(LEGAL, every(2, 62, 110), 100) + told(TRUST, every(2, 63, 110), 200)
    assert {found.after for found in shift(history, day(112))} == {(LEGAL,), (TRUST,)}


def test_a_kind_that_a_call_has_named_is_no_shift_again_until_it_is_left_or_long_ago() -> None:
    call = suggestion(Advice.NEW_COALITION, day(80), before=FUNDING, after=LEGAL)
    assert shift(STRIKE_HISTORY, day(88), Past(calls=(call,))) == ()
    past = Past(calls=(call, suggestion(Advice.PIVOT, day(150), before=LEGAL, after=TRUST)))
    assert (past.knows(LEGAL, day(160)), past.knows(TRUST, day(160)), past.knows(TRUST, day(400))) == (False, True, False)
    assert past.since(LEGAL) == day(150)


def test_what_was_named_in_one_burst_is_not_yet_a_shift() -> None:
    burst = [witness(200 + n, 62 + n / 4, said(LEGAL, 0.95), voice=f"new {n}") for n in range(20)]
    history = told(FUNDING, every(3, 0, 60), 0) + burst
    assert not shift(history, day(68))
    assert LEGAL in stirrings(history, day(68))
    assert support(burst, LEGAL, day(0), day(70)).enough
    assert not support(burst, LEGAL, day(0), day(70)).lasting


def test_no_voice_decides_alone() -> None:
    loud = [witness(200 + n, 62 + 14 * n, said(LEGAL, 0.99), voice="loud") for n in range(5)]
    assert not shift(told(FUNDING, every(3, 0, 60), 0) + loud, day(120))


def test_too_early_to_say_without_anything_before() -> None:
    assert shift(told(LEGAL, every(2, 62, 86), 100), day(88)) == ()


def test_irrelevant_reports_weigh_nothing() -> None:
    off = [replace(t, relevance=0.0) for t in told(LEGAL, every(1, 62, 86), 100)]
    assert shift(told(FUNDING, every(3, 0, 60), 0) + off, day(88)) == ()


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([o for o in Obstacle if o is not Obstacle.NONE]), st.floats(0.1, 3))
def test_more_of_the_same_is_never_a_shift(kind: Obstacle, step: float) -> None:
    history = told(kind, every(4, 0, 60), 0) + told(kind, every(step, 60, 88), 100)
    assert shift(history, day(88)) == ()


@pytest.mark.slow
def test_made_up_histories_with_a_change_are_called_and_those_without_less_than_once_a_year(capsys: pytest.CaptureFixture[str]) -> None:
    changed = [found(sudden(seed)) for seed in range(4000, 4006)]
    unchanged = [found(make(seed)) for make in (steady, doubled, lifted) for seed in range(4000, 4003)]
    assert sum(one.in_time for one in changed) >= 4
    assert sum(one.false_alarms for one in unchanged) <= len(unchanged) * DAYS / 365
    main(["--streams", "1", "--seed", "4000"])
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows] == ["steady", "doubled", "flooded", "sudden", "slow", "two", "lifted"]
