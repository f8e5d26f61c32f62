"""Toponyms of a voice's earlier reports -> what it usually reports about."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nlp.places.sphere import on_sphere
from store.records import Place, Precision, Toponym

SURE = 0.5
_WIDE = frozenset({Precision.COUNTRY, Precision.REGION})
_KEPT = 60


@dataclass(slots=True)
class Habit:
    """How often the earlier reports of one voice named each place, counted once a report, and so each country and region; `total` adds them all up."""

    total: int = 0
    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    _points: dict[str, tuple[float, float]] = field(default_factory=dict)

    def add(self, place: Place, reports: int = 1) -> None:
        """Count a place that so many reports named."""
        self.total += reports
        self.places[place.id] += reports
        if place.country:
            self.countries[place.country] += reports
        if place.admin1:
            self.regions[place.country, place.admin1] += reports
        if place.precision not in _WIDE:
            self._points[place.id] = (place.lat, place.lon)

    def usual(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the towns and districts it names most, as unit vectors of shape (n, 3), and their shares of the total, shape (n,)."""
        most = sorted(((self.places[id_], id_) for id_ in self._points), key=lambda pair: (-pair[0], pair[1]))[:_KEPT]
        points = np.array([self._points[id_] for _, id_ in most]).reshape(-1, 2)
        return on_sphere(points), np.array([count for count, _ in most]) / max(1, self.total)


class Habits:
    """The habits of all voices, learned in order of time."""

    def __init__(self, known: Iterable[tuple[str, Place, int]] = ()) -> None:
        """Start from (voice, place, in how many of its reports)."""
        self._of: defaultdict[str, Habit] = defaultdict(Habit)
        for voice, place, reports in known:
            self._of[voice].add(place, reports)

    def of(self, voice: str) -> Habit:
        """Return what this voice usually reports about; of an unknown voice nothing is known."""
        return self._of[voice]

    def learn(self, voice: str, toponyms: Iterable[Toponym]) -> None:
        """Count the places of a report that has been read; mere guesses teach nothing."""
        for place in {toponym.place.id: toponym.place for toponym in toponyms if toponym.probability >= SURE}.values():
            self._of[voice].add(place)
