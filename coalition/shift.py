"""Testimony* -> MixWeek*, Shift: what stands in the way, week by week, and whether it is another kind of thing than before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from store.records import MixWeek, Objective, Obstacle, ObstacleReading, ObstacleState, SourceKind, Testimony

KINDS: Final[tuple[Obstacle, ...]] = tuple(o for o in Obstacle if o is not Obstacle.NONE)
RECENT: Final = timedelta(days=28)
BEFORE: Final = timedelta(days=112)
ENOUGH_ORIGINS: Final = 3
ENOUGH_KINDS: Final = 2
ENOUGH_VOICES: Final = 3
_WEEK = timedelta(days=7)
_PRIOR = 0.3  # pseudo-origins for each kind: a few words for one kind do not make it the leading one
_VOICE_A_WEEK = 1.0  # a source that speaks a hundred times in a week weighs as one that speaks once
_VOICE_A_WINDOW = 2.0
_DRAWS = 4000
_RISE = 0.1  # by how much a share must have grown to count as another picture
_COLEAD = 0.8  # a share this near to the largest leads with it
SURE: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Weight of each kind of obstacle in a window, counted by origins and capped by voice; `fallen` those told as lifted."""

    present: dict[Obstacle, float]
    fallen: dict[Obstacle, float]
    origins: int

    @property
    def net(self) -> dict[Obstacle, float]:
        """What stands after what fell: the week a barrier falls is the week it is most talked about."""
        return {kind: max(0.0, self.present[kind] - self.fallen[kind]) for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Who says that one obstacle stands (or has fallen): one testimony for each origin, strongest first."""

    obstacle: Obstacle
    testimonies: tuple[Testimony, ...]

    @property
    def origins(self) -> int:
        """Count independent origins."""
        return len(self.testimonies)

    @property
    def voices(self) -> int:
        """Count distinct voices."""
        return len({t.voice for t in self.testimonies})

    @property
    def source_kinds(self) -> frozenset[SourceKind]:
        """Name the kinds of source."""
        return frozenset(t.source_kind for t in self.testimonies)

    @property
    def enough(self) -> bool:
        """Say whether this may move a coalition: three origins, three voices, two kinds of source."""
        return self.origins >= ENOUGH_ORIGINS and self.voices >= ENOUGH_VOICES and len(self.source_kinds) >= ENOUGH_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The leading obstacle has become another one. `probability` that its share has risen and that it leads or leads with others."""

    before: tuple[Obstacle, ...]
    after: tuple[Obstacle, ...]
    since: datetime
    probability: float
    support: Support


def mix(objective_id: str, testimonies: Sequence[Testimony], as_of: datetime) -> tuple[MixWeek, ...]:
    """Return the obstacle mix of each week (Monday 00:00 UTC) from the first testimony up to `as_of`; only what is present counts."""
    known = [t for t in testimonies if t.at <= as_of]
    if not known:
        return ()
    weeks = []
    start = _monday(min(t.at for t in known))
    while start <= as_of:
        told = tally(known, start - timedelta(microseconds=1), start + _WEEK - timedelta(microseconds=1))
        weights = tuple((kind, round(told.present[kind], 4)) for kind in KINDS if told.present[kind] > 0)
        weeks.append(MixWeek(objective_id=objective_id, week=start, weights=weights, origins=told.origins))
        start += _WEEK
    return tuple(weeks)


def tally(testimonies: Iterable[Testimony], since: datetime, until: datetime) -> Tally:
    """Weigh what was said in (since, until]: each origin once, its weight split over what it names, each voice capped a week and in all."""
    firsts = _first_of_each_origin(t for t in testimonies if since < t.at <= until)
    weekly = _capped([(t, (t.voice, _monday(t.at)), sum(_shares(t.obstacles).values()) * t.relevance) for t in firsts], _VOICE_A_WEEK)
    weights = _capped([(t, t.voice, weight) for t, weight in weekly], _VOICE_A_WINDOW)
    present, fallen = dict.fromkeys(KINDS, 0.0), dict.fromkeys(KINDS, 0.0)
    for testimony, weight in weights:
        shares = _shares(testimony.obstacles)
        for reading in testimony.obstacles:
            part = present if reading.state is ObstacleState.PRESENT else fallen
            part[reading.obstacle] += weight * shares[reading.obstacle] / sum(shares.values())
    return Tally(present=present, fallen=fallen, origins=len(firsts))


def support(testimonies: Iterable[Testimony], obstacle: Obstacle, since: datetime, until: datetime, state: ObstacleState = ObstacleState.PRESENT) -> Support:
    """Collect who says in (since, until] that `obstacle` is present (or lifted), the strongest first, one for each origin."""
    firsts = _first_of_each_origin(t for t in testimonies if since < t.at <= until)
    said = [(weight, t) for t in firsts if (weight := strength(t, obstacle, state)) > 0]
    return Support(obstacle=obstacle, testimonies=tuple(t for _, t in sorted(said, key=lambda pair: (-pair[0], pair[1].at, pair[1].report_id))))


def strength(testimony: Testimony, obstacle: Obstacle, state: ObstacleState = ObstacleState.PRESENT) -> float:
    """Return how strongly one testimony says so, in [0, 1]."""
    return max((r.weight * testimony.relevance for r in testimony.obstacles if r.obstacle is obstacle and r.state is state), default=0.0)


def leading(told: Tally) -> tuple[Obstacle, ...]:
    """Name the leading obstacles, largest first, with those that come near; nothing while hardly anything was said."""
    net = told.net
    largest = max(net.values())
    if largest < 1.0:
        return ()
    return tuple(sorted((k for k in KINDS if net[k] >= _COLEAD * largest), key=lambda k: -net[k]))


def shift(objective: Objective, testimonies: Sequence[Testimony], as_of: datetime, standing: tuple[Obstacle, ...] = ()) -> Shift | None:  # noqa: ARG001
    """Say whether another kind of obstacle leads in the last 28 days than in the 112 days before; None when not, or too early to say.

    Shares of kinds follow a Dirichlet-multinomial, so that more reports of the same kind change nothing; the chance that a share has risen
    and leads is drawn from both posteriors with a fixed seed. `standing`: the obstacles an earlier call has named, which then count as before.
    """
    recent, earlier = tally(testimonies, as_of - RECENT, as_of), tally(testimonies, as_of - RECENT - BEFORE, as_of - RECENT)
    before = standing or leading(earlier)
    if not before or earlier.origins < ENOUGH_ORIGINS:
        return None
    new = [kind for kind in leading(recent) if kind not in before]
    if not new:
        return None
    chances = risen(recent, earlier)
    claims = [_claim(kind, chances[kind], testimonies, as_of, before) for kind in new]
    firm = [claim for claim in claims if claim.support.enough and claim.probability >= SURE]
    return max(firm, key=lambda claim: claim.probability, default=None)


def risen(recent: Tally, earlier: Tally) -> dict[Obstacle, float]:
    """Return for each kind the chance that its share has risen and that it leads or leads with others."""
    now, then = _draws(recent, 1), _draws(earlier, 2)
    holds = (now > then + _RISE) & (now >= _COLEAD * now.max(axis=1, keepdims=True))
    return dict(zip(KINDS, holds.mean(axis=0).tolist(), strict=True))


def _claim(kind: Obstacle, chance: float, testimonies: Sequence[Testimony], as_of: datetime, before: tuple[Obstacle, ...]) -> Shift:
    said = support(testimonies, kind, as_of - RECENT, as_of)
    since = min((t.at for t in said.testimonies), default=as_of)
    return Shift(before=before, after=(kind,), since=since, probability=chance, support=said)


def _draws(told: Tally, seed: int) -> NDArray[np.float64]:
    return np.random.default_rng(seed).dirichlet([_PRIOR + told.net[kind] for kind in KINDS], _DRAWS)


def _first_of_each_origin(testimonies: Iterable[Testimony]) -> list[Testimony]:
    firsts: dict[str, Testimony] = {}
    for testimony in sorted(testimonies, key=lambda t: (t.at, t.report_id)):
        firsts.setdefault(testimony.origin_id, testimony)
    return list(firsts.values())


def _shares(obstacles: Sequence[ObstacleReading]) -> dict[Obstacle, float]:
    """Split one origin's weight (its surest reading) over the obstacles it names, the main one first."""
    parts: dict[Obstacle, float] = defaultdict(float)
    for rank, reading in enumerate(obstacles, start=1):
        parts[reading.obstacle] += reading.weight / rank
    total = sum(parts.values())
    surest = max((reading.weight for reading in obstacles), default=0.0)
    return {kind: surest * part / total for kind, part in parts.items()} if total else {}


def _capped(rows: Sequence[tuple[Testimony, object, float]], most: float) -> list[tuple[Testimony, float]]:
    totals: dict[object, float] = defaultdict(float)
    for _, group, weight in rows:
        totals[group] += weight
    return [(testimony, weight * min(1.0, most / totals[group]) if totals[group] else 0.0) for testimony, group, weight in rows]


def _monday(when: datetime) -> datetime:
    day = when.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())
