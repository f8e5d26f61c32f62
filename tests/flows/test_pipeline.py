"""One run of all five flows under Prefect, on a home with few reports and the real models."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.documents import import_objectives, import_partners
from flows.pipeline import RunSummary, prefect_server, run_once
from flows.replay import replay, submissions
from flows.settings import Settings
from flows.take import take
from flows.wiring import open_journal, open_snapshot, open_vault
from store.errors import WarehouseBusy
from tests.flows.strike import scenario
from tests.flows.test_intake import closed_port

EVENING = datetime(2031, 4, 24, 20, tzinfo=UTC)
HOLD = """
import fcntl, os, sys
file = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR)
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path, models_folder: Path) -> Settings:
    settings = Settings(home=tmp_path / "home", models=models_folder, prefect_port=closed_port(), busy_wait=0.0)
    folder = scenario(tmp_path / "strike")
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        import_objectives(folder / "objective.json", journal)
        import_partners(folder / "partners.json", journal)
        take(submissions(folder / "reports.jsonl"), journal, EVENING)
    return settings


@pytest.fixture
def holder(home: Settings) -> Iterator[None]:
    lock = home.warehouse_path.with_name(home.warehouse_path.name + ".lock")
    command = [sys.executable, "-c", textwrap.dedent(HOLD), str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield
        process.terminate()


def test_a_run_is_refused_while_another_process_holds_the_warehouse(home: Settings, holder: None) -> None:
    with pytest.raises(WarehouseBusy, match="another Hivecast process"):
        run_once(home, EVENING)
    assert not home.snapshot_path.exists()


def test_no_server_is_found_where_none_answers(home: Settings) -> None:
    assert prefect_server(home) == ""


@pytest.mark.slow
def test_a_run_does_all_five_and_a_second_one_only_what_is_new(home: Settings) -> None:
    steps: list[str] = []
    first = run_once(home, EVENING, lambda stage, done, total: steps.append(stage))
    assert list(first.stages) == ["intake", "understand", "foresee", "advise", "brief"]
    assert (first.stages["intake"]["drained"], first.stages["understand"]["read"]) == (6, 6)
    assert {"drain", "read", "group"} <= set(steps)
    assert first.degraded == ()
    assert all(Path(path).is_file() for path in first.brief.values())
    again: RunSummary = run_once(home, EVENING)
    assert (again.stages["intake"]["drained"], again.stages["understand"]["read"], again.stages["foresee"]["forecasts"]) == (0, 0, 0)
    assert again.as_of == EVENING
    _, rows = open_snapshot(home).query("SELECT count(*) FROM reports")
    assert rows == [(6,)]


@pytest.mark.slow
def test_a_replay_with_the_real_models_leaves_the_data_folder_alone(home: Settings, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.home.rglob("*")}
    said = replay(tmp_path / "strike", home)
    assert len(said["obstacles"]) == 6
    assert {path: path.stat().st_mtime_ns for path in home.home.rglob("*")} == before
