"""What people put right moves the reading of like texts: one correction a little, many that agree a lot, others not at all."""

from datetime import UTC, datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlp.obstacle_lessons import Lesson, shift
from nlp.obstacle_weights import KINDS, Weights
from nlp.obstacles import LinearReader
from store.records import Obstacle
from tests.nlp.test_obstacles import Told, weights

AT = datetime(2031, 4, 1, tzinfo=UTC)
LEGAL = KINDS.index(Obstacle.LEGAL)
WAS = np.full(len(KINDS), -4.0)


def plain() -> Weights:
    return weights()


def lesson(x: float, y: float, right: Obstacle = Obstacle.LEGAL) -> Lesson:
    odds = WAS.copy()
    odds[KINDS.index(Obstacle.LOGISTICS)] = 2.0
    return Lesson(at=AT, vector=np.array([x, y, 0, 0], np.float32), odds=odds, right=right)


def test_without_lessons_nothing_moves() -> None:
    assert not shift(np.ones(4, np.float32), [], plain()).any()


def test_ten_that_agree_move_more_than_one_and_never_without_bound() -> None:
    text = np.array([1, 0.8, 0, 0], np.float32)
    one, ten, many = (shift(text, [lesson(1, 0.1)] * times, plain()) for times in (1, 10, 1000))
    assert 0 < one[LEGAL] < 1.5
    assert ten[LEGAL] > 2 * one[LEGAL]
    assert np.abs(many).max() <= 3.0
    assert one[KINDS.index(Obstacle.LOGISTICS)] < 0


def test_another_matter_is_not_moved() -> None:
    assert not shift(np.array([0, 0, 0, 1], np.float32), [lesson(1, 1)] * 50, plain()).any()


def test_what_was_read_rightly_teaches_next_to_nothing() -> None:
    odds = WAS.copy()
    odds[LEGAL] = 6.0
    sure = Lesson(at=AT, vector=np.array([1, 1, 0, 0], np.float32), odds=odds, right=Obstacle.LEGAL)
    assert np.abs(shift(sure.vector, [sure] * 10, plain())).max() < 0.2


def test_that_nothing_stands_in_the_way_can_be_learned() -> None:
    moved = shift(np.array([1, 1, 0, 0], np.float32), [lesson(1, 1, Obstacle.NONE)] * 5, plain())
    assert (moved <= 0).all()
    assert moved.min() < -1


@given(st.permutations([(1.0, 0.1, Obstacle.LEGAL), (0.5, 1.0, Obstacle.FUNDING), (1.0, 0.4, Obstacle.NONE)]))
def test_the_order_of_lessons_makes_no_difference(order: list[tuple[float, float, Obstacle]]) -> None:
    text = np.array([1, 0.5, 0, 0], np.float32)
    first = shift(text, [lesson(1.0, 0.1), lesson(0.5, 1.0, Obstacle.FUNDING), lesson(1.0, 0.4, Obstacle.NONE)], plain())
    np.testing.assert_allclose(shift(text, [lesson(*one) for one in order], plain()), first, atol=1e-12)


def test_a_reader_takes_lessons_for_the_texts_they_are_given_for() -> None:
    reader = LinearReader(Told(), weights())
    text = "Some water."
    (before,) = reader.obstacles([text], ["xx"])
    made = reader.lesson(text, "xx", Obstacle.LEGAL, AT)
    assert made is not None
    assert made.at == AT
    taught, untaught = reader.obstacles([text, text], ["xx", "xx"], lessons=[[made] * 10, []])
    assert untaught == before
    assert (before[0].obstacle, taught[0].obstacle) == (Obstacle.LOGISTICS, Obstacle.LEGAL)
