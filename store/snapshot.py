"""Warehouse -> the analysts' copy: one file, replaced as a whole, readable while the pipeline writes."""

import os
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from store.errors import HivecastError
from store.migrations import SCHEMA
from store.records import Corroboration
from store.warehouse import Warehouse

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "max_temp_directory_size": "0KB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_COUNTED = pa.schema({"id": pa.string(), "origins": pa.int64(), "carriers": pa.int64()})
_SET = "UPDATE snap.situations SET origins = counted.origins, carriers = counted.carriers FROM counted WHERE counted.id = situations.id"
_QUESTIONS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


def publish(warehouse: Warehouse, path: Path) -> None:
    """Write what may be shown into a new file and put it in place of the old one at once; raises StorageFull.

    Whoever has the old file open goes on reading that; a crash half-way leaves the old file where it was.
    The file has the storage format of DuckDB 1.2, so that older clients can open it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".tmp")
    _remove(fresh)
    try:
        _fill(warehouse, fresh)
        _sync(fresh)
        fresh.replace(path)
    except BaseException:
        _remove(fresh)
        raise
    _sync(path.parent)


class Snapshot:
    """Reads the published file, and the new one once it has been replaced. Threads may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._opened: tuple[int, int] = (0, 0)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Ask one question (SELECT, FROM, DESCRIBE, SUMMARIZE, SHOW, EXPLAIN) and return column names and rows.

        Anything that could write, reach another file or change a setting raises HivecastError, as does SQL that is wrong.
        This keeps the data safe, not the machine: a question may still use up the time and memory it is given.
        """
        try:
            with closing(self._cursor()) as cursor:
                cursor.execute("USE hivecast")
                table = cursor.execute(_question(cursor, sql), parameters).to_arrow_table()
        except duckdb.Error as error:
            raise HivecastError(f"DuckDB could not answer: {error}") from error
        return tuple(table.column_names), list(zip(*(_values(column) for column in table.columns), strict=True))

    def published_at(self) -> datetime | None:
        """Return when the file was published, None if it never was."""
        try:
            return datetime.fromtimestamp(self._path.stat().st_mtime, UTC)
        except FileNotFoundError:
            return None

    def close(self) -> None:
        """Close the file; a later question opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            found = self._stat()
            if self._connection is None or found != self._opened:
                # Cursors that are still at work keep the old file open until they are done.
                self._connection, self._opened = _open(self._path), found
            return self._connection.cursor()

    def _stat(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            raise HivecastError(f"there is no snapshot at {self._path} yet; run `hivecast run` first") from None
        return found.st_ino, found.st_mtime_ns


def _fill(warehouse: Warehouse, fresh: Path) -> None:
    with warehouse.exclusive() as connection:
        connection.execute(f"ATTACH '{_quoted(fresh)}' AS snap (STORAGE_VERSION 'v1.2.0')")
        try:
            with warehouse.transaction():
                connection.execute((SCHEMA / "snapshot" / "tables.sql").read_text("utf-8"))
                connection.execute((SCHEMA / "snapshot" / "rows.sql").read_text("utf-8"))
                _count(connection)
            connection.execute("CHECKPOINT snap")
        finally:
            connection.execute("DETACH snap")


def _count(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill in the origins and carriers of every situation, over the reports that are shown."""
    members: dict[str, list[str]] = {}
    for situation_id, report_id in connection.execute("SELECT situation_id, report_id FROM snap.situation_reports").fetchall():
        members.setdefault(situation_id, []).append(report_id)
    known = connection.execute("SELECT report_id, origin_id, revision_of FROM snap.origins SEMI JOIN snap.situation_reports USING (report_id)").fetchall()
    origin_of, revisions = {one: root for one, root, _ in known}, {one: revised for one, _, revised in known if revised}
    heard = {one: Corroboration.of(ids, origin_of, revisions) for one, ids in members.items()}
    rows = [{"id": one, "origins": counted.origins, "carriers": counted.carriers} for one, counted in heard.items()]
    connection.register("counted", pa.Table.from_pylist(rows, schema=_COUNTED))
    connection.execute(_SET)
    connection.unregister("counted")


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    # Attached to a database in memory, because DuckDB hands out the instance it already has for a path, even after the file was replaced.
    connection = duckdb.connect(":memory:", config=_CONFIG)
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    connection.execute(f"ATTACH '{_quoted(path)}' AS hivecast (READ_ONLY, TYPE duckdb)")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _question(cursor: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = cursor.extract_statements(sql)
    if len(statements) != 1 or statements[0].type not in _QUESTIONS:
        raise HivecastError("ask one question at a time, and only questions (SELECT, DESCRIBE, SHOW, ...): the snapshot cannot be changed")
    return statements[0]


def _values(column: pa.ChunkedArray) -> list[object]:
    values: list[object] = column.to_pylist()
    if pa.types.is_decimal(column.type) and column.type.scale == 0:  # DuckDB's sums of whole numbers
        return [None if value is None else int(str(value)) for value in values]
    return values


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _remove(fresh: Path) -> None:
    for file in (fresh, fresh.with_name(fresh.name + ".wal")):
        with suppress(FileNotFoundError):
            file.unlink()
