from collections.abc import Iterator
from dataclasses import replace

import pytest

from store.records import Credibility, Reliability, Subject
from store.warehouse import Warehouse
from tests.store.samples import correction, hours, name_link, report, report_grade, rid, source_grade


@pytest.fixture
def house() -> Iterator[Warehouse]:
    with Warehouse(None) as house:
        yield house


def test_names_are_listed_by_time_of_their_reports_and_number(house: Warehouse) -> None:
    house.add_reports([report("a", 2), report("b", 1), report("c", 3)], cursor=3)
    a0, a1, b, c = name_link("a", 0), name_link("a", 1, "n2", "Y Aid"), name_link("b", 4), name_link("c")
    house.put_name_links([c, a1, a0, b])
    assert house.name_links(hours(0), hours(3)) == (b, a0, a1, c)
    assert house.name_links(hours(1), hours(2)) == (a0, a1)


def test_the_names_of_a_report_are_replaced_together_and_those_of_others_stay(house: Warehouse) -> None:
    house.add_reports([report("a", 1), report("b", 2)], cursor=2)
    house.put_name_links([name_link("a", 0), name_link("a", 1), name_link("b")])
    other = name_link("a", 1, "n9", "Z Corps")
    house.put_name_links([name_link("a", 1), other])
    assert house.name_links(hours(0), hours(2)) == (other, name_link("b"))
    house.put_name_links([])
    assert house.name_links(hours(0), hours(2)) == (other, name_link("b"))


def test_a_report_has_the_grade_it_was_given_last(house: Warehouse) -> None:
    house.put_report_grades([report_grade("a"), report_grade("b", Credibility.UNJUDGED)])
    house.put_report_grades([report_grade("a", Credibility.CONFIRMED, "three origins agree")])
    found = house.report_grades([rid("b"), rid("a"), rid("z")])
    assert found == {rid("a"): report_grade("a", Credibility.CONFIRMED, "three origins agree"), rid("b"): report_grade("b", Credibility.UNJUDGED)}
    assert house.report_grades([]) == {}


def test_the_grade_that_holds_for_a_source_is_the_latest_given_by_then(house: Warehouse) -> None:
    early, late, other = source_grade(at=1), source_grade(at=3, letter=Reliability.C), source_grade("radio", 2, Reliability.F)
    house.put_source_grades([late, other, early])
    assert house.source_grades(hours(3)) == (other, late)
    assert house.source_grades(hours(2)) == (other, early)
    assert house.source_grades(hours(0)) == ()
    assert house.grade_history("wells") == (early, late)
    assert house.grade_history("nobody") == ()


def test_a_grade_of_the_same_source_and_time_is_replaced(house: Warehouse) -> None:
    house.put_source_grades([source_grade(at=1), source_grade(at=1, letter=Reliability.D)])
    house.put_source_grades([source_grade(at=1, letter=Reliability.E, reason="it denied what all saw")])
    assert house.grade_history("wells") == (source_grade(at=1, letter=Reliability.E, reason="it denied what all saw"),)


def test_corrections_are_listed_by_time_and_id_the_undone_ones_too(house: Warehouse) -> None:
    first, second = correction("c2", 1), correction("c1", 2, report_id=rid("a"))
    third = replace(correction("c0", 2), subject=Subject.NAME, wrong="n1", right="", reason="")
    house.put_corrections([second, third, first])
    house.put_corrections([replace(first, undone_at=hours(9))])
    assert house.corrections() == (replace(first, undone_at=hours(9)), third, second)
    house.put_corrections([first])
    assert house.corrections()[0] == first
