"""Reports with what was read in them, short to write."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from nlp.grade.judge import Judged, judge
from store.records import (
    Channel,
    FigureKind,
    FigureReading,
    Obstacle,
    ObstacleReading,
    ObstacleState,
    Place,
    Precision,
    Reading,
    Report,
    SourceClass,
    SourceKind,
    Toponym,
)

DAY = datetime(2026, 3, 1, 6, tzinfo=UTC)
PORT = Place(id="gn:1", name="Port", country="HT", lat=18.54, lon=-72.34)
SUBURB = Place(id="gn:2", name="Suburb", country="HT", lat=18.51, lon=-72.29)
INLAND = Place(id="gn:3", name="Inland", country="HT", lat=19.4, lon=-72.0)
COUNTRY = Place(id="gn:4", name="Haiti", country="HT", lat=19.0, lon=-72.4, precision=Precision.COUNTRY)
_OWN = SourceClass.OTHER  # stands for the class of the report's own source
Told = tuple[Report, Reading]


def tell(id_: str, *parts: FigureReading | ObstacleReading, hours: float = 0, places: Sequence[Place] = (PORT,), **fields: Any) -> Told:
    """Make a report by a source of its own, saying these figures and obstacles of these places."""
    at = DAY + timedelta(hours=hours)
    given: dict[str, Any] = {"source": f"voice of {id_}", "source_kind": SourceKind.NEWS, "channel": Channel.FEED, "key": id_} | fields
    report = Report(id=id_, at=at, received_at=at, text=id_, **given)
    toponyms = tuple(Toponym(start=n, end=n + 1, text=place.name, place=place, probability=1.0) for n, place in enumerate(places))
    own = report.source_kind.source_class
    figures = tuple(replace(part, said_by=own) if part.said_by is _OWN else part for part in parts if isinstance(part, FigureReading))
    obstacles = tuple(part for part in parts if isinstance(part, ObstacleReading))
    return report, Reading(report_id=id_, language="en", mentions=(), toponyms=toponyms, obstacles=obstacles, models=(), figures=figures)


def toll(low: float, high: float | None = -1, **fields: Any) -> FigureReading:
    """Count people killed; without `high` exactly so many, and without `said_by` by the source's own word."""
    given: dict[str, Any] = {"kind": FigureKind.KILLED, "unit": "people", "said_by": _OWN} | fields
    return FigureReading(start=0, end=1, text="", low=low, high=low if high == -1 else high, **given)


def road(state: ObstacleState = ObstacleState.PRESENT, obstacle: Obstacle = Obstacle.LOGISTICS) -> ObstacleReading:
    """Say that the road is blocked, or open again."""
    return ObstacleReading(obstacle=obstacle, state=state, weight=1.0, sentence="")


def gone(days: int) -> dict[str, Any]:
    """Date a count so many days before DAY."""
    day = DAY.date() - timedelta(days=days)
    return {"first": day, "last": day}


def judged(*told: Told, origins: dict[str, str] | None = None, **given: Any) -> dict[str, Judged]:
    """Judge one situation, by report id."""
    found = judge([report for report, _ in told], {reading.report_id: reading for _, reading in told}, origins or {}, **given)
    return {one.report_id: one for one in found}
