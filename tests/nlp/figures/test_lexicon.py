import pytest

from nlp.figures.lexicon import CODES, lexicon
from nlp.figures.link import UNITS
from store.records import FigureKind

LANGUAGES = ["en", "fr", "es", "ar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_but_money_has_cues_and_every_cue_a_kind(language: str) -> None:
    sections = {s for entries in lexicon(language).phrases.values() for _, entry in entries for names in entry.roles.values() for s in names}
    assert {next(kind for kind in FigureKind if section.startswith(kind)) for section in sections} == set(FigureKind) - {FigureKind.MONEY}
    assert UNITS.keys() <= sections or language != "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_longer_phrases_are_tried_before_shorter_ones(language: str) -> None:
    for entries in lexicon(language).phrases.values():
        assert [len(rest) for rest, _ in entries] == sorted((len(rest) for rest, _ in entries), reverse=True)


@pytest.mark.parametrize(
    ("language", "name", "code"), [("en", "dollars", "USD"), ("fr", "euros", "EUR"), ("es", "pesos", ""), ("ar", "دولار", "USD"), ("en", "pounds", "")]
)
def test_a_currency_is_known_where_its_name_is_not_anothers_too(language: str, name: str, code: str) -> None:
    units = [entry.unit for rest, entry in lexicon(language).phrases.get(name, ()) if not rest and entry.letter == "S"]
    assert units == ([code] if code else [])


def test_words_in_capitals_are_not_currencies() -> None:
    assert "USD" in CODES
    assert not {"ALL", "TOP", "CUP", "TRY"} & CODES
