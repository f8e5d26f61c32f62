"""The page of a signed link: looking changes nothing, the form answers, and nothing else does."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from flows.blueprints import ask, dissolve, draft, revoke
from flows.consult import Wanted, pose
from flows.office import Office
from flows.settings import Settings
from flows.words_alike import by_word
from tests.flows.offer import AT, CARD, NEEDS, STAMP, TERMS, accepted, office, show

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def here(settings: Settings) -> Iterator[Office]:
    show(settings)
    with office(settings) as opened:
        accepted(opened)
        yield opened


@pytest.fixture
def links(here: Office) -> dict[str, str]:
    blueprint = draft(here, CARD, TERMS, STAMP, by_word)
    return {one.ask.partner_id: one.path for one in ask(here, blueprint.id, (), STAMP)}


@pytest.fixture
def visitor(settings: Settings, here: Office) -> Iterator[TestClient]:
    with TestClient(create_app(settings, lambda: AT + timedelta(hours=1)), raise_server_exceptions=False, follow_redirects=False) as found:
        yield found


def kept(here: Office) -> int:
    return len(here.journal.answers())


def test_the_page_shows_the_ask_with_a_form_and_strict_headers(visitor: TestClient, links: dict[str, str]) -> None:
    page = visitor.get(links["A"])
    assert page.status_code == 200
    for words in ("Harbour Jurists", "The river towns drill wells again.", "legal expertise", "The licence is granted.", "You may change it later"):
        assert words in unescape(page.text)
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in page.headers["x-robots-tag"]
    assert len(page.content) < 25_000
    assert not re.findall(r'(?:src|href|action)="', page.text)  # nothing to fetch, nowhere else to send


def test_looking_any_number_of_times_in_any_way_changes_nothing_and_chooses_nothing(visitor: TestClient, here: Office, links: dict[str, str]) -> None:
    for method in ("GET", "HEAD", "GET", "OPTIONS", "PUT", "DELETE", "PATCH"):
        for query in ("", "?reply=out", "?reply=in&kept=1"):
            visitor.request(method, links["A"] + query)
    assert visitor.head(links["A"]).status_code == 200
    assert kept(here) == 0
    assert "checked" not in visitor.get(links["A"]).text


def test_a_form_that_a_scanner_sends_as_it_stands_answers_nothing(visitor: TestClient, here: Office, links: dict[str, str]) -> None:
    for body in ("", "at_least=0&words=", "reply=", "reply=yes", "reply=in_if&at_least=0&words=", "\udcff".encode("utf-8", "surrogateescape"), "&" * 500):
        answer = visitor.post(links["A"], content=body, headers=FORM)
        assert (answer.status_code, 'role="alert"' in answer.text) == (422, True), body
    assert kept(here) == 0


def test_an_answer_is_kept_shown_and_changed_by_the_same_link(visitor: TestClient, here: Office, links: dict[str, str]) -> None:
    sent = visitor.post(links["A"], content="reply=in&at_least=3&needs=media&words=x", headers=FORM)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{links['A']}?kept=1")
    assert "Thank you" in visitor.get(sent.headers["location"]).text
    assert "You answered <strong>in</strong>" in visitor.get(links["A"]).text
    condition = f"reply=in_if&needs={NEEDS[1].replace(' ', '+')}&needs=media&at_least=2&words=%3Cb%3EIf%3C%2Fb%3E"
    assert visitor.post(links["A"], content=condition, headers=FORM).status_code == 303
    page = visitor.get(links["A"]).text
    assert "&lt;b&gt;If&lt;/b&gt;" in page
    assert "At least 2 others must be in" in page
    assert visitor.post(links["A"], content="reply=out", headers=FORM).status_code == 303
    assert [one.reply.value for one in here.journal.answers()] == ["in", "in_if", "out"]


@pytest.mark.parametrize("number", ["-1", "two", "99999", "1e3", "٣"])
def test_a_number_that_is_none_is_told(visitor: TestClient, here: Office, links: dict[str, str], number: str) -> None:
    answer = visitor.post(links["A"], data={"reply": "in_if", "at_least": number})
    assert (answer.status_code, "give a number" in answer.text) == (422, True)
    assert kept(here) == 0


def test_a_link_that_was_never_made_or_taken_back_leads_nowhere_and_does_not_say_which(visitor: TestClient, here: Office, links: dict[str, str]) -> None:
    revoke(here, next(one.id for one in here.journal.asks() if one.partner_id == "A"), AT)
    forged = links["B"][:-1] + ("A" if links["B"][-1] != "A" else "B")
    texts = set()
    for path in (links["A"], forged, "/opt-in/x", f"/opt-in/{'a' * 65}", f"/opt-in/{'%00' * 65}", f"/opt-in/{'a' * 5000}"):
        for answer in (visitor.get(path), visitor.post(path, content="reply=out", headers=FORM)):
            assert answer.status_code == 404
            texts.add(answer.text)
    assert len(texts) == 1
    assert kept(here) == 0


def test_after_its_end_the_page_stands_and_takes_no_answer(visitor: TestClient, here: Office, links: dict[str, str]) -> None:
    dissolve(here, here.journal.blueprints()[0].id, "", STAMP)
    page = visitor.get(links["A"])
    assert (page.status_code, "<form" in page.text, "No answer is taken any more" in page.text) == (200, False, True)
    assert visitor.post(links["A"], content="reply=in", headers=FORM).status_code == 409
    assert kept(here) == 0


def test_a_question_is_answered_through_its_link_as_an_ordinary_report(visitor: TestClient, here: Office) -> None:
    (posed,) = pose(here, Wanted(objective_id="wells"), ("A",), STAMP, "What of <the> licence?")
    assert "What of &lt;the&gt; licence?" in visitor.get(posed.path).text
    assert visitor.post(posed.path, data={"text": " "}).status_code == 422
    assert visitor.post(posed.path, data={"text": "The office is shut."}).status_code == 303
    assert here.journal.count() == 1
    (row,) = here.journal.after(0, 9)
    assert (row.submission.text, row.submission.channel.value) == ("The office is shut.", "partner")
    assert here.vault.answering_reports() == {posed.ask.id: (row.report_id,)}


def test_too_large_a_form_is_refused(visitor: TestClient, here: Office, links: dict[str, str]) -> None:
    assert visitor.post(links["A"], content=b"words=" + b"a" * (1 << 20), headers=FORM).status_code == 413
    assert kept(here) == 0


_fields = st.dictionaries(st.sampled_from(["reply", "needs", "at_least", "words", "text"]), st.text(max_size=20), max_size=4)


@hypothesis_settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=_fields)
def test_no_form_ever_meets_a_fault(visitor: TestClient, links: dict[str, str], fields: dict[str, Any]) -> None:
    assert visitor.post(links["B"], data={name: value.encode("utf-8", "replace") for name, value in fields.items()}).status_code in (303, 422)
