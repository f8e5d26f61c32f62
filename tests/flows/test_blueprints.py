"""From an accepted suggestion to a coalition: drafting, asking, taking back, ending."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.blueprints import ask, confirm, dissolve, draft, find_ask, invite, revoke, view
from flows.correct import Unknown
from flows.documents import import_partners
from flows.office import Missing, NotNow, Office, Stamp, askable, burdens
from flows.opt_in import answer, by_link
from flows.settings import Settings
from flows.words_alike import by_meaning, by_word
from store.opt_in import Answer, Blueprint, Reply, Stage, Verdict
from tests.flows.offer import AT, CARD, NEEDS, PARTNERS, STAMP, TERMS, WATCH, accepted, office, show


@pytest.fixture
def here(settings: Settings) -> Iterator[Office]:
    show(settings)
    with office(settings) as opened:
        accepted(opened)
        yield opened


def later(hours: float) -> Stamp:
    return Stamp(by="Desk", at=AT + timedelta(hours=hours))


def made(here: Office) -> Blueprint:
    return draft(here, CARD, TERMS, STAMP, by_word)


def say(here: Office, blueprint_id: str, partner: str, reply: Reply, at: datetime, **also: Any) -> None:
    """Answer for a partner by its own link."""
    path = next(
        invite(here, made, one).path for made in here.journal.blueprints() for one in here.journal.asks() if one.partner_id == partner and not one.revoked_at
    )
    own = by_link(here, path.rpartition("/")[2], at)
    assert own is not None
    answer(here, own, Answer(ask_id=own.ask.id, at=at, reply=reply, **also))


def test_a_blueprint_is_drafted_from_an_accepted_suggestion_and_nobody_is_asked(here: Office) -> None:
    blueprint = made(here)
    assert (blueprint.required, [role.partner_id for role in blueprint.roles]) == (NEEDS, ["A", "B", "C"])
    assert {seat.strength: seat.partner_ids for seat in blueprint.bench} == {NEEDS[0]: ("A", "E"), NEEDS[1]: ("B", "D"), NEEDS[2]: ("C", "E")}
    assert here.journal.asks() == ()
    assert view(here, blueprint.id, AT).standing.stage is Stage.DRAFTED
    assert view(here, blueprint.id, AT).jobs == blueprint.jobs


def test_one_round_from_the_ask_to_the_first_meeting(here: Office) -> None:
    blueprint = made(here)
    sent = ask(here, blueprint.id, (), later(1))
    assert [one.ask.partner_id for one in sent] == ["A", "B", "C"]
    say(here, blueprint.id, "A", Reply.IN, AT + timedelta(hours=2))
    say(here, blueprint.id, "B", Reply.OUT, AT + timedelta(hours=3))
    found = view(here, blueprint.id, AT + timedelta(hours=4))
    assert [(role.partner_id, role.name) for role in found.standing.proposed] == [("D", "Second Bench")]
    assert found.agenda == ""
    (second,) = ask(here, blueprint.id, (), later(5))
    assert (second.ask.partner_id, second.ask.strengths) == ("D", (NEEDS[1],))
    for partner in "CD":
        say(here, blueprint.id, partner, Reply.IN, AT + timedelta(hours=6))
    formed = view(here, blueprint.id, AT + timedelta(hours=7))
    assert formed.standing.stage is Stage.FORMED
    assert "Second Bench" in formed.agenda
    assert "Bench of the River" not in formed.agenda
    assert {one.partner_id: reply.reply if reply else None for one, reply in formed.answers} == {"A": Reply.IN, "B": Reply.OUT, "C": Reply.IN, "D": Reply.IN}


def test_an_invitation_tells_its_partner_alone_and_its_link_is_made_again_the_same(here: Office) -> None:
    blueprint = made(here)
    sent = {one.ask.partner_id: one for one in ask(here, blueprint.id, (), later(1))}
    for partner, one in sent.items():
        others = [p["name"] for p in PARTNERS if p["id"] != partner]
        assert not [name for name in others if name in one.text]
        assert f"http://127.0.0.1:8321{one.path}" in one.text
        assert invite(here, blueprint, find_ask(here, one.ask.id)) == one
    assert len({one.path for one in sent.values()}) == 3


def test_only_what_is_accepted_and_forms_something_is_drafted_once_at_a_time(here: Office) -> None:
    with pytest.raises(NotNow, match="not accepted"):
        draft(here, WATCH, TERMS, STAMP, by_word)
    accepted(here, WATCH)
    with pytest.raises(NotNow, match="asks nobody"):
        draft(here, WATCH, TERMS, STAMP, by_word)
    with pytest.raises(Missing):
        draft(here, "nowhere", TERMS, STAMP, by_word)
    first = made(here)
    with pytest.raises(NotNow, match=first.id):
        made(here)
    dissolve(here, first.id, "", later(1))
    assert draft(here, CARD, TERMS, later(2), by_word).id != first.id


@pytest.mark.parametrize(("field", "value"), [("answer_by", AT), ("ends_at", AT + timedelta(days=1)), ("ends_at", AT + timedelta(days=400)), ("exit", "a\x1b")])
def test_terms_that_will_not_do_are_named(here: Office, field: str, value: Any) -> None:
    with pytest.raises(Unknown, match=field):
        draft(here, CARD, replace(TERMS, **{field: value}), STAMP, by_word)


def test_a_suggestion_that_was_rejected_since_is_asked_of_nobody(here: Office) -> None:
    blueprint = made(here)
    here.journal.put_decision(replace(here.journal.decisions()[0], id="v9", verdict=Verdict.REJECT))
    with pytest.raises(NotNow, match="not accepted"):
        ask(here, blueprint.id, (), later(1))


def test_who_was_asked_or_brings_nothing_or_is_nobody_is_not_asked_and_then_nobody_is(here: Office) -> None:
    blueprint = made(here)
    for wrong in ("M", "Z"):
        with pytest.raises(Missing, match=wrong):
            ask(here, blueprint.id, ("A", wrong), later(1))
    assert here.journal.asks() == ()
    ask(here, blueprint.id, ("A", "A"), later(1))
    assert len(here.journal.asks()) == 1
    with pytest.raises(NotNow, match="A was asked already"):
        ask(here, blueprint.id, ("A",), later(2))
    for partner in "BC":
        ask(here, blueprint.id, (partner,), later(3))
    with pytest.raises(NotNow, match="nobody to be asked"):
        ask(here, blueprint.id, (), later(4))


def test_nobody_is_asked_beyond_what_it_lets_itself_be_asked(here: Office) -> None:
    file = here.settings.home / "few.json"
    file.write_text(json.dumps([{**PARTNERS[0], "capacity": 0}, {**PARTNERS[1], "rest_days": 0}]), encoding="utf-8")
    import_partners(file, here.journal)
    blueprint = made(here)
    assert [role.partner_id for role in blueprint.roles] == ["B", "C", "E"]
    with pytest.raises(NotNow, match="0 times in thirty days"):
        ask(here, blueprint.id, ("A",), later(1))
    assert "A" not in askable(here, AT)


def test_who_was_asked_lately_rests_where_somebody_else_can_bring_the_same(here: Office) -> None:
    first = made(here)
    ask(here, first.id, ("A", "B"), later(1))
    dissolve(here, first.id, "", later(2))
    assert burdens(here, AT + timedelta(hours=3))["A"].rests_until == AT + timedelta(hours=1, days=7)
    second = draft(here, CARD, replace(TERMS, answer_by=AT + timedelta(days=3)), later(3), by_word)
    assert {role.partner_id for role in second.roles} == {"C", "D", "E"}
    ask(here, second.id, ("D",), later(4))
    dissolve(here, second.id, "", later(5))
    third = draft(here, CARD, TERMS, later(6), by_word)  # both benches rest: one of them is asked all the same
    assert {role.partner_id for role in third.roles} & {"B", "D"}


def test_an_ask_taken_back_closes_its_link_and_may_be_made_anew(here: Office) -> None:
    blueprint = made(here)
    (first,) = ask(here, blueprint.id, ("A",), later(1))
    say(here, blueprint.id, "A", Reply.IN, AT + timedelta(hours=2))
    closed = revoke(here, first.ask.id, AT + timedelta(hours=3))
    assert (closed.revoked_at, revoke(here, first.ask.id, AT + timedelta(hours=9))) == (AT + timedelta(hours=3), closed)
    assert by_link(here, first.path.rpartition("/")[2], AT + timedelta(hours=4)) is None
    assert view(here, blueprint.id, AT + timedelta(hours=4)).standing.inside == ()
    (second,) = ask(here, blueprint.id, ("A",), later(5))
    assert second.ask.id != first.ask.id
    with pytest.raises(Missing):
        revoke(here, "q0", AT)


def test_a_condition_in_words_is_confirmed_by_the_coordinator(here: Office) -> None:
    blueprint = made(here)
    (one,) = ask(here, blueprint.id, ("A",), later(1))
    with pytest.raises(NotNow, match="nothing to confirm"):
        confirm(here, one.ask.id, later(2))
    say(here, blueprint.id, "A", Reply.IN_IF, AT + timedelta(hours=2), words="If our board agrees.")
    assert view(here, blueprint.id, AT + timedelta(hours=3)).standing.conditional == ("A",)
    confirm(here, one.ask.id, later(4))
    assert view(here, blueprint.id, AT + timedelta(hours=5)).standing.inside == ("A",)


def test_what_has_ended_is_asked_of_nobody_and_ends_once(here: Office) -> None:
    blueprint = made(here)
    ended = dissolve(here, blueprint.id, "Done.", later(1))
    assert dissolve(here, blueprint.id, "Again.", later(2)) == ended
    with pytest.raises(NotNow, match="dissolved"):
        ask(here, blueprint.id, (), later(3))
    for act in (lambda: dissolve(here, "b0", "", STAMP), lambda: view(here, "b0", AT), lambda: ask(here, "b0", (), STAMP)):
        with pytest.raises(Missing, match="blueprints list"):
            act()


def test_without_an_encoder_strengths_are_matched_by_their_words(settings: Settings) -> None:
    plain = by_meaning(settings.model_copy(update={"encoder": ""}))
    assert plain is by_word
    assert plain(["press placement"], ["press", "law"]).tolist() == [[0.5, 0.0]]
    assert plain([], ["law"]).shape == (0, 1)


def test_nothing_can_be_drafted_where_no_partner_may_be_asked(here: Office) -> None:
    file = here.settings.home / "few.json"
    file.write_text(json.dumps([{**one, "capacity": 0} for one in PARTNERS]), encoding="utf-8")
    import_partners(file, here.journal)
    with pytest.raises(NotNow, match="no partner"):
        made(here)


@pytest.mark.slow
def test_with_the_encoder_strengths_are_matched_by_their_meaning(settings: Settings, models_folder: Path) -> None:
    alike = by_meaning(settings.model_copy(update={"models": models_folder}))
    near, far = alike(["lawyers"], ["legal_counsel", "water_pumps"])[0]
    assert near > far
    assert alike([], ["law"]).shape == (0, 1)
