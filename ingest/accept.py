"""Submission -> Submission | Refusal: what may be acknowledged. What passes here can be stored and read by everything after it."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from ingest.clean import one_line, without_controls
from ingest.dates import in_utc
from ingest.refuse import refuse_submission
from store.records import Attachment, Figure, Refusal, Submission

TEXT_LIMIT = 200_000
LIMITS = {"source": 200, "key": 500, "title": 1_000, "text": TEXT_LIMIT, "place": 500, "confidence": 200, "publisher": 200}
URL_LIMIT = 2_000
FIGURES = 100
ATTACHMENTS = 200
EARLIEST_YEAR = 1900
AHEAD = timedelta(hours=48)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,4}")
SURROGATE = re.compile("[\ud800-\udfff]")


def accept(submission: Submission, now: datetime) -> Submission | Refusal:
    """Check a submission and bring its fields into one form; the same submission gives the same result whenever it is sent.

    Text becomes NFC without control characters. Directional overrides and zero-width characters stay, since the journal keeps what was said;
    `normalise` takes them out of what is matched and shown. A URL that is not http or https and a language that is no language tag are
    dropped. A time up to 48 hours ahead is a wrong clock and is kept (`normalise` clamps it to reception); one further ahead or before
    1900 is dropped, so that reception stands. It is not replaced by `now`: a retry must have the same content.
    """
    wrong = _wrong(submission)
    if wrong:
        return refuse_submission(submission, *wrong)
    formed = _in_form(submission, now)
    wrong = _wrong(formed)  # a key of nothing but control characters is empty only now
    return refuse_submission(submission, *wrong) if wrong else formed


def _wrong(submission: Submission) -> tuple[str, str] | None:
    return next((wrong for check in CHECKS if (wrong := check(submission))), None)


def _in_form(submission: Submission, now: datetime) -> Submission:
    text, title = without_controls(submission.text).strip(), _line(submission.title)
    return replace(
        submission,
        text=text or title,
        title=title if text else "",
        source=_line(submission.source),
        key=_line(submission.key),
        place=_line(submission.place),
        confidence=_line(submission.confidence),
        publisher=_line(submission.publisher),
        occurred_at=_time(submission.occurred_at, now),
        language=_language(submission.language),
        url=safe_url(submission.url),
        attachments=tuple(_attachment(each) for each in submission.attachments[:ATTACHMENTS]),
        figures=tuple(Figure(kind=_line(each.kind), number=float(each.number), unit=_line(each.unit)) for each in submission.figures),
        sender=without_controls(_sound(submission.sender)),
    )


def _line(words: str) -> str:
    return one_line(without_controls(words))


def safe_url(url: str) -> str:
    """Return the URL where it is http or https with a host and no white space, else the empty string."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= URL_LIMIT and not re.search(r"[\s<>\"\x00-\x1f\x7f]", url)
    except ValueError:
        return ""
    return url if fits and not SURROGATE.search(url) else ""


def _time(when: datetime | None, now: datetime) -> datetime | None:
    moment = in_utc(when) if when else None
    return moment if moment and moment.year >= EARLIEST_YEAR and moment <= now + AHEAD else None


def _language(tag: str) -> str:
    return tag.strip().replace("_", "-") if LANGUAGE.fullmatch(tag.strip()) else ""


def _attachment(attachment: Attachment) -> Attachment:
    """Cut an attachment's text and make its name plain: it is never a reason to refuse the report it came with."""
    name, media_type, text = (without_controls(_sound(words)) for words in (attachment.name, attachment.media_type, attachment.text[:TEXT_LIMIT]))
    return replace(attachment, name=one_line(name)[:200], media_type=one_line(media_type)[:100], text=text)


def _sound(text: str) -> str:
    return SURROGATE.sub("\ufffd", text).replace("\0", "")


# --- the checks: None, or (reason, remedy) -----------------------------------------------------

Wrong = tuple[str, str] | None


def _unstorable(submission: Submission) -> Wrong:
    for name, words in _texts(submission):
        if "\0" in words:
            return f"{name} contains a NUL character", "send text without NUL (U+0000)"
        if SURROGATE.search(words):
            return f"{name} contains half a character (a lone surrogate)", "encode the text as UTF-8"
    return None


def _texts(submission: Submission) -> list[tuple[str, str]]:
    named = [(name, getattr(submission, name)) for name in LIMITS]
    return [*named, *((f"figures[{at}].{name}", getattr(figure, name)) for at, figure in enumerate(submission.figures) for name in ("kind", "unit"))]


def _too_long(submission: Submission) -> Wrong:
    for name, limit in LIMITS.items():
        size = len(getattr(submission, name))
        if size > limit:
            return f"{name} has {size} characters, more than {limit}", f"shorten {name}" if name != "text" else "send it in parts, each with its own key"
    return None


def _missing(submission: Submission) -> Wrong:
    if not without_controls(submission.text + submission.title).strip():
        return "there is no text", "put what was seen or said into text"
    if not submission.source.strip() or not submission.key.strip():
        return "source or key is empty", "give the report a source and a key"
    return None


def _nowhere(submission: Submission) -> Wrong:
    if (submission.lat is None) != (submission.lon is None):
        return "lat and lon must be given together", "send both, or neither"
    for name, value, most in (("lat", submission.lat, 90), ("lon", submission.lon, 180)):
        if value is not None and not (math.isfinite(value) and abs(value) <= most):
            return f"{name} must lie between -{most} and {most}, not {value}", f"send {name} in decimal degrees (WGS 84), or leave both out"
    return None


def _figures(submission: Submission) -> Wrong:
    if len(submission.figures) > FIGURES:
        return f"there are {len(submission.figures)} figures, more than {FIGURES}", f"send at most {FIGURES} figures"
    for at, figure in enumerate(submission.figures):
        if not math.isfinite(figure.number) or abs(figure.number) > 1e15:
            return f"figures[{at}].number is not a usable number", "send a finite number"
        if len(figure.kind) > 200 or len(figure.unit) > 200:
            return f"figures[{at}] has a name of more than 200 characters", "shorten kind or unit"
    return None


CHECKS: tuple[Callable[[Submission], Wrong], ...] = (_unstorable, _too_long, _missing, _nowhere, _figures)
