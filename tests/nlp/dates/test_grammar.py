import pytest

from nlp.dates.grammar import grammar


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_every_language_has_twelve_months_and_seven_days(language: str) -> None:
    rules = grammar(language)
    assert set(rules.months.values()) == set(range(1, 13))
    assert set(rules.weekdays.values()) == set(range(7))


def test_arabic_months_of_the_levant_of_egypt_and_of_the_maghreb_are_one() -> None:
    months = grammar("ar").months
    assert months["ايار"] == months["مايو"] == months["ماي"] == 5


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_every_name_of_a_month_or_day_opens_the_search(language: str) -> None:
    rules = grammar(language)
    assert {max(name.split(), key=len) for name in (*rules.months, *rules.weekdays)} <= rules.anchors
