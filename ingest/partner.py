"""A partner's report as JSON -> Submission | Refusal."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from ingest.dates import in_utc, moment
from ingest.refuse import refuse
from store.records import TLP, Channel, Figure, Refusal, SourceKind, Submission


def read_partner(body: Mapping[str, object], source: str, source_kind: SourceKind, sender: str, now: datetime) -> Submission | Refusal:
    """Build a submission from the fields of one report; `source` is the name the key's owner is shown under.

    Fields: text, key, title, occurred_at, place, lat, lon, language, confidence, sensitivity, figures, url. A report without `key` gets one made
    of its content, so that sending it twice is still sending it once. `now` is not stored: it is there for the check that follows.
    """
    del now
    try:
        return _submission(body, source, source_kind, sender)
    except (TypeError, ValueError) as wrong:
        return refuse(Channel.PARTNER, source, "request body", (str(wrong), "see the API's description of a report"), _canonical(body))


def content_key(body: Mapping[str, object]) -> str:
    """Return a key that depends on the content alone, not on the order of its fields."""
    return hashlib.sha256(_canonical({name: value for name, value in body.items() if name != "key" and value is not None})).hexdigest()[:32]


def _submission(body: Mapping[str, object], source: str, source_kind: SourceKind, sender: str) -> Submission:
    return Submission(
        channel=Channel.PARTNER,
        source=source,
        source_kind=source_kind,
        sender=sender,
        key=_words(body, "key") or content_key(body),
        text=_words(body, "text"),
        title=_words(body, "title"),
        place=_words(body, "place"),
        language=_words(body, "language"),
        confidence=_words(body, "confidence"),
        url=_words(body, "url"),
        occurred_at=_moment(body.get("occurred_at")),
        lat=_number(body, "lat"),
        lon=_number(body, "lon"),
        sensitivity=TLP(str(body.get("sensitivity") or TLP.AMBER).lower()),
        figures=_figures(body.get("figures")),
    )


def _words(body: Mapping[str, object], name: str) -> str:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name} must be a string")
    return value or ""


def _number(body: Mapping[str, object], name: str) -> float | None:
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number")
    try:
        return float(value)
    except OverflowError:
        raise ValueError(f"{name} is too large") from None


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    when = in_utc(value) if isinstance(value, datetime) else moment(str(value))
    if when is None:
        raise ValueError("occurred_at must be a date or time as in 2014-03-17T10:30:00Z")
    return when


def _figures(value: object) -> tuple[Figure, ...]:
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)):
        raise TypeError("figures must be a list")
    return tuple(_figure(each) for each in value)


def _figure(value: object) -> Figure:
    if not isinstance(value, Mapping):
        raise TypeError("each of figures must be an object with kind and number")
    number = _number(value, "number")
    if number is None:
        raise ValueError("each of figures needs a number")
    return Figure(kind=_words(value, "kind"), number=number, unit=_words(value, "unit"))


def _canonical(body: Mapping[str, object]) -> bytes:
    return json.dumps(dict(body), default=str, sort_keys=True, ensure_ascii=True).encode("ascii")
