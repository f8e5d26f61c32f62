"""When reports were said and when they came in -> how much of the latest days has come in by now."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from forecast.nowcast import AT_ONCE, Arrival, arrival

LATELY = timedelta(days=60)


def arriving(came: Iterable[tuple[datetime, datetime]], as_of: datetime) -> Arrival:
    """Learn how late reports come in from those of the last sixty days, given as (said, received).

    What came in after `as_of` is there although it was not known yet: a past day is told again, and nothing of it is missing.
    """
    known = [(said, received) for said, received in came if as_of - LATELY < said <= as_of]
    if any(received > as_of for _, received in known):
        return AT_ONCE
    day = timedelta(days=1)
    return arrival([(received - said) / day for said, received in known], [(as_of - said) / day for said, _ in known])
