from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nlp.situate.lines import MOST_CHARACTERS, fit, lines, private, standing, terms
from reports.material import Material
from reports.prove.shown import ground
from reports.prove.text import violations
from store.records import Sentence
from tests.reports.builder import NOW, likelihood, report


def cut(text: str, title: str = "") -> list[str]:
    return [line.text for line in lines(report("r1", NOW, text, title=title))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam broke. Help came!", ["The dam broke.", "Help came!"]),
        ("Dr. Weld came at 3.5 km. She left.", ["Dr. Weld came at 3.5 km.", "She left."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("A line that is\nbroken by its mail program.", ["A line that is broken by its mail program."]),
        ("One paragraph\n\nanother one", ["One paragraph", "another one"]),
        ("The U.N. left. It rained.", ["The U.N. left.", "It rained."]),
        ("هل وصل الماء؟ نعم.", ["هل وصل الماء؟", "نعم."]),
        ("水到了。人走了。", ["水到了。", "人走了。"]),
        ("“It rose.” She said so.", ["“It rose.”", "She said so."]),
        ("12.5 ... 14\n--", []),
        ("  ", []),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_the_title_is_the_first_line() -> None:
    one, two = lines(report("r1", NOW, "The ferry sank.", title="Ferry down"))
    assert (one.text, one.rank, two.text, two.rank) == ("Ferry down", 0, "The ferry sank.", 1)


def test_of_a_very_long_report_the_sentence_that_is_cut_off_is_no_line() -> None:
    text = "The water rose again. " * 500
    assert set(cut(text)) == {"The water rose again."}
    assert len(cut(text)) < MOST_CHARACTERS // 22 + 1


@example("", "B\nB B")
@given(st.text(alphabet=st.sampled_from('ab.Zé水。！؟ \n"”)…3'), max_size=60), st.text(alphabet="aB. \n", max_size=8))
def test_every_line_may_be_quoted_as_a_whole(text: str, title: str) -> None:
    one = replace(report("r1", NOW, text), title=title)
    found = ground(Material(as_of=NOW, likelihood=likelihood, reports=(one,)))
    for line in lines(one):
        assert " ".join(one.words[line.start : line.end].split()) == line.text
        assert violations(Sentence(text=line.text, report_ids=("r1",), quote=True), found) == []


@pytest.mark.parametrize("text", ["Write to kim@relief.example now.", "Call 555 0142 77 for water.", "Llame al +52 (55) 5550-1427.", "اتصل ٠٩٨٧٦٥٤٣٢١"])
def test_an_address_or_a_telephone_number_is_private(text: str) -> None:
    assert private(text)


@pytest.mark.parametrize(
    "text", ["1,200,345 people fled.", "3 000 000 dollars", "3000000 left.", "In 2013-2014 it rained.", "On 2031-05-20 and 20/05/2031.", "18.233333 degrees"]
)
def test_counts_dates_and_degrees_are_not_private(text: str) -> None:
    assert not private(text)


@pytest.mark.parametrize(
    "worse",
    [
        "And the ferry of Marlow sank in the storm.",
        "the ferry of Marlow sank in the storm.",
        "THE FERRY OF MARLOW SANK IN THE STORM.",
        "The ferry of Marlow sank in the…",
        "Did the ferry of Marlow sink in the storm?",
        "The ferry of Marlow “sank in the storm.",
        "RT @who: The ferry of Marlow sank in the storm.",
        "The ferry of Marlow sank #a #b #c",
        ", the ferry of Marlow sank in the storm.",
        "A 12 34 | 56 + 78 / 90",
    ],
)
def test_what_does_not_stand_by_itself_is_worth_less(worse: str) -> None:
    assert standing(worse) < standing("The ferry of Marlow sank in the storm.") == 1.0


def test_words_are_folded_and_pairs_of_characters_where_nothing_is_spaced() -> None:
    assert terms("Évacuations http://a.example/b @who a") == {"evacua"}
    assert terms("水到了") == {"水到", "到了"}


def test_a_length_fits_within_its_bounds_and_an_unspaced_character_counts_twice() -> None:
    assert fit("a" * 40, 40, 80) == fit("水" * 20, 40, 80) == 1.0
    assert fit("a" * 20, 40, 80) == 0.5
    assert fit("a" * 160, 40, 80) == 0.25
    assert fit("", 40, 80) == 0.0
