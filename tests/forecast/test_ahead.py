"""Forecasts of many series: what they know, what they must not know, and that they beat what knows less."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from forecast.ahead import ahead
from forecast.ladder import LEVELS, Floats
from forecast.levels import class_of, panel
from forecast.mixture import Sums, repair, spread, weights


def bursts(seed: int, series: int = 60, steps: int = 60) -> Floats:
    """Levels that wander, counts that scatter: most series low, some high."""
    rng = np.random.default_rng(seed)
    level = np.exp(rng.normal(0, 1.5, (series, 1)) + np.cumsum(rng.normal(0, 0.25, (series, steps)), axis=1))
    return rng.poisson(level * rng.gamma(2.0, 0.5, level.shape)).astype(float)


def crps(quantiles: Floats, observed: Floats) -> float:
    levels = np.array(LEVELS)
    return float(2 * ((observed[..., None] - quantiles) * (levels - (observed[..., None] < quantiles))).mean())


def own_past(known: Floats) -> Floats:
    return np.asarray(np.quantile(known[:, -12:], np.array(LEVELS), axis=1, method="inverted_cdf").T[:, None])


@settings(max_examples=20, deadline=None)
@given(arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=9), elements=st.integers(0, 5000).map(float)), st.integers(1, 15))
def test_quantiles_are_whole_rising_and_never_below_zero(counts: Floats, horizon: int) -> None:
    found = ahead(counts, horizon)
    assert found.shape == (len(counts), horizon, len(LEVELS))
    assert (found >= 0).all()
    assert (found == np.round(found)).all()
    assert (np.diff(found, axis=2) >= 0).all()


def test_a_mixture_beats_the_own_past_where_levels_wander() -> None:
    counts = bursts(3)
    known, then = counts[:, :-4], counts[:, -4:]
    assert crps(ahead(known, 4), then) < 0.95 * crps(own_past(known), then)


def test_half_of_all_outcomes_lie_in_the_middle_half_where_counts_are_high() -> None:
    held = []
    for seed in range(4):
        counts = bursts(seed) * 20 + np.random.default_rng(seed).integers(0, 20, (60, 60))
        found = ahead(counts[:, :-4], 4)
        held.append((found[..., 9] <= counts[:, -4:]) & (counts[:, -4:] <= found[..., 29]))
    assert 0.42 < np.mean(held) < 0.62


def test_the_same_seed_gives_the_same_and_order_of_series_changes_nothing() -> None:
    counts = bursts(5, series=12)
    found = ahead(counts, 3)
    assert (ahead(counts, 3) == found).all()
    assert (ahead(counts[::-1], 3)[::-1] == found).all()


def test_what_comes_before_a_series_begins_is_not_zero_but_unknown() -> None:
    counts = bursts(6, series=10) + 8
    young = counts.copy()
    young[0, :-2] = np.nan
    zeros = np.where(np.isnan(young), 0.0, young)
    assert ahead(young, 1)[0, 0, 19] > ahead(zeros, 1)[0, 0, 19]


def test_a_dead_series_is_expected_to_stay_nearly_dead_and_a_lone_new_one_is_no_error() -> None:
    counts = np.vstack([np.zeros(60), bursts(7, series=20)])
    assert ahead(counts, 5)[0, :, 19].tolist() == [0.0] * 5
    assert ahead(np.array([[4.0]]), 2).shape == (1, 2, 39)
    assert ahead(np.array([[np.nan, 4.0]]), 2)[0, 0, 19] > 0


def test_totals_of_a_window_are_forecast_as_such() -> None:
    rng = np.random.default_rng(8)
    counts = rng.poisson(3.0, (30, 80)).astype(float)
    week = ahead(counts, 7, window=7)[:, 6]
    assert week[:, 19] == pytest.approx(21, abs=5)
    assert (week[:, 38] - week[:, 0]).mean() < 40


def test_progress_tells_how_many_series_are_done() -> None:
    seen: list[tuple[int, int]] = []
    ahead(np.zeros((1001, 3)), 1, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1000, 1001), (1001, 1001)]


def test_no_horizon_and_no_series_are_refused() -> None:
    with pytest.raises(ValueError, match="horizon of at least 1"):
        ahead(np.zeros((2, 2)), 0)
    with pytest.raises(ValueError, match="a series to forecast"):
        ahead(np.zeros((0, 2)), 1)


def test_a_level_is_the_mean_of_late_counts_drawn_to_the_usual_one() -> None:
    known = panel(np.array([[10.0] * 40, [0.0] * 40, [0.0] * 40]))
    assert known.levels[2, 0, -1] == pytest.approx(10, rel=0.05)
    assert 0 < known.levels[2, 1, -1] < 0.01
    assert class_of(np.array([0.0, 1.0, 1e9])).tolist() == [0, 4, 10]


def test_weights_go_to_the_member_with_the_least_error_as_rows_grow() -> None:
    prior = np.full(3, 1 / 3)
    errors = np.tile(np.diag([1.0, 4.0, 9.0]) + 0.5, (11, 1, 1))
    few = weights(Sums(products=errors, rows=np.ones(11)), prior)[0]
    many = weights(Sums(products=errors * 1e4, rows=np.full(11, 1e4)), prior)[0]
    assert few.sum() == pytest.approx(1)
    assert abs(few - prior).max() < 0.1
    assert many[0] > 0.6
    assert many[0] > many[1] > many[2]
    unseen = weights(Sums(products=np.zeros((11, 3, 3)), rows=np.zeros(11)), prior)
    assert unseen == pytest.approx(np.tile(prior, (11, 1)))


def test_a_repair_curve_is_straight_where_nothing_was_seen_and_lifts_the_middle_where_forecasts_were_too_wide() -> None:
    edges = np.linspace(0, 1, 41)
    assert repair(spread(np.zeros(0), np.zeros(0)), np.zeros(0, dtype=np.int64)) == pytest.approx(np.tile(edges, (11, 1)))
    middle = np.full(5000, 0.5)
    curve = repair(spread(middle - 0.1, middle + 0.1), np.zeros(5000, dtype=np.int64))[0]
    assert curve[10] < 0.05
    assert curve[30] > 0.95
