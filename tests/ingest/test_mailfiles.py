import mailbox
from pathlib import Path

from ingest.mail import RAW_LIMIT, MailPolicy
from ingest.mailfiles import is_maildir, read_mail_path, split_mbox
from store.records import Refusal, Submission


def mail(words: str) -> bytes:
    return f"From: a@b.example\nSubject: s\n\n{words}\n".encode()


def texts(path: Path, policy: MailPolicy) -> list[str]:
    return [each.text if isinstance(each, Submission) else each.reason for each in read_mail_path(path, policy)]


def test_a_single_message_is_read(tmp_path: Path, policy: MailPolicy) -> None:
    (tmp_path / "a.eml").write_bytes(mail("one"))
    assert texts(tmp_path / "a.eml", policy) == ["one"]


def test_an_mbox_is_split_at_its_from_lines_only(tmp_path: Path, policy: MailPolicy) -> None:
    body = b"From x@y Mon Mar  3 10:12:00 2014\n" + mail("one\n\nFrom here on it is muddy\n>From the hill") + b"\nFrom - \n" + mail("two")
    (tmp_path / "box").write_bytes(body)
    assert texts(tmp_path / "box", policy) == ["one\n\nFrom here on it is muddy\nFrom the hill", "two"]


def test_one_bad_message_does_not_stop_the_mbox(tmp_path: Path, policy: MailPolicy) -> None:
    body = b"".join(b"From x\n" + raw + b"\n" for raw in (mail("one"), mail(""), mail("three")))
    (tmp_path / "box").write_bytes(body)
    found = list(read_mail_path(tmp_path / "box", policy))
    assert [isinstance(each, Refusal) for each in found] == [False, True, False]
    assert isinstance(found[1], Refusal)
    assert found[1].where == "box message 2"


def test_a_message_over_the_limit_is_cut_so_that_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(b"From x\n" + mail(("a" * 63 + "\n") * (RAW_LIMIT // 64 + 10)) + b"\nFrom x\n" + mail("two"))
    sizes = [len(raw) for raw in split_mbox(tmp_path / "box")]
    assert RAW_LIMIT < sizes[0] < RAW_LIMIT + 100
    assert sizes[1] < 100


def test_a_maildir_is_read_with_its_folders(tmp_path: Path, policy: MailPolicy) -> None:
    box = mailbox.Maildir(tmp_path / "Maildir")
    box.add(mail("one"))
    box.add_folder("Field").add(mail("two"))
    assert is_maildir(tmp_path / "Maildir")
    assert sorted(texts(tmp_path / "Maildir", policy)) == ["one", "two"]


def test_a_folder_of_mails_is_read_in_order_without_hidden_files(tmp_path: Path, policy: MailPolicy) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.eml").write_bytes(mail("two"))
    (tmp_path / "a.eml").write_bytes(mail("one"))
    (tmp_path / ".hidden").write_bytes(mail("no"))
    assert texts(tmp_path, policy) == ["one", "two"]


def test_a_missing_file_is_a_refusal(tmp_path: Path, policy: MailPolicy) -> None:
    assert "cannot be read" in texts(tmp_path / "none.eml", policy)[0]
