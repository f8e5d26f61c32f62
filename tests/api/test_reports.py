"""Sending reports and reading receipts."""

import json

import pytest
from starlette.testclient import TestClient

from flows.settings import Settings
from flows.wiring import now, open_journal, open_vault
from store.errors import StorageFull
from store.journal import Journal, report_id
from store.records import SourceKind

TEXT = "The water plant in the east district stopped this morning."


def test_a_new_report_is_acknowledged_with_a_receipt(client: TestClient) -> None:
    answer = client.post("/v1/reports", json={"text": TEXT, "key": "n1"})
    assert answer.status_code == 201
    assert answer.json()["id"] == report_id("Relief", "n1")
    assert answer.headers["location"] == answer.json()["receipt"] == f"/v1/reports/{answer.json()['id']}"
    assert answer.json()["received_at"] == "2026-11-20T12:00:00+00:00"
    receipt = client.get(answer.json()["receipt"])
    assert receipt.status_code == 200
    assert receipt.json()["accepted"] is True
    assert receipt.json()["understood"] is None
    assert "next run" in receipt.json()["note"]


def test_every_field_reaches_the_journal(client: TestClient, settings: Settings) -> None:
    sent = {
        "text": TEXT,
        "key": "n1",
        "title": "Water",
        "occurred_at": "2026-11-20T07:30:00+03:00",
        "place": "east district",
        "lat": 1.5,
        "lon": 2,
        "language": "en",
        "confidence": "seen by two of us",
        "sensitivity": "red",
        "figures": [{"kind": "clinics", "number": 2, "unit": "buildings"}],
        "url": "https://example.org/1",
    }
    id_ = client.post("/v1/reports", json=sent).json()["id"]
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        row = journal.find(id_)
        assert vault.sender(id_) in ("Example Relief", None)
    assert row is not None
    stored = row.submission
    assert (stored.text, stored.title, stored.place, stored.lat, stored.lon) == (TEXT, "Water", "east district", 1.5, 2.0)
    assert (stored.language, stored.confidence, stored.sensitivity.value, stored.url) == ("en", "seen by two of us", "red", "https://example.org/1")
    assert stored.occurred_at is not None
    assert stored.occurred_at.isoformat() == "2026-11-20T04:30:00+00:00"
    assert (stored.figures[0].kind, stored.figures[0].number, stored.figures[0].unit) == ("clinics", 2.0, "buildings")
    assert (stored.source, stored.source_kind, stored.sender) == ("Relief", SourceKind.NGO, "")


def test_the_same_report_again_is_200_and_kept_once(client: TestClient, settings: Settings) -> None:
    first = client.post("/v1/reports", json={"text": TEXT, "key": "n1"})
    again = client.post("/v1/reports", json={"key": "n1", "text": TEXT})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["status"] == "repeated"
    assert again.json()["content_hash"] == first.json()["content_hash"]
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        assert journal.count() == 1


def test_the_same_content_without_a_key_is_kept_once(client: TestClient) -> None:
    assert client.post("/v1/reports", json={"text": TEXT}).status_code == 201
    assert client.post("/v1/reports", json={"text": TEXT, "title": ""}).status_code == 200
    assert client.post("/v1/reports", json={"text": TEXT + "!"}).status_code == 201


def test_a_key_with_other_content_is_409_and_names_the_stored_hash(client: TestClient) -> None:
    first = client.post("/v1/reports", json={"text": TEXT, "key": "n1"}).json()
    other = client.post("/v1/reports", json={"text": "Something else.", "key": "n1"})
    assert other.status_code == 409
    assert first["content_hash"] in other.json()["detail"]
    assert other.json()["field"] == "key"


def test_a_batch_answers_each_entry_and_a_wrong_one_stops_none(client: TestClient) -> None:
    client.post("/v1/reports", json={"text": "old", "key": "taken"})
    entries = [{"text": "a", "key": "a"}, {"text": ""}, {"text": "new", "key": "taken"}, {"text": "a", "key": "a"}, 7, {"text": "b", "lat": 3.0}]
    answer = client.post("/v1/reports", json={"reports": entries})
    assert answer.status_code == 200
    found = answer.json()["reports"]
    assert [entry["status"] for entry in found] == [201, 422, 409, 200, 422, 422]
    assert found[1]["problem"]["field"] == "reports[1].text"
    assert found[2]["problem"]["field"] == "reports[2].key"
    assert found[3]["id"] == found[0]["id"]
    assert found[5]["problem"]["field"].startswith("reports[5].l")
    assert found[0]["problem"] is None


@pytest.mark.parametrize("body", [{"reports": []}, {"reports": [{"text": "a"}] * 501}, {"reports": {"text": "a"}}])
def test_an_empty_or_too_long_batch_is_refused_whole(client: TestClient, body: object) -> None:
    answer = client.post("/v1/reports", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, "reports")


def test_a_batch_with_other_fields_names_them(client: TestClient) -> None:
    answer = client.post("/v1/reports", json={"reports": [{"text": "a"}], "txt": 1})
    assert (answer.status_code, answer.json()["field"]) == (422, "txt")


def test_another_partners_receipt_is_not_found(client: TestClient, settings: Settings) -> None:
    id_ = client.post("/v1/reports", json={"text": TEXT}).json()["id"]
    with open_vault(settings) as vault:
        other = vault.create_key("Other", SourceKind.NGO, ["report"], now()).secret
    assert client.get(f"/v1/reports/{id_}", headers={"Authorization": f"Bearer {other}"}).status_code == 404
    assert client.get("/v1/reports/rnothing").status_code == 404


def test_a_reader_sees_every_receipt_but_may_not_send(client: TestClient, reader: str) -> None:
    id_ = client.post("/v1/reports", json={"text": TEXT}).json()["id"]
    headers = {"Authorization": f"Bearer {reader}"}
    assert client.get(f"/v1/reports/{id_}", headers=headers).status_code == 200
    refused = client.post("/v1/reports", json={"text": TEXT}, headers=headers)
    assert refused.status_code == 403
    assert "`report`" in refused.json()["reason"]


def test_a_red_report_says_why_its_receipt_stays_silent(client: TestClient) -> None:
    id_ = client.post("/v1/reports", json={"text": TEXT, "sensitivity": "red"}).json()["id"]
    assert "TLP:RED" in client.get(f"/v1/reports/{id_}").json()["note"]


def test_the_key_may_come_in_its_own_header(client: TestClient, key: str) -> None:
    headers = {"Authorization": "", "X-API-Key": key}
    assert client.post("/v1/reports", json={"text": TEXT}, headers=headers).status_code == 201


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer hc_nothing", "Basic abc", "Bearer hc_aaaaaaaa_" + "a" * 43])
def test_an_unknown_key_is_401(client: TestClient, header: str) -> None:
    answer = client.post("/v1/reports", json={"text": TEXT}, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "/problems/unknown-key"


def test_a_revoked_key_is_refused_at_once(client: TestClient, settings: Settings, key: str) -> None:
    assert client.post("/v1/reports", json={"text": TEXT}).status_code == 201
    with open_vault(settings) as vault:
        assert vault.revoke(key[3:11], now())
    assert client.post("/v1/reports", json={"text": TEXT}).status_code == 401
    assert client.get("/v1/reports/rnothing").status_code == 401


def test_a_full_disk_is_503_with_a_time_to_come_back(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(self: object, submissions: object, received_at: object) -> None:
        raise StorageFull("the disk is full")

    monkeypatch.setattr(Journal, "submit_async", full)
    answer = client.post("/v1/reports", json={"text": TEXT})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_fault_of_ours_is_500_without_a_word_of_what_was_sent(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(self: object, submissions: object, received_at: object) -> None:
        raise RuntimeError(TEXT)

    monkeypatch.setattr(Journal, "submit_async", broken)
    answer = client.post("/v1/reports", json={"text": TEXT})
    assert answer.status_code == 500
    assert TEXT not in answer.text
    assert answer.json()["type"] == "/problems/internal"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_largest_body_that_fits_is_taken_and_one_byte_more_is_not(client: TestClient) -> None:
    reports = {"reports": [{"text": "x" * 190_000, "key": str(n)} for n in range(5)]}
    body = json.dumps(reports)
    padded = body + " " * ((1 << 20) - len(body))
    headers = {"Content-Type": "application/json"}
    assert client.post("/v1/reports", content=padded, headers=headers).status_code == 200
    assert client.post("/v1/reports", content=padded + " ", headers=headers).status_code == 413
    chunked = (b" " * 70_000 for _ in range(20))
    assert client.post("/v1/reports", content=chunked, headers=headers).status_code == 413
