"""Testimony* -> Hypotheses: what is the obstacle really? Each kind as a hypothesis, judged by the evidence against it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.records import Obstacle, ObstacleState, Testimony

_MOST_OF_A_VOICE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One independent origin as evidence: how much it weighs, and how far it speaks for each hypothesis, in [-1, 1] (below 0: it says that this has fallen)."""

    report_id: str
    weight: float
    fits: Mapping[Obstacle, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypotheses:
    """`ranking` has each kind with its inconsistency, in origins, the least contradicted first; `flips` are the fewest origins whose loss changes the first.

    `diagnostic` are the origins that tell the first two apart, the most telling first: what fits all hypotheses alike decides nothing.
    """

    ranking: tuple[tuple[Obstacle, float], ...] = ()
    flips: tuple[str, ...] = ()
    diagnostic: tuple[str, ...] = ()

    @property
    def best(self) -> Obstacle:
        """Return the least contradicted kind, NONE where nothing was said."""
        return self.ranking[0][0] if self.ranking else Obstacle.NONE

    def stands(self, kind: Obstacle, tolerance: float) -> bool:
        """Say whether a kind is the least contradicted one, or hardly more so: by at most this many origins."""
        told = dict(self.ranking)
        return kind in told and told[kind] <= self.ranking[0][1] + tolerance


def hypotheses(testimonies: Sequence[Testimony]) -> Hypotheses:
    """Judge the kinds that are named against each other.

    Analysis of competing hypotheses (Heuer 1999): the hypothesis with the least evidence against it leads, not that with the most for it. Each origin
    counts once, with the certainty of its reading and how far it bears on the matter; one voice weighs two origins at most. An origin that names another
    kind is inconsistent with a hypothesis, one that says that it has fallen doubly so.
    """
    evidence = _weighed(testimonies)
    kinds = sorted({kind for one in evidence for kind, fit in one.fits.items() if fit > 0})
    ranking = sorted(((kind, _against(kind, evidence)) for kind in kinds), key=lambda pair: (pair[1], pair[0]))
    if len(ranking) < 2:
        return Hypotheses(ranking=tuple(ranking), flips=tuple(one.report_id for one in evidence if ranking), diagnostic=())
    first, second = ranking[0][0], ranking[1][0]
    telling = sorted(((_tells(one, first, second), one.report_id) for one in evidence), key=lambda pair: (-abs(pair[0]), pair[1]))
    return Hypotheses(ranking=tuple(ranking), flips=_flips(telling, ranking[1][1] - ranking[0][1]), diagnostic=tuple(id_ for tells, id_ in telling if tells))


def _weighed(testimonies: Sequence[Testimony]) -> tuple[Weighed, ...]:
    firsts: dict[str, Testimony] = {}
    for testimony in sorted(testimonies, key=lambda t: (t.at, t.report_id)):
        if testimony.obstacles:
            firsts.setdefault(testimony.origin_id, testimony)
    strengths = {id_: max(r.weight for r in t.obstacles) * t.relevance for id_, t in firsts.items()}
    voices: Counter[str] = Counter()
    for id_, testimony in firsts.items():
        voices[testimony.voice] += strengths[id_]  # type: ignore[assignment]
    return tuple(
        Weighed(report_id=t.report_id, weight=strengths[id_] * min(1.0, _MOST_OF_A_VOICE / max(voices[t.voice], 1e-9)), fits=_fits(t))
        for id_, t in firsts.items()
    )


def _fits(testimony: Testimony) -> Mapping[Obstacle, float]:
    """Say how far a testimony speaks for each kind: the surest reading fully, others by their share of it."""
    surest = max(r.weight for r in testimony.obstacles) or 1.0
    fits: defaultdict[Obstacle, float] = defaultdict(float)
    for reading in testimony.obstacles:
        sign = 1.0 if reading.state is ObstacleState.PRESENT else -1.0
        fits[reading.obstacle] = max(fits[reading.obstacle], reading.weight / surest, key=abs) if sign > 0 else -reading.weight / surest
    return dict(fits)


def _against(kind: Obstacle, evidence: Sequence[Weighed]) -> float:
    return round(sum(one.weight * (1.0 - one.fits.get(kind, 0.0)) for one in evidence), 6)


def _tells(one: Weighed, first: Obstacle, second: Obstacle) -> float:
    return one.weight * (one.fits.get(first, 0.0) - one.fits.get(second, 0.0))


def _flips(telling: Sequence[tuple[float, str]], margin: float) -> tuple[str, ...]:
    """Take away what speaks most for the first until the second is no more contradicted."""
    gone: list[str] = []
    for tells, report_id in sorted(telling, key=lambda pair: (-pair[0], pair[1])):
        if margin <= 0 or tells <= 0:
            break
        margin -= tells
        gone.append(report_id)
    return tuple(gone)
