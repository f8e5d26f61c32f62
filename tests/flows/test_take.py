"""Everything that is not an HTTP request goes in by `take`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flows.take import Tally, take
from store.journal import Journal
from store.records import Channel, Refusal, SourceKind, Submission
from store.vault import Vault

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def sent(key: str, text: str = "The bridge is closed.", channel: Channel = Channel.TABLE) -> Submission:
    return Submission(channel=channel, source="S", source_kind=SourceKind.NGO, key=key, text=text)


def refusal(where: str) -> Refusal:
    return Refusal(channel=Channel.TABLE, source="S", where=where, reason="r", remedy="m", body=where.encode())


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Vault(tmp_path / "vault.sqlite") as vault, Journal(tmp_path / "journal.sqlite", vault) as found:
        yield found


def test_new_repeated_refused_and_conflicting_entries_are_counted(journal: Journal) -> None:
    entries: list[Submission | Refusal] = [sent("1"), sent("1"), sent("2"), refusal("row 3"), sent("2", "Other."), sent("4", " ")]
    assert take(entries, journal, NOW, batch=2) == Tally(accepted=2, repeated=1, conflicts=1, quarantined=3)
    assert journal.count() == 2
    assert len(journal.quarantined()) == 3


def test_a_feed_entry_that_was_edited_is_kept_beside_its_first_wording(journal: Journal) -> None:
    first, edited = sent("g1", channel=Channel.FEED), sent("g1", "The bridge is open.", Channel.FEED)
    assert take([first], journal, NOW) == Tally(accepted=1)
    assert take([edited], journal, NOW) == Tally(changed=1)
    assert take([edited], journal, NOW) == Tally(repeated=1)
    assert take([first], journal, NOW) == Tally(repeated=1)
    assert [row.submission.text for row in journal.after(0, 10)] == ["The bridge is closed.", "The bridge is open."]
    assert journal.after(0, 10)[1].submission.key.startswith("g1@")
    assert journal.quarantined() == ()


def test_a_conflict_names_the_stored_hash_and_says_what_to_do(journal: Journal) -> None:
    take([sent("1"), sent("1", "Other.")], journal, NOW)
    (held,) = journal.quarantined()
    assert journal.after(0, 1)[0].content_hash in held.refusal.reason
    assert held.refusal.remedy
    assert b"Other." in held.refusal.body


def test_nothing_in_is_nothing_done(journal: Journal) -> None:
    assert take([], journal, NOW) == Tally()


def test_tallies_add_up() -> None:
    assert Tally(accepted=1, conflicts=2) + Tally(accepted=3, quarantined=4) == Tally(accepted=4, conflicts=2, quarantined=4)


@hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.lists(st.sampled_from("abcdef"), max_size=12), batch=st.integers(1, 5))
def test_every_entry_is_counted_once_whatever_the_batch(journal: Journal, keys: list[str], batch: int) -> None:
    mark = str(uuid4())
    entries = [replace(sent(key), source=mark) for key in keys]
    tally = take(entries, journal, NOW, batch)
    assert (tally.accepted, tally.repeated) == (len(set(keys)), len(keys) - len(set(keys)))
