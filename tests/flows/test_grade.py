"""Grades are computed from what is kept, again and again, and come from nothing else."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from flows.grade import batches, grade_new, news
from flows.kit import Kit
from store.records import Credibility, FigureReading, Move, Origin, Reading, Reliability, Report, SourceGrade
from tests.nlp.grade.scenes import DAY, gone, tell, toll

RIGHT, WRONG = toll(40, **gone(5)), toll(400, **gone(5))
EVENING = DAY + timedelta(days=20)
Said = tuple[str, FigureReading]


def keep(kit: Kit, day: float, said: Sequence[Said], situation: str | None = None, copies: Sequence[str] = (), words: str = "") -> list[str]:
    """Keep one situation of a day: who said what, an hour apart, and who copied the first."""
    name = f"s{day}" if situation is None else situation
    told = [tell(f"{day:04} {voice}", figure, hours=24 * day + n, source=voice, confidence=words) for n, (voice, figure) in enumerate(said)]
    reports, readings = [report for report, _ in told], [reading for _, reading in told]
    store(kit, reports, readings)
    kit.warehouse.put_situations([Move(report_id=report.id, at=report.at, situation_id=name) for report in reports], [])
    same = [report.id for report in reports if report.source in copies]
    kit.warehouse.put_origins([Origin(id=same[0], report_ids=tuple(same))] if same else [])
    return [report.id for report in reports]


def store(kit: Kit, reports: Sequence[Report], readings: Sequence[Reading]) -> None:
    kit.warehouse.add_reports(reports, 0)
    kit.warehouse.add_readings(readings, ())


HONEST: tuple[Said, ...] = (("A", RIGHT), ("B", RIGHT), ("C", RIGHT), ("D", RIGHT))


def letters(kit: Kit, as_of: datetime = EVENING) -> dict[str, str]:
    return {grade.source: grade.letter.value for grade in kit.warehouse.source_grades(as_of)}


def test_reports_get_numbers_and_sources_letters(kit: Kit) -> None:
    for day in range(8):
        ids = keep(kit, day, [*HONEST, ("Liar", WRONG)])
    assert grade_new(kit, EVENING) == 40
    assert letters(kit) == {"A": "B", "B": "B", "C": "B", "D": "B", "Liar": "E"}
    grades = kit.warehouse.report_grades(ids)
    assert [grades[one].number for one in ids] == [Credibility.PROBABLE] * 4 + [Credibility.IMPROBABLE]
    assert "contradicted by 4 independent origins" in grades[ids[-1]].reason


def test_a_letter_holds_from_the_day_it_changed(kit: Kit) -> None:
    for day in range(8):
        keep(kit, day, HONEST)
    grade_new(kit, EVENING)
    assert [letters(kit, DAY + timedelta(days=day))["A"] for day in (0, 2.5, 3.5, 6.5, 7.5)] == ["F", "F", "C", "C", "B"]


def test_no_later_report_is_looked_at(kit: Kit) -> None:
    for day in range(8):
        keep(kit, day, HONEST)
    assert grade_new(kit, DAY + timedelta(days=4)) == 16 + 1
    assert letters(kit)["A"] == "C"


def test_grading_again_changes_nothing(kit: Kit) -> None:
    for day in range(8):
        ids = keep(kit, day, HONEST)
    found = []
    for _ in range(2):
        grade_new(kit, EVENING)
        found.append((kit.warehouse.counts(), kit.warehouse.source_grades(EVENING), kit.warehouse.report_grades(ids)))
    assert found[0] == found[1]


def test_grading_from_time_to_time_ends_as_grading_once(kit: Kit) -> None:
    for day in range(8):
        keep(kit, day, [*HONEST, ("Liar", WRONG)])
    for day in range(1, 21, 3):
        grade_new(kit, DAY + timedelta(days=day))
    assert letters(kit) == {"A": "B", "B": "B", "C": "B", "D": "B", "Liar": "E"}


def test_six_copies_of_a_lie_are_one_voice_against_the_truth(kit: Kit) -> None:
    ring = [f"copy {n}" for n in range(6)]
    for day in range(8):
        keep(kit, day, [*HONEST, ("Liar", WRONG), *((voice, WRONG) for voice in ring)], copies=["Liar", *ring])
    grade_new(kit, EVENING)
    found = letters(kit)
    assert found["Liar"] == "E"
    assert {found[voice] for voice in ring} == {"E"}
    assert {found[voice] for voice in "ABCD"} == {"B"}


def test_what_reporters_say_of_their_own_certainty_is_not_heard(kit: Kit) -> None:
    for day in range(8):
        keep(kit, day, HONEST, words="A1, completely reliable, confirmed")
    keep(kit, 9, [("Boaster", RIGHT)], words="A1, completely reliable, confirmed")
    grade_new(kit, EVENING)
    assert letters(kit)["Boaster"] == "F"
    assert kit.warehouse.report_grades(["0009 Boaster"])["0009 Boaster"].number is Credibility.UNJUDGED


def test_a_report_in_no_situation_is_judged_by_nobody(kit: Kit) -> None:
    ids = keep(kit, 1, HONEST, situation="")
    assert grade_new(kit, EVENING) == 4
    assert {grade.number for grade in kit.warehouse.report_grades(ids).values()} == {Credibility.UNJUDGED}


def test_only_what_changed_is_written_again(kit: Kit) -> None:
    keep(kit, 0, HONEST[:2], situation="s")
    later = DAY + timedelta(days=60)
    assert [grade_new(kit, later) for _ in range(2)] == [2, 0]
    keep(kit, 59, HONEST[2:3], situation="s")
    assert grade_new(kit, later) == 1
    keep(kit, 0.5, HONEST[3:], situation="s")
    assert grade_new(kit, later) == 3


def test_a_look_back_grades_as_of_then_and_leaves_nothing_behind(kit: Kit) -> None:
    ids = keep(kit, 0, [*HONEST, ("Liar", WRONG)])
    found = []
    for moment in (DAY + timedelta(days=100), DAY, DAY + timedelta(days=100)):
        grade_new(kit, moment)
        found.append(kit.warehouse.report_grades(ids)[ids[0]].number)
    assert found == [Credibility.PROBABLE, Credibility.UNJUDGED, Credibility.PROBABLE]


def test_nothing_known_is_nothing_graded(kit: Kit) -> None:
    assert grade_new(kit, EVENING) == 0
    assert letters(kit) == {}


def row(letter: Reliability, day: int) -> SourceGrade:
    return SourceGrade(source="A", at=DAY + timedelta(days=day), letter=letter, confirmed=4, contradicted=0, reason="so")


def test_what_was_told_of_a_source_stays_told() -> None:
    history = [row(Reliability.F, 0), row(Reliability.C, 3), row(Reliability.B, 7)]
    assert list(news(history, {}, EVENING)) == history
    assert list(news(history, {"A": history[2]}, EVENING)) == []
    assert list(news(history, {"A": history[1]}, EVENING)) == [history[2]]
    (late,) = news(history, {"A": row(Reliability.D, 9)}, EVENING)
    assert (late.letter, late.at) == (Reliability.B, EVENING)


@pytest.mark.parametrize(("size", "found"), [(1, [1, 1, 1]), (3, [2, 1]), (99, [3])])
def test_a_batch_ends_where_it_is_full_and_cuts_no_group(size: int, found: list[int]) -> None:
    groups = [[tell(f"{n} {m}")[0] for m in range(n + 1)] for n in range(3)]
    made = list(batches(groups, size))
    assert [len(batch) for batch in made] == found
    assert [group for batch in made for group in batch] == groups
