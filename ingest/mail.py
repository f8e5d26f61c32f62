"""Mail -> Submission | Refusal: one message; whole files and mailboxes are read by `mailfiles` and `mailbox`."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ingest import sandbox
from ingest.attachments import readable, text_of
from ingest.forwarded import Original, original_of
from ingest.headers import says_forwarded, without_prefix
from ingest.letter import File, Letter, open_letter
from ingest.quoted import own_words
from ingest.refuse import refuse
from store.records import Attachment, Channel, Refusal, SourceKind, Submission

RAW_LIMIT = 10 << 20
SECONDS = 5.0
OPENED = 20
TITLE_LIMIT = 1_000
OUTLOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPolicy:
    """Who is shown under which name: `senders` by address or domain -> (public name, kind); everyone else under `pseudonym(address)`."""

    senders: Mapping[str, tuple[str, SourceKind]]
    pseudonym: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A letter with its words sorted: its own (or the original's), the forwarder's note and the quotation set aside."""

    letter: Letter
    text: str
    set_aside: tuple[tuple[str, str], ...] = ()
    original: Original | None = None


def read_message(raw: bytes, where: str, policy: MailPolicy) -> Submission | Refusal:
    """Read one mail as a submission under its writer's public name.

    A forwarded mail is its original writer's, with the original date and subject; the forwarder's note and what a reply quotes are kept as
    attachments and not in the text. Name and address go to `sender` alone. The key is the hash of the Message-ID (which names the
    sender's host, and so stays behind), else of the bytes. Mail over
    10 MB, bounces, automatic replies, invitations, encrypted and wordless mails are refused.
    """
    obvious = _obvious(raw)
    if obvious:
        return refuse(Channel.MAIL, "mail", where, obvious, raw)
    opened = sandbox.run(open_mail, raw, SECONDS)
    if isinstance(opened, sandbox.Failure) and not opened.is_final:
        opened = sandbox.run(open_plainly, raw, SECONDS)
    if isinstance(opened, sandbox.Failure):
        return refuse(Channel.MAIL, "mail", where, (opened.reason, "ask the sender to send it again as plain text"), raw)
    if opened.letter.problem:
        return refuse(Channel.MAIL, "mail", where, (opened.letter.problem, "nothing to do, unless it should have held a report"), raw)
    return _submission(raw, where, opened, policy)


def _obvious(raw: bytes) -> tuple[str, str] | None:
    if len(raw) > RAW_LIMIT:
        return f"it is larger than {RAW_LIMIT >> 20} MB", "ask the sender to send the text without the files"
    if raw.startswith(OUTLOOK):
        return "it is in Outlook's own .msg format", "save it as .eml"
    return None if raw.strip() else ("it is empty", "nothing to do")


def _submission(raw: bytes, where: str, opened: Opened, policy: MailPolicy) -> Submission | Refusal:
    letter, original = opened.letter, opened.original
    files = tuple(_attachment(file, at < OPENED) for at, file in enumerate(letter.files))
    text = opened.text or "\n\n".join(file.text for file in files if file.text)
    if not text:
        kinds = ", ".join(sorted({file.media_type for file in letter.files})) or "nothing"
        return refuse(Channel.MAIL, "mail", where, (f"it has no text that can be read (it holds {kinds})", "ask the sender to write the report as text"), raw)
    writer = (original.name, original.address) if original else (letter.name, letter.address)
    source, kind = public_name(writer, policy)
    return Submission(
        channel=Channel.MAIL,
        source=source,
        source_kind=kind,
        key=hashlib.sha256(letter.message_id.encode() or raw).hexdigest(),
        title=((original.subject if original else "") or without_prefix(letter.subject))[:TITLE_LIMIT],
        text=text,
        occurred_at=(original.sent_at if original else None) or letter.sent_at,
        attachments=files + tuple(_words_as_file(*aside) for aside in opened.set_aside),
        sender=_identity(writer, letter),
    )


def public_name(writer: tuple[str, str], policy: MailPolicy) -> tuple[str, SourceKind]:
    """Return the name and kind a writer is shown under: by full address, else by domain and its parents, else a pseudonym."""
    name, address = writer
    known = {key.lower().removeprefix("@"): value for key, value in policy.senders.items()}
    labels = address.partition("@")[2].split(".")
    for candidate in (address, *(".".join(labels[at:]) for at in range(len(labels) - 1))):
        if candidate in known:
            return known[candidate]
    return policy.pseudonym(address or name or "unknown sender"), SourceKind.UNKNOWN


def _identity(writer: tuple[str, str], letter: Letter) -> str:
    first = _named(*writer)
    outer = _named(letter.name, letter.address)
    return first if outer in (first, "") else f"{first} (forwarded by {outer})"


def _named(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and address else name or address


def _attachment(file: File, may_open: bool) -> Attachment:
    """List a file; one that cannot be read is listed without its text."""
    found = sandbox.run(text_of, file, SECONDS) if may_open and readable(file) else ""
    text = "" if isinstance(found, sandbox.Failure) else found
    return Attachment(name=file.name, media_type=file.media_type, size=len(file.content), sha256=hashlib.sha256(file.content).hexdigest(), text=text)


def _words_as_file(name: str, words: str) -> Attachment:
    raw = words.encode()
    return Attachment(name=name, media_type="text/plain", size=len(raw), sha256=hashlib.sha256(raw).hexdigest(), text=words)


# --- in the sandbox ----------------------------------------------------------------------------


def open_mail(raw: bytes) -> Opened:
    """Take a mail apart and sort its words."""
    letter = open_letter(raw)
    if letter.forwarded and not letter.problem:
        return _attached_forward(letter)
    original = original_of(letter.text, says_forwarded(letter.subject))
    if original and (original.text or letter.files):
        return Opened(letter=letter, text=original.text, original=original, set_aside=_aside(("covering note", original.note)))
    text, quotation = own_words(letter.text)
    return Opened(letter=letter, text=text, set_aside=_aside(("quotation", quotation)))


def open_plainly(raw: bytes) -> Opened:
    """Take a mail apart without looking for quotations, for a text on which that takes too long."""
    letter = open_letter(raw)
    return Opened(letter=letter, text=letter.text)


def _attached_forward(letter: Letter) -> Opened:
    """Read the first attached mail as the report; further ones are set aside, each under its subject."""
    first, *others = letter.forwarded
    while first.forwarded and not first.text:
        first = first.forwarded[0]
    inner = Original(name=first.name, address=first.address, subject=first.subject, sent_at=first.sent_at, text=first.text, note=letter.text)
    aside = _aside(("covering note", letter.text), *((other.subject or "attached mail", other.text) for other in others))
    files = letter.files + tuple(file for each in letter.forwarded for file in each.files)
    whole = replace(letter, files=files, message_id=first.message_id or letter.message_id, problem=first.problem)
    return Opened(letter=whole, text=own_words(first.text)[0] if first.text else "", original=inner, set_aside=aside)


def _aside(*words: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in words if text)
