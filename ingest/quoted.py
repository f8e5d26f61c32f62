"""The text of a mail -> its own words, with quotations and the signature set aside. Runs in the sandbox."""

import re

from mailparser_reply.parser import EmailMessage

LANGUAGES = ["en", "fr", "es", "de", "it", "nl", "pl", "sv", "da"]
LENGTH_LIMIT = 60_000
LINE_LIMIT = 2_000
SIGNATURE_LINES = 12
# What the library does not know: "On ... wrote:" in Arabic, Russian and Ukrainian, on one line or two.
MORE_REPLIES = re.compile(
    r"^[>\s]*(?:(?:في|بتاريخ)\s.{4,200}?كتبت?:?.{0,80}|\d.{4,160}\n?.{0,100}\b(?:написала?|написав|написал\(а\)|пише|пишет)):\s*$", re.MULTILINE
)
DASHES = re.compile(r"^-- ?$", re.MULTILINE)
DASHED_LINES = 40


def own_words(text: str) -> tuple[str, str]:
    """Return (what the sender wrote, what was quoted below it).

    A signature is left out of both: it names people. It counts as one only in the last 12 lines, so that a report with "Thanks," in its
    middle is not cut; hyphen lists are kept. Where nothing would remain the whole text is the sender's: losing words is worse than an echo.
    """
    if len(text) > LENGTH_LIMIT or max(map(len, text.split("\n"))) > LINE_LIMIT:
        return text, ""
    head, quotation = _split(text)
    said = _without_signature(_without_quoted_lines(head)).strip()
    return (said, quotation) if said else (text, "")


def _split(text: str) -> tuple[str, str]:
    more = MORE_REPLIES.search(text)
    if more:
        return text[: more.start()], text[more.start() :].strip()
    replies = EmailMessage(text=text, languages=list(LANGUAGES), keep_hyphen_lists=True).read().replies
    if len(replies) < 2:
        return text, ""
    return replies[0].content, "\n\n".join(reply.content for reply in replies[1:]).strip()


def _without_quoted_lines(text: str) -> str:
    """Drop lines marked as quoted at the end; those between answers stay, since the answers need them."""
    lines = text.rstrip().split("\n")
    while lines and (lines[-1].startswith(">") or not lines[-1].strip()):
        lines.pop()
    return "\n".join(lines)


def _without_signature(text: str) -> str:
    """Cut at the dashes that announce a signature, or at a closing formula near the end."""
    dashes = max((found.start() for found in DASHES.finditer(text)), default=0)
    if dashes and text[dashes:].count("\n") <= DASHED_LINES:
        text = text[:dashes]
    found = EmailMessage(text=text, languages=list(LANGUAGES), keep_hyphen_lists=True).read().replies[0].signatures or ""
    start = text.rfind(found) if found else 0
    return text[:start] if start > 0 and found.strip().count("\n") < SIGNATURE_LINES else text
