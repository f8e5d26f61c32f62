"""Generic names: bodies that every country or town has, recognised in four languages."""

import pytest

from nlp.names.forms import fold
from nlp.names.generic import concepts, is_of_a_town


@pytest.mark.parametrize("name", ["Ministry of Health", "the Health Ministry", "Ministère de la Santé", "Ministerio de Salud", "وزارة الصحة"])
def test_a_ministry_says_the_same_in_every_language(name: str) -> None:
    assert concepts(fold(name)) == ("health", "ministry")


def test_an_elided_article_does_not_hide_a_word() -> None:
    assert concepts(fold("Ministère de l'Éducation")) == ("education", "ministry")


@pytest.mark.parametrize("name", ["Tide Foundation", "Ministry of Silly Walks", "of the", ""])
def test_a_name_with_a_word_of_its_own_is_not_generic(name: str) -> None:
    assert concepts(fold(name)) == ()


def test_a_city_council_is_of_a_town_and_a_parliament_is_not() -> None:
    assert is_of_a_town(concepts("city council"))
    assert not is_of_a_town(concepts("parliament"))
