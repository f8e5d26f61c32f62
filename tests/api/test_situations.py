"""What readers get of situations: the list in order of life, one with all of it, and its page."""

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.harden import BRIEF_POLICY
from flows.settings import Settings
from tests.api.conftest import NOW
from tests.flows.wells import wells


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copy") / "snapshot.duckdb"
    wells(path)
    return path


@pytest.fixture
def copied(published: Path, settings: Settings) -> Callable[[], None]:
    """Publish the readers' copy."""

    def copy() -> None:
        settings.home.mkdir(exist_ok=True)
        shutil.copy(published, settings.snapshot_path)

    return copy


@pytest.fixture
def coordinator(settings: Settings, reader: str) -> TestClient:
    return TestClient(create_app(settings, lambda: NOW), raise_server_exceptions=False, headers={"Authorization": f"Bearer {reader}"})


def cursor_of(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_situations_come_in_order_of_life_a_page_at_a_time_with_what_stays_ungrouped(coordinator: TestClient, copied: Callable[[], None]) -> None:
    copied()
    with coordinator:
        whole = coordinator.get("/v1/situations").json()
        assert [(one["id"], one["trend"], one["voices_of_late"], one["locked"]) for one in whole["situations"]] == [
            ("s-wells", "growing", 1, True),
            ("s-strike", "fading", 0, False),
        ]
        assert (whole["cursor"], whole["ungrouped"]) == (None, 1)
        first = coordinator.get("/v1/situations", params={"limit": 1}).json()
        second = coordinator.get("/v1/situations", params={"limit": 1, "cursor": first["cursor"]}).json()
        third = coordinator.get("/v1/situations", params={"limit": 1, "cursor": second["cursor"]}).json()
    assert [one["id"] for page in (first, second, third) for one in page["situations"]] == ["s-wells", "s-strike"]
    assert third["cursor"] is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [("trend=fading", ["s-strike"]), ("trend=closed", []), ("place=delgany", ["s-wells", "s-strike"]), ("place=%00", []), ("dismissed=true", ["s-noise"])],
)
def test_a_list_can_be_narrowed(coordinator: TestClient, copied: Callable[[], None], query: str, expected: list[str]) -> None:
    copied()
    with coordinator:
        assert [one["id"] for one in coordinator.get(f"/v1/situations?{query}").json()["situations"]] == expected


@pytest.mark.parametrize("value", [1, [1, 2, 3], [9, 0, 0, "s"], [0, 0, 1 << 62, "s"], [0, 0, 0, 1], [0, 0, True, "s"], [0, 0, 0, "\ud800"], {"a": 1}])
def test_a_cursor_that_was_not_given_here_is_refused(coordinator: TestClient, copied: Callable[[], None], value: object) -> None:
    copied()
    with coordinator:
        answer = coordinator.get("/v1/situations", params={"cursor": cursor_of(value)})
        assert (answer.status_code, answer.json()["field"]) == (422, "cursor")
        assert coordinator.get("/v1/situations?trend=gone").status_code == 422


def test_one_situation_is_told_with_all_of_it(coordinator: TestClient, copied: Callable[[], None]) -> None:
    copied()
    with coordinator:
        told = coordinator.get("/v1/situations/s-wells").json()
    assert (told["title"], told["heard"], told["reports"]) == ("The pump at Kestrel Bridge", "25 independent origins, 26 carriers", 27)
    assert [one["text"][:2] for one in told["summary"]] == ["32", "37", "46"]
    assert {one["said_by"] for one in told["figures"]} == {"government", "media", "partner", "un"}
    assert [one["kind"] for one in told["lineage"]][-3:] == ["joined", "retitled", "ruled"]
    assert told["lineage"][-1]["what"] == "a person ruled: locked"
    assert len(told["latest"]) == 27
    assert "amina" not in json.dumps(told)


def test_a_situation_that_went_into_another_leads_there(coordinator: TestClient, copied: Callable[[], None]) -> None:
    with coordinator:
        assert coordinator.get("/v1/situations/s-ferry").status_code == 404
        copied()
        answer = coordinator.get("/v1/situations/s-ferry", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, "/v1/situations/s-wells")
        assert "went into" in coordinator.get("/v1/situations/s-ferry.html").text
        for name in ("nothing", "nothing.html", "%00", "..%2Fvault", "%ff.html"):
            assert coordinator.get(f"/v1/situations/{name}").status_code == 404


def test_the_living_page_is_served_as_a_brief_is(coordinator: TestClient, copied: Callable[[], None]) -> None:
    with coordinator:
        assert coordinator.get("/v1/situations/index.html").status_code == 404
        copied()
        answer = coordinator.get("/v1/situations/s-wells.html")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert answer.headers["content-security-policy"] == BRIEF_POLICY
        assert "The pump at Kestrel Bridge" in answer.text
        assert coordinator.get("/v1/situations/s-wells.html", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
        assert 's-strike.html"' in coordinator.get("/v1/situations/index.html").text
