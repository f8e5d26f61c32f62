"""Feed bytes -> (Submission | Refusal)*, and how the feed is doing; fetching is in `fetch`, full articles in `full_text`."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from ingest import sandbox
from ingest.accept import LIMITS, safe_url
from ingest.entries import Entry, Parsed, parse_feed
from ingest.fetch import FeedLimits, Fetched, fetch_feed
from ingest.refuse import refuse
from store.records import TLP, Channel, Health, Refusal, SourceKind, Submission

__all__ = ["FeedLimits", "FeedSource", "Fetched", "fetch_feed", "read_feed"]

SECONDS = 10.0
Results = tuple[Submission | Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSource:
    """A feed as the operator listed it; an empty name means the feed's own title. `full_text` asks the flow to complete teasers."""

    name: str = ""
    kind: SourceKind = SourceKind.NEWS
    full_text: bool = False
    sensitivity: TLP = TLP.CLEAR


def read_feed(body: bytes, url: str, source: FeedSource, now: datetime) -> tuple[Results, Health, str]:
    """Read a feed's entries; returns them with the feed's health and a detail in words.

    An entry's key is its id, else its link, else the hash of its words; its text is the longest of content and summary, a headline where it
    has neither. The real publisher of an aggregated entry (`<source>`) is kept. The feed's own language tag is not taken over: aggregators
    and defaults make it wrong too often. An entry without a date has none, and reception stands for it; a feed in which all are without is
    UNDATED. Entries that say they appear later than `now` keep their date for `accept` to judge.
    """
    del now
    parsed = sandbox.run(parse_feed, body, SECONDS)
    if isinstance(parsed, sandbox.Failure):
        why = (parsed.reason, "check the URL in a browser: it must answer with RSS, Atom or JSON Feed")
        return (refuse(Channel.FEED, source.name, url, why, body),), Health.NOT_A_FEED, parsed.reason
    name = (source.name or parsed.title or urlsplit(url).hostname or "feed")[: LIMITS["source"]]
    results = tuple(_read(_linked(entry, url), name, source, f"{url} entry {number}") for number, entry in enumerate(parsed.entries, 1))
    return results, *_health(parsed)


def _health(parsed: Parsed) -> tuple[Health, str]:
    if not parsed.entries:
        return Health.EMPTY, parsed.flaw or "it has no entries"
    if not any(entry.at for entry in parsed.entries):
        return Health.UNDATED, "none of its entries has a date that can be read"
    return Health.OK, parsed.flaw


def _linked(entry: Entry, url: str) -> Entry:
    try:
        return replace(entry, link=urljoin(url, entry.link) if entry.link else "")
    except ValueError:
        return replace(entry, link="")


def _read(entry: Entry, name: str, source: FeedSource, where: str) -> Submission | Refusal:
    text = entry.text or entry.title
    if entry.problem or not text:
        why = (entry.problem or "the entry has neither title nor text", "nothing to do, unless the feed is yours")
        return refuse(Channel.FEED, name, where, why, f"{entry.key}\n{entry.link}\n{entry.title}".encode("utf-8", "replace"))
    link = safe_url(entry.link)
    return Submission(
        channel=Channel.FEED,
        source=name,
        source_kind=source.kind,
        key=_key(entry, link),
        title=entry.title[: LIMITS["title"]] if entry.text else "",
        text=text,
        occurred_at=entry.at,
        lat=entry.lat,
        lon=entry.lon,
        url=link,
        publisher=entry.publisher[: LIMITS["publisher"]],
        sensitivity=source.sensitivity,
    )


def _key(entry: Entry, link: str) -> str:
    key = entry.key or link
    if key and len(key) <= LIMITS["key"]:
        return key
    return hashlib.sha256(f"{key}\n{entry.title}\n{entry.text}".encode("utf-8", "replace")).hexdigest()
