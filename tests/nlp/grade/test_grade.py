"""The number of a report says how well independent origins bear it out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from nlp.grade.grade import grade_reports
from store.records import Credibility, ReportGrade, SourceKind
from tests.nlp.grade.scenes import DAY, INLAND, Told, gone, judged, road, tell, toll

TRUE, FALSE = toll(40, **gone(5)), toll(400, **gone(5))


def graded(*told: Told, origins: dict[str, str] | None = None) -> ReportGrade:
    """Grade the first of these."""
    found = judged(*told, origins=origins)
    return next(grade for grade in grade_reports(found.values()) if grade.report_id == told[0][0].id)


def others(right: int, wrong: int, kind: SourceKind = SourceKind.NEWS) -> list[Told]:
    return [tell(f"{'right' if n < right else 'wrong'} {n}", TRUE if n < right else FALSE, hours=1, source_kind=kind) for n in range(right + wrong)]


@pytest.mark.parametrize(
    ("right", "wrong", "number"),
    [(0, 0, 6), (1, 0, 2), (2, 0, 2), (1, 1, 4), (0, 1, 4), (0, 2, 5), (1, 2, 4), (1, 3, 5), (2, 1, 2), (3, 3, 4)],
)
def test_confirmed_against_contradicted(right: int, wrong: int, number: int) -> None:
    assert graded(tell("a", TRUE), *others(right, wrong)).number == Credibility(number)


def test_a_one_takes_two_other_origins_of_two_kinds_of_source_and_nobody_against() -> None:
    assert graded(tell("a", TRUE, source_kind=SourceKind.NGO), *others(2, 0)).number is Credibility.CONFIRMED
    assert graded(tell("a", TRUE), *others(2, 0, SourceKind.UN)).number is Credibility.CONFIRMED
    assert graded(tell("a", TRUE, source_kind=SourceKind.NGO), *others(1, 0)).number is Credibility.PROBABLE
    assert graded(tell("a", TRUE, source_kind=SourceKind.NGO), *others(4, 1)).number is Credibility.PROBABLE


def test_the_same_obstacle_told_by_many_is_no_more_than_probable_and_a_denial_claims_nothing() -> None:
    alike = [tell(f"b{n}", road(), source_kind=SourceKind.UN) for n in range(4)]
    assert graded(tell("a", road(), source_kind=SourceKind.NGO), *alike).number is Credibility.PROBABLE
    for sentence in ("The port authority denies that the road is closed.", "تنفي السلطات إغلاق الطريق"):
        assert graded(tell("a", replace(road(), sentence=sentence)), *alike).number is not Credibility.CONFIRMED
        assert not graded(tell("a", replace(road(), sentence=sentence)), *alike).reason.startswith("confirmed")


def test_ten_copies_of_one_wire_confirm_once() -> None:
    copies = others(10, 0, SourceKind.UN)
    assert graded(tell("a", TRUE), *copies, origins={report.id: copies[0][0].id for report, _ in copies}).number is Credibility.PROBABLE


def test_being_of_the_same_place_makes_it_possible_and_twice_so_probable_where_nothing_more_is_said() -> None:
    assert graded(tell("a", road()), tell("b", toll(3))).number is Credibility.POSSIBLE
    assert graded(tell("a"), tell("b")).number is Credibility.POSSIBLE
    assert graded(tell("a"), tell("b"), tell("c")).number is Credibility.PROBABLE
    assert graded(tell("a", road()), tell("b"), tell("c")).number is Credibility.POSSIBLE
    assert graded(tell("a"), *(tell(f"b{n}", source_kind=SourceKind.UN) for n in range(9))).number is Credibility.PROBABLE


def test_the_reason_names_the_origins() -> None:
    grade = graded(tell("a", TRUE), *others(4, 1), tell("z", road()))
    assert grade.reason == (
        "confirmed by 4 independent origins (right 0, right 1, right 2, ...); contradicted by 1 independent origin (wrong 4); "
        "fits with 1 independent origin (z); 1 kind of source"
    )
    assert graded(tell("a"), tell("b", places=[INLAND])).reason == "no other origin speaks of the same place or count"


def test_only_what_was_heard_by_then_counts() -> None:
    found = judged(tell("a", TRUE), tell("b", TRUE, hours=2))
    numbers = [grade_reports([found["a"]], DAY + timedelta(hours=hours))[0].number for hours in (1, 2)]
    assert numbers == [Credibility.UNJUDGED, Credibility.PROBABLE]
    assert grade_reports([found["a"]], DAY)[0].reason.startswith("no other")


def test_how_sure_a_reporter_says_he_is_changes_nothing() -> None:
    plain = [grade_reports(judged(tell("a", TRUE, confidence=words), *others(1, 1)).values()) for words in ("", "certain, seen by all of us", "A1")]
    assert plain[0] == plain[1] == plain[2]
