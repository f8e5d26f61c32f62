import pytest

from nlp.figures.lexicon import lexicon
from nlp.figures.sentences import fold
from nlp.figures.tag import tag


def letters(text: str, language: str = "en") -> str:
    return tag(text, fold(text), (0, len(text)), lexicon(language)).letters


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "At least 40 people were killed", "NUaV"),
        ("en", "Shelling killed 12 villagers, Kurds fled", "CVNU,UI"),
        ("en", "killed 3 products", "VNw"),
        ("en", "12% of USD 40", "NmoSN"),
        ("en", "a 2-1 loss", "w.w"),
        ("fr", "trois blessés", "NK"),
        ("ar", "قتيلان وثلاثة جرحى", "Nn&Nn"),
        ("ar", "وأصيب شخصان", "&VNU"),
    ],
)
def test_each_token_becomes_a_letter(language: str, text: str, expected: str) -> None:
    assert letters(text, language) == expected


def test_every_letter_has_its_characters() -> None:
    text = "In Easton 40 people (12 men) were killed."
    tagged = tag(text, fold(text), (0, len(text)), lexicon("en"))
    assert len(tagged.letters) == len(tagged.spans)
    assert [text[slice(*tagged.spans[number])] for number in tagged.numbers] == ["40", "12"]
