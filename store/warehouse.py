"""What the pipeline made of the reports: one DuckDB file, one writer."""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

import duckdb

from store.errors import WarehouseBusy
from store.migrations import migrations
from store.shelves.briefs import BriefRow, BriefShelf
from store.shelves.coalition import CoalitionShelf
from store.shelves.conditions import ConditionShelf
from store.shelves.judgements import JudgementShelf
from store.shelves.ledger import LedgerShelf
from store.shelves.origins import OriginShelf
from store.shelves.readings import ReadingShelf
from store.shelves.reports import ReportShelf
from store.shelves.situations import SituationShelf
from store.shelves.statements import StatementShelf

__all__ = ["BriefRow", "Warehouse"]

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "2GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Warehouse(
    ReportShelf, ReadingShelf, OriginShelf, JudgementShelf, SituationShelf, CoalitionShelf, ConditionShelf, LedgerShelf, StatementShelf, BriefShelf
):
    """The warehouse, by shelves; `None` as path keeps it in memory. Threads may share it, processes may not."""

    def __init__(self, path: Path | None, wait: float = 0.0) -> None:
        """Take the lock beside the file, waiting at most `wait` seconds (WarehouseBusy), and bring the schema up to date."""
        self._lock_file = None if path is None else _take_lock(path, wait)
        try:
            super().__init__(_open(path))
            self._migrate()
        except BaseException:
            self._release()
            raise

    def counts(self) -> dict[str, int]:
        """Count the rows of each table, by name."""
        tables = [row["name"] for row in self._rows("SELECT table_name AS name FROM duckdb_tables() WHERE NOT internal ORDER BY name")]
        return {table: self._rows(f"SELECT count(*) AS rows FROM {table}")[0]["rows"] for table in tables}  # noqa: S608 - our own names

    def close(self) -> None:
        """Close the file and give up the lock."""
        with self._lock:
            self._connection.close()
            self._release()

    def __enter__(self) -> "Warehouse":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _migrate(self) -> None:
        self._do("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY)")
        self._do("COMMENT ON TABLE schema_version IS 'Changes of the schema that were applied.'")
        self._do("COMMENT ON COLUMN schema_version.number IS 'Number of the file.'")
        done = {row["number"] for row in self._rows("SELECT number FROM schema_version")}
        for number, script in migrations("warehouse"):
            if number not in done:
                with self.transaction():
                    self._connection.execute(script)
                    self._do("INSERT INTO schema_version VALUES (?)", number)

    def _release(self) -> None:
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None


def _open(path: Path | None) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(":memory:" if path is None else str(path), config=_CONFIG)
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise WarehouseBusy(f"another program has {path} open; close it, or read the snapshot instead") from error
        raise
    if path is not None:
        path.chmod(0o600)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _take_lock(path: Path, wait: float) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(path.name + ".lock")
    file = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(file)
                raise WarehouseBusy(f"another Hivecast process is writing to {path}; wait for it to end, then try again") from None
            time.sleep(0.05)
        else:
            return file
