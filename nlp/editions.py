"""Report* -> which of them are later editions of another: the same report again, not a further one."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from store.records import Channel, Report

_HEXADECIMAL = frozenset("0123456789abcdef")
_TRACKING = re.compile(r"^(?:utm_.*|fbclid|gclid|ref|cmp)$", re.IGNORECASE)


def edited_entries(reports: Sequence[Report]) -> dict[int, int]:
    """Map each edited feed entry to its first edition, where that is among the reports; by their places in `reports`.

    An entry that its publisher changed is kept as `key@<8 hexadecimal digits>` of the same source.
    """
    by_key = {(report.source, report.key): number for number, report in enumerate(reports) if report.channel is Channel.FEED}
    firsts = {number: by_key.get((source, _entry(key)), number) for (source, key), number in by_key.items()}
    return {number: first for number, first in firsts.items() if first != number}


def standing(report: Report) -> list[tuple[str, str]]:
    """Say where a report stands, (whose, what): one with much the same words in the same spot is another edition of it."""
    at = page(report.url)
    entry = _entry(report.key) if report.channel is Channel.FEED else ""
    return [(whose, what) for whose, what in ((report.voice, at), (report.source, entry and f"entry {entry}")) if what]


def _entry(key: str) -> str:
    entry, _, edition = key.rpartition("@")
    return entry if entry and len(edition) == 8 and set(edition) <= _HEXADECIMAL else key


def page(url: str) -> str:
    """Return a web address without what tracks its reader; the bare site is nobody's page."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.match(name)])
    path = parts.path.rstrip("/")
    return urlunsplit(("", parts.netloc.lower().removeprefix("www."), path, query, "")) if path or query else ""
