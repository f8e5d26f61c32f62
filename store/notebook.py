"""What the journal keeps besides submissions: refusals, the state of sources, documents of the coalition, corrections, rulings."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from json import loads
from typing import Any

from store.committer import Page
from store.plain import canonical, plain, record
from store.records import Channel, Correction, Refusal, Ruling, SourceState
from store.sqlite import micros, moment

MOST_BYTES_KEPT = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A refusal that is kept; `retried_at` is when it was taken in after all."""

    id: int
    at: datetime
    refusal: Refusal
    retried_at: datetime | None


class Notebook(ABC):
    """The journal's side pages; `Journal` is the only one."""

    @abstractmethod
    def _read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...

    @abstractmethod
    def _write(self, work: Callable[[Page], Any]) -> Any: ...

    def quarantine(self, refusals: Iterable[Refusal], at: datetime) -> tuple[int, ...]:
        """Keep what could not be taken in and return its numbers, in order.

        The same bytes at the same place of the same source are kept once: refused again, they get the latest reason and wait again.
        """
        rows = [_refused(refusal, micros(at)) for refusal in refusals]
        numbers: tuple[int, ...] = self._write(lambda page: tuple(page.connection.execute(_QUARANTINE, row).fetchone()[0] for row in rows))
        return numbers

    def quarantined(self) -> tuple[Quarantined, ...]:
        """List everything that was ever refused, in order, the released ones too."""
        return tuple(_quarantined(*row) for row in self._read(f"{_QUARANTINED} ORDER BY id"))

    def quarantined_one(self, id: int) -> Quarantined | None:  # noqa: A002 - the noun's own name
        """Look up one refusal by its number."""
        return next((_quarantined(*row) for row in self._read(f"{_QUARANTINED} WHERE id = ?", (id,))), None)

    def release(self, id: int, at: datetime) -> None:  # noqa: A002 - the noun's own name
        """Note that a refusal was taken in after all."""
        self._write(lambda page: page.connection.execute("UPDATE quarantine SET retried_at = ? WHERE id = ?", (micros(at), id)).rowcount)

    def source_state(self, location: str) -> SourceState | None:
        """Look up what the last visit to a feed or mailbox left."""
        rows = self._read("SELECT body FROM source_states WHERE location = ?", (location,))
        return record(SourceState, loads(rows[0][0])) if rows else None

    def source_states(self) -> tuple[SourceState, ...]:
        """List all feeds and mailboxes that were visited, by location."""
        return tuple(record(SourceState, loads(body)) for (body,) in self._read("SELECT body FROM source_states ORDER BY location"))

    def save_source_state(self, state: SourceState) -> None:
        """Keep the state of one feed or mailbox in place of the one before."""
        row = (state.location, canonical(plain(state)))
        self._write(lambda page: page.connection.execute("INSERT OR REPLACE INTO source_states (location, body) VALUES (?, ?)", row).rowcount)

    def put_document(self, kind: str, id: str, body: str) -> None:  # noqa: A002 - the noun's own name
        """Keep a new version of a document; one that says what the latest says is not kept again."""
        self._write(lambda page: page.connection.execute(_DOCUMENT, {"kind": kind, "id": id, "body": body}).rowcount)

    def documents(self, kind: str) -> tuple[tuple[str, str], ...]:
        """List the latest (id, body) of each document of this kind, by id."""
        rows = self._read("SELECT id, body, max(number) FROM documents WHERE kind = ? GROUP BY id ORDER BY id", (kind,))
        return tuple((id_, body) for id_, body, _ in rows)

    def put_correction(self, correction: Correction) -> None:
        """Keep a correction; one whose id is there already changes nothing."""
        undone_at = None if correction.undone_at is None else micros(correction.undone_at)
        row = (correction.id, micros(correction.at), canonical(plain(replace(correction, undone_at=None))), undone_at)
        self._write(lambda page: page.connection.execute(_CORRECTION, row).rowcount)

    def undo_correction(self, id: str, at: datetime) -> bool:  # noqa: A002 - the noun's own name
        """Take a correction back from `at` on; False if there is none with this id or it was taken back before."""
        sql, row = "UPDATE corrections SET undone_at = ? WHERE id = ? AND undone_at IS NULL", (micros(at), id)
        return bool(self._write(lambda page: page.connection.execute(sql, row).rowcount))

    def corrections(self) -> tuple[Correction, ...]:
        """List all corrections by (at, id), those undone too."""
        return tuple(_corrected(*row) for row in self._read("SELECT body, undone_at FROM corrections ORDER BY at, id"))

    def put_ruling(self, ruling: Ruling) -> None:
        """Keep a ruling; one whose id is there already changes nothing."""
        undone_at = None if ruling.undone_at is None else micros(ruling.undone_at)
        row = (ruling.id, micros(ruling.at), canonical(plain(replace(ruling, undone_at=None, undone_by=""))), undone_at, ruling.undone_by)
        self._write(lambda page: page.connection.execute(_RULING, row).rowcount)

    def undo_ruling(self, id: str, at: datetime, by: str) -> bool:  # noqa: A002 - the noun's own name
        """Take a ruling back from `at` on; False if there is none with this id or it was taken back before."""
        sql, row = "UPDATE rulings SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL", (micros(at), by, id)
        return bool(self._write(lambda page: page.connection.execute(sql, row).rowcount))

    def rulings(self) -> tuple[Ruling, ...]:
        """List all rulings by (at, id), those undone too."""
        return tuple(_ruled(*row) for row in self._read("SELECT body, undone_at, undone_by FROM rulings ORDER BY at, id"))


_QUARANTINE = """
    INSERT INTO quarantine (at, channel, source, place, reason, remedy, body, body_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (source, place, body_hash) DO UPDATE SET reason = excluded.reason, remedy = excluded.remedy, retried_at = NULL
    RETURNING id
"""
_QUARANTINED = "SELECT id, at, channel, source, place, reason, remedy, body, retried_at FROM quarantine"
_DOCUMENT = """
    INSERT INTO documents (kind, id, body)
    SELECT :kind, :id, :body
    WHERE :body IS NOT (SELECT body FROM documents WHERE kind = :kind AND id = :id ORDER BY number DESC LIMIT 1)
"""

_CORRECTION = "INSERT INTO corrections (id, at, body, undone_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_RULING = "INSERT INTO rulings (id, at, body, undone_at, undone_by) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"


def _corrected(body: str, undone_at: int | None) -> Correction:
    return record(Correction, {**loads(body), "undone_at": None if undone_at is None else moment(undone_at)})


def _ruled(body: str, undone_at: int | None, undone_by: str) -> Ruling:
    return record(Ruling, {**loads(body), "undone_at": None if undone_at is None else moment(undone_at), "undone_by": undone_by})


def _refused(refusal: Refusal, at: int) -> tuple[object, ...]:
    body = refusal.body[:MOST_BYTES_KEPT]
    return (at, refusal.channel, refusal.source, refusal.where, refusal.reason, refusal.remedy, body, hashlib.sha256(body).hexdigest())


def _quarantined(id_: int, at: int, channel: str, *rest: Any) -> Quarantined:
    source, where, reason, remedy, body, retried_at = rest
    refusal = Refusal(channel=Channel(channel), source=source, where=where, reason=reason, remedy=remedy, body=body)
    return Quarantined(id=id_, at=moment(at), refusal=refusal, retried_at=None if retried_at is None else moment(retried_at))
