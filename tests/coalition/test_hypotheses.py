"""Competing hypotheses: which kind is contradicted least, and what would flip it."""

from coalition.hypotheses import flips, holds_without_any_voice, hypotheses
from coalition.votes import HYPOTHESES, votes
from store.records import Obstacle
from tests.coalition.scenes import LIFTED, said, witness

LEGAL, FUNDING, TRUST = Obstacle.LEGAL, Obstacle.FUNDING, Obstacle.COMMUNITY_TRUST


def test_the_kind_that_most_contradict_least_leads() -> None:
    found = hypotheses(votes([witness(n, n * 8, said(LEGAL if n < 5 else FUNDING), voice=f"v{n}") for n in range(7)]))
    assert found.best is LEGAL
    assert {kind for kind, _ in found.inconsistency} == set(HYPOTHESES)
    assert [against for _, against in found.inconsistency] == sorted(against for _, against in found.inconsistency)
    assert set(found.diagnostic) == {f"r{n}" for n in range(5)}


def test_what_fits_all_alike_decides_nothing() -> None:
    plain = [witness(n, n * 8, said(LEGAL, 0.9), voice=f"v{n}") for n in range(3)]
    vague = [witness(10 + n, n * 8, said(FUNDING, 0.15), voice=f"w{n}") for n in range(6)]
    assert hypotheses(votes(plain + vague)).best is LEGAL


def test_a_kind_that_fits_nearly_as_well_stands_beside_the_first() -> None:
    even = hypotheses(votes([witness(n, n * 8, said(LEGAL if n % 2 else FUNDING), voice=f"v{n}") for n in range(7)]))
    assert even.stands(LEGAL)
    assert even.stands(FUNDING)
    assert not even.stands(TRUST)


def test_no_kind_stands_where_nothing_was_said() -> None:
    assert not any(hypotheses(votes([])).stands(kind) for kind in HYPOTHESES)


def test_what_rests_on_one_voice_falls_without_it() -> None:
    one = [witness(n, 15 * n, said(LEGAL, 0.95), voice="loud") for n in range(4)] + [witness(9, 1, said(FUNDING)), witness(10, 9, said(FUNDING))]
    many = [witness(n, 15 * n, said(LEGAL, 0.95), voice=f"v{n}") for n in range(4)] + [witness(9, 1, said(FUNDING)), witness(10, 9, said(FUNDING))]
    assert hypotheses(votes(one)).best is LEGAL
    assert not holds_without_any_voice(votes(one), LEGAL)
    assert holds_without_any_voice(votes(many), LEGAL)


def test_flips_are_the_fewest_reports_without_which_another_leads() -> None:
    heard = votes([witness(n, n * 8, said(LEGAL if n < 5 else FUNDING), voice=f"v{n}") for n in range(8)])
    gone = flips(heard, LEGAL)
    assert 2 <= len(gone) <= 3
    assert hypotheses(heard.chosen([t.report_id not in gone for t in heard.testimonies])).best is not LEGAL
    assert flips(heard, FUNDING) == ()


def test_all_may_have_to_go_and_then_nothing_is_left_to_lead() -> None:
    heard = votes([witness(n, n * 8, said(LEGAL), voice=f"v{n}") for n in range(3)])
    assert len(flips(heard, LEGAL)) == 3


def test_told_as_fallen_nothing_stands_in_the_way_any_more() -> None:
    heard = votes([witness(n, n * 8, said(LEGAL, state=LIFTED), voice=f"v{n}") for n in range(4)])
    assert hypotheses(heard).best is Obstacle.NONE
