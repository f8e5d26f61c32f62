"""Natural Earth 1:50m countries (world-atlas TopoJSON) -> data/basemap.json: run by hand, `python -m reports.draw.build_basemap countries-50m.json`.

Arcs stay shared between neighbours, so a border is drawn once and never gapes after simplification (Ramer-Douglas-Peucker, 0.02 degrees).
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STEP = 0.01
TOLERANCE = 0.02
TARGET = Path(__file__).parent / "data" / "basemap.json"


def build(topology: dict[str, object]) -> dict[str, object]:
    """Simplify and quantise the arcs of a world-atlas topology; a country is a tuple of rings, a ring a list of arc indices (~i = reversed)."""
    raw: Sequence[Sequence[Sequence[int]]] = topology["arcs"]  # type: ignore[assignment]
    transform: dict[str, list[float]] = topology["transform"]  # type: ignore[assignment]
    arcs = [_packed(_simplified(_decoded(arc, transform))) for arc in raw]
    objects: dict[str, dict[str, list[dict[str, object]]]] = topology["objects"]  # type: ignore[assignment]
    countries = [_rings(geometry) for geometry in objects["countries"]["geometries"] if geometry.get("arcs")]
    return {"step": STEP, "arcs": arcs, "countries": countries}


def _decoded(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> NDArray[np.float64]:
    return np.cumsum(np.asarray(arc, dtype=float), axis=0) * transform["scale"] + transform["translate"]


def _simplified(points: NDArray[np.float64]) -> NDArray[np.float64]:
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        far = _distances(points[first + 1 : last], points[first], points[last])
        worst = int(far.argmax())
        if far[worst] > TOLERANCE:
            keep[first + 1 + worst] = True
            spans += [(first, first + 1 + worst), (first + 1 + worst, last)]
    return points[keep]


def _distances(points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    gap: NDArray[np.float64] = np.linalg.norm(points - start - share[:, None] * along, axis=1)
    return gap


def _packed(points: NDArray[np.float64]) -> list[int]:
    grid = np.round(points / STEP).astype(int)
    return [int(value) for value in np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=int)).ravel()]


def _rings(geometry: dict[str, object]) -> list[object]:
    arcs: list[object] = geometry["arcs"]  # type: ignore[assignment]
    polygons: list[list[object]] = [arcs] if geometry["type"] == "Polygon" else arcs  # type: ignore[assignment]
    return [ring for polygon in polygons for ring in polygon]


if __name__ == "__main__":
    TARGET.write_text(json.dumps(build(json.loads(Path(sys.argv[1]).read_text("utf-8"))), separators=(",", ":")), "utf-8")
