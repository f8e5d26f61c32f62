"""Sources over real HTTP: each visited in turn, none in the way of the next, nothing asked for twice."""

import json
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.demo_channels import serving
from flows.intake import drain, intake, visit_all
from flows.kit import Kit
from flows.settings import FeedEntry, MailboxEntry
from flows.sources import known_sources
from flows.take import take
from store.errors import StorageFull
from store.records import TLP, Health, SourceKind, SourceState
from tests.flows.strike import OBJECTIVE, PARTNERS
from tests.flows.test_understand import BRIDGE, said

AT = datetime(2031, 1, 1, tzinfo=UTC)


def rss(*entries: tuple[str, str], link: str = "https://example.org/a") -> bytes:
    parts = "".join(
        f'<item><guid isPermaLink="false">{key}</guid><title>T {key}</title><link>{link}</link><description>{text}</description>'
        f"<pubDate>Mon, 02 Nov 2020 08:00:00 +0000</pubDate></item>"
        for key, text in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title>{parts}</channel></rss>'.encode()


def listen_to(kit: Kit, *feeds: FeedEntry, mailboxes: tuple[MailboxEntry, ...] = ()) -> None:
    kit.settings = kit.settings.model_copy(update={"feeds": feeds, "mailboxes": mailboxes, "allow_private_feeds": True})


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def state(kit: Kit, location: str) -> SourceState:
    found = kit.journal.source_state(location)
    assert found is not None
    return found


def test_a_dead_feed_and_one_that_is_none_do_not_stop_the_good_one(kit: Kit) -> None:
    documents = {"/none.xml": b"<html>Sorry</html>", "/good.xml": rss(("g1", "The ferry is closed."))}
    dead = f"http://127.0.0.1:{closed_port()}/f.xml"
    with serving(documents) as address:
        names = (dead, f"{address}/none.xml", f"{address}/missing.xml", f"{address}/good.xml")
        listen_to(kit, *(FeedEntry(url=url, name=f"feed {n}", kind=SourceKind.NEWS, sensitivity=TLP.AMBER) for n, url in enumerate(names)))
        found = intake(kit, AT)
        assert found.taken == {"accepted": 1, "repeated": 0, "changed": 0, "conflicts": 0, "quarantined": 1}
        again = visit_all(kit)
    assert found.drained == 1
    assert again.accepted == again.repeated == 0
    health = [state(kit, url).health for url in names]
    assert health == [Health.UNREACHABLE, Health.NOT_A_FEED, Health.UNREACHABLE, Health.UNCHANGED]
    assert (state(kit, dead).failures, state(kit, names[3]).last_new_at is not None) == (2, True)
    (report,) = kit.warehouse.reports(datetime(2020, 1, 1, tzinfo=UTC), AT)
    assert (report.source, report.source_kind, report.sensitivity) == ("feed 3", SourceKind.NEWS, TLP.AMBER)


def test_an_edited_entry_is_kept_beside_its_first_wording(kit: Kit) -> None:
    documents = {"/f.xml": rss(("g1", "The ferry is closed."))}
    with serving(documents) as address:
        listen_to(kit, FeedEntry(url=f"{address}/f.xml", name="N"))
        visit_all(kit)
        documents["/f.xml"] = rss(("g1", "The ferry is open again."))
        tally = visit_all(kit)
        assert state(kit, f"{address}/f.xml").health is Health.OK
    first, second = kit.journal.after(0, 10)
    assert (tally.changed, tally.conflicts) == (1, 0)
    assert second.submission.key.startswith(f"{first.submission.key}@")
    assert len(second.submission.key) == len(first.submission.key) + 9


def test_an_article_behind_a_teaser_is_fetched_once(kit: Kit) -> None:
    article = "The ferry over the Lobaye is closed since the night because its cable broke. " * 8
    page = f"<html><body><article><h1>Ferry</h1><p>{article}</p></article></body></html>".encode()
    documents: dict[str, bytes] = {"/a.html": page}
    with serving(documents) as address:
        documents["/f.xml"] = rss(("g1", "The ferry is closed."), link=f"{address}/a.html")
        listen_to(kit, FeedEntry(url=f"{address}/f.xml", name="N", full_text=True))
        assert visit_all(kit).accepted == 1
        documents["/a.html"] = page.replace(b"cable", b"rudder")
        documents["/f.xml"] = documents["/f.xml"].replace(b"<title>N</title>", b"<title>Other</title>")
        again = visit_all(kit)
    assert (again.accepted, again.changed, again.repeated) == (0, 0, 0)
    (row,) = kit.journal.after(0, 10)
    assert "cable broke" in row.submission.text
    assert len(row.submission.text) > 200


def test_a_mailbox_without_a_password_is_told_and_the_rest_is_heard(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_PASSWORD", raising=False)
    box = MailboxEntry(host="127.0.0.1", user="reports", password_env="NO_SUCH_PASSWORD", port=closed_port(), tls=False)
    with serving({"/f.xml": rss(("g1", "The ferry is closed."))}) as address:
        listen_to(kit, FeedEntry(url=f"{address}/f.xml", name="N"), mailboxes=(box,))
        assert visit_all(kit).accepted == 1
    (note,) = kit.notes
    assert "NO_SUCH_PASSWORD" in note


def test_a_mailbox_that_does_not_answer_has_its_failures_counted(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_PASSWORD", "x")
    box = MailboxEntry(host="127.0.0.1", user="reports", password_env="SOME_PASSWORD", port=closed_port(), tls=False)
    listen_to(kit, mailboxes=(box,))
    heard_at = datetime(2030, 1, 1, tzinfo=UTC)
    kit.journal.save_source_state(SourceState(location=box.location, name=box.location, last_new_at=heard_at, cursor="7:3"))
    visit_all(kit)
    visit_all(kit)
    found = state(kit, box.location)
    assert (found.health, found.failures, found.last_new_at, found.cursor) == (Health.UNREACHABLE, 2, heard_at, "7:3")
    assert found.checked_at is not None
    assert kit.notes == []


def test_a_surprise_in_one_visit_is_noted_and_the_next_is_made(kit: Kit) -> None:
    with serving({"/f.xml": rss(("g1", "The ferry is closed."))}) as address:
        listen_to(kit, FeedEntry(url="http://127.0.0.1/x", name="first"), FeedEntry(url=f"{address}/f.xml", name="second"))

        def step(name: str, work: object) -> object:
            if name == "visit first":
                raise RuntimeError("surprise")
            return work()  # type: ignore[operator]

        kit.step = step  # type: ignore[assignment]
        assert visit_all(kit).accepted == 1
    assert kit.notes == ["first could not be visited; the log says why"]


def test_a_full_disk_ends_the_visits(kit: Kit) -> None:
    def step(name: str, work: object) -> object:
        raise StorageFull("no space")

    listen_to(kit, FeedEntry(url="http://127.0.0.1/x", name="first"))
    kit.step = step  # type: ignore[assignment]
    with pytest.raises(StorageFull):
        visit_all(kit)


def test_draining_goes_on_where_it_was_cut(kit: Kit) -> None:
    kit.settings = kit.settings.model_copy(update={"batch": 2})
    take([said(n, f"{BRIDGE} {n}", "a") for n in range(5)], kit.journal, AT)
    made = kit.step
    calls: list[str] = []

    def cut_at_the_second(name: str, work: object) -> object:
        calls.append(name)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return made(name, work)  # type: ignore[arg-type]

    kit.step = cut_at_the_second  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        drain(kit)
    kit.step = made
    assert kit.warehouse.counts()["reports"] == 2
    assert drain(kit) == 3
    assert drain(kit) == 0
    assert kit.warehouse.counts()["reports"] == 5


def test_objectives_and_partners_come_with_the_drain(kit: Kit, tmp_path: Path) -> None:
    from flows.documents import import_objectives, import_partners

    (tmp_path / "o.json").write_text(json.dumps({"objectives": [OBJECTIVE]}), encoding="utf-8")
    (tmp_path / "p.json").write_text(json.dumps(PARTNERS), encoding="utf-8")
    assert import_objectives(tmp_path / "o.json", kit.journal) == ("wards",)
    assert import_partners(tmp_path / "p.json", kit.journal) == ("P1", "P2", "P3")
    drain(kit)
    (objective,) = kit.warehouse.objectives()
    assert (objective.members, objective.conditions[0].id) == (("P1",), "c1")
    assert [partner.name for partner in kit.warehouse.partners()] == ["Ward Friends", "Open Bench", "Morning Post"]


def test_sources_tells_of_the_visited_the_unvisited_and_the_forgotten(kit: Kit) -> None:
    box = MailboxEntry(host="mail.example.org", user="reports", password_env="X")
    listen_to(kit, FeedEntry(url="https://example.org/new.xml", name="New"), mailboxes=(box,))
    kit.journal.save_source_state(SourceState(location="https://example.org/old.xml", name="Old", health=Health.GONE))
    found = {one.name: one.health for one in known_sources(kit.settings)}
    assert found == {"New": Health.NEVER, "reports": Health.NEVER, "Old": Health.GONE}
