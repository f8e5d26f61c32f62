"""How much partners are asked, and how evenly."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.load import Heard, gini, loads, recent_load, spread
from store.opt_in import Capacity, Reply
from tests.coalition.offers import ask, says
from tests.coalition.scenes import day


def test_a_fresh_ask_weighs_one_and_one_of_thirty_days_ago_one_half() -> None:
    asks = (ask("A", 0), ask("A", 30), ask("B", 30), ask("C", 31))
    assert recent_load(asks, day(30)) == {"A": pytest.approx(1.5), "B": pytest.approx(1.0)}


def test_what_a_partner_answered_does_not_enter_its_recent_load() -> None:
    asks = (ask("A", 0), ask("B", 0))
    for reply in Reply:
        found = loads("AB", asks, Heard(answers=(says("A", reply),)), {}, day(2))
        assert found["A"].recent == found["B"].recent


def test_asks_acceptances_silence_and_rest_are_counted() -> None:
    asks = (ask("A", 0, id="q1"), ask("A", 1, id="q2", expires_at=day(5)), ask("A", 2, id="q3", expires_at=day(5)), ask("A", 40, id="q4"))
    heard = Heard(answers=(says("A", Reply.IN, 1, ask_id="q1"), says("A", Reply.OUT, 41, ask_id="q4")), answered=frozenset({"q2"}))
    found = loads("AB", asks, heard, {"A": Capacity(asks=2, rest_days=3)}, day(6))["A"]
    assert (found.asks, found.accepted, found.silent, found.lately, found.full) == (3, 2, 1, 3, True)
    assert found.rests_until is None
    later = loads("AB", asks, heard, {"A": Capacity(asks=2, rest_days=3)}, day(42))["A"]
    assert (later.asks, later.accepted, later.lately, later.full, later.rests_until) == (4, 2, 1, False, day(43))
    never = loads("AB", asks, heard, {}, day(42))["B"]
    assert (never.asks, never.silent, never.rests_until, never.full) == (0, 0, None, False)


def test_an_ask_that_was_taken_back_was_not_met_with_silence() -> None:
    taken = (ask("A", 0, expires_at=day(2), revoked_at=day(1)),)
    assert loads("A", taken, Heard(), {}, day(3))["A"].silent == 0


def test_the_rested_are_asked_first_then_the_least_asked_and_nobody_beyond_its_capacity() -> None:
    asks = (ask("A", 0, id="a"), ask("B", 20, id="b"), ask("C", 5, id="c"), ask("C", 6, id="c2"), ask("D", 1, id="d"))
    known = {"D": Capacity(asks=1)}
    found = loads("ABCDE", asks, Heard(), known, day(21))
    assert spread("ABCDE", found, day(21)) == ["E", "A", "C", "B"]
    assert spread("EF", {}, day(21)) == ["E", "F"]


@pytest.mark.parametrize(("counts", "expected"), [((), 0.0), ((0, 0), 0.0), ((3, 3, 3), 0.0), ((0, 0, 0, 1), 0.75), ((1, 2, 3), 2 / 9)])
def test_the_gini_coefficient(counts: tuple[float, ...], expected: float) -> None:
    assert gini(counts) == pytest.approx(expected)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        gini([1, -1])


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.integers(1, 9))
def test_gini_lies_between_0_and_1_and_does_not_depend_on_order_or_unit(counts: list[int], unit: int) -> None:
    assert -1e-9 <= gini(counts) < 1
    assert gini(counts) == pytest.approx(gini([unit * one for one in reversed(counts)]))


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 60)), max_size=20), st.integers(1, 5))
def test_whoever_is_asked_in_the_order_given_is_never_asked_beyond_its_capacity(before: list[tuple[str, int]], capacity: int) -> None:
    asks = [ask(one, at, id=f"q{n}") for n, (one, at) in enumerate(before)]
    known = {one: Capacity(asks=capacity, rest_days=0) for one in "ABC"}
    asks = [one for n, one in enumerate(asks) if sum(a.partner_id == one.partner_id for a in asks[:n]) < capacity]
    now = day(60)
    while free := spread("ABC", loads("ABC", asks, Heard(), known, now), now):
        asks.append(replace(ask(free[0]), at=now, id=f"q{len(asks) + 100}"))
    window = now - timedelta(days=30)
    assert all(sum(a.partner_id == one and a.at > window for a in asks) <= capacity for one in "ABC")
