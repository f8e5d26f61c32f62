"""Voices by area -> Alarm*: where more of them speak than chance would have, and what that makes of a situation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from nlp.situate.expected import expected
from nlp.situate.surveil import Expected, Matrix, Risen, risen
from nlp.situate.voices import WATCHED, Heard, by_day
from store.records import Report, Situation, Trend

YOUNG = timedelta(days=28)
FRESH = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """From the end of `day` on chance is ruled out: in `days` days up to it `heard` voices spoke where `usual` were to be expected."""

    day: date
    days: int
    heard: int
    usual: float

    def __str__(self) -> str:
        """Say it with its numbers."""
        usual = f"{self.usual:.1f}" if self.usual >= 0.1 else "fewer than 0.1"
        span = "on one day" if self.days == 1 else f"within {self.days} days"
        return f"by {self.day.day} {self.day:%B} {self.heard} sources had spoken {span}, where {usual} were to be expected"


def usual(heard: Heard, share_in: NDArray[np.float64]) -> Expected:
    """Expect what each area used to bring; of the last days only what has come in by now (`share_in`, of the last day last)."""
    learned = expected(heard.counts, heard.parents)
    known = np.ones(heard.counts.shape[1])
    last = min(len(share_in), len(known))
    known[len(known) - last :] = share_in[len(share_in) - last :]
    return Expected(mean=learned.mean * known, size=learned.size)


def rising_areas(heard: Heard, normal: Expected) -> dict[str, Alarm]:
    """Map each area to its last alarm of four weeks; where areas within one another rise together the smallest alone is told."""
    found = _alarms(heard.counts, normal, heard.start)
    inside = {heard.parents[row] for row in found}
    while wider := {heard.parents[row] for row in inside if row >= 0} - inside:
        inside |= wider
    return {heard.areas[row]: alarm for row, alarm in found.items() if row not in inside and heard.areas[row]}


def rising(reports: Iterable[Report], area: str, heard: Heard, normal: Expected) -> Alarm | None:
    """Hold the voices of one situation (first carriers of its origins) against all that its area used to bring; None where no rise is beyond chance."""
    days = heard.counts.shape[1]
    if area not in heard.areas:
        return None
    row = heard.areas.index(area)
    spoken = ((day, report.voice) for report in reports if 0 <= (day := (report.at.astimezone(UTC).date() - heard.start).days) < days)
    at_place = Expected(mean=normal.mean[row : row + 1], size=normal.size[row : row + 1])
    return _alarms(by_day(spoken, days)[None, :], at_place, heard.start).get(0)


def emerged(situation: Situation, alarm: Alarm | None, as_of: datetime) -> Situation:
    """Say that a young situation emerges while its alarm stands, that an older one grows on a fresh one, and why; one that falls silent does neither."""
    if alarm is None or situation.trend in {Trend.FADING, Trend.DORMANT, Trend.CLOSED}:
        return situation
    young = situation.first_at > as_of - YOUNG
    if not young and alarm.day <= (as_of - FRESH).date():
        return situation
    return replace(situation, trend=Trend.EMERGING if young else Trend.GROWING, reason=f"{situation.reason}; {alarm} of its place")


def _alarms(counts: Matrix, normal: Expected, start: date) -> Mapping[int, Alarm]:
    since = max(0, counts.shape[1] - WATCHED)
    told = risen(counts[:, since:], Expected(mean=normal.mean[:, since:], size=normal.size[:, since:]))
    return {int(row): _alarm(told, int(row), start + timedelta(days=since)) for row in np.flatnonzero(told.alarm.any(axis=1))}


def _alarm(told: Risen, row: int, start: date) -> Alarm:
    day = int(np.flatnonzero(told.alarm[row])[-1])
    days, heard, expected_then = int(told.days[row, day]), int(told.heard[row, day]), float(told.usual[row, day])
    return Alarm(day=start + timedelta(days=day), days=days, heard=heard, usual=expected_then)
