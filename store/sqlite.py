"""SQLite as Hivecast needs it: write-ahead log, every commit on the disk, erased bytes overwritten."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store.errors import HivecastError, StorageFull
from store.migrations import migrations
from store.records import utc

BUSY_SECONDS = 30.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DISK_REFUSED = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}


def create(path: Path, schema: str) -> None:
    """Create the file if need be, readable by its owner alone, and bring its schema up to date. Several processes may do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):  # never open and close a file that SQLite has open: that drops this process's locks on it
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    path.chmod(0o600)
    connection = connect(path)
    try:
        _use_wal(connection)
        _migrate(connection, schema)
    finally:
        connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection that commits by itself unless told to begin; it may be handed from thread to thread, behind a lock."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Begin at once as the writer, so that no reading transaction has to be upgraded; commit, or roll back on any error."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise told(error) from error


def told(error: BaseException) -> BaseException:
    """Say as a HivecastError what a person can mend; any other error comes back as it is."""
    if isinstance(error, OSError):
        return StorageFull(f"the disk refused a write ({error.strerror}); free some space, then send again")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DISK_REFUSED:
        return StorageFull(f"the disk refused a write ({error}); free some space, then send again")
    if code == sqlite3.SQLITE_BUSY:
        return HivecastError(f"another process has kept the file locked for {BUSY_SECONDS:.0f} s; end it or try again")
    return error


def micros(when: datetime) -> int:
    """Return microseconds since 1970 (UTC); a time without a zone raises ValueError."""
    return (utc(when) - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> datetime:
    """Return the aware UTC time of `micros`."""
    return _EPOCH + microseconds * _MICROSECOND


def _use_wal(connection: sqlite3.Connection) -> None:
    # SQLite does not call its busy handler while another process turns the same file to WAL.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _migrate(connection: sqlite3.Connection, schema: str) -> None:
    with transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for number, script in migrations(schema):
            if number > version:
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version={number}")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
