"""Place* x Place* -> how near two reports' places are: the same, one within the other, or so many kilometres apart."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from store.records import Place, Precision

MOST_SPOTS = 6
_EARTH_KM = 6371.0088
_NEIGHBOURS_KM = 300.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as grouping compares it: a point on the unit sphere, and what holds it. `holds` names what lies within it, "" for a town."""

    id: str
    name: str
    x: float
    y: float
    z: float
    within: tuple[str, ...]
    holds: str


@dataclass(frozen=True, slots=True)
class Apart:
    """How two reports' places lie: the share of places in common, whether one is within another, and where neither, the least distance in kilometres."""

    shared: float = 0.0
    nested: bool = False
    kilometres: float | None = None

    @property
    def near(self) -> bool:
        """Say whether the two may well be told of one place."""
        return bool(self.shared) or self.nested or (self.kilometres is not None and self.kilometres <= _NEIGHBOURS_KM)

    @property
    def far(self) -> bool:
        """Say whether the two are told of different places."""
        return self.kilometres is not None and self.kilometres > _NEIGHBOURS_KM


UNKNOWN = Apart()
_NESTED = Apart(nested=True)


@cache
def _shared(common: int, least: int) -> Apart:
    return Apart(shared=common / least)


def spots(places: Sequence[Place]) -> tuple[Spot, ...]:
    """Return the first `MOST_SPOTS` different places, ready to compare."""
    return tuple(_spot(place) for place in {place.id: place for place in places}.values())[:MOST_SPOTS]


def apart(here: Sequence[Spot], there: Sequence[Spot]) -> Apart:
    """Compare the places of two reports, in either order; where one names none, nothing is known.

    What counts is the nearest pair: reports of one flood name many towns, but some of them near each other.
    """
    if not here or not there:
        return UNKNOWN
    common = sum([one.id == other.id for one in here for other in there])
    if common:
        return _shared(common, min(len(here), len(there)))
    if any(one.name == other.name for one in here for other in there):
        # one name, resolved in two ways: at least one of them is wrong
        return UNKNOWN
    if any(one.holds in other.within or other.holds in one.within for one in here for other in there):
        return _NESTED
    nearest = max([one.x * other.x + one.y * other.y + one.z * other.z for one in here for other in there])
    return Apart(kilometres=_EARTH_KM * math.acos(max(-1.0, min(1.0, nearest))))


def nearby(here: Sequence[Spot], others: Collection[Sequence[Spot]]) -> float:
    """Return the share of located reports that are not told of places far from `here`; 1 where there are none."""
    return sum(not apart(here, there).far for there in others) / len(others) if others else 1.0


def _spot(place: Place) -> Spot:
    lat, lon = math.radians(place.lat), math.radians(place.lon)
    region = f"{place.country}.{place.admin1}" if place.country and place.admin1 else ""
    holds = {Precision.COUNTRY: place.country, Precision.REGION: region}.get(place.precision, "")
    within = tuple(one for one in (place.country, region) if one)
    return Spot(place.id, place.name.casefold(), math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat), within, holds)
