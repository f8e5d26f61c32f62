"""How things stood week by week -> how likely a state still holds, or is reached, some weeks on: conditions that fail, obstacles that lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

# How many imagined weeks the beliefs held before anything was seen weigh.
_BELIEVED_WEEKS: Final = 4.0
# Weeks overlap: so many pairs say about as much as one.
_OVERLAP: Final = 2.0


class Near(IntEnum):
    """How near a state is to holding: it does, it well may, or nothing points to it."""

    HOLDS = 2
    CLOSE = 1
    FAR = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """How near a state was to holding in one week; whether it held is `near is Near.HOLDS`."""

    number: int
    near: Near


def chance(courses: Iterable[Sequence[Week]], now: Near, weeks: int, believed: tuple[float, float, float]) -> float:
    """Return the chance that a state that is now so near holds in so many weeks, from how often that came so in all courses known.

    `believed` are the chances held before anything was seen, for far, close and holding; they weigh as four weeks do (beta-binomial). Always in (0, 1).
    """
    came, seen = 0, 0
    for course in courses:
        later = {week.number: week.near for week in course}
        then = [later[week.number + weeks] is Near.HOLDS for week in course if week.near is now and week.number + weeks in later]
        came, seen = came + sum(then), seen + len(then)
    return (came / _OVERLAP + _BELIEVED_WEEKS * believed[now]) / (seen / _OVERLAP + _BELIEVED_WEEKS)
