"""Weekly mixes of obstacles -> Regimes: since when the present mix has held, as a probability for each week, and what was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from store.records import Obstacle

KINDS: Final[tuple[Obstacle, ...]] = tuple(o for o in Obstacle if o is not Obstacle.NONE)
HAZARD: Final = 1 / 26  # the mix of an objective changes about twice a year
_PRIOR = 0.3  # pseudo-origins for each kind: a few words for one kind do not make it the leading one
_BEFORE = 16  # weeks of the regime before that a new one is compared with
_LEAST = 0.01
_DRAWS = 2000
_RISE = 0.1  # by how much a share must have grown to count as another picture
_COLEAD = 0.8  # a share this near to the largest leads with it

Mix = Mapping[Obstacle, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimes:
    """`begins[i]` is the probability that the present regime began with week i; `counts` has shape (weeks, kinds), in origins."""

    weeks: tuple[datetime, ...]
    begins: NDArray[np.float64]
    counts: NDArray[np.float64]

    @property
    def changed(self) -> float:
        """Return the probability that the mix has changed at all since the first week."""
        return float(1.0 - self.begins[0]) if len(self.begins) else 0.0

    def since(self) -> datetime | None:
        """Return the likeliest first week of the present regime, None without any week."""
        return self.weeks[int(np.argmax(self.begins))] if self.weeks else None

    def risen(self) -> dict[Obstacle, float]:
        """Return for each kind the chance that its share is larger than in the regime before, and that it leads now or leads with others.

        Averaged over when the present regime began; drawn from Dirichlet posteriors with fixed seeds. What never changed has risen in nothing.
        """
        chances = np.zeros(len(KINDS))
        for week in np.flatnonzero(self.begins >= _LEAST):
            if week:
                now = _draws(self.counts[week:].sum(axis=0), 1)
                then = _draws(self.counts[max(0, week - _BEFORE) : week].sum(axis=0), 2)
                chances += self.begins[week] * ((now > then + _RISE) & (now >= _COLEAD * now.max(axis=1, keepdims=True))).mean(axis=0)
        return dict(zip(KINDS, chances.tolist(), strict=True))


def regimes(weeks: Sequence[tuple[datetime, Mix]], hazard: float = HAZARD) -> Regimes:
    """Find when the mix last changed.

    Bayesian online change-point detection (Adams & MacKay 2007): a change may come with any week, with probability `hazard`; within a regime the weeks are
    Dirichlet-multinomial, so that more reports of the same kind change nothing. Weights may be fractions of origins. A week without reports says nothing.
    """
    counts = np.array([[mix.get(kind, 0.0) for kind in KINDS] for _, mix in weeks]).reshape(len(weeks), len(KINDS))
    logs = np.zeros(0)
    for week in range(len(weeks)):
        # run i began with week i; what it has seen so far is the sum of weeks i ... week - 1
        seen = np.cumsum(counts[:week][::-1], axis=0)[::-1]
        grown = logs + _predicted(seen, counts[week]) + np.log1p(-hazard)
        fresh = _predicted(np.zeros((1, len(KINDS))), counts[week])[0] + (np.log(hazard) if week else 0.0)
        logs = np.append(grown, fresh)
        logs -= np.logaddexp.reduce(logs)
    return Regimes(weeks=tuple(start for start, _ in weeks), begins=np.exp(logs), counts=counts)


def _predicted(seen: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log probability of a week's counts after each of the histories `seen`, shape (n, kinds), but for a factor common to all."""
    before = seen + _PRIOR
    total, more = before.sum(axis=1), counts.sum()
    parts = gammaln(before + counts) - gammaln(before)
    result: NDArray[np.float64] = gammaln(total) - gammaln(total + more) + parts.sum(axis=1)
    return result


def _draws(counts: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    return np.random.default_rng(seed).dirichlet(_PRIOR + counts, _DRAWS)
