"""Submission -> Report: clean text, one clock, a plain language code; the sender's identity stays behind."""

from datetime import datetime

from ingest.clean import for_matching, one_line, squeeze
from store.records import Report, Submission, utc


def normalise(submission: Submission, report_id: str, received_at: datetime, content_hash: str) -> Report:
    """Make the report that the pipeline reads.

    Directional overrides and invisible characters go, since they make a text look like another one than it is matched as; the journal
    keeps the text as it was sent. `at` is the submission's own time, never later than its reception. The language is the primary subtag
    in lower case ("ar-SY" becomes "ar"), empty where none was given.
    """
    received = utc(received_at)
    said = utc(submission.occurred_at) if submission.occurred_at else received
    text = squeeze(for_matching(submission.text))
    return Report(
        id=report_id,
        channel=submission.channel,
        source=_line(submission.source),
        source_kind=submission.source_kind,
        key=submission.key,
        at=min(said, received),
        received_at=received,
        text=text or _line(submission.title),
        title=_line(submission.title) if text else "",
        place=_line(submission.place),
        lat=submission.lat,
        lon=submission.lon,
        language=submission.language.replace("_", "-").partition("-")[0].lower(),
        confidence=_line(submission.confidence),
        sensitivity=submission.sensitivity,
        figures=submission.figures,
        url=submission.url,
        publisher=_line(submission.publisher),
        attachments=submission.attachments,
        content_hash=content_hash,
    )


def _line(words: str) -> str:
    return one_line(for_matching(words))
