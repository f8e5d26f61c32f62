"""What was said, and where -> new voices a day: an origin counts for whoever carried it first, and a voice once in four weeks in one place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from nlp.situate.surveil import Matrix
from store.records import Place, Precision, Report

# within so many days a voice is not new: every one that counts in that time is another
WATCHED = 28
LOUD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An origin's first report as surveillance sees it: when, by whom, and about which place; one for each place it names."""

    at: datetime
    voice: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """New voices by area (row) and day (column, the first one `start`). `parents[i]` is the row of the area around row i, -1 for that of the world."""

    start: date
    areas: tuple[str, ...]
    parents: tuple[int, ...]
    counts: Matrix


def first_carriers(reports: Iterable[Report], origin_of: Mapping[str, str]) -> list[Report]:
    """Keep the first report of each origin, in order of time."""
    first: dict[str, Report] = {}
    for report in sorted(reports, key=lambda r: (r.at, r.id)):
        first.setdefault(origin_of.get(report.id, report.id), report)
    return list(first.values())


def calm(roots: Iterable[Report], reports: Iterable[Report]) -> list[Report]:
    """Leave out what a voice said on a day on which it said more than twenty things among `reports`: such a flood is not heard at all."""
    said = Counter((report.voice, report.at.astimezone(UTC).date()) for report in reports)
    return [root for root in roots if said[root.voice, root.at.astimezone(UTC).date()] <= LOUD]


def areas(place: Place) -> tuple[str, ...]:
    """Name the areas a place lies in, the world ("") first, itself last; a region and a country are areas by their codes."""
    region = f"{place.country}.{place.admin1}" if place.country and place.admin1 else ""
    around = [area for area in (place.country, region) if area]
    of_codes = {Precision.COUNTRY: 1, Precision.REGION: 2}.get(place.precision)
    return ("", *around, place.id) if of_codes is None or len(around) < of_codes else ("", *around[:of_codes])


def hear(said: Iterable[Said], as_of: datetime, days: int) -> Heard:
    """Count the voices of the last `days` days up to that of `as_of`, in each area they spoke of and all around it."""
    last = as_of.astimezone(UTC).date()
    start = last - timedelta(days=days - 1)
    voices: dict[str, set[tuple[int, str]]] = {"": set()}
    parent: dict[str, str] = {}
    for one in said:
        day = (one.at.astimezone(UTC).date() - start).days
        if 0 <= day < days and one.at <= as_of:
            path = areas(one.place)
            parent.update(zip(path[1:], path, strict=False))
            for area in path:
                voices.setdefault(area, set()).add((day, one.voice))
    order = sorted(voices, key=lambda area: (_depth(area, parent), area))
    row = {area: number for number, area in enumerate(order)}
    counts = np.stack([by_day(voices[area], days) for area in order])
    return Heard(start=start, areas=tuple(order), parents=tuple(row[parent[area]] if area else -1 for area in order), counts=counts)


def by_day(voices: Iterable[tuple[int, str]], days: int) -> Matrix:
    """Count by day the voices (day, voice) that had not counted for four weeks."""
    counts, last = np.zeros(days), dict[str, int]()
    for day, voice in sorted(voices):
        if day - last.get(voice, -WATCHED) >= WATCHED:
            counts[day] += 1
            last[voice] = day
    return counts


def _depth(area: str, parent: Mapping[str, str]) -> int:
    depth = 0
    while area:
        area, depth = parent[area], depth + 1
    return depth
