"""Deciding, drafting, asking, consulting over HTTP: what is answered, and how it is refused."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.problems import KINDS
from flows.settings import Settings
from flows.wiring import open_vault
from store.records import SourceKind
from tests.flows.offer import AT, CARD, NEEDS, WATCH, show

TERMS = {"answer_by": (AT + timedelta(days=7)).isoformat(), "ends_at": (AT + timedelta(days=60)).isoformat(), "languages": ["en"]}
DECISION = f"/v1/suggestions/{CARD}/decision"


@pytest.fixture
def clock() -> list[Any]:
    return [AT]


@pytest.fixture
def desk(settings: Settings, clock: list[Any]) -> Iterator[TestClient]:
    show(settings)
    with open_vault(settings) as vault:
        secret = vault.create_key("Jane Coordinator", SourceKind.UNKNOWN, ["coordinate", "read"], AT, "Desk").secret
    with TestClient(create_app(settings, lambda: clock[0]), raise_server_exceptions=False, headers={"Authorization": f"Bearer {secret}"}) as found:
        yield found


def partner(settings: Settings, id_: str) -> dict[str, str]:
    with open_vault(settings) as vault:
        key = vault.create_key(f"Owner of {id_}", SourceKind.NGO, ["report", "answer"], AT, f"House {id_}")
        vault.bind_key(key.prefix, id_)
    return {"Authorization": f"Bearer {key.secret}"}


def drafted(desk: TestClient) -> str:
    desk.post(DECISION, json={"verdict": "accept"})
    made = desk.post(f"/v1/suggestions/{CARD}/blueprint", json=TERMS)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def test_suggestions_are_listed_and_told_with_the_decision_that_holds(desk: TestClient) -> None:
    rows = desk.get("/v1/suggestions").json()["suggestions"]
    assert [(row["id"], row["decision"], row["confidence"]) for row in rows] == [(CARD, None, "low"), (WATCH, None, None)]
    assert [row["expires_at"] for row in rows] == ["2031-06-01T09:00:00Z", None]
    made = desk.post(DECISION, json={"verdict": "defer", "reason": " After the vote. "})
    assert made.status_code == 201
    said = {"at": "2031-05-05T09:00:00Z", "by": "Desk", "suggestion_id": CARD, "verdict": "defer", "reason": "After the vote."}
    assert made.json() == {**said, "id": made.json()["id"], "undone_at": None, "undone_by": "", "until": None}
    assert desk.post(DECISION, json={"verdict": "defer", "reason": "After the vote."}).status_code == 200
    assert [row["decision"] for row in desk.get("/v1/suggestions").json()["suggestions"]] == ["defer", None]
    one = desk.get(f"/v1/suggestions/{CARD}").json()
    assert one["decision"] == {"verdict": "defer", "at": "2031-05-05T09:00:00Z", "reason": "After the vote.", "until": None}
    assert [member["partner_id"] for member in one["members"]] == ["A", "B", "C"]
    assert desk.get("/v1/decisions").json()["decisions"] == [made.json()]
    undone = desk.delete(f"/v1/decisions/{made.json()['id']}").json()
    assert (undone["undone_by"], desk.get(f"/v1/suggestions/{CARD}").json()["decision"]) == ("Desk", None)
    assert desk.delete("/v1/decisions/v0").status_code == 404


def test_a_suggestion_is_told_with_its_card_and_none_of_the_reports_that_are_not_shown(desk: TestClient) -> None:
    card = desk.get(f"/v1/suggestions/{CARD}").json()["card"]
    assert (card["confidence"], card["finding"], card["expires_at"]) == ("low", "shift", "2031-06-01T09:00:00Z")
    assert card["questions"] == [{"question": "critical_mass", "answer": "yes", "reason": "3 partners cover all that is asked for."}]
    assert [[member["partner_id"] for member in team["members"]] for team in card["alternatives"]] == [["E", "D"]]
    assert [(one["partner_id"], one["why"]) for one in card["left_out"]] == [("E", "not needed")]
    assert card["flips"] == ["ra"]
    assert desk.get(f"/v1/suggestions/{WATCH}").json()["card"] is None


def test_the_learning_log_lists_what_is_closed(desk: TestClient, clock: list[Any]) -> None:
    assert desk.get("/v1/learning").json() == {"closed": []}
    desk.post(DECISION, json={"verdict": "reject"})
    (closed,) = desk.get("/v1/learning").json()["closed"]
    assert (closed["suggestion_id"], closed["how"], closed["came_true"]) == (CARD, "rejected", None)
    clock[0] += timedelta(days=30)
    assert [(one["suggestion_id"], one["how"]) for one in desk.get("/v1/learning").json()["closed"]] == [(WATCH, "expired"), (CARD, "rejected")]


def test_what_is_put_off_says_until_when(desk: TestClient) -> None:
    said = desk.post(DECISION, json={"verdict": "defer", "until": "2031-05-20T12:00:00+02:00"})
    assert (said.status_code, said.json()["until"]) == (201, "2031-05-20T10:00:00Z")
    assert desk.post(DECISION, json={"verdict": "defer", "until": "2031-05-20T10:00:00Z"}).status_code == 200
    assert desk.post(DECISION, json={"verdict": "defer", "until": "2031-05-21T10:00:00Z"}).status_code == 201
    assert desk.get(f"/v1/suggestions/{CARD}").json()["decision"]["until"] == "2031-05-21T10:00:00Z"


@pytest.mark.parametrize("id_", ["nowhere", "wells-hidden", "%00", "a" * 3000])
def test_a_suggestion_that_nobody_sees_is_not_there(desk: TestClient, id_: str) -> None:
    for answer in (desk.get(f"/v1/suggestions/{id_}"), desk.post(f"/v1/suggestions/{id_}/decision", json={"verdict": "accept"})):
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({}, "verdict"),
    ({"verdict": "maybe"}, "verdict"),
    ({"verdict": "accept", "reason": "a" * 1001}, "reason"),
    ({"verdict": "accept", "zanz": 1}, "zanz"),
    ({"verdict": "accept", "reason": "a\x07"}, "reason"),
    ({"verdict": "accept", "until": "2031-05-20T12:00:00Z"}, "until"),
    ({"verdict": "defer", "until": "2031-05-05T09:00:00Z"}, "until"),
    ({"verdict": "defer", "until": "2032-06-05T09:00:00Z"}, "until"),
    ({"verdict": "defer", "until": 5}, "until"),
]


@pytest.mark.parametrize(("body", "field"), WRONG)
def test_a_wrong_field_of_a_decision_is_named(desk: TestClient, body: dict[str, Any], field: str) -> None:
    answer = desk.post(DECISION, json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert desk.get("/v1/decisions").json()["decisions"] == []


def test_a_round_over_http_by_keys_alone(desk: TestClient, settings: Settings, clock: list[Any]) -> None:
    id_ = drafted(desk)
    sent = desk.post(f"/v1/blueprints/{id_}/asks", json={}).json()["invitations"]
    assert [one["partner_id"] for one in sent] == ["A", "B", "C"]
    assert all(one["link"] in one["text"] for one in sent)
    assert desk.get(f"/v1/invitations/{sent[0]['ask_id']}").json() == sent[0]
    for one in sent:
        key = partner(settings, one["partner_id"])
        (own,) = desk.get("/v1/asks", headers=key).json()["asks"]
        assert (own["kind"], own["id"], own["open"], own["answer"]) == ("invitation", one["ask_id"], True, None)
        clock[0] += timedelta(minutes=1)
        said = desk.post(
            f"/v1/asks/{own['id']}/answer", json={"reply": "in_if", "at_least": 2, "needs": [NEEDS[0]] if one["partner_id"] != "A" else []}, headers=key
        )
        assert (said.status_code, said.json()["answer"]["reply"]) == (200, "in_if")
    view = desk.get(f"/v1/blueprints/{id_}").json()
    assert (view["standing"]["stage"], view["standing"]["inside"]) == ("formed", ["A", "B", "C"])
    assert "Harbour Jurists" in view["agenda"]
    assert desk.get("/v1/blueprints").json()["blueprints"][0]["stage"] == "formed"
    assert desk.delete(f"/v1/invitations/{sent[1]['ask_id']}").status_code == 204
    assert desk.get(f"/v1/blueprints/{id_}").json()["standing"]["stage"] == "asked"
    ended = desk.post(f"/v1/blueprints/{id_}/dissolve", json={"reason": " Done. "})
    assert (ended.status_code, ended.json()["reason"]) == (200, "Done.")


def test_what_does_not_go_with_what_was_decided_is_a_conflict(desk: TestClient, settings: Settings) -> None:
    early = desk.post(f"/v1/suggestions/{CARD}/blueprint", json=TERMS)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/not-now")
    id_ = drafted(desk)
    assert desk.post(f"/v1/suggestions/{CARD}/blueprint", json=TERMS).status_code == 409
    (one,) = desk.post(f"/v1/blueprints/{id_}/asks", json={"partner_ids": ["A"]}).json()["invitations"]
    assert desk.post(f"/v1/blueprints/{id_}/asks", json={"partner_ids": ["A"]}).status_code == 409
    assert desk.post(f"/v1/invitations/{one['ask_id']}/met").status_code == 409
    key = partner(settings, "A")
    assert desk.post(f"/v1/asks/{one['ask_id']}/answer", json={"reply": "in_if", "words": "If."}, headers=key).status_code == 200
    assert desk.post(f"/v1/invitations/{one['ask_id']}/met").status_code == 204
    assert desk.get(f"/v1/blueprints/{id_}").json()["standing"]["inside"] == ["A"]
    assert desk.get("/problems/not-now").status_code == 200


def test_what_is_not_there_or_will_not_do_is_named(desk: TestClient) -> None:
    id_ = drafted(desk)
    for path in ("/v1/blueprints/b0", "/v1/invitations/q0", "/v1/objectives/o0/consult"):
        assert desk.get(path).status_code == 404
    stranger = desk.post(f"/v1/blueprints/{id_}/asks", json={"partner_ids": ["zanzibar"]})
    assert (stranger.status_code, stranger.json()["field"], "zanz" in stranger.text) == (404, "partner_ids", False)
    desk.post(f"/v1/blueprints/{id_}/dissolve", json={})
    for body, field in (
        ({**TERMS, "answer_by": AT.isoformat()}, "answer_by"),
        ({**TERMS, "answer_by": "2031-05-06"}, "answer_by"),
        ({**TERMS, "answer_by": None}, "answer_by"),
        ({**TERMS, "ends_at": "2039-01-01T00:00:00Z"}, "ends_at"),
        ({**TERMS, "exposure": "loud"}, "exposure"),
        ({**TERMS, "languages": ["english"]}, "languages[0]"),
        ({"answer_by": TERMS["answer_by"]}, "ends_at"),
    ):
        answer = desk.post(f"/v1/suggestions/{CARD}/blueprint", json=body)
        assert (answer.status_code, answer.json()["field"]) == (422, field), body


def test_questions_are_proposed_asked_and_answered_by_reports(desk: TestClient, settings: Settings, clock: list[Any]) -> None:
    found = desk.get("/v1/objectives/wells/consult").json()
    assert found["outcomes"][0]["outcome"] == "legal"
    assert sum(one["probability"] for one in found["outcomes"]) == pytest.approx(1)
    assert found["proposals"]
    assert [(one["condition_id"], one["holds"]) for one in found["conditions"]] == [("c1", 0.5), ("c2", 0.5)]
    assert desk.get("/v1/objectives/wells/consult", params={"condition": "c1", "holds": 0.4}).json()["outcomes"][0] == {"outcome": "holds", "probability": 0.4}
    assert desk.get("/v1/objectives/wells/consult", params={"condition": "c9"}).json()["field"] == "condition_id"
    (posed,) = desk.post("/v1/questions", json={"objective_id": "wells", "partner_ids": ["A"], "text": "What of the licence?"}).json()["asked"]
    key = partner(settings, "A")
    (own,) = desk.get("/v1/asks", headers=key).json()["asks"]
    assert (own["kind"], own["question"], own["id"]) == ("question", "What of the licence?", posed["ask_id"])
    report = {"text": "The office is shut.", "question": posed["ask_id"]}
    sent = desk.post("/v1/reports", json=report, headers=key)
    assert (sent.status_code, desk.post("/v1/reports", json=report, headers=key).status_code) == (201, 200)
    (question,) = desk.get("/v1/questions").json()["questions"]
    assert (question["partner_ids"], question["report_ids"]) == (["A"], [sent.json()["id"]])
    load = {row["partner_id"]: row for row in desk.get("/v1/load").json()["partners"]}
    assert (load["A"]["asks"], load["A"]["accepted"], load["B"]["asks"]) == (1, 1, 0)
    assert 0 < desk.get("/v1/load").json()["gini"] < 1
    clock[0] += timedelta(days=30)
    late = desk.post("/v1/reports", json={**report, "text": "It opened again."}, headers=key)
    assert late.status_code == 201  # a report that comes late is still one
    assert len(desk.get("/v1/questions").json()["questions"][0]["report_ids"]) == 2


def test_a_report_that_names_a_question_of_another_is_refused_and_the_rest_of_its_batch_is_kept(desk: TestClient, settings: Settings) -> None:
    (posed,) = desk.post("/v1/questions", json={"objective_id": "wells", "partner_ids": ["A"]}).json()["asked"]
    for key in (partner(settings, "B"), partner(settings, "")):
        answer = desk.post("/v1/reports", json={"text": "Mine.", "question": posed["ask_id"]}, headers=key)
        assert (answer.status_code, answer.json()["field"]) == (422, "question")
        batch = desk.post(
            "/v1/reports", json={"reports": [{"text": "Mine.", "question": "q0"}, {"text": "Well."}, {"text": "x", "question": 7}]}, headers=key
        ).json()
        assert [one["status"] for one in batch["reports"]] == [422, 201 if key else 200, 422]
        assert [one["problem"]["field"] for one in batch["reports"] if one["problem"]] == ["reports[0].question", "reports[2].question"]
    assert desk.get("/v1/questions").json()["questions"][0]["report_ids"] == []


def test_the_after_action_page_comes_when_its_time_has_come(desk: TestClient, clock: list[Any]) -> None:
    path = f"/v1/suggestions/{CARD}/after-action.html"
    assert desk.get(path).json()["type"] == "/problems/not-now"
    clock[0] += timedelta(days=30)
    page = desk.get(path)
    assert (page.status_code, "It came true" in page.text) == (200, True)
    assert "default-src 'none'" in page.headers["content-security-policy"]


_words = st.sampled_from([TERMS["answer_by"], TERMS["ends_at"], "accept", "in", "A"])
_values = st.one_of(st.none(), st.integers(), st.text(max_size=8), _words, st.lists(st.text(max_size=3) | _words, max_size=3))
_names = st.sampled_from(["verdict", "reason", "answer_by", "ends_at", "partner_ids", "objective_id", "text", "reply", "needs", "languages"]) | st.text(
    max_size=4
)
_paths = st.sampled_from([DECISION, f"/v1/suggestions/{CARD}/blueprint", "/v1/questions", "/v1/blueprints/b0/asks", "/v1/blueprints/b0/dissolve"])


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=_paths, body=st.dictionaries(_names, _values, max_size=4))
def test_generated_bodies_never_meet_a_fault_or_an_undocumented_status(desk: TestClient, path: str, body: dict[str, Any]) -> None:
    answer = desk.post(path, json=body)
    assert answer.status_code in (200, 201, 404, 409, 422)
    assert answer.status_code < 400 or answer.json()["type"].removeprefix("/problems/") in KINDS


def test_every_new_operation_is_described(desk: TestClient) -> None:
    paths = desk.get("/openapi.json").json()["paths"]
    for path in ("/v1/suggestions/{suggestion_id}/decision", "/v1/blueprints/{blueprint_id}/asks", "/v1/asks/{ask_id}/answer", "/v1/questions"):
        assert "requestBody" in paths[path]["post"]
    assert not [path for path in paths if path.startswith("/opt-in")]
