"""From a suggestion to a coalition at the command line."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from cli.exits import Exit
from flows import wiring
from flows.blueprints import PURPOSE
from flows.links import token
from flows.opt_in import answer, by_link
from flows.settings import load_settings
from store.opt_in import Answer, Reply
from tests.cli.conftest import Hivecast
from tests.flows.offer import AT, CARD, WATCH, office, show


@pytest.fixture
def desk(hivecast: Hivecast, home: Path, monkeypatch: pytest.MonkeyPatch) -> Hivecast:
    monkeypatch.setenv("HIVECAST_ENCODER", "")
    monkeypatch.setattr(wiring, "now", lambda: AT)
    show(load_settings())
    return hivecast


def say(partner: str, reply: Reply) -> None:
    with office(load_settings()) as here:
        one = next(ask for ask in here.journal.asks() if ask.partner_id == partner)
        own = by_link(here, token(one, here.vault.signing_key(PURPOSE)), AT)
        assert own is not None
        answer(here, own, Answer(ask_id=one.id, at=AT, reply=reply, words="If." if reply is Reply.IN_IF else ""))


def test_suggestions_are_listed_shown_decided_on_and_taken_back(desk: Hivecast) -> None:
    assert [row["id"] for row in json.loads(desk("suggestions", "--json").out)] == [CARD, WATCH]
    assert [row["confidence"] for row in json.loads(desk("suggestions", "list", "--json").out)] == ["low", None]
    kept = desk("suggestions", "accept", CARD, "--reason", "Three say so.", "--by", "Jane")
    assert f"hivecast blueprints draft {CARD}" in kept.err
    assert json.loads(desk("suggestions", "accept", CARD, "--reason", "Three say so.", "--json").out)["new"] is False
    assert "accept" in desk("suggestions", "list").out
    shown = desk("suggestions", "show", CARD)
    for words in (
        "new_coalition for wells",
        "legal",
        "0.80",
        "Harbour Jurists",
        "Three say so.",
        "Jane",
        "Confidence low",
        "critical mass",
        "Second Bench (D)",
        "Lone Advocates",
        "Decide by 2031-06-01",
    ):
        assert words in shown.out
    assert json.loads(desk("suggestions", "show", CARD, "--json").out)["decisions"][0]["by"] == "Jane"
    for verdict in ("reject", "defer"):
        assert desk("suggestions", verdict, CARD).code == 0
    found = json.loads(desk("suggestions", "decisions", "--json").out)
    assert [one["verdict"] for one in found] == ["accept", "reject", "defer"]
    assert "undone." in desk("suggestions", "undo", found[2]["id"]).err
    assert json.loads(desk("suggestions", "list", "--json").out)[0]["decision"] == "reject"
    assert "defer" in desk("suggestions", "decisions").out


def test_a_suggestion_is_put_off_to_a_day(desk: Hivecast) -> None:
    assert desk("suggestions", "defer", CARD, "--until", "2031-05-20").code == 0
    assert json.loads(desk("suggestions", "decisions", "--json").out)[0]["until"] == "2031-05-20T23:59:59+00:00"
    assert json.loads(desk("suggestions", "show", CARD, "--json").out)["card"]["confidence"] == "low"
    assert json.loads(desk("suggestions", "show", WATCH, "--json").out)["card"] is None
    assert "Decide by" not in desk("suggestions", "show", WATCH).out
    assert desk("suggestions", "defer", CARD, "--until", "soon").code == Exit.CONFIG
    assert "until" in desk("suggestions", "defer", CARD, "--until", "2031-05-01").err


def test_what_is_not_there_or_empty_has_its_own_exit_code(desk: Hivecast) -> None:
    for words in (["suggestions", "show", "nowhere"], ["suggestions", "accept", "nowhere"], ["suggestions", "undo", "v0"], ["blueprints", "show", "b0"]):
        assert desk(*words).code == Exit.NOT_FOUND
    for words in (
        ["consult", "nowhere"],
        ["learn", "nowhere"],
        ["blueprints", "revoke", "q0"],
        ["blueprints", "invite", "q0"],
        ["questions", "ask", "wells", "Z"],
    ):
        assert desk(*words).code == Exit.NOT_FOUND
    assert desk("suggestions", "accept", CARD, "--by", " ").code == Exit.USAGE
    ran = desk("blueprints", "draft", CARD)
    assert (ran.code, "accept it first" in ran.err) == (Exit.PROBLEM, True)


def test_a_coalition_is_drafted_asked_formed_and_dissolved(desk: Hivecast) -> None:
    desk("suggestions", "accept", CARD)
    drafted = desk("blueprints", "draft", CARD, "--language", "en", "--exposure", "public", "--exit", "The licence is granted.")
    id_ = drafted.out.splitlines()[0]
    assert "Bench of the River" in drafted.out
    assert f"hivecast blueprints ask {id_}" in drafted.err
    assert "drafted" in desk("blueprints", "list").out
    asked = desk("blueprints", "ask", id_)
    assert len(re.findall(r"http://127.0.0.1:8321/opt-in/\S{65}", asked.out)) == 3
    assert "Subject: Would you join in" in asked.out
    say("A", Reply.IN)
    say("B", Reply.IN_IF)
    say("C", Reply.OUT)
    shown = desk("blueprints", "show", id_)
    for words in ("asked since", "To be asked next", "Lone Advocates", "out", "If."):
        assert words in shown.out
    row = json.loads(desk("blueprints", "list", "--json").out)[0]
    assert (row["inside"], row["out"], row["conditional"]) == (["A"], ["C"], ["B"])
    asks = {one["partner_id"]: one["id"] for one, _ in json.loads(desk("blueprints", "show", id_, "--json").out)["answers"]}
    assert desk("blueprints", "met", asks["B"]).err.strip() == "Held for met."
    assert json.loads(desk("blueprints", "invite", asks["A"], "--json").out)["text"] == desk("blueprints", "invite", asks["A"]).out[:-1]
    assert json.loads(desk("blueprints", "ask", id_, "E", "--json").out)[0]["partner_id"] == "E"
    say("E", Reply.IN)
    assert "First meeting: The river towns drill wells again." in desk("blueprints", "show", id_).out
    assert "closed" in desk("blueprints", "revoke", asks["A"]).err
    assert "dissolved" in desk("blueprints", "dissolve", id_, "--reason", "Done.").err
    assert "dissolved" in desk("blueprints", "list").out


def test_drafting_prints_json(desk: Hivecast) -> None:
    desk("suggestions", "accept", CARD)
    assert json.loads(desk("blueprints", "draft", CARD, "--json").out)["required"][0] == "legal expertise"


def test_whom_to_ask_is_proposed_asked_and_listed(desk: Hivecast, monkeypatch: pytest.MonkeyPatch) -> None:
    found = desk("consult", "wells")
    assert "What stands most in the way" in found.out
    assert "The water office grants the licence." in found.out
    assert [one["condition_id"] for one in json.loads(desk("consult", "wells", "--json").out)["conditions"]] == ["c1", "c2"]
    assert "hivecast questions ask wells" in found.err
    assert json.loads(desk("consult", "wells", "--condition", "c1", "--json").out)["question"]["outcomes"] == ["holds", "fails"]
    assert json.loads(desk("questions", "ask", "wells", "A", "--json").out)[0]["partner_id"] == "A"
    assert "/opt-in/" in desk("questions", "ask", "wells", "E", "--condition", "c1").out
    assert [row["partners"] for row in json.loads(desk("questions", "list", "--json").out)] == [["A"], ["E"]]
    assert "Does this hold today" in desk("questions", "list").out
    load = desk("load")
    assert "Gini coefficient of asks" in load.err
    rows = {row["partner_id"]: row for row in json.loads(desk("load", "--json").out)["partners"]}
    assert (rows["A"]["asks"], rows["B"]["asks"]) == (1, 0)
    assert desk("consult", "wells", "--condition", "c1", "--holds", "1").err.strip() == "No answer would be worth the ask now."


def test_the_after_action_page_is_written_once_its_time_has_come(desk: Hivecast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "four weeks" in desk("learn", CARD).err
    assert desk("learn").err.strip() == "None can be scored yet."
    monkeypatch.setattr(wiring, "now", lambda: AT + timedelta(days=30))
    path = desk("learn", CARD).out.strip()
    assert "It came true" in (tmp_path / path).read_text(encoding="utf-8")
    assert json.loads(desk("learn", CARD, "--json").out)["came_true"] is True
    assert {row["suggestion_id"]: row["how"] for row in json.loads(desk("learn", "--json").out)} == {CARD: "expired", WATCH: "expired"}
    assert "Mean Brier score of 2" in desk("learn").err
    assert desk("learn", CARD, "--out", "/proc/no/page.html").code == Exit.CONFIG


def test_a_key_of_a_partner_may_answer_for_it(desk: Hivecast) -> None:
    made = json.loads(desk("keys", "create", "Jane of the Bench", "--partner", "B", "--json").out)
    row = next(one for one in json.loads(desk("keys", "list", "--json").out) if one["prefix"] == made["prefix"])
    assert (row["partner_id"], row["scopes"]) == ("B", ["answer", "report"])
    assert desk("keys", "create", "Jane", "--partner", "Z").code == Exit.NOT_FOUND
    desk("keys", "create", "Desk", "--scope", "coordinate", "--partner", "B")
    assert ["coordinate"] in [one["scopes"] for one in json.loads(desk("keys", "list", "--json").out)]
