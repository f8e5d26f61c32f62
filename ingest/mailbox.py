"""An IMAP mailbox -> Submission | Refusal, each handed to the journal before it is marked as seen."""

import imaplib
import ipaddress
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailboxFolderSelectError, MailboxLoginError, MailBoxUnencrypted, MailMessageFlags

from ingest.mail import RAW_LIMIT, MailPolicy, read_message
from store.errors import ConfigError
from store.records import Health, Refusal, SourceState, Submission

TIMEOUT = 30.0
LOGIN_ERRORS = (MailboxLoginError, MailboxFolderSelectError)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSettings:
    """Where the mailbox is. `cursor` is SourceState.cursor of the last visit; `limit` messages are read in one visit at most."""

    name: str
    host: str
    user: str
    password: str
    port: int = 993
    folder: str = "INBOX"
    tls: bool = True
    cursor: str = ""
    limit: int = 1_000

    @property
    def location(self) -> str:
        """Name the mailbox without its password, as SourceState.location."""
        return f"imap://{self.user}@{self.host}:{self.port}/{self.folder}"


def read_mailbox(box: MailboxSettings, policy: MailPolicy, commit: Callable[[Submission | Refusal], None]) -> SourceState:
    """Read what came since the last visit; each message is committed and then marked as seen, in that order.

    The cursor is "UIDVALIDITY:UID". When the server changed UIDVALIDITY everything is read again: the journal knows by the keys what it has.
    What the server does wrong becomes a state (UNREACHABLE, REFUSED) with the cursor reached so far; what `commit` raises is passed on, and
    its message stays unseen. Raises ConfigError for a mailbox without TLS on another host.
    """
    if not box.tls and not _is_loopback(box.host):
        raise ConfigError(f"mailbox {box.name!r} on {box.host}: a mailbox without TLS is read on the loopback address only")
    reached = _Reached(cursor=box.cursor)
    try:
        with _logged_in(box) as server:
            _visit(server, box, reached, lambda raw, where: commit(read_message(raw, where, policy)))
    except _NotCommitted as stop:
        raise stop.error from None
    except LOGIN_ERRORS as error:
        return reached.state(box, Health.REFUSED, f"the server refused: {error}")
    except (ImapToolsError, imaplib.IMAP4.abort, OSError) as error:
        return reached.state(box, Health.UNREACHABLE, f"{type(error).__name__}: {error}")
    return reached.state(box, Health.OK if reached.read else Health.UNCHANGED, f"{reached.read} read")


class _NotCommitted(Exception):
    """Carries what `commit` raised past the handlers for the server's faults."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(slots=True)
class _Reached:
    """How far a visit came."""

    cursor: str
    read: int = 0

    def state(self, box: MailboxSettings, health: Health, detail: str) -> SourceState:
        failed = health not in (Health.OK, Health.UNCHANGED)
        return SourceState(location=box.location, name=box.name, health=health, detail=detail[:300], cursor=self.cursor, failures=int(failed))


@contextmanager
def _logged_in(box: MailboxSettings) -> Iterator[BaseMailBox]:
    """Close the connection in any case: imap-tools leaves it open where the login fails."""
    server = _connect(box)
    try:
        with server.login(box.user, box.password, initial_folder=box.folder):
            yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.client.shutdown()


def _connect(box: MailboxSettings) -> BaseMailBox:
    if box.tls:
        return MailBox(box.host, box.port, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(box.host, box.port, timeout=TIMEOUT)


def _visit(server: BaseMailBox, box: MailboxSettings, reached: _Reached, take: Callable[[bytes, str], None]) -> None:
    validity = str(server.folder.status(box.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
    for uid in _unread_uids(server, validity, box)[: box.limit]:
        raw = _fetch(server, uid)
        if raw is not None:
            try:
                take(raw, f"{box.folder} uid {uid}")
            except Exception as error:
                raise _NotCommitted(error) from error
            server.flag([uid], MailMessageFlags.SEEN, True)
            reached.read += 1
        reached.cursor = f"{validity}:{uid}"


def _unread_uids(server: BaseMailBox, validity: str, box: MailboxSettings) -> list[str]:
    """List the UIDs after the cursor in order; "n:*" always answers with the last one, so it is filtered."""
    known, _, last = box.cursor.partition(":")
    after = int(last) if known == validity and last.isdigit() else 0
    return [str(uid) for uid in sorted(map(int, server.uids(f"UID {after + 1}:*"))) if uid > after]


def _fetch(server: BaseMailBox, uid: str) -> bytes | None:
    """Fetch one message without marking it; None where it was deleted meanwhile. Of one over the limit only so much that it is refused for it.

    The bytes are taken as they are: imap-tools would parse them here, and hostile mail is parsed in the sandbox only.
    """
    _, answer = server.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{RAW_LIMIT + 1}>)")
    return next((bytes(piece[1]) for piece in answer if isinstance(piece, tuple)), None)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
