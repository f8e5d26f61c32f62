import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.figures.sentences import fold, sentences, spoken, telling


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_sentences_cover_the_text_without_overlap(text: str) -> None:
    assert "".join(text[start:end] for start, end in sentences(text)) == text


@pytest.mark.parametrize("text", ["Dr. Ito came.", "On 3 Nov. 2021 it fell.", "J. Ito came.", "It cost 3.5 units."])
def test_a_dot_within_a_sentence_does_not_end_it(text: str) -> None:
    assert len(sentences(text)) == 1


def test_a_stop_a_question_and_a_line_break_end_a_sentence() -> None:
    text = "One came. Two?\nThree"
    assert [text[start:end].strip() for start, end in sentences(text)] == ["One came.", "Two?", "Three"]


def test_accents_digits_and_arabic_letters_are_folded() -> None:
    assert fold("ÉTÉ ٤٠ أسرة’") == "ete 40 اسره'"


def test_only_sentences_with_a_telling_word_are_kept_once() -> None:
    assert telling([(0, 10), (10, 20), (20, 30)], [25, 12, 13]) == [(10, 20), (20, 30)]


@pytest.mark.parametrize(("text", "language", "expected"), [("a", "fr", "fr"), ("a", "und", "en"), ("قتل", "und", "ar"), ("a", "de", "")])
def test_words_are_sought_in_the_language_of_the_text(text: str, language: str, expected: str) -> None:
    assert spoken(text, language) == expected


def test_what_no_full_stop_ends_is_cut_behind_a_space_and_loses_nothing() -> None:
    text = "word " * 1_000 + "x" * 5_000
    pieces = sentences(text)
    assert max(end - start for start, end in pieces) <= 2_000
    assert "".join(text[start:end] for start, end in pieces) == text
    assert text[pieces[0][1] - 5 : pieces[0][1]] == "word "
