"""The demo history through every channel: reports POSTed, mails dropped, feeds served; then flows, a brief and a snapshot."""

import re
import shutil
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from flows import stages
from flows.demo_channels import blogs_and_news, maildir, serving
from flows.documents import import_objectives, import_partners
from flows.ingest_paths import ingest_path
from flows.kit import Kit, opened
from flows.moments import moment
from flows.pipeline import RunSummary, run_once
from flows.replay import submissions
from flows.serve import services, start, wait_ready
from flows.settings import FeedEntry, SenderEntry, Settings
from flows.wiring import Progress, make_home, now, open_journal, open_snapshot, open_vault, quiet
from store.records import SourceKind, Submission

HISTORY = Path(__file__).parent / "demo_data"
FIRST_BRIEF, LAST_BRIEF = moment("2014-04-23T18:00"), moment("2014-05-12T18:00")
POSTED, MAILED = {SourceKind.NGO}, {SourceKind.UN, SourceKind.GOVERNMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSummary:
    """What came in by which channel, what the run made of it, and the suggestion that is to be decided ("" = none)."""

    home: str
    posted: int
    mailed: int
    fed: int
    run: RunSummary
    decide: str = ""


def demo(settings: Settings, progress: Progress = quiet) -> DemoSummary:
    """Play the demo history in a folder `demo` of its own inside the data folder; an earlier demo there is removed first."""
    home = settings.home / "demo"
    shutil.rmtree(home, ignore_errors=True)
    history = submissions(HISTORY / "reports.jsonl")
    with serving(blogs_and_news(history)) as address:
        ours = demo_settings(settings, home, history, address)
        make_home(ours)
        posted, mailed = post_reports(ours, history, progress), drop_mails(ours, history, progress)
        fed = play(ours, progress)
        run = run_once(ours, LAST_BRIEF, progress)
        return DemoSummary(home=str(home), posted=posted, mailed=mailed, fed=fed, run=run, decide=to_decide(ours))


def to_decide(settings: Settings) -> str:
    """Name the last suggestion that asks for a decision, as readers see it."""
    with closing(open_snapshot(settings)) as snapshot:
        _, rows = snapshot.query("SELECT id FROM suggestions WHERE kind NOT IN ('watch', 'hold') ORDER BY issued_at DESC, id LIMIT 1")
    return str(rows[0][0]) if rows else ""


def demo_settings(settings: Settings, home: Path, history: Sequence[Submission], address: str) -> Settings:
    """Adapt our settings: the demo's folder, its feeds, and the public names of those who write to it."""
    senders = {domain(s.source): SenderEntry(name=s.source, kind=s.source_kind) for s in history if s.source_kind in MAILED}
    feeds = (
        FeedEntry(url=f"{address}/news.xml", name="Demo news", kind=SourceKind.NEWS),
        FeedEntry(url=f"{address}/blogs.xml", name="Demo blogs", kind=SourceKind.BLOG),
    )
    changes = {
        "home": home,
        "models": settings.models_path,
        "feeds": feeds,
        "mailboxes": (),
        "senders": senders,
        "allow_private_feeds": True,
        "port": free_port(),
    }
    return settings.model_copy(update=changes)


def post_reports(settings: Settings, history: Sequence[Submission], progress: Progress) -> int:
    """Start the API, give each NGO a key, and let each send its reports as a batch; raises when one is refused."""
    by_source: dict[str, list[Submission]] = {}
    for entry in history:
        if entry.source_kind in POSTED:
            by_source.setdefault(entry.source, []).append(entry)
    with api_running(settings) as address, open_vault(settings) as vault:
        for number, (source, entries) in enumerate(by_source.items(), start=1):
            key = vault.create_key(source, SourceKind.NGO, ("report",), now(), source=source)
            body = {"reports": [as_body(entry) for entry in entries]}
            httpx.post(f"{address}/v1/reports", json=body, headers={"Authorization": f"Bearer {key.secret}"}, timeout=30).raise_for_status()
            progress("post reports", number, len(by_source))
    return sum(len(entries) for entries in by_source.values())


@contextmanager
def api_running(settings: Settings) -> Iterator[str]:
    """Run the real API for a while; gives its address."""
    api = next(service for service in services(settings) if service.name == "API")
    process = start(api, settings)
    try:
        wait_ready(api, process)
        yield f"http://{settings.host}:{settings.port}"
    finally:
        process.terminate()
        process.wait(15)


def as_body(entry: Submission) -> dict[str, Any]:
    """Write one report as a partner sends it."""
    when = entry.occurred_at.isoformat() if entry.occurred_at else None
    body = {
        "key": entry.key,
        "title": entry.title,
        "text": entry.text,
        "occurred_at": when,
        "place": entry.place,
        "language": entry.language,
        "sensitivity": "green",
    }
    return {name: value for name, value in body.items() if value}


def drop_mails(settings: Settings, history: Sequence[Submission], progress: Progress) -> int:
    """Put UN and government reports as mails into a Maildir and take them in."""
    mails = [entry for entry in history if entry.source_kind in MAILED]
    folder = maildir(settings.home / "maildir", mails, domain)
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        ingest_path(folder, "mail", "", {}, settings, journal, vault)
    progress("drop mails", len(mails), len(mails))
    return len(mails)


def play(settings: Settings, progress: Progress) -> int:
    """Visit the feeds, then live through the history week by week, with a first brief near its end."""
    with opened(settings, progress) as kit:
        import_objectives(HISTORY / "objective.json", kit.journal)
        import_partners(HISTORY / "partners.json", kit.journal)
        before = kit.journal.count()
        stages.intake(kit, LAST_BRIEF)
        fed = kit.journal.count() - before
        weeks = list(weekly(moment("2013-10-06"), FIRST_BRIEF))
        for number, evening in enumerate(weeks, start=1):
            live_through(kit, evening)
            progress("live through the weeks", number, len(weeks))
        stages.brief(kit, FIRST_BRIEF)
    return fed


def live_through(kit: Kit, evening: datetime) -> None:
    """Read, foresee, weigh and advise on one evening."""
    stages.understand(kit, evening)
    stages.foresee(kit, evening)
    stages.weigh_conditions(kit, evening)
    stages.advise(kit, evening)


def weekly(first: datetime, last: datetime) -> Iterator[datetime]:
    """Give every seventh evening, ending on `last`."""
    while first < last:
        yield first
        first += timedelta(days=7)
    yield last


def domain(source: str) -> str:
    """Make a mail domain for a source; .example is reserved for examples (RFC 2606)."""
    return re.sub(r"[^a-z0-9]+", "-", source.lower()).strip("-")[:50].strip("-") + ".example"


def free_port() -> int:
    """Find a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
