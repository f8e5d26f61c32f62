"""A correction is checked when it is said, kept once, and never says two things."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.correct import Clash, Desk, Unknown, correct, undo
from flows.places import candidates, place_by_id
from flows.settings import Settings
from flows.wiring import open_journal, open_snapshot, open_vault, open_warehouse
from store.records import Channel, Correction, Mention, NameLink, Reading, Report, SourceKind, Subject, Submission
from store.snapshot import publish
from tests.nlp.places.conftest import small_folder

__all__ = ["small_folder"]
AT = datetime(2031, 4, 1, tzinfo=UTC)
PLACE = Correction(id="", at=AT, by="operator", subject=Subject.PLACE, text="Tripoli", wrong="gn:2210247", right="gn:266826")
NAME = Correction(id="", at=AT, by="operator", subject=Subject.NAME, text="J. Otieno", wrong="n1", right="")


@pytest.fixture
def desk(tmp_path: Path, small_folder: Path) -> Iterator[Desk]:
    settings = Settings(home=tmp_path / "home", models=small_folder)
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        yield Desk(settings=settings, journal=journal, snapshot=open_snapshot(settings))


def publish_a_name(desk: Desk) -> None:
    report = Report(id="r1", channel=Channel.TABLE, source="Radio", source_kind=SourceKind.NEWS, key="1", at=AT, received_at=AT, text="J. Otieno spoke.")
    mention = Mention(start=0, end=9, text="J. Otieno", label="PERSON")
    with open_warehouse(desk.settings) as warehouse:
        warehouse.add_reports([report], 1)
        warehouse.add_readings([Reading(report_id="r1", language="en", mentions=(mention,), toponyms=(), obstacles=(), models=())], [])
        warehouse.put_name_links([NameLink(report_id="r1", number=0, name_id="n1", canonical="Jane Otieno", reason="same name")])
        publish(warehouse, desk.settings.snapshot_path)


def test_the_same_said_twice_is_kept_once(desk: Desk) -> None:
    first, new = correct(PLACE, desk)
    again, new_again = correct(replace(PLACE, text=" TRIPOLI ", by="somebody else", reason="Sure."), desk)
    assert (new, new_again, again) == (True, False, first)
    assert desk.journal.corrections() == (first,)
    assert first.id.startswith("c")


def test_what_was_undone_can_be_said_again(desk: Desk) -> None:
    first, _ = correct(PLACE, desk)
    undone = undo(first.id, desk.journal, AT)
    assert undone is not None
    assert undone.undone_at == AT
    second, new = correct(PLACE, desk)
    assert (new, second.id == first.id) == (True, False)


def test_undoing_twice_keeps_the_first_time_and_what_is_not_there_is_none(desk: Desk) -> None:
    first, _ = correct(PLACE, desk)
    undo(first.id, desk.journal, AT)
    undone = undo(first.id, desk.journal, AT.replace(year=2032))
    assert undone is not None
    assert undone.undone_at == AT
    assert undo("c0", desk.journal, AT) is None


@pytest.mark.parametrize("other", [replace(PLACE, right=""), replace(PLACE, right="gn:170063"), replace(PLACE, wrong="gn:266826", right="gn:2210247")])
def test_a_correction_that_contradicts_one_that_holds_is_refused_by_name(desk: Desk, other: Correction) -> None:
    first, _ = correct(PLACE, desk)
    with pytest.raises(Clash) as clash:
        correct(other, desk)
    assert clash.value.other == first.id
    undo(first.id, desk.journal, AT)
    assert correct(other, desk)[1] is True


def test_one_report_may_mean_another_place_than_the_rest(desk: Desk) -> None:
    submission = Submission(channel=Channel.TABLE, source="Radio", source_kind=SourceKind.NEWS, key="1", text="Tripoli.")
    receipt = desk.journal.submit(submission, AT)
    correct(PLACE, desk)
    assert correct(replace(PLACE, wrong=PLACE.right, right="", report_id=receipt.report_id), desk)[1] is True


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(PLACE, right="gn:99"), "right"),
        (replace(PLACE, right="gn:" + "9" * 30), "right"),
        (replace(PLACE, right="nonsense"), "right"),
        (replace(PLACE, right="own:nowhere"), "right"),
        (replace(PLACE, wrong="gn:99"), "wrong"),
        (replace(PLACE, right=PLACE.wrong), "right"),
        (replace(PLACE, text=" ' "), "text"),
        (replace(PLACE, report_id="r99"), "report_id"),
        (replace(NAME, wrong="n2"), "wrong"),
        (replace(NAME, right="n2"), "right"),
    ],
)
def test_what_nobody_knows_is_refused_with_the_field(desk: Desk, draft: Correction, field: str) -> None:
    publish_a_name(desk)
    with pytest.raises(Unknown) as unknown:
        correct(draft, desk)
    assert unknown.value.field == field
    assert unknown.value.remedy
    assert desk.journal.corrections() == ()


def test_a_name_can_be_put_apart_once_it_was_read(desk: Desk) -> None:
    with pytest.raises(Unknown):
        correct(NAME, desk)
    publish_a_name(desk)
    assert correct(NAME, desk)[1] is True


def test_places_are_found_by_name_the_most_populous_first_and_by_id(desk: Desk) -> None:
    found = [candidate.place.id for candidate in candidates("tripoli", desk.settings)]
    assert found == ["gn:2210247", "gn:266826"]
    place = place_by_id("gn:266826", desk.settings)
    assert place is not None
    assert place.country == "LB"
    assert candidates("Nowhere at all", desk.settings) == ()


OBSTACLE = Correction(id="", at=AT, by="operator", subject=Subject.OBSTACLE, text="", wrong="", right="legal, funding:lifted")


def sent(desk: Desk) -> str:
    submission = Submission(channel=Channel.TABLE, source="Radio", source_kind=SourceKind.NEWS, key="1", text="A judge forbids it.")
    return desk.journal.submit(submission, AT).report_id


def test_what_a_report_names_is_kept_in_one_way_of_writing_and_once(desk: Desk) -> None:
    id_ = sent(desk)
    first, new = correct(replace(OBSTACLE, report_id=id_), desk)
    again, new_again = correct(replace(OBSTACLE, report_id=id_, right="legal:present,funding:lifted"), desk)
    assert (first.right, new, new_again, again) == ("legal,funding:lifted", True, False, first)
    with pytest.raises(Clash):
        correct(replace(OBSTACLE, report_id=id_, right="none"), desk)
    undo(first.id, desk.journal, AT)
    assert correct(replace(OBSTACLE, report_id=id_, right="none"), desk)[0].right == ""


@pytest.mark.parametrize(
    ("change", "field"), [({"text": "judge"}, "text"), ({"wrong": "legal"}, "wrong"), ({"report_id": "r-none"}, "report_id"), ({"right": "law"}, "right")]
)
def test_what_cannot_be_meant_of_a_report_names_its_field(desk: Desk, change: dict[str, str], field: str) -> None:
    with pytest.raises(Unknown) as problem:
        correct(replace(OBSTACLE, **({"report_id": sent(desk)} | change)), desk)  # type: ignore[arg-type]
    assert problem.value.field == field
