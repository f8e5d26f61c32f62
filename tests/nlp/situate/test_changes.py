from dataclasses import replace

import pytest

from nlp.situate.changes import changes
from store.records import Sentence, Situation, Trend
from tests.nlp.situate.test_describe import NOW

ONE = Sentence(text="The dam broke.", report_ids=("a", "b"), quote=True)
TWO = Sentence(text="Help came.", report_ids=("c",), quote=True)
BEFORE = Situation(
    id="s", title="Dam breaks", title_id="a", report_ids=("a",), place_ids=(), first_at=NOW, last_at=NOW, origins=1, summary=(ONE,), reason="silence"
)


def kinds(before: Situation | None, after: Situation) -> list[str]:
    return [line.kind for line in changes(before, after, NOW)]


def test_the_first_description_and_an_unchanged_one_leave_no_line() -> None:
    assert kinds(None, BEFORE) == kinds(BEFORE, BEFORE) == []


def test_a_new_title_tells_both_and_its_report() -> None:
    (line,) = changes(BEFORE, replace(BEFORE, title="Dam at Korvala breaks", title_id="b"), NOW)
    assert (line.kind, line.detail, line.report_ids, line.at) == ("retitled", "Dam breaks → Dam at Korvala breaks", ("b",), NOW)
    (line,) = changes(BEFORE, replace(BEFORE, title="The dam", title_id=""), NOW)
    assert line.report_ids == ()


def test_sentences_that_left_and_came_are_told_with_their_reports() -> None:
    gone, new = changes(BEFORE, replace(BEFORE, summary=(TWO,)), NOW)
    assert (gone.kind, gone.detail, gone.report_ids) == ("untold", "The dam broke.", ("a", "b"))
    assert (new.kind, new.detail, new.report_ids) == ("told", "Help came.", ("c",))


def test_another_report_beside_a_sentence_is_no_change() -> None:
    assert kinds(BEFORE, replace(BEFORE, summary=(replace(ONE, report_ids=("a", "d")),))) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Trend.DORMANT, Trend.CLOSED, ["closed"]),
        (Trend.CLOSED, Trend.CLOSED, []),
        (Trend.CLOSED, Trend.EMERGING, ["revived"]),
        (Trend.DORMANT, Trend.FADING, ["revived"]),
        (Trend.CLOSED, Trend.DORMANT, []),
        (Trend.STEADY, Trend.DORMANT, []),
    ],
)
def test_closing_and_reviving_are_lines_of_their_own(before: Trend, after: Trend, expected: list[str]) -> None:
    assert kinds(replace(BEFORE, trend=before), replace(BEFORE, trend=after)) == expected
