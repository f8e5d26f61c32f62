"""Report* + Reading* -> Claims*: what can be confirmed or contradicted, and how two reports stand to each other."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import product
from typing import Final

import numpy as np

from nlp.grade.kin import folded
from store.records import FigureKind, FigureReading, Obstacle, ObstacleState, Place, Precision, Reading, Report, SourceClass, SourceKind

NEAR_KM: Final = 25.0
ALIKE: Final = 0.25
APART: Final = 2.0
SETTLED: Final = timedelta(days=3)  # how long after a day its counts still rise
CHANGE: Final = timedelta(days=1)  # what is told lifted a day later was lifted meanwhile
STATE_DAYS: Final = timedelta(days=3)
_POINTS = frozenset({Precision.EXACT, Precision.TOWN})
_EARTH_KM = 6371.0


class Stance(StrEnum):
    """What one report does to another."""

    CONFIRMS = "confirms"
    FITS = "fits"
    CONTRADICTS = "contradicts"


_DENIAL: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)? (?:the )?(?:claim|report|rumou?r)|no truth|dément(?:i|ent)?|nie(?:nt)?|a nié|niegan?|negó|desm(?:iente|intió))\b"
    r"|نفى|نفت|ينفي|تنفي",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count as a claim: `where` it may be meant, `near` those and what lies within 25 km.

    `relayed` tells that another than the source vouches for it, `total` that another number for the same place and day would be another answer: sums of
    money, counts of whole countries and counts of nobody knows which place stand beside many others.
    """

    kind: FigureKind
    unit: str
    of: str
    low: float
    high: float | None
    where: frozenset[str]
    near: frozenset[str]
    first: date
    last: date
    dated: bool
    said_by: SourceClass
    relayed: bool
    total: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What one report claims, who says it and `where`: its places, or (not `local`) the countries where it names nothing closer.

    `near` are those and the places of other reports within 25 km; `speaker` is the voice however it is spelt.
    """

    report_id: str
    origin_id: str
    voice: str
    speaker: str
    source_kind: SourceKind
    at: datetime
    where: frozenset[str]
    near: frozenset[str]
    local: bool
    counts: tuple[Count, ...]
    obstacles: frozenset[tuple[Obstacle, ObstacleState]]

    @property
    def bare(self) -> bool:
        """Whether it says no more than that something is the matter somewhere."""
        return not self.counts and not self.obstacles


def claims(reports: Sequence[Report], readings: Mapping[str, Reading], origin_of: Mapping[str, str]) -> tuple[Claims, ...]:
    """Gather what each report claims, in order of (at, id); a report without a reading claims nothing."""
    near = neighbours(toponym.place for report in reports if report.id in readings for toponym in readings[report.id].toponyms)
    ordered = sorted(reports, key=lambda report: (report.at, report.id))
    return tuple(_claims(report, readings.get(report.id), near, origin_of.get(report.id, report.id)) for report in ordered)


def stance(earlier: Claims, later: Claims) -> Stance | None:
    """Say how two reports stand to each other, the same both ways; None where they have nothing to do with one another.

    Counts agree when their intervals, widened by a quarter, meet ("at least 40" reaches to 80); they contradict when, being totals of one day and place,
    they are still apart after widening both by a factor of two. Tolls rise: a later, larger count contradicts an earlier one only when both speak of a
    day at least three days gone. Obstacles, being few and cheap to name, decide only where no counts can be compared; what was blocked and is told to be
    open a day later has changed. What agrees in one count and contradicts in another only fits.
    """
    meet = not later.near.isdisjoint(earlier.where)
    pairs = [(a, b) for a, b in product(earlier.counts, later.counts) if _same(a, b)]
    agree, clash = _compared(pairs, earlier.at, later.at) if pairs or not meet else _matched(earlier, later)
    if agree != clash:
        return Stance.CONFIRMS if agree else Stance.CONTRADICTS
    return Stance.FITS if agree or (meet and earlier.local) else None


def neighbours(places: Iterable[Place]) -> dict[str, frozenset[str]]:
    """Map each place's id to the ids within 25 km of it, itself included; a region or district is near itself alone."""
    known = {place.id: place for place in places}
    points = sorted(place.id for place in known.values() if place.precision in _POINTS)
    near = {place_id: frozenset({place_id}) for place_id in known}
    lat, lon = (np.radians([getattr(known[one], axis) for one in points]) for axis in ("lat", "lon"))
    for number, one in enumerate(points):
        half = np.sin((lat - lat[number]) / 2) ** 2 + np.cos(lat) * np.cos(lat[number]) * np.sin((lon - lon[number]) / 2) ** 2
        near[one] = frozenset(points[other] for other in np.flatnonzero(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))) <= NEAR_KM))
    return near


def _places(reading: Reading | None) -> tuple[Place, ...]:
    """Take the report's own place field (0, 0) where there is one, else every place its words name."""
    toponyms = reading.toponyms if reading else ()
    return tuple(t.place for t in toponyms if t.end == 0) or tuple(t.place for t in toponyms)


def _claims(report: Report, reading: Reading | None, near: Mapping[str, frozenset[str]], origin_id: str) -> Claims:
    named = _places(reading)
    local = frozenset(place.id for place in named if place.precision is not Precision.COUNTRY)
    where = local or frozenset(place.id for place in named)
    towns = frozenset(toponym.place.id for toponym in reading.toponyms if toponym.place.precision is not Precision.COUNTRY) if reading else frozenset()
    figures = [figure for figure in reading.figures if figure.low or figure.high is not None] if reading else []
    return Claims(
        report_id=report.id,
        origin_id=origin_id,
        voice=report.voice,
        speaker=folded(report.voice),
        source_kind=report.source_kind,
        at=report.at,
        where=where,
        near=_around(where, near),
        local=bool(local),
        counts=tuple(_count(figure, report, frozenset({figure.place_id}) if figure.place_id else where, near, towns) for figure in figures),
        obstacles=_obstacles(reading) if reading else frozenset(),
    )


def _around(where: frozenset[str], near: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return where.union(*(near.get(place, ()) for place in where))


def _count(figure: FigureReading, report: Report, where: frozenset[str], near: Mapping[str, frozenset[str]], towns: frozenset[str]) -> Count:
    first, last = figure.first or figure.last or report.at.date(), figure.last or report.at.date()
    return Count(
        kind=figure.kind,
        unit=figure.unit,
        of=folded(figure.of),
        low=figure.low,
        high=figure.high,
        where=where,
        near=_around(where, near),
        first=min(first, last),
        last=max(first, last),
        dated=figure.first is not None or figure.last is not None,
        said_by=figure.said_by,
        relayed=figure.said_by is not report.source_kind.source_class,
        total=figure.kind is not FigureKind.MONEY and len(where) == 1 and where <= towns,
    )


def _obstacles(reading: Reading) -> frozenset[tuple[Obstacle, ObstacleState]]:
    """Take what the report says of each obstacle; one told both as standing and as lifted is no claim, nor is one that is only denied."""
    said = {(o.obstacle, o.state) for o in reading.obstacles if o.obstacle is not Obstacle.NONE and not _DENIAL.search(o.sentence)}
    return frozenset((obstacle, state) for obstacle, state in said if (obstacle, _other(state)) not in said)


def _other(state: ObstacleState) -> ObstacleState:
    return ObstacleState.LIFTED if state is ObstacleState.PRESENT else ObstacleState.PRESENT


def _same(one: Count, other: Count) -> bool:
    """Tell whether two counts count the same in one place, each vouched for by someone of its own."""
    echo = one.said_by is other.said_by and (one.relayed or other.relayed)
    return one.kind is other.kind and one.unit == other.unit and not echo and not one.where.isdisjoint(other.near)


def _compared(pairs: Sequence[tuple[Count, Count]], before: datetime, after: datetime) -> tuple[bool, bool]:
    """Tell whether any counts agree, and whether any of a kind on which none agree are at odds."""
    agreed = {a.kind for a, b in pairs if _alike(a, b)}
    return bool(agreed), any(a.kind not in agreed and _at_odds(a, b, rising=after > before, told=before.date()) for a, b in pairs)


def _matched(earlier: Claims, later: Claims) -> tuple[bool, bool]:
    return not earlier.obstacles.isdisjoint(later.obstacles), _turned(earlier, later)


def _alike(one: Count, other: Count) -> bool:
    if one.dated and other.dated and not _same_day(one, other):
        return False
    (low, high), (under, over) = _span(one), _span(other)
    return low * (1 - ALIKE) <= over * (1 + ALIKE) and under * (1 - ALIKE) <= high * (1 + ALIKE)


def _span(count: Count) -> tuple[float, float]:
    """Close an open interval: a bare lower bound speaks for at most twice, a bare upper one for at least half."""
    high = count.low * APART if count.high is None else count.high
    return (count.low or high / APART), high


def _same_day(one: Count, other: Count) -> bool:
    return one.first <= other.last and other.first <= one.last


def _at_odds(earlier: Count, later: Count, *, rising: bool, told: date) -> bool:
    other = earlier.of and later.of and earlier.of != later.of
    if other or not (earlier.total and later.total and _same_day(earlier, later)):
        return False
    settled = told - max(earlier.last, later.last) >= SETTLED
    return _above(earlier, later) or ((settled or not rising) and _above(later, earlier))


def _above(more: Count, less: Count) -> bool:
    return less.high is not None and more.low / APART > less.high * APART


def _turned(earlier: Claims, later: Claims) -> bool:
    """Tell whether one says lifted and the other standing, of one place, too close in time for it to have changed."""
    apart = later.at - earlier.at
    if apart > STATE_DAYS or len(earlier.where) != 1 or len(later.where) != 1:
        return False
    turned = {state for obstacle, state in later.obstacles if (obstacle, _other(state)) in earlier.obstacles}
    return bool(turned - ({ObstacleState.LIFTED} if apart >= CHANGE else set()))
