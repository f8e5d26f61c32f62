"""The demo's senders and publishers: what they send can be read back by the real readers."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from flows.demo import HISTORY, MAILED, POSTED, as_body, demo_settings, domain, weekly
from flows.demo_channels import blogs_and_news, dated, maildir, rss, serving
from flows.replay import submissions
from flows.settings import Settings
from ingest.feed import FeedSource, read_feed
from ingest.mail import MailPolicy
from ingest.mailfiles import read_mail_path
from store.records import Channel, Health, SourceKind, Submission

AT = datetime(2031, 3, 1, 8, tzinfo=UTC)


def entry(key: str, kind: SourceKind = SourceKind.NEWS, **changes: object) -> Submission:
    fields = {"channel": Channel.TABLE, "source": 'Ferry & "River" Post', "source_kind": kind, "key": key, "text": "The <ferry> is closed & cold."}
    return Submission(**{**fields, "title": f"T {key}", "occurred_at": AT, "url": f"https://example.org/{key}?a=1&b=2", **changes})  # type: ignore[arg-type]


def test_a_feed_names_each_publisher_and_its_words_survive() -> None:
    results, health, _ = read_feed(rss("N", [entry("a")]), "https://example.org/f", FeedSource(name="Demo"), AT)
    (found,) = results
    assert isinstance(found, Submission)
    assert (health, found.key, found.publisher, found.occurred_at) == (Health.OK, "a", 'Ferry & "River" Post', AT)
    assert found.url == "https://example.org/a?a=1&b=2"


def test_news_and_blogs_have_a_feed_each_and_others_none() -> None:
    found = blogs_and_news([entry("n"), entry("b", SourceKind.BLOG), entry("u", SourceKind.UN)])
    assert b">n<" in found["/news.xml"]
    assert b">b<" in found["/blogs.xml"]
    assert not any(b">u<" in body for body in found.values())


def test_mails_in_the_maildir_are_read_back_under_their_public_names(tmp_path: Path) -> None:
    sent = [entry("m1", SourceKind.UN, source="Relief Office"), entry("m2", SourceKind.GOVERNMENT, source="Ministry of Rivers")]
    policy = MailPolicy(senders={domain(s.source): (s.source, s.source_kind) for s in sent}, pseudonym=lambda identity: "unknown")
    found = [one for one in read_mail_path(maildir(tmp_path / "box", sent, domain), policy) if isinstance(one, Submission)]
    assert {(one.source, one.source_kind, one.title) for one in found} == {(s.source, s.source_kind, s.title) for s in sent}
    assert {one.occurred_at for one in found} == {AT}


def test_documents_are_served_until_the_end_and_others_are_not_found() -> None:
    with serving({"/a": b"here"}) as address:
        assert httpx.get(f"{address}/a").content == b"here"
        assert httpx.get(f"{address}/b").status_code == 404
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/a")


def test_an_undated_entry_counts_from_the_beginning() -> None:
    assert dated(entry("a", occurred_at=None)) == datetime.fromtimestamp(0, UTC)


def test_a_posted_report_holds_no_empty_fields() -> None:
    body = as_body(entry("a", occurred_at=None, title=""))
    assert body == {"key": "a", "text": "The <ferry> is closed & cold.", "sensitivity": "green"}
    assert as_body(entry("a"))["occurred_at"] == "2031-03-01T08:00:00+00:00"


def test_the_demo_keeps_to_a_folder_of_its_own_and_knows_its_senders(settings: Settings) -> None:
    history = submissions(HISTORY / "reports.jsonl")
    ours = demo_settings(settings, settings.home / "demo", history, "http://127.0.0.1:1")
    assert ours.home == settings.home / "demo"
    assert ours.models_path == settings.models_path
    assert ours.port != settings.port
    assert {one.kind for one in ours.senders.values()} == MAILED
    assert not MAILED & POSTED
    assert len(ours.senders) == len({s.source for s in history if s.source_kind in MAILED})


def test_the_weeks_end_on_the_last_evening() -> None:
    assert list(weekly(AT, AT.replace(day=16))) == [AT, AT.replace(day=8), AT.replace(day=15), AT.replace(day=16)]
    assert list(weekly(AT, AT)) == [AT]
