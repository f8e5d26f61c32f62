import asyncio
import json
import resource
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.committer import MOST_WRITES_PER_COMMIT
from store.errors import HivecastError, StorageFull
from store.journal import Journal, content_hash, report_id
from store.records import Channel, Health, Outcome, Refusal, Ruling, RulingKind, SourceKind, SourceState, Submission
from store.sqlite import connect, micros, moment, told
from store.vault import Vault
from tests.store.samples import NOON, correction, full_submission, hours, ruling, submission

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault(tmp_path / "vault.sqlite") as vault:
        yield vault


@pytest.fixture
def journal(tmp_path: Path, vault: Vault) -> Iterator[Journal]:
    with Journal(tmp_path / "journal.sqlite", vault) as journal:
        yield journal


@contextmanager
def a_disk_with_room_for(extra: int, file: Path) -> Iterator[None]:
    """Let no file grow beyond the size of `file` and `extra` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + extra, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def outcomes(*receipts: object) -> list[object]:
    return [receipt.outcome for receipt in receipts]  # type: ignore[attr-defined]


def test_a_submission_is_new_once_then_repeated_and_another_content_is_a_conflict_that_names_the_stored_hash(journal: Journal) -> None:
    first = journal.submit(submission(), NOON)
    again = journal.submit(submission(), hours(1))
    other = journal.submit(submission(text="The well is full."), hours(2))
    assert outcomes(first, again, other) == [Outcome.NEW, Outcome.REPEATED, Outcome.CONFLICT]
    assert first.report_id == again.report_id == other.report_id == report_id("wells", "1")
    assert first.content_hash == again.content_hash == other.content_hash == content_hash(submission())
    assert first.received_at == again.received_at == other.received_at == NOON
    assert journal.count() == 1


def test_within_one_batch_the_same_key_is_new_then_repeated_then_a_conflict(journal: Journal) -> None:
    receipts = journal.submit_many([submission(), submission(), submission(text="Other.")], NOON)
    assert outcomes(*receipts) == [Outcome.NEW, Outcome.REPEATED, Outcome.CONFLICT]


def test_nothing_submitted_is_nothing_kept(journal: Journal) -> None:
    assert journal.submit_many([], NOON) == ()
    assert asyncio.run(journal.submit_async([], NOON)) == ()
    assert journal.count() == 0


def test_what_is_kept_comes_back_whole_but_without_its_sender(journal: Journal, vault: Vault, tmp_path: Path) -> None:
    given_ = full_submission()
    receipt = journal.submit(given_, NOON)
    row = journal.find(receipt.report_id)
    assert row is not None
    assert row.submission == replace(given_, sender="")
    assert (row.seq, row.received_at, row.content_hash) == (1, NOON, receipt.content_hash)
    assert vault.sender(receipt.report_id) == "amina@example.org"
    files = [file for file in tmp_path.iterdir() if file.name.startswith("journal")]
    assert files
    assert all(b"amina" not in file.read_bytes() for file in files)


def test_only_the_sender_of_what_was_kept_is_remembered(journal: Journal, vault: Vault) -> None:
    receipt = journal.submit(submission(sender="Amina"), NOON)
    journal.submit(submission(text="Other.", sender="Somebody else"), NOON)
    journal.submit(submission(sender="Somebody else"), NOON)
    assert vault.sender(receipt.report_id) == "Amina"


def test_rows_are_listed_in_the_order_of_their_commits(journal: Journal) -> None:
    journal.submit_many([submission(str(number)) for number in range(5)], NOON)
    assert [row.submission.key for row in journal.after(0, 3)] == ["0", "1", "2"]
    assert [row.seq for row in journal.after(3, 10)] == [4, 5]
    assert journal.after(5, 10) == ()
    assert journal.find("r-unknown") is None


def test_a_time_without_a_zone_is_refused_and_other_zones_are_the_same_moment(journal: Journal) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        journal.submit(submission(), datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake under test
    with pytest.raises(ValueError, match="without a zone"):
        journal.submit(replace(submission(), occurred_at=datetime(2026, 1, 1)), NOON)  # noqa: DTZ001 - the mistake under test
    east = NOON.astimezone(timezone(timedelta(hours=3)))
    assert content_hash(replace(submission(), occurred_at=east)) == content_hash(replace(submission(), occurred_at=NOON))


@pytest.mark.parametrize("bad", [{"lat": float("nan")}, {"text": "lone \ud800"}, {"key": "\udfff"}])
def test_a_value_that_cannot_be_kept_raises_at_its_own_caller_and_keeps_nothing(journal: Journal, bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"JSON|surrogates"):
        journal.submit_many([submission("good"), replace(submission(), **bad)], NOON)  # type: ignore[arg-type]
    assert journal.count() == 0


@given(source=WORDS, key=WORDS, text=WORDS, title=WORDS)
def test_ids_and_hashes_depend_on_content_alone(source: str, key: str, text: str, title: str) -> None:
    one = Submission(channel=Channel.FEED, source=source, source_kind=SourceKind.NEWS, key=key, text=text, title=title)
    assert content_hash(one) == content_hash(replace(one, sender="x"))
    assert content_hash(one) != content_hash(replace(one, text=text + "."))
    assert report_id(source, key) != report_id(source, key + "x")
    assert report_id(source, key)[0] == "r"
    assert set(report_id(source, key)[1:]) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert len(report_id(source, key)) == 16


def test_the_hash_of_a_submission_stays_what_it_always_was() -> None:
    assert report_id("wells", "1") == "rgfjvhw3u5ksxj57"
    assert content_hash(submission()) == "0a157f071b37136eec66db75d16a8f6c7388eaeae494aca1302f800988a0f2f4"


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_a_moment_survives_to_the_microsecond(when: datetime) -> None:
    assert moment(micros(when)) == when


def test_many_threads_at_once_keep_each_submission_once(journal: Journal) -> None:
    found: list[object] = []

    def send() -> None:
        found.extend(journal.submit(submission(str(number)), NOON).outcome for number in range(40))

    threads = [threading.Thread(target=send) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count(Outcome.NEW) == journal.count() == 40
    assert found.count(Outcome.REPEATED) == 15 * 40


def test_many_coroutines_share_commits_and_each_gets_its_own_receipts(journal: Journal) -> None:
    async def main() -> list[tuple[object, ...]]:
        return await asyncio.gather(*(journal.submit_async([submission(f"{n}a"), submission(f"{n}b")], NOON) for n in range(200)))

    answers = asyncio.run(main())
    assert [[one.report_id for one in pair] for pair in answers] == [  # type: ignore[attr-defined]
        [report_id("wells", f"{n}a"), report_id("wells", f"{n}b")] for n in range(200)
    ]
    assert journal.count() == 400


def test_more_writes_than_one_commit_may_hold_are_all_kept(journal: Journal) -> None:
    async def main() -> None:
        blocker = connect(journal._committer._path)
        blocker.execute("BEGIN IMMEDIATE")
        tasks = [asyncio.create_task(journal.submit_async([submission(str(n))], NOON)) for n in range(3 * MOST_WRITES_PER_COMMIT)]
        await asyncio.sleep(0.05)
        blocker.execute("ROLLBACK")
        blocker.close()
        await asyncio.gather(*tasks)

    asyncio.run(main())
    assert journal.count() == 3 * MOST_WRITES_PER_COMMIT


def test_several_may_create_the_same_files_at_once(tmp_path: Path) -> None:
    found: list[Outcome] = []

    def work() -> None:
        with Vault(tmp_path / "v.sqlite") as vault, Journal(tmp_path / "j.sqlite", vault) as journal:
            found.append(journal.submit(submission(sender="Amina"), NOON).outcome)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [Outcome.NEW] + [Outcome.REPEATED] * 7


def test_a_coroutine_that_gave_up_disturbs_nobody(journal: Journal) -> None:
    async def main() -> None:
        task = asyncio.create_task(journal.submit_async([submission("gave up")], NOON))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await journal.submit_async([submission("went on")], NOON)

    asyncio.run(main())
    assert journal.submit(submission("later"), NOON).outcome is Outcome.NEW


def test_an_event_loop_that_was_closed_does_not_end_the_committing_thread(journal: Journal) -> None:
    loop = asyncio.new_event_loop()
    coroutine = journal.submit_async([submission("lost")], NOON)
    with sqlite3.connect(journal._committer._path, isolation_level=None) as blocker:
        blocker.execute("BEGIN IMMEDIATE")  # the commit waits until the loop is gone
        task = loop.create_task(coroutine)
        loop.run_until_complete(asyncio.sleep(0.05))
        task.cancel()
        loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
        loop.close()
        blocker.execute("ROLLBACK")
    blocker.close()
    assert journal.submit(submission("after"), NOON).outcome is Outcome.NEW
    assert journal.count() == 2


@pytest.mark.parametrize("file", ["journal.sqlite-wal", "vault.sqlite-wal"])
def test_when_the_disk_is_full_every_waiter_hears_of_it_and_later_submissions_are_kept(journal: Journal, vault: Vault, tmp_path: Path, file: str) -> None:
    journal.submit(submission("before", sender="Amina"), NOON)
    big = "x" * 3_000_000
    mine = submission("big", text=big) if file.startswith("journal") else submission("big", sender=big)
    errors: list[object] = []

    def send(one: Submission) -> None:
        try:
            journal.submit(one, NOON)
        except StorageFull as error:
            errors.append(error)

    with a_disk_with_room_for(1_000_000, tmp_path / file):
        threads = [threading.Thread(target=send, args=(replace(mine, key=f"big{number}"),)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with pytest.raises(StorageFull, match="free some space"):
            asyncio.run(journal.submit_async([mine], NOON))
    assert len(errors) == len({id(error) for error in errors}) == 3
    assert journal.count() == 1
    assert vault.sender(report_id("wells", "big0")) is None
    assert outcomes(journal.submit(mine, NOON), journal.submit(submission("before"), NOON)) == [Outcome.NEW, Outcome.REPEATED]


def test_a_submission_that_sqlite_itself_refuses_costs_nobody_else(journal: Journal) -> None:
    def broken(page: object) -> None:
        raise KeyError("mine alone")

    with pytest.raises(KeyError, match="mine alone"):
        journal._committer.write(broken)
    assert journal.submit(submission(), NOON).outcome is Outcome.NEW


def test_a_closed_journal_says_that_nothing_was_kept(tmp_path: Path, vault: Vault) -> None:
    journal = Journal(tmp_path / "j.sqlite", vault)
    journal.submit(submission(), NOON)
    journal.close()
    with pytest.raises(HivecastError, match="nothing was kept"):
        journal.submit(submission("2"), NOON)
    journal._committer.close()


def test_a_connection_that_broke_is_opened_anew(journal: Journal) -> None:
    journal.submit(submission(), NOON)
    assert journal._committer._connection
    journal._committer._connection.close()
    with pytest.raises(HivecastError, match="nothing was kept"):
        journal.submit(submission("2"), NOON)
    assert journal.submit(submission("2"), NOON).outcome is Outcome.NEW


def test_the_file_is_its_owners_alone_and_survives_being_opened_again(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "deep" / "journal.sqlite"
    for outcome in (Outcome.NEW, Outcome.REPEATED):
        with Journal(path, vault) as journal:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert journal.submit(submission(), NOON).outcome is outcome


def test_the_file_is_kept_as_promised(journal: Journal) -> None:
    connection = connect(journal._committer._path)
    pragmas = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "secure_delete")}
    connection.close()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_a_file_that_stays_locked_is_told_in_words(journal: Journal) -> None:
    one, two = (sqlite3.connect(journal._committer._path, timeout=0, isolation_level=None) for _ in range(2))
    one.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        two.execute("BEGIN IMMEDIATE")
    one.close()
    two.close()
    assert "locked" in str(told(caught.value))
    assert isinstance(told(OSError(28, "No space left on device")), StorageFull)
    assert told(mistake := KeyError("x")) is mistake


def refusal(where: str = "row 7", body: bytes = b"a;b", reason: str = "no text") -> Refusal:
    return Refusal(channel=Channel.TABLE, source="wells", where=where, reason=reason, remedy="add a text", body=body)


def test_a_refusal_is_kept_once_for_the_same_bytes_at_the_same_place(journal: Journal) -> None:
    assert journal.quarantine([refusal(), refusal("row 8"), refusal(), refusal(body=b"other")], NOON) == (1, 2, 1, 3)
    assert [one.id for one in journal.quarantined()] == [1, 2, 3]
    one = journal.quarantined_one(2)
    assert one is not None
    assert (one.at, one.refusal, one.retried_at) == (NOON, refusal("row 8"), None)
    assert journal.quarantined_one(9) is None


def test_a_refusal_is_released_by_a_retry_and_waits_again_when_refused_again(journal: Journal) -> None:
    journal.quarantine([refusal()], NOON)
    journal.release(1, hours(1))
    released = journal.quarantined_one(1)
    assert released
    assert released.retried_at == hours(1)
    journal.quarantine([refusal(reason="still no text")], hours(2))
    again = journal.quarantined_one(1)
    assert again
    assert (again.retried_at, again.refusal.reason, again.at) == (None, "still no text", NOON)


def test_the_bytes_of_a_refusal_are_cut_to_one_mebibyte(journal: Journal) -> None:
    journal.quarantine([refusal(body=b"x" * (3 << 20))], NOON)
    assert len(journal.quarantined()[0].refusal.body) == 1 << 20


def test_the_state_of_a_source_is_what_was_saved_last(journal: Journal) -> None:
    assert journal.source_state("https://example.org/feed") is None
    state = SourceState(location="https://example.org/feed", name="River", health=Health.UNCHANGED, etag='"1"', checked_at=NOON, failures=2)
    other = SourceState(location="a", name="A")
    for one in (replace(state, health=Health.GONE), other, state):
        journal.save_source_state(one)
    assert journal.source_state("https://example.org/feed") == state
    assert journal.source_states() == (other, state)


def test_documents_give_their_latest_version_and_keep_the_earlier_ones(journal: Journal, tmp_path: Path) -> None:
    for kind, name, body in [("objective", "b", "1"), ("objective", "a", "1"), ("partner", "a", "p"), ("objective", "b", "2"), ("objective", "b", "2")]:
        journal.put_document(kind, name, body)
    assert journal.documents("objective") == (("a", "1"), ("b", "2"))
    assert journal.documents("partner") == (("a", "p"),)
    connection = connect(tmp_path / "journal.sqlite")
    kept = connection.execute("SELECT body FROM documents WHERE kind = 'objective' AND id = 'b' ORDER BY number").fetchall()
    connection.close()
    assert kept == [("1",), ("2",)]


WRITER = """
import os, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from store.journal import Journal
from store.vault import Vault
from tests.store.samples import submission

folder, name = Path(sys.argv[1]), sys.argv[2]
journal = Journal(folder / "journal.sqlite", Vault(folder / "vault.sqlite"))

def send(thread):
    for number in range(100_000):
        key = f"{name}-{thread}-{number}"
        receipt = journal.submit(submission(key, sender=f"sender of {key}"), datetime.now(UTC))
        os.write(1, f"{key} {receipt.report_id} {receipt.outcome}\\n".encode())

for thread in range(8):
    threading.Thread(target=send, args=(thread,)).start()
"""


def writer(folder: Path, name: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder), name], stdout=subprocess.PIPE, text=True)


def run_and_kill(folder: Path, rounds: int, writers: int, acknowledgements: int) -> dict[str, str]:
    """Kill `writers` processes at once after so many acknowledgements, `rounds` times; return what was acknowledged as new."""
    acknowledged: dict[str, str] = {}
    for round_ in range(rounds):
        processes = [writer(folder, f"{round_}-{number}") for number in range(writers)]
        lines = [processes[0].stdout.readline() for _ in range(acknowledgements + 37 * round_)]  # type: ignore[union-attr]
        for process in processes:
            process.kill()
        for process in processes:
            lines += process.communicate()[0].splitlines(keepends=True)
        for line in lines:
            if line.endswith("\n"):
                key, id_, outcome = line.split()
                assert outcome == "new"
                acknowledged[key] = id_
    return acknowledged


@pytest.mark.slow
def test_after_kill_9_nothing_acknowledged_is_lost_or_doubled_and_every_identity_is_there(tmp_path: Path) -> None:
    acknowledged = run_and_kill(tmp_path, rounds=3, writers=2, acknowledgements=200)
    with Vault(tmp_path / "vault.sqlite") as vault, Journal(tmp_path / "journal.sqlite", vault) as journal:
        stored = [row.submission.key for row in journal.after(0, 1_000_000)]
        assert len(acknowledged) > 600
        assert len(stored) == len(set(stored))
        assert set(acknowledged) <= set(stored)
        assert all(vault.sender(id_) == f"sender of {key}" for key, id_ in acknowledged.items())
        again = journal.submit_many([submission(key) for key in acknowledged], NOON)
        assert {receipt.outcome for receipt in again} == {Outcome.REPEATED}
        assert journal._read("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.slow
def test_processes_that_write_at_once_take_turns(tmp_path: Path) -> None:
    processes = [writer(tmp_path, f"0-{number}") for number in range(3)]
    counts = [0, 0, 0]

    def count(number: int) -> None:
        for _ in processes[number].stdout or ():
            counts[number] += 1

    for process in processes:  # wait until all of them are at it
        assert process.stdout
        assert process.stdout.readline()
    readers = [threading.Thread(target=count, args=(number,)) for number in range(3)]
    for reader in readers:
        reader.start()
    time.sleep(3)
    for process in processes:
        process.kill()
        process.wait()
    for reader in readers:
        reader.join()
    for process in processes:
        process.communicate()
    assert min(counts) > max(counts) / 4


def test_the_body_kept_is_plain_json(journal: Journal) -> None:
    journal.submit(full_submission(), NOON)
    body = json.loads(journal._read("SELECT body FROM submissions")[0][0])
    assert body["occurred_at"] == "2026-03-01T15:30:00.123456+00:00"
    assert "sender" not in body


def test_a_correction_is_kept_once_and_listed_by_time_and_id(journal: Journal) -> None:
    late, early, same = correction("c1", 2, report_id="r1"), correction("c2", 1), correction("c0", 2)
    for one in (late, early, same, replace(late, text="changed")):
        journal.put_correction(one)
    assert journal.corrections() == (early, same, late)


def test_a_correction_is_taken_back_once(journal: Journal) -> None:
    journal.put_correction(correction())
    assert journal.undo_correction("unknown", hours(1)) is False
    assert journal.undo_correction("c1", hours(1)) is True
    assert journal.undo_correction("c1", hours(2)) is False
    assert journal.corrections() == (correction(undone_at=hours(1)),)
    journal.put_correction(correction())
    assert journal.corrections() == (correction(undone_at=hours(1)),)


def test_a_correction_that_was_taken_back_before_it_is_kept_stays_so(journal: Journal) -> None:
    journal.put_correction(correction(undone_at=hours(3)))
    assert journal.corrections() == (correction(undone_at=hours(3)),)
    assert journal.undo_correction("c1", hours(4)) is False


def test_a_journal_of_the_first_version_opens_with_all_its_rows_and_takes_corrections(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "journal.sqlite"
    with Journal(path, vault) as journal:
        receipt = journal.submit(submission(), NOON)
    with closing(sqlite3.connect(path)) as old:
        for table in ("corrections", "rulings", "decisions", "blueprints", "asks", "answers", "confirmations", "endings"):
            old.execute(f"DROP TABLE {table}")
        old.execute("PRAGMA user_version=1")
    for _ in range(2):
        with Journal(path, vault) as journal:
            journal.put_correction(correction())
            assert journal.find(receipt.report_id) is not None
            assert journal.corrections() == (correction(),)
            assert journal.rulings() == ()


def decided(id_: str = "h1", at: float = 0, undone_at: datetime | None = None, undone_by: str = "") -> Ruling:
    return replace(ruling(id_, RulingKind.SPLIT, "s1", ("a", "b"), "s2", ("b",)), at=hours(at), undone_at=undone_at, undone_by=undone_by)


def test_a_ruling_is_kept_once_and_listed_by_time_and_id(journal: Journal) -> None:
    late, early, same = decided("h1", 2), decided("h2", 1), decided("h0", 2)
    for one in (late, early, same, replace(late, reason="changed")):
        journal.put_ruling(one)
    assert journal.rulings() == (early, same, late)


def test_a_ruling_is_taken_back_once_and_tells_by_whom(journal: Journal) -> None:
    journal.put_ruling(decided())
    assert journal.undo_ruling("unknown", hours(1), "Desk") is False
    assert journal.undo_ruling("h1", hours(1), "Night desk") is True
    assert journal.undo_ruling("h1", hours(2), "Desk") is False
    journal.put_ruling(decided())
    assert journal.rulings() == (decided(undone_at=hours(1), undone_by="Night desk"),)


def test_a_ruling_that_was_taken_back_before_it_is_kept_stays_so(journal: Journal) -> None:
    one = decided(undone_at=hours(3), undone_by="Desk")
    journal.put_ruling(one)
    assert journal.rulings() == (one,)
    assert journal.undo_ruling("h1", hours(4), "Desk") is False
