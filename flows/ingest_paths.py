"""Files and folders -> Submission | Refusal -> journal: what `hivecast ingest` does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flows.settings import Settings
from flows.take import Tally, take
from flows.wiring import now
from ingest.detect import detect
from ingest.feed import FeedSource, read_feed
from ingest.mail import MailPolicy
from ingest.mailfiles import is_maildir, read_mail_path
from ingest.refuse import refuse
from ingest.table import PRESETS, read_table
from store.journal import Journal
from store.records import TLP, Channel, Refusal, SourceKind, Submission
from store.vault import Vault

FORMATS = ("auto", "hivecast", "ushahidi", "mail", "feed")
Entry = Submission | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How to read a path: its format or "auto", the source to name, what mail needs, the clock, and what an unknown file is taken for."""

    form: str
    source: str
    policy: MailPolicy
    at: datetime
    otherwise: str = "unknown"


def ingest_path(  # noqa: PLR0913, PLR0917  one argument for each choice of the command line
    path: Path,
    format: str,  # noqa: A002  the option's own name
    source: str,
    mapping: Mapping[str, str],
    settings: Settings,
    journal: Journal,
    vault: Vault,
) -> Tally:
    """Take in a file or folder and say what became of its entries.

    `format` is one of FORMATS; "auto" looks into each file. A `mapping` (column -> field) makes it a table of the user's own columns.
    What no reader knows goes to quarantine with its reason. Raises ConfigError for a mapping to an unknown field.
    """
    how = How(form=format, source=source, policy=mail_policy(settings, vault), at=now())
    entries = read_table(path, mapping, "", source) if mapping else read_path(path, how)
    return take(entries, journal, how.at, settings.batch)


def read_path(path: Path, how: How) -> Iterator[Entry]:
    """Read whatever stands at `path`. Of a folder that is no Maildir: every file in order of name, each by its own reader.

    A file that no reader knows is given to the reader that knows its neighbours, so that a broken mail among mails is refused as a mail.
    """
    kind = _kind(path, how)
    if path.is_dir() and not (kind == "mail" and is_maildir(path)):
        for child in sorted(path.iterdir()):
            yield from read_path(child, replace(how, otherwise=kind))
    elif kind == "mail":
        yield from read_mail_path(path, how.policy)
    elif kind in PRESETS:
        yield from read_table(path, None, kind, how.source)
    elif kind == "feed":
        yield from _read_feed_file(path, how.source, how.at)
    else:
        yield _unknown(path, how.source)


def _kind(path: Path, how: How) -> str:
    if how.form != "auto":
        return how.form
    found = detect(path)
    return how.otherwise if found == "unknown" and path.is_file() else found


def mail_policy(settings: Settings, vault: Vault) -> MailPolicy:
    """Say under which name each sender of mail is shown."""
    senders = {address.lower(): (entry.name, entry.kind) for address, entry in settings.senders.items()}
    return MailPolicy(senders=senders, pseudonym=lambda identity: vault.pseudonym(identity, "mail"))


def _read_feed_file(path: Path, source: str, at: datetime) -> Iterator[Entry]:
    name = source or path.stem
    try:
        body = path.read_bytes()
    except OSError as problem:
        yield refuse(Channel.FEED, name, path.name, (f"the file cannot be read: {problem.strerror}", "check its path and rights"), b"")
        return
    entries, health, detail = read_feed(body, path.resolve().as_uri(), FeedSource(name=name, kind=SourceKind.NEWS, full_text=False, sensitivity=TLP.GREEN), at)
    if entries:
        yield from entries
    else:
        yield refuse(Channel.FEED, name, path.name, (f"nothing to take in, health {health.value}: {detail}", "check that it is RSS, Atom or JSON Feed"), body)


def _unknown(path: Path, source: str) -> Refusal:
    try:
        with path.open("rb") as file:
            body = file.read(1 << 20)
    except OSError as problem:
        return refuse(Channel.TABLE, source or path.stem, path.name, (f"the file cannot be read: {problem.strerror}", "check its path and rights"), b"")
    why = ("no reader knows this file", "say what it is with --format, or name its columns with --map COLUMN=FIELD")
    return refuse(Channel.TABLE, source or path.stem, path.name, why, body)
