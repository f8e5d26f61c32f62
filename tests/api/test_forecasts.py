"""GET /v1/forecasts and /v1/scores; nothing here changes what was said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from flows.settings import Settings
from flows.wiring import open_journal, open_vault, open_warehouse
from store.forecasts import MODEL, Kind, Odds, Outcome
from store.records import SourceKind
from store.snapshot import publish
from tests.api.conftest import NOW
from tests.store.samples import hours
from tests.store.test_ledger_of_statements import statement


@pytest.fixture
def stated(settings: Settings, client: TestClient) -> None:
    with open_warehouse(settings) as warehouse:
        warehouse.append_statements([replace(statement(f"p{n}"), kind=Kind.PLACE, subject=f"gn:{n}") for n in range(3)])
        warehouse.append_statements([replace(statement("p3"), kind=Kind.PLACE, subject="gn:3", deadline=NOW + timedelta(days=3))])
        warehouse.append_odds([Odds(statement_id=f"p{n}", at=hours(0), by=MODEL, probability=0.2 + 0.6 * (n % 2)) for n in range(4)])
        warehouse.append_odds([Odds(statement_id="p3", at=hours(9), by="coordinator", probability=0.01)])
        warehouse.append_outcomes([Outcome(statement_id=f"p{n}", resolved_at=hours(200), observed=3 * n, came_true=n == 1) for n in range(2)])
        publish(warehouse, settings.snapshot_path)


def head(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_forecasts_come_in_pages_with_rule_chance_and_outcome(client: TestClient, stated: None, reader: str) -> None:
    first = client.get("/v1/forecasts?limit=3", headers=head(reader)).json()
    assert [row["id"] for row in first["forecasts"]] == ["p0", "p1", "p2"]
    assert first["forecasts"][1]["came_true"] is True
    assert first["forecasts"][1]["rule"] == "True when at least 3 are counted."
    rest = client.get(f"/v1/forecasts?limit=3&cursor={first['cursor']}", headers=head(reader)).json()
    assert [(row["id"], row["probability"], row["latest_probability"]) for row in rest["forecasts"]] == [("p3", 0.8, 0.8)]
    assert rest["cursor"] is None


def test_scores_are_told_by_kind_and_horizon(client: TestClient, stated: None, reader: str) -> None:
    found = client.get("/v1/scores", headers=head(reader)).json()
    assert found["whole"]["brier"] == pytest.approx(0.04)
    assert (found["open"], found["void"], list(found["by_kind"]), list(found["by_days"])) == (2, 0, ["place"], ["7"])
    assert [part["word"] for part in found["whole"]["words"]] == ["unlikely", "very likely"]


def test_before_the_first_run_there_is_nothing(client: TestClient, reader: str) -> None:
    assert client.get("/v1/forecasts", headers=head(reader)).json() == {"forecasts": [], "cursor": None}
    assert client.get("/v1/scores", headers=head(reader)).json() == {"whole": None, "by_kind": {}, "by_days": {}, "open": 0, "void": 0}


def test_a_key_that_only_reports_reads_neither(client: TestClient, stated: None) -> None:
    assert client.get("/v1/forecasts").status_code == 403
    assert client.get("/v1/scores").status_code == 403


def test_a_partner_and_a_coordinator_say_how_likely_they_hold_one_and_nobody_reads_it(
    settings: Settings, client: TestClient, stated: None, reader: str
) -> None:
    with open_vault(settings) as vault:
        coordinator = vault.create_key("Coordinator", SourceKind.UNKNOWN, ["coordinate"], NOW).secret
    before = client.get("/v1/forecasts", headers=head(reader)).json()
    for headers in (None, head(coordinator)):
        sent = client.post("/v1/forecasts/p3/probability", json={"probability": 0.7}, headers=headers)
        assert (sent.status_code, sent.json()["probability"], list(sent.json())) == (201, 0.7, ["forecast_id", "at", "probability"])
    assert client.get("/v1/forecasts", headers=head(reader)).json() == before
    assert client.post("/v1/forecasts/p3/probability", json={"probability": 0.7}, headers=head(reader)).status_code == 403
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        bodies = [body for _, body in journal.documents("odds")]
    assert len(bodies) == 2
    assert not any("Relief" in body for body in bodies)


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("p3", {"probability": 1.2}, 422),
        ("p3", {"probability": None}, 422),
        ("p3", {}, 422),
        ("p3", {"probability": 0.2, "by": "me"}, 422),
        ("nothing", {"probability": 0.2}, 404),
        ("p2", {"probability": 0.2}, 409),
    ],
)
def test_a_wrong_saying_is_refused_with_a_reason(client: TestClient, stated: None, name: str, body: dict[str, object], status: int) -> None:
    sent = client.post(f"/v1/forecasts/{name}/probability", json=body)
    assert sent.status_code == status
    assert sent.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/v1/forecasts", "/v1/forecasts/p0", "/v1/scores"])
def test_a_past_probability_cannot_be_changed_by_the_api(client: TestClient, stated: None, reader: str, method: str, path: str) -> None:
    before = client.get("/v1/forecasts", headers=head(reader)).json()
    assert client.request(method, path, headers=head(reader), json={"probability": 0.99}).status_code in (404, 405)
    assert client.get("/v1/forecasts", headers=head(reader)).json() == before
