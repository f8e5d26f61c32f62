"""Looking up places and names, putting them right, and what sources are held to be worth."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.exits import Exit
from flows.settings import load_settings
from flows.wiring import open_journal, open_vault, open_warehouse
from store.records import (
    Channel,
    Credibility,
    FigureKind,
    FigureReading,
    Mention,
    Move,
    NameLink,
    Obstacle,
    ObstacleReading,
    ObstacleState,
    Origin,
    Place,
    Reading,
    Reliability,
    Report,
    ReportGrade,
    Situation,
    SituationEvent,
    SourceClass,
    SourceGrade,
    SourceKind,
    Submission,
    Toponym,
)
from store.snapshot import publish
from tests.cli.conftest import Hivecast

AT = datetime(2031, 4, 1, tzinfo=UTC)
LIBYA, LEBANON = "gn:2210247", "gn:266826"


@pytest.fixture
def gazetteer(small_folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIVECAST_MODELS", str(small_folder))
    return small_folder


def published() -> None:
    """Two reports of one origin in one situation, each with a name and a figure; one source has two letters."""
    settings, ids = load_settings(), ("r1", "r2")
    with open_warehouse(settings) as warehouse:
        warehouse.add_reports([report(ids[0], "Radio"), report(ids[1], "Ministry")], 2)
        warehouse.add_readings([reading(ids[0], 30, 40, SourceClass.MEDIA), reading(ids[1], 12, None, SourceClass.GOVERNMENT)], [])
        warehouse.put_name_links([NameLink(report_id=one, number=0, name_id="n1", canonical="Jane Otieno", reason="same full name") for one in ids])
        warehouse.put_origins([Origin(id="r1", report_ids=ids)])
        warehouse.put_situations([Move(report_id=one, at=AT, situation_id="s1") for one in ids], [SituationEvent(situation_id="s1", at=AT, kind="opened")])
        warehouse.save_situations([Situation(id="s1", title="Water", report_ids=ids, place_ids=(), first_at=AT, last_at=AT, origins=1)], AT)
        warehouse.put_report_grades([ReportGrade(report_id="r1", number=Credibility.POSSIBLE, reason="Nobody else says so.")])
        warehouse.put_source_grades([letter(Reliability.C, 0), letter(Reliability.B, 30)])
        publish(warehouse, settings.snapshot_path)


def report(id_: str, source: str) -> Report:
    return Report(id=id_, channel=Channel.TABLE, source=source, source_kind=SourceKind.NEWS, key=id_, at=AT, received_at=AT, text="J. Otieno counted them.")


def reading(id_: str, low: float, high: float | None, said_by: SourceClass) -> Reading:
    figure = FigureReading(start=0, end=4, text="dead", kind=FigureKind.KILLED, low=low, high=high, unit="people", said_by=said_by)
    mention = Mention(start=0, end=9, text="J. Otieno", label="PERSON")
    return Reading(report_id=id_, language="en", mentions=(mention,), toponyms=(), obstacles=(), models=(), figures=(figure,))


def letter(grade: Reliability, days: int) -> SourceGrade:
    return SourceGrade(source="Radio", at=AT + timedelta(days=days), letter=grade, confirmed=5, contradicted=1, reason=f"Five of six by day {days}.")


def test_doubtful_names_come_first_where_most_reports_have_them(hivecast: Hivecast) -> None:
    libya, lebanon, near = (Place(id=id_, name="Tripoli", country=code, lat=lat, lon=lon) for id_, code, lat, lon in TRIPOLIS)
    senses = {"r1": (libya, lebanon, 0.55), "r2": (libya, lebanon, 0.45), "r3": (lebanon, near, 0.5), "r4": (lebanon, libya, 0.9)}
    settings = load_settings()
    with open_warehouse(settings) as warehouse:
        warehouse.add_reports([report(one, "Radio") for one in senses], 4)
        warehouse.add_readings([replace(reading(one, 1, 1, SourceClass.MEDIA), toponyms=(sense(*how),)) for one, how in senses.items()], [])
        publish(warehouse, settings.snapshot_path)
    (row,) = json.loads(hivecast("places", "doubtful", "--json").out)
    assert (row["name"], row["reports"], row["probability"], row["taken_for"], row["or_else"]) == ("Tripoli", 2, 0.5, LIBYA, LEBANON)
    assert hivecast("places", "doubtful", "--limit", "0").code == Exit.USAGE


TRIPOLIS = ((LIBYA, "LY", 32.9, 13.2), (LEBANON, "LB", 34.4, 35.8), ("gn:1", "LB", 34.5, 35.9))


def sense(place: Place, other: Place, probability: float) -> Toponym:
    return Toponym(start=3, end=10, text="Tripoli", place=place, probability=probability, runner_up=other)


@pytest.mark.usefixtures("gazetteer")
def test_places_are_found_with_what_a_person_needs_to_choose(hivecast: Hivecast) -> None:
    found = json.loads(hivecast("places", "find", "tripoli", "--json").out)
    assert {LIBYA, LEBANON} <= {place["id"] for place in found}
    lines = hivecast("places", "find", "Tripoli").out.splitlines()
    assert lines[0].split("\t")[:4] == ["id", "name", "kind", "country"]
    assert any(line.startswith(LEBANON) and "\tLB\t" in line for line in lines)
    missing = hivecast("places", "find", "Nowhere at all")
    assert (missing.code, missing.out) == (Exit.NOT_FOUND, "")
    assert json.loads(hivecast("places", "find", "Nowhere at all", "--json").out) == []


@pytest.mark.usefixtures("gazetteer")
def test_a_place_is_put_right_listed_and_undone(hivecast: Hivecast) -> None:
    words = ("places", "correct", "Tripoli", "--from", LIBYA, "--to", LEBANON)
    made = hivecast(*words, "--reason", "The coast of Lebanon.")
    id_ = made.out.strip()
    assert (made.code, "next run" in made.err) == (0, True)
    assert "Tripoli: Tripoli" in made.err
    assert "LY -> Tripoli" in made.err
    again = json.loads(hivecast(*words, "--json").out)
    assert (again["id"], again["new"], again["by"]) == (id_, False, "operator")
    assert "already" in hivecast(*words).err
    clash = hivecast("places", "correct", "TRIPOLI", "--from", LIBYA, "--to", "none")
    assert (clash.code, id_ in clash.err) == (Exit.PROBLEM, True)
    assert "The coast of Lebanon." in hivecast("places", "corrections").out
    assert json.loads(hivecast("names", "corrections", "--json").out) == []
    assert hivecast("names", "undo", id_).code == Exit.NOT_FOUND
    assert hivecast("places", "undo", id_).code == 0
    assert "before" in hivecast("places", "undo", id_).err
    assert json.loads(hivecast("places", "corrections", "--json").out)[0]["undone_at"] is not None
    assert hivecast("places", "undo", "c0").code == Exit.NOT_FOUND


@pytest.mark.usefixtures("gazetteer")
def test_an_id_that_nothing_has_is_told_in_one_line(hivecast: Hivecast) -> None:
    ran = hivecast("places", "correct", "Tripoli", "--from", LIBYA, "--to", "gn:99")
    assert (ran.code, ran.out, len(ran.err.strip().splitlines())) == (Exit.PROBLEM, "", 1)
    assert "hivecast places find" in ran.err
    assert hivecast("places", "correct", "Tripoli", "--from", LIBYA).code == Exit.USAGE


@pytest.mark.usefixtures("gazetteer")
def test_names_are_listed_found_shown_and_put_apart(hivecast: Hivecast) -> None:
    published()
    assert json.loads(hivecast("names", "--json").out) == [
        {"id": "n1", "name": "Jane Otieno", "kind": "PERSON", "reports": 2, "mentions": 2, "written": ["J. Otieno"]}
    ]
    for words in (["list"], ["find", "otieno"], ["find", "JANE"]):
        assert "Jane Otieno" in hivecast("names", *words).out
    assert json.loads(hivecast("names", "find", "100%", "--json").out) == []
    assert "same full name" in hivecast("names", "show", "n1").out
    assert json.loads(hivecast("names", "show", "n1", "--json").out)[0]["report_id"] == "r1"
    assert hivecast("names", "show", "n9").code == Exit.NOT_FOUND
    made = hivecast("names", "apart", "J. Otieno", "--from", "n1", "--reason", "Two people.")
    assert made.code == 0
    assert "Two people." in hivecast("names", "corrections").out
    assert hivecast("names", "undo", made.out.strip()).code == 0
    assert hivecast("names", "apart", "J. Otieno", "--from", "n9").code == Exit.PROBLEM


def test_grades_tell_the_letter_each_source_has_now_and_how_one_came_by_it(hivecast: Hivecast, home: Path) -> None:
    published()
    (now,) = json.loads(hivecast("grades", "--json").out)
    assert (now["source"], now["letter"], now["confirmed"], now["contradicted"]) == ("Radio", "B", 5, 1)
    history = json.loads(hivecast("grades", "Radio", "--json").out)
    assert [one["letter"] for one in history] == ["B", "C"]
    assert "Five of six by day 30." in hivecast("grades", "Radio").out
    assert hivecast("grades", "Ministry").code == Exit.NOT_FOUND


def test_sources_show_their_letter_where_they_have_one(hivecast: Hivecast, home: Path) -> None:
    hivecast("init")
    feeds = "\n".join(f'[[feeds]]\nurl = "https://example.org/{name}.xml"\nname = "{name}"' for name in ("Radio", "Gazette"))
    (home / "hivecast.toml").write_text(feeds, encoding="utf-8")
    assert [one["letter"] for one in json.loads(hivecast("sources", "--json").out)] == [None, None]
    published()
    assert [one["letter"] for one in json.loads(hivecast("sources", "--json").out)] == ["B", None]
    assert "\tRadio\tB\t" in hivecast("sources").out


def test_a_situation_shows_its_origins_its_figures_apart_and_the_grades_of_its_reports(hivecast: Hivecast, home: Path) -> None:
    published()
    assert "1 independent origin, 2 carriers" in hivecast("situations").out
    shown = json.loads(hivecast("situations", "show", "s1", "--json").out)
    assert shown["heard"] == "1 independent origin, 2 carriers"
    assert [(one["said_by"], one["low"], one["high"], one["heard"]) for one in shown["figures"]] == [
        ("government", 12, None, "1 independent origin, 1 carrier"),
        ("media", 30, 40, "1 independent origin, 1 carrier"),
    ]
    assert [one["grade"] for one in shown["reports"]] == ["B3", None]
    assert "government" in hivecast("situations", "show", "s1").out


def test_what_a_report_names_is_listed_put_right_and_taken_back(hivecast: Hivecast) -> None:
    settings = load_settings()
    sure, unsure = (ObstacleReading(obstacle=Obstacle.LEGAL, state=ObstacleState.PRESENT, weight=w, sentence="A judge forbids it.") for w in (0.9, 0.45))
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        ids = [journal.submit(Submission(channel=Channel.TABLE, source="R", source_kind=SourceKind.NEWS, key=k, text=k), AT).report_id for k in "ab"]
    with open_warehouse(settings) as warehouse:
        warehouse.add_reports([report(id_, "Radio") for id_ in ids], 2)
        said = zip(ids, (sure, unsure), strict=True)
        warehouse.add_readings([replace(reading(id_, 1, 1, SourceClass.MEDIA), obstacles=(one,)) for id_, one in said], [])
        publish(warehouse, settings.snapshot_path)
    assert {row["report"]: row["chance"] for row in json.loads(hivecast("obstacles", "list", "--json").out)} == {ids[0]: 0.9, ids[1]: 0.45}
    assert len(json.loads(hivecast("obstacles", "list", "--report", ids[0], "--json").out)) == 1
    assert [row["report"] for row in json.loads(hivecast("obstacles", "doubtful", "--json").out)] == [ids[1]]
    made = hivecast("obstacles", "correct", ids[1], "--names", "none", "--reason", "History only.")
    (kept,) = json.loads(hivecast("obstacles", "corrections", "--json").out)
    assert (kept["id"], kept["report_id"], kept["right"], kept["subject"]) == (made.out.strip(), ids[1], "", "obstacle")
    assert json.loads(hivecast("places", "corrections", "--json").out) == []
    hivecast("obstacles", "undo", kept["id"])
    assert json.loads(hivecast("obstacles", "corrections", "--json").out)[0]["undone_at"]
    refused, missing = hivecast("obstacles", "correct", ids[1], "--names", "law"), hivecast("obstacles", "undo", "c0")
    assert (refused.code, missing.code) == (Exit.PROBLEM, Exit.NOT_FOUND)
    assert "there is no such obstacle" in refused.err
