from dataclasses import replace

import pytest

from reports import admiralty
from store.records import Credibility, Reliability, SourceGrade
from tests.reports.builder import NOW

GRADE = SourceGrade(source="Radio Delgany", at=NOW, letter=Reliability.B, confirmed=4, contradicted=1, reason="")


@pytest.mark.parametrize(
    ("letter", "number", "expected", "meaning"),
    [
        (Reliability.B, Credibility.PROBABLE, "B2", "source: usually reliable; report: probably true"),
        (Reliability.F, Credibility.CONFIRMED, "F1", "source: not yet judged; report: confirmed by other independent origins"),
        (Reliability.E, Credibility.UNJUDGED, "E6", "source: unreliable; report: not yet judged"),
        (Reliability.F, Credibility.UNJUDGED, "not yet judged", "neither the source nor the report could be judged yet"),
    ],
)
def test_a_code_says_what_is_known_and_f6_is_no_alarm(letter: Reliability, number: Credibility, expected: str, meaning: str) -> None:
    assert admiralty.code(letter, number) == expected
    assert admiralty.explained(expected) == meaning


def test_every_letter_and_number_has_its_meaning() -> None:
    assert set(admiralty.LETTERS) == set(Reliability)
    assert set(admiralty.NUMBERS) == set(Credibility)


def test_a_source_without_a_letter_and_one_with_f_are_not_yet_judged() -> None:
    assert [admiralty.letter(one) for one in (GRADE, None, replace(GRADE, letter=Reliability.F))] == ["B", "not yet judged", "not yet judged"]


def test_a_letter_stands_beside_the_history_that_it_was_computed_from() -> None:
    assert admiralty.judged(GRADE) == "4 confirmed, 1 contradicted, 20 May 2031"
    assert admiralty.judged(replace(GRADE, confirmed=0, contradicted=0)) == ""
