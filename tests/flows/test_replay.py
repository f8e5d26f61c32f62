"""A history played day by day: what would have been said, and nothing that anybody could not have known."""

from pathlib import Path
from typing import Any

import pytest

from flows.replay import play, replay
from flows.settings import Settings
from flows.wiring import quiet
from store.errors import ConfigError
from tests.flows.conftest import kit_in
from tests.flows.strike import ROWS, scenario


def played(tmp_path: Path, rows: int) -> dict[str, Any]:
    folder = scenario(tmp_path / f"strike-{rows}", ROWS[:rows])
    with kit_in(Settings(home=tmp_path / f"home-{rows}")) as kit:
        return play(kit, folder, quiet)


def test_a_new_kind_of_obstacle_is_told_with_the_ids_of_the_scenario(tmp_path: Path) -> None:
    said = played(tmp_path, 6)
    assert said["suggestions"]
    (hint,) = said["suggestions"]
    assert (hint["kind"], hint["obstacle_before"], hint["obstacle_after"]) == ("watch", ["capacity"], ["legal"])
    assert "legal expertise" in hint["required_strengths"]
    assert (hint["evidence"], hint["issued_on"]) == (["k3"], "2031-04-20")
    assert {row["id"] for row in said["obstacles"]} == {row["id"] for row in ROWS}
    assert all(row["kind"] != "hold" for row in said["suggestions"])


@pytest.mark.parametrize("rows", [1, 3, 4, 5])
def test_the_replay_of_a_prefix_says_what_the_whole_replay_had_said_by_then(tmp_path: Path, rows: int) -> None:
    whole, part = played(tmp_path, 6), played(tmp_path, rows)
    until = ROWS[rows - 1]["at"]
    assert part["suggestions"] == [row for row in whole["suggestions"] if row["issued_on"] <= until]
    keys = {row["id"] for row in ROWS[:rows]}
    assert sorted(part["obstacles"], key=str) == sorted((row for row in whole["obstacles"] if row["id"] in keys), key=str)


@pytest.mark.parametrize("name", ["objective.json", "partners.json", "reports.jsonl"])
def test_a_missing_file_is_named(tmp_path: Path, settings: Settings, name: str) -> None:
    folder = scenario(tmp_path / "strike")
    (folder / name).unlink()
    with pytest.raises(ConfigError, match=name):
        replay(folder, settings)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{**ROWS[0], "at": ""}], "k1 has no date"),
        ([ROWS[0], "no object"], "reports.jsonl"),
        ([], "holds no reports"),
    ],
)
def test_a_scenario_that_cannot_be_played_says_why_and_leaves_nothing_behind(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, rows: list[object], told: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = scenario(tmp_path / "strike", rows)
    with pytest.raises(ConfigError, match=told):
        replay(folder, settings)
    assert list(tmp_path.glob("hivecast-replay-*")) == []
    assert not settings.home.exists()
