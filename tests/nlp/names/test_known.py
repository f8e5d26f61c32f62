"""Known organisations: the committed table is sound, and its forms are found where they are meant."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import nlp.names.known
from nlp.names.known import organisations

TABLE = Path(nlp.names.known.__file__).parent / "data" / "organisations.tsv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(text[one.start : one.end], one.id, one.ambiguous) for one in organisations().find(text)]


def test_every_row_has_an_id_of_its_own_a_name_and_a_kind() -> None:
    assert len(ROWS) >= 250
    assert max(Counter(row["id"] for row in ROWS).values()) == 1
    assert all(re.fullmatch(r"org:[a-z0-9-]+", row["id"]) and row["canonical"] and row["kind"] in {"body", "broad", "press"} for row in ROWS)


def test_no_sure_form_means_two_organisations() -> None:
    doubled = {form: {one.id for one in forms if not one.ambiguous} for form, forms in organisations().by_fold.items()}
    assert {form: ids for form, ids in doubled.items() if len(ids) > 1} == {}


def test_arabic_names_stand_in_the_arabic_column_alone() -> None:
    arabic = re.compile("[\u0600-\u06ff]")
    assert [row["id"] for row in ROWS for name in row["ar"].split("|") if name and not arabic.match(name)] == []
    assert [row["id"] for row in ROWS for column in ("short", "en", "fr", "es") if arabic.search(row[column])] == []


@pytest.mark.parametrize(
    ("text", "span", "id_"),
    [
        ("The UN Refugee Agency said", "UN Refugee Agency", "org:unhcr"),
        ("UNHCR's tents", "UNHCR", "org:unhcr"),
        ("the United Nations Children’s Fund", "United Nations Children’s Fund", "org:unicef"),
        ("L'Organisation mondiale de la santé", "Organisation mondiale de la santé", "org:who"),
        ("la Cruz Roja Colombiana llegó", "Cruz Roja Colombiana", "org:corc"),
        ("قالت اللجنة الدولية للصليب الأحمر", "اللجنة الدولية للصليب الأحمر", "org:icrc"),
        ("the U.N. Security Council", "U.N. Security Council", "org:unsc"),
        ("واليونيسف", "اليونيسف", "org:unicef"),
    ],
)
def test_forms_are_found_in_four_languages_the_longest_first(text: str, span: str, id_: str) -> None:
    assert found(text) == [(span, id_, False)]


def test_the_arabic_preposition_that_swallows_a_letter_is_read() -> None:
    assert [id_ for _, id_, _ in found("تابع للأمم المتحدة")] == ["org:un"]


@pytest.mark.parametrize(
    "text", ["Save the children from the flood", "who came", "the world bank of ideas", "un mort", "World. Bank", "Human rights watch dogs"]
)
def test_small_letters_and_broken_words_are_no_organisation(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["The WHO came", "WHO IS THERE", "SAY UN MUERTO", "the IRC left"])
def test_a_short_form_that_may_be_a_word_or_stands_amid_shouting_is_ambiguous(text: str) -> None:
    assert [ambiguous for _, _, ambiguous in found(text)] == [True]


def test_a_shouted_headline_does_not_reach_into_the_next_line() -> None:
    assert found("FLOOD\nUN sends boats") == [("UN", "org:un", False)]


def test_whole_names_are_looked_up_with_their_capitals() -> None:
    table = organisations()
    assert [(form.id if form else None) for form in map(table.named, ["the WHO", "The Who", "WORLD BANK", "Nobody"])] == [
        "org:who",
        None,
        "org:worldbank",
        None,
    ]
