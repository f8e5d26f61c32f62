"""Scoring what a replay told against what is known of a scenario."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.shifts import SCENARIOS, Score, main, score, summary

TRUTH: dict[str, Any] = {
    "scenario": "made up",
    "period": ["2031-01-01", "2031-12-31"],
    "shifts": [{"id": "A", "obstacle_after": ["legal"], "callable_from": "2031-04-01", "late_after": "2031-06-01"}],
    "secondary": [{"obstacle_after": ["funding"], "from": "2031-02-01", "to": "2031-02-20"}],
}
IDEAL = {"shifts": {"A": {"required_strengths": ["law", "press"], "wrong_region": ["P9"], "wrong_legal_specialism": ["P8"]}}}
PARTNERS = {"partners": [{"id": "P1", "strengths": ["law"]}, {"id": "P9", "strengths": ["press"]}]}


def told(on: str, after: str = "legal", kind: str = "new_coalition") -> dict[str, Any]:
    return {"issued_on": on, "kind": kind, "obstacle_after": [after], "members": ["P1", "P9"]}


def scored(*suggestions: dict[str, Any]) -> Score:
    return score(TRUTH, {"suggestions": list(suggestions)}, IDEAL, PARTNERS)


@pytest.mark.parametrize(
    ("on", "outcome"), [("2031-04-01", "in time"), ("2031-06-01", "in time"), ("2031-06-02", "late"), ("2031-06-22", "late"), ("2031-06-23", "missed")]
)
def test_a_shift_is_in_time_late_or_missed(on: str, outcome: str) -> None:
    assert [shift.outcome for shift in scored(told(on)).shifts] == [outcome]


def test_the_first_call_counts_and_its_team_is_looked_at() -> None:
    (shift,) = scored(told("2031-05-02"), told("2031-04-20", kind="pivot")).shifts
    assert (shift.on, shift.covered, shift.wrong) == ("2031-04-20", 1.0, ("P9",))


def test_a_call_before_its_time_or_of_another_kind_is_a_false_alarm_and_misses_the_shift() -> None:
    found = scored(told("2031-03-31"), told("2031-05-02", after="capacity"))
    assert found.false_alarms == ("2031-03-31 legal", "2031-05-02 capacity")
    assert found.shifts[0].outcome == "missed"


def test_the_same_false_alarm_counts_once_in_28_days() -> None:
    assert len(scored(told("2031-07-01", "capacity"), told("2031-07-28", "capacity"), told("2031-07-29", "capacity")).false_alarms) == 2


def test_a_turn_that_could_be_seen_as_well_is_neither_credited_nor_blamed() -> None:
    assert scored(told("2031-02-20", "funding")).false_alarms == ()
    assert scored(told("2031-02-21", "funding")).false_alarms == ("2031-02-21 funding",)


def test_what_is_watched_expanded_or_wound_down_calls_nothing() -> None:
    found = scored(told("2031-05-01", kind="watch"), told("2031-05-01", kind="expand"), told("2031-05-03", kind="wind_down"))
    assert (found.shifts[0].outcome, found.false_alarms, found.watches, found.wound_down) == ("missed", (), 1, "2031-05-03")


def test_a_shift_named_in_a_neutral_window_before_it_counts_is_missed_and_the_early_name_is_told() -> None:
    truth = {**TRUTH, "secondary": [{"obstacle_after": ["legal"], "from": "2031-03-01", "to": "2031-03-31"}]}
    found = score(truth, {"suggestions": [told("2031-03-20")]})
    assert (found.shifts[0].outcome, found.shifts[0].early, found.false_alarms) == ("missed", "2031-03-20", ())
    assert summary([found])["of the missed named early"] == 1


def test_scenarios_are_added_up() -> None:
    assert summary([scored(told("2031-05-01")), scored(told("2031-01-09"))]) == {
        "shifts": 2,
        "in time": 1,
        "late": 0,
        "missed": 1,
        "of the missed named early": 0,
        "false alarms a year": 0.5,
        "wrong people": 1,
    }
    assert summary([])["false alarms a year"] == 0.0


def test_kept_replays_are_scored_without_playing_them_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for truth in SCENARIOS.glob("*/truth.json"):
        (tmp_path / f"{truth.parent.name}.json").write_text(json.dumps({"suggestions": []}), encoding="utf-8")
    main(["--told", str(tmp_path)])
    assert "polio_northern_nigeria_2003" in capsys.readouterr().out
    main([str(SCENARIOS), "--told", str(tmp_path), "--json"])
    whole = json.loads(capsys.readouterr().out)["all"]
    assert whole["shifts"] == whole["missed"] >= 8


@pytest.mark.parametrize("folder", sorted(path.parent for path in SCENARIOS.glob("*/truth.json")), ids=lambda path: path.name)
def test_each_scenario_hangs_together(folder: Path) -> None:
    truth, partners, objective = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("truth", "partners", "objective"))
    reports = [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert truth["scenario"] == folder.name
    assert len({report["id"] for report in reports}) == len(reports) >= 35
    assert {*objective["coalition"]["members"]} <= {partner["id"] for partner in partners["partners"]}
    assert all(shift["callable_from"] < shift["late_after"] for shift in truth["shifts"])
    assert all(truth["period"][0] <= report["at"] <= truth["period"][1] for report in reports)
