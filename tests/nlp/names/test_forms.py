"""Forms: spellings of one organisation fold to one form, and a text's own definitions are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.names.forms import definitions, fold, is_short


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Harbour Workers' Union", "HARBOUR WORKERS UNION"),
        ("Zélimar Mining Ltd.", "Zelimar Mining"),
        ("U.N.H.C.R.", "UNHCR"),
        ("L'Union des pêcheurs", "Union des pecheurs"),
        ("Lake Fishers Association (LFA)", "the Lake Fishers Association"),
        ("Oxfam's", "Oxfam"),
        ("Bread & Roses", "Bread and Roses"),
        ("منظمة الصحة", "منظمه الصحه"),
    ],
)
def test_spellings_of_one_organisation_fold_to_one_form(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


def test_different_organisations_stay_different_and_an_article_alone_stays() -> None:
    assert fold("Harbour Women's Union") != fold("Harbour Workers' Union")
    assert fold("The") == "the"
    assert fold("Ltd") == "ltd"
    assert fold("(LFA)") == "lfa"


@pytest.mark.parametrize(
    ("text", "short"), [("UNHCR", True), ("U.N.", True), ("MdM", True), ("AFL-CIO", True), ("Oxfam", False), ("U", False), ("TOOLONGNAME", False)]
)
def test_a_short_form_is_one_word_of_mostly_capitals(text: str, short: bool) -> None:
    assert is_short(text) is short


def test_a_short_form_in_brackets_is_explained_by_the_words_before_it() -> None:
    text = "Boats stayed in. The Lake Fishers Association (LFA) is on strike."
    (found,) = definitions(text)
    assert (found.short, found.long) == ("LFA", "Lake Fishers Association")
    assert text[found.start : found.end] == found.long


def test_a_long_form_in_brackets_explains_the_word_before_it() -> None:
    text = "The LFA (the Lake Fishers Association) is on strike."
    (found,) = definitions(text)
    assert (found.short, found.long) == ("LFA", "Lake Fishers Association")
    assert text[found.start : found.end] == found.long


def test_accents_and_small_words_do_not_hide_a_definition() -> None:
    (found,) = definitions("Le Syndicat des Éleveurs du Nord (SEN) appelle au calme.")
    assert found.long == "Syndicat des Éleveurs du Nord"


@pytest.mark.parametrize(
    "text",
    [
        "Goma (DRC) is quiet.",
        "(LFA) is on strike.",
        "Forty people (see map) left.",
        "Boats (LFA) left.",
        "Word (Another Zebra) ran.",
        "XYZ (Lake Fishers) left.",
    ],
)
def test_brackets_that_explain_nothing_define_nothing(text: str) -> None:
    assert definitions(text) == ()


def test_a_definition_does_not_reach_over_the_end_of_a_sentence() -> None:
    (found,) = definitions("They met the Large Farm. Lake Fishers Association (LFA) spoke.")
    assert found.long == "Lake Fishers Association"


@given(st.text(max_size=60))
def test_folding_a_fold_changes_nothing_and_any_text_may_be_searched(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(text[one.start : one.end] == one.long for one in definitions(text))
