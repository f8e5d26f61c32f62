"""`forecasts` as it is typed: what was stated, how it did, and whether anybody changed it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from cli.exits import Exit
from flows.seals import keep_seals
from flows.settings import load_settings
from flows.wiring import make_home, now, open_journal, open_vault, open_warehouse
from store.forecasts import MODEL, Kind, Odds, Outcome
from store.snapshot import publish
from tests.cli.conftest import Hivecast
from tests.store.samples import hours
from tests.store.test_ledger_of_statements import statement

WEEK = timedelta(days=7)


@pytest.fixture
def ledger(home: Path) -> Path:
    """Thirty statements about places, twenty of them settled, one of these void."""
    settings = load_settings()
    make_home(settings)
    with open_vault(settings) as vault, open_journal(settings, vault) as journal, open_warehouse(settings) as warehouse:
        warehouse.append_statements([replace(statement(f"p{n:02}"), kind=Kind.PLACE, subject=f"gn:{n}") for n in range(30)])
        warehouse.append_odds([Odds(statement_id=f"p{n:02}", at=hours(0), by=MODEL, probability=0.1 + 0.8 * (n % 2)) for n in range(30)])
        warehouse.append_odds([Odds(statement_id="p29", at=hours(9), by="coordinator", probability=0.01)])
        settled = [Outcome(statement_id=f"p{n:02}", resolved_at=hours(200), observed=3 * (n % 2), came_true=n % 2 == 1) for n in range(19)]
        warehouse.append_outcomes([*settled, Outcome(statement_id="p19", resolved_at=hours(200), reason="void when gone")])
        keep_seals(warehouse, journal)
        publish(warehouse, settings.snapshot_path)
    return settings.warehouse_path


def test_open_statements_are_listed_with_their_chance_and_what_people_held_is_not(hivecast: Hivecast, ledger: Path) -> None:
    rows = json.loads(hivecast("forecasts", "list", "--json").out)
    assert [row["id"] for row in rows] == [f"p{n}" for n in range(20, 30)]
    assert rows[-1]["chance"] == 0.9
    every = json.loads(hivecast("forecasts", "list", "--all", "--json").out)
    assert [row["outcome"] for row in every].count("void") == 1
    assert [row["outcome"] for row in every].count("came true") == 9
    assert len(json.loads(hivecast("forecasts", "list", "--about", "gn:25", "--json").out)) == 1


def test_scores_are_told_and_drawn(hivecast: Hivecast, ledger: Path, tmp_path: Path) -> None:
    drawing = tmp_path / "reliability.svg"
    ran = hivecast("forecasts", "scores", "--svg", str(drawing))
    assert ran.code == 0
    assert "all\t19\t0.010\t0.960" in ran.out
    assert "very likely (80% to 95%): 9 said, 100% came true" in ran.err
    assert "10 open, 1 void." in ran.err
    assert drawing.read_text(encoding="utf-8").startswith("<svg")
    found = json.loads(hivecast("forecasts", "scores", "--json").out)
    assert (found["whole"]["count"], found["void"], list(found["by_kind"])) == (19, 1, ["place"])


def test_while_nothing_is_settled_scores_say_so(hivecast: Hivecast, home: Path) -> None:
    assert hivecast("forecasts", "scores").code == Exit.NOT_FOUND
    assert hivecast("forecasts", "check").code == Exit.NOT_FOUND
    settings = load_settings()
    make_home(settings)
    with open_warehouse(settings) as warehouse:
        publish(warehouse, settings.snapshot_path)
    ran = hivecast("forecasts", "scores")
    assert (ran.code, "Nothing is settled yet; 0 statements are open." in ran.err) == (Exit.NOT_FOUND, True)


def test_a_ledger_as_it_was_written_passes(hivecast: Hivecast, ledger: Path) -> None:
    ran = hivecast("forecasts", "check")
    assert (ran.code, ran.out.strip()) == (0, "every hash fits")


def test_a_statement_that_is_due_or_not_there_cannot_be_said_anything_of(hivecast: Hivecast, ledger: Path) -> None:
    assert hivecast("forecasts", "say", "nothing", "0.5").code == Exit.NOT_FOUND
    ran = hivecast("forecasts", "say", "p29", "0.5")
    assert (ran.code, "p29 fell due at" in ran.err) == (Exit.PROBLEM, True)
    assert hivecast("forecasts", "say", "p29", "1.5").code == Exit.USAGE


def test_a_coordinator_says_how_likely_a_statement_is_held(hivecast: Hivecast, ledger: Path) -> None:
    settings = load_settings()
    with open_warehouse(settings) as warehouse:
        warehouse.append_statements([replace(statement("open"), kind=Kind.PLACE, deadline=now() + WEEK)])
        publish(warehouse, settings.snapshot_path)
    ran = hivecast("forecasts", "say", "open", "0.7")
    assert (ran.code, ran.out.strip()) == (0, "open: 70%")


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ("UPDATE odds SET probability = 0.99 WHERE statement_id = 'p03'", "odds 4 (p03)"),
        ("UPDATE outcomes SET came_true = true WHERE statement_id = 'p00'", "outcomes 1 (p00)"),
        ("DELETE FROM odds WHERE number > 5", "the end of odds"),
        ("DELETE FROM outcomes", "the end of outcomes"),
    ],
)
def test_whoever_changes_the_ledger_by_sql_is_told_of_by_check_and_by_doctor(hivecast: Hivecast, ledger: Path, edit: str, told: str) -> None:
    with duckdb.connect(str(ledger)) as connection:
        connection.execute(edit)
    ran = hivecast("forecasts", "check")
    assert ran.code == Exit.PROBLEM
    assert f"changed after it was written: {told}" in ran.err
    assert "Restore warehouse.duckdb from a backup." in ran.err
