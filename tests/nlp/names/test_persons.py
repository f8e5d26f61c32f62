"""Persons: spellings of one name are alike, other names are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.names.persons import Person, alike, person

NAMES = st.sampled_from(
    ["Muammar Gaddafi", "معمر القذافي", "Mouammar Kadhafi", "Ann B. Lee", "Ann Lee", "Erik Olsen", "Abdel Fattah al-Sisi", "Jean-Pierre Ilunga"]
)


def read(name: str) -> Person:
    found = person(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Muammar Gaddafi", "Mouammar Kadhafi"),
        ("Muammar Gaddafi", "معمر القذافي"),
        ("Abdel Fattah al-Sisi", "Abdul Fatah el-Sissi"),
        ("Abdel Fattah al-Sisi", "عبد الفتاح السيسي"),
        ("Abdelfattah Nouri", "Abd al-Fattah Nuri"),
        ("Abdullah Saleh", "عبد الله صالح"),
        ("Abderrahman Nouri", "Abdul Rahman Nuri"),
        ("Bashar al-Assad", "بشار الأسد"),
        ("Mohammed Ladri", "Muhammad Ladry"),
        ("محمد صلاح", "Mohamed Salah"),
        ("Fatima Nouri", "Fatimah Nuri"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Ellen Johnson Sirleaf", "Ellen Sirleaf"),
        ("Cecil Ghani", "Cesil Ghani"),
    ],
)
def test_spellings_of_one_name_are_variants_and_share_their_rough_sound(one: str, other: str) -> None:
    assert alike(read(one), read(other)) == "variant"
    assert read(one).rough == read(other).rough


@pytest.mark.parametrize(
    ("one", "other"), [("President Ann Lee", "Ann Lee's"), ("Ann B. Lee", "Ann Lee"), ("ANN LEE", "Ann Lee"), ("Ann van der Berg", "Ann Berg")]
)
def test_titles_initials_and_capitals_do_not_make_another_name(one: str, other: str) -> None:
    assert alike(read(one), read(other)) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hassan Qarmadi", "Hussein Qarmadi"),
        ("Karim Assi", "Karima Assi"),
        ("Gamal Saleh", "Kamal Saleh"),
        ("Erik Olsen", "Erik Olson"),
        ("Clara Hamdan", "Claire Hamdan"),
        ("Ann Ruth Lee", "Ann Joy Lee"),
        ("Иван Петров", "Иван Попов"),
    ],
)
def test_other_names_are_not_alike(one: str, other: str) -> None:
    assert alike(read(one), read(other)) == ""


def test_a_name_has_two_words_that_are_no_initials() -> None:
    assert read("Ann Lee").full
    assert not read("Lee").full
    assert not read("President Lee").full
    assert not read("A. Lee").full
    assert read("Emir Kusto").full
    assert person("...") is None


def test_words_that_very_many_are_called_by_are_not_rare() -> None:
    assert [read(name).rare for name in ("Ahmed Hassan", "Ahmed B. Qarmadi", "Zino Ilva Parthe")] == [0, 1, 3]


def test_only_one_word_is_left_of_an_article_and_a_name() -> None:
    assert read("al-Sisi").words == ("al", "sisi")
    assert read("Abd").words == ("abd",)


@given(NAMES, NAMES)
def test_likeness_is_mutual_and_each_name_is_like_itself(one: str, other: str) -> None:
    assert alike(read(one), read(other)) == alike(read(other), read(one))
    assert alike(read(one), read(one)) == "same"


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = person(text)
    assert found is None or alike(found, found) == "same"
