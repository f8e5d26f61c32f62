"""Mail on disk -> Submission | Refusal: a single message, an mbox, a Maildir, or a folder of them."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path

from ingest.mail import RAW_LIMIT, MailPolicy, read_message
from ingest.refuse import BODY_LIMIT, refuse
from store.records import Channel, Refusal, Submission

BOX_LINE = b"From "
BOX_START = re.compile(rb"From [^\n]*\n[!-9;-~]{1,70}:")
HEADER = re.compile(rb"[!-9;-~]{1,70}:")
ESCAPED = re.compile(rb"^>(>*From )")


def read_mail_path(path: Path, policy: MailPolicy) -> Iterator[Submission | Refusal]:
    """Read every message under a path, in order of file name; a file that cannot be opened is refused like a message."""
    if path.is_dir():
        for child in _messages(path):
            yield from read_mail_path(child, policy)
        return
    try:
        with path.open("rb") as stream:
            is_box = bool(BOX_START.match(stream.read(1_000)))
        yield from _mbox(path, policy) if is_box else _single(path, policy)
    except OSError as error:
        why = (f"the file cannot be read: {error.strerror}", "check its path and rights")
        yield refuse(Channel.MAIL, "mail", path.name, why, b"")


def is_maildir(path: Path) -> bool:
    """Tell whether a folder is a Maildir."""
    return (path / "cur").is_dir() and (path / "new").is_dir()


def _messages(path: Path) -> list[Path]:
    """List what to read: of a Maildir its delivered messages (and its folders), of any other folder everything but hidden files."""
    if is_maildir(path):
        inner = [child for child in path.iterdir() if child.is_dir() and is_maildir(child)]
        return sorted([*(path / "cur").iterdir(), *(path / "new").iterdir()]) + sorted(inner)
    return sorted(child for child in path.iterdir() if not child.name.startswith("."))


def _single(path: Path, policy: MailPolicy) -> Iterator[Submission | Refusal]:
    with path.open("rb") as stream:
        yield read_message(stream.read(RAW_LIMIT + 1), path.name, policy)


def _mbox(path: Path, policy: MailPolicy) -> Iterator[Submission | Refusal]:
    for number, raw in enumerate(split_mbox(path), 1):
        yield read_message(raw, f"{path.name} message {number}", policy)


def split_mbox(path: Path) -> Iterator[bytes]:
    """Split at "From " lines that stand between an empty line and a header; one ">" is taken off lines that were escaped.

    A message over the limit is given out cut just above it, so that it is refused without filling the memory.
    """
    lines: list[bytes] = []
    size, after_blank = 0, True
    with path.open("rb") as stream:
        for line, following in pairwise(chain(iter(lambda: stream.readline(BODY_LIMIT), b""), [b""])):
            if after_blank and line.startswith(BOX_LINE) and HEADER.match(following):
                yield from _joined(lines)
                lines, size = [], 0
            elif size <= RAW_LIMIT:
                lines.append(ESCAPED.sub(rb"\1", line) if line.startswith(b">") else line)
                size += len(line)
            after_blank = not line.strip()
    yield from _joined(lines)


def _joined(lines: list[bytes]) -> Iterator[bytes]:
    raw = b"".join(lines)
    if raw.strip():
        yield raw
