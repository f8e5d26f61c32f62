"""Raw mail bytes -> Letter: who wrote what, when, and what came with it. Runs in the sandbox; raises Unreadable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.parser import BytesParser

from ingest.clean import one_line, squeeze, text_of_html
from ingest.decode import decode
from ingest.headers import address_of, date_of, header, message_id, words_of
from ingest.sandbox import Unreadable

PART_LIMIT = 200
DEPTH_LIMIT = 20
TEXT_LIMIT = 1_000_000
RUNNING_TEXT = ("text/plain", "text/html", "text/enriched", "text", "application/plain")
BOUNDARY = re.compile(rb"^--([^\s\"-][^\"\n]{0,68}[^\s\"])\s*$", re.MULTILINE)

NO_REPORT = {
    "message/delivery-status": "it is a delivery report (bounce)",
    "message/disposition-notification": "it is a receipt for a mail that was read",
    "message/partial": "it is a fragment of a longer mail",
    "text/calendar": "it is a calendar invitation",
}
NO_TEXT = {
    "multipart/encrypted": "it is encrypted",
    "application/pkcs7-mime": "it is encrypted or signed as a whole",
    "application/x-pkcs7-mime": "it is encrypted or signed as a whole",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A part that is no running text of the mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail, taken apart. `problem` says why it is no report; `forwarded` is a mail that came as an attachment."""

    name: str
    address: str
    subject: str
    message_id: str
    sent_at: datetime | None
    text: str
    files: tuple[File, ...] = ()
    forwarded: tuple["Letter", ...] = ()
    problem: str = ""


@dataclass(slots=True)
class _Parts:
    """What one walk through a mail collects."""

    texts: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    letters: list[Message] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    seen: int = 0


def open_letter(raw: bytes) -> Letter:
    """Take a mail apart; raises Unreadable for more than 200 parts or 20 levels."""
    return _letter(BytesParser().parsebytes(raw), 0)


def _letter(mail: Message, depth: int) -> Letter:
    parts = _Parts()
    _walk(mail, depth, parts)
    name, address = address_of(header(mail, "From") or header(mail, "Sender") or header(mail, "Return-Path"))
    return Letter(
        name=name,
        address=address,
        subject=header(mail, "Subject"),
        message_id=message_id(mail),
        sent_at=date_of(mail),
        text=squeeze("\n\n".join(parts.texts)),
        files=tuple(parts.files),
        forwarded=tuple(_letter(inner, depth + 1) for inner in parts.letters),
        problem=_problem(mail, parts),
    )


def _walk(part: Message, depth: int, parts: _Parts) -> None:
    """Sort the parts into running text, files and mails; of alternatives only the best is read."""
    parts.seen += 1
    if depth > DEPTH_LIMIT or parts.seen > PART_LIMIT:
        raise Unreadable(f"it has more than {DEPTH_LIMIT} levels" if depth > DEPTH_LIMIT else f"it has more than {PART_LIMIT} parts")
    kind = _kind(part)
    if not _disposition(part).startswith("attachment"):
        parts.kinds.add(kind)
    children = _children(part, kind)
    if kind == "message/rfc822" and children:
        parts.letters.append(children[0])
    elif kind == "multipart/alternative" and children:
        _best(children, depth, parts)
    elif children:
        for child in children:
            _walk(child, depth + 1, parts)
    else:
        _leaf(part, kind, parts)


def _children(part: Message, kind: str) -> list[Message]:
    """Return a part's parts; a multipart whose boundary does not fit is split at the first line that looks like one."""
    if not part.is_multipart() and kind.startswith("multipart/"):
        payload = _content(part)
        found = BOUNDARY.search(payload)
        part = BytesParser().parsebytes(b'Content-Type: multipart/mixed; boundary="%s"\n\n%s' % (found.group(1), payload)) if found else part
    return [child for child in part.get_payload() if isinstance(child, Message)] if part.is_multipart() else []


def _best(children: list[Message], depth: int, parts: _Parts) -> None:
    """Read the first alternative that has any text, plain text before HTML; the files of all of them are kept."""
    texts: list[str] = []
    for child in sorted(children, key=lambda child: _kind(child) != "text/plain"):
        tried = _Parts(seen=parts.seen)
        _walk(child, depth + 1, tried)
        parts.seen = tried.seen
        parts.kinds |= tried.kinds
        parts.files += tried.files
        parts.letters += tried.letters
        texts = texts or [text for text in tried.texts if text.strip()]
    parts.texts += texts


def _leaf(part: Message, kind: str, parts: _Parts) -> None:
    name, charset = _name(part), _charset(part)
    is_file = bool(name) or _disposition(part).startswith("attachment")
    content = _content(part)
    if (kind in RUNNING_TEXT or kind.startswith("multipart/")) and not is_file:
        words = decode(content, charset)[:TEXT_LIMIT]
        parts.texts.append(text_of_html(words) if kind == "text/html" or _looks_like_html(words) else squeeze(words))
    elif content:
        parts.files.append(File(name=name or kind, media_type=kind, content=content))


def _looks_like_html(words: str) -> bool:
    return words.lstrip()[:15].lower().startswith(("<html", "<!doctype html"))


def _kind(part: Message) -> str:
    try:
        return part.get_content_type().lower()
    except Exception:  # noqa: BLE001  the edge: a Content-Type may be broken in any way
        return "text/plain"


def _charset(part: Message) -> str:
    try:
        return str(part.get_param("charset") or "")
    except Exception:  # noqa: BLE001  the edge: see _kind
        return ""


def _disposition(part: Message) -> str:
    return header(part, "Content-Disposition").lower()


def _name(part: Message) -> str:
    """Return the file's name, without any path."""
    try:
        name = words_of(part.get_filename() or "")
    except Exception:  # noqa: BLE001  the edge: RFC 2231 parameters may be broken in any way
        return "unnamed"
    return one_line(name.replace("\\", "/").rpartition("/")[2])[:200]


def _content(part: Message) -> bytes:
    """Undo the transfer encoding; the label is taken off first, since the standard library decodes by it and raises on some."""
    del part["Content-Type"]
    try:
        content = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001  the edge: base64, quoted-printable and uuencode raise different kinds
        content = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return content if isinstance(content, bytes) else b""


def _problem(mail: Message, parts: _Parts) -> str:
    """Say why this is no report, although it may have text."""
    if not any(True for _ in _meaningful(mail)):
        return "it is no mail: it has none of From, To, Subject, Date, Received, Content-Type"
    reasons = NO_REPORT if parts.texts else {**NO_REPORT, **NO_TEXT}
    return next((why for kind, why in reasons.items() if kind in parts.kinds), "") or _automatic(mail)


def _automatic(mail: Message) -> str:
    """Tell a bounce in free form and an automatic reply from a report."""
    if address_of(header(mail, "From"))[1].partition("@")[0] in ("mailer-daemon", "postmaster"):
        return "it is a delivery report (bounce)"
    return "it is an automatic reply" if header(mail, "Auto-Submitted").lower().startswith("auto-replied") else ""


def _meaningful(mail: Message) -> Iterator[str]:
    known = {"from", "to", "subject", "date", "received", "content-type", "return-path", "message-id", "sender", "delivered-to", "mime-version"}
    return (name for name, _ in mail.raw_items() if name.lower() in known)
