"""The ledger of statements over a small history: stated once, worked out again, settled by itself, void by rule."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.brief import gather
from flows.kit import Kit
from flows.lookout import look
from flows.replay import play, replay
from flows.scores import scored_until
from flows.settings import Settings
from flows.state import publish, settle, state
from flows.understand import understand
from flows.wiring import quiet
from store.forecasts import COUNTED, MODEL, RAW, Kind, Odds, Outcome
from store.records import Condition, MixWeek, Objective, Obstacle, Standing, Weighed
from tests.flows.conftest import kit_in
from tests.flows.strike import ROWS, scenario
from tests.flows.test_foresee import lived
from tests.flows.test_understand import CHOLERA, DAY, heard, said

FROM_BANGUI = (
    "The market was closed all day in Bangui because of heavy rain.",
    "Teachers have not been paid since January in Bangui.",
    "Forty passengers and some goats came by ferry to Bangui this morning.",
    "Women who fetch water say that two wells have run dry in Bangui.",
)
EVENING = DAY + timedelta(hours=20)


@pytest.fixture
def lives(kit: Kit) -> Kit:
    lived(kit)
    heard(kit, *[said(10 + n, text, f"v{n}", 5 + n) for n, text in enumerate(FROM_BANGUI)])
    understand(kit, EVENING)
    return kit


def test_what_an_open_statement_states_is_not_stated_again(lives: Kit) -> None:
    first = state(lives, EVENING)
    assert first.issued > 0
    assert state(lives, EVENING + timedelta(hours=1)).issued == 0
    kinds = {one.kind for one in lives.warehouse.statements(EVENING)}
    assert {Kind.REPORTS, Kind.ORIGINS, Kind.ESCALATION, Kind.PLACE} <= kinds
    by = {one.by for one in lives.warehouse.odds(EVENING)}
    assert by == {MODEL, RAW}


def test_a_brief_of_a_past_day_counts_as_open_what_was_settled_only_later(lives: Kit) -> None:
    issued = state(lives, EVENING).issued
    assert gather(lives, EVENING).record.open == issued
    due = EVENING + timedelta(days=7)
    understand(lives, due)
    assert state(lives, due).settled > 0
    assert gather(lives, EVENING).record.open == issued
    now = gather(lives, due)
    assert now.record.open + now.record.void + now.record.settled == len(lives.warehouse.statements(due))


def test_statements_settle_by_what_was_said_in_their_window(lives: Kit) -> None:
    state(lives, EVENING)
    due = EVENING + timedelta(days=7)
    understand(lives, due)
    again = state(lives, due)
    assert again.settled > 0
    assert again.void == 0
    by_id = {one.id: one for one in lives.warehouse.statements(due)}
    for outcome in lives.warehouse.outcomes(due):
        statement = by_id[outcome.statement_id]
        assert outcome.came_true == (outcome.observed is not None and outcome.observed >= statement.threshold)
    counts = [outcome.observed for outcome in lives.warehouse.outcomes(due) if by_id[outcome.statement_id].kind is Kind.REPORTS]
    assert sum(count or 0 for count in counts) == 1
    assert {one.days for one in scored_until(lives.warehouse, due)} == {7}
    assert lives.warehouse.broken_seals() == ()


def test_chances_of_open_counts_are_worked_out_again_as_the_deadline_nears_and_the_first_stay(lives: Kit) -> None:
    state(lives, EVENING)
    before = lives.warehouse.odds(EVENING)
    late = EVENING + timedelta(days=6, hours=1)
    assert state(lives, late).updated > 0
    after = lives.warehouse.odds(late)
    assert after[: len(before)] == before
    fresh = [one for one in after[len(before) :] if one.at == late and one.by == MODEL]
    assert fresh
    assert all(0 <= one.probability <= 1 for one in fresh)


def test_a_statement_on_a_situation_that_is_gone_is_void_by_its_rule(lives: Kit) -> None:
    drafts = publish(lives, look(lives, EVENING), EVENING)
    one = next(draft.statement for draft in drafts if draft.statement.kind is Kind.REPORTS)
    lives.warehouse.append_statements([replace(one, id="gone", subject="nobody", evidence=())])
    outcome = {o.statement_id: o for o in settle(lives, one.deadline)}["gone"]
    assert (outcome.came_true, outcome.observed) == (None, None)
    assert outcome.reason == "void when no situation holds its reports any more."


def test_a_place_that_nobody_names_any_more_counts_zero(lives: Kit) -> None:
    drafts = publish(lives, look(lives, EVENING), EVENING)
    one = next(draft.statement for draft in drafts if draft.statement.kind is Kind.PLACE)
    lives.warehouse.append_statements([replace(one, id="far", subject="gn:99")])
    assert {o.statement_id: o.observed for o in settle(lives, one.deadline)}["far"] == 0


def weighed(at: datetime, standing: Standing, log_odds: float) -> Weighed:
    return Weighed(
        objective_id="o1",
        condition_id="c1",
        as_of=at,
        standing=standing,
        log_odds=log_odds,
        low=log_odds - 1,
        high=log_odds + 1,
        probability=0.5,
        origins_for=1,
        origins_against=1,
        opposes=("r1",),
        since=at,
    )


def mixed(week: int, **weights: float) -> MixWeek:
    start = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(weeks=week)
    return MixWeek(objective_id="o1", week=start, weights=tuple((Obstacle(name), weight) for name, weight in weights.items()), origins=3)


def theory(kit: Kit, failing: bool) -> datetime:
    """Eight weeks in which a condition stands as it does and law leads before money."""
    kit.warehouse.put_objectives([Objective(id="o1", statement="Aid arrives.", conditions=(Condition(id="c1", statement="Roads are open."),))])
    kit.warehouse.put_mix([mixed(week, legal=3.0, funding=2.0) for week in range(8)])
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for week in range(8):
        at = now - timedelta(weeks=week)
        kit.warehouse.put_standings([weighed(at, Standing.FAILING if failing else Standing.HOLDING, -2.0 if failing else 2.0)], open_=True)
    return now


@pytest.mark.parametrize("failing", [True, False])
def test_conditions_and_obstacles_are_stated_and_settled(kit: Kit, failing: bool) -> None:
    now = theory(kit, failing)
    drafts = {(draft.statement.kind, draft.statement.detail): draft for draft in publish(kit, look(kit, now), now)}
    condition, legal, money = drafts[Kind.CONDITION, "c1"], drafts[Kind.OBSTACLE, "legal"], drafts[Kind.OBSTACLE, "funding"]
    assert condition.statement.text == "The condition “Roads are open.” is failing on 15 March 2026."
    assert (condition.probability > 0.5) == failing
    assert legal.statement.text == "The leading obstacle is “legal” on 15 March 2026."
    assert legal.probability > 0.8
    assert money.probability < 0.3
    due = now + timedelta(days=14)
    kit.warehouse.put_standings([weighed(due - timedelta(days=1), Standing.FAILING, -2.0)], open_=True)
    kit.warehouse.put_mix([mixed(8, funding=9.0), mixed(9, funding=9.0)])
    came = {o.statement_id: o.came_true for o in settle(kit, due)}
    assert [came[one.statement.id] for one in (condition, legal, money)] == [True, False, True]


def test_conditions_not_weighed_since_and_obstacles_not_named_for_long_are_void(kit: Kit) -> None:
    now = theory(kit, failing=True)
    drafts = publish(kit, look(kit, now), now)
    late = [replace(draft.statement, id=f"late {draft.statement.id}", deadline=now + timedelta(days=60)) for draft in drafts]
    kit.warehouse.append_statements(late)
    outcomes = {o.statement_id: o for o in settle(kit, now + timedelta(days=60))}
    assert {outcomes[one.id].came_true for one in late} == {None}
    assert all(outcomes[one.id].reason.startswith("void when") for one in late)


def test_a_replay_tells_every_statement_with_its_odds_and_outcome_and_never_looks_ahead(tmp_path: Path) -> None:
    def played(rows: int) -> list[dict[str, object]]:
        with kit_in(Settings(home=tmp_path / f"home-{rows}")) as kit:
            found: list[dict[str, object]] = play(kit, scenario(tmp_path / f"strike-{rows}", ROWS[:rows]), quiet, stating=True)["statements"]
            return found

    whole, part = played(6), played(4)
    assert whole
    assert any(row["outcome"] for row in whole)
    until = ROWS[3]["at"]
    known = {row["id"]: row for row in whole if str(row["issued_at"])[:10] <= until}
    assert {row["id"] for row in part} == set(known)
    assert all(row["text"] == known[row["id"]]["text"] for row in part)
    assert all(row["rule"] and row["source"] and row["metric"] for row in whole)


def test_recalibration_begins_once_enough_of_a_sort_are_settled(lives: Kit) -> None:
    drafts = publish(lives, look(lives, EVENING), EVENING)
    one = next(draft.statement for draft in drafts if draft.statement.kind in COUNTED)
    many = [replace(one, id=f"m{number}", issued_at=EVENING - timedelta(days=9), deadline=EVENING - timedelta(days=2)) for number in range(150)]
    lives.warehouse.append_statements(many)
    lives.warehouse.append_odds([Odds(statement_id=each.id, at=each.issued_at, by=RAW, probability=0.7) for each in many])
    lives.warehouse.append_outcomes([Outcome(statement_id=each.id, resolved_at=EVENING, observed=0, came_true=False) for each in many])
    later = EVENING + timedelta(days=20)
    heard(lives, said(90, f"{CHOLERA} Again, in the north.", "z", 480))
    understand(lives, later)
    state(lives, later)
    held = {(o.statement_id, o.by): o.probability for o in lives.warehouse.odds(later) if o.at == later}
    pairs = [(held[id_, RAW], held[id_, MODEL]) for id_, by in held if by == RAW]
    assert pairs
    assert all(put_right < raw for raw, put_right in pairs if 0.2 < raw < 0.95)


def test_replaying_into_a_file_writes_one_statement_a_line(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.replay.opened", kit_in)  # the same kit, its models small
    out = tmp_path / "statements.jsonl"
    said_ = replay(scenario(tmp_path / "strike"), settings, quiet, out)
    assert "statements" not in said_
    assert len(out.read_text(encoding="utf-8").splitlines()) > 0
