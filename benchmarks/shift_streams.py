"""Seed -> Stream: a made-up history of testimony whose obstacles are known, read by a reader who errs like ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coalition.votes import KINDS
from store.records import Obstacle, ObstacleReading, ObstacleState, SourceKind, Testimony

START: Final = datetime(2031, 1, 6, tzinfo=UTC)
DAYS: Final = 300
IN_TIME: Final = 60  # days from when a shift can be called
LATE: Final = 21
_SOURCES = (SourceKind.NEWS, SourceKind.NGO, SourceKind.UN, SourceKind.PARTNER, SourceKind.BLOG, SourceKind.GOVERNMENT)
_SOURCE_SHARES = (0.5, 0.18, 0.12, 0.05, 0.1, 0.05)
_VOICES = 40
_HEARD = (1.0 / np.arange(4, _VOICES + 4)) / (1.0 / np.arange(4, _VOICES + 4)).sum()  # some speak weekly, most once
_SILENT, _RIGHT, _SECOND = 0.18, 0.78, 0.15  # reads nothing where there is something; right where it reads something; names a second kind as well
_INVENTS = 0.55  # reads something where there is nothing
_NONE = 0.14  # part of reports that name no obstacle
_EVENT = 0.3  # part of a week's reports that tell of the week's one event


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A known change: `kind` leads or leads with others from `since` on, in days."""

    kind: Obstacle
    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What was said, and what of it is a shift."""

    name: str
    testimonies: tuple[Testimony, ...]
    turns: tuple[Turn, ...] = ()
    fallen: float | None = None
    built_for: frozenset[Obstacle] = frozenset()


Mix = NDArray[np.float64]


@dataclass(slots=True, kw_only=True)
class _World:
    """One world's habits: how often is reported, who reports, what the reader mistakes for what."""

    dice: np.random.Generator
    rate: float
    confusion: Mix
    first: Mix
    built_for: frozenset[Obstacle]

    def later(self, count: int) -> tuple[Mix, tuple[int, ...]]:
        """Let kinds that were hardly named lead with what led before."""
        rare = [int(k) for k in np.argsort(self.first)[: len(KINDS) - 3]]
        new = tuple(int(k) for k in self.dice.choice(rare, count, replace=False))
        mix = self.first * (1.0 - self.dice.uniform(0.42, 0.6))
        mix[list(new)] = 0.0
        left = 1.0 - mix.sum()
        mix[list(new)] = left / count
        return mix / mix.sum(), new


def _world(seed: int) -> _World:
    dice = np.random.default_rng(seed)
    first = np.zeros(len(KINDS))
    led = dice.permutation(len(KINDS))
    first[led] = np.array([0.46, 0.26, 0.12, *([0.16 / 6] * 6)])
    confusion = dice.dirichlet(np.full(len(KINDS), 0.6), len(KINDS))
    built_for = frozenset(KINDS[k] for k in led[: int(dice.integers(1, 3))])  # the coalition can deal with what led, and perhaps with what came second
    return _World(dice=dice, rate=float(dice.uniform(2.0, 5.0)), confusion=confusion, first=first, built_for=built_for)


def _told(world: _World, mix_on: Callable[[float], Mix], rate_on: Callable[[float], float], fallen: float = np.inf) -> list[Testimony]:
    dice = world.dice
    rows: list[Testimony] = []
    for week in range(DAYS // 7):
        event = int(dice.choice(len(KINDS), p=mix_on(7.0 * week)))
        for when in np.sort(7.0 * week + 7.0 * dice.random(dice.poisson(rate_on(7.0 * week)))):
            kind = event if dice.random() < _EVENT else int(dice.choice(len(KINDS), p=mix_on(when)))
            state = ObstacleState.LIFTED if when >= fallen and dice.random() < 0.7 else ObstacleState.PRESENT
            rows.append(_testimony(world, len(rows), float(when), _read(world, kind if dice.random() > _NONE else None, state)))
    return rows


def _read(world: _World, kind: int | None, state: ObstacleState) -> tuple[ObstacleReading, ...]:
    dice = world.dice
    if dice.random() < (_SILENT if kind is not None else 1.0 - _INVENTS):
        return ()
    right = kind is not None and dice.random() < _RIGHT
    seen = kind if right and kind is not None else int(dice.choice(len(KINDS), p=world.confusion[kind if kind is not None else 0]))
    weight = float(dice.beta(3.2, 0.9) if right else dice.beta(2.2, 1.6))
    first = ObstacleReading(obstacle=KINDS[seen], state=state, weight=weight, sentence="So it is told.")
    if dice.random() > _SECOND:
        return (first,)
    other = int(dice.choice(len(KINDS), p=world.confusion[seen]))
    second = ObstacleReading(obstacle=KINDS[other], state=ObstacleState.PRESENT, weight=min(weight, 0.45), sentence="So it is told as well.")
    return (first, second) if other != seen else (first,)


def _testimony(world: _World, number: int, when: float, readings: tuple[ObstacleReading, ...], voice: int | None = None) -> Testimony:
    dice = world.dice
    who = int(dice.choice(_VOICES, p=_HEARD)) if voice is None else voice
    source = _SOURCES[int(np.searchsorted(np.cumsum(_SOURCE_SHARES), (who * 0.381966) % 1.0))]
    return Testimony(
        report_id=f"r{number}", at=START + timedelta(days=when), origin_id=f"r{number}", voice=f"voice {who}", source_kind=source,
        obstacles=readings, relevance=float(dice.uniform(0.7, 1.0)),
    )  # fmt: skip


def steady(seed: int) -> Stream:
    """Tell of an obstacle that never changes; neither does how much is said."""
    world = _world(seed)
    return Stream(built_for=world.built_for, name="steady", testimonies=tuple(_told(world, lambda _: world.first, lambda _: world.rate)))


def doubled(seed: int) -> Stream:
    """Tell of an obstacle that never changes, though twice as much is said from the middle on."""
    world = _world(seed)
    return Stream(
        built_for=world.built_for, name="doubled", testimonies=tuple(_told(world, lambda _: world.first, lambda day: world.rate * (1 + (day > DAYS / 2))))
    )


def flooded(seed: int) -> Stream:
    """One source under three names says another kind forty times in a fortnight; a few others pass it on."""
    world = _world(seed)
    rows = _told(world, lambda _: world.first, lambda _: world.rate)
    claim, start = int(np.argmin(world.first)), float(world.dice.uniform(90, 240))
    for n in range(46):
        reading = ObstacleReading(obstacle=KINDS[claim], state=ObstacleState.PRESENT, weight=0.97, sentence="Thus it is claimed.")
        rows.append(_testimony(world, len(rows), start + 14 * n / 46, (reading,), None if n % 12 == 0 else 100 + n % 3))
    return Stream(built_for=world.built_for, name="flooded", testimonies=tuple(sorted(rows, key=lambda t: t.at)))


def sudden(seed: int) -> Stream:
    """Another kind leads, from one day to the next."""
    world = _world(seed)
    (later, (new,)), day = world.later(1), float(world.dice.uniform(90, 200))
    rows = _told(world, lambda now: later if now >= day else world.first, lambda _: world.rate)
    return Stream(built_for=world.built_for, name="sudden", testimonies=tuple(rows), turns=(Turn(kind=KINDS[new], since=day),))


def slow(seed: int) -> Stream:
    """Another kind comes to lead within ten weeks; it can be called from half way."""
    world = _world(seed)
    (later, (new,)), day = world.later(1), float(world.dice.uniform(80, 180))

    def mix_on(now: float) -> Mix:
        part = min(1.0, max(0.0, (now - day) / 70))
        return part * later + (1 - part) * world.first

    rows = _told(world, mix_on, lambda _: world.rate)
    return Stream(built_for=world.built_for, name="slow", testimonies=tuple(rows), turns=(Turn(kind=KINDS[new], since=day + 35),))


def two(seed: int) -> Stream:
    """Two kinds rise together."""
    world = _world(seed)
    (later, new), day = world.later(2), float(world.dice.uniform(90, 200))
    rows = _told(world, lambda now: later if now >= day else world.first, lambda _: world.rate)
    return Stream(built_for=world.built_for, name="two", testimonies=tuple(rows), turns=tuple(Turn(kind=KINDS[k], since=day) for k in new))


def lifted(seed: int) -> Stream:
    """Tell that what led has fallen, as most say, while twice as much is said about it."""
    world = _world(seed)
    day = float(world.dice.uniform(90, 230))
    led = world.first * 0.4
    led[int(np.argmax(world.first))] += 0.6
    rows = _told(world, lambda now: led if now >= day else world.first, lambda now: world.rate * (1 + (day <= now < day + 28)), day)
    return Stream(built_for=world.built_for, name="lifted", testimonies=tuple(rows), fallen=day)


KINDS_OF_STREAM: Final[tuple[Callable[[int], Stream], ...]] = (steady, doubled, flooded, sudden, slow, two, lifted)
