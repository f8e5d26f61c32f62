"""Spans: which runs of words are looked up, and how."""

import pytest

from nlp.places.page import read_page
from nlp.places.spans import drafts
from tests.nlp.places.atlas import atlas

ATLAS = atlas()


def _found(text: str) -> list[tuple[str, str]]:
    return [(text[draft.start : draft.end], draft.how) for draft in drafts(read_page(text, (), labelled=False), ATLAS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Deir ez-Zor", [("Deir ez-Zor", "plain")]),
        ("Port-au-Prince", [("Port-au-Prince", "plain")]),
        ("St. Marc", [("St. Marc", "plain")]),
        ("Saint. Marc", []),
        ("Aleppo governorate", [("Aleppo governorate", "plain")]),
        ("Goma province", [("Goma", "plain")]),
        ("مدينة", []),
        ("#NewZealand", [("NewZealand", "tag")]),
        ("#newzealand", [("newzealand", "tag")]),
        ("NewZealand", []),
        ("#New_Zealand", [("New_Zealand", "plain")]),
        ("#rain_in_Goma", []),
        ("Wellingtons harbour", [("Wellington", "possessive")]),
        ("Quellingtons harbour", []),
        ("بحلب", [("حلب", "proclitic")]),
        ("للخرطوم", [("لخرطوم", "proclitic")]),
        ("الدارالبيضاء", [("الدارالبيضاء", "run together")]),
        ("رجل", []),
        ("東京", []),
        ("via l'Aquila", [("l'Aquila", "plain")]),
        ("#goma goma in goma", [("goma", "plain"), ("goma", "plain")]),
        ("the US told us", [("US", "plain")]),
        ("X", []),
    ],
)
def test_a_name_is_looked_up_as_it_is_written(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Bank of Ghana",
        "University of Aleppo",
        "l'université d'Alep",
        "Universidad de Managua",
        "London Times",
        "Washington State University",
        "Paris Street",
        "بنك السودان",
    ],
)
def test_what_a_body_or_a_street_is_called_after_is_not_meant(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize("text", ["the banks of Goma", "the bank of Goma", "Goma university students", "Goma, Times of war", "Paris and Bank"])
def test_other_neighbours_do_no_harm(text: str) -> None:
    assert len(_found(text)) == 1


def test_careful_texts_need_capitals() -> None:
    careful = "Clinics in Beira opened again on Monday, and Nurses came back to work. " * 6
    assert "goma" not in dict(_found(careful + "Nobody went to goma."))
    assert "goma" in dict(_found("Nobody went to goma."))


def test_names_end_at_words_that_no_name_goes_on_behind() -> None:
    assert _found("Aleppo Police New Zealand") == [("Aleppo", "plain"), ("New Zealand", "plain")]
