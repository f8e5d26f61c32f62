"""Statements, the probabilities held of them and their outcomes are only ever added; whoever edits them by SQL is found out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store.forecasts import MODEL, Kind, Odds, Outcome, Statement
from store.warehouse import Warehouse
from tests.store.samples import hours

ALWAYS = hours(10**6)


def statement(name: str, at: float = 0, days: int = 7) -> Statement:
    return Statement(
        id=name,
        kind=Kind.ORIGINS,
        subject="s1",
        issued_at=hours(at),
        deadline=hours(at) + timedelta(days=days),
        metric="independent origins",
        threshold=3,
        source="reports of situation s1",
        rule="True when at least 3 are counted.",
        text="At least 3 independent origins report.",
        evidence=("r1",),
    )


def odds(name: str, at: float = 0, probability: float = 0.3, by: str = MODEL) -> Odds:
    return Odds(statement_id=name, at=hours(at), by=by, probability=probability)


def filled() -> Warehouse:
    house = Warehouse(None)
    house.append_statements([statement("a"), statement("b", 2)])
    house.append_statements([statement("c", 3)])
    house.append_odds([odds("a"), odds("a", 5, 0.123456789), odds("b", 2, 0.5, "coordinator")])
    house.append_outcomes(
        [Outcome(statement_id="a", resolved_at=hours(168), observed=4, came_true=True), Outcome(statement_id="b", resolved_at=hours(170), reason="gone")]
    )
    return house


def test_rows_come_back_as_they_were_added_and_a_second_time_changes_nothing() -> None:
    house = filled()
    before = house.seals()
    house.append_statements([replace(statement("a"), threshold=9)])
    house.append_odds([odds("a", probability=0.9)])
    house.append_outcomes([Outcome(statement_id="a", resolved_at=hours(1), observed=0, came_true=False)])
    assert house.seals() == before
    assert house.statements(hours(2)) == (statement("a"), statement("b", 2))
    assert house.odds(hours(2)) == (odds("a"), odds("b", 2, 0.5, "coordinator"))
    assert [one.came_true for one in house.outcomes(ALWAYS)] == [True, None]
    assert house.unsettled(ALWAYS) == (statement("c", 3),)
    assert house.unsettled(hours(2)) == ()
    assert house.broken_seals() == ()


@pytest.mark.parametrize(
    ("edit", "broken"),
    [
        ("UPDATE odds SET probability = 0.9 WHERE number = 2", "odds 2 (a)"),
        ("UPDATE odds SET probability = 9 WHERE number = 2", "odds 2 (a)"),
        ("UPDATE odds SET held_at = held_at - INTERVAL 1 DAY WHERE number = 3", "odds 3 (b)"),
        ("UPDATE odds SET held_by = 'model' WHERE number = 3", "odds 3 (b)"),
        ("DELETE FROM odds WHERE number = 1", "odds 2 (a)"),
        ("UPDATE statements SET threshold = 1 WHERE id = 'b'", "statements 2 (b)"),
        ("UPDATE statements SET rule = 'as you like' WHERE id = 'c'", "statements 3 (c)"),
        ("UPDATE statements SET text = '' WHERE id = 'c'", "statements 3 (c)"),
        ("UPDATE outcomes SET came_true = false WHERE statement_id = 'a'", "outcomes 1 (a)"),
        ("UPDATE outcomes SET came_true = true, observed = 3, reason = '' WHERE statement_id = 'b'", "outcomes 2 (b)"),
        ("INSERT INTO outcomes VALUES (3, 'c', now(), 1, true, '', 'x', 'y')", "outcomes 3 (c)"),
    ],
)
def test_whoever_edits_a_row_by_sql_is_found_out(edit: str, broken: str) -> None:
    house = filled()
    house._do(edit)
    assert house.broken_seals() == (broken,)


def test_a_chain_cut_off_at_its_end_no_longer_bears_a_seal_kept_elsewhere() -> None:
    house = filled()
    kept = house.seals()
    assert all(house.bears_seal(table, *seal) for table, seal in kept.items())
    house._do("DELETE FROM odds WHERE number = 3")
    assert house.broken_seals() == ()
    assert not house.bears_seal("odds", *kept["odds"])
    assert house.bears_seal("odds", 0, "")
    assert not house.bears_seal("reports", 1, "")


def test_no_method_changes_or_removes_a_row() -> None:
    shown = {name for name in dir(Warehouse) if not name.startswith("_") and any(word in name for word in ("statement", "odds", "outcome"))}
    assert shown == {"append_statements", "append_odds", "append_outcomes", "statements", "odds", "outcomes"}


@pytest.mark.parametrize("part", ["subject", "metric", "source", "rule", "text"])
def test_no_rule_no_statement(part: str) -> None:
    with pytest.raises(ValueError, match=f"needs its {part} before it is published"):
        replace(statement("a"), **{part: " "})  # type: ignore[arg-type]


def test_a_statement_needs_time_and_a_probability_lies_between_0_and_1() -> None:
    with pytest.raises(ValueError, match="cannot fall due"):
        statement("a", days=0)
    with pytest.raises(ValueError, match=r"lie in \[0, 1\]"):
        odds("a", probability=1.01)
