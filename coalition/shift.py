"""Testimony* -> MixWeek*, Shift*: what stands in the way, week by week, and whether it is another kind of thing than before."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from coalition.hypotheses import flips, holds_without_any_voice, hypotheses
from coalition.regimes import HAZARD_EQUIPPED, Rise, leaders, rises
from coalition.votes import KINDS, Votes, first_of_each_origin, monday, votes
from store.records import MixWeek, Obstacle, ObstacleReading, ObstacleState, SourceKind, Suggestion, Testimony

RECENT: Final = timedelta(days=28)
BEFORE: Final = timedelta(days=112)
ENOUGH_ORIGINS: Final = 3
ENOUGH_KINDS: Final = 2
ENOUGH_VOICES: Final = 3
_WEEK = timedelta(days=7)
_VOICE_A_WEEK = 1.0  # a source that speaks a hundred times in a week weighs as one that speaks once
_VOICE_A_WINDOW = 2.0
_COLEAD = 0.8  # a share this near to the largest leads with it
SURE: Final = 0.55
_STIRS: Final = 0.3
_WEEKS = 3  # what is named in fewer different weeks is a burst
_HOLDS = timedelta(days=182)  # what a call has named counts as known for this long


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

    @property
    def lasting(self) -> bool:
        """Say whether it was said in more than a burst: in three different weeks."""
        return len({monday(t.at) for t in self.testimonies}) >= _WEEKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a coalition was built for (the kinds that its members can deal with: asked only when it matters), and the calls made so far."""

    equipped: Callable[[Obstacle], bool] = lambda _: False
    calls: tuple[Suggestion, ...] = ()

    def last(self, kind: Obstacle) -> Suggestion | None:
        """Return the last call that named a kind, as what came or as what went."""
        named = [s for s in self.calls if kind in s.obstacle_after + s.obstacle_before]
        return max(named, key=lambda s: (s.issued_at, kind in s.obstacle_after), default=None)

    def knows(self, kind: Obstacle, as_of: datetime) -> bool:
        """Say whether a kind was called in the last half year and no later call has left it behind."""
        last = self.last(kind)
        return last is not None and kind in last.obstacle_after and as_of - last.issued_at < _HOLDS

    def since(self, kind: Obstacle) -> datetime:
        """Return from when on a kind is to be judged: from the call that named it last, else from the beginning."""
        last = self.last(kind)
        return last.since if last else datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A kind of obstacle has come to lead. `probability` that its part has grown and that it leads or leads with others.

    `flips`: the fewest reports without which another kind would be the least contradicted one; empty where it leads beside another.
    """

    before: tuple[Obstacle, ...]
    after: tuple[Obstacle, ...]
    since: datetime
    probability: float
    support: Support
    flips: tuple[str, ...] = ()


def mix(objective_id: str, testimonies: Sequence[Testimony], as_of: datetime) -> tuple[MixWeek, ...]:
    """Return the obstacle mix of each week (Monday 00:00 UTC) from the first testimony up to `as_of`; only what is present counts."""
    known = [t for t in testimonies if t.at <= as_of]
    if not known:
        return ()
    weeks = []
    start = monday(min(t.at for t in known))
    while start <= as_of:
        told = tally(known, start - timedelta(microseconds=1), start + _WEEK - timedelta(microseconds=1))
        weights = tuple((kind, round(told.present[kind], 4)) for kind in KINDS if told.present[kind] > 0)
        weeks.append(MixWeek(objective_id=objective_id, week=start, weights=weights, origins=told.origins))
        start += _WEEK
    return tuple(weeks)


def tally(testimonies: Iterable[Testimony], since: datetime, until: datetime) -> Tally:
    """Weigh what was said in (since, until]: each origin once, its weight split over what it names, each voice capped a week and in all."""
    firsts = first_of_each_origin(t for t in testimonies if since < t.at <= until)
    weekly = _capped([(t, (t.voice, monday(t.at)), sum(_shares(t.obstacles).values()) * t.relevance) for t in firsts], _VOICE_A_WEEK)
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
    firsts = first_of_each_origin(t for t in testimonies if since < t.at <= until)
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


def shift(testimonies: Iterable[Testimony], as_of: datetime, past: Past | None = None) -> tuple[Shift, ...]:
    """Name each kind of obstacle that has come to lead, the surest first; nothing when the picture is as it was, or too little is known of it.

    Each kind is judged on its own, so that two may rise at once. Four things have to agree: the kind's part has grown and it leads or leads with
    others, more likely than not (`regimes`); three origins, three voices and two kinds of source name it since, in three different weeks; of all
    kinds it is the least contradicted or stands beside that one (`hypotheses`); and that without any one of the voices.
    """
    known = [t for t in testimonies if t.at <= as_of]
    past = past or Past()
    heard = votes(known)
    found = [_claim(rise, heard, known, as_of) for rise in _rises(heard, past, as_of) if rise.probability >= SURE]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (-one.probability, one.after)))


def stirrings(testimonies: Iterable[Testimony], as_of: datetime, past: Past | None = None) -> dict[Obstacle, float]:
    """Return the kinds that may have grown and lead, each with its probability, however little supports it; kinds that a call has named lately left out."""
    heard = votes(t for t in testimonies if t.at <= as_of)
    return {rise.kind: rise.probability for rise in _rises(heard, past or Past(), as_of) if rise.probability >= _STIRS}


def _rises(heard: Votes, past: Past, as_of: datetime) -> list[Rise]:
    """Judge each kind from the call on that named it last: the first regime is what the coalition was made for, or last made over for."""
    found = []
    for start, kinds in _by_start(past, as_of).items():
        since = heard.since(start)
        free, bound = rises(since), cache(lambda since=since: rises(since, HAZARD_EQUIPPED))
        found += [bound()[kind] if free[kind].probability >= _STIRS and past.equipped(kind) else free[kind] for kind in kinds if kind in free]
    return found


def _by_start(past: Past, as_of: datetime) -> dict[datetime, list[Obstacle]]:
    starts: defaultdict[datetime, list[Obstacle]] = defaultdict(list)
    for kind in KINDS:
        if not past.knows(kind, as_of):
            starts[past.since(kind)].append(kind)
    return starts


def _claim(rise: Rise, heard: Votes, known: Sequence[Testimony], as_of: datetime) -> Shift | None:
    said = support(known, rise.kind, rise.since - timedelta(microseconds=1), as_of)
    since, before = heard.since(rise.since), leaders(heard.until(rise.since))
    if not (said.enough and said.lasting and hypotheses(since).stands(rise.kind) and holds_without_any_voice(since, rise.kind)):
        return None
    before = tuple(kind for kind in before if kind is not rise.kind)
    return Shift(before=before, after=(rise.kind,), since=rise.since, probability=rise.probability, support=said, flips=flips(since, rise.kind))


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
