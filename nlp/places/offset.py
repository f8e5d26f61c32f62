"""Distance and bearing from a place ("20 km north of Goma") -> the point that is meant."""

import math
import re
from dataclasses import replace
from typing import Final

from store.records import Place, Precision, Report, Toponym

_KM_A_DEGREE = 111.2
_MILE = 1.609
# nobody measures from a place that is farther away
_FARTHEST_KM = 300.0
_BEARINGS: Final = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315,
    "nord": 0, "nord-est": 45, "est": 90, "sud-est": 135, "sud": 180, "sud-ouest": 225, "ouest": 270, "nord-ouest": 315,
    "norte": 0, "noreste": 45, "nordeste": 45, "este": 90, "sureste": 135, "sudeste": 135, "sur": 180, "suroeste": 225, "sudoeste": 225, "oeste": 270,
    "noroeste": 315, "شمال": 0, "شمال شرق": 45, "شرق": 90, "جنوب شرق": 135, "جنوب": 180, "جنوب غرب": 225, "غرب": 270, "شمال غرب": 315,
}  # fmt: skip
_UNITS = r"(?P<unit>km|kms|kilomet(?:er|re)s?|kilomètres?|kilómetros?|miles?|mi|كيلومترات|كيلومتر(?:ا|اً)?|كلم|كم)"
_WAYS = "|".join(sorted(map(re.escape, _BEARINGS), key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?P<far>\d{{1,3}}(?:[.,]\d)?)\s?{_UNITS}\.?\s(?:to the |au |à l['’]|al |)(?P<way>{_WAYS})\s?(?:of|from|de|d['’]|du|del|من|)\s*$", re.IGNORECASE
)
_LOOK_BACK = 60


def offset(toponym: Toponym, report: Report) -> Toponym:
    """Move a toponym to where its words say when a distance and a bearing stand right before it; else return it as it is.

    The point reckoned on the sphere is an exact place of its own, "at:lat,lon", in the country, region and district of the named one, which stays as
    runner-up. Miles count as 1.609 km; over 300 km is no such phrase. English, French, Spanish and Arabic.
    """
    if toponym.place.precision not in (Precision.TOWN, Precision.DISTRICT) or toponym.end == 0:
        return toponym
    found = _BEFORE.search(report.words[max(0, toponym.start - _LOOK_BACK) : toponym.start])
    if found is None:
        return toponym
    far = float(found["far"].replace(",", ".")) * (_MILE if found["unit"].lower().startswith("mi") else 1.0)
    if not 0 < far <= _FARTHEST_KM:
        return toponym
    point = _moved(toponym.place, far, _BEARINGS[" ".join(found["way"].lower().split())])
    words = f"{found.group().strip()} {toponym.text}"
    place = replace(toponym.place, id=f"at:{point[0]},{point[1]}", name=words, lat=point[0], lon=point[1], precision=Precision.EXACT, population=0)
    return replace(toponym, place=place, runner_up=toponym.place)


def _moved(place: Place, far: float, bearing: float) -> tuple[float, float]:
    along = math.radians(bearing)
    latitude = max(-89.9, min(89.9, place.lat + far / _KM_A_DEGREE * math.cos(along)))
    east = far / (_KM_A_DEGREE * math.cos(math.radians((place.lat + latitude) / 2))) * math.sin(along)
    return round(latitude, 4), round((place.lon + east + 180) % 360 - 180, 4)
