"""Page: words, cases, gaps, labels, datelines."""

from nlp.places.page import Case, read_page
from tests.nlp.places.atlas import labels


def test_words_lie_where_they_stood() -> None:
    page = read_page("Two clinics—Goma’s, too.", (), labelled=False)
    assert page.forms == ("Two", "clinics", "Goma", "s", "too")
    assert page.gaps == ("", " ", "—", "’", ", ", ".")
    assert [page.text[start:end] for start, end in zip(page.starts, page.ends, strict=True)] == list(page.forms)
    assert (page.word(-1), page.word(2), page.word(9)) == ("", "goma", "")


def test_a_text_without_words_is_a_page() -> None:
    page = read_page(" 12 \u2026", (), labelled=True)
    assert (page.forms, page.labels, page.gaps) == ((), (), (" 12 \u2026",))


def test_cases_tell_scripts_without_capitals_apart() -> None:
    page = read_page("goma Goma GOMA McDonald X حلب", (), labelled=False)
    assert page.cases == (Case.SMALL, Case.TITLE, Case.UPPER, Case.MIXED, Case.TITLE, Case.NONE)


def test_marks_belong_to_the_letters_they_stand_on() -> None:
    assert read_page("السُّودان", (), labelled=False).forms == ("السُّودان",)


def test_addresses_hold_no_words() -> None:
    page = read_page("write to desk@goma.example or see https://goma.example/paris and www.paris.example now", (), labelled=False)
    assert page.forms == ("write", "to", "or", "see", "and", "now")


def test_labels_cover_their_words_without_article_and_possessive() -> None:
    text = "Then the Bank of Ghana's clerk saw Goma"
    page = read_page(text, labels(text, ("the Bank of Ghana's", "ORG"), ("Goma", "GPE")), labelled=True)
    assert [label.kind if label else "" for label in page.labels] == ["", "", "body", "body", "body", "", "", "", "place"]
    assert page.labels[2] is not None
    assert (page.labels[2].first, page.labels[2].last) == (2, 4)


def test_labels_of_other_pipelines_and_unknown_ones_are_understood() -> None:
    text = "Alice Nadal LANCET"
    page = read_page(text, labels(text, ("Alice Nadal", "PER"), ("LANCET", "MISC")), labelled=True)
    assert [label.kind if label else "" for label in page.labels] == ["person", "person", "other"]


def test_datelines_are_seen_at_the_start_and_behind_a_title() -> None:
    text = "Road open again. GOMA, DRC (AP) — Trucks moved. A dash - in a sentence."
    page = read_page(text, (), labelled=False)
    assert [text[start:end] for start, end in page.dated] == ["GOMA, DRC"]


def test_short_texts_and_texts_without_capitals_are_hasty() -> None:
    assert read_page("Water needed.", (), labelled=False).hasty
    assert read_page("water needed here " * 40, (), labelled=False).hasty
    assert not read_page("Aid reached Goma today. " * 40, (), labelled=False).hasty


def test_capitals_throughout_are_shouting() -> None:
    assert read_page("WATER IN GOMA now", (), labelled=False).shouted
    assert not read_page("Water in GOMA now", (), labelled=False).shouted


def test_names_go_on_across_an_abbreviation_and_not_across_a_sentence() -> None:
    page = read_page("St. Marc is calm. Goma too, and Beira", (), labelled=False)
    assert [page.joined(number) for number in range(1, 8)] == [True, True, True, False, True, False, True]
