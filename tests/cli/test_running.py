"""Commands that work: replay, doctor, and what a run says when it cannot start."""

import json
from pathlib import Path

import pytest

from cli.exits import Exit
from flows.demo import free_port
from flows.settings import load_settings
from flows.wiring import open_warehouse
from tests.cli.conftest import Hivecast
from tests.flows.strike import ROWS, scenario


@pytest.fixture
def real(home: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in (("MODELS", models_folder), ("PREFECT_PORT", free_port()), ("PORT", free_port()), ("BUSY_WAIT", 0)):
        monkeypatch.setenv(f"HIVECAST_{name}", str(value))
    return home


@pytest.mark.slow
def test_replay_writes_what_would_have_been_said(hivecast: Hivecast, real: Path, tmp_path: Path) -> None:
    out = tmp_path / "said.json"
    ran = hivecast("replay", str(scenario(tmp_path / "strike")), "--out", str(out))
    assert (ran.code, ran.out.strip()) == (Exit.OK, str(out))
    assert {row["id"] for row in json.loads(out.read_text(encoding="utf-8"))["obstacles"]} == {row["id"] for row in ROWS}
    assert f"replay: {len(ROWS)} done" in ran.err


@pytest.mark.slow
def test_a_run_tells_its_counts_and_where_the_brief_is(hivecast: Hivecast, real: Path, tmp_path: Path) -> None:
    hivecast("ingest", str(scenario(tmp_path / "strike") / "reports.jsonl"), "--format", "hivecast")
    ran = hivecast("run", "--as-of", "2026-11-01")
    assert ran.code == Exit.OK
    assert "intake: 6 drained" in ran.out
    assert hivecast("brief").out.strip().endswith("latest.html")
    assert json.loads(hivecast("sql", "select count(*) as n from briefs", "--json").out) == [{"n": 1}]


@pytest.mark.slow
def test_a_run_without_all_models_is_done_and_says_so(hivecast: Hivecast, real: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIVECAST_PIPELINES", '{"en": "no_such_pipeline"}')
    ran = hivecast("run")
    assert ran.code == Exit.DEGRADED
    assert "degraded: No names in 'en'" in ran.err


def test_a_run_beside_another_has_its_own_exit_code(hivecast: Hivecast, real: Path) -> None:
    with open_warehouse(load_settings()):
        ran = hivecast("run")
    assert (ran.code, ran.out) == (Exit.STORAGE, "")
    assert "wait for it to end" in ran.err


def test_replay_of_a_folder_that_is_no_scenario_names_what_is_missing(hivecast: Hivecast, real: Path, tmp_path: Path) -> None:
    ran = hivecast("replay", str(tmp_path), "--out", str(tmp_path / "said.json"))
    assert (ran.code, ran.out) == (Exit.CONFIG, "")
    assert "objective.json" in ran.err
    assert not (tmp_path / "said.json").exists()


@pytest.mark.slow
def test_doctor_tells_findings_with_their_remedies(hivecast: Hivecast, real: Path) -> None:
    ran = hivecast("doctor")
    assert ran.code == Exit.PROBLEM
    assert "hivecast init" in ran.out
    found = json.loads(hivecast("doctor", "--json").out)
    assert found["ok"] is False
    assert {one["name"]: one["ok"] for one in found["checks"]}["models"] is True
