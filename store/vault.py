"""Who is behind a report, under which name they may be shown, and which keys open the door: kept apart from everything else."""

import hashlib
import hmac
import re
import secrets
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from store.errors import KeyRejected, ScopeMissing
from store.records import SourceKind
from store.sqlite import connect, create, micros, moment, transaction

_TOKEN = re.compile(r"hc_([a-z0-9]{8})_([A-Za-z0-9_-]{43})")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as it may be shown; `source` is the public name of what comes in by it, `partner_id` the partner of the coalition it belongs to ("" = none)."""

    prefix: str
    source: str
    source_kind: SourceKind
    scopes: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None
    owner: str
    partner_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made. `secret` is the whole token and is never shown again."""

    prefix: str
    secret: str


class Vault:
    """The vault file: separate, readable by its owner alone. Threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        create(path, "vault")
        self._writing, self._reading = threading.Lock(), threading.Lock()
        # A second connection, so that a look-up never waits for somebody else's commit.
        self._writer, self._reader = connect(path), connect(path)

    def remember(self, senders: Sequence[tuple[str, str]]) -> None:
        """Keep (report id, identity) pairs, committed on return; a later identity replaces an earlier one. Raises StorageFull."""
        with self._writing, transaction(self._writer):
            self._writer.executemany("INSERT OR REPLACE INTO identities (report_id, identity) VALUES (?, ?)", senders)

    def sender(self, report_id: str) -> str | None:
        """Look up the identity behind a report, None if there is none."""
        row = self._row("SELECT identity FROM identities WHERE report_id = ?", report_id)
        return row[0] if row else None

    def pseudonym(self, identity: str, prefix: str) -> str:
        """Return the name under which an identity is shown: random, made once, the same ever after."""
        known = "SELECT name FROM pseudonyms WHERE identity = ? AND prefix = ?"
        row = self._row(known, identity, prefix)
        return str(row[0]) if row else self._new_pseudonym(identity, prefix)

    def create_key(self, owner: str, source_kind: SourceKind, scopes: Sequence[str], at: datetime, source: str = "") -> NewKey:
        """Make an API key of 256 random bits; without a `source` its reports are shown under a pseudonym of the owner.

        The secret is in the answer alone: the vault keeps its SHA-256.
        """
        name = source or self.pseudonym(owner, source_kind.value)
        secret = secrets.token_urlsafe(32)
        prefix = "".join(secrets.choice(_ALPHABET) for _ in range(8))
        row = (prefix, _digest(secret), owner, name, source_kind.value, " ".join(sorted(scopes)), micros(at))
        with self._writing, transaction(self._writer):
            self._writer.execute("INSERT INTO api_keys VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", row)
        return NewKey(prefix=prefix, secret=f"hc_{prefix}_{secret}")

    def check_key(self, token: str, scope: str) -> ApiKey:
        """Return the key behind a token; raises KeyRejected if it is unknown or revoked, ScopeMissing if it is not for this."""
        parts = _TOKEN.fullmatch(token)
        row = self._row(f"{_KEYS} WHERE prefix = ?", parts[1]) if parts else None
        if not (parts and row and hmac.compare_digest(row[1], _digest(parts[2]))):
            raise KeyRejected("this API key is unknown; check that it was copied whole, or ask for a new one")
        key = _key(row)
        if key.revoked_at is not None:
            raise KeyRejected(f"API key {key.prefix} was revoked; ask for a new one")
        if scope not in key.scopes:
            raise ScopeMissing(f"API key {key.prefix} is for {', '.join(key.scopes) or 'nothing'}, not for {scope}; ask for one that is")
        return key

    def keys(self) -> tuple[ApiKey, ...]:
        """List all keys, the revoked ones too, oldest first."""
        with self._reading:
            rows = self._reader.execute(f"{_KEYS} ORDER BY created_at, prefix").fetchall()
        return tuple(_key(row) for row in rows)

    def revoke(self, prefix: str, at: datetime) -> bool:
        """Close a key at once, in every process; False if there is no such key or it was closed before."""
        with self._writing, transaction(self._writer):
            sql = "UPDATE api_keys SET revoked_at = ? WHERE prefix = ? AND revoked_at IS NULL"
            return self._writer.execute(sql, (micros(at), prefix)).rowcount == 1

    def bind_key(self, prefix: str, partner_id: str) -> None:
        """Say to which partner of the coalition a key belongs; a later one takes the place of an earlier."""
        self._put("INSERT OR REPLACE INTO partner_keys VALUES (?, ?)", prefix, partner_id)

    def answers_with(self, ask_id: str, report_id: str) -> None:
        """Note that a report answers what one partner was asked."""
        self._put("INSERT OR IGNORE INTO answering_reports VALUES (?, ?)", ask_id, report_id)

    def answering_reports(self) -> dict[str, tuple[str, ...]]:
        """Map each ask that was answered by reports to their ids, in order of id."""
        found: dict[str, tuple[str, ...]] = {}
        with self._reading:
            rows = self._reader.execute("SELECT ask_id, report_id FROM answering_reports ORDER BY ask_id, report_id").fetchall()
        for ask_id, report_id in rows:
            found[ask_id] = (*found.get(ask_id, ()), report_id)
        return found

    def signing_key(self, name: str) -> bytes:
        """Return the key that signs what `name` says: 256 random bits, made once, the same ever after."""
        self._put("INSERT OR IGNORE INTO signing_keys VALUES (?, ?)", name, secrets.token_bytes(32))
        row = self._row("SELECT value FROM signing_keys WHERE name = ?", name)
        assert row is not None  # noqa: S101  it was put there a line above, and is never removed
        return bytes(row[0])

    def close(self) -> None:
        """Close the file."""
        with self._writing, self._reading:
            self._writer.close()
            self._reader.close()

    def __enter__(self) -> "Vault":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _new_pseudonym(self, identity: str, prefix: str) -> str:
        offer = "INSERT INTO pseudonyms (identity, prefix, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        row: tuple[Any, ...] | None = None
        while row is None:  # another process may have been first, or the name may be taken
            with self._writing, transaction(self._writer):
                self._writer.execute(offer, (identity, prefix, f"{prefix}-{secrets.token_hex(4)}"))
            row = self._row("SELECT name FROM pseudonyms WHERE identity = ? AND prefix = ?", identity, prefix)
        return str(row[0])

    def _put(self, sql: str, *values: object) -> None:
        with self._writing, transaction(self._writer):
            self._writer.execute(sql, values)

    def _row(self, sql: str, *values: str) -> tuple[Any, ...] | None:
        with self._reading:
            cursor: sqlite3.Cursor = self._reader.execute(sql, values)
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row


_KEYS = "SELECT api_keys.*, coalesce(partner_id, '') FROM api_keys LEFT JOIN partner_keys USING (prefix)"


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _key(row: Sequence[Any]) -> ApiKey:
    prefix, _, owner, source, kind, scopes, created_at, revoked_at, partner_id = row
    return ApiKey(
        prefix=prefix,
        source=source,
        source_kind=SourceKind(kind),
        scopes=tuple(scopes.split()),
        created_at=moment(created_at),
        revoked_at=None if revoked_at is None else moment(revoked_at),
        owner=owner,
        partner_id=partner_id,
    )
