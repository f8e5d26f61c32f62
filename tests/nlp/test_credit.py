"""Credit: agencies that are named as a source, publishers heard through two doors, passages marked as somebody else's."""

import time

import pytest

from nlp.credit import agencies, credit_shared, quotation
from tests.nlp.conftest import Write


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ARDO (Reuters) - The ferry stands still.", {"Reuters"}),
        ("ARDO, 3 March (AFP/Reuters) — The ferry stands still.", {"AFP", "Reuters"}),
        ("AFP - The ferry stands still.", {"AFP"}),
        ("The ferry stands still. — AP", {"AP"}),
        ("The ferry stands still, the Associated Press reported.", {"AP"}),
        ("The ferry stands still (via EFE)", {"EFE"}),
        ("Le bac est en panne, selon l'AFP.", {"AFP"}),
        ("Le bac est en panne, d’après l’Agence France-Presse.", {"AFP"}),
        ("El transbordador no funciona, según la agencia EFE.", {"EFE"}),
        ("Die Fähre steht still, meldet die Zeitung laut dpa.", {"dpa"}),
        ("Nach Angaben von dpa steht die Fähre still.", {"dpa"}),
        ("توقفت العبارة نقلا عن رويترز", {"Reuters"}),
        ("توقفت العبارة وفقا لوكالة فرانس برس", {"AFP"}),
        ("Source: Xinhua", {"Xinhua"}),
        ("He told Reuters that the ferry stands still.", {"Reuters"}),
        ("Reuters has its office by the port, and the AP machine is broken.", set()),
        ("Half an hour (approximately) - APART from that, MAP 3", set()),
        ("", set()),
    ],
)
def test_agencies_count_where_they_are_given_as_the_source(text: str, named: set[str]) -> None:
    assert agencies(text) == named


def test_one_credits_the_agency_that_the_other_is(write: Write) -> None:
    assert credit_shared(write("a", "The ferry stands still.", source="Reuters"), write("b", "(Reuters) - No ferry.")) == "also credits Reuters"


def test_two_credits_are_told_by_the_first_name(write: Write) -> None:
    assert credit_shared(write("a", "(AFP/Reuters) No ferry"), write("b", "(Reuters/AFP) No ferry")) == "also credits AFP"


def test_a_publisher_counts_only_where_it_came_through_two_doors(write: Write) -> None:
    own = write("a", "No ferry.", source="Gazette")
    picked = write("b", "No ferry.", source="News of the day", publisher="gazette")
    again = write("c", "No ferry.", source="All the news", publisher="Gazette")
    assert credit_shared(picked, own) == "also from gazette"
    assert credit_shared(picked, again) == "also from gazette"
    assert credit_shared(own, picked) == "also from gazette"
    assert credit_shared(own, own) == ""
    assert credit_shared(picked, picked) == ""
    assert credit_shared(own, write("d", "No ferry.", source="Courier")) == ""


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("I agree.\n> No ferry\n> since Tuesday", "No ferry\nsince Tuesday"),
        ("I agree.\n-----Original Message-----\nNo ferry", "\nNo ferry"),
        ("D'accord.\n---------- Message transféré ----------\nPas de bac", "\nPas de bac"),
        ("Prices rose -- again -- and 5 > 3", ""),
        ("Nothing is marked here", ""),
    ],
)
def test_a_passage_is_somebody_elses_where_it_is_marked_so(text: str, passage: str) -> None:
    assert quotation(text) == passage


@pytest.mark.parametrize("empty", ["\n" * 100_000, " " * 100_000, "via " + " " * 100_000, "-- \n" + "\n" * 100_000])
def test_a_text_of_blank_lines_is_read_as_fast_as_any_other(empty: str) -> None:
    began = time.process_time()
    assert (agencies(empty), quotation(empty)) == (frozenset(), "")
    assert time.process_time() - began < 2
