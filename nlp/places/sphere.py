"""Latitude and longitude -> points on the unit sphere, and kilometres between them."""

import math

import numpy as np
from numpy.typing import NDArray

from store.records import Place

_DIAMETER_KM = 12742.0


def on_sphere(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn degrees, shape (n, 2), into unit vectors, shape (n, 3)."""
    latitude, longitude = np.radians(points).T
    return np.column_stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)])


def kilometres(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the great-circle distances between unit vectors, shapes (n, 3) and (m, 3), as (n, m)."""
    chord = np.sqrt(np.clip(2.0 - 2.0 * (first @ second.T), 0.0, 4.0))
    return _DIAMETER_KM * np.arcsin(chord / 2.0)


def km(place: Place, latitude: float, longitude: float) -> float:
    """Return the great-circle distance from a place to a point (haversine)."""
    first, second = math.radians(place.lat), math.radians(latitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(math.radians(longitude - place.lon) / 2) ** 2
    return _DIAMETER_KM * math.asin(min(1.0, math.sqrt(half)))
