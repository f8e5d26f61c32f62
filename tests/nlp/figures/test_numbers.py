import re

import pytest

from nlp.figures.numbers import Quantity, counting, numerals, quantity
from nlp.figures.sentences import fold


def read(text: str, language: str) -> Quantity | None:
    reads = numerals(language)
    match = re.search(reads.pattern, fold(text))
    assert match is not None
    return quantity(match, reads)


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("en", "40,000", 40_000, 40_000),
        ("en", "1.5 million", 1.5e6, 1.5e6),
        ("en", "2 hundred thousand", 200_000, 200_000),
        ("en", "1.2m", 1.2e6, 1.2e6),
        ("en", "45k", 45_000, 45_000),
        ("en", "two hundred and fifty thousand", 250_000, 250_000),
        ("en", "a hundred", 100, 100),
        ("en", "twenty-five", 25, 25),
        ("en", "three dozen", 36, 36),
        ("en", "dozens", 24, None),
        ("en", "more than a hundred", 100, None),
        ("en", "as many as 30", 0, 30),
        ("en", "12 to 15", 12, 15),
        ("en", "10-12 million", 10e6, 12e6),
        ("en", "from 40 to 57", 57, 57),
        ("en", "0", 0, 0),
        ("fr", "40 000", 40_000, 40_000),
        ("fr", "2.000", 2000, 2000),
        ("fr", "2,5 millions", 2.5e6, 2.5e6),
        ("fr", "quatre-vingt-dix", 90, 90),
        ("fr", "plus d'une centaine", 100, None),
        ("es", "25.000", 25_000, 25_000),
        ("es", "doscientos mil", 200_000, 200_000),
        ("es", "mil doscientos", 1200, 1200),
        ("ar", "خمسة وعشرون", 25, 25),
        ("ar", "٤٠ ألف", 40_000, 40_000),
        ("ar", "مليونا", 2e6, 2e6),
        ("ar", "بين 20 و30", 20, 30),
    ],
)
def test_numbers_have_their_value_in_digits_and_in_words(language: str, text: str, low: float, high: float | None) -> None:
    number = read(text, language)
    assert number is not None
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize("text", ["3-1", "8 - 76000", "99999999999999"])
def test_scores_and_telephone_numbers_are_no_quantities(text: str) -> None:
    assert read(text, "en") is None


def test_a_plain_year_is_known_for_one() -> None:
    assert [number.year for number in (read("2012", "en"), read("2,012", "en")) if number] == [True, False]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_every_language_counts_to_ten(language: str) -> None:
    assert set(range(1, 11)) <= set(counting(language).values())
