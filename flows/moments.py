"""Words for a time -> an aware UTC datetime."""

from datetime import UTC, datetime, time

from store.errors import ConfigError


def moment(words: str) -> datetime:
    """Read an ISO 8601 date or time. A date alone means the end of that day, a time without a zone is UTC.

    Raises ConfigError that shows the form expected.
    """
    try:
        when = datetime.fromisoformat(words.strip())
        if len(words.strip()) <= 10:
            when = datetime.combine(when.date(), time(23, 59, 59))
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ConfigError(f"{words!r} is not a date or time. Write it like 2014-04-30 or 2014-04-30T18:00:00Z.") from None
