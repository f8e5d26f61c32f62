"""Sphere: distances as everybody else measures them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.places.sphere import kilometres, km, on_sphere
from store.records import Place

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def _at(point: tuple[float, float]) -> Place:
    return Place(id="x", name="x", country="", lat=point[0], lon=point[1])


def test_known_distances() -> None:
    goma = _at((-1.67409, 29.22845))
    assert km(goma, -1.67409, 29.22845) == 0
    assert km(goma, -2.49077, 28.84281) == pytest.approx(100.4, abs=0.5)
    assert km(_at((0, 0)), 0, 180) == pytest.approx(6371 * np.pi)


@given(POINTS, POINTS)
def test_both_ways_of_measuring_agree_in_both_directions(first: tuple[float, float], second: tuple[float, float]) -> None:
    by_chord = kilometres(on_sphere(np.array([first])), on_sphere(np.array([second])))
    assert by_chord.shape == (1, 1)
    assert by_chord[0, 0] == pytest.approx(km(_at(first), *second), abs=0.5)
    assert km(_at(first), *second) == pytest.approx(km(_at(second), *first), abs=1e-6)


def test_many_points_at_once() -> None:
    far = kilometres(on_sphere(np.array([(0.0, 0.0), (0.0, 90.0)])), on_sphere(np.array([(0.0, 0.0), (90.0, 0.0), (0.0, 180.0)])))
    np.testing.assert_allclose(far, 6371 * np.pi / 2 * np.array([[0, 1, 2], [1, 1, 1]]), atol=1e-6)
