"""What every shelf of the warehouse stands on: one connection, one lock, rows in by Arrow and out as records."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from store.errors import StorageFull
from store.plain import plain, record

R = TypeVar("R")
Row = Mapping[str, Any]
_NAME = re.compile(r"\w+")
_OF_READINGS = frozenset({"readings", "entities", "report_places", "obstacles", "figures", "dates", "places", "name_links"})
_DISK_REFUSED = ("Could not write file", "No space left", "Could not fsync")


class Shelf:
    """Base of the warehouse's parts; methods may be called from several threads, one at a time gets through."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._schemas: dict[str, pa.Schema] = {}
        self._kept: dict[str, Any] = {}

    @contextmanager
    def exclusive(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend the connection to one caller, while every other thread waits; raises StorageFull where the disk is full."""
        with self._lock:
            try:
                yield self._connection
            except duckdb.Error as error:
                if any(words in str(error) for words in _DISK_REFUSED):
                    raise StorageFull(f"the disk refused a write ({error}); free some space, then run again") from error
                raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is done inside together, or roll all of it back."""
        with self.exclusive() as connection:
            connection.execute("BEGIN TRANSACTION")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                self._kept = {}
                with suppress(duckdb.Error):  # a failed commit has rolled back by itself
                    connection.execute("ROLLBACK")
                raise

    def _do(self, sql: str, *values: object) -> None:
        with self._lock:
            self._written(sql)
            self._connection.execute(sql, values)

    def _rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        # By Arrow, because DuckDB's own fetch of zoned times asks for pytz.
        with self._lock:
            table = self._connection.execute(sql, values).to_arrow_table()
        rows: list[dict[str, Any]] = table.to_pylist()
        return rows

    def _records(self, cls: type[R], sql: str, *values: object) -> tuple[R, ...]:
        return tuple(record(cls, row) for row in self._rows(sql, *values))

    def _put(self, table: str, rows: Sequence[Row], sql: str = "INSERT OR IGNORE INTO {table} BY NAME SELECT * FROM incoming") -> None:
        """Hand rows to `sql` as the relation `incoming`; keys that are no column of the table are left out, missing ones are null."""
        if not rows:
            return
        with self._lock:
            self._written(table)
            incoming = pa.Table.from_pylist([dict(row) for row in rows], schema=self._schema(table))
            self._connection.register("incoming", incoming)
            try:
                self._connection.execute(sql.format(table=table))
            finally:
                self._connection.unregister("incoming")

    def _written(self, what: str) -> None:
        """Forget what was kept of readings where a table of theirs is written to (`what`: its name, or the statement)."""
        if not _OF_READINGS.isdisjoint(_NAME.findall(what)):
            self._kept = {}

    def _replace(self, table: str, rows: Sequence[Row]) -> None:
        self._put(table, rows, "INSERT OR REPLACE INTO {table} BY NAME SELECT * FROM incoming")

    def _schema(self, table: str) -> pa.Schema:
        if table not in self._schemas:
            self._schemas[table] = self._connection.execute(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema  # noqa: S608 - our own names
        return self._schemas[table]


def numbered(parts: Sequence[Any], first: int = 0, **also: object) -> list[dict[str, Any]]:
    """Turn the parts of a record into rows with a running number and the columns in `also`."""
    return [{"number": number, **plain(part), **also} for number, part in enumerate(parts, first)]
