"""How values are printed, and how progress is."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import typer

from cli import progress as progress_module
from cli import tell
from cli.exits import Exit
from cli.progress import progress
from cli.run import tell_summary
from store.records import TLP


@dataclass
class Summary:
    stages: dict[str, dict[str, object]]
    brief: dict[str, str]
    snapshot: str
    degraded: tuple[str, ...]


SUMMARY = Summary(stages={"intake": {"drained": 3, "taken": {}, "done": True}}, brief={"html": "b.html"}, snapshot="s.duckdb", degraded=("no encoder",))


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    yield


def test_a_summary_is_data_and_what_is_missing_is_talk(capsys: pytest.CaptureFixture[str]) -> None:
    tell_summary(SUMMARY, json=False)
    said = capsys.readouterr()
    assert said.out.splitlines() == ["intake: 3 drained", "brief (html): b.html", "snapshot: s.duckdb"]
    assert said.err == "degraded: no encoder\n"
    tell_summary(SUMMARY, json=True)
    assert json.loads(capsys.readouterr().out)["degraded"] == ["no encoder"]


def test_json_knows_what_the_stores_hold(capsys: pytest.CaptureFixture[str]) -> None:
    when = datetime(2026, 11, 1, tzinfo=UTC)
    tell.as_json({"at": when, "day": date(2026, 11, 1), "mark": TLP.RED, "bytes": b"\xff", "path": Path("x"), "set": {1}, "record": SUMMARY})
    found = json.loads(capsys.readouterr().out)
    assert (found["at"], found["day"], found["mark"], found["path"], found["set"]) == ("2026-11-01T00:00:00+00:00", "2026-11-01", "red", "x", [1])
    assert found["record"]["snapshot"] == "s.duckdb"


def test_a_text_that_looks_like_a_formula_is_defused_and_numbers_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    tell.as_csv(("a", "b", "c"), [("=SUM(A1)", -5, " +1"), ("plain", 1.5, datetime(2026, 11, 1, tzinfo=UTC))])
    assert capsys.readouterr().out.splitlines() == ["a,b,c", "'=SUM(A1),-5,' +1", "plain,1.5,2026-11-01T00:00:00+00:00"]


def test_a_cell_stays_on_its_line_and_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    tell.as_table(("a",), [("one\n\ttwo \x1b[31mred",), (None,)])
    assert capsys.readouterr().out.splitlines() == ["a", "one  two  [31mred", ""]


def test_on_a_terminal_a_table_is_drawn(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with terminal(monkeypatch):
        tell.as_table(("name",), [("[bold]x[/bold]",)])
    assert "[bold]x[/bold]" in capsys.readouterr().out


def test_progress_is_a_line_a_stage_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        for done in range(3):
            report("read", done, 2)
        report("visit", 1, 0)
    assert capsys.readouterr().err.splitlines() == ["read ...", "read: 2 done", "visit ..."]


def test_progress_is_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with terminal(monkeypatch), progress_module.progress() as report:
        report("read", 1, 2)
        report("read", 2, 2)
        report("visit", 1, 0)
    said = capsys.readouterr()
    assert (said.out, "read" in said.err) == ("", True)


def test_failing_says_one_line_and_gives_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        tell.fail("no", Exit.NOT_FOUND)
    assert (ended.value.exit_code, capsys.readouterr().err) == (6, "no\n")


def test_an_id_stays_whole_on_a_narrow_terminal_because_it_is_copied(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    with terminal(monkeypatch):
        tell.as_table(("id", "title", "first_at"), [("s0ed18484308db43", "A long title of a situation " * 4, datetime(2026, 11, 1, tzinfo=UTC))])
    said = capsys.readouterr().out
    assert "s0ed18484308db43" in said
    assert "…" not in said
