"""An API over a fresh data folder, and a key for it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from flows.settings import Settings, load_settings
from flows.wiring import open_vault
from store.records import SourceKind
from tests.nlp.places.conftest import small_folder

__all__ = ["small_folder"]

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return load_settings(home=tmp_path / "home")


@pytest.fixture
def key(settings: Settings) -> str:
    with open_vault(settings) as vault:
        return vault.create_key("Example Relief", SourceKind.NGO, ["report"], NOW, "Relief").secret


@pytest.fixture
def reader(settings: Settings) -> str:
    with open_vault(settings) as vault:
        return vault.create_key("Coordinator", SourceKind.UNKNOWN, ["read"], NOW).secret


@pytest.fixture
def client(settings: Settings, key: str) -> Iterator[TestClient]:
    with TestClient(create_app(settings, lambda: NOW), raise_server_exceptions=False, headers={"Authorization": f"Bearer {key}"}) as found:
        yield found
