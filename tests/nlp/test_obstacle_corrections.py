"""What a person says a report names stands in place of what was read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.obstacle_corrections import named, put_right, written
from nlp.obstacle_weights import KINDS
from store.records import Channel, Correction, Obstacle, ObstacleReading, ObstacleState, Report, SourceKind, Subject

AT = datetime(2031, 4, 1, tzinfo=UTC)
REPORT = Report(
    id="r1", channel=Channel.TABLE, source="Radio", source_kind=SourceKind.NEWS, key="1", at=AT, received_at=AT, text="It rained. A judge forbids it. We wait."
)
FOUND = (ObstacleReading(obstacle=Obstacle.LOGISTICS, state=ObstacleState.PRESENT, weight=0.5, sentence="It rained."),)


def correction(right: str, report_id: str = "r1", undone_at: datetime | None = None) -> Correction:
    return Correction(id="c1", at=AT, by="operator", subject=Subject.OBSTACLE, text="", wrong="", right=right, report_id=report_id, undone_at=undone_at)


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(ObstacleState)), unique_by=lambda pair: pair[0], max_size=4))
def test_what_is_written_is_read_back(names: list[tuple[Obstacle, ObstacleState]]) -> None:
    assert named(written(tuple(names))) == tuple(names)


@pytest.mark.parametrize("right", ["", " ", "none", "none:present"])
def test_none_is_nothing(right: str) -> None:
    assert named(right) == ()


@pytest.mark.parametrize(
    ("right", "why"),
    [
        ("law", "no such obstacle"),
        ("legal:gone", "present or lifted"),
        ("legal:", "present or lifted"),
        ("legal,legal:lifted", "twice"),
        ("legal,none", "none stands alone"),
        ("none:lifted", "none stands alone"),
        ("legal,", "no such obstacle"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(right: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        named(right)


def test_a_report_names_what_a_person_said_and_the_sentence_that_says_it_most() -> None:
    found = put_right(REPORT, FOUND, "en", [correction("legal, logistics : lifted")])
    assert [(r.obstacle, r.state, r.weight) for r in found] == [
        (Obstacle.LEGAL, ObstacleState.PRESENT, 1.0),
        (Obstacle.LOGISTICS, ObstacleState.LIFTED, 1.0),
    ]
    assert [r.sentence for r in found] == ["A judge forbids it.", "It rained."]


@pytest.mark.parametrize("other", [correction("legal", "r2"), correction("legal", undone_at=AT)])
def test_another_report_and_what_was_undone_change_nothing(other: Correction) -> None:
    assert put_right(REPORT, FOUND, "en", [other]) == FOUND


def test_nothing_can_be_what_a_report_names() -> None:
    assert put_right(REPORT, FOUND, "en", [correction("")]) == ()
