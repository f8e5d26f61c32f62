"""Testimony* -> Votes: what each independent origin says stands in the way, as chances over the kinds, and how much it may weigh."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from store.records import Obstacle, ObstacleState, Testimony

KINDS: Final[tuple[Obstacle, ...]] = tuple(o for o in Obstacle if o is not Obstacle.NONE)
HYPOTHESES: Final[tuple[Obstacle, ...]] = (*KINDS, Obstacle.NONE)  # NONE: what stood in the way has fallen
_SAME_AGAIN = timedelta(days=14)
_DOUBT = 0.02  # no reading is certain
_ALIKE = 0.6  # how alike what different voices say in one week is: they write about the same events


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """One row for each independent origin that names anything, in order of time; `chances` (n, 10) over HYPOTHESES, rows sum to 1; `weights` (n,) in [0, 1]."""

    testimonies: tuple[Testimony, ...]
    chances: NDArray[np.float64]
    weights: NDArray[np.float64]

    def without(self, voice: str) -> "Votes":
        """Leave one voice out."""
        return self.chosen([t.voice != voice for t in self.testimonies])

    def since(self, when: datetime) -> "Votes":
        """Keep what was said at `when` or later."""
        return self.chosen([t.at >= when for t in self.testimonies])

    def until(self, when: datetime) -> "Votes":
        """Keep what was said before `when`."""
        return self.chosen([t.at < when for t in self.testimonies])

    def chosen(self, keep: Sequence[bool]) -> "Votes":
        """Keep the rows marked in `keep`, with the weights they have."""
        rows = np.array(keep, dtype=bool)
        kept = tuple(t for t, stays in zip(self.testimonies, keep, strict=True) if stays)
        return Votes(testimonies=kept, chances=self.chances[rows], weights=self.weights[rows])


def votes(testimonies: Iterable[Testimony]) -> Votes:
    """Turn testimony into votes: the first of each origin; a voice that says the same again within a fortnight is not heard twice.

    A reading's weight is the calibrated chance that the report names the kind; what is left of it is spread over all kinds alike, as is what the
    report may lack in relevance. Told as lifted, a kind counts for "nothing stands in the way" and against itself. Voices of one week tell of the
    same events: n of them weigh n / (1 + (n - 1) r) together (design effect of a cluster sample, Kish 1965), so that a busy week is not a change.
    """
    spoken = [(t, chances_of(t)) for t in first_of_each_origin(testimonies) if t.obstacles]
    heard = _rationed(spoken)
    chances = np.array([row for _, row in heard]).reshape(len(heard), len(HYPOTHESES))
    told = tuple(testimony for testimony, _ in heard)
    return Votes(testimonies=told, chances=chances, weights=_weights(told, chances))


def chances_of(testimony: Testimony) -> NDArray[np.float64]:
    """Spread one testimony over HYPOTHESES."""
    told, fallen = np.zeros(len(HYPOTHESES)), np.ones(len(HYPOTHESES))
    for reading in testimony.obstacles:
        lifted = reading.state is ObstacleState.LIFTED
        told[HYPOTHESES.index(Obstacle.NONE if lifted else reading.obstacle)] += reading.weight
        fallen[HYPOTHESES.index(reading.obstacle)] *= 1.0 - 0.95 * reading.weight if lifted else 1.0
    told *= testimony.relevance / max(1.0, told.sum())
    row: NDArray[np.float64] = told + max(1.0 - told.sum(), _DOUBT) * fallen / fallen.sum()
    even: NDArray[np.float64] = row / row.sum()
    return even


def first_of_each_origin(testimonies: Iterable[Testimony]) -> list[Testimony]:
    """Keep the earliest testimony of each origin, in order of time."""
    firsts: dict[str, Testimony] = {}
    for testimony in sorted(testimonies, key=lambda t: (t.at, t.report_id)):
        firsts.setdefault(testimony.origin_id, testimony)
    return list(firsts.values())


def monday(when: datetime) -> datetime:
    """Return the Monday 00:00 UTC at or before a moment."""
    day = when.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def _rationed(spoken: Sequence[tuple[Testimony, NDArray[np.float64]]]) -> list[tuple[Testimony, NDArray[np.float64]]]:
    heard: dict[tuple[str, int], datetime] = {}
    kept = []
    for testimony, row in spoken:
        said = (testimony.voice, int(np.argmax(row)))
        if said not in heard or testimony.at - heard[said] >= _SAME_AGAIN:
            heard[said] = testimony.at
            kept.append((testimony, row))
    return kept


def _weights(testimonies: Sequence[Testimony], chances: NDArray[np.float64]) -> NDArray[np.float64]:
    weeks, kinds = [monday(t.at) for t in testimonies], chances.argmax(axis=1) if len(chances) else []
    crowd = {week: sum(row for at, row in zip(weeks, chances, strict=True) if at == week) for week in set(weeks)}
    return np.array([1.0 / (1.0 + _ALIKE * max(0.0, float(crowd[week][kind]) - 1.0)) for week, kind in zip(weeks, kinds, strict=True)])
