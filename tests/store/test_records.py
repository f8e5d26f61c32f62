"""The vocabulary refuses what cannot be."""

import math

import pytest

from store.records import Obstacle, ObstacleReading, ObstacleState, Place, Toponym

TOWN = Place(id="gn:1", name="Boda", country="CF", lat=4.3, lon=17.5)


@pytest.mark.parametrize("value", [-0.01, 1.01, math.nan])
def test_a_probability_or_a_weight_outside_0_to_1_is_refused_by_name(value: float) -> None:
    with pytest.raises(ValueError, match="probability must lie"):
        Toponym(start=0, end=4, text="Boda", place=TOWN, probability=value)
    with pytest.raises(ValueError, match="weight must lie"):
        ObstacleReading(obstacle=Obstacle.LEGAL, state=ObstacleState.PRESENT, weight=value, sentence="")


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_both_ends_are_probabilities(value: float) -> None:
    found = Toponym(start=0, end=4, text="Boda", place=TOWN, probability=value)
    assert found.probability == value
    assert not hasattr(found, "__dict__")
