"""Holding reports against a theory of change: once each, nothing later, nothing of elsewhere, and again when the theory changes."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.advise import advise
from flows.brief import brief, gather
from flows.documents import import_objectives
from flows.intake import drain
from flows.kit import Kit
from flows.replay import submissions
from flows.settings import Settings
from flows.take import take
from flows.understand import understand
from flows.weigh import MOST_SENTENCES, cut, nearness, theory, weigh_conditions
from nlp.models import Models
from reports.compose import compose
from reports.provenance import check
from store.records import Channel, Obstacle, ObstacleReading, ObstacleState, Reading, Report, SourceKind, Standing
from tests.flows.conftest import equip, kit_in
from tests.flows.strike import OBJECTIVE, ROWS, scenario

EVENING = datetime(2031, 4, 24, 20, tzinfo=UTC)
AT = datetime(2031, 4, 1, tzinfo=UTC)


@pytest.fixture
def wards(settings: Settings, tmp_path: Path) -> Iterator[Kit]:
    with kit_in(settings) as kit:
        live(kit, tmp_path)
        yield kit


def live(kit: Kit, folder: Path, **changes: object) -> None:
    path = scenario(folder / "strike")
    (path / "objective.json").write_text(json.dumps({**OBJECTIVE, **changes}), encoding="utf-8")
    import_objectives(path / "objective.json", kit.journal)
    take(submissions(path / "reports.jsonl"), kit.journal, EVENING)
    drain(kit)
    understand(kit, EVENING)


def test_each_report_is_held_against_the_conditions_once(wards: Kit) -> None:
    first, again = weigh_conditions(wards, EVENING), weigh_conditions(wards, EVENING)
    assert (first.reports, first.conditions) == (len(ROWS), 1)
    assert (again.reports, again.conditions) == (0, 1)


def test_the_ban_speaks_against_and_what_stands_is_written_down(wards: Kit) -> None:
    weigh_conditions(wards, EVENING)
    said = wards.warehouse.bearings("wards", AT, EVENING)
    assert said
    assert all(one.lean < 0 for one in said)
    (stands,) = wards.warehouse.standings(EVENING)
    assert stands.standing is Standing.FAILING
    assert stands.breaks
    assert wards.warehouse.condition_weeks(EVENING)[-1].log_odds == stands.log_odds
    assert wards.warehouse.standings(EVENING, open_=True)[0].log_odds == stands.log_odds


def test_nothing_later_is_looked_at(wards: Kit) -> None:
    before = datetime(2031, 4, 20, 23, tzinfo=UTC)
    weigh_conditions(wards, before)
    (then,) = wards.warehouse.standings(before)
    weigh_conditions(wards, EVENING)
    assert wards.warehouse.standings(before) == (then,)
    assert wards.warehouse.standings(EVENING)[0].origins_against > then.origins_against


def test_a_changed_condition_has_every_report_held_against_it_again(wards: Kit, tmp_path: Path) -> None:
    weigh_conditions(wards, EVENING)
    changed = {**OBJECTIVE, "theory_of_change": [{"id": "c9", "condition": "The court lets volunteers work on the wards of Bangui", "obstacles": ["legal"]}]}
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(changed), encoding="utf-8")
    import_objectives(path, wards.journal)
    drain(wards)
    assert weigh_conditions(wards, EVENING).reports == len(ROWS)
    assert {one.condition_id for one in wards.warehouse.bearings("wards", AT, EVENING)} <= {"c9"}
    assert [one.breaks for one in wards.warehouse.standings(EVENING)] == [(Obstacle.LEGAL,)]


def test_reports_about_another_country_are_left_aside(wards: Kit, tmp_path: Path) -> None:
    elsewhere = {"id": "wards", "statement": "The wards of Bangui stay open.", "theory_of_change": [{"id": "c1", "condition": "Volunteers work in Bangui"}]}
    weigh_conditions(wards, EVENING)
    assert wards.warehouse.bearings("wards", AT, EVENING)
    readings = wards.warehouse.readings([report.id for report in wards.warehouse.reports(AT, EVENING)])
    moved = {one.report_id: tuple(replace(toponym, place=replace(toponym.place, id="gn:9", country="KE")) for toponym in one.toponyms) for one in readings}
    wards.warehouse.put_toponyms(moved)
    path = tmp_path / "elsewhere.json"
    path.write_text(json.dumps(elsewhere), encoding="utf-8")
    import_objectives(path, wards.journal)
    drain(wards)
    weigh_conditions(wards, EVENING)
    assert wards.warehouse.bearings("wards", AT, EVENING) == ()


def test_without_an_encoder_nothing_is_weighed_and_the_brief_is_told_all_the_same(wards: Kit) -> None:
    equip(wards, Models(encoder=None, recognisers={}, missing=("No vectors",)))
    assert weigh_conditions(wards, EVENING).conditions == 0
    assert wards.warehouse.standings(EVENING) == ()
    told = compose(gather(wards, EVENING))
    assert [one.weighed.standing for one in told.objectives[0].conditions] == [Standing.UNKNOWN]


def test_a_report_without_a_vector_is_near_nothing(wards: Kit) -> None:
    (objective,) = wards.warehouse.objectives()
    assert nearness(wards, objective, ["r-nothing"]) == {}


def test_the_brief_tells_what_fails_and_is_proved(wards: Kit) -> None:
    weigh_conditions(wards, EVENING)
    advise(wards, EVENING)
    material = gather(wards, EVENING)
    composed = compose(material)
    assert check(composed, material) == ()
    assert "Volunteers are allowed to work" in composed.objectives[0].lead[0].text
    assert brief(wards, EVENING).paths


def test_the_brief_of_a_later_day_weighs_as_of_that_day(wards: Kit) -> None:
    weigh_conditions(wards, EVENING)
    later = gather(wards, EVENING + timedelta(days=90))
    assert abs(later.weighed[0].log_odds) < abs(theory(wards, wards.warehouse.objectives()[0], EVENING).weighed[0].log_odds)
    assert check(compose(later), later) == ()


def test_a_long_report_is_cut_to_sentences_that_name_an_obstacle_and_the_first() -> None:
    text = " ".join(f"This is sentence number {number} of many." for number in range(40))
    report = Report(id="r1", channel=Channel.FEED, source="Wire", source_kind=SourceKind.NEWS, key="k", at=AT, received_at=AT, text=text)
    named = ObstacleReading(obstacle=Obstacle.LEGAL, state=ObstacleState.PRESENT, weight=0.8, sentence="This is sentence number 30 of many.")
    reading = Reading(report_id="r1", language="en", mentions=(), toponyms=(), obstacles=(named,), models=())
    found = cut(report, reading, "r0", near=True)
    assert len(found) == MOST_SENTENCES
    assert found[-1].sentence == named.sentence
    assert found[-1].obstacles == (named,)
    assert [one.obstacles for one in found[:-1]] == [()] * (MOST_SENTENCES - 1)
    assert all(one.near and one.origin_id == "r0" for one in found)
