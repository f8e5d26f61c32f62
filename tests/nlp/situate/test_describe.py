from datetime import UTC, datetime, timedelta

import pytest

from nlp.situate.describe import Known, describe
from nlp.situate.title import UNTITLED
from store.records import TLP, Channel, Mention, Place, Reading, Report, SourceKind, Toponym

NOW = datetime(2031, 5, 20, tzinfo=UTC)


def report(name: str, days_ago: float, text: str = "Water rises in Korvala.", heading: str = "", voice: str = "", mark: TLP = TLP.GREEN) -> Report:
    at = NOW - timedelta(days=days_ago)
    return Report(
        id=name,
        channel=Channel.PARTNER,
        source=voice or f"voice {name}",
        source_kind=SourceKind.NGO,
        key=name,
        at=at,
        received_at=at,
        text=text,
        title=heading,
        sensitivity=mark,
    )


def reading(name: str, *places: str) -> Reading:
    toponyms = tuple(Toponym(start=0, end=0, text=p, place=Place(id=f"gn:{p}", name=p, country="XX", lat=0, lon=0), probability=0.9) for p in places)
    mentions = tuple(Mention(start=0, end=1, text=t, label="CARDINAL" if t == "12" else "GPE") for t in (*places, "12"))
    return Reading(report_id=name, language="en", mentions=mentions, toponyms=toponyms, obstacles=(), models=())


def test_a_situation_is_described_as_it_stood_then() -> None:
    reports = [report("a", 9), report("b", 5), report("c", -1)]
    situation = describe("s1", reports, {}, {}, NOW)
    assert situation.report_ids == ("a", "b")
    assert (situation.first_at, situation.last_at, situation.origins) == (reports[0].at, reports[1].at, 2)


def test_places_and_keywords_are_ranked_by_origins_and_not_by_copies() -> None:
    reports = [report("a", 5), *(report(f"c{i}", 4) for i in range(5)), report("b", 3), report("d", 2)]
    readings = {"a": reading("a", "Echo"), "b": reading("b", "Korvala"), "d": reading("d", "Korvala")} | {f"c{i}": reading(f"c{i}", "Echo") for i in range(5)}
    situation = describe("s1", reports, readings, {f"c{i}": "a" for i in range(5)}, NOW)
    assert situation.place_ids == ("gn:Korvala", "gn:Echo")
    assert situation.keywords == ("Korvala", "Echo")
    assert situation.origins == 3


def test_nothing_of_a_restricted_report_is_told() -> None:
    secret = report("a", 2, heading="Safe house in Hidden Street", mark=TLP.RED)
    situation = describe("s1", [secret, report("b", 1, heading="Aid convoy turned back")], {"a": reading("a", "Hidden")}, {}, NOW)
    assert situation.title == "Aid convoy turned back"
    assert situation.place_ids == ()
    assert situation.keywords == ()
    assert {line.report_ids for line in situation.summary} == {("b",)}
    alone = describe("s1", [secret], {}, {}, NOW)
    assert (alone.title, alone.title_id, alone.summary) == (UNTITLED, "", ())


def test_a_situation_without_reports_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no report up to"):
        describe("s1", [report("a", -1)], {}, {}, NOW)


def test_what_was_said_last_stays_while_nothing_is_clearly_better() -> None:
    reports = [report("a", 5, "A bridge fell into the river at Korvala today."), report("b", 4, "The bridge at Korvala fell into the river at night.")]
    before = describe("s1", reports, {}, {}, NOW)
    more = [*reports, report("c", 3, "At Korvala a bridge fell down into the river."), report("d", 2, "Into the river at Korvala a bridge fell.")]
    after = describe("s1", more, {}, {}, NOW, Known(before=before))

    assert (after.title, after.title_id) == (before.title, before.title_id)
    assert {line.text for line in before.summary} <= {line.text for line in after.summary}


def test_nothing_is_told_from_a_report_that_left() -> None:
    reports = [report("a", 5, "Bridge at Korvala falls into the river.", "Bridge at Korvala falls"), report("b", 4, "Ferry sinks off Marlow with nine aboard.")]
    before = describe("s1", reports[:1], {}, {}, NOW)
    after = describe("s1", reports[1:], {}, {}, NOW, Known(before=before))

    assert before.title == "Bridge at Korvala falls"
    assert after.title == "Ferry sinks off Marlow with nine aboard"
    assert [line.report_ids for line in after.summary] == [("b",)]


def test_a_persons_title_wins_and_names_no_report() -> None:
    named = describe("s1", [report("a", 5)], {}, {}, NOW, Known(hand_title="The flood"))
    assert (named.title, named.title_id) == ("The flood", "")
    freed = describe("s1", [report("a", 5)], {}, {}, NOW, Known(before=named))
    assert (freed.title, freed.title_id) == ("Water rises in Korvala", "a")


def test_what_people_ruled_is_written_down_and_gone_once_it_no_longer_holds() -> None:
    ruled = describe("s1", [report("a", 5)], {}, {}, NOW, Known(locked=True, dismissed=True))
    freed = describe("s1", [report("a", 5)], {}, {}, NOW, Known(before=ruled))
    assert (ruled.locked, ruled.dismissed, freed.locked, freed.dismissed) == (True, True, False, False)
