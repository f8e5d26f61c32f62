"""What a coordinator may put right over HTTP, and how it is refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.problems import KINDS
from flows.settings import Settings
from flows.wiring import open_vault
from store.records import SourceKind
from tests.api.conftest import NOW

BODY = {"subject": "place", "text": "Tripoli", "wrong": "gn:2210247", "right": "gn:266826", "reason": "The coast of Lebanon is meant."}


@pytest.fixture
def coordinator(settings: Settings, small_folder: Path) -> Iterator[TestClient]:
    with open_vault(settings) as vault:
        secret = vault.create_key("Jane Coordinator", SourceKind.UNKNOWN, ["correct"], NOW, "Desk").secret
    app = create_app(settings.model_copy(update={"models": small_folder}), lambda: NOW)
    with TestClient(app, raise_server_exceptions=False, headers={"Authorization": f"Bearer {secret}"}) as found:
        yield found


def test_a_correction_is_kept_once_listed_and_undone(coordinator: TestClient) -> None:
    made = coordinator.post("/v1/corrections", json=BODY)
    assert made.status_code == 201
    kept = made.json()
    assert kept == {**BODY, "id": kept["id"], "at": "2026-11-20T12:00:00Z", "by": "Desk", "report_id": "", "undone_at": None}
    again = coordinator.post("/v1/corrections", json={**BODY, "text": " TRIPOLI", "reason": ""})
    assert (again.status_code, again.json()) == (200, kept)
    assert coordinator.get("/v1/corrections").json() == {"cursor": None, "corrections": [kept]}
    undone = coordinator.delete(f"/v1/corrections/{kept['id']}")
    assert (undone.status_code, undone.json()["undone_at"]) == (200, "2026-11-20T12:00:00Z")
    assert coordinator.delete(f"/v1/corrections/{kept['id']}").json() == undone.json()
    assert coordinator.get("/v1/corrections").json()["corrections"] == [undone.json()]


def test_pages_of_corrections_hold_each_once(coordinator: TestClient) -> None:
    made = {coordinator.post("/v1/corrections", json={**BODY, "text": f"Tripoli {n}"}).json()["id"] for n in range(5)}
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = coordinator.get("/v1/corrections", params={"limit": 2, "cursor": cursor}).json()
        seen += [one["id"] for one in page["corrections"]]
        cursor = page["cursor"]
    assert seen == sorted(made)


def test_two_that_say_otherwise_are_a_conflict_that_names_the_first(coordinator: TestClient) -> None:
    first = coordinator.post("/v1/corrections", json=BODY).json()["id"]
    clash = coordinator.post("/v1/corrections", json={**BODY, "right": ""})
    assert (clash.status_code, clash.headers["content-type"]) == (409, "application/problem+json")
    assert first in clash.json()["reason"]
    assert clash.json()["type"] == "/problems/correction-clash"
    assert "correction-clash" in KINDS


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"right": "gn:987654321"}, "right"),
        ({"right": "gn:987654321987654321987654321"}, "right"),
        ({"wrong": "at:1,2"}, "wrong"),
        ({"wrong": ""}, "wrong"),
        ({"wrong": None}, "wrong"),
        ({"right": None}, "right"),
        ({"right": "gn:2210247"}, "right"),
        ({"text": ""}, "text"),
        ({"text": " . "}, "text"),
        ({"text": "a" * 201}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"reason": "a" * 1001}, "reason"),
        ({"report_id": "r-unheard-of"}, "report_id"),
        ({"subject": "report"}, "subject"),
        ({"subject": "name", "wrong": "n-unheard-of"}, "wrong"),
        ({"letter": "A"}, "letter"),
        ({"número": "A"}, "(unknown)"),
    ],
)
def test_a_wrong_field_is_named_and_never_repeated(coordinator: TestClient, change: dict[str, Any], field: str) -> None:
    answer = coordinator.post("/v1/corrections", content=json.dumps({**BODY, **change}), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert problem["field"] == field
    assert problem["reason"]
    assert problem["remedy"]
    assert all(str(value) not in answer.text for value in change.values() if len(str(value)) > 5 and str(value) not in KINDS)
    assert coordinator.get("/v1/corrections").json()["corrections"] == []


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 422), (b'"text"', 422), (b"", 400), (b'{"text": "a", "text": "b"}', 400)])
def test_what_is_no_correction_at_all_is_a_problem(coordinator: TestClient, body: bytes, status: int) -> None:
    answer = coordinator.post("/v1/corrections", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_undoing_what_is_not_there_is_told(coordinator: TestClient) -> None:
    answer = coordinator.delete("/v1/corrections/c0")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert "/v1/corrections" in answer.json()["remedy"]


def test_correcting_needs_its_own_scope(client: TestClient, reader: str) -> None:
    for headers in ({}, {"Authorization": f"Bearer {reader}"}):
        assert client.post("/v1/corrections", json=BODY, headers=headers).status_code == 403
        assert client.get("/v1/corrections", headers=headers).status_code == 403
        assert client.delete("/v1/corrections/c0", headers=headers).status_code == 403
    assert client.post("/v1/corrections", json=BODY, headers={"Authorization": ""}).status_code == 401


def test_what_a_report_names_is_put_right_by_its_id(coordinator: TestClient, settings: Settings) -> None:
    with open_vault(settings) as vault:
        secret = vault.create_key("Jane Partner", SourceKind.PARTNER, ["report"], NOW, "Partner").secret
    sent = coordinator.post("/v1/reports", json={"text": "A judge forbids it."}, headers={"Authorization": f"Bearer {secret}"}).json()["id"]
    body = {"subject": "obstacle", "report_id": sent, "right": "legal, funding:lifted", "reason": "A ruling is awaited."}
    kept = coordinator.post("/v1/corrections", json=body)
    assert (kept.status_code, kept.json()["right"], kept.json()["text"]) == (201, "legal,funding:lifted", "")
    assert coordinator.post("/v1/corrections", json=body).status_code == 200
    assert coordinator.post("/v1/corrections", json={**body, "right": ""}).status_code == 409
    assert coordinator.delete(f"/v1/corrections/{kept.json()['id']}").status_code == 200
    assert coordinator.post("/v1/corrections", json={**body, "right": ""}).status_code == 201


@pytest.mark.parametrize(("change", "field"), [({"right": "law"}, "right"), ({"text": "A judge"}, "text"), ({"report_id": ""}, "report_id")])
def test_a_wrong_field_about_an_obstacle_is_named(coordinator: TestClient, settings: Settings, change: dict[str, str], field: str) -> None:
    with open_vault(settings) as vault:
        secret = vault.create_key("Jane Partner", SourceKind.PARTNER, ["report"], NOW, "Partner").secret
    sent = coordinator.post("/v1/reports", json={"text": "A judge forbids it."}, headers={"Authorization": f"Bearer {secret}"}).json()["id"]
    answer = coordinator.post("/v1/corrections", json={"subject": "obstacle", "report_id": sent, "right": "legal", **change})
    assert (answer.status_code, answer.json()["field"]) == (422, field)
