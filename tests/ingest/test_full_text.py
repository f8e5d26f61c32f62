from collections.abc import Callable

import httpx

from ingest.fetch import FeedLimits
from ingest.full_text import article_of, complete
from store.records import Submission

LONG = "The road to the north was closed after the bridge fell into the river, and two villages are cut off. "
PAGE = f"<html><body><nav>Menu</nav><article><h1>Road closed</h1><p>{LONG * 3}</p><p>{LONG * 2}</p></article></body></html>"
Build = Callable[..., Submission]


def client(code: int, page: str) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(code, stream=httpx.ByteStream(page.encode()))))


def limits() -> FeedLimits:
    return FeedLimits(pause=lambda _: None, resolve=lambda _host, _port: ("8.8.8.8",), tries=1)


def test_a_teaser_is_completed_from_its_page(submission: Build) -> None:
    found = complete(submission(text="Road closed", url="https://x.example/1"), client(200, PAGE), limits())
    assert "two villages are cut off" in found.text
    assert "Menu" not in found.text


def test_without_a_page_or_a_longer_text_the_teaser_stays(submission: Build) -> None:
    teaser = submission(text="Road closed", url="https://x.example/1")
    assert complete(teaser, client(404, PAGE), limits()) == teaser
    assert complete(teaser, client(200, "<html></html>"), limits()) == teaser
    assert complete(submission(), client(200, PAGE), limits()) == submission()


def test_a_page_of_no_article_is_empty() -> None:
    assert article_of(b"") == ""
    assert "bridge" in article_of(PAGE.encode())
