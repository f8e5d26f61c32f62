"""Given: spans that somebody else found are looked up in ever looser spellings."""

import pytest

from nlp.places.gazetteer import Gazetteer
from nlp.places.given import given


def _ids(words: str, gazetteer: Gazetteer, before: str = "", after: str = "") -> set[str]:
    found = given(f"{before}{words}{after}", [(len(before), len(before) + len(words))], gazetteer)
    return {candidate.place.id for span in found for candidate in span.candidates}


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("Goma", "gn:216281"),
        ("Goma's", "gn:216281"),
        ("#Goma", "gn:216281"),
        ("(Goma),", "gn:216281"),
        ("the Goma", "gn:216281"),
        ("Gomas", "gn:216281"),
        ("Goma_Sarnia City", ""),
        ("downtown Goma", "gn:216281"),
        ("City of Goma", "gn:216281"),
        ("Goma Township", "gn:216281"),
        ("eastern Goma Region", "gn:216281"),
        ("Syrians", "gn:163843"),
        ("Texan", "gn:4736286"),
        ("#HafarAlBatin", "gn:105299"),
        ("#NuwaraEliya", "gn:1241622"),
        ("#srilanka", "gn:1227603"),
        ("بحلب", "gn:170063"),
        ("وبالحسكة", "gn:173811"),
        ("للحسكة", "gn:173811"),
        ("وللحسكة", "gn:173811"),
        ("وبغداد", "gn:98182"),
        ("لبغداد", "gn:98182"),
        ("للاذقية", "gn:173576"),
        ("وللاذقية", "gn:173576"),
        ("مدينة حلب", "gn:170063"),
        ("بمدينة حلب", "gn:170063"),
        ("شمال وحلب", "gn:170063"),
    ],
)
def test_a_name_is_found_whatever_is_round_it(small: Gazetteer, words: str, id_: str) -> None:
    assert (id_ in _ids(words, small)) if id_ else _ids(words, small) == set()


@pytest.mark.parametrize(
    ("words", "id_"), [("Port of Tripoli", "gn:2210247"), ("Goma International Airport", "gn:216281"), ("مستشفى حلب المركزي", "gn:170063")]
)
def test_a_building_called_after_a_large_town_stands_for_the_town(small: Gazetteer, words: str, id_: str) -> None:
    assert id_ in _ids(words, small)


@pytest.mark.parametrize("words", ["Freeport Hospital", "North Island", "the school", "Goma Nurses", "...", "  ", "Nowhere", "المستشفى الكبير"])
def test_what_is_called_after_no_large_place_is_left_out(small: Gazetteer, words: str) -> None:
    assert _ids(words, small) == set()


def test_two_capitals_are_a_short_form_of_something_wide(small: Gazetteer) -> None:
    assert _ids("TX", small) == {"gn:4736286"}
    assert _ids("QQ", small) == set()


def test_a_type_word_in_or_behind_the_span_is_noted(small: Gazetteer) -> None:
    text = "Aleppo Governorate, Goma province and Sarnia."
    spans = given(text, [(0, 18), (20, 24), (38, 44)], small)
    assert [(span.text, span.of_type, span.sure) for span in spans] == [("Aleppo Governorate", True, 1.0), ("Goma", True, 1.0), ("Sarnia", False, 1.0)]


def test_spans_keep_their_order_and_place(small: Gazetteer) -> None:
    text = "From Sarnia to Nowhere and Goma"
    assert [(span.start, span.end) for span in given(text, [(27, 31), (5, 11), (15, 22)], small)] == [(27, 31), (5, 11)]
