"""Habits: what a voice's earlier reports were about, counted once a report and never from guesses."""

import numpy as np

from nlp.places.habits import Habit, Habits
from store.records import Place, Precision, Toponym

SARNIA = Place(id="gn:1", name="Sarnia", country="CA", lat=42.98, lon=-82.4, admin1="Ontario")
ONTARIO = Place(id="gn:2", name="Ontario", country="CA", lat=50.0, lon=-85.0, admin1="Ontario", precision=Precision.REGION)
AFRICA = Place(id="gn:3", name="Africa", country="", lat=7.0, lon=21.0, precision=Precision.COUNTRY)


def _toponym(place: Place, probability: float = 0.9, start: int = 1) -> Toponym:
    return Toponym(start=start, end=start + 3, text=place.name, place=place, probability=probability)


def test_a_place_counts_once_a_report_however_often_it_is_named() -> None:
    habits = Habits()
    habits.learn("herald", [_toponym(SARNIA, start=1), _toponym(SARNIA, start=9), _toponym(ONTARIO)])
    habits.learn("herald", [_toponym(SARNIA)])
    habit = habits.of("herald")
    assert (habit.total, habit.places["gn:1"], habit.countries["CA"], habit.regions["CA", "Ontario"]) == (3, 2, 3, 3)


def test_guesses_teach_nothing() -> None:
    habits = Habits()
    habits.learn("herald", [_toponym(SARNIA, probability=0.49)])
    assert habits.of("herald").total == 0


def test_voices_are_kept_apart_and_an_unknown_one_has_no_habits() -> None:
    habits = Habits([("herald", SARNIA, 4)])
    habits.learn("gazette", [_toponym(AFRICA)])
    assert habits.of("herald").places == {"gn:1": 4}
    assert (habits.of("gazette").countries, habits.of("gazette").regions) == ({}, {})
    assert habits.of("nobody").total == 0


def test_what_was_stored_and_what_is_learned_are_the_same() -> None:
    learned = Habits()
    for _ in range(3):
        learned.learn("herald", [_toponym(SARNIA), _toponym(ONTARIO)])
    assert Habits([("herald", SARNIA, 3), ("herald", ONTARIO, 3)]).of("herald") == learned.of("herald")


def test_the_usual_points_are_towns_with_their_shares_the_most_named_first() -> None:
    habit = Habit()
    other = Place(id="gn:9", name="Elsewhere", country="CA", lat=0.0, lon=0.0)
    for place, reports in ((other, 1), (SARNIA, 3), (ONTARIO, 4)):
        habit.add(place, reports)
    points, shares = habit.usual()
    np.testing.assert_allclose(shares, [3 / 8, 1 / 8])
    np.testing.assert_allclose(points[1], [1.0, 0.0, 0.0])


def test_a_voice_that_names_very_many_towns_is_known_by_those_it_names_most() -> None:
    habit = Habit()
    for number in range(100):
        habit.add(Place(id=f"gn:{number}", name="x", country="CA", lat=float(number % 90), lon=0.0), reports=1 + (number == 77))
    points, shares = habit.usual()
    assert points.shape == (60, 3)
    assert shares[0] == 2 / 101


def test_without_towns_there_are_no_usual_points() -> None:
    points, shares = Habit().usual()
    assert points.shape == (0, 3)
    assert shares.shape == (0,)
