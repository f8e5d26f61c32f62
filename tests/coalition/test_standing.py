"""How a blueprint stands as partners answer, change their minds and fall silent."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coalition.blueprint import brings
from coalition.standing import Said
from store.opt_in import Answer, Ask, Confirmation, Ending, Reply, Stage
from tests.coalition.offers import ask, drafted, says, stands
from tests.coalition.scenes import day

ASKED = tuple(ask(one) for one in "ABC")
ALL_IN = tuple(says(one, Reply.IN, at) for one, at in (("A", 1), ("B", 2), ("C", 3)))


def test_it_is_drafted_then_asked_then_formed_when_what_it_needs_is_covered() -> None:
    said = Said(asks=ASKED, answers=ALL_IN)
    steps = [(at, stands(said, at)) for at in (0.2, 0.7, 2.5, 3)]
    assert [(found.stage, found.since) for _, found in steps] == [
        (Stage.DRAFTED, day(0)),
        (Stage.ASKED, day(0.5)),
        (Stage.ASKED, day(0.5)),
        (Stage.FORMED, day(3)),
    ]
    assert steps[2][1].lacking == ("press",)
    assert (steps[3][1].covered, steps[3][1].lacking) == (("law", "bench", "press"), ())


def test_it_forms_without_those_it_can_do_without() -> None:
    both = (*ASKED, ask("E"))
    found = stands(Said(asks=both, answers=(says("A", Reply.OUT), says("B", Reply.IN), says("C", Reply.OBSERVE), says("E", Reply.IN))))
    assert (found.stage, found.inside, found.out, found.observing) == (Stage.FORMED, ("B", "E"), ("A",), ("C",))


def test_whoever_declines_is_replaced_by_the_next_best_and_never_proposed_again() -> None:
    found = stands(Said(asks=ASKED, answers=(says("B", Reply.OUT),)))
    assert (found.stage, found.out) == (Stage.ASKED, ("B",))
    assert [(role.partner_id, role.strengths) for role in found.proposed] == [("D", ("bench",))]
    again = stands(Said(asks=(*ASKED, ask("D")), answers=(says("B", Reply.OUT), says("D", Reply.OUT))))
    assert again.proposed == ()
    assert again.lacking == ("law", "bench", "press")


def test_who_stays_silent_has_a_spare() -> None:
    found = stands(Said(asks=ASKED, answers=ALL_IN[:1]))
    assert found.waiting == ("B", "C")
    assert found.proposed == ()
    assert {role.partner_id for role in found.spare} == {"D", "E"}


def test_a_withdrawal_opens_the_coalition_again_at_once_and_a_new_partner_closes_it() -> None:
    left = (*ALL_IN, says("B", Reply.OUT, 10))
    found = stands(Said(asks=ASKED, answers=left), 10)
    assert (found.stage, found.since, found.lacking) == (Stage.ASKED, day(10), ("bench",))
    assert [role.partner_id for role in found.proposed] == ["D"]
    closed = stands(Said(asks=(*ASKED, ask("D", 11)), answers=(*left, says("D", Reply.IN, 12))), 20)
    assert (closed.stage, closed.since) == (Stage.FORMED, day(12))


def test_it_expires_where_it_never_formed_in_time_and_what_comes_later_does_not_count() -> None:
    late = Said(asks=ASKED, answers=(*ALL_IN[:2], says("C", Reply.IN, 7)))
    assert (stands(late, 8).stage, stands(late, 8).since) == (Stage.EXPIRED, day(7))
    assert stands(Said(), 8).stage is Stage.EXPIRED
    assert not stands(late, 8).open


def test_it_is_dissolved_at_its_end_or_when_the_coordinator_says_so() -> None:
    formed = Said(asks=ASKED, answers=ALL_IN)
    assert (stands(formed, 89).stage, stands(formed, 90).stage, stands(formed, 90).since) == (Stage.FORMED, Stage.DISSOLVED, day(90))
    ended = replace(formed, ending=Ending(blueprint_id="b1", at=day(5), by="Desk"))
    assert (stands(ended, 4).stage, stands(ended, 6).stage, stands(ended, 6).since) == (Stage.FORMED, Stage.DISSOLVED, day(5))


def test_an_ask_taken_back_counts_no_more_and_its_partner_may_be_asked_anew() -> None:
    taken = (ask("A", revoked_at=day(4)), *ASKED[1:])
    found = stands(Said(asks=taken, answers=ALL_IN), 5)
    assert (found.stage, found.inside) == (Stage.ASKED, ("B", "C"))
    assert stands(Said(asks=taken, answers=ALL_IN), 3.5).stage is Stage.FORMED
    anew = Said(asks=(*taken, ask("A", 5, id="qA2", nonce="nA2")), answers=(*ALL_IN, says("A", Reply.IN, 6, ask_id="qA2")))
    assert stands(anew, 6).stage is Stage.FORMED


def test_in_if_counts_once_others_bring_what_it_asks_for() -> None:
    on_law = says("C", Reply.IN_IF, needs=("law",))
    assert stands(Said(asks=ASKED, answers=(on_law,))).conditional == ("C",)
    assert stands(Said(asks=ASKED, answers=(on_law, says("A", Reply.IN)))).inside == ("A", "C")
    assert stands(Said(asks=ASKED, answers=(says("A", Reply.IN_IF, needs=("law",)),))).inside == ()  # nobody meets a condition by itself


def test_two_who_join_if_the_other_does_are_both_in() -> None:
    pair = (says("A", Reply.IN_IF, needs=("bench",)), says("B", Reply.IN_IF, needs=("law",)))
    assert stands(Said(asks=ASKED, answers=pair)).inside == ("A", "B")
    assert stands(Said(asks=ASKED, answers=pair[:1])).inside == ()


def test_in_if_counts_once_enough_others_are_in() -> None:
    three = tuple(says(one, Reply.IN_IF, at_least=2) for one in "ABC")
    assert stands(Said(asks=ASKED, answers=three)).stage is Stage.FORMED
    assert stands(Said(asks=ASKED, answers=three[:2])).inside == ()


def test_a_condition_in_words_waits_for_the_coordinator_and_a_new_answer_has_to_be_confirmed_anew() -> None:
    worded = says("A", Reply.IN_IF, words="If our board agrees.")
    met = Confirmation(ask_id="qA", at=day(1.5), by="Desk")
    assert stands(Said(asks=ASKED, answers=(worded,))).conditional == ("A",)
    assert stands(Said(asks=ASKED, answers=(worded,), confirmations=(met,))).inside == ("A",)
    changed = says("A", Reply.IN_IF, 1.8, words="If we lead it.")
    assert stands(Said(asks=ASKED, answers=(worded, changed), confirmations=(met,))).conditional == ("A",)


def test_nothing_later_than_the_moment_asked_for_is_looked_at() -> None:
    said = Said(asks=ASKED, answers=ALL_IN, ending=Ending(blueprint_id="b1", at=day(5), by="Desk"))
    for at in (0.2, 1, 2.5, 4):
        known = Said(asks=tuple(a for a in said.asks if a.at <= day(at)), answers=tuple(a for a in said.answers if a.at <= day(at)))
        assert replace(stands(said, at), proposed=(), spare=()) == replace(stands(known, at), proposed=(), spare=())


_answers = st.lists(
    st.builds(
        lambda one, reply, at, needs, least: says(one, reply, at, **({"needs": tuple(needs), "at_least": least} if reply is Reply.IN_IF else {})),
        st.sampled_from("ABCDE"),
        st.sampled_from(Reply),
        st.integers(1, 6),
        st.sets(st.sampled_from(["law", "bench", "press"])),
        st.integers(0, 4),
    ),
    max_size=12,
)


@given(_answers)
def test_everybody_asked_stands_in_one_place_and_a_formed_coalition_covers_all_it_needs(answers: list[Answer]) -> None:
    asks: tuple[Ask, ...] = tuple(ask(one) for one in "ABCDE")
    said = Said(asks=asks, answers=tuple(sorted(answers, key=lambda one: one.at)))
    found = stands(said, 6.5)
    places = (*found.inside, *found.conditional, *found.waiting, *found.observing, *found.out)
    assert sorted(places) == list("ABCDE")
    brought = {s for one in found.inside for s in brings(drafted().bench, one)}
    assert (found.stage is Stage.FORMED) == (brought == {"law", "bench", "press"})
    assert set(found.covered) | set(found.lacking) == {"law", "bench", "press"}


@given(_answers, st.sampled_from("ABCDE"))
def test_one_more_partner_who_is_in_never_puts_another_out(answers: list[Answer], one: str) -> None:
    said = Said(asks=tuple(ask(each) for each in "ABCDE"), answers=tuple(sorted(answers, key=lambda each: each.at)))
    more = replace(said, answers=(*said.answers, says(one, Reply.IN, 6)))
    assert set(stands(said, 6.5).inside) <= set(stands(more, 6.5).inside)
