"""Recognise: capitals, labels, gazetteer and neighbours weighed together."""

import pytest

from nlp.places.everyday import common_words, draw
from nlp.places.gazetteer import Gazetteer
from nlp.places.recognise import named, recognise
from store.records import Mention


def _found(text: str, gazetteer: Gazetteer, *labels: tuple[str, str]) -> list[str]:
    mentions = [Mention(start=text.index(name), end=text.index(name) + len(name), text=name, label=label) for name, label in labels]
    return [span.text for span in recognise(text, mentions, gazetteer, labelled=bool(labels))]


def test_spans_count_characters_of_the_text(small: Gazetteer) -> None:
    text = "Trucks left Aleppo’s bakery for Al-Hasakah on Friday."
    spans = recognise(text, (), small, labelled=False)
    assert [(span.text, text[span.start : span.end]) for span in spans] == [("Aleppo", "Aleppo"), ("Al-Hasakah", "Al-Hasakah")]


def test_the_gazetteer_overrules_a_wrong_label(small: Gazetteer) -> None:
    assert _found("The clinic in Goma is full.", small, ("Goma", "PERSON")) == ["Goma"]


def test_a_right_label_finds_a_place_without_a_preposition(small: Gazetteer) -> None:
    assert _found("Officials said Freeport was calm.", small, ("Freeport", "GPE")) == ["Freeport"]
    assert _found("Officials said Freeport was calm.", small, ("Officials", "ORG")) == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("We met Mr Paris there.", [("Paris", "PERSON")]),
        ("A talk by Paris Hilton was cancelled.", [("Paris Hilton", "PERSON")]),
        ("The Bank of Aleppo closed its books.", [("Bank of Aleppo", "ORG")]),
        ("Most Syrian Paris voters agreed.", [("Syrian Paris", "NORP")]),
        ("Union leaders spoke. The Union has agreed.", [("leaders", "ORG")]),
        ("Nice people helped us.", [("people", "ORG")]),
        ("It was nice. Nice of them to come.", []),
    ],
)
def test_people_organisations_and_common_words_are_no_places(small: Gazetteer, text: str, labels: list[tuple[str, str]]) -> None:
    assert _found(text, small, *labels) == []


def test_hasty_messages_hashtags_and_capitals_are_read(small: Gazetteer) -> None:
    assert _found("need water in goma pls", small) == ["goma"]
    assert _found("Flooding now #Goma pray", small) == ["Goma"]
    assert _found("WATER NEEDED IN GOMA NOW", small) == ["GOMA"]


def test_short_codes_count_only_for_countries(small: Gazetteer) -> None:
    assert _found("Staff of the USA office left the DRC.", small) == ["USA", "DRC"]
    assert _found("Tell us what you need.", small) == []


def test_arabic_proclitics_are_set_aside(small: Gazetteer) -> None:
    assert _found("وصلت القافلة من حلب إلى الحسكة", small) == ["حلب", "الحسكة"]
    text = "الوضع صعب بحلب وبالحسكة"
    spans = recognise(text, (), small, labelled=False)
    assert [(span.text, text[span.start : span.end]) for span in spans] == [("بحلب", "حلب"), ("وبالحسكة", "الحسكة")] or [span.start for span in spans]


def test_the_longest_name_wins_and_a_type_word_is_noted(small: Gazetteer) -> None:
    spans = recognise("Shelling in Aleppo governorate and in Al Hasakah.", (), small, labelled=False)
    assert [(span.text, span.of_type) for span in spans] == [("Aleppo", True), ("Al Hasakah", False)]


def test_a_place_field_gives_its_parts_or_what_it_contains(small: Gazetteer) -> None:
    assert [span.text for span in named("manbij, Syria", small)] == ["manbij", "Syria"]
    assert [span.text for span in named("near Goma airport", small)] == ["Goma"]
    assert [span.text for span in named("12 Goma 73, Nowhere", small)] == ["Goma"]
    assert named(" , ", small) == ()


def test_common_words_are_drawn_from_piece_scores() -> None:
    pieces = {"\u2581reading": -11.0, "\u2581Reading": -13.0, "\u2581goma": -14.0, "\u2581Goma": -11.0, "\u2581split": -12.0, "xy": -3.0, "\u2581ab": -2.0}
    assert draw(pieces, lambda name: name != "nothing") == ("reading", "split")
    assert {"reading", "union", "between", "بين"} <= common_words()
    assert "goma" not in common_words()
