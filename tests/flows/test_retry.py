"""What was refused is tried again with the readers of today."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.retry import Retried, mended, retry
from flows.settings import Settings, load_settings
from flows.wiring import open_journal, open_vault
from ingest.refuse import refuse_submission
from store.journal import Journal
from store.records import Channel, Refusal, SourceKind, Submission
from store.vault import Vault

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MAIL = b"From: a@example.org\r\nSubject: Water\r\nDate: Mon, 2 Nov 2026 08:00:00 +0000\r\n\r\nThe plant stopped.\r\n"
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title><item><title>Bridge closed</title>'
    b"<description>The bridge is closed.</description><guid>g1</guid></item></channel></rss>"
)


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Settings, Journal, Vault]]:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(home=tmp_path / "home")
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        yield settings, journal, vault


def again(stores: tuple[Settings, Journal, Vault], channel: Channel, body: bytes, where: str = "file") -> Retried:
    settings, journal, vault = stores
    (id_,) = journal.quarantine([Refusal(channel=channel, source="S", where=where, reason="old", remedy="m", body=body)], NOW)
    (result,) = retry([held for held in journal.quarantined() if held.id == id_], settings, journal, vault, NOW)
    held = journal.quarantined_one(id_)
    assert held is not None
    assert (held.retried_at is not None) == result.taken
    return result


def test_a_mail_that_can_be_read_now_is_taken_in(stores: tuple[Settings, Journal, Vault]) -> None:
    assert again(stores, Channel.MAIL, MAIL).taken
    assert stores[1].count() == 1


def test_a_mail_that_is_still_none_stays_with_its_reason(stores: tuple[Settings, Journal, Vault]) -> None:
    result = again(stores, Channel.MAIL, b"\x00\x01")
    assert (result.taken, bool(result.reason)) == (False, True)


def test_a_feed_is_read_again_and_an_empty_one_stays(stores: tuple[Settings, Journal, Vault]) -> None:
    assert again(stores, Channel.FEED, FEED, "https://example.org/f").taken
    assert "not a feed" in again(stores, Channel.FEED, b"<html>", "https://example.org/g").reason
    empty = b'<rss version="2.0"><channel><title>N</title></channel></rss>'
    assert again(stores, Channel.FEED, empty, "https://example.org/h").reason == "there is nothing in it to take in"


def test_a_row_is_read_again_by_its_names(stores: tuple[Settings, Journal, Vault]) -> None:
    assert again(stores, Channel.TABLE, b'{"id": "1", "text": "The bridge is closed."}').taken
    assert "without its header" in again(stores, Channel.TABLE, b'["1", "The bridge"]').reason
    assert "without its header" in again(stores, Channel.TABLE, b"[" * 100_000).reason


def test_a_refused_submission_is_built_again_and_judged_again(stores: tuple[Settings, Journal, Vault]) -> None:
    good = Submission(channel=Channel.TABLE, source="S", source_kind=SourceKind.NGO, key="1", text="Closed.", occurred_at=NOW)
    assert again(stores, Channel.TABLE, refuse_submission(good, "r", "m").body).taken
    assert stores[1].after(0, 1)[0].submission == good
    empty = Submission(channel=Channel.TABLE, source="S", source_kind=SourceKind.NGO, key="2", text=" ")
    assert "cannot be accepted" in again(stores, Channel.TABLE, refuse_submission(empty, "r", "m").body).reason
    broken = refuse_submission(good, "r", "m").body.replace(b'"ngo"', b'"martian"')
    assert "cannot be read" in again(stores, Channel.TABLE, broken).reason


def test_mended_bytes_take_the_place_of_the_kept_ones(stores: tuple[Settings, Journal, Vault]) -> None:
    settings, journal, vault = stores
    journal.quarantine([Refusal(channel=Channel.MAIL, source="S", where="a.eml", reason="old", remedy="m", body=b"no mail")], NOW)
    (held,) = journal.quarantined()
    assert retry([mended(held, MAIL)], settings, journal, vault, NOW) == (Retried(id=held.id, taken=True),)
