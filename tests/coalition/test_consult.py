"""Whom to ask what: what an answer tells, less what it costs."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.consult import Question, burden, channel, condition_question, consult, gain, obstacle_question
from coalition.load import Heard, loads
from store.opt_in import Capacity
from store.records import MixWeek, Obstacle, Partner
from tests.coalition.offers import ask
from tests.coalition.scenes import day

HERE = frozenset({"KE"})
OPEN = Question(id="q", text="Which?", outcomes=("legal", "funding"), prior=(0.5, 0.5), countries=HERE)


def house(id_: str, *strengths: str, countries: tuple[str, ...] = ()) -> Partner:
    return Partner(id=id_, name=f"House {id_}", strengths=strengths or ("advocacy",), countries=countries)


def test_the_gain_is_the_mutual_information_of_a_symmetric_channel() -> None:
    right = 0.9
    answers = np.array([[right, 1 - right], [1 - right, right]])
    entropy = -(right * math.log2(right) + (1 - right) * math.log2(1 - right))
    assert gain(np.array([[0.5, 0.5]]), answers) == pytest.approx(1 - entropy)
    assert gain(np.array([[1.0, 0.0]]), answers) == pytest.approx(0.0)


def test_who_is_in_the_place_knows_its_line_or_can_be_relied_on_is_asked_first() -> None:
    for better in (house("b", countries=("KE",)), house("b", "labour_law", "grant_management")):
        assert consult(OPEN, (house("a"), better), {}, {}, most=1)[0].partner_id == "b"
    assert consult(OPEN, (house("a"), house("b")), {"a": 0.95, "b": 0.2}, {}, most=1)[0].partner_id == "a"
    said = consult(OPEN, (house("b", "labour_law", countries=("KE",)),), {}, {})[0]
    assert "works in KE" in said.reason
    assert "deals with legal" in said.reason
    assert said.question_id == "q"


def test_each_further_answer_tells_less_and_asking_ends_where_it_is_not_worth_it() -> None:
    alike = tuple(house(f"p{n}", countries=("KE",)) for n in range(9))
    gains = [one.gain for one in consult(OPEN, alike, {one.id: 0.95 for one in alike}, {})]
    assert 1 <= len(gains) <= 4
    assert gains == sorted(gains, reverse=True)
    sure = replace(OPEN, prior=(0.99, 0.01))
    assert consult(sure, alike, {}, {}) == ()
    assert consult(OPEN, (), {}, {}) == ()


def test_nobody_at_its_capacity_or_at_rest_is_asked_and_who_was_asked_lately_costs_more() -> None:
    able = (house("a", countries=("KE",)), house("b", countries=("KE",)), house("c", countries=("KE",)))
    asks = (ask("a", 0), ask("b", 20), ask("c", 12))
    known = loads("abc", asks, Heard(), {"a": Capacity(asks=0), "b": Capacity(rest_days=5), "c": Capacity()}, day(21))
    chosen = consult(OPEN, able, {"c": 0.9}, known)
    assert [one.partner_id for one in chosen] == ["c"]
    assert chosen[0].burden == burden(known["c"]) > burden(None)
    assert "asked 1 times" in chosen[0].reason


def test_the_obstacle_question_weighs_what_was_said_and_leaves_out_what_hardly_was() -> None:
    weeks = [MixWeek(objective_id="o", week=day(n), weights=((Obstacle.LEGAL, 6.0), (Obstacle.FUNDING, 2.0), (Obstacle.NONE, 9.0)), origins=4) for n in (0, 7)]
    asked = obstacle_question("o", "Wells.", weeks, HERE)
    assert asked.outcomes[:2] == ("legal", "funding")
    assert len(asked.outcomes) == 5
    assert asked.prior[0] == pytest.approx(13 / (13 + 5 + 3))
    assert "a rule or its reading" in asked.text
    assert asked.text.index("a rule") < asked.text.index("missing money")  # by the alphabet, whatever weighs more
    assert len(set(obstacle_question("o", "Wells.", [], HERE).prior)) == 1


def test_a_condition_is_asked_about_by_how_likely_it_is_held_to_be() -> None:
    asked = condition_question("o", "c1", "The owners talk.", 0.3, HERE)
    assert (asked.outcomes, asked.prior) == (("holds", "fails"), (0.3, 0.7))
    assert consult(asked, (house("a", countries=("KE",)),), {"a": 0.95}, {})


@pytest.mark.parametrize("prior", [(0.5,), (0.6, 0.6), (-0.1, 1.1), ()])
def test_what_is_no_probability_over_the_outcomes_is_refused(prior: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="no probability"):
        Question(id="q", text="", outcomes=("a", "b"), prior=prior)


def test_with_one_outcome_there_is_nothing_to_ask() -> None:
    alone = Question(id="q", text="", outcomes=("legal",), prior=(1.0,))
    assert channel(alone, house("a"), 0.5).tolist() == [[1.0]]
    assert consult(alone, (house("a"),), {}, {}) == ()


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=5), st.floats(0, 1), st.booleans())
def test_a_channel_is_a_probability_and_no_answer_ever_adds_uncertainty(weights: list[float], reliability: float, near: bool) -> None:
    outcomes = tuple(kind.value for kind in Obstacle)[: len(weights)]
    asked = Question(id="q", text="", outcomes=outcomes, prior=tuple(w / sum(weights) for w in weights), countries=HERE)
    rows = channel(asked, house("a", "labour_law", countries=("KE",) if near else ()), reliability)
    assert rows.min() >= 0
    assert rows.sum(axis=1) == pytest.approx(np.ones(len(weights)))
    told = gain(np.array([asked.prior]), rows)
    assert 0 <= told <= math.log2(len(weights)) + 1e-9


def test_few_asks_tell_nearly_as_much_as_asking_everybody() -> None:
    """The greedy choice of two of six against any other two (Krause & Guestrin 2005: at least 1 - 1/e of the best)."""
    six = tuple(house(f"p{n}", countries=("KE",) if n % 2 else ()) for n in range(6))
    worth = {one.id: 0.2 + 0.15 * n for n, one in enumerate(six)}
    chosen = consult(OPEN, six, worth, {}, most=2)
    got = sum(one.gain for one in chosen)
    prior = np.array([OPEN.prior])
    for one in six:
        for other in six:
            rows = [channel(OPEN, p, worth[p.id]) for p in (one, other)]
            after = (prior[:, None, :] * rows[0].T[None]).reshape(-1, 2)
            assert got >= (1 - 1 / math.e) * (gain(prior, rows[0]) + gain(after, rows[1])) or one is other
