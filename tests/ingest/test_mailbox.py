import getpass
import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ingest.mail import RAW_LIMIT, MailPolicy
from ingest.mailbox import MailboxSettings, read_mailbox
from store.errors import ConfigError, StorageFull
from store.records import Health, Refusal, Submission

needs_dovecot = pytest.mark.skipif(shutil.which("dovecot") is None, reason="dovecot is not installed: apt-get install dovecot-imapd")

CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{base}/Maildir
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {base}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Server:
    port: int
    box: MailboxSettings

    def deliver(self, *raws: bytes) -> None:
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login("reports", "secret")
            for raw in raws:
                client.append("INBOX", "", None, raw)

    def seen(self) -> list[str]:
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login("reports", "secret")
            client.select("INBOX", readonly=True)
            return [str(uid) for uid in client.uid("SEARCH", "SEEN")[1][0].decode().split()]


@pytest.fixture
def server() -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        config = prepare(base, port)
        with subprocess.Popen(["dovecot", "-F", "-c", str(config)], stderr=subprocess.PIPE) as process:
            try:
                wait_for(port, process, base / "log")
                yield Server(port, MailboxSettings(name="field", host="127.0.0.1", port=port, user="reports", password="secret", tls=False))
            finally:
                process.terminate()


def prepare(base: Path, port: int) -> Path:
    """Dovecot will neither log in nor keep mail as root, so it gets its own users there."""
    is_root = os.getuid() == 0
    keeper = pwd.getpwnam("nobody" if is_root else getpass.getuser())
    users = {"internal": "dovecot", "login": "dovenull"} if is_root else {"internal": keeper.pw_name, "login": keeper.pw_name}
    base.chmod(0o755)
    for name in ("run", "state", "home", "Maildir"):
        (base / name).mkdir()
        if is_root and name in ("home", "Maildir"):
            os.chown(base / name, keeper.pw_uid, keeper.pw_gid)
    (base / "users").write_text("reports:{PLAIN}secret\n")
    (base / "users").chmod(0o644)
    group = grp.getgrgid(pwd.getpwnam(users["internal"]).pw_gid).gr_name
    config = base / "dovecot.conf"
    config.write_text(CONFIG.format(base=base, port=port, uid=keeper.pw_uid, gid=keeper.pw_gid, group=group, **users))
    return config


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with imaplib.IMAP4("127.0.0.1", port, timeout=2) as client:
                client.login("reports", "secret")
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
        else:
            return
    process.terminate()
    pytest.fail(f"dovecot does not answer: {log.read_text() if log.exists() else ''} {process.stderr.read().decode() if process.stderr else ''}")


def mail(number: int, words: str = "The pump is broken.") -> bytes:
    return f"From: Jo <jo@un.example>\r\nMessage-ID: <m{number}@un.example>\r\nSubject: s{number}\r\n\r\n{words}\r\n".encode()


@needs_dovecot
@pytest.mark.slow
class TestAgainstDovecot:
    def test_new_mail_is_read_once_and_marked_after_it_was_committed(self, server: Server, policy: MailPolicy) -> None:
        server.deliver(mail(1), mail(2))
        got: list[Submission | Refusal] = []
        marked: list[list[str]] = []

        def commit(one: Submission | Refusal) -> None:
            marked.append(server.seen())
            got.append(one)

        state = read_mailbox(server.box, policy, commit)
        assert [each.title for each in got if isinstance(each, Submission)] == ["s1", "s2"]
        assert marked == [[], ["1"]]
        assert server.seen() == ["1", "2"]
        assert (state.health, state.cursor.partition(":")[2], state.detail) == (Health.OK, "2", "2 read")

        again = read_mailbox(replace(server.box, cursor=state.cursor), policy, commit)
        assert (again.health, again.cursor, len(got)) == (Health.UNCHANGED, state.cursor, 2)

        server.deliver(mail(3))
        read_mailbox(replace(server.box, cursor=again.cursor), policy, commit)
        assert isinstance(got[-1], Submission)
        assert got[-1].title == "s3"

    def test_a_poison_mail_does_not_stop_the_one_behind_it(self, server: Server, policy: MailPolicy) -> None:
        nested = b"From: a@b.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 60 + b"\r\nx"
        large = b"From: a@b.example\r\n\r\n" + b"x" * 78 * 10 + b"\r\n" + (b"y" * 78 + b"\r\n") * (RAW_LIMIT // 80 + 10)
        server.deliver(nested, b"From: a@[x\r\nContent-Type: text/plain; charset=idna\r\n\r\n\xff", large, mail(4))
        got: list[Submission | Refusal] = []
        assert read_mailbox(server.box, policy, got.append).health is Health.OK
        assert [type(each) for each in got] == [Refusal, Submission, Refusal, Submission]
        assert isinstance(got[2], Refusal)
        assert "10 MB" in got[2].reason
        assert got[2].where == "INBOX uid 3"

    def test_a_mail_that_was_not_committed_stays_unseen_and_comes_again(self, server: Server, policy: MailPolicy) -> None:
        server.deliver(mail(1), mail(2))
        got: list[Submission | Refusal] = []

        def full(one: Submission | Refusal) -> None:
            if got:
                raise StorageFull("the disk is full")
            got.append(one)

        with pytest.raises(StorageFull):
            read_mailbox(server.box, policy, full)
        assert server.seen() == ["1"]
        read_mailbox(replace(server.box, cursor=""), policy, got.append)
        assert len(got) == 3

    def test_a_changed_uidvalidity_reads_everything_again(self, server: Server, policy: MailPolicy) -> None:
        server.deliver(mail(1))
        got: list[Submission | Refusal] = []
        read_mailbox(replace(server.box, cursor="999:1"), policy, got.append)
        assert len(got) == 1

    def test_a_visit_reads_no_more_than_its_limit_and_the_next_goes_on(self, server: Server, policy: MailPolicy) -> None:
        server.deliver(mail(1), mail(2), mail(3))
        got: list[Submission | Refusal] = []
        state = read_mailbox(replace(server.box, limit=2), policy, got.append)
        read_mailbox(replace(server.box, limit=2, cursor=state.cursor), policy, got.append)
        assert [each.title for each in got if isinstance(each, Submission)] == ["s1", "s2", "s3"]

    def test_a_wrong_password_and_a_missing_folder_are_refusals_of_the_server(self, server: Server, policy: MailPolicy) -> None:
        for box in (replace(server.box, password="wrong"), replace(server.box, folder="None")):
            state = read_mailbox(box, policy, lambda _: None)
            assert (state.health, state.failures) == (Health.REFUSED, 1)
            assert "secret" not in state.location


def test_nobody_there_is_unreachable(policy: MailPolicy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for tls in (True, False):
        box = MailboxSettings(name="field", host="127.0.0.1", port=port, user="u", password="p", tls=tls, cursor="7:9")
        state = read_mailbox(box, policy, lambda _: None)
        assert (state.health, state.cursor) == (Health.UNREACHABLE, "7:9")


def test_a_server_that_hangs_up_is_unreachable(policy: MailPolicy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=hang_up, args=(listening,), daemon=True).start()
        box = MailboxSettings(name="field", host="localhost", port=listening.getsockname()[1], user="u", password="p", tls=False)
        assert read_mailbox(box, policy, lambda _: None).health is Health.UNREACHABLE


def hang_up(listening: socket.socket) -> None:
    listening.accept()[0].close()


@pytest.mark.parametrize("host", ["mail.example", "10.0.0.1"])
def test_a_mailbox_without_tls_is_read_on_this_machine_only(host: str, policy: MailPolicy) -> None:
    with pytest.raises(ConfigError, match="TLS"):
        read_mailbox(MailboxSettings(name="field", host=host, user="u", password="p", tls=False), policy, lambda _: None)
