"""The exact choice, tried against all teams there are."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.choose import Choice, Limit, Problem, choose, overlap


def problem(covers: list[list[int]], times: list[int], costs: list[float], apart: tuple[tuple[int, int], ...] = ()) -> Problem:
    ties = np.linspace(0.1, 0.9, len(costs)) ** 2
    able = np.array(covers, dtype=bool)
    return Problem(covers=able, shown=np.zeros_like(able), times=np.array(times), size=np.ones(len(costs)), costs=np.array(costs), ties=ties, apart=apart)


def by_hand(given_: Problem) -> tuple[int, int, float]:
    """Try every team: (uncovered places, members, cost)."""
    columns = range(given_.covers.shape[1])
    teams = [t for n in range(len(columns) + 1) for t in combinations(columns, n) if not any(set(pair) <= set(t) for pair in given_.apart)]
    return min(
        (
            int(np.maximum(0, given_.times - given_.covers[:, list(t)].sum(axis=1)).sum()),
            len(t),
            round(float(sum(np.round(given_.costs[list(t)] * 1000) + given_.ties[list(t)])), 6),
        )
        for t in teams
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(2, 7))
    covers = draw(st.lists(st.lists(st.integers(0, 1), min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    times = draw(st.lists(st.integers(1, 2), min_size=rows, max_size=rows))
    costs = draw(st.lists(st.floats(0, 1), min_size=columns, max_size=columns))
    pairs = draw(st.lists(st.lists(st.integers(0, columns - 1), min_size=2, max_size=2, unique=True), max_size=2))
    return problem(covers, times, costs, tuple((a, b) for a, b in pairs))


@settings(max_examples=80, deadline=None)
@given(problems())
def test_no_team_there_is_does_better(given_: Problem) -> None:
    best = choose(given_)
    cost = round(float(sum(np.round(given_.costs[list(best.taken)] * 1000) + given_.ties[list(best.taken)])), 6)
    assert (sum(best.short), len(best.taken), cost) == pytest.approx(by_hand(given_))
    assert best.proven


def test_a_strength_that_another_has_shown_does_not_stand_on_words_alone() -> None:
    able = np.array([[1, 0, 1], [0, 1, 1]], dtype=bool)
    given_ = replace(problem(able.tolist(), [1, 1], [0.0, 0.0, 0.0]), shown=np.array([[1, 0, 0], [0, 1, 0]], dtype=bool))
    assert choose(problem(able.tolist(), [1, 1], [0.0, 0.0, 0.0])).taken == (2,)
    assert choose(given_).taken == (0, 1)
    assert choose(given_, [Limit(columns=(0, 1), most=0)]).taken == (2,)


def test_who_cannot_be_replaced_is_counted() -> None:
    given_ = problem([[1, 0, 0], [0, 1, 1]], [1, 1], [0.0, 0.0, 0.5])
    assert overlap(given_, choose(given_)) == 1
    assert overlap(given_, Choice(taken=(), short=(1, 1), size=0.0)) == 0


def test_limits_keep_partners_out_and_impossible_ones_are_a_broken_program() -> None:
    given_ = problem([[1, 1]], [1], [0.0, 1.0])
    assert choose(given_).taken == (0,)
    assert choose(given_, [Limit(columns=(0,), most=0)]).taken == (1,)
    with pytest.raises(RuntimeError, match="no team keeps these limits"):
        choose(given_, [Limit(columns=(0,), most=-1)])


def test_nobody_to_choose_from_leaves_everything_short() -> None:
    empty = problem([[], []], [1, 2], [])
    assert choose(empty) == Choice(taken=(), short=(1, 2), size=0.0)


def test_a_search_that_is_cut_short_says_how_far_it_is_from_certain() -> None:
    rng = np.random.default_rng(0)
    covers = rng.random((60, 50)) < 0.1
    given_ = Problem(covers=covers, shown=np.zeros_like(covers), times=np.full(60, 1), size=np.ones(50), costs=rng.random(50), ties=rng.random(50))
    cut = choose(given_, nodes=1)
    assert cut.gap > 0
    assert not cut.proven
    assert len(cut.short) == 60
