"""Feed bytes -> entries: RSS, Atom and CDF by feedparser, JSON Feed by ourselves. Runs in the sandbox."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import feedparser

from ingest.clean import one_line, text_of_either
from ingest.dates import in_utc, moment
from ingest.decode import decode
from ingest.sandbox import Unreadable

ENTRY_LIMIT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed, as plain text; `problem` says why it could not be read."""

    key: str = ""
    title: str = ""
    text: str = ""
    link: str = ""
    publisher: str = ""
    at: datetime | None = None
    lat: float | None = None
    lon: float | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A feed: its title, its entries, and what is wrong with its form ("" where it is well formed)."""

    title: str
    entries: tuple[Entry, ...]
    flaw: str = ""


def parse_feed(body: bytes) -> Parsed:
    """Parse a feed's bytes; raises Unreadable for what is no feed. Links are as they stand, maybe relative."""
    stripped = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    return _json_feed(stripped) if stripped.startswith(b"{") else _xml_feed(body)


def _xml_feed(body: bytes) -> Parsed:
    """Parse without telling the feed's address: feedparser would make it part of the ids, and the keys would change with it."""
    found = feedparser.parse(io.BytesIO(body), response_headers={"content-type": "application/xml"}, sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version") and not found.entries:
        raise Unreadable(f"it is not a feed{_because(found)}")
    entries = tuple(_safely(_xml_entry, entry) for entry in found.entries[:ENTRY_LIMIT])
    return Parsed(title=_line(found.feed.get("title")), entries=entries, flaw=_flaw(found))


def _because(found: Mapping[str, Any]) -> str:
    flaw = _flaw(found)
    return f": {flaw}" if flaw else ""


def _flaw(found: Mapping[str, Any]) -> str:
    return one_line(str(found.get("bozo_exception") or "not well formed"))[:200] if found.get("bozo") else ""


def _safely(read: Any, entry: Any) -> Entry:
    try:
        return read(entry)  # type: ignore[no-any-return]
    except Exception as error:  # noqa: BLE001  the edge: one odd entry must not cost the others
        return Entry(problem=f"the entry cannot be read: {type(error).__name__}: {str(error)[:100]}", title=one_line(str(entry))[:2_000])


def _xml_entry(entry: Any) -> Entry:
    lat, lon = _point(entry.get("where"))
    return Entry(
        key=_line(entry.get("id")),
        title=_line(entry.get("title")),
        text=_longest([*(content.get("value") for content in entry.get("content") or ()), entry.get("summary")]),
        link=str(entry.get("link") or ""),
        publisher=_line((entry.get("source") or {}).get("title")),
        at=next((when for when in (_time(entry.get(f"{name}_parsed")) for name in ("published", "updated", "created")) if when), None),
        lat=lat,
        lon=lon,
    )


def _longest(values: list[Any]) -> str:
    """Return the longest text among content and summary: feeds put the teaser in either."""
    return max((text_of_either(value) for value in values if isinstance(value, str)), key=len, default="")


def _line(value: Any) -> str:
    return one_line(text_of_either(value)) if isinstance(value, str) else ""


def _time(parsed: Any) -> datetime | None:
    """Convert a struct_time in UTC; impossible dates are no dates."""
    if parsed is None:
        return None
    try:
        return in_utc(datetime(*parsed[:6]))  # noqa: DTZ001  feedparser gives UTC
    except (ValueError, TypeError, OverflowError):
        return None


def _point(where: Any) -> tuple[float | None, float | None]:
    """Return (lat, lon) of a GeoRSS point; other shapes and impossible numbers are left out."""
    try:
        lon, lat = (float(number) for number in where["coordinates"][:2])
    except (TypeError, ValueError, KeyError, IndexError):
        return None, None
    return (lat, lon) if where.get("type") == "Point" and abs(lat) <= 90 and abs(lon) <= 180 else (None, None)


# --- JSON Feed 1.0 and 1.1 (feedparser reads none) ---------------------------------------------


def _json_feed(body: bytes) -> Parsed:
    try:
        found = json.loads(decode(body))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is not a feed: {error}") from None
    items = found.get("items")
    if not isinstance(items, list):
        raise Unreadable("it is not a feed: JSON without a list of items")
    return Parsed(title=_line(found.get("title")), entries=tuple(_safely(_json_entry, entry) for entry in items[:ENTRY_LIMIT]))


def _json_entry(entry: Mapping[str, Any]) -> Entry:
    plain = entry.get("content_text")
    key = entry.get("id")
    return Entry(
        key=one_line(str(key)) if isinstance(key, (str, int, float)) else "",
        title=_line(entry.get("title")),
        text=plain.strip() if isinstance(plain, str) else _longest([entry.get("content_html"), entry.get("summary")]),
        link=str(entry.get("url") or entry.get("external_url") or ""),
        at=next((when for when in (moment(str(entry.get(name) or "")) for name in ("date_published", "date_modified")) if when), None),
    )
