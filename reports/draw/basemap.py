"""data/basemap.json -> the outlines of countries inside a box (Natural Earth 1:50m, public domain, by way of world-atlas)."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    """A window in degrees; `west` may be below -180 or `east` above 180 where it spans the date line."""

    west: float
    south: float
    east: float
    north: float


@cache
def _countries() -> tuple[tuple[tuple[Point, ...], ...], ...]:
    data = json.loads(files("reports.draw").joinpath("data/basemap.json").read_text("utf-8"))
    arcs = [tuple(_unpacked(arc, data["step"])) for arc in data["arcs"]]
    return tuple(tuple(_joined(ring, arcs) for ring in country) for country in data["countries"])


def _unpacked(arc: list[int], step: float) -> Iterator[Point]:
    x = y = 0
    for dx, dy in zip(arc[::2], arc[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x * step, y * step


def _joined(ring: list[int], arcs: list[tuple[Point, ...]]) -> tuple[Point, ...]:
    """Join arcs into a ring; index ~i is arc i reversed, and each arc begins where the last ended."""
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return tuple(_unbroken(points))


def _unbroken(points: list[Point]) -> Iterator[Point]:
    """Go on past 180 degrees where a ring crosses the date line; one that goes round a pole is closed through it."""
    turn, before = 0.0, points[0][0]
    for x, y in points:
        turn += 360.0 if x - before < -180 else -360.0 if x - before > 180 else 0.0
        before = x
        yield x + turn, y
    if turn:
        pole = 90.0 if points[0][1] > 0 else -90.0
        yield from ((before + turn, pole), (points[0][0], pole))


def outlines(box: Box) -> Iterator[list[list[Point]]]:
    """Yield each country that reaches into the box as its clipped rings."""
    for country in _countries():
        rings = [clipped for shift in (-360.0, 0.0, 360.0) for ring in country if (clipped := _clipped(ring, shift, box))]
        if rings:
            yield rings


def _clipped(ring: tuple[Point, ...], shift: float, box: Box) -> list[Point]:
    """Cut a ring to the box (Sutherland and Hodgman 1974)."""
    points = [(x + shift, y) for x, y in ring]
    if max(x for x, _ in points) < box.west or min(x for x, _ in points) > box.east:
        return []
    for axis, limit, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        points = _cut(points, axis, limit, sign)
    return points


def _cut(points: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for number, point in enumerate(points):
        before = points[number - 1]
        inside, was = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
        if inside != was:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if inside:
            kept.append(point)
    return kept
