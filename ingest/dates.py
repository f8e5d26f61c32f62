"""Words -> an aware UTC time, or None where they say none."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY_FIRST = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y")
SHORT = ("%Y-%m", "%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M")


def moment(words: str) -> datetime | None:
    """Read ISO 8601 or RFC 5322. A time without a zone is taken as UTC, a day as its midnight in UTC, a month as its first day.

    Dates such as 3/4/2014 say two different days and are not read.
    """
    words = words.strip()
    for read in (_iso, _short, _mail):
        when = read(words)
        if when is not None:
            return when
    return None


def day_first(words: str) -> datetime | None:
    """Read dd/mm/yyyy with or without a time, as UTC; ISO 8601 is read as well."""
    return _formats(words.strip(), DAY_FIRST) or moment(words)


def in_utc(when: datetime) -> datetime | None:
    """Return `when` in UTC, without a zone taken as UTC; None where that leaves the calendar."""
    try:
        shifted = (when.replace(tzinfo=UTC) if when.tzinfo is None else when).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return shifted if shifted.year > 1 and shifted < datetime.max.replace(tzinfo=UTC) - timedelta(days=366) else None


def _iso(words: str) -> datetime | None:
    try:
        return in_utc(datetime.fromisoformat(words))
    except ValueError:
        return None


def _mail(words: str) -> datetime | None:
    try:
        return in_utc(parsedate_to_datetime(words))
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def _short(words: str) -> datetime | None:
    return _formats(words, SHORT)


def _formats(words: str, formats: tuple[str, ...]) -> datetime | None:
    for pattern in formats:
        try:
            return datetime.strptime(words, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
