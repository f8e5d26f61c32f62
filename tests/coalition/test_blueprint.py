"""From an accepted suggestion to an offer, and whom to ask in place of whoever declines."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coalition.blueprint import Drafted, Ground, brings, draft, named, propose
from store.opt_in import Bench
from store.records import Advice
from tests.coalition.offers import COVER, MEMBERS, OBJECTIVE, TERMS, drafted, partners, suggestion
from tests.coalition.scenes import day

WHO = Drafted(id="b1", at=day(0), by="Desk")


def ground(**also: object) -> Ground:
    made = Ground(suggestion=suggestion(MEMBERS), objective=OBJECTIVE, partners=partners(), cover=COVER, order=tuple("ABCDE"))
    return replace(made, **also)  # type: ignore[arg-type]


def test_a_blueprint_says_what_is_wanted_what_stands_in_the_way_and_who_would_bring_what() -> None:
    made = drafted()
    assert (made.objective, made.plan, made.required) == ("The strike ends.", ("The owners talk.",), ("law", "bench", "press"))
    assert [(role.partner_id, role.strengths) for role in made.roles] == [("A", ("law",)), ("B", ("bench",)), ("C", ("press",))]
    assert [(seat.strength, seat.partner_ids) for seat in made.bench] == [("law", ("A", "E")), ("bench", ("B", "D")), ("press", ("C", "E"))]
    assert [kind.value for kind in made.obstacles] == ["legal"]
    assert made.terms == TERMS


def test_a_strength_that_nobody_brings_is_not_waited_for() -> None:
    assert drafted({**COVER, "money": frozenset()}).required == ("law", "bench", "press")


def test_a_member_who_may_not_be_asked_now_is_replaced_by_whoever_else_brings_its_strength() -> None:
    made = drafted(order="ACDE")
    assert [role.partner_id for role in made.roles] == ["A", "C", "D"]
    assert made.roles[-1].name == "House D"


def test_nothing_is_drafted_where_nobody_who_may_be_asked_brings_anything() -> None:
    assert draft(ground(order=()), TERMS, WHO) is None
    assert draft(ground(cover={}, suggestion=suggestion({})), TERMS, WHO) is None


def test_an_expansion_asks_only_for_what_is_missing() -> None:
    made = draft(ground(suggestion=suggestion(MEMBERS, kind=Advice.EXPAND)), TERMS, WHO)
    assert made is not None
    assert made.required == ("law",)
    assert [role.partner_id for role in made.roles] == ["A"]


def test_what_stood_before_is_told_where_nothing_stands_now() -> None:
    made = draft(ground(suggestion=replace(suggestion(MEMBERS), obstacle_after=())), TERMS, WHO)
    assert made is not None
    assert [kind.value for kind in made.obstacles] == ["funding"]


def test_who_brings_most_of_what_is_lacking_is_proposed_and_then_who_is_best_to_ask() -> None:
    bench = drafted().bench
    assert [role.partner_id for role in propose(bench, ("law", "press"), "AC", "ABCDE")] == ["E"]
    assert [role.partner_id for role in propose(bench, ("bench",), "", "DB")] == ["D"]
    assert propose(bench, ("bench",), "BD", "ABCDE") == ()
    assert [role.name for role in named(propose(bench, ("bench",), "", "DB"), ())] == ["D"]


@given(st.dictionaries(st.sampled_from("uvwxyz"), st.frozensets(st.sampled_from("ABCDEFG")), min_size=1), st.frozensets(st.sampled_from("ABCDEFG")))
def test_proposals_cover_whatever_the_others_can_cover_and_name_nobody_who_is_apart(cover: dict[str, frozenset[str]], apart: frozenset[str]) -> None:
    bench = [Bench(strength=strength, partner_ids=tuple(sorted(ids))) for strength, ids in cover.items()]
    proposed = propose(bench, tuple(cover), apart, "ABCDEFG")
    assert not {role.partner_id for role in proposed} & apart
    assert {s for role in proposed for s in brings(bench, role.partner_id)} == {s for s, ids in cover.items() if ids - apart}
    assert all(role.strengths for role in proposed)
