"""Weighing the evidence: what bears on an objective, what is written down, what stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.advise import advise, bears, hear
from flows.documents import import_objectives, import_partners
from flows.intake import drain
from flows.kit import Kit
from flows.open_cards import still_open
from flows.places_of import countries, toponyms
from flows.replay import submissions
from flows.take import take
from flows.understand import understand
from nlp.models import Models
from store.records import Advice, Objective, Obstacle, ObstacleReading, ObstacleState, Reading, Suggestion
from tests.flows.conftest import FewPlaces, equip
from tests.flows.strike import ROWS, scenario

EVENING = datetime(2031, 4, 24, 20, tzinfo=UTC)


@pytest.fixture
def wards(kit: Kit, tmp_path: Path) -> Objective:
    folder = scenario(tmp_path / "strike")
    import_objectives(folder / "objective.json", kit.journal)
    import_partners(folder / "partners.json", kit.journal)
    take(submissions(folder / "reports.jsonl"), kit.journal, EVENING)
    drain(kit)
    understand(kit, EVENING)
    (objective,) = kit.warehouse.objectives()
    return objective


def suggestion(kind: Advice, at: datetime, after: Obstacle = Obstacle.LEGAL, objective: str = "wards") -> Suggestion:
    return Suggestion(
        id=f"{objective}-{kind.value}-{at:%Y%m%d}-{after.value}",
        objective_id=objective,
        kind=kind,
        issued_at=at,
        obstacle_before=(),
        obstacle_after=(after,),
        since=at,
        probability=0.5,
        evidence=(),
        origins=3,
        source_kinds=2,
        against=(),
        against_why="",
        would_change="",
    )


def read_all(kit: Kit) -> list[Reading]:
    return list(kit.warehouse.readings([report.id for report in kit.warehouse.reports(EVENING - timedelta(days=365), EVENING)]))


def test_with_vectors_what_is_alike_bears_more(kit: Kit, wards: Objective) -> None:
    by_words = bears(kit, wards, read_all(kit))
    assert len(by_words) == len(ROWS)
    assert all(0.0 < value < 1.0 for value in by_words)
    assert len(set(by_words)) > 1


def test_without_an_encoder_all_that_share_the_country_bear(kit: Kit, wards: Objective) -> None:
    equip(kit, Models(encoder=None, recognisers={}, missing=("No vectors",)))
    assert bears(kit, wards, read_all(kit)) == [1.0] * len(ROWS)
    assert countries(toponyms(wards, FewPlaces())) == {"CF"}  # type: ignore[arg-type]
    placeless = replace(wards, statement="Wards stay open.", conditions=())
    assert bears(kit, placeless, read_all(kit)) == [1.0] * len(ROWS)
    elsewhere = [replace(reading, toponyms=()) for reading in read_all(kit)]
    assert bears(kit, wards, elsewhere) == [0.0] * len(ROWS)


def test_a_report_without_a_vector_that_names_an_obstacle_makes_all_be_weighed_by_country(kit: Kit, wards: Objective) -> None:
    readings = read_all(kit)
    mute = replace(readings[0], report_id="r-new", obstacles=())
    said = ObstacleReading(obstacle=Obstacle.LEGAL, state=ObstacleState.PRESENT, weight=0.5, sentence="A ruling.")
    assert bears(kit, wards, [*readings, mute]) == [*bears(kit, wards, readings), 0.0]
    assert bears(kit, wards, [*readings, replace(mute, obstacles=(said,))]) == [1.0] * (len(ROWS) + 1)


def test_no_reports_bear_nothing(kit: Kit, wards: Objective) -> None:
    assert bears(kit, wards, []) == []
    assert hear(kit, wards, EVENING - timedelta(days=300)) == ()


def test_nothing_later_is_heard(kit: Kit, wards: Objective) -> None:
    before = datetime(2031, 4, 21, tzinfo=UTC)
    assert max(testimony.at for testimony in hear(kit, wards, before)) <= before
    assert {t.at.month for t in hear(kit, wards, EVENING)} == {3, 4}


def test_a_hold_is_written_once_and_not_beside_what_stands(kit: Kit, wards: Objective) -> None:
    first = datetime(2031, 3, 4, tzinfo=UTC)
    found = [advise(kit, first + timedelta(days=days)).kinds for days in (0, 1, 20, 29)]
    kept = kit.warehouse.suggestions(first + timedelta(days=30))
    assert sum("hold" in kinds for kinds in found) == sum(s.kind is Advice.HOLD for s in kept)
    assert found[1] == ()
    assert all(len([s for s in kept if s.issued_at > when - timedelta(days=28) and s.issued_at <= when]) <= 1 for when in (first, first + timedelta(days=20)))


def test_asked_twice_at_one_moment_it_says_it_once(kit: Kit, wards: Objective) -> None:
    advise(kit, EVENING)
    kept = kit.warehouse.suggestions(EVENING)
    advise(kit, EVENING)
    assert kit.warehouse.suggestions(EVENING) == kept != ()
    assert kit.warehouse.mix(EVENING) != ()


def test_without_objectives_nothing_is_advised(kit: Kit) -> None:
    assert advise(kit, EVENING).suggestions == 0


DAY = timedelta(days=1)
HOLD = suggestion(Advice.HOLD, EVENING - 2 * DAY)
WATCH = suggestion(Advice.WATCH, EVENING - 9 * DAY)
CALL = suggestion(Advice.NEW_COALITION, EVENING - 3 * DAY)
BESIDE = suggestion(Advice.PIVOT, EVENING - 3 * DAY, Obstacle.FUNDING)


@pytest.mark.parametrize(
    ("made", "stands"),
    [
        ((), ()),
        ((HOLD,), (HOLD,)),
        ((WATCH, HOLD), (WATCH,)),
        ((WATCH, CALL), (CALL,)),
        ((suggestion(Advice.WATCH, EVENING - 9 * DAY, Obstacle.FUNDING), CALL), (CALL, suggestion(Advice.WATCH, EVENING - 9 * DAY, Obstacle.FUNDING))),
        ((suggestion(Advice.PIVOT, EVENING - 5 * DAY), CALL), (CALL,)),
        ((BESIDE, CALL), (BESIDE, CALL)),
        ((suggestion(Advice.NEW_COALITION, EVENING - 28 * DAY),), ()),
        ((suggestion(Advice.NEW_COALITION, EVENING + DAY), HOLD), (HOLD,)),
        ((suggestion(Advice.NEW_COALITION, EVENING - DAY, objective="other"), WATCH), (WATCH,)),
    ],
)
def test_what_stands_for_an_objective(made: tuple[Suggestion, ...], stands: tuple[Suggestion, ...]) -> None:
    assert still_open(made, "wards", EVENING) == stands
