"""PlaceCount* -> Figure: where the reports are about, on the countries around them."""

import itertools
import math
from collections.abc import Sequence

from markupsafe import Markup

from reports import wording
from reports.draw.basemap import Box, Point, outlines
from reports.draw.svg import Figure, picture, tag, text
from store.records import Precision
from store.told import PlaceCount

Room = tuple[float, float, float, float]
WIDTH, HEIGHT = 480, 340
CORE = 0.6
REACH = 2.0
NEAR = 3.0
SPECK = 3
NUMBERED = 20
AREAS = (Precision.DISTRICT, Precision.REGION, Precision.COUNTRY)


def draw_map(marks: Sequence[PlaceCount]) -> Figure | None:
    """Draw the places around the middle of what names them; those far outside stand in the table alone.

    A full disc is a town or a point, a dashed ring an area, a thin ring a place that may be another; each grows with the independent origins
    that name it. Equirectangular, true to scale at the window's middle. None without places.
    """
    if not marks:
        return None
    order = sorted(marks, key=lambda mark: (-mark.heard.origins, -mark.heard.carriers, mark.place.id))
    box = _window(order)
    drawn = [(number, mark) for number, mark in enumerate(order[:NUMBERED], 1) if _inside(mark, box)]
    land = Markup("").join(tag("path", d=_path(rings, box), class_="land") for rings in outlines(_wider(box)))
    peak = order[0].heard.origins
    pins = [shape for number, mark in drawn for shape in _pin(number, mark, box, peak)]
    names = _names([mark for _, mark in drawn], box, peak)
    sea = tag("rect", width=WIDTH, height=HEIGHT, class_="sea")
    description = f"{wording.counted(len(drawn), 'place')} of {len(order)}; numbers as in the table"
    svg = picture((WIDTH, HEIGHT), "Where the reports are about", description, sea, land, *pins, *names)
    shown = {mark.place.id for _, mark in drawn}
    rows = tuple(_row(number, mark, mark.place.id in shown) for number, mark in enumerate(order, 1))
    return Figure(svg=svg, caption="Where the reports are about", header=("", "place", "country", "known to", "heard from", "on map"), rows=rows)


def _row(number: int, mark: PlaceCount, shown: bool) -> tuple[str, ...]:
    return (str(number), wording.place(mark), mark.place.country, mark.place.precision.value, str(mark.heard), "yes" if shown else "no")


def _window(marks: Sequence[PlaceCount]) -> Box:
    located = [mark for mark in marks if mark.place.precision is not Precision.COUNTRY] or list(marks)
    middle = _median(located)
    kept = _core(sorted(located, key=lambda mark: _distance(mark, middle)), middle)
    xs = [middle[0] + _east_of(mark, middle[0]) for mark in kept]
    ys = [mark.place.lat for mark in kept]
    return _shaped(min(xs), max(xs), min(ys), max(ys))


def _core(near: Sequence[PlaceCount], middle: Point) -> Sequence[PlaceCount]:
    """Keep the nearest places that bear most origins, and go on until the next lies more than twice as far out."""
    whole = sum(mark.heard.origins for mark in near)
    borne = 0
    for number, mark in enumerate(near):
        reached = _distance(near[number - 1], middle) if number else 0.0
        if borne >= CORE * whole and _distance(mark, middle) > max(NEAR, REACH * reached):
            return near[:number]
        borne += mark.heard.origins
    return near


def _distance(mark: PlaceCount, middle: Point) -> float:
    return math.hypot(_east_of(mark, middle[0]) * math.cos(math.radians(middle[1])), mark.place.lat - middle[1])


def _median(marks: Sequence[PlaceCount]) -> Point:
    half = sum(mark.heard.origins for mark in marks) / 2

    def middle(values: list[tuple[float, int]]) -> float:
        seen = 0
        for value, origins in sorted(values):
            seen += origins
            if seen >= half:
                return value
        raise AssertionError("the weights sum to twice the half")

    return middle([(mark.place.lon, mark.heard.origins) for mark in marks]), middle([(mark.place.lat, mark.heard.origins) for mark in marks])


def _east_of(mark: PlaceCount, lon: float) -> float:
    return (mark.place.lon - lon + 180) % 360 - 180


def _shaped(west: float, east: float, south: float, north: float) -> Box:
    """Add a margin and widen the shorter side, so that the window has the picture's shape."""
    x, y = (west + east) / 2, (south + north) / 2
    narrow = math.cos(math.radians(min(80.0, abs(y))))
    tall = max((north - south) * 1.35, (east - west) * 1.35 * narrow * HEIGHT / WIDTH, 3.0)
    wide = tall * WIDTH / HEIGHT / narrow
    return Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def _wider(box: Box) -> Box:
    x, y = (box.east - box.west) * 0.02, (box.north - box.south) * 0.02
    return Box(box.west - x, box.south - y, box.east + x, box.north + y)


def _projected(lon: float, lat: float, box: Box) -> Point:
    return (lon - box.west) / (box.east - box.west) * WIDTH, (box.north - lat) / (box.north - box.south) * HEIGHT


def _at(mark: PlaceCount, box: Box) -> Point:
    middle = (box.west + box.east) / 2
    return _projected(middle + _east_of(mark, middle), mark.place.lat, box)


def _inside(mark: PlaceCount, box: Box) -> bool:
    x, y = _at(mark, box)
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def _path(rings: Sequence[Sequence[Point]], box: Box) -> str:
    """Write rings as a path in half pixels, whole ones in a wide window: relative steps, specks and steps that do not move left out."""
    grain = 2 if box.north - box.south < 30 else 1
    return "".join(_ring([_projected(x, y, box) for x, y in ring], grain) for ring in rings)


def _ring(points: Sequence[Point], grain: int) -> str:
    grid = [(round(x * grain), round(y * grain)) for x, y in points]
    xs, ys = [x for x, _ in grid], [y for _, y in grid]
    if (max(xs) - min(xs)) * (max(ys) - min(ys)) < SPECK * grain:
        return ""
    kept = _straightened([point for point, before in zip(grid, [None, *grid], strict=False) if point != before])
    steps = [f"{(b[0] - a[0]) / grain:g} {(b[1] - a[1]) / grain:g}" for a, b in itertools.pairwise(kept)]
    return f"M{kept[0][0] / grain:g} {kept[0][1] / grain:g}l{' '.join(steps)}z".replace(" -", "-")


def _straightened(grid: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out points on the straight line between their neighbours."""
    kept = [grid[0]]
    for point, after in itertools.pairwise(grid[1:]):
        (x0, y0), (x1, y1), (x2, y2) = kept[-1], point, after
        if (x1 - x0) * (y2 - y1) != (y1 - y0) * (x2 - x1):
            kept.append(point)
    return [*kept, grid[-1]]


def _pin(number: int, mark: PlaceCount, box: Box, peak: int) -> list[Markup]:
    x, y = _at(mark, box)
    radius = _radius(mark, peak)
    kind = "area" if mark.place.precision in AREAS else "point"
    kind = kind if mark.certain else "doubt"
    label = tag("title", f"{number}: {wording.place(mark)}, {mark.heard}, known to the {mark.place.precision.value}")
    return [tag("circle", label, cx=x, cy=y, r=radius, class_=kind), text(x, y + 5, str(number), "middle", f"pin {kind}-number")]


def _radius(mark: PlaceCount, peak: int) -> float:
    return 9 + 11 * math.sqrt(mark.heard.origins / peak)


def _names(marks: Sequence[PlaceCount], box: Box, peak: int) -> list[Markup]:
    """Name the places beside their markers, the most heard first, wherever a name covers no marker and no other name."""
    taken = [(x - r, y - r, x + r, y + r) for mark in marks for (x, y), r in ((_at(mark, box), _radius(mark, peak)),)]
    shapes = []
    for mark in marks:
        free = [(room, anchor) for room, anchor in _rooms(mark, box, peak) if not any(_overlap(room, other) for other in taken)]
        if free:
            room, anchor = free[0]
            taken.append(room)
            shapes.append(text(room[0] if anchor == "start" else room[2], room[3] - 2, _name(mark), anchor, "place"))
    return shapes


def _name(mark: PlaceCount) -> str:
    return mark.place.name if mark.certain else f"{mark.place.name}?"


def _rooms(mark: PlaceCount, box: Box, peak: int) -> list[tuple[Room, str]]:
    """Give the room a name would take right and left of its marker, where that lies within the picture."""
    (x, y), gap, wide = _at(mark, box), _radius(mark, peak) + 4, 7.2 * len(_name(mark))
    sides = ((x + gap, "start"), (x - gap - wide, "end"))
    return [((left, y - 7, left + wide, y + 7), anchor) for left, anchor in sides if left >= 0 and left + wide <= WIDTH]


def _overlap(one: Room, other: Room) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
