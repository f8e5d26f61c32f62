"""When the part of a kind changed, and whether it leads."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.regimes import HAZARD_EQUIPPED, leaders, rises
from coalition.votes import KINDS, votes
from store.records import Obstacle
from tests.coalition.scenes import LIFTED, day, every, said, told, witness

FUNDING, LEGAL, TRUST = Obstacle.FUNDING, Obstacle.LEGAL, Obstacle.COMMUNITY_TRUST
BEFORE = told(FUNDING, every(3, 0, 60), 0)


def test_a_kind_that_comes_to_lead_has_risen_since_its_first_vote() -> None:
    rise = rises(votes(BEFORE + told(LEGAL, every(2, 62, 86), 100)))[LEGAL]
    assert rise.since == day(62)
    assert rise.before < 0.1
    assert rise.now > 0.5
    assert rise.probability > 0.9


def test_what_fell_has_changed_and_not_risen() -> None:
    rise = rises(votes(BEFORE + told(LEGAL, every(2, 62, 86), 100)))[FUNDING]
    assert rise.changed > 0.5
    assert rise.probability < 0.1


def test_a_kind_that_joins_without_leading_has_not_risen() -> None:
    history = BEFORE + told(FUNDING, every(2, 61, 120), 200) + told(LEGAL, every(15, 61, 120), 100)
    assert rises(votes(history))[LEGAL].probability < 0.3


def test_two_kinds_may_rise_at_once() -> None:
    history = BEFORE + told(LEGAL, every(3, 61, 110), 100) + told(TRUST, every(3, 62, 110), 200)
    found = rises(votes(history))
    assert min(found[LEGAL].probability, found[TRUST].probability) > 0.6


def test_a_kind_that_the_coalition_was_built_for_needs_more() -> None:
    heard = votes(BEFORE + told(LEGAL, every(3, 62, 72), 100))
    assert rises(heard, HAZARD_EQUIPPED)[LEGAL].probability < rises(heard)[LEGAL].probability


def test_too_few_votes_say_nothing() -> None:
    assert rises(votes(told(FUNDING, every(3, 0, 30), 0))) == {}
    assert leaders(votes([])) == ()


def test_reports_of_one_moment_cannot_be_told_apart() -> None:
    crowd = [witness(n, 1, said(FUNDING if n < 10 else LEGAL), voice=f"v{n}") for n in range(20)]
    assert all(rise.since == day(1) for rise in rises(votes(crowd)).values())


def test_a_barrier_told_as_fallen_makes_nothing_lead() -> None:
    history = BEFORE + told(FUNDING, every(2, 62, 110), 100, lifted=True)
    assert rises(votes(history))[Obstacle.NONE].probability > 0.8
    assert LIFTED in {r.state for t in history for r in t.obstacles}


def test_leaders_are_those_that_come_near_the_largest() -> None:
    assert leaders(votes(BEFORE + told(LEGAL, every(3, 0, 57), 100))) == (FUNDING, LEGAL)
    assert leaders(votes(BEFORE + told(LEGAL, every(20, 0, 57), 100))) == (FUNDING,)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(KINDS), st.floats(0.4, 3))
def test_more_of_the_same_never_rises(kind: Obstacle, step: float) -> None:
    found = rises(votes(told(kind, every(4, 0, 60), 0) + told(kind, every(step, 60, 120), 100)))
    assert all(0.0 <= rise.probability < 0.2 for rise in found.values())
    assert found[kind].changed < 0.3
