"""What the journal and the vault keep of opting in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from store.journal import Journal
from store.opt_in import (
    Answer,
    Ask,
    Bench,
    Blueprint,
    Confirmation,
    Decision,
    Ending,
    Exposure,
    Job,
    Reply,
    Role,
    Terms,
    Verdict,
)
from store.records import Obstacle, SourceKind
from store.vault import Vault
from tests.store.samples import NOON, hours

DECISION = Decision(id="v1", at=NOON, by="Desk", suggestion_id="u1", verdict=Verdict.DEFER, reason="Wait.")
ASK = Ask(
    id="q1",
    at=NOON,
    by="Desk",
    partner_id="P1",
    objective_id="o1",
    expires_at=hours(9),
    nonce="n1",
    blueprint_id="b1",
    strengths=("law",),
    jobs=(Job(id="j", title="Speak", partner_id="P1", reason="declares media"),),
)
BLUEPRINT = Blueprint(
    id="b1",
    at=NOON,
    by="Desk",
    suggestion_id="u1",
    objective_id="o1",
    objective="Wells.",
    obstacles=(Obstacle.LEGAL,),
    since=NOON,
    plan=("A licence.",),
    required=("law",),
    roles=(Role(partner_id="P1", name="House", strengths=("law",)),),
    jobs=(Job(id="j", title="Speak", partner_id="", reason="nobody"),),
    bench=(Bench(strength="law", partner_ids=("P1", "P2")),),
    terms=Terms(answer_by=hours(1), ends_at=hours(9), exposure=Exposure.PUBLIC, exit="Done.", languages=("en",)),
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault(tmp_path / "vault.sqlite") as found:
        yield found


@pytest.fixture
def journal(tmp_path: Path, vault: Vault) -> Iterator[Journal]:
    with Journal(tmp_path / "journal.sqlite", vault) as found:
        yield found


def test_decisions_come_back_in_the_order_said_and_are_taken_back_once(journal: Journal) -> None:
    undone: datetime = hours(3)
    early = replace(DECISION, id="v0", at=hours(-5))
    for one in (DECISION, early, replace(DECISION, reason="changed"), replace(DECISION, id="v2", undone_at=undone, undone_by="Jane")):
        journal.put_decision(one)
    assert journal.decisions() == (DECISION, early, replace(DECISION, id="v2", undone_at=undone, undone_by="Jane"))
    assert (journal.undo_decision("v1", hours(1), "Jane"), journal.undo_decision("v1", hours(2), "Jo"), journal.undo_decision("v9", hours(2), "Jo")) == (
        True,
        False,
        False,
    )
    assert journal.decisions()[0] == replace(DECISION, undone_at=hours(1), undone_by="Jane")


def test_a_blueprint_comes_back_whole_and_never_changes(journal: Journal) -> None:
    journal.put_blueprint(BLUEPRINT)
    journal.put_blueprint(replace(BLUEPRINT, objective="Other."))
    assert journal.blueprints() == (BLUEPRINT,)


def test_asks_are_kept_together_found_by_nonce_and_closed_once(journal: Journal) -> None:
    second = replace(ASK, id="q2", nonce="n2", blueprint_id="", question="Why?")
    journal.put_asks([ASK, second])
    journal.put_asks([replace(ASK, partner_id="P9")])
    assert journal.asks() == (ASK, second)
    assert (journal.ask_by_nonce("n2"), journal.ask_by_nonce("n3")) == (second, None)
    assert (journal.revoke_ask("q1", hours(1)), journal.revoke_ask("q1", hours(2)), journal.revoke_ask("q9", hours(1))) == (True, False, False)
    assert journal.ask_by_nonce("n1") == replace(ASK, revoked_at=hours(1))
    journal.put_asks([])


def test_answers_confirmations_and_endings_are_only_ever_added(journal: Journal) -> None:
    answers = tuple(Answer(ask_id="q1", at=hours(n), reply=reply, needs=("law",), at_least=2, words="If.") for n, reply in enumerate(Reply))
    for one in answers:
        journal.put_answer(one)
    assert journal.answers() == answers
    met = Confirmation(ask_id="q1", at=NOON, by="Desk")
    journal.put_confirmation(met)
    assert journal.confirmations() == (met,)
    ended = Ending(blueprint_id="b1", at=NOON, by="Desk", reason="Done.")
    for ending in (ended, replace(ended, reason="Again.")):
        journal.put_ending(ending)
    assert journal.endings() == (ended,)


def test_the_vault_alone_knows_whose_key_it_is_and_who_answered_with_which_report(vault: Vault) -> None:
    first, second = (vault.create_key(owner, SourceKind.NGO, ["answer"], NOON) for owner in ("Jane", "Jo"))
    vault.bind_key(first.prefix, "P9")
    vault.bind_key(first.prefix, "P1")
    assert (vault.check_key(first.secret, "answer").partner_id, vault.check_key(second.secret, "answer").partner_id) == ("P1", "")
    assert {one.owner: one.partner_id for one in tuple(vault.keys())} == {"Jane": "P1", "Jo": ""}
    for ask, report in (("q1", "r2"), ("q1", "r1"), ("q1", "r2"), ("q2", "r1")):
        vault.answers_with(ask, report)
    assert vault.answering_reports() == {"q1": ("r1", "r2"), "q2": ("r1",)}


def test_a_signing_key_is_made_once_and_is_the_same_for_every_process(tmp_path: Path, vault: Vault) -> None:
    made = vault.signing_key("links")
    with Vault(tmp_path / "vault.sqlite") as again:
        assert again.signing_key("links") == made
        assert again.signing_key("other") != made
    assert len(made) == 32
