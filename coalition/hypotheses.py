"""Votes -> Hypotheses: what is the obstacle really? Each kind, and "nothing any more", as a hypothesis that is judged by what speaks against it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coalition.votes import HYPOTHESES, Votes
from store.records import Obstacle

_BESIDE: Final = 0.6  # a hypothesis that fits this part of what the best one fits stands beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypotheses:
    """`inconsistency` of each of HYPOTHESES, in origins, the least contradicted first, out of `weight` origins in all.

    `diagnostic`: the reports that speak for the first against the second, the most telling first.
    """

    inconsistency: tuple[tuple[Obstacle, float], ...]
    diagnostic: tuple[str, ...]
    weight: float

    @property
    def best(self) -> Obstacle:
        """Return the least contradicted hypothesis."""
        return self.inconsistency[0][0]

    def stands(self, kind: Obstacle) -> bool:
        """Say whether a kind is the least contradicted one or stands beside it."""
        return _fits(dict(self.inconsistency)[kind], self.weight) >= _BESIDE * _fits(self.inconsistency[0][1], self.weight) > 0.0


def hypotheses(votes: Votes) -> Hypotheses:
    """Judge all kinds against each other by the evidence against each.

    Analysis of competing hypotheses (Heuer 1999): the hypothesis with the least evidence against it leads, not that with the most for it; what fits
    all hypotheses alike decides nothing. An origin contradicts a hypothesis as far as it fits another better, and weighs by its diagnosticity: how
    far its chances are from even (one minus their entropy, in units of the largest).
    """
    against, total = _against(votes)
    order = np.argsort(against, kind="stable")
    return Hypotheses(
        inconsistency=tuple((HYPOTHESES[i], round(float(against[i]), 6)) for i in order),
        diagnostic=_telling(votes, int(order[0]), int(order[1])),
        weight=round(float(total), 6),
    )


def holds_without_any_voice(votes: Votes, kind: Obstacle) -> bool:
    """Say whether a kind still stands when any one voice is left out, so that none of them decides alone."""
    return all(hypotheses(votes.without(voice)).stands(kind) for voice in {t.voice for t in votes.testimonies})


def flips(votes: Votes, kind: Obstacle) -> tuple[str, ...]:
    """Name the fewest reports, the most telling first, without which a kind would not be the least contradicted; empty when it is not now."""
    found = hypotheses(votes)
    if found.best is not kind:
        return ()
    gone: list[str] = []
    while found.best is kind and found.diagnostic:
        first = HYPOTHESES.index(kind)
        second = HYPOTHESES.index(found.inconsistency[1][0])
        gone.append(_telling(votes, first, second)[0])
        votes = votes.chosen([t.report_id != gone[-1] for t in votes.testimonies])
        found = hypotheses(votes)
    return tuple(gone)


def _against(votes: Votes) -> tuple[NDArray[np.float64], float]:
    chances = votes.chances
    if not len(chances):
        return np.zeros(len(HYPOTHESES)), 0.0
    diagnostic = 1.0 + (chances * np.log(chances)).sum(axis=1) / np.log(len(HYPOTHESES))
    weights = votes.weights * diagnostic
    fits = chances / chances.max(axis=1, keepdims=True)
    against: NDArray[np.float64] = weights @ (1.0 - fits)
    return against, float(weights.sum())


def _fits(against: float, weight: float) -> float:
    return weight - against


def _telling(votes: Votes, first: int, second: int) -> tuple[str, ...]:
    tells: list[float] = (votes.weights * (votes.chances[:, first] - votes.chances[:, second])).tolist()
    ranked = sorted(zip(tells, [t.report_id for t in votes.testimonies], strict=True), key=lambda pair: (-pair[0], pair[1]))
    return tuple(report_id for tell, report_id in ranked if tell > 0.0)
