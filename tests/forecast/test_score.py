from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.score import mean_brier, resolve, scoreboard
from store.records import Forecast
from store.told import Scoreboard

ISSUED = datetime(2031, 5, 1, tzinfo=UTC)
DUE = ISSUED + timedelta(days=7)


def forecast(name: str, probability: float = 0.7, threshold: int = 3) -> Forecast:
    return Forecast(
        id=name,
        situation_id="s1",
        metric="origins",
        issued_at=ISSUED,
        deadline=DUE,
        mean=3.0,
        low90=0,
        low50=1,
        high50=4,
        high90=8,
        threshold=threshold,
        probability=probability,
        statement="",
    )


def test_a_statement_comes_true_at_its_threshold() -> None:
    assert resolve(forecast("f"), 3, DUE).came_true
    assert not resolve(forecast("f"), 2, DUE).came_true


def test_the_brier_score_is_the_squared_distance() -> None:
    assert resolve(forecast("f"), 3, DUE).brier == pytest.approx(0.09)
    assert resolve(forecast("f"), 0, DUE).brier == pytest.approx(0.49)


def test_nothing_is_settled_before_its_deadline() -> None:
    with pytest.raises(ValueError, match="falls due"):
        resolve(forecast("f"), 3, DUE - timedelta(seconds=1))


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        resolve(forecast("f"), -1, DUE)


def test_the_scoreboard_sums_up_what_was_settled() -> None:
    forecasts = [forecast("a"), forecast("b"), forecast("open")]
    settled = [resolve(forecasts[0], 5, DUE), resolve(forecasts[1], 0, DUE), resolve(forecast("another's"), 5, DUE)]
    board = scoreboard(forecasts, settled)
    assert (board.due, board.came_true) == (2, 1)
    assert board.brier == pytest.approx((0.09 + 0.49) / 2)


def test_an_empty_scoreboard_has_no_score() -> None:
    assert scoreboard([forecast("a")], []) == Scoreboard(due=0, came_true=0, brier=None)
    assert mean_brier([]) is None


@given(st.floats(0, 1), st.integers(0, 20))
def test_a_brier_score_lies_between_nought_and_one(p: float, observed: int) -> None:
    assert 0 <= resolve(forecast("f", p), observed, DUE).brier <= 1
