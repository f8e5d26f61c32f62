"""Quarantine -> journal: try again what could not be taken in, with the readers of today."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.ingest_paths import mail_policy
from flows.settings import Settings
from flows.take import Tally, take
from ingest.feed import FeedSource, read_feed
from ingest.mail import MailPolicy, read_message
from ingest.table import read_table
from store.journal import Journal, Quarantined
from store.plain import record
from store.records import TLP, Channel, Refusal, SourceKind, Submission
from store.vault import Vault

Entry = Submission | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Retried:
    """What became of one entry: `taken` or why not."""

    id: int
    taken: bool
    reason: str = ""


def retry(waiting: Sequence[Quarantined], settings: Settings, journal: Journal, vault: Vault, at: datetime) -> tuple[Retried, ...]:
    """Read each refused body again and release what can be taken in now; the rest stays with its latest reason."""
    policy = mail_policy(settings, vault)
    return tuple(_retry_one(held, _read(held.refusal, policy, at), journal, at) for held in waiting)


def mended(held: Quarantined, body: bytes) -> Quarantined:
    """Return the entry with other bytes, for a person who mended them."""
    return replace(held, refusal=replace(held.refusal, body=body))


def _retry_one(held: Quarantined, entries: Sequence[Entry], journal: Journal, at: datetime) -> Retried:
    refused = next((entry for entry in entries if isinstance(entry, Refusal)), None)
    good = [entry for entry in entries if isinstance(entry, Submission)]
    tally = take(good, journal, at) if good and refused is None else Tally()
    if refused is None and tally.accepted + tally.repeated + tally.changed == len(good) > 0:
        journal.release(held.id, at)
        return Retried(id=held.id, taken=True)
    reason = refused.reason if refused else "it cannot be accepted, or its key is taken" if good else "there is nothing in it to take in"
    return Retried(id=held.id, taken=False, reason=reason)


def _read(refusal: Refusal, policy: MailPolicy, at: datetime) -> Sequence[Entry]:
    fields = _json_object(refusal.body)
    if fields is not None and {"channel", "source", "source_kind", "key", "text"} <= fields.keys():
        return [_submission(fields, refusal)]
    if refusal.channel is Channel.MAIL:
        return [read_message(refusal.body, refusal.where, policy)]
    if refusal.channel is Channel.FEED:
        source = FeedSource(name=refusal.source, kind=SourceKind.NEWS, full_text=False, sensitivity=TLP.GREEN)
        return read_feed(refusal.body, refusal.where, source, at)[0]
    return _read_row(refusal, fields)


def _submission(fields: dict[str, Any], refusal: Refusal) -> Entry:
    try:
        return record(Submission, fields)
    except (TypeError, ValueError) as problem:
        return replace(refusal, reason=f"the kept fields cannot be read: {problem}")


def _read_row(refusal: Refusal, fields: dict[str, Any] | None) -> Sequence[Entry]:
    """Read one row; cells without their header cannot be named again."""
    if fields is None:
        return [replace(refusal, reason=f"a row without its header cannot be read again ({refusal.reason}); mend the file and ingest it again")]
    with tempfile.TemporaryDirectory() as folder:
        row = Path(folder) / "row.jsonl"
        row.write_bytes(json.dumps(fields).encode())
        return list(read_table(row, None, "hivecast", refusal.source))


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
