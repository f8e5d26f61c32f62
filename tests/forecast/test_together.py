"""Many people's probabilities as one: the latest of each, nobody named."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forecast.together import together
from store.forecasts import Odds

NOW = datetime(2031, 5, 1, tzinfo=UTC)


def odds(by: str, probability: float, days: float = 0) -> Odds:
    return Odds(statement_id="s", at=NOW - timedelta(days=days), by=by, probability=probability)


def test_each_person_counts_once_with_what_was_held_last() -> None:
    held = [odds("a", 0.9, 1), odds("a", 0.2), odds("b", 0.3), odds("c", 0.4)]
    assert together(held, NOW, {}) == 0.3


def test_two_that_weigh_the_same_meet_in_the_middle() -> None:
    assert together([odds("a", 0.2), odds("b", 0.6)], NOW, {}) == 0.4


def test_who_was_right_before_weighs_more_once_there_is_enough_of_it() -> None:
    held = [odds("a", 0.9), odds("b", 0.1), odds("c", 0.2)]
    assert together(held, NOW, {"a": (0.02, 200), "b": (0.4, 200), "c": (0.4, 200)}) == 0.9
    assert together(held, NOW, {"a": (0.02, 1), "b": (0.4, 1), "c": (0.4, 1)}) == 0.2


def test_what_is_old_fades_and_what_is_said_later_is_not_known() -> None:
    assert together([odds("a", 0.9, 60), odds("b", 0.1), odds("c", 0.8, 60)], NOW, {}) == 0.1
    assert together([odds("a", 0.9, -1)], NOW, {}) is None


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.floats(0, 1), st.integers(0, 100)), min_size=1))
def test_the_result_lies_among_what_was_held_whatever_the_order(rows: list[tuple[str, float, int]]) -> None:
    held = [odds(*row) for row in {(by, days): (by, probability, days) for by, probability, days in rows}.values()]
    found = together(held, NOW, {})
    assert found is not None
    assert min(one.probability for one in held) <= found <= max(one.probability for one in held)
    assert together(held[::-1], NOW, {}) == found
