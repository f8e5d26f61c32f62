"""A feed's URL -> its bytes and what the visit found: conditional, bounded in time, size and redirects, and only to public addresses."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin

import httpx

from ingest.accept import safe_url
from ingest.public_address import NotPublic, Resolve, dialable, resolve
from ingest.unpack import BadPacking, TooLarge, read_body
from ingest.watch import Watch
from store.records import Health, SourceState

REDIRECTS = (301, 302, 303, 307, 308)
AGENT = "hivecast (feed reader)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLimits:
    """Bounds of one visit. `seconds` is for each try; `pause` waits between tries; `allow_private` is for feeds on this machine only."""

    max_bytes: int = 5 << 20
    seconds: float = 30.0
    redirects: int = 5
    tries: int = 3
    allow_private: bool = False
    pause: Callable[[float], None] = time.sleep
    resolve: Resolve = resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a visit brought: `body` is None unless the health is OK."""

    state: SourceState
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    """One try at a visit."""

    state: SourceState
    client: httpx.Client
    limits: FeedLimits
    number: int


class _Stop(Exception):
    """The visit is over: trying again would find the same."""

    def __init__(self, health: Health, detail: str) -> None:
        super().__init__(detail)
        self.health = health


def fetch_feed(url: str, state: SourceState, client: httpx.Client, limits: FeedLimits, now: datetime | None = None) -> Fetched:
    """Fetch a feed if it changed since `state`; never raises for what a server or a network does.

    Server errors, time-outs and cut bodies are tried again with growing pauses (1 s, 2 s, ...). The host is resolved once for each hop,
    checked, and the checked address is dialled. The new state's `cursor` is the hash of the body, by which an unchanged feed is known even
    where the server forgets its ETag. `now` becomes `checked_at`.
    """
    state = replace(state, checked_at=now or state.checked_at)
    detail = ""
    for number in range(limits.tries):
        if number:
            limits.pause(2.0 ** (number - 1))
        try:
            return _follow(url, _Try(state=state, client=client, limits=limits, number=number))
        except _Stop as stop:
            return _failed(state, stop.health, str(stop))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            detail = str(error) or type(error).__name__
    return _failed(state, Health.UNREACHABLE, f"{detail} ({limits.tries} tries)")


def _failed(state: SourceState, health: Health, detail: str) -> Fetched:
    return Fetched(state=replace(state, health=health, detail=detail[:300], failures=state.failures + 1))


def _follow(url: str, attempt: _Try) -> Fetched:
    """Follow redirects by hand: each hop is checked as the first one was."""
    seen = [url]
    answer = _hop(url, attempt)
    while isinstance(answer, str):
        if answer in seen:
            raise _Stop(Health.UNREACHABLE, f"its redirects go round in a circle at {answer}")
        if len(seen) > attempt.limits.redirects:
            raise _Stop(Health.UNREACHABLE, f"it redirects more than {attempt.limits.redirects} times")
        seen.append(answer)
        answer = _hop(answer, attempt)
    return answer


def _hop(url: str, attempt: _Try) -> Fetched | str:
    """Ask once; returns what came, or the URL it was sent on to."""
    watch = Watch()
    request = _request(url, attempt, watch)
    with watch.limit(attempt.limits.seconds):
        response = attempt.client.send(request, stream=True, follow_redirects=False)
        try:
            return _answer(url, response, attempt)
        finally:
            response.close()


def _answer(url: str, response: httpx.Response, attempt: _Try) -> Fetched | str:
    if response.status_code in REDIRECTS:
        return urljoin(url, str(response.headers.get("location", "")))
    _check(response.status_code)
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return Fetched(state=_unchanged(attempt.state))
    try:
        return _fetched(attempt.state, response, read_body(response, attempt.limits.max_bytes))
    except TooLarge as error:
        raise _Stop(Health.TOO_LARGE, str(error)) from None
    except BadPacking as error:
        raise _Stop(Health.NOT_A_FEED, str(error)) from None


def _fetched(state: SourceState, response: httpx.Response, body: bytes) -> Fetched:
    digest = hashlib.sha256(body).hexdigest()
    fresh = replace(state, etag=_sent_back(response, "etag"), modified=_sent_back(response, "last-modified"), detail="", failures=0, cursor=digest)
    if digest == state.cursor:
        return Fetched(state=_unchanged(replace(fresh, detail=state.detail)))
    return Fetched(state=replace(fresh, health=Health.OK), body=body, headers=dict(response.headers))


def _unchanged(state: SourceState) -> SourceState:
    """Say that nothing changed; what was wrong with the same bytes last time is still wrong with them."""
    if state.health in (Health.NOT_A_FEED, Health.EMPTY, Health.UNDATED):
        return replace(state, failures=0)
    return replace(state, health=Health.UNCHANGED, detail="", failures=0)


def _sent_back(response: httpx.Response, name: str) -> str:
    """Return a header that we shall send back, where it can be."""
    value = str(response.headers.get(name, ""))
    return value if value.isascii() and value.isprintable() and len(value) <= 500 else ""


def _check(code: int) -> None:
    if code in (401, 403, 407, 451):
        raise _Stop(Health.REFUSED, f"the server answers {code}: it wants a login, or does not want us")
    if code == httpx.codes.GONE:
        raise _Stop(Health.GONE, "the server answers 410: the feed is gone for good")
    if code == httpx.codes.TOO_MANY_REQUESTS or code >= 500:
        raise OSError(f"the server answers {code}")
    if code not in (200, 203, 226, 304):
        raise _Stop(Health.UNREACHABLE, f"the server answers {code}")


def _request(url: str, attempt: _Try, watch: Watch) -> httpx.Request:
    """Build a request to the checked address that names the host in Host and in the TLS handshake."""
    if not safe_url(url):
        raise _Stop(Health.UNREACHABLE, f"{url[:200]!r} is not an http or https URL")
    wanted, limits = httpx.URL(url), attempt.limits
    try:
        addresses = dialable(wanted.host, wanted.port or (443 if wanted.scheme == "https" else 80), limits.allow_private, limits.resolve)
    except NotPublic as wrong:
        raise _Stop(Health.UNREACHABLE, str(wrong)) from None
    return attempt.client.build_request(
        "GET",
        wanted.copy_with(host=addresses[attempt.number % len(addresses)], fragment=None, userinfo=b""),
        headers=_headers(wanted, attempt.state),
        timeout=httpx.Timeout(min(10.0, limits.seconds)),
        extensions={"sni_hostname": wanted.host, "trace": watch},
    )


def _headers(url: httpx.URL, state: SourceState) -> dict[str, str]:
    """Ask for what changed; no compression but the one we can bound, and a connection of our own that the watch can close."""
    asked = {"Host": url.netloc.decode("ascii"), "User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
    asked["Accept"] = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
    if state.etag:
        asked["If-None-Match"] = state.etag
    if state.modified:
        asked["If-Modified-Since"] = state.modified
    return asked
