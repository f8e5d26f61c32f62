from datetime import timedelta

import pytest

from reports.material import Material
from reports.summarise import LONGEST, sentences, summarise
from reports.tell.view import view
from store.records import Report
from tests.reports.builder import NOW, likelihood, report


def summary(*reports: Report, limit: int = 3, **changes: object) -> list[str]:
    material = Material(as_of=NOW, likelihood=likelihood, reports=reports, **changes)  # type: ignore[arg-type]
    return [sentence.text for sentence in summarise(view(material), [one.id for one in reports], limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam broke. Help came!", ["The dam broke.", "Help came!"]),
        ("Dr. Weld came at 3.5 km. She left.", ["Dr. Weld came at 3.5 km.", "She left."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("The U.N. left. It rained.", ["The U.N. left.", "It rained."]),
        ("هل وصل الماء؟ نعم.", ["هل وصل الماء؟", "نعم."]),
        ("水到了。人走了。", ["水到了。", "人走了。"]),
        ("“It rose.” She said so.", ["“It rose.”", "She said so."]),
        ("  ", []),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


def test_the_second_sentence_comes_from_another_voice_and_says_something_else() -> None:
    one = report("r1", NOW, "The river rose by two metres at the old bridge today. The river rose by two metres at the old bridge, we hear.", 0)
    two = report("r2", NOW, "The river rose by two metres at the old bridge today.", 1)
    three = report("r3", NOW - timedelta(days=1), "A clinic without chlorine turned 40 patients away.", 2)

    assert len(summary(one, two, three, limit=2)) == 2
    assert "A clinic without chlorine turned 40 patients away." in summary(one, two, three, limit=2)


def test_a_report_is_quoted_once_and_a_copy_not_at_all() -> None:
    one = report("r1", NOW, "The river rose by two metres at the old bridge. Nine boats were lost in the dark water.", 0)
    two = report("r2", NOW - timedelta(days=1), "Nine boats were lost in the dark water below the town.", 1)

    assert len(summary(one, two)) == 2
    assert len(summary(one, two, origin_of={"r1": "r2"})) == 1


def test_a_long_sentence_is_cut_at_a_word_and_marked() -> None:
    (text,) = summary(report("r1", NOW, "water " * 200))

    assert text.endswith("water […]")
    assert len(text) <= LONGEST + 4


def test_a_text_without_spaces_is_cut_too() -> None:
    (text,) = summary(report("r1", NOW, "水" * 900))

    assert text == "水" * LONGEST + " […]"


def test_a_report_of_a_few_words_is_quoted_whole() -> None:
    assert summary(report("r1", NOW, "Help us.")) == ["Help us."]
    assert summary(report("r1", NOW, " ")) == []
