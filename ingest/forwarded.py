"""The text of a forwarded mail -> who first wrote it, when, under which subject. Runs in the sandbox."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import dateparser  # type: ignore[import-untyped]

from ingest.dates import moment
from ingest.headers import address_of

LANGUAGES = ["en", "fr", "es", "de", "ar"]
FORWARD = re.compile(
    r"^[>\s]*(?:[-_*]{2,}\s*)?"
    r"(?:forwarded message|begin forwarded message|fwd message"
    r"|message transf[ée]r[ée]|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])"
    r"|mensaje reenviado|inicio del mensaje reenviado"
    r"|weitergeleitete nachricht|anfang der weitergeleiteten (?:nachricht|e-mail)"
    r"|(?:بداية )?(?:ال)?رسالة (?:ال)?(?:م[ُ]?عاد توجيهها|محو[ّ]?لة|م[ُ]?حو[ّ]?لة))"
    r"\s*:?\s*(?:[-_*]{2,})?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
ORIGINAL = re.compile(
    r"^[>\s]*[-_]{2,}\s*"
    r"(?:original message|message d['’]origine|message original|mensaje original|urspr(?:ü|ue)ngliche nachricht|الرسالة الأصلية)\s*[-_]{2,}\s*$",
    re.IGNORECASE | re.MULTILINE,
)
LABELS = {
    "from": ("from", "de", "von", "من"),
    "date": ("date", "sent", "envoyé", "fecha", "enviado", "enviado el", "datum", "gesendet", "التاريخ", "تاريخ", "تم الإرسال", "أرسلت"),
    "subject": ("subject", "objet", "asunto", "betreff", "الموضوع", "موضوع"),
    "to": ("to", "à", "para", "an", "إلى", "cc", "cci", "bcc", "kopie", "نسخة", "reply-to", "répondre à", "responder a", "antwort an"),
}
FIELD_OF = {label: field for field, labels in LABELS.items() for label in labels}
LINE = re.compile(r"^[>\s]*\*{0,2}([^\W\d_][^:*\n]{0,24}?)\s*:\s*\*{0,2}\s*(.*)$")
HEADER_LINES = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The mail within: `note` is what the forwarder wrote above it."""

    name: str
    address: str
    subject: str
    sent_at: datetime | None
    text: str
    note: str


def original_of(text: str, subject_says_so: bool) -> Original | None:
    """Find the forwarded mail in a text, or None.

    "Original message" rules and bare header blocks stand above replies as well, so they count only where the subject says that the mail was
    forwarded. Headings in English, French, Spanish, German and Arabic. Of several mails within one another the outermost forward is
    followed; the next reading of its text would find the next.
    """
    for mark in (FORWARD, ORIGINAL) if subject_says_so else (FORWARD,):
        found = mark.search(text)
        if found:
            return _original(text[: found.start()], text[found.end() :])
    return _bare(text) if subject_says_so else None


def _bare(text: str) -> Original | None:
    """Read a forward whose header block stands without a rule, as Outlook writes it."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _field(line)[0] == "from":
            return _original("\n".join(lines[:at]), "\n".join(lines[at:]))
    return None


def _original(note: str, rest: str) -> Original | None:
    lines = rest.lstrip("\n").split("\n")
    fields, used = _fields(lines)
    if "from" not in fields:
        return None
    name, address = address_of(fields["from"].replace("[mailto:", "<").replace("]", ">"))
    body = "\n".join(lines[used:])
    return Original(
        name=name,
        address=address,
        subject=fields.get("subject", ""),
        sent_at=_when(fields.get("date", "")),
        text=_unquoted(body).strip(),
        note=note.rstrip("- _\n").strip(),
    )


def _fields(lines: list[str]) -> tuple[dict[str, str], int]:
    """Read the header block: returns its fields and how many lines it takes."""
    fields: dict[str, str] = {}
    for at, line in enumerate(lines[:HEADER_LINES]):
        field, value = _field(line)
        if field:
            fields.setdefault(field, value)
        elif fields and not line.strip("> \t"):
            return fields, at
    return fields, _last_header(lines)


def _last_header(lines: list[str]) -> int:
    return max((at for at, line in enumerate(lines[:HEADER_LINES], 1) if _field(line)[0]), default=0)


def _field(line: str) -> tuple[str, str]:
    found = LINE.match(line)
    field = FIELD_OF.get(found.group(1).strip().lower(), "") if found else ""
    return (field, found.group(2).strip("* ")) if found and field else ("", "")


def _unquoted(body: str) -> str:
    """Take one level of quotation off where every line has one."""
    lines = body.split("\n")
    if all(line.startswith(">") for line in lines if line.strip()):
        return "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)
    return body


def _when(words: str) -> datetime | None:
    """Read a date as mail programs write it in five languages; without a zone it is taken as UTC."""
    exact = moment(words)
    if exact or not words:
        return exact
    plain = re.sub(r"\b(?:at|um|uhr|a las|à|في)\b|الساعة", " ", words[:100], flags=re.IGNORECASE)
    try:
        found = dateparser.parse(plain, languages=LANGUAGES, settings={"RETURN_AS_TIMEZONE_AWARE": True, "TIMEZONE": "UTC", "PARSERS": ["absolute-time"]})
    except Exception:  # noqa: BLE001  the edge: a date nobody can read is an unknown date
        return None
    return found.astimezone(UTC) if found else None
