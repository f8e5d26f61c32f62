"""Scenario folders -> a table: shifts called in time, late and missed, false alarms a year, wrong people in the team.

python -m benchmarks.shifts [FOLDER ...] [--told FOLDER] [--json]

Each FOLDER holds scenarios (default: benchmarks/data/scenarios; its README.md says which were written after the last tuning). Every scenario is played
through the real stages as `hivecast replay` does it, a few minutes each; with --told, what a replay told is read from or kept in FOLDER/NAME.json.

A shift is called by the first pivot or new coalition that shares an obstacle with it, issued from `callable_from` on: in time up to `late_after`, late
within 21 days more, else missed. Any other call is a false alarm, one in 28 days for the same obstacles, unless it falls in one of the scenario's
`secondary` windows: turns that a reader could see in the texts as well, neither credited nor blamed. What is only watched or expanded calls nothing.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flows.replay import replay
from flows.settings import load_settings
from store.records import Advice

SCENARIOS = Path(__file__).parent / "data" / "scenarios"
CALLS = (Advice.PIVOT, Advice.NEW_COALITION)
LATE = timedelta(days=21)
AGAIN = timedelta(days=28)
IN_TIME, TOO_LATE, MISSED = "in time", "late", "missed"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What became of one known shift; `early` the first call for its obstacles in a neutral window before it counts, whatever the outcome."""

    id: str
    outcome: str
    on: str = ""
    early: str = ""
    covered: float | None = None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one scenario was told; `wound_down` the first wind-down."""

    scenario: str
    years: float
    shifts: tuple[Called, ...]
    false_alarms: tuple[str, ...]
    watches: int
    wound_down: str = ""


def score(truth: Row, told: Row, ideal: Row | None = None, partners: Row | None = None) -> Score:
    """Score what a replay told against what is known."""
    made = sorted(told["suggestions"], key=lambda row: row["issued_on"])
    calls = [row for row in made if row["kind"] in CALLS]
    strengths = {p["id"]: set(p["strengths"]) for p in (partners or {}).get("partners", [])}
    wanted = (ideal or {}).get("shifts", {})
    period = [date.fromisoformat(day) for day in truth["period"]]
    return Score(
        scenario=truth["scenario"],
        years=round((period[1] - period[0]).days / 365.25, 3),
        shifts=tuple(replace(called(shift, calls, wanted.get(shift["id"], {}), strengths), early=early(shift, truth, calls)) for shift in truth["shifts"]),
        false_alarms=tuple(false_alarms(truth, calls)),
        watches=sum(row["kind"] == Advice.WATCH for row in made),
        wound_down=next((row["issued_on"] for row in made if row["kind"] == Advice.WIND_DOWN), ""),
    )


def called(shift: Row, calls: Sequence[Row], ideal: Row, strengths: Mapping[str, set[str]]) -> Called:
    """Find the first call of a shift and say whether it came in time, and whom it named."""
    hit = next((row for row in calls if meets(shift, row)), None)
    last = date.fromisoformat(shift["late_after"])
    if hit is None or date.fromisoformat(hit["issued_on"]) > last + LATE:
        return Called(id=shift["id"], outcome=MISSED)
    outcome = IN_TIME if date.fromisoformat(hit["issued_on"]) <= last else TOO_LATE
    needed, members = set(ideal.get("required_strengths", [])), set(hit["members"])
    have = set().union(*(strengths.get(member, set()) for member in members))
    misfits = {*ideal.get("wrong_legal_specialism", []), *ideal.get("wrong_region", [])}
    covered = round(len(have & needed) / len(needed), 2) if needed else None
    return Called(id=shift["id"], outcome=outcome, on=hit["issued_on"], covered=covered, wrong=tuple(sorted(members & misfits)))


def meets(shift: Row, call: Row) -> bool:
    """Say whether a call shares an obstacle with a shift and comes when it can be called or after."""
    return bool({*shift["obstacle_after"]} & {*call["obstacle_after"]}) and call["issued_on"] >= shift["callable_from"]


def early(shift: Row, truth: Row, calls: Sequence[Row]) -> str:
    """Date the first call of a shift's obstacles in a neutral window before the shift counts."""
    before = [row for row in calls if row["issued_on"] < shift["callable_from"] and {*shift["obstacle_after"]} & {*row["obstacle_after"]}]
    return next((row["issued_on"] for row in before if any(within(window, row) for window in truth.get("secondary", []))), "")


def false_alarms(truth: Row, calls: Sequence[Row]) -> Iterator[str]:
    """Name the calls that call nothing known, once in 28 days for the same obstacles."""
    last: dict[tuple[str, ...], date] = {}
    for call in calls:
        what, when = tuple(sorted(call["obstacle_after"])), date.fromisoformat(call["issued_on"])
        known = any(meets(shift, call) for shift in truth["shifts"]) or any(within(window, call) for window in truth.get("secondary", []))
        if known or (what in last and when - last[what] < AGAIN):
            continue
        last[what] = when
        yield f"{call['issued_on']} {'+'.join(what)}"


def within(window: Row, call: Row) -> bool:
    """Say whether a call falls into a window for one of its obstacles."""
    return bool({*window["obstacle_after"]} & {*call["obstacle_after"]}) and window["from"] <= call["issued_on"] <= window["to"]


def played(folder: Path, kept: Path | None) -> Row:
    """Read what a replay told, or play it (and keep it)."""
    path = kept / f"{folder.name}.json" if kept else None
    if path and path.is_file():
        told: Row = json.loads(path.read_text(encoding="utf-8"))
        return told
    told = replay(folder, load_settings())
    if path:
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return told


def scored(folder: Path, kept: Path | None) -> Score:
    """Score one scenario folder."""
    truth, partners = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("truth.json", "partners.json"))
    ideal = json.loads((folder / "ideal.json").read_text(encoding="utf-8")) if (folder / "ideal.json").is_file() else None
    return score(truth, played(folder, kept), ideal, partners)


def summary(scores: Sequence[Score]) -> dict[str, Any]:
    """Add the scenarios up."""
    shifts = [shift for one in scores for shift in one.shifts]
    alarms, years = sum(len(one.false_alarms) for one in scores), sum(one.years for one in scores)
    counted = {outcome: sum(shift.outcome == outcome for shift in shifts) for outcome in (IN_TIME, TOO_LATE, MISSED)}
    return {
        "shifts": len(shifts),
        **counted,
        "of the missed named early": sum(shift.outcome == MISSED and bool(shift.early) for shift in shifts),
        "false alarms a year": round(alarms / years, 2) if years else 0.0,
        "wrong people": sum(len(s.wrong) for s in shifts),
    }


def table(scores: Sequence[Score]) -> str:
    """Draw the table."""
    rows = [
        f"{one.scenario:34} {'; '.join(map(words, one.shifts)) or 'no shift':70} false: {', '.join(one.false_alarms) or 'none':40} "
        f"watches {one.watches:3} wind-down {one.wound_down or '-'}"
        for one in scores
    ]
    return "\n".join([*rows, ", ".join(f"{name}: {value}" for name, value in summary(scores).items())])


def words(shift: Called) -> str:
    """Put what became of a shift in a few words."""
    early = f"named early {shift.early}" if shift.early else ""
    wrong = f"{len(shift.wrong)} wrong people" if shift.wrong else ""
    return " ".join(part for part in (shift.id, shift.outcome, shift.on, early, wrong) if part)


def main(arguments: Sequence[str]) -> None:
    """Play and score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[SCENARIOS])
    parser.add_argument("--told", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    folders = sorted(path.parent for folder in args.folders for path in [*folder.glob("truth.json"), *folder.glob("*/truth.json")])
    scores = [scored(folder, args.told) for folder in folders]
    print(json.dumps({"scenarios": [asdict(one) for one in scores], "all": summary(scores)}, indent=1) if args.json else table(scores))


if __name__ == "__main__":
    main(sys.argv[1:])
