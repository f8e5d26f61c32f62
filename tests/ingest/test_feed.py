import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import feed as feed_module
from ingest.entries import parse_feed
from ingest.feed import FeedSource, read_feed
from ingest.sandbox import Unreadable
from store.records import Health, Refusal, SourceKind, Submission
from tests.ingest.conftest import NOW

URL = "https://feeds.example/a.xml"


def rss(*entries: str, title: str = "Daily") -> bytes:
    return f"<rss version='2.0'><channel><title>{title}</title>{''.join(f'<item>{entry}</item>' for entry in entries)}</channel></rss>".encode()


def read(body: bytes, source: FeedSource | None = None) -> tuple[list[Submission], list[Refusal], Health]:
    results, health, _ = read_feed(body, URL, source or FeedSource(), NOW)
    return [each for each in results if isinstance(each, Submission)], [each for each in results if isinstance(each, Refusal)], health


FULL = (
    "<guid>g1</guid><title>Road &lt;b&gt;closed&lt;/b&gt;</title><link>https://x.example/1</link><description>&lt;p&gt;Since &lt;i&gt;noon&lt;/i&gt;&lt;/p&gt;"
    "</description><pubDate>Mon, 03 Mar 2014 10:12:00 +0200</pubDate><source url='https://wire.example'>The Wire</source>"
)


def test_an_entry_is_read_with_its_real_publisher() -> None:
    (found,), refused, health = read(rss(FULL), FeedSource(kind=SourceKind.BLOG))
    assert (found.source, found.publisher, found.key, found.title, found.text) == ("Daily", "The Wire", "g1", "Road closed", "Since noon")
    assert (found.url, found.source_kind) == ("https://x.example/1", SourceKind.BLOG)
    assert found.occurred_at == datetime(2014, 3, 3, 8, 12, tzinfo=UTC)
    assert (refused, health) == ([], Health.OK)


def test_the_operators_name_goes_before_the_feeds_title_and_the_host_after() -> None:
    assert read(rss(FULL), FeedSource(name="My feed"))[0][0].source == "My feed"
    assert read(rss(FULL, title=""))[0][0].source == "feeds.example"


@pytest.mark.parametrize(
    "body",
    [
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>g1</id><title>T</title><updated>2014-03-03T10:12:00Z</updated><content>words</content></entry></feed>",
        b"<rss version='0.91'><channel><item><title>T</title><description>words</description></item></channel></rss>",
        b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><item><title>T</title><description>words</description></item></r:RDF>",
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "title": "T", "content_html": "<p>words</p>"}]}).encode(),
        b"\xef\xbb\xbf" + json.dumps({"items": [{"id": "1", "title": "T", "content_text": "words"}]}).encode(),
        b"<rss version='2.0'><channel><item><title>T</title><description>words</description>",
    ],
)
def test_every_kind_of_feed_is_read(body: bytes) -> None:
    (found,), _, _ = read(body)
    assert (found.title, found.text) == ("T", "words")


def test_markup_and_scripts_do_not_get_through() -> None:
    title = "<title>&lt;script&gt;alert(1)&lt;/script&gt;T</title>"
    words = "<description>&lt;img src=x onerror=alert(1)&gt;words</description>"
    (found,), _, _ = read(rss(f"{title}<link>javascript:alert(1)</link>{words}"))
    assert (found.title, found.text, found.url) == ("T", "words", "")


def test_a_headline_alone_is_the_text_and_nothing_at_all_is_refused() -> None:
    found, refused, _ = read(rss("<title>Road closed</title>", "<link>https://x.example/1</link>"))
    assert (found[0].text, found[0].title) == ("Road closed", "")
    assert "neither title nor text" in refused[0].reason
    assert refused[0].where == f"{URL} entry 2"


def test_the_longer_of_content_and_summary_is_the_text() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><summary>teaser</summary><content>the whole of the words</content></entry>"
        b"<entry><id>2</id><summary>the whole of the words</summary><content>x</content></entry></feed>"
    )
    assert [each.text for each in read(body)[0]] == ["the whole of the words"] * 2


def test_keys_fall_back_to_the_link_and_then_to_the_words() -> None:
    found, _, _ = read(
        rss("<title>a</title><link>https://x.example/1</link>", "<title>b</title>", "<title>b</title>", f"<title>c</title><guid>{'x' * 600}</guid>")
    )
    assert found[0].key == "https://x.example/1"
    assert found[1].key == found[2].key
    assert len(found[3].key) == 64


def test_a_key_does_not_change_with_the_feeds_address_and_a_relative_link_is_resolved() -> None:
    (found,), _, _ = read(rss("<title>a</title><guid isPermaLink='false'>17</guid><link>/news/17</link>"))
    assert (found.key, found.url) == ("17", "https://feeds.example/news/17")


def test_undated_empty_and_no_feeds_are_told_apart() -> None:
    assert read(rss("<title>a</title>"))[2] is Health.UNDATED
    assert read(rss())[2] is Health.EMPTY
    for body in (b"", b"<html><body>Not found</body></html>", b"just words", b"{", b"[1]", b'{"a": 1}', b"\x00\x01", b'{"items":' + b"[" * 100_000):
        found, refused, health = read(body)
        assert (found, health) == ([], Health.NOT_A_FEED)
        assert refused[0].body == body


@pytest.mark.parametrize("date", ["yesterday", "0000-00-00", "Mon, 99 Foo 2014", ""])
def test_a_date_that_cannot_be_read_is_no_date(date: str) -> None:
    (found,), _, _ = read(rss(f"<title>a</title><pubDate>{date}</pubDate>"))
    assert found.occurred_at is None


def test_a_point_is_taken_and_other_shapes_are_not() -> None:
    head = b"<rss version='2.0' xmlns:georss='http://www.georss.org/georss'><channel>"
    points = (
        "<georss:point>35.1 36.7</georss:point>",
        "<georss:point>95 0</georss:point>",
        "<georss:line>35 36 37 38</georss:line>",
        "<georss:point>x</georss:point>",
    )
    body = head + "".join(f"<item><title>a</title>{point}</item>" for point in points).encode() + b"</channel></rss>"
    found, _, _ = read(body)
    assert [(each.lat, each.lon) for each in found] == [(35.1, 36.7), (None, None), (None, None), (None, None)]


def test_one_odd_entry_does_not_cost_the_others() -> None:
    body = json.dumps({"items": [5, {"id": "1", "content_text": "words"}, {"id": ["x"], "url": 7, "content_html": 8, "title": None}]}).encode()
    found, refused, _ = read(body)
    assert [each.text for each in found] == ["words"]
    assert "cannot be read" in refused[0].reason
    assert len(refused) == 2


def test_dates_of_a_json_feed_are_read() -> None:
    body = json.dumps(
        {"items": [{"content_text": "a", "date_published": "2014-03-03T10:12:00Z"}, {"content_text": "b", "date_modified": "2014-03-04"}]}
    ).encode()
    assert [each.occurred_at for each in read(body)[0]] == [datetime(2014, 3, 3, 10, 12, tzinfo=UTC), datetime(2014, 3, 4, tzinfo=UTC)]


def test_a_declared_file_is_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    body = f"<!DOCTYPE r [<!ENTITY x SYSTEM 'file://{secret}'>]><rss version='2.0'><channel><item><title>a&x;b</title></item></channel></rss>".encode()
    assert "hidden" not in repr(read(body))


def test_a_hundred_thousand_attributes_cost_no_more_than_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "SECONDS", 0.5)
    body = b"<rss version='2.0'><channel><item " + b" ".join(b"a%d='x'" % number for number in range(100_000)) + b"/></channel></rss>"
    _, refused, health = read(body)
    assert health is Health.NOT_A_FEED
    assert "more than 0.5 seconds" in refused[0].reason
    monkeypatch.undo()
    assert read(rss(FULL))[2] is Health.OK


def test_the_parser_says_what_is_no_feed() -> None:
    with pytest.raises(Unreadable, match="not a feed"):
        parse_feed(b"<html/>")
    with pytest.raises(Unreadable, match="not a feed"):
        parse_feed(b"{")
    assert len(parse_feed(rss(*["<title>a</title>"] * 2_100)).entries) == 2_000
    assert parse_feed(rss(FULL)[:-40]).flaw


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"<rss version='2.0'><channel><item><title>", b'{"items": [', b"<feed><entry>"]))
def test_any_bytes_give_a_health(raw: bytes, start: bytes) -> None:
    results, health, detail = read_feed(start + raw, URL, FeedSource(), NOW)
    assert isinstance(health, Health)
    assert isinstance(detail, str)
    assert all(isinstance(each, Submission | Refusal) for each in results)
