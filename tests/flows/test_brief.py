"""The brief: published whole or not at all, silent about what is RED, honest about what it lacks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.advise import advise
from flows.brief import brief, gather, put, since
from flows.briefs import briefs_until, published
from flows.decide import drain_decisions
from flows.documents import import_objectives, import_partners
from flows.foresee import foresee
from flows.intake import drain
from flows.kit import Kit
from flows.replay import submissions
from flows.take import take
from flows.understand import understand
from flows.wiring import open_snapshot
from nlp.models import Models
from reports.render import json as rendered
from store.errors import UngroundedBrief
from store.opt_in import Decision, Verdict
from store.records import (
    TLP,
    Advice,
    Channel,
    Credibility,
    FigureKind,
    Member,
    Refusal,
    Reliability,
    ReportGrade,
    SourceClass,
    SourceGrade,
    SourceKind,
    Submission,
)
from tests.flows.conftest import WordEncoder, equip
from tests.flows.strike import scenario
from tests.flows.test_advise import suggestion
from tests.flows.wells import NOW, fill

EVENING = datetime(2031, 4, 24, 20, tzinfo=UTC)
SECRET = "zanzaquil"


def live(kit: Kit, *more: Submission, until: datetime = EVENING) -> None:
    folder = scenario(kit.settings.home / "strike")
    import_objectives(folder / "objective.json", kit.journal)
    import_partners(folder / "partners.json", kit.journal)
    take([*submissions(folder / "reports.jsonl"), *more], kit.journal, EVENING)
    drain(kit)
    for stage in (understand, foresee, advise):
        stage(kit, until)


def red(folder: Path) -> list[Submission]:
    """The same history told again by people who must not be named, with a word that occurs nowhere else."""
    entries = submissions(scenario(folder) / "reports.jsonl")
    return [
        replace(entry, key=f"red-{entry.key}", source="Guarded", text=f"{SECRET} guards say: {entry.text}", title=f"{SECRET} {n}", sensitivity=TLP.RED)
        for n, entry in enumerate(entries)
    ]


def files(kit: Kit) -> list[Path]:
    return sorted(path for path in kit.settings.briefs_path.rglob("*") if path.is_file()) if kit.settings.briefs_path.exists() else []


def test_what_was_decided_is_told_and_no_longer_to_be_decided(kit: Kit) -> None:
    live(kit)
    before = gather(kit, EVENING)
    (made,) = before.suggestions
    assert before.cards[made.id].questions
    kit.journal.put_decision(Decision(id="v1", at=EVENING, by="Desk", suggestion_id=made.id, verdict=Verdict.ACCEPT, reason=SECRET))
    drain_decisions(kit)
    told = rendered.parse(Path(brief(kit, EVENING + timedelta(days=1)).paths["json"]).read_text(encoding="utf-8"))
    assert made.id not in {card.suggestion.id for card in told.suggestions}
    assert [line.text.split(": ")[1].split(",")[0] for line in told.decided] == ["accepted"]
    assert set(told.decided[0].report_ids) <= set(made.evidence)
    assert SECRET not in "".join(path.read_text(encoding="utf-8") for path in files(kit))


def test_a_brief_is_written_in_every_form_and_as_latest_and_published(kit: Kit) -> None:
    live(kit)
    told = brief(kit, EVENING)
    assert [path.name for path in files(kit)] == [
        *(f"brief-2031-04-24T200000Z.{form}" for form in ("html", "json", "md")),
        *(f"latest.{form}" for form in ("html", "json", "md")),
    ]
    for form, path in told.paths.items():
        assert Path(path).read_bytes() == (kit.settings.briefs_path / f"latest.{form}").read_bytes()
    assert rendered.parse(Path(told.paths["json"]).read_text(encoding="utf-8")).id == told.id
    _, rows = open_snapshot(kit.settings).query("SELECT id FROM briefs")
    assert rows == [(told.id,)]
    assert told.degraded == ()


def test_a_second_brief_knows_the_first_and_one_for_an_earlier_day_does_not(kit: Kit) -> None:
    live(kit, until=EVENING - timedelta(days=10))
    first = brief(kit, EVENING - timedelta(days=10))
    for stage in (understand, foresee, advise):
        stage(kit, EVENING)
    second = brief(kit, EVENING)
    row = kit.warehouse.last_brief(EVENING + timedelta(days=1))
    assert row is not None
    assert row.id == second.id
    told = rendered.parse(Path(second.paths["json"]).read_text(encoding="utf-8"))
    assert (told.previous_id, told.previous_as_of) == (first.id, EVENING - timedelta(days=10))
    earlier = gather(kit, EVENING - timedelta(days=20))
    assert earlier.previous is None
    assert since(earlier.previous, EVENING) == EVENING - timedelta(days=60)
    assert [as_of for as_of, _ in published(kit.settings)] == [EVENING - timedelta(days=10), EVENING]
    assert briefs_until(kit.settings, EVENING - timedelta(hours=1))["json"].name == "brief-2031-04-14T200000Z.json"


def test_nothing_later_is_gathered(kit: Kit) -> None:
    live(kit)
    moment = datetime(2031, 4, 21, tzinfo=UTC)
    material = gather(kit, moment)
    assert max(report.at for report in material.reports) <= moment
    assert all(suggestion.issued_at <= moment for suggestion in material.suggestions)
    assert all(situation.last_at <= moment for situation in material.situations)


def test_what_people_dismissed_is_not_gathered(kit: Kit) -> None:
    fill(kit.warehouse, 0)
    assert {one.id for one in kit.warehouse.situations(NOW)} == {"s-wells", "s-strike", "s-noise"}
    assert {one.id for one in gather(kit, NOW).situations} == {"s-wells", "s-strike"}


def test_a_brief_that_names_an_unknown_partner_is_withheld(kit: Kit) -> None:
    live(kit)
    brief(kit, EVENING)
    before = [(path, path.read_bytes()) for path in files(kit)]
    stamp = kit.settings.snapshot_path.read_bytes()
    stranger = Member(partner_id="P9", name="Nobody on record", covers=("media",), reason="")
    later = EVENING + timedelta(days=1)
    evidence = tuple(report.id for report in kit.warehouse.reports(EVENING - timedelta(days=7), EVENING))
    kit.warehouse.append_suggestions([replace(suggestion(Advice.NEW_COALITION, later), members=(stranger,), evidence=evidence)])
    with pytest.raises(UngroundedBrief, match="held back"):
        brief(kit, later)
    assert [(path, path.read_bytes()) for path in files(kit)] == before
    assert kit.settings.snapshot_path.read_bytes() != stamp  # what analysts see goes on
    row = kit.warehouse.last_brief(later + timedelta(days=1))
    assert row is not None
    assert row.as_of == EVENING


def test_a_red_report_is_in_no_file_and_not_in_the_snapshot(kit: Kit, tmp_path: Path) -> None:
    live(kit, *red(tmp_path / "red"))
    brief(kit, EVENING)
    held = kit.warehouse.reports(EVENING - timedelta(days=365), EVENING)
    assert sum(SECRET in report.words for report in held) == 6
    for path in (*files(kit), kit.settings.snapshot_path):
        assert SECRET.encode() not in path.read_bytes().lower(), path
    snapshot = open_snapshot(kit.settings)
    _, tables = snapshot.query("SELECT table_name FROM duckdb_tables()")
    for (table,) in tables:
        _, rows = snapshot.query(f"SELECT * FROM {table}")
        assert SECRET not in str(rows).lower(), table
    snapshot.close()


def test_what_is_missing_is_told(kit: Kit) -> None:
    equip(kit, Models(encoder=None, recognisers={}, missing=("No vectors: the file is gone",)))
    kit.notes.append("imap://a@b:993/INBOX was not visited: no password")
    live(kit)
    told = brief(kit, EVENING)
    assert set(told.degraded) == {"No vectors: the file is gone", "imap://a@b:993/INBOX was not visited: no password"}
    for path in told.paths.values():
        assert "No vectors: the file is gone" in Path(path).read_text(encoding="utf-8")


def test_models_that_went_missing_after_everything_was_read_are_told_too(kit: Kit) -> None:
    live(kit)
    equip(kit, Models(encoder=WordEncoder(), recognisers={}, missing=("No names in 'en': gone",)))
    assert brief(kit, EVENING).degraded == ("No names in 'en': gone",)


def test_only_what_still_waits_in_quarantine_is_counted(kit: Kit) -> None:
    refused = [Refusal(channel=Channel.TABLE, source="S", where=f"row {n}", reason="r", remedy="m", body=b"x%d" % n) for n in range(3)]
    first, *_ = kit.journal.quarantine(refused, EVENING)
    kit.journal.release(first, EVENING)
    assert gather(kit, EVENING).totals["quarantined"] == 2


def test_an_empty_home_has_a_brief_too(kit: Kit) -> None:
    told = brief(kit, EVENING)
    assert Path(told.paths["md"]).read_text(encoding="utf-8")
    assert briefs_until(kit.settings)["html"].name == "latest.html"


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    path = put(tmp_path / "latest.md", "first")
    with pytest.raises(UnicodeEncodeError):
        put(path, "second \ud800")
    assert path.read_text(encoding="utf-8") == "first"


WARDS = "of the wards of Bangui during the strike of nurses"


def counting(key: str, source: str, kind: SourceKind, text: str, mark: TLP = TLP.GREEN) -> Submission:
    when = datetime(2031, 4, 23, 12, tzinfo=UTC)
    return Submission(channel=Channel.TABLE, source=source, source_kind=kind, key=key, text=text, occurred_at=when, place="Bangui", sensitivity=mark)


def test_figures_of_each_class_stand_side_by_side_and_an_echo_or_a_red_report_adds_none(kit: Kit) -> None:
    wire = f"At least 12 people were killed in Bangui in a fire in one {WARDS}, and patients were carried out through the windows by volunteers."
    counts = [
        counting("c1", "City Desk", SourceKind.NEWS, wire),
        *(counting(f"c{number}", f"Paper {number}", SourceKind.NEWS, wire) for number in range(2, 6)),
        counting("c6", "Ministry of Health", SourceKind.GOVERNMENT, f"Four people were killed in Bangui in a fire in one {WARDS}, the director told us."),
        counting("c7", "Ward Friends", SourceKind.NGO, f"In Bangui 15 people were killed in a fire in one {WARDS}; we counted them at the gate.", TLP.RED),
    ]
    live(kit, *counts)
    told = rendered.parse(Path(brief(kit, EVENING).paths["json"]).read_text(encoding="utf-8"))
    ranges = [one for card in told.situations for one in card.ranges if one.kind is FigureKind.KILLED]
    assert {(one.said_by, one.low, one.high, str(one.heard)) for one in ranges} == {
        (SourceClass.MEDIA, 12, None, "1 independent origin, 5 carriers"),
        (SourceClass.GOVERNMENT, 4, 4, "1 independent origin, 1 carrier"),
    }
    page = (kit.settings.briefs_path / "latest.html").read_text(encoding="utf-8")
    assert "Killed" in page
    assert "media 12 or more (1 independent origin, 5 carriers)" in page


def test_grades_are_told_as_they_stand_and_without_their_reasons(kit: Kit) -> None:
    live(kit)
    kit.warehouse.put_source_grades(
        [SourceGrade(source="City Desk", at=EVENING - timedelta(hours=1), letter=Reliability.B, confirmed=8, contradicted=1, reason="zanzaquil said so")]
    )
    ids = [report.id for report in kit.warehouse.reports(EVENING - timedelta(days=90), EVENING)]
    kit.warehouse.put_report_grades([ReportGrade(report_id=one, number=Credibility.PROBABLE, reason="zanzaquil said so") for one in ids])
    paths = brief(kit, EVENING).paths
    told = rendered.parse(Path(paths["json"]).read_text(encoding="utf-8"))
    assert {grade.letter for grade in told.source_grades if grade.source == "City Desk"} == {Reliability.B}
    assert {grade.number for grade in told.report_grades} == {Credibility.PROBABLE}
    for path in paths.values():
        text = Path(path).read_text(encoding="utf-8")
        assert SECRET not in text
    assert ">B2</span>" in Path(paths["html"]).read_text(encoding="utf-8")
