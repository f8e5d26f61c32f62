import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import httpx
import pytest

from ingest.feed import FeedLimits, fetch_feed
from ingest.fetch import Fetched
from ingest.watch import Watch
from store.records import Health, SourceState
from tests.ingest.conftest import NOW

FEED = b"<rss version='2.0'><channel><title>t</title></channel></rss>"


class Misbehaving(BaseHTTPRequestHandler):
    """Answers each path in its own bad way."""

    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        name = self.path.strip("/").split("/")[0].replace("-", "_")
        getattr(self, f"on_{name}")()

    def answer(self, code: int = 200, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for key, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def on_good(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.answer(304)
        else:
            self.answer(body=FEED, ETag='"v1"', Last_Modified="Mon, 03 Mar 2014 10:00:00 GMT", Content_Type="application/rss+xml")

    def on_forgetful(self) -> None:
        self.answer(body=FEED, ETag="caf\u00e9")

    def on_packed(self) -> None:
        self.answer(body=gzip.compress(FEED), Content_Encoding="gzip")

    def on_deflated(self) -> None:
        self.answer(body=zlib.compress(FEED), Content_Encoding="deflate")

    def on_brotli(self) -> None:
        self.answer(body=FEED, Content_Encoding="br")

    def on_garbled(self) -> None:
        self.answer(body=b"no gzip at all", Content_Encoding="gzip")

    def on_bomb(self) -> None:
        self.answer(body=gzip.compress(b"0" * (200 << 20), 9), Content_Encoding="gzip")

    def on_large(self) -> None:
        self.answer(body=b"0" * (6 << 20))

    def on_gone(self) -> None:
        self.answer(410)

    def on_login(self) -> None:
        self.answer(401)

    def on_forbidden(self) -> None:
        self.answer(403)

    def on_missing(self) -> None:
        self.answer(404)

    def on_busy(self) -> None:
        self.answer(503)

    def on_recovers(self) -> None:
        tries = sum(path == "/recovers" for path, _ in self.asked)
        self.answer(500) if tries < 3 else self.answer(body=FEED)

    def on_loop(self) -> None:
        self.answer(302, Location="/loop")

    def on_far(self) -> None:
        self.answer(302, Location=f"/far/{self.path.count('/')}" + "/x" * self.path.count("/"))

    def on_moved(self) -> None:
        self.answer(301, Location="/good")

    def on_file(self) -> None:
        self.answer(302, Location="file:///etc/passwd")

    def on_inward(self) -> None:
        self.answer(302, Location="http://10.0.0.1/secret")

    def on_broken_location(self) -> None:
        self.answer(302, Location="http://[broken")

    def on_cut(self) -> None:
        self.answer(body=FEED, Content_Length="5000")

    def on_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip(b"x" * 100)

    def on_slow_head(self) -> None:
        self.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100)

    def on_garbage(self) -> None:
        self.wfile.write(b"\x00\x01 what?\r\n\r\n")

    def drip(self, body: bytes) -> None:
        for byte in body:
            try:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving) as running:
        running.daemon_threads = True
        running.block_on_close = False
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as opened:
        yield opened


def fetch(url: str, client: httpx.Client, state: SourceState | None = None, **limits: object) -> Fetched:
    bounds = FeedLimits(**{"allow_private": True, "pause": lambda _: None, "seconds": 5.0, **limits})  # type: ignore[arg-type]
    return fetch_feed(url, state or SourceState(location=url, name="f"), client, bounds, NOW)


def test_a_feed_is_fetched_with_what_the_next_visit_needs(server: str, client: httpx.Client) -> None:
    found = fetch(f"{server}/good", client)
    assert found.body == FEED
    assert (found.state.health, found.state.etag, found.state.checked_at, found.state.failures) == (Health.OK, '"v1"', NOW, 0)
    assert found.headers["content-type"] == "application/rss+xml"
    assert len(found.state.cursor) == 64


def test_an_unchanged_feed_is_not_sent_again(server: str, client: httpx.Client) -> None:
    first = fetch(f"{server}/good", client)
    again = fetch(f"{server}/good", client, first.state)
    assert (again.state.health, again.body, again.state.etag) == (Health.UNCHANGED, None, '"v1"')
    assert Misbehaving.asked[-1][1]["If-Modified-Since"] == "Mon, 03 Mar 2014 10:00:00 GMT"


def test_an_unchanged_body_is_known_where_the_server_forgets(server: str, client: httpx.Client) -> None:
    first = fetch(f"{server}/forgetful", client)
    assert (first.state.health, first.state.etag) == (Health.OK, "")
    assert fetch(f"{server}/forgetful", client, first.state).state.health is Health.UNCHANGED


@pytest.mark.parametrize("path", ["good", "forgetful"])
def test_what_was_wrong_with_an_unchanged_feed_is_still_said(server: str, client: httpx.Client, path: str) -> None:
    bad = replace(fetch(f"{server}/{path}", client).state, health=Health.UNDATED, detail="no dates")
    again = fetch(f"{server}/{path}", client, bad)
    assert (again.state.health, again.state.detail, again.body) == (Health.UNDATED, "no dates", None)


@pytest.mark.parametrize("path", ["packed", "deflated", "moved"])
def test_packed_and_moved_feeds_are_read(server: str, client: httpx.Client, path: str) -> None:
    assert fetch(f"{server}/{path}", client).body == FEED


@pytest.mark.parametrize(
    ("path", "health", "word"),
    [
        ("gone", Health.GONE, "410"),
        ("login", Health.REFUSED, "401"),
        ("forbidden", Health.REFUSED, "403"),
        ("missing", Health.UNREACHABLE, "404"),
        ("busy", Health.UNREACHABLE, "503 (3 tries)"),
        ("cut", Health.UNREACHABLE, "3 tries"),
        ("garbage", Health.UNREACHABLE, "3 tries"),
        ("loop", Health.UNREACHABLE, "circle"),
        ("far", Health.UNREACHABLE, "more than 5 times"),
        ("file", Health.UNREACHABLE, "not an http"),
        ("broken-location", Health.UNREACHABLE, ""),
        ("brotli", Health.NOT_A_FEED, "'br'"),
        ("garbled", Health.NOT_A_FEED, "compression is broken"),
        ("bomb", Health.TOO_LARGE, "5242880"),
        ("large", Health.TOO_LARGE, "5242880"),
    ],
)
def test_each_misbehaviour_is_a_health_with_its_detail(server: str, client: httpx.Client, path: str, health: Health, word: str) -> None:
    found = fetch(f"{server}/{path}", client)
    assert found.body is None
    assert found.state.health is health
    assert word in found.state.detail
    assert found.state.failures == 1


def test_a_server_that_recovers_is_waited_for_with_growing_pauses(server: str, client: httpx.Client) -> None:
    pauses: list[float] = []
    assert fetch(f"{server}/recovers", client, pause=pauses.append).body == FEED
    assert pauses == [1.0, 2.0]


@pytest.mark.parametrize("path", ["slow", "slow-head"])
def test_a_server_that_drips_is_left(server: str, client: httpx.Client, path: str) -> None:
    began = time.monotonic()
    found = fetch(f"{server}/{path}", client, seconds=0.5, tries=1)
    assert found.state.health is Health.UNREACHABLE
    assert "more than 0.5 seconds" in found.state.detail
    assert time.monotonic() - began < 4


def test_nobody_there_is_unreachable(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert fetch(f"http://127.0.0.1:{port}/", client, tries=1).state.health is Health.UNREACHABLE


@pytest.mark.parametrize("url", ["gopher://x/", "file:///etc/passwd", "http://", "http://a b/", "http://x\u0000y/", "http://[::1", "http://" + "a" * 300 + "/"])
def test_odd_urls_are_unreachable_and_never_dialled(client: httpx.Client, url: str) -> None:
    assert fetch(url, client, resolve=never).state.health is Health.UNREACHABLE


def never(host: str, _port: int) -> tuple[str, ...]:
    raise OSError(f"{host} is not known")


def test_an_inner_address_is_not_dialled(server: str, client: httpx.Client) -> None:
    before = len(Misbehaving.asked)
    found = fetch(f"{server}/good", client, allow_private=False)
    assert "not a public address" in found.state.detail
    assert len(Misbehaving.asked) == before


def test_a_redirect_inwards_is_not_followed(server: str, client: httpx.Client) -> None:
    dialled: list[str] = []

    def public_name(host: str, _port: int) -> tuple[str, ...]:
        dialled.append(host)
        return ("127.0.0.1",) if host == "127.0.0.1" else ("10.0.0.1",)

    found = fetch(f"{server}/inward", client, resolve=public_name, tries=1, seconds=0.5)
    assert dialled == ["127.0.0.1", "10.0.0.1"]
    assert found.body is None


def test_the_checked_address_is_dialled_and_the_host_still_named(server: str, client: httpx.Client) -> None:
    port = server.rpartition(":")[2]
    asked: list[str] = []

    def once(host: str, _port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    assert fetch(f"http://user:pass@feeds.example:{port}/good", client, resolve=once).body == FEED
    assert asked == ["feeds.example"]
    assert Misbehaving.asked[-1][1]["Host"] == f"feeds.example:{port}"
    assert "Authorization" not in Misbehaving.asked[-1][1]


def test_a_second_address_is_tried_after_the_first(server: str, client: httpx.Client) -> None:
    port = server.rpartition(":")[2]
    assert fetch(f"http://feeds.example:{port}/good", client, resolve=lambda _host, _port: ("127.0.0.9", "127.0.0.1"), tries=2).body == FEED


def test_the_handshake_names_the_host_and_not_the_address(client: httpx.Client) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    named: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=shake, args=(listening, context), daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        found = fetch(f"https://feeds.example:{port}/", client, resolve=lambda _host, _port: ("127.0.0.1",), tries=1)
        thread.join(5)
    assert named == ["feeds.example"]
    assert found.state.health is Health.UNREACHABLE


def shake(listening: socket.socket, context: ssl.SSLContext) -> None:
    plain, _ = listening.accept()
    with plain:
        try:
            context.wrap_socket(plain, server_side=True).close()
        except OSError:
            return


def test_a_watch_that_is_late_stops_the_next_step() -> None:
    watch = Watch()
    watch._shut()
    with pytest.raises(TimeoutError):
        watch("http11.send_request_headers.started", {})
