"""What a partner sees and says, by its link or its key: its own part, and nothing of any other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flows.blueprints import PURPOSE, ask, dissolve, draft
from flows.consult import Wanted, consult, pose, questions
from flows.correct import Unknown
from flows.links import genuine, nonce_of, token
from flows.office import Missing, NotNow, Office, burdens
from flows.opt_in import answer, by_key, by_link, page, report
from flows.settings import Settings
from flows.wiring import open_warehouse
from flows.words_alike import by_word
from store.opt_in import Answer, OwnAsk, Reply
from store.records import Place, Reading, Reliability, SourceGrade, SourceKind, Toponym
from store.snapshot import publish
from tests.flows.offer import AT, CARD, NEEDS, STAMP, TERMS, accepted, card, office, show
from tests.flows.offer import report as told

SOON = AT + timedelta(hours=1)


@pytest.fixture
def here(settings: Settings) -> Iterator[Office]:
    show(settings)
    with office(settings) as opened:
        accepted(opened)
        yield opened


def asked(here: Office, *partners: str) -> dict[str, str]:
    """Draft, ask, and give the secret words of each link."""
    blueprint = draft(here, CARD, TERMS, STAMP, by_word)
    return {one.ask.partner_id: one.path.rpartition("/")[2] for one in ask(here, blueprint.id, partners, STAMP)}


def own(here: Office, words: str) -> OwnAsk:
    found = by_link(here, words, SOON)
    assert found is not None
    return found


def says(found: OwnAsk, reply: Reply, **also: Any) -> Answer:
    return Answer(ask_id=found.ask.id, at=SOON, reply=reply, **also)


def test_a_link_leads_to_its_own_ask_and_no_other(here: Office) -> None:
    links = asked(here)
    assert {partner: own(here, words).ask.partner_id for partner, words in links.items()} == {one: one for one in "ABC"}
    assert own(here, links["A"]).name == "Harbour Jurists"


@hypothesis_settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 64), letter=st.sampled_from("ABCxyz019-_"), cut=st.integers(0, 64))
def test_a_link_with_any_letter_changed_or_cut_leads_nowhere(here: Office, place: int, letter: str, cut: int) -> None:
    words = next(iter(links.values())) if (links := {one.id: token(one, here.vault.signing_key(PURPOSE)) for one in here.journal.asks()}) else asked(here)["A"]
    wrong = words[:place] + letter + words[place + 1 :]
    # the last letter of a base64 text carries bits that mean nothing; the whole token is compared as letters all the same
    assert wrong == words or by_link(here, wrong, SOON) is None
    assert by_link(here, words[:cut], SOON) is None


def test_a_link_is_for_this_blueprint_partner_nonce_and_expiry_alone(here: Office) -> None:
    asked(here)
    one, key = here.journal.asks()[0], here.vault.signing_key(PURPOSE)
    words = token(one, key)
    assert (len(words), nonce_of(words)) == (65, one.nonce)
    assert genuine(words, one, key)
    changed: tuple[dict[str, Any], ...] = ({"partner_id": "B"}, {"blueprint_id": "b0"}, {"blueprint_id": ""}, {"expires_at": AT}, {"id": "q0"})
    assert not [also for also in changed if genuine(words, replace(one, **also), key)]
    assert not genuine(words, one, b"another key")
    assert here.vault.signing_key(PURPOSE) == key != here.vault.signing_key("else")


def test_an_answer_is_kept_once_and_the_latest_counts(here: Office) -> None:
    words = asked(here)["A"]
    for _ in range(2):
        answer(here, own(here, words), says(own(here, words), Reply.OUT))
    assert len(here.journal.answers()) == 1
    answer(here, own(here, words), says(own(here, words), Reply.IN))
    last = own(here, words).answer
    assert last is not None
    assert last.reply is Reply.IN


WRONG = [
    ({"reply": Reply.IN, "words": "If."}, "reply"),
    ({"reply": Reply.IN_IF}, "reply"),
    ({"reply": Reply.IN_IF, "needs": (NEEDS[0], "gold")}, r"needs\[1\]"),
    ({"reply": Reply.IN_IF, "at_least": -1}, "at_least"),
    ({"reply": Reply.IN_IF, "words": "a" * 501}, "words"),
    ({"reply": Reply.IN_IF, "words": "\x1b"}, "words"),
]


@pytest.mark.parametrize(("said", "field"), WRONG)
def test_an_answer_that_will_not_do_is_refused_and_not_kept(here: Office, said: dict[str, Any], field: str) -> None:
    found = own(here, asked(here)["A"])
    with pytest.raises(Unknown, match=field):
        answer(here, found, Answer(ask_id=found.ask.id, at=SOON, **said))
    assert here.journal.answers() == ()


def test_when_its_time_is_over_or_the_coalition_has_parted_no_answer_is_taken(here: Office) -> None:
    words = asked(here)["A"]
    late = by_link(here, words, TERMS.answer_by)
    assert late is not None
    assert not late.open
    with pytest.raises(NotNow, match="over"):
        answer(here, late, says(late, Reply.IN))
    dissolve(here, here.journal.blueprints()[0].id, "", STAMP)
    assert not own(here, words).open
    assert "No answer is taken any more" in page(own(here, words))


def test_a_key_sees_what_its_own_partner_was_asked_and_an_unbound_one_nothing(here: Office) -> None:
    asked(here)
    assert [found.ask.partner_id for found in by_key(here, "B", SOON)] == ["B"]
    assert by_key(here, "", SOON) == ()
    here.journal.revoke_ask(here.journal.asks()[1].id, SOON)
    assert by_key(here, "B", SOON) == ()


def test_the_page_holds_the_ask_the_own_answer_and_no_other_partner(here: Office) -> None:
    links = asked(here)
    answer(here, own(here, links["B"]), says(own(here, links["B"]), Reply.OUT))
    answer(here, own(here, links["A"]), says(own(here, links["A"]), Reply.IN_IF, needs=(NEEDS[2],), at_least=1, words="<script>alert(1)</script>"))
    text = page(own(here, links["A"]))
    for words in ("Harbour Jurists", "The river towns drill wells again.", "You answered <strong>in, if</strong>", "&lt;script&gt;", 'form method="post"'):
        assert words in text
    for words in ("Bench of the River", "Press Desk", "<script", "checked"):
        assert words not in text
    assert 'role="alert"' in page(own(here, links["A"]), wrong="reply is not chosen")
    assert "Thank you" in page(own(here, links["A"]), thanks=True)


def test_nobody_elses_answer_changes_a_letter_of_a_partners_page(here: Office) -> None:
    links = asked(here)
    before = page(own(here, links["A"]))
    for reply in (Reply.IN, Reply.OBSERVE, Reply.OUT):
        for other in "BC":
            answer(here, own(here, links[other]), says(own(here, links[other]), reply))
            assert page(own(here, links["A"])) == before


def test_a_question_is_answered_by_a_report_under_a_pseudonym_or_the_keys_own_name(here: Office) -> None:
    with pytest.raises(Missing):
        pose(here, Wanted(objective_id="wells"), ("A", "Z"), STAMP)
    first, second = pose(here, Wanted(objective_id="wells", condition_id="c1"), ("A", "B", "A"), STAMP)
    key = here.vault.create_key("Jane of the Bench", SourceKind.NGO, ["report", "answer"], AT, "River House")
    here.vault.bind_key(key.prefix, "B")
    ids = [report(here, own(here, one.path.rpartition("/")[2]), " The office is shut. ", SOON) for one in (first, second)]
    rows = [here.journal.find(one) for one in ids]
    assert all(row is not None and row.submission.text == "The office is shut." for row in rows)
    sources = [row.submission.source for row in rows if row]
    assert sources[0].startswith("partner-")
    assert sources[1] == "River House"
    assert here.vault.sender(ids[1]) == "Jane of the Bench"
    (found,) = questions(here)
    assert found.report_ids == tuple(sorted(ids))
    assert [one.partner_id for one in found.asks] == ["A", "B"]
    assert burdens(here, SOON)["A"].accepted == 1
    assert report(here, own(here, first.path.rpartition("/")[2]), "The office is shut.", SOON) == ids[0]  # sent twice, kept once


def test_what_is_no_answer_to_a_question_is_refused(here: Office) -> None:
    (posed,) = pose(here, Wanted(objective_id="wells"), ("A",), STAMP, "What of the licence?")
    found = own(here, posed.path.rpartition("/")[2])
    assert "What of the licence?" in page(found)
    for text in ("", "  ", "\x01", "a" * 20_001):
        with pytest.raises(Unknown, match="text"):
            report(here, found, text, SOON)
    with pytest.raises(NotNow, match="a question"):
        answer(here, found, says(found, Reply.IN))
    late = by_link(here, posed.path.rpartition("/")[2], AT + timedelta(days=8))
    assert late is not None
    with pytest.raises(NotNow, match="over"):
        report(here, late, "Late.", SOON)
    assert "its time is over" in page(late).replace("the time for it is over", "its time is over")
    invited = own(here, asked(here)["B"])
    with pytest.raises(NotNow, match="an invitation"):
        report(here, invited, "No.", SOON)


def test_whom_to_ask_follows_the_place_the_strengths_and_the_load(here: Office) -> None:
    question, proposals = consult(here, Wanted(objective_id="wells"), AT + timedelta(days=40))
    assert question.outcomes[0] == "legal"
    assert proposals
    assert proposals[0].partner_id in "AE"
    with pytest.raises(Missing, match="objectives list"):
        consult(here, Wanted(objective_id="none"), AT)
    with pytest.raises(Missing, match="condition"):
        consult(here, Wanted(objective_id="wells", condition_id="c9"), AT)
    with pytest.raises(Unknown, match="holds"):
        consult(here, Wanted(objective_id="wells", condition_id="c1", holds=1.5), AT)
    with pytest.raises(Unknown, match="partner_ids"):
        pose(here, Wanted(objective_id="wells"), (), STAMP)
    for n in range(4):
        pose(here, Wanted(objective_id="wells"), ("A",), replace(STAMP, at=AT + timedelta(hours=n)))
    with pytest.raises(NotNow, match="lets itself be asked"):
        pose(here, Wanted(objective_id="wells"), ("A",), replace(STAMP, at=AT + timedelta(hours=5)))


def test_the_letter_of_a_partners_source_and_the_places_of_the_evidence_decide_between_equals(here: Office, settings: Settings) -> None:
    kenya = Toponym(start=0, end=0, text="Garissa", place=Place(id="gn:7", name="Garissa", country="KE", lat=-0.4, lon=39.6), probability=0.9)
    with open_warehouse(settings) as warehouse:
        warehouse.add_reports([replace(told("ra"), source="River House"), told("rb")], 1)
        readings = [Reading(report_id=one, language="en", mentions=(), toponyms=(kenya,), obstacles=(), models=()) for one in ("ra", "rb")]
        warehouse.add_readings(readings, [])
        grade = SourceGrade(source="River House", at=AT, letter=Reliability.A, confirmed=9, contradicted=0, reason="Nine of nine.")
        warehouse.put_source_grades([grade])
        warehouse.append_suggestions([card()])
        publish(warehouse, settings.snapshot_path)
    question, proposals = consult(here, Wanted(objective_id="wells"), AT)
    assert question.countries == {"KE"}
    ranked = [one.partner_id for one in proposals]
    assert ranked[0] == "A"  # the only one that works there
    assert ranked.index("B") < ranked.index("D") if "D" in ranked else "B" in ranked
    key = here.vault.create_key("Owner", SourceKind.NGO, ["report"], AT, "River House")
    here.vault.bind_key(key.prefix, "D")
    again = [one.partner_id for one in consult(here, Wanted(objective_id="wells"), AT)[1]]
    assert again.index("D") < (again.index("B") if "B" in again else len(again))
