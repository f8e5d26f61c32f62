"""Language: what the text says, what its sender says, and when neither is to be believed."""

import pytest

from nlp.language import language

FRENCH = "Les familles déplacées attendent depuis trois jours devant le bâtiment de la préfecture sans eau ni abri."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FRENCH, "fr"),
        ("The ministry has refused the third request for travel permits this month.", "en"),
        ("لم تصل شاحنات الطحين إلى المخبز منذ يوم السبت", "ar"),
        ("Лікарня просить доставити генератор і пальне до кінця тижня", "uk"),
        ("Hatuna maji safi katika kijiji chetu tangu wiki iliyopita", "sw"),
    ],
)
def test_names_the_language_of_a_sentence(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize("text", ["", "ok", "12 345", "https://paper.example/une-page-en-francais @someone #tag"])
def test_says_undetermined_where_there_is_too_little_to_tell(text: str) -> None:
    assert language(text) == "und"


def test_believes_what_was_declared_for_a_short_text() -> None:
    assert language("Pont coupé", "fr-CA") == "fr"
    assert language("Bridge is out today", "ht") == "ht"


def test_a_long_text_plainly_in_another_language_overrules_the_declaration() -> None:
    assert language(FRENCH, "en") == "fr"


@pytest.mark.parametrize("declared", ["unknown language", "und", "x", "1"])
def test_a_declaration_that_names_no_language_is_ignored(declared: str) -> None:
    assert language(FRENCH, declared) == "fr"
