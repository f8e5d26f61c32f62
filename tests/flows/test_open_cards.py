"""What still lies on the coordinator's desk: decided cards leave it, cards put off come back, expired ones drop out."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from flows.advise import advise_on
from flows.decide import drain_decisions
from flows.documents import import_objectives, import_partners
from flows.intake import drain
from flows.kit import Kit
from flows.open_cards import Tray, decided_lately, standing_for, still_open, tray_of
from flows.replay import submissions
from flows.take import take
from flows.understand import understand
from store.cards import Card, Confidence
from store.opt_in import Decision, Verdict
from store.records import Advice, Objective, Obstacle, Sign, Suggestion
from tests.flows.strike import scenario
from tests.flows.test_advise import EVENING, suggestion

DAY = timedelta(days=1)
CALL = suggestion(Advice.NEW_COALITION, EVENING - 10 * DAY)
WATCH = suggestion(Advice.WATCH, EVENING - 12 * DAY)
HOLD = suggestion(Advice.HOLD, EVENING - 11 * DAY)


def decision(one: Suggestion, verdict: Verdict, days: float = -5, until: float | None = None) -> Decision:
    back = None if until is None else EVENING + until * DAY
    return Decision(id=f"v-{one.id}", at=EVENING + days * DAY, by="Desk", suggestion_id=one.id, verdict=verdict, until=back)


def tray(*decisions: Decision, **expires: float) -> Tray:
    cards = [Card(suggestion_id=CALL.id, confidence=Confidence.LOW, confidence_why="", expires_at=EVENING + days * DAY) for days in expires.values()]
    return Tray(cards={one.suggestion_id: one for one in cards}, held={one.suggestion_id: one for one in decisions})


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.REJECT, Verdict.DEFER])
def test_what_was_decided_is_not_to_be_decided_again_and_the_hint_before_it_stays_away(verdict: Verdict) -> None:
    assert still_open((WATCH, CALL), "wards", EVENING, tray(decision(CALL, verdict))) == ()
    assert still_open((WATCH, HOLD, CALL), "wards", EVENING, tray(decision(CALL, verdict))) == (HOLD,)
    assert still_open((WATCH, HOLD, CALL), "wards", EVENING, tray()) == (CALL,)


def test_an_expired_card_drops_out_and_one_that_lasts_longer_stays() -> None:
    assert still_open((CALL,), "wards", EVENING, tray(call=-1)) == ()
    assert still_open((CALL,), "wards", EVENING, tray(call=0)) == ()
    assert still_open((CALL,), "wards", EVENING, tray(call=1)) == (CALL,)
    assert still_open((CALL,), "wards", EVENING + 29 * DAY, tray(call=30)) == (CALL,)


def test_what_was_put_off_comes_back_on_its_day_and_stays_a_week_at_least() -> None:
    put_off = tray(decision(CALL, Verdict.DEFER, until=3), call=5)
    assert [still_open((CALL,), "wards", EVENING + days * DAY, put_off) for days in (2, 3, 9, 10)] == [(), (CALL,), (CALL,), ()]


def test_what_was_put_off_without_a_day_comes_back_when_its_card_expires() -> None:
    put_off = tray(decision(CALL, Verdict.DEFER), call=5)
    assert [still_open((CALL,), "wards", EVENING + days * DAY, put_off) for days in (4, 5, 11, 12)] == [(), (CALL,), (CALL,), ()]


def test_the_expansion_beside_a_pivot_is_told_once_the_pivot_is_decided() -> None:
    pivot, expand = replace(CALL, id="b", kind=Advice.PIVOT), replace(CALL, id="a", kind=Advice.EXPAND)
    earlier = suggestion(Advice.EXPAND, EVENING - 20 * DAY)
    assert still_open((earlier, expand, pivot), "wards", EVENING, tray()) == (pivot,)
    assert still_open((earlier, expand, pivot), "wards", EVENING, tray(decision(pivot, Verdict.ACCEPT))) == (expand,)
    both = tray(decision(pivot, Verdict.ACCEPT), decision(expand, Verdict.REJECT))
    assert still_open((earlier, expand, pivot), "wards", EVENING, both) == ()


def test_of_several_calls_of_one_moment_each_obstacle_has_its_own() -> None:
    other = suggestion(Advice.PIVOT, EVENING - 10 * DAY, Obstacle.FUNDING)
    assert still_open((CALL, other), "wards", EVENING, tray()) == (CALL, other)
    assert still_open((CALL, other), "wards", EVENING, tray(decision(CALL, Verdict.REJECT))) == (other,)


def test_a_card_that_expired_for_a_sign_that_was_due_has_lapsed_unless_it_was_decided() -> None:
    assert [tray(call=-1).lapsed(CALL, EVENING + days * DAY) for days in (-2, -1, 9)] == [False, True, True]
    assert not tray(call=18).lapsed(CALL, EVENING + 40 * DAY)
    assert not tray(decision(CALL, Verdict.DEFER), call=-1).lapsed(CALL, EVENING)


def test_decided_watches_go_and_others_stay() -> None:
    other = suggestion(Advice.WATCH, EVENING - 9 * DAY, Obstacle.FUNDING)
    assert still_open((WATCH, other), "wards", EVENING, tray(decision(WATCH, Verdict.REJECT))) == (other,)


def test_what_was_decided_lately_is_told_the_latest_first() -> None:
    first, second = decision(CALL, Verdict.ACCEPT, -5), decision(WATCH, Verdict.REJECT, -2)
    assert decided_lately((WATCH, CALL), tray(first, second), EVENING) == ((WATCH, second), (CALL, first))
    assert decided_lately((WATCH, CALL), tray(first), EVENING + 23 * DAY) == ()
    assert decided_lately((WATCH,), tray(first), EVENING) == ()


def test_decisions_count_from_when_they_were_said_until_they_were_taken_back(kit: Kit) -> None:
    kit.warehouse.append_suggestions([CALL])
    said = replace(decision(CALL, Verdict.ACCEPT, -5), undone_at=EVENING - 2 * DAY, undone_by="Desk")
    kit.warehouse.put_decisions([said])
    held = [bool(tray_of(kit, [CALL], EVENING + days * DAY).held) for days in (-6, -5, -3, -2)]
    assert held == [False, True, True, False]


def test_an_accepted_call_leaves_the_desk_and_a_hold_is_written_down_in_its_place(kit: Kit, objective: Objective) -> None:
    (made,) = [s for s in advise_on(kit, objective, EVENING) if s.kind is not Advice.HOLD][:1]
    assert kit.warehouse.cards([made.id])[0].suggestion_id == made.id
    assert standing_for(kit, objective, EVENING) == (made,)
    kit.journal.put_decision(Decision(id="v1", at=EVENING, by="Desk", suggestion_id=made.id, verdict=Verdict.ACCEPT))
    drain_decisions(kit)
    later = EVENING + DAY
    assert standing_for(kit, objective, later) == ()
    assert [s.kind for s in advise_on(kit, objective, later)] == [Advice.HOLD]
    assert [s.kind for s in standing_for(kit, objective, later)] == [Advice.HOLD]
    assert advise_on(kit, objective, later + DAY) == ()


def test_advice_that_lapsed_for_a_sign_is_given_again_while_reports_still_bear_it(kit: Kit, objective: Objective) -> None:
    sign = Sign(statement="A ruling", by=(EVENING + 8 * DAY).date())
    awaited = replace(objective, conditions=tuple(replace(one, signs=(sign,)) for one in objective.conditions))
    (made,) = advise_on(kit, awaited, EVENING)
    assert made.kind is not Advice.HOLD
    assert kit.warehouse.cards([made.id])[0].expires_at.date() == sign.by
    assert [s.kind for s in standing_for(kit, awaited, EVENING + 8 * DAY)] == [made.kind]
    assert advise_on(kit, awaited, EVENING + 8 * DAY) == ()
    again = advise_on(kit, awaited, EVENING + 9 * DAY)
    assert [(s.kind, s.obstacle_after) for s in again] == [(made.kind, made.obstacle_after)]
    assert standing_for(kit, awaited, EVENING + 9 * DAY) == again


@pytest.fixture
def objective(kit: Kit, tmp_path: Path) -> Objective:
    folder = scenario(tmp_path / "strike")
    import_objectives(folder / "objective.json", kit.journal)
    import_partners(folder / "partners.json", kit.journal)
    take(submissions(folder / "reports.jsonl"), kit.journal, EVENING)
    drain(kit)
    understand(kit, EVENING)
    return kit.warehouse.objectives()[0]
