"""Submission -> Receipt: what was acknowledged is on the disk before anything else happens to it."""

import base64
import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from json import loads
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from store.coalition_pages import CoalitionPages
from store.committer import Committer, Page
from store.notebook import Notebook, Quarantined
from store.plain import canonical, essence, record
from store.records import Outcome, Receipt, Submission
from store.sqlite import connect, create, micros, moment
from store.vault import Vault

__all__ = ["Journal", "JournalRow", "Quarantined", "content_hash", "report_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRow:
    """An acknowledged submission, without its sender; `seq` grows in the order of the commits."""

    seq: int
    report_id: str
    submission: Submission
    received_at: datetime
    content_hash: str


class _Entry(NamedTuple):
    report_id: str
    source: str
    key: str
    content_hash: str
    received_at: int
    body: str


class Journal(Notebook, CoalitionPages):
    """The journal file, for one process of several: see `Notebook` for quarantine, source states, documents; `CoalitionPages` for what partners answered."""

    def __init__(self, path: Path, vault: Vault) -> None:
        create(path, "journal")
        self._vault = vault
        self._reading = threading.Lock()
        self._connection = connect(path)
        self._committer = Committer(path, vault.remember)

    def submit(self, submission: Submission, received_at: datetime) -> Receipt:
        """Keep one submission and return once it is on the disk; raises StorageFull. Threads that wait together share one commit."""
        return self.submit_many((submission,), received_at)[0]

    def submit_many(self, submissions: Sequence[Submission], received_at: datetime) -> tuple[Receipt, ...]:
        """Keep submissions in one commit, receipts in the same order; all of them or, with StorageFull, none.

        The same key and content again is REPEATED; the same key with other content is CONFLICT and changes nothing:
        its receipt carries the hash and the time of what is stored.
        """
        return self._committer.write(_writing(submissions, received_at)) if submissions else ()

    async def submit_async(self, submissions: Sequence[Submission], received_at: datetime) -> tuple[Receipt, ...]:
        """As `submit_many`, without blocking the event loop."""
        return await self._committer.write_async(_writing(submissions, received_at)) if submissions else ()

    def after(self, seq: int, limit: int) -> tuple[JournalRow, ...]:
        """List at most `limit` rows that were committed after row `seq` (0 = from the first), in order."""
        return tuple(_row(*one) for one in self._read(f"{_SELECT} WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)))

    def find(self, report_id: str) -> JournalRow | None:
        """Look up one row by its report id."""
        return next((_row(*one) for one in self._read(f"{_SELECT} WHERE report_id = ?", (report_id,))), None)

    def count(self) -> int:
        """Count the submissions kept."""
        return int(self._read("SELECT count(*) FROM submissions")[0][0])

    def close(self) -> None:
        """Commit what waits, then close the file."""
        self._committer.close()
        with self._reading:
            self._connection.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._reading:
            return self._connection.execute(sql, values).fetchall()

    def _write(self, work: Callable[[Page], Any]) -> Any:
        return self._committer.write(work)


def report_id(source: str, key: str) -> str:
    """Name a report after its source and key alone, so that the same submission has the same id everywhere: "r" and 75 bits in base32."""
    digest = hashlib.sha256(f"{source}\0{key}".encode()).digest()
    return "r" + base64.b32encode(digest[:10])[:15].decode().lower()


def content_hash(submission: Submission) -> str:
    """Hash everything but the sender (SHA-256 of the canonical JSON that the journal keeps)."""
    return _hash(_body(submission))


def _body(submission: Submission) -> str:
    return canonical({name: value for name, value in essence(submission).items() if name != "sender"})


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _entry(submission: Submission, received_at: int) -> _Entry:
    body = _body(submission)
    return _Entry(report_id(submission.source, submission.key), submission.source, submission.key, _hash(body), received_at, body)


def _writing(submissions: Sequence[Submission], received_at: datetime) -> Callable[[Page], tuple[Receipt, ...]]:
    """Prepare everything in the caller's thread, where a bad value raises, and leave the committing thread the SQL alone."""
    stamp = micros(received_at)
    prepared = [(_entry(one, stamp), one.sender) for one in submissions]
    return lambda page: tuple(_keep(page, entry, sender) for entry, sender in prepared)


_SELECT = "SELECT seq, report_id, content_hash, received_at, body FROM submissions"
_INSERT = "INSERT INTO submissions (report_id, source, key, content_hash, received_at, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"


def _keep(page: Page, entry: _Entry, sender: str) -> Receipt:
    outcome, stored, at = Outcome.NEW, entry.content_hash, entry.received_at
    if page.connection.execute(_INSERT, entry).rowcount == 0:
        known = "SELECT content_hash, received_at FROM submissions WHERE report_id = ?"
        stored, at = page.connection.execute(known, (entry.report_id,)).fetchone()
        outcome = Outcome.REPEATED if stored == entry.content_hash else Outcome.CONFLICT
    elif sender:
        page.senders.append((entry.report_id, sender))
    return Receipt(report_id=entry.report_id, outcome=outcome, content_hash=stored, received_at=moment(at))


def _row(seq: int, report_id: str, content_hash: str, received_at: int, body: str) -> JournalRow:
    submission = record(Submission, loads(body))
    return JournalRow(seq=seq, report_id=report_id, submission=submission, received_at=moment(received_at), content_hash=content_hash)
