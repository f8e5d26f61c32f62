"""The ladder of whole numbers: what is put on it comes back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from forecast.ladder import LEVELS, at, empirical, ladder, negative_binomial, quantiles, widths


def test_there_are_39_levels_a_fortieth_apart() -> None:
    assert (len(LEVELS), LEVELS[0], LEVELS[19], LEVELS[-1]) == (39, 0.025, 0.5, 0.975)


@given(st.floats(0, 1e6))
def test_the_ladder_has_every_small_number_and_reaches_the_top(top: float) -> None:
    rungs = ladder(top)
    assert rungs[:13].tolist() == list(range(13))
    assert rungs[-1] >= top
    assert (np.diff(rungs) >= 1).all()
    assert widths(rungs).sum() == rungs[-1] + 1


@given(st.lists(st.integers(0, 12), min_size=1, max_size=30))
def test_quantiles_of_small_counts_are_those_of_the_counts(values: list[int]) -> None:
    rungs = ladder(20)
    shares = empirical(np.array([values], dtype=float), np.ones(len(values)), rungs)
    ours = quantiles(shares, np.array(LEVELS), rungs)[0]
    theirs = np.quantile(values, np.array(LEVELS) - 1e-9, method="inverted_cdf")
    assert ours.tolist() == theirs.tolist()


def test_weights_and_gaps_of_a_past_are_kept_to() -> None:
    rungs = ladder(5)
    shares = empirical(np.array([[np.nan, 0.0, 3.0], [np.nan, np.nan, np.nan]]), np.array([9.0, 1.0, 3.0]), rungs)
    assert shares[0, :4].tolist() == [0.25, 0.25, 0.25, 1.0]
    assert shares[1, 0] == 1.0


def test_negative_binomials_are_those_of_scipy() -> None:
    rungs = ladder(200)
    ours = negative_binomial(np.array([4.0, 70.0]), np.array([0.5, 3.0]), rungs)
    assert ours[0] == pytest.approx(nbinom.cdf(rungs, 0.5, 0.5 / 4.5))
    assert ours[1] == pytest.approx(nbinom.cdf(rungs, 3.0, 3.0 / 73.0))


def test_the_probability_at_a_value_lies_between_the_rungs() -> None:
    rungs = ladder(20)
    shares = empirical(np.array([[2.0, 14.0]] * 4), np.ones(2), rungs)
    found = at(shares, np.array([-1.0, 1.0, 2.0, 1e9]), rungs)
    assert found.tolist() == [0.0, 0.0, 0.5, 1.0]
    far = np.array([0.0, 100.0, 108.0])
    assert at(np.array([[0.0, 0.2, 0.6]]), np.array([104.0]), far)[0] == pytest.approx(0.4)


def test_a_level_that_no_rung_reaches_gets_the_last_one() -> None:
    rungs = ladder(0)
    assert quantiles(np.full((1, 13), 0.3), np.array([0.2, 0.9]), rungs).tolist() == [[0.0, 12.0]]
