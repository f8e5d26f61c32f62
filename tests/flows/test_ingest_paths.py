"""Files and folders, each by its own reader; nothing disappears."""

from pathlib import Path

import pytest

from flows.ingest_paths import ingest_path
from flows.settings import SenderEntry, Settings, load_settings
from flows.take import Tally
from flows.wiring import open_journal, open_vault
from store.records import SourceKind, Submission

MAIL = b"From: Ann <ann@example.org>\r\nSubject: Water\r\nDate: Mon, 2 Nov 2026 08:00:00 +0000\r\n\r\nThe plant stopped.\r\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return load_settings(home=tmp_path / "home", senders={"Example.org": SenderEntry(name="Example Relief", kind=SourceKind.NGO)})


def ingest(path: Path, settings: Settings, form: str = "auto", source: str = "") -> tuple[Tally, list[Submission], list[str]]:
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        tally = ingest_path(path, form, source, {}, settings, journal, vault)
        return tally, [row.submission for row in journal.after(0, 100)], [held.refusal.reason for held in journal.quarantined()]


def test_a_configured_sender_is_shown_under_its_public_name(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    tally, (mail,), _ = ingest(tmp_path / "a.eml", settings)
    assert (tally.accepted, mail.source, mail.source_kind) == (1, "Example Relief", SourceKind.NGO)


def test_any_other_sender_is_shown_under_a_pseudonym(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL.replace(b"example.org", b"example.net"))
    _, (mail,), _ = ingest(tmp_path / "a.eml", settings)
    assert "ann" not in mail.source.lower()
    assert mail.source.startswith("mail-")


def test_a_broken_file_among_mails_is_refused_as_a_mail(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.eml").write_bytes(MAIL.replace(b"Water", b"Water %d" % n))
    assert ingest(folder, settings)[0] == Tally(accepted=3)
    (folder / "9").write_bytes(b"\x00" * 10)
    tally, _, reasons = ingest(folder, settings, "mail")
    assert (tally.repeated, tally.quarantined, len(reasons)) == (3, 1, 1)


def test_a_maildir_is_read_as_one(settings: Settings, tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    (tmp_path / "box" / "new" / "1.host").write_bytes(MAIL)
    (tmp_path / "box" / "tmp" / "2.host").write_bytes(MAIL.replace(b"Water", b"Unfinished"))
    assert ingest(tmp_path / "box", settings)[0] == Tally(accepted=1)


def test_a_file_that_nobody_knows_is_quarantined_with_a_way_on(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    tally, _, reasons = ingest(tmp_path / "photo.png", settings)
    assert (tally, reasons) == (Tally(quarantined=1), ["no reader knows this file"])


@pytest.mark.parametrize("form", ["auto", "hivecast", "ushahidi", "mail", "feed"])
def test_a_file_that_cannot_be_read_is_quarantined_in_every_format(settings: Settings, tmp_path: Path, form: str) -> None:
    tally, _, reasons = ingest(tmp_path / "nothing", settings, form)
    assert tally == Tally(quarantined=1)
    assert "read" in reasons[0]


def test_a_feed_without_entries_is_quarantined_with_its_health(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_text('<rss version="2.0"><channel><title>N</title></channel></rss>', encoding="utf-8")
    tally, _, reasons = ingest(tmp_path / "f.xml", settings)
    assert tally == Tally(quarantined=1)
    assert "health empty" in reasons[0]
