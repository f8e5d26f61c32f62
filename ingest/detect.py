"""A file or folder -> which reader it is for, told by its content."""

import json
import re
from itertools import islice
from pathlib import Path

from ingest.decode import decode
from ingest.mailfiles import is_maildir
from ingest.rows import Row, rows_of

HEAD = 1 << 16
FEED_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel|entry)\b", re.IGNORECASE)
PAGE = ("<html", "<!doctype html")
HEADER_LINE = re.compile(r"^(?:>?From |[!-9;-~]{1,70}:(?:\s|$))")
MAIL_HEADERS = re.compile(
    r"^(?:From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Content-Type|Delivered-To|Sender)\s*:", re.IGNORECASE | re.MULTILINE
)
USHAHIDI = frozenset({"serial", "incident title", "incident date"})
HIVECAST = frozenset({"id", "at", "source", "source_kind", "title", "lang", "language", "place", "lat", "lon", "url"})
FILES = 20


def detect(path: Path) -> str:
    """Return "hivecast", "ushahidi", "mail", "feed" or "unknown".

    A Maildir is mail; any other folder is what its first 20 files are, if they are all the same. A file that cannot be read is unknown.
    """
    try:
        return _folder(path) if path.is_dir() else _file(path)
    except OSError:
        return "unknown"


def _folder(path: Path) -> str:
    if is_maildir(path):
        return "mail"
    files = islice((child for child in sorted(path.rglob("*")) if child.is_file()), FILES)
    kinds = {_file(child) for child in files}
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _file(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _table(next(rows_of(path.read_bytes()), None))
    text = decode(head).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return _braces(text)
    if text.startswith("<"):
        return "feed" if FEED_ROOT.search(text) and not text[:15].lower().startswith(PAGE) else "unknown"
    return _lines(text)


def _braces(text: str) -> str:
    """Tell JSON Feed from JSON lines by the first line, or by the names in it where it is cut."""
    if re.search(r'"items"\s*:\s*\[', text) and "jsonfeed.org" in text:
        return "feed"
    try:
        found = json.loads(text.split("\n", 1)[0])
    except (ValueError, RecursionError):
        return "unknown"
    return "hivecast" if isinstance(found, dict) and "text" in found else "unknown"


def _lines(text: str) -> str:
    head = text.replace("\r\n", "\n").partition("\n\n")[0]
    if HEADER_LINE.match(head) and MAIL_HEADERS.search(head):
        return "mail"
    # Two lines are enough to know a table by its header; the cut end of the text must not matter.
    first = "\n".join(text.splitlines()[:1])
    return _table(next(rows_of(f"{first}\n{first}".encode()), None))


def _table(row: Row | None) -> str:
    names = set(row.cells) if row else set()
    if names >= USHAHIDI:
        return "ushahidi"
    return "hivecast" if "text" in names and names & HIVECAST else "unknown"
