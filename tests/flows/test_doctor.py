"""Seeded faults, each found with its remedy."""

import shutil
import socket
import sqlite3
from collections import namedtuple
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import doctor
from flows.doctor import Check
from flows.settings import Settings, load_settings
from flows.wiring import open_journal, open_vault, open_warehouse
from store.records import Channel, Forecast, SourceKind, Submission
from store.snapshot import publish

AT = datetime(2026, 11, 1, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = load_settings(home=tmp_path / "home", port=port, busy_wait=0.0)
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        journal.submit(Submission(channel=Channel.TABLE, source="S", source_kind=SourceKind.NGO, key="1", text="Closed."), AT)
    with open_warehouse(settings) as warehouse:
        warehouse.append_forecasts([forecast()])
        publish(warehouse, settings.snapshot_path)
    return settings


def forecast() -> Forecast:
    counts = {"mean": 1.0, "low90": 0, "low50": 0, "high50": 2, "high90": 3, "threshold": 1, "probability": 0.5}
    return Forecast(id="f1", situation_id="s", metric="reports", issued_at=AT, deadline=AT, statement="At least 1.", **counts)  # type: ignore[arg-type]


def check(settings: Settings, name: str) -> Check:
    return next(found for found in doctor.examine(settings) if found.name == name)


@pytest.fixture(autouse=True)
def without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the one check that loads real models; it is looked at on its own."""
    monkeypatch.setattr(doctor, "CHECKS", {name: one for name, one in doctor.CHECKS.items() if name != "models"})


def test_a_sound_installation_has_no_findings(settings: Settings) -> None:
    found = doctor.examine(settings)
    assert [one for one in found if not one.ok] == []
    assert all(one.remedy == "" for one in found)
    assert "1 reports" in check(settings, "journal").found


def test_an_empty_place_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(home=tmp_path / "nothing")
    for name, words in (("data folder", "hivecast init"), ("journal", "hivecast init"), ("vault", "hivecast init"), ("snapshot", "hivecast run")):
        found = check(settings, name)
        assert not found.ok
        assert words in found.remedy
    assert check(settings, "forecast ledger").ok


def test_a_report_that_was_changed_in_the_journal_is_found(settings: Settings) -> None:
    with sqlite3.connect(settings.journal_path) as connection:
        connection.execute("UPDATE submissions SET body = replace(body, 'Closed', 'Opened')")
    found = check(settings, "journal")
    assert not found.ok
    assert "1 of 1" in found.found


def test_a_damaged_file_is_a_finding_and_the_other_checks_are_made(settings: Settings) -> None:
    settings.journal_path.write_bytes(b"\x00" * 8192)
    found = check(settings, "journal")
    assert (found.ok, "backup" in found.remedy) == (False, True)
    assert check(settings, "Python").ok


def test_a_vault_that_others_can_read_is_found(settings: Settings) -> None:
    settings.vault_path.chmod(0o644)
    assert "chmod 600" in check(settings, "vault").remedy


def test_little_space_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100_000_000_000, 99_500_000_000, 500_000_000))
    assert "Free some space" in check(settings, "disk").remedy


def test_a_port_in_use_by_another_program_is_found(settings: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", settings.port))
        assert "HIVECAST_PORT" in check(settings, "API port").remedy


def test_a_wrong_version_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "requires", lambda name: ["duckdb==0.1", "nothing-of-this-name>=1", 'other; extra == "dev"'])
    monkeypatch.setattr(doctor, "PINNED", ("duckdb", "nothing-of-this-name"))
    found = check(settings, "library versions")
    assert not found.ok
    assert "duckdb" in found.found
    assert "nothing-of-this-name is missing" in found.found


def test_an_old_snapshot_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "now", lambda: datetime(2036, 1, 1, tzinfo=UTC))
    assert "hivecast run" in check(settings, "snapshot").remedy


def test_a_ledger_is_left_alone_while_a_run_holds_it(settings: Settings) -> None:
    with open_warehouse(settings):
        found = check(settings, "forecast ledger")
    assert (found.ok, "a run holds" in found.found) == (True, True)
