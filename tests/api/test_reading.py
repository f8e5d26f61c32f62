"""What readers get: situations, suggestions, briefs, health, receipts after a run, and the pages."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app, from_environment
from api.harden import BRIEF_POLICY, HEADERS
from api.problems import KINDS, Problem, from_status
from flows.settings import Settings
from flows.wiring import open_journal, open_vault, open_warehouse
from ingest.normalise import normalise
from store.records import (
    TLP,
    Credibility,
    Move,
    Obstacle,
    ObstacleReading,
    ObstacleState,
    Origin,
    Place,
    Reading,
    Reliability,
    Report,
    ReportGrade,
    Sentence,
    Situation,
    SituationEvent,
    SourceGrade,
    Toponym,
)
from store.snapshot import publish
from store.told import Brief, Record, Scoreboard
from tests.api.conftest import NOW

PLACE = Place(id="gn:1", name="Nairobi", country="KE", lat=-1.3, lon=36.8)


@pytest.fixture
def coordinator(settings: Settings, reader: str) -> Iterator[TestClient]:
    app = create_app(settings, lambda: NOW + timedelta(hours=1))
    with TestClient(app, raise_server_exceptions=False, headers={"Authorization": f"Bearer {reader}"}) as found:
        yield found


def run(settings: Settings) -> tuple[Report, ...]:
    """Do by hand what a run does with what is in the journal."""
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        rows = journal.after(0, 100)
    reports = tuple(normalise(row.submission, row.report_id, row.received_at, row.content_hash) for row in rows)
    first = reports[0]
    with open_warehouse(settings) as warehouse:
        warehouse.add_reports(reports, rows[-1].seq)
        warehouse.add_readings([reading(report) for report in reports], [])
        opened = [SituationEvent(situation_id=f"s{n}", at=report.at, kind="opened") for n, report in enumerate(reports)]
        warehouse.put_situations([Move(report_id=report.id, at=report.at, situation_id=f"s{n}") for n, report in enumerate(reports)], opened)
        warehouse.save_situations([situation(f"s{n}", report) for n, report in enumerate(reports)], NOW)
        warehouse.append_brief(brief(first), {"html": "brief-2026-11-20T120000Z.html"})
        publish(warehouse, settings.snapshot_path)
    return reports


def reading(report: Report) -> Reading:
    spot = Toponym(start=0, end=0, text="Nairobi", place=PLACE, probability=0.9)
    obstacles = (
        ObstacleReading(obstacle=Obstacle.LOGISTICS, state=ObstacleState.PRESENT, weight=0.8, sentence=report.text),
        ObstacleReading(obstacle=Obstacle.FUNDING, state=ObstacleState.LIFTED, weight=0.4, sentence=report.text),
    )
    return Reading(report_id=report.id, language="en", mentions=(), toponyms=(spot, spot), obstacles=obstacles, models=("test",))


def situation(id_: str, report: Report) -> Situation:
    return Situation(id=id_, title=f"Water {id_}", report_ids=(report.id,), place_ids=("gn:1",), first_at=report.at, last_at=report.at, origins=1)


def brief(report: Report) -> Brief:
    line = Sentence(text=report.text, report_ids=(report.id,), quote=True)
    return Brief(
        id="b1",
        as_of=NOW,
        mark=TLP.AMBER,
        title="Brief",
        previous_id="",
        previous_as_of=None,
        bottom_line=(line,),
        changes=(),
        situations=(),
        suggestions=(),
        scoreboard=Scoreboard(due=0, came_true=0, brier=None),
        record=Record(),
        gaps=(),
        sources=(),
        reports=(report,),
    )


def test_a_receipt_tells_what_was_understood_and_who_cites_it(client: TestClient, settings: Settings) -> None:
    place = client.post("/v1/reports", json={"text": "The road to the plant is blocked."}).json()["receipt"]
    run(settings)
    receipt = client.get(place).json()
    assert receipt["understood"] == {"language": "en", "places": ["Nairobi"], "obstacles": ["logistics", "funding (lifted)"]}
    assert receipt["situation"] == {"id": "s0", "title": "Water s0", "origins": 1, "carriers": 1, "heard": "1 independent origin, 1 carrier"}
    assert receipt["cited_by"] == ["b1"]
    assert receipt["note"] == ""


def test_echoes_are_counted_as_carriers_of_one_origin_everywhere(client: TestClient, coordinator: TestClient, settings: Settings) -> None:
    sent = client.post("/v1/reports", json={"reports": [{"text": f"The road is blocked, copy {n}."} for n in range(4)]}).json()["reports"]
    ids = tuple(entry["id"] for entry in sent)
    run(settings)
    with open_warehouse(settings) as warehouse:
        warehouse.put_origins([Origin(id=ids[0], report_ids=ids[:3], revisions=((ids[2], ids[0]),))])
        warehouse.put_situations([Move(report_id=one, at=NOW, situation_id="s0") for one in ids], [])
        publish(warehouse, settings.snapshot_path)
    (row,) = coordinator.get("/v1/situations").json()["situations"]
    assert (row["origins"], row["carriers"], row["reports"], row["heard"]) == (2, 3, 4, "2 independent origins, 3 carriers")
    assert client.get(f"/v1/reports/{ids[1]}").json()["situation"]["heard"] == row["heard"]


@pytest.mark.parametrize(("letters", "code"), [(["C", "B"], "B2"), ([], "2")])
def test_a_reader_sees_what_a_report_is_worth_and_its_sender_does_not(
    client: TestClient, coordinator: TestClient, settings: Settings, letters: list[str], code: str
) -> None:
    place = client.post("/v1/reports", json={"text": "The road is blocked."}).json()["receipt"]
    (report,) = run(settings)
    assert coordinator.get(place).json()["grade"] is None
    with open_warehouse(settings) as warehouse:
        warehouse.put_report_grades([ReportGrade(report_id=report.id, number=Credibility.PROBABLE, reason="One other origin says so.")])
        given = [
            SourceGrade(source=report.voice, at=NOW + timedelta(days=n), letter=Reliability(letter), confirmed=3, contradicted=1, reason="Three of four.")
            for n, letter in enumerate(letters)
        ]
        warehouse.put_source_grades(given)
        publish(warehouse, settings.snapshot_path)
    grade = coordinator.get(place).json()["grade"]
    assert grade == {"code": code, "letter": letters[-1] if letters else None, "number": 2, "reason": "One other origin says so."}
    assert client.get(place).json()["grade"] is None


def test_pages_of_situations_hold_each_once(client: TestClient, coordinator: TestClient, settings: Settings) -> None:
    assert coordinator.get("/v1/situations").json() == {"cursor": None, "situations": [], "ungrouped": 0}
    client.post("/v1/reports", json={"reports": [{"text": f"Report {n}."} for n in range(5)]})
    run(settings)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = coordinator.get("/v1/situations", params={"limit": 2, "cursor": cursor}).json()
        seen += [row["id"] for row in page["situations"]]
        cursor = page["cursor"]
    assert seen == [f"s{n}" for n in range(5)]
    assert coordinator.get("/v1/suggestions").json() == {"cursor": None, "suggestions": []}


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "limit=1e9", "cursor=%00", "cursor=...", "cursor=gA", "cursor=" + "a" * 301])
def test_a_wrong_query_names_the_parameter(coordinator: TestClient, settings: Settings, client: TestClient, query: str) -> None:
    client.post("/v1/reports", json={"text": "a"})
    run(settings)
    answer = coordinator.get(f"/v1/situations?{query}")
    assert answer.status_code == 422
    assert answer.json()["field"] == query.partition("=")[0]
    assert answer.headers["content-type"] == "application/problem+json"


def test_briefs_are_listed_and_served_by_name_alone(coordinator: TestClient, settings: Settings) -> None:
    folder = settings.briefs_path
    assert coordinator.get("/v1/briefs/latest").status_code == 404
    for name in ("brief-2026-11-01T000000Z.html", "brief-2026-11-01T000000Z.json", "brief-2026-11-08T000000Z.html", "latest.html"):
        (folder / name).write_text(f"<p>{name}</p>", encoding="utf-8")
    (folder / "secret.html").write_text("no", encoding="utf-8")
    listed = coordinator.get("/v1/briefs", params={"limit": 1}).json()
    assert [(row["id"], row["formats"]) for row in listed["briefs"]] == [("brief-2026-11-01T000000Z", ["html", "json"])]
    assert [row["id"] for row in coordinator.get("/v1/briefs", params={"cursor": listed["cursor"]}).json()["briefs"]] == ["brief-2026-11-08T000000Z"]
    latest = coordinator.get("/v1/briefs/latest.html")
    assert (latest.text, latest.headers["content-security-policy"]) == ("<p>latest.html</p>", BRIEF_POLICY)
    assert coordinator.get("/v1/briefs/latest").text == latest.text
    assert coordinator.get("/v1/briefs/brief-2026-11-01T000000Z.json").headers["content-type"] == "application/json"
    assert coordinator.get("/v1/briefs/latest.html", headers={"If-None-Match": latest.headers["etag"]}).status_code == 304
    for name in ("secret.html", "latest.md", "latest.exe", "..%2Fvault.sqlite", "%2e%2e%2fvault.sqlite", "brief-2026-11-01T000000Z.html%00"):
        assert coordinator.get(f"/v1/briefs/{name}").status_code == 404


def test_a_brief_is_found_under_the_id_that_a_receipt_names(coordinator: TestClient, client: TestClient, settings: Settings) -> None:
    assert coordinator.get("/v1/briefs/b1").status_code == 404
    sent = client.post("/v1/reports", json={"text": "a"}).json()["id"]
    run(settings)
    (settings.briefs_path / "brief-2026-11-20T120000Z.html").write_text("<p>cited</p>", encoding="utf-8")
    (cited,) = coordinator.get(f"/v1/reports/{sent}").json()["cited_by"]
    assert coordinator.get(f"/v1/briefs/{cited}").text == "<p>cited</p>"
    assert coordinator.get(f"/v1/briefs/{cited}.md").status_code == 404
    assert coordinator.get("/v1/briefs/b2").status_code == 404


@pytest.mark.parametrize("path", ["/v1/situations", "/v1/situations/s0", "/v1/situations/s0.html", "/v1/suggestions", "/v1/briefs", "/v1/briefs/latest.html"])
def test_reading_needs_the_scope_read(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 403
    assert client.get(path, headers={"Authorization": ""}).status_code == 401


def test_health_needs_no_key_and_tells_the_age_of_the_copy(client: TestClient, settings: Settings) -> None:
    first = client.get("/v1/health", headers={"Authorization": ""})
    assert first.json() == {"ok": True, "journal": "ok", "snapshot_at": None, "snapshot_age_seconds": None}
    client.post("/v1/reports", json={"text": "a"})
    run(settings)
    assert client.get("/v1/health").json()["snapshot_at"] is not None


def test_health_is_503_when_the_journal_is_gone(client: TestClient, settings: Settings) -> None:
    settings.journal_path.rename(settings.home / "away")
    answer = client.get("/v1/health")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)


def test_every_problem_has_a_page(client: TestClient) -> None:
    listed = client.get("/problems").text
    for slug in KINDS:
        page = client.get(f"/problems/{slug}")
        assert page.status_code == 200
        assert f'"/problems/{slug}"' in listed
        assert "`" not in page.text
    assert client.get("/problems/nothing").status_code == 404


@pytest.mark.parametrize("path", ["/", "/docs", "/problems", "/problems/too-large"])
def test_pages_ask_no_other_host_for_anything(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", page.text)
    assert "<script" not in page.text
    assert len(page.content) < 25_000


@pytest.mark.parametrize("path", ["/", "/static/style.css", "/v1/health", "/v1/reports", "/nothing", "/openapi.json", "/problems/nothing"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert name == "cache-control" or answer.headers[name] == value
    assert answer.headers.get_list("cache-control")
    assert len(answer.headers.get_list("cache-control")) == 1


def test_unknown_addresses_and_methods_are_problems_too(client: TestClient) -> None:
    for method, path, status in (("GET", "/nothing", 404), ("DELETE", "/v1/reports", 405), ("PUT", "/docs", 405), ("GET", "/v1/reports/", 404)):
        answer = client.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert client.get(answer.json()["type"]).status_code == 200


def test_the_description_documents_every_problem_of_every_operation(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    for path, operations in described["paths"].items():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and path != "/v1/health":
                    assert list(answer["content"]) == ["application/problem+json"], (path, status)
    body = described["paths"]["/v1/reports"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert [shape["required"] for shape in body["anyOf"]] == [["text"], ["reports"]]
    assert "$ref" not in str(body)


def test_a_status_of_the_framework_that_is_not_ours_becomes_the_nearest_problem() -> None:
    assert from_status(501).kind == "internal"
    assert from_status(418).kind == "not-found"
    assert Problem("too-large", "x").status == 413


def test_the_app_can_be_made_from_the_environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIVECAST_HOME", str(settings.home))
    with TestClient(from_environment()) as client:
        assert client.get("/v1/health").json()["ok"] is True
