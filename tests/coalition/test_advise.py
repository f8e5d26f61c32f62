"""Advice on little histories: a strike, an epidemic, one loud source, a barrier that falls."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.advise import CALLS, advise
from store.records import Advice, Obstacle, Partner, SourceKind, Suggestion
from tests.coalition.scenes import HOUSES, LIFTED, STRIKE, alike, day, every, partner, said, told, weekly, witness

LEGAL, FUNDING, TRUST = Obstacle.LEGAL, Obstacle.FUNDING, Obstacle.COMMUNITY_TRUST
BEFORE = told(FUNDING, every(3, 0, 60), 100)


def calls(issued: Sequence[Suggestion]) -> list[Suggestion]:
    return [s for s in issued if s.kind in CALLS]


def test_a_strike_that_a_court_forbids_asks_for_labour_lawyers_and_not_for_tax_lawyers() -> None:
    history = BEFORE + told(LEGAL, every(2, 60, 90), 200)
    found = calls(weekly(STRIKE, history, HOUSES, 120))
    assert [s.kind for s in found] == [Advice.NEW_COALITION]
    assert found[0].obstacle_before == (FUNDING,)
    assert found[0].obstacle_after == (LEGAL,)
    assert day(62) < found[0].issued_at <= day(78)
    assert {m.partner_id for m in found[0].members} == {"l1", "l3", "x2"}
    assert found[0].origins >= 3
    assert set(found[0].missing_strengths) >= {"legal expertise", "judicial standing"}


def test_an_epidemic_whose_obstacle_stays_the_same_is_no_shift_though_reports_double() -> None:
    history = told(TRUST, every(3, 0, 60), 0) + told(TRUST, every(0.5, 60, 120), 300)
    issued = weekly(replace(STRIKE, id="epidemic", statement="The epidemic ends."), history, HOUSES, 98)
    assert not calls(issued)
    assert sum(s.kind is Advice.EXPAND for s in issued) == 1


@pytest.mark.parametrize("origin", ["", "r500"], ids=["a hundred posts of one source", "a thousand copies of one text"])
def test_one_loud_source_moves_nothing(origin: str) -> None:
    flood = [witness(500 + n, 60 + n / 40, said(LEGAL, 0.99), voice="The Loud One", origin=origin) for n in range(1000 if origin else 100)]
    assert not calls(weekly(STRIKE, BEFORE + told(FUNDING, every(3, 60, 90), 900) + flood, HOUSES, 100))


def test_copies_under_many_names_count_once() -> None:
    flood = [witness(500 + n, 60 + n / 40, said(LEGAL, 0.99), origin="r500") for n in range(300)]
    assert not calls(weekly(STRIKE, BEFORE + flood, HOUSES, 100))


def test_many_voices_of_one_kind_are_not_enough() -> None:
    press = [replace(t, source_kind=SourceKind.NEWS) for t in told(LEGAL, every(2, 60, 90), 200)]
    assert not calls(weekly(STRIKE, BEFORE + press, HOUSES, 100))


def test_one_plain_sentence_of_a_new_kind_is_watched_once() -> None:
    issued = weekly(STRIKE, [*BEFORE, witness(200, 50, said(LEGAL, 0.9))], HOUSES, 90)
    assert [s.obstacle_after for s in issued if s.kind is Advice.WATCH] == [(LEGAL,)]
    assert not calls(issued)


def test_members_who_have_what_the_new_obstacle_asks_for_pivot() -> None:
    able = [replace(p, id={"l1": "m1", "l3": "m2", "m1": "l1", "m2": "l3"}.get(p.id, p.id)) for p in HOUSES]
    found = calls(weekly(replace(STRIKE, strengths=("media",)), BEFORE + told(LEGAL, every(2, 60, 90), 200), able, 100))
    assert [s.kind for s in found] == [Advice.PIVOT]
    assert not found[0].missing_strengths


def test_a_pivot_with_one_role_missing_asks_to_expand_as_well() -> None:
    able = [replace(p, id={"l1": "m1", "l3": "m2", "m1": "l1", "m2": "l3"}.get(p.id, p.id)) for p in HOUSES]
    issued = weekly(replace(STRIKE, strengths=()), BEFORE + told(LEGAL, every(2, 60, 90), 200), able, 100)
    expand = [s for s in issued if s.kind is Advice.EXPAND and s.obstacle_after == (LEGAL,)]
    assert [s.kind for s in calls(issued)] == [Advice.PIVOT]
    assert [s.missing_strengths for s in expand] == [("media",)]
    assert len({s.id for s in issued}) == len(issued)


def test_a_barrier_told_as_fallen_winds_down_and_is_not_a_shift() -> None:
    history = BEFORE + told(FUNDING, every(0.5, 62, 68), 300, lifted=True)
    issued = weekly(STRIKE, history, HOUSES, 90)
    assert not calls(issued)
    assert any(s.kind is Advice.WIND_DOWN and s.obstacle_before == (FUNDING,) for s in issued)


def test_a_legal_barrier_that_falls_does_not_lead() -> None:
    history = BEFORE + told(LEGAL, every(0.5, 62, 68), 300, lifted=True)
    assert not calls(weekly(STRIKE, history, HOUSES, 90))


def test_no_flip_flop_back_to_what_was_left() -> None:
    history = BEFORE + told(LEGAL, every(2, 60, 90), 200) + told(FUNDING, every(6, 92, 130), 400)
    assert [s.obstacle_after for s in calls(weekly(STRIKE, history, HOUSES, 130))] == [(LEGAL,)]


def test_much_better_evidence_returns() -> None:
    history = BEFORE + told(LEGAL, every(2, 60, 90), 200) + told(FUNDING, every(0.5, 92, 170), 400)
    assert [s.obstacle_after for s in calls(weekly(STRIKE, history, HOUSES, 170))] == [(LEGAL,), (FUNDING,)]


def test_silence_holds() -> None:
    (only,) = advise(STRIKE, [], HOUSES, alike, day(7), ())
    assert only.kind is Advice.HOLD
    assert only.obstacle_after == ()
    assert only.evidence == ()


def test_nothing_later_than_the_clock_is_seen() -> None:
    history = BEFORE + told(LEGAL, every(2, 60, 90), 200)
    then = [t for t in history if t.at <= day(62)]
    assert advise(STRIKE, history, HOUSES, alike, day(62), ()) == advise(STRIKE, then, HOUSES, alike, day(62), ())


def test_the_case_against_names_who_speaks_for_the_old_obstacle() -> None:
    history = BEFORE + told(LEGAL, every(2, 60, 90), 200) + [witness(900, 64, said(FUNDING, 0.95, sentence="The purse is still empty."), voice="Paper")]
    (call,) = calls(weekly(STRIKE, history, HOUSES, 90))
    assert "r900" in call.against
    assert "Paper: The purse is still empty." in call.against_why
    assert LIFTED not in {r.state for t in history for r in t.obstacles}


def test_a_coalition_without_partners_still_gets_its_advice() -> None:
    (call,) = calls(weekly(STRIKE, BEFORE + told(LEGAL, every(2, 60, 90), 200), (), 90))
    assert call.members == ()
    assert set(call.uncovered_strengths) == set(call.required_strengths)


def test_local_strengths_are_sought_where_the_obstacle_stands_and_nowhere_else() -> None:
    houses: tuple[Partner, ...] = (partner("far", "community_mediation", "faith_leadership", countries=("ZZ",)), partner("near", "community_mediation"))
    (call,) = calls(weekly(STRIKE, BEFORE + told(TRUST, every(2, 60, 90), 200), houses, 90))
    assert {s: m.partner_id for m in call.members for s in m.covers} == {"community mediation": "near"}
    assert "religious leaders" in call.uncovered_strengths


obstacles = st.sampled_from([o for o in Obstacle if o is not Obstacle.NONE])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), obstacles, st.floats(0.3, 1)), max_size=30), st.randoms())
def test_order_of_the_input_does_not_matter_and_every_id_exists(rows: list[tuple[float, Obstacle, float]], shuffler: random.Random) -> None:
    history = [witness(n, when, said(kind, weight)) for n, (when, kind, weight) in enumerate(rows)]
    issued = advise(STRIKE, history, HOUSES, alike, day(100), ())
    mixed = list(history)
    shuffler.shuffle(mixed)
    assert advise(STRIKE, mixed, HOUSES, alike, day(100), ()) == issued
    assert issued
    known = {t.report_id for t in history}
    for suggestion in issued:
        assert {*suggestion.evidence, *suggestion.against} <= known
        assert 0.05 <= suggestion.probability <= 0.95
        assert suggestion.kind not in CALLS or (suggestion.origins >= 3 and suggestion.source_kinds >= 2)
