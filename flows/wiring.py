"""Settings -> open stores: one place that knows which file belongs to which store."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx

from flows.settings import Settings
from store.errors import ConfigError
from store.journal import Journal
from store.snapshot import Snapshot
from store.vault import Vault
from store.warehouse import Warehouse

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); total is 0 where it is not known beforehand."""


def quiet(stage: str, done: int, total: int) -> None:
    """Take progress and show nothing."""
    del stage, done, total


def now() -> datetime:
    """Return the time on the wall; everything below the doors gets it as a parameter."""
    return datetime.now(UTC)


def make_home(settings: Settings) -> Path:
    """Create the data folder, readable by its owner alone; raises ConfigError when that is not possible."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.briefs_path.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise ConfigError(f"The data folder {settings.home} cannot be made: {problem.strerror}. Set HIVECAST_HOME to a folder you may write to.") from None
    return settings.home


def open_vault(settings: Settings) -> Vault:
    """Open the vault of identities and keys; makes the data folder first."""
    make_home(settings)
    return Vault(settings.vault_path)


def open_journal(settings: Settings, vault: Vault) -> Journal:
    """Open the journal; what it acknowledges is committed."""
    make_home(settings)
    return Journal(settings.journal_path, vault)


def open_warehouse(settings: Settings) -> Warehouse:
    """Open the warehouse for writing; waits `busy_wait` seconds for another writer, then raises WarehouseBusy."""
    make_home(settings)
    return Warehouse(settings.warehouse_path, wait=settings.busy_wait)


def open_snapshot(settings: Settings) -> Snapshot:
    """Open the reader of the published copy; the file may not exist yet."""
    return Snapshot(settings.snapshot_path)


def web_client(timeout: float = 20.0) -> httpx.Client:
    """Return the client that visits feeds; it follows no redirect by itself, the feed reader counts and checks each one."""
    return httpx.Client(timeout=timeout, follow_redirects=False, headers={"User-Agent": "Hivecast feed reader"})
