"""What a coordinator may decide about situations over HTTP, and how it is refused."""

import json
from collections.abc import Iterator
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
from tests.api.conftest import NOW
from tests.flows.trams import HOMES, show

BODIES: dict[str, dict[str, Any]] = {"merge": {"other": "B"}, "split": {"report_ids": ["a3"]}, "rename": {"title": "Trams"}, "lock": {}, "dismiss": {}}


@pytest.fixture
def coordinator(settings: Settings) -> Iterator[TestClient]:
    with open_vault(settings) as vault:
        secret = vault.create_key("Jane Coordinator", SourceKind.UNKNOWN, ["correct"], NOW, "Desk").secret
    show(settings, {**HOMES, "secret": "A"}, red=("secret",))
    with TestClient(create_app(settings, lambda: NOW), raise_server_exceptions=False, headers={"Authorization": f"Bearer {secret}"}) as found:
        yield found


def kept(kind: str, **also: Any) -> dict[str, Any]:
    """What is answered to a ruling about A, but for its id."""
    said = {"kind": kind, "situation_id": "A", "at": "2026-11-20T12:00:00Z", "by": "Desk", "reason": "Seen.", "report_ids": ["a1", "a2", "a3"]}
    return {**said, "other": "", "other_ids": [], "title": "", "undone_at": None, "undone_by": "", **also}


@pytest.mark.parametrize("kind", BODIES)
def test_a_ruling_is_kept_once_listed_and_undone(coordinator: TestClient, kind: str) -> None:
    body = {**BODIES[kind], "reason": " Seen. "}
    made = coordinator.post(f"/v1/situations/A/{kind}", json=body)
    assert made.status_code == 201
    told = made.json()
    own: dict[str, Any] = {
        "merge": {"other": "B", "other_ids": ["b1", "b2"]},
        "split": {"other": told["other"], "other_ids": ["a3"]},
        "rename": {"title": "Trams"},
    }
    assert told == {**kept(kind, **own.get(kind, {})), "id": told["id"]}
    again = coordinator.post(f"/v1/situations/A/{kind}", json={**body, "reason": ""})
    assert (again.status_code, again.json()) == (200, told)
    assert coordinator.get("/v1/rulings").json() == {"cursor": None, "rulings": [told]}
    undone = coordinator.delete(f"/v1/rulings/{told['id']}")
    assert (undone.status_code, undone.json()) == (200, {**told, "undone_at": "2026-11-20T12:00:00Z", "undone_by": "Desk"})
    assert coordinator.delete(f"/v1/rulings/{told['id']}").json() == undone.json()
    assert coordinator.get("/v1/rulings").json()["rulings"] == [undone.json()]
    assert coordinator.post(f"/v1/situations/A/{kind}", json=body).status_code == 201


def test_pages_of_rulings_hold_each_once(coordinator: TestClient) -> None:
    made = {coordinator.post("/v1/situations/A/rename", json={"title": f"Trams {n}"}).json()["id"] for n in range(5)}
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = coordinator.get("/v1/rulings", params={"limit": 2, "cursor": cursor}).json()
        seen += [one["id"] for one in page["rulings"]]
        cursor = page["cursor"]
    assert seen == sorted(made)


def test_a_ruling_that_contradicts_one_that_holds_is_a_conflict_that_names_it(coordinator: TestClient) -> None:
    lock = coordinator.post("/v1/situations/A/lock", json={}).json()["id"]
    for kind in ("merge", "split"):
        clash = coordinator.post(f"/v1/situations/A/{kind}", json=BODIES[kind])
        assert (clash.status_code, clash.headers["content-type"], clash.json()["type"]) == (409, "application/problem+json", "/problems/ruling-clash")
        assert lock in clash.json()["reason"]
    coordinator.delete(f"/v1/rulings/{lock}")
    assert coordinator.post("/v1/situations/A/merge", json=BODIES["merge"]).status_code == 201
    assert coordinator.get("/problems/ruling-clash").status_code == 200


def test_a_situation_that_nobody_sees_is_not_there(coordinator: TestClient) -> None:
    for situation in ("Z", "secret", "%00", "%FF", "%ED%A0%80", "a" * 3000, "A'--", " A"):
        for kind in ("rename", "split"):
            answer = coordinator.post(f"/v1/situations/{situation}/{kind}", json=BODIES[kind])
            assert (answer.status_code, answer.json()["type"], answer.json()["field"]) == (404, "/problems/not-found", "")
            assert "/v1/situations" in answer.json()["remedy"]


def test_what_is_not_there_is_told_with_where_to_look(coordinator: TestClient) -> None:
    other = coordinator.post("/v1/situations/A/merge", json={"other": "zanzibar"})
    assert (other.status_code, other.json()["field"], "zanzibar" in other.text) == (404, "other", False)
    ruling = coordinator.delete("/v1/rulings/h0")
    assert (ruling.status_code, "/v1/rulings" in ruling.json()["remedy"]) == (404, True)


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("merge", {}, "other"),
    ("merge", {"other": ""}, "other"),
    ("merge", {"other": "A"}, "other"),
    ("merge", {"other": ["B"]}, "other"),
    ("merge", {"other": "a" * 101}, "other"),
    ("split", {}, "report_ids"),
    ("split", {"report_ids": []}, "report_ids"),
    ("split", {"report_ids": "a1"}, "report_ids"),
    ("split", {"report_ids": ["a1", 2]}, "report_ids[1]"),
    ("split", {"report_ids": ["a1", "zanzibar"]}, "report_ids[1]"),
    ("split", {"report_ids": ["a1", "secret"]}, "report_ids[1]"),
    ("split", {"report_ids": ["\0"]}, "report_ids[0]"),
    ("split", {"report_ids": ["\ud800"]}, "report_ids[0]"),
    ("split", {"report_ids": ["a1", "a2", "a3"]}, "report_ids"),
    ("rename", {"title": ""}, "title"),
    ("rename", {"title": " \n "}, "title"),
    ("rename", {"title": "zanzibar" * 30}, "title"),
    ("rename", {"title": "a\0b"}, "title"),
    ("rename", {"title": "\ud800"}, "title"),
    ("lock", {"reason": "a" * 1001}, "reason"),
    ("lock", {"title": "zanzibar"}, "title"),
    ("dismiss", {"zanzíbar": True}, "(unknown)"),
]


def test_a_wrong_field_is_named_and_never_repeated(coordinator: TestClient) -> None:
    for kind, body, field in WRONG:
        answer = coordinator.post(f"/v1/situations/A/{kind}", content=json.dumps(body), headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.headers["content-type"], answer.json()["field"]) == (422, "application/problem+json", field), (kind, body)
        assert answer.json()["reason"]
        assert answer.json()["remedy"]
        assert "zanz" not in answer.text
        assert "secret" not in answer.text
    assert coordinator.get("/v1/rulings").json()["rulings"] == []


def test_what_is_no_ruling_at_all_is_a_problem(coordinator: TestClient) -> None:
    for body, status in ((b"{", 400), (b"[]", 422), (b'"text"', 422), (b"", 400), (b'{"reason": "a", "reason": "b"}', 400)):
        answer = coordinator.post("/v1/situations/A/lock", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


_values = st.one_of(st.none(), st.integers(), st.text(max_size=8), st.lists(st.text(max_size=3) | st.sampled_from([*HOMES]), max_size=4))
_bodies = st.dictionaries(st.sampled_from(["other", "report_ids", "title", "reason"]) | st.text(max_size=5), _values, max_size=3)


@hypothesis_settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from([*BODIES]), situation=st.sampled_from("ABC"), body=_bodies)
def test_generated_bodies_never_reach_a_5xx_or_an_undocumented_status(coordinator: TestClient, kind: str, situation: str, body: dict[str, Any]) -> None:
    answer = coordinator.post(f"/v1/situations/{situation}/{kind}", json=body)
    assert answer.status_code in (200, 201, 404, 409, 422)
    assert answer.status_code < 400 or answer.json()["type"].removeprefix("/problems/") in KINDS
    assert "secret" not in answer.text


def test_a_title_is_one_line_in_any_language(coordinator: TestClient) -> None:
    answer = coordinator.post("/v1/situations/A/rename", json={"title": "  توقف\n القطارات "})
    assert answer.json()["title"] == "توقف القطارات"


def test_ruling_needs_the_scope_correct(client: TestClient, reader: str) -> None:
    for headers in ({}, {"Authorization": f"Bearer {reader}"}):
        for kind, body in BODIES.items():
            assert client.post(f"/v1/situations/A/{kind}", json=body, headers=headers).status_code == 403
        assert client.get("/v1/rulings", headers=headers).status_code == 403
        assert client.delete("/v1/rulings/h0", headers=headers).status_code == 403
    assert client.post("/v1/situations/A/lock", json={}, headers={"Authorization": ""}).status_code == 401
