"""What readers get of objectives: the list, and one with its theory of change weighed."""

import base64
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from flows.settings import Settings
from tests.api.conftest import NOW
from tests.flows.ferry import SECRET, ferry


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copy") / "snapshot.duckdb"
    ferry(path)
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


def test_the_list_comes_a_page_at_a_time(coordinator: TestClient, copied: Callable[[], None]) -> None:
    copied()
    with coordinator:
        first = coordinator.get("/v1/objectives", params={"limit": 1}).json()
        second = coordinator.get("/v1/objectives", params={"limit": 1, "cursor": first["cursor"]}).json()
        last = coordinator.get("/v1/objectives", params={"limit": 1, "cursor": second["cursor"]}).json()
    assert [one["id"] for page in (first, second, last) for one in page["objectives"]] == ["ferry", "idle"]
    assert first["objectives"][0]["standings"] == {"holding": 1, "doubtful": 0, "failing": 2, "unknown": 0}
    assert first["objectives"][0]["fails_first"] == "pier"
    assert last["cursor"] is None
    assert base64.b64decode(first["cursor"] + "==") == b"ferry"


def test_one_objective_tells_each_condition_with_reports_for_and_against(coordinator: TestClient, copied: Callable[[], None]) -> None:
    copied()
    with coordinator:
        answer = coordinator.get("/v1/objectives/ferry")
    assert answer.status_code == 200
    told = answer.json()
    assert told["broken"] == ["pier", "sails"]
    pier = told["conditions"][0]
    assert (pier["standing"], pier["decider"], pier["breaks"], pier["rank"]) == ("failing", "Harbour Board", ["logistics"], 1)
    assert pier["signs"] == [{"statement": "Planks are laid", "by": "2031-04-01"}]
    assert pier["overdue"] == ["Planks are laid"]
    assert [one["voice"] for one in pier["against"]] == ["Morning Tide", "Dock Watch", "Aid Office"]
    assert pier["low"] < pier["log_odds"] < pier["high"]
    assert [one["lean"] for one in pier["for"]] == [0.4]
    assert len(pier["weeks"]) >= 3
    assert SECRET not in answer.text


def test_one_that_has_not_been_weighed_is_unknown_throughout(coordinator: TestClient, copied: Callable[[], None]) -> None:
    copied()
    with coordinator:
        (only,) = coordinator.get("/v1/objectives/idle").json()["conditions"]
    assert (only["standing"], only["log_odds"], only["weighed_at"], only["for"], only["weeks"]) == ("unknown", None, None, [], [])


def test_what_is_not_there_is_said_to_be_not_there(coordinator: TestClient, copied: Callable[[], None]) -> None:
    with coordinator:
        assert coordinator.get("/v1/objectives").json() == {"objectives": [], "cursor": None}
        assert coordinator.get("/v1/objectives/ferry").status_code == 404
        copied()
        missing = coordinator.get("/v1/objectives/nothing")
    assert (missing.status_code, missing.json()["remedy"]) == (404, "See /v1/objectives for the ids.")


@pytest.mark.parametrize("path", ["/v1/objectives", "/v1/objectives/ferry"])
def test_a_key_with_the_scope_read_is_needed(settings: Settings, key: str, path: str) -> None:
    client = TestClient(create_app(settings, lambda: NOW), raise_server_exceptions=False)
    with client:
        assert client.get(path).status_code == 401
        assert client.get(path, headers={"Authorization": f"Bearer {key}"}).status_code == 403
