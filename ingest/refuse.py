"""Something wrong -> Refusal: one place that cuts the bytes, so that quarantine never grows without bound."""

import json
from dataclasses import asdict

from store.records import Channel, Refusal, Submission

BODY_LIMIT = 1 << 20
WHERE_LIMIT = 500


def refuse(channel: Channel, source: str, where: str, why: tuple[str, str], body: bytes) -> Refusal:
    """Build a Refusal; `why` is (reason, remedy), `body` is cut to 1 MiB, `where` to 500 characters."""
    reason, remedy = why
    place = printable(where)[:WHERE_LIMIT]
    return Refusal(channel=channel, source=printable(source), where=place, reason=printable(reason), remedy=remedy, body=body[:BODY_LIMIT])


def refuse_submission(submission: Submission, reason: str, remedy: str) -> Refusal:
    """Refuse a submission that a reader already built; its body is the submission as JSON, without the sender's identity."""
    return refuse(submission.channel, submission.source, f"key {submission.key}", (reason, remedy), as_json(submission))


def as_json(submission: Submission) -> bytes:
    """Write a submission without its sender as ASCII JSON, lone surrogates and NUL escaped."""
    fields = {name: value for name, value in asdict(submission).items() if name != "sender"}
    return json.dumps(fields, default=str, ensure_ascii=True).encode("ascii")


def printable(text: str) -> str:
    """Make any string safe to store and print: what UTF-8 cannot carry and control characters become the replacement character."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(mark if mark.isprintable() or mark in "\n\t" else "\ufffd" for mark in sound)
