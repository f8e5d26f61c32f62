"""Mail headers -> text, times and addresses, each header by itself: one that cannot be read costs itself alone."""

import re
from datetime import datetime
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from ingest.clean import one_line
from ingest.dates import moment
from ingest.decode import decode

LIMIT = 20_000
ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[^\s@<>()\[\],;:\"']{1,255}")
MESSAGE_ID = re.compile(r"<?([^\s<>]{3,250}@[^\s<>]{1,250})>?")
PREFIX = re.compile(r"^\s*(?:(?:fwd?|fw|tr|rv|wg|enc|i|إعادة توجيه|تحويل)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def header(part: Message, name: str) -> str:
    """Return a header's decoded text on one line, the first one of that name; empty where it is missing."""
    for found, value in part.raw_items():
        if found.lower() == name.lower():
            return words_of(str(value))
    return ""


def words_of(raw: str) -> str:
    """Decode RFC 2047 words and raw 8-bit bytes; what cannot be decoded stays as it stands."""
    raw = raw[:LIMIT]
    plain = raw if raw.isascii() else decode(raw.encode("utf-8", "surrogateescape"))
    try:
        pieces = decode_header(plain.replace("\r", "").replace("\n", " "))
    except Exception:  # noqa: BLE001  the edge: decode_header raises half a dozen kinds on broken words
        return one_line(plain)
    # raw-unicode-escape is how decode_header hands back unencoded text that stands beside encoded words.
    decoded = "".join(piece if isinstance(piece, str) else _piece(piece, charset) for piece, charset in pieces)
    return one_line(decoded) or one_line(plain)


def _piece(piece: bytes, charset: str | None) -> str:
    return decode(piece, charset) if charset else piece.decode("raw-unicode-escape", "replace")


def address_of(words: str) -> tuple[str, str]:
    """Return (name, address in lower case) of the first address in a From line; address is empty where there is none."""
    try:
        parsed = [(name, address) for name, address in getaddresses([words]) if ADDRESS.fullmatch(address)]
    except Exception:  # noqa: BLE001  the edge: getaddresses recurses and indexes past the end on broken comments
        parsed = []
    if parsed:
        return one_line(parsed[0][0])[:200], parsed[0][1].lower()
    found = ADDRESS.search(words)
    name = one_line(re.sub(r"[<>\"]", " ", words[: found.start()] if found else words))
    return name[:200], found.group().lower() if found else ""


def date_of(part: Message) -> datetime | None:
    """Return the Date header in UTC, else the time of the first Received header."""
    return moment(header(part, "Date")) or moment(header(part, "Received").rpartition(";")[2])


def message_id(part: Message) -> str:
    """Return the Message-ID without brackets where it has the form of one, else the empty string."""
    found = MESSAGE_ID.fullmatch(header(part, "Message-ID").strip())
    return found.group(1) if found else ""


def says_forwarded(subject: str) -> bool:
    """Tell whether a subject opens with a mark of forwarding (Fwd, FW, TR, RV, WG, ...)."""
    return bool(PREFIX.match(subject))


def without_prefix(subject: str) -> str:
    """Return the subject without marks of forwarding."""
    return PREFIX.sub("", subject).strip()
