"""Feeds, mailboxes, journal -> warehouse: visit every source, then drain what was acknowledged."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

import httpx

from flows.documents import OBJECTIVE, PARTNER, objective_of, partner_of
from flows.ingest_paths import mail_policy
from flows.kit import Kit
from flows.settings import FeedEntry, MailboxEntry, mailbox_password
from flows.take import Tally, take
from flows.wiring import now, web_client
from ingest.feed import FeedLimits, FeedSource, fetch_feed, read_feed
from ingest.full_text import complete
from ingest.mailbox import MailboxSettings, read_mailbox
from ingest.normalise import normalise
from store.errors import HivecastError, StorageFull
from store.journal import report_id
from store.records import Health, Refusal, SourceState, Submission

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What one visit to all sources brought, and how many reports went into the warehouse."""

    taken: dict[str, int]
    drained: int


def intake(kit: Kit, as_of: datetime) -> TakenIn:
    """Visit feeds and mailboxes, then drain the journal; `as_of` bounds later stages, what is on offer now is kept in any case."""
    del as_of
    tally = visit_all(kit)
    return TakenIn(taken=asdict(tally), drained=drain(kit))


def visit_all(kit: Kit) -> Tally:
    """Visit each source in turn; a source in trouble is noted in its state and never stops the next."""
    total = Tally()
    for name, visit in visits(kit):
        try:
            total += kit.step(f"visit {name}", visit)
        except StorageFull:
            raise
        except HivecastError as problem:
            kit.notes.append(f"{name} was not visited: {problem}")
        except Exception:  # one source's surprise must not keep the others from being heard; the trace goes to the log
            log.exception("the visit to %s failed", name)
            kit.notes.append(f"{name} could not be visited; the log says why")
    return total


def visits(kit: Kit) -> Iterator[tuple[str, Callable[[], Tally]]]:
    """List (name, visit) for every feed and mailbox in the settings."""
    for feed in kit.settings.feeds:
        yield feed.name, lambda feed=feed: visit_feed(kit, feed)  # type: ignore[misc]
    for box in kit.settings.mailboxes:
        yield box.location, lambda box=box: visit_mailbox(kit, box)  # type: ignore[misc]


def visit_feed(kit: Kit, entry: FeedEntry) -> Tally:
    """Fetch one feed and take in its entries; what the server said is remembered only after they are committed."""
    state = kit.journal.source_state(entry.url) or SourceState(location=entry.url, name=entry.name)
    limits = FeedLimits(allow_private=kit.settings.allow_private_feeds)
    with web_client() as client:
        fetched = fetch_feed(entry.url, state, client, limits, now())
        if fetched.body is None:
            kit.journal.save_source_state(fetched.state)
            return Tally()
        source = FeedSource(name=entry.name, kind=entry.kind, full_text=entry.full_text, sensitivity=entry.sensitivity)
        entries, health, detail = read_feed(fetched.body, entry.url, source, now())
        if entry.full_text:
            entries = whole(kit, entries, client, limits)
    tally = take(entries, kit.journal, now())
    kit.journal.save_source_state(visited(fetched.state, health, detail, tally))
    return tally


def whole(kit: Kit, entries: Sequence[Submission | Refusal], client: httpx.Client, limits: FeedLimits) -> tuple[Submission | Refusal, ...]:
    """Fetch the articles behind teasers. Entries known already are left out: their articles were taken in when they were first seen."""
    fresh = [one for one in entries if isinstance(one, Refusal) or not kit.journal.find(report_id(one.source, one.key))]
    return tuple(one if isinstance(one, Refusal) else complete(one, client, limits) for one in fresh)


def visited(state: SourceState, health: Health, detail: str, tally: Tally) -> SourceState:
    """Note how a visit went."""
    fresh = tally.accepted + tally.changed > 0
    return replace(state, health=health, detail=detail, last_new_at=now() if fresh else state.last_new_at)


def visit_mailbox(kit: Kit, box: MailboxEntry) -> Tally:
    """Read what is new in a mailbox; each mail is marked as seen only after it is committed."""
    state = kit.journal.source_state(box.location) or SourceState(location=box.location, name=box.location)
    tallies: list[Tally] = []

    def commit(entry: Submission | Refusal) -> None:
        tallies.append(take([entry], kit.journal, now()))

    reached = read_mailbox(mailbox_settings(box, state), mail_policy(kit.settings, kit.vault), commit)
    total = sum(tallies, Tally())
    failures = state.failures + 1 if reached.failures else 0
    carried = replace(reached, checked_at=now(), last_new_at=state.last_new_at, failures=failures)
    kit.journal.save_source_state(visited(carried, reached.health, reached.detail, total))
    return total


def mailbox_settings(box: MailboxEntry, state: SourceState) -> MailboxSettings:
    """Join the settings of a mailbox with its password and where the last visit ended; raises ConfigError without a password."""
    return MailboxSettings(
        name=box.location,
        host=box.host,
        user=box.user,
        password=mailbox_password(box),
        port=box.port,
        folder=box.folder,
        tls=box.tls,
        cursor=state.cursor,
    )


def drain(kit: Kit) -> int:
    """Bring everything the journal holds into the warehouse, each batch with its cursor in one transaction."""
    kit.warehouse.put_objectives([objective_of(body) for _, body in kit.journal.documents(OBJECTIVE)])
    kit.warehouse.put_partners([partner_of(body) for _, body in kit.journal.documents(PARTNER)])
    drained = 0
    while rows := kit.journal.after(kit.warehouse.cursor(), kit.settings.batch):
        reports = [normalise(row.submission, row.report_id, row.received_at, row.content_hash) for row in rows]
        kit.step("drain a batch", lambda reports=reports, last=rows[-1].seq: kit.warehouse.add_reports(reports, last))  # type: ignore[misc]
        drained += len(rows)
        kit.progress("drain", drained, 0)
    return drained
