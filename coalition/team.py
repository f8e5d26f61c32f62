"""What a composition is made from and what comes out of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from store.records import Member

Alike = Callable[[Sequence[str], Sequence[str]], NDArray[np.float64]]


class Overlap(StrEnum):
    """Whether today's members are to be in the team: as it comes, rather than others, or only where nobody else can."""

    ANY = "any"
    SEEK = "seek"
    AVOID = "avoid"


class Why(StrEnum):
    """Why a partner that is near a requirement is not in the team."""

    VETOED = "vetoed"
    AWAY = "away"
    LOADED = "loaded"
    CONFLICT = "conflict"
    SPECIALISM = "wrong specialism"
    REGION = "wrong region"
    LANGUAGE = "wrong language"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A strength that a partner showed in its own reports: `origins` independent reports say so; weight in [0, 1)."""

    partner_id: str
    strength: str
    weight: float
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of the partners besides their own words, by partner id.

    asks: how often each was asked in the last 30 days. reliability: in [0, 1], of those with a history. vetoes: ids not to be proposed.
    apart: pairs of ids that must not sit together, besides the conflicts that partners state.
    """

    asks: Mapping[str, int] = field(default_factory=dict)
    reliability: Mapping[str, float] = field(default_factory=dict)
    observed: tuple[Observation, ...] = ()
    vetoes: frozenset[str] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the matter is about and what is asked of the team besides strengths.

    texts: objective, conditions, sentences of evidence. countries: where the obstacle stands (ISO 3166-1 alpha-2). languages: those of the place, one of
    which a local strength must come in (ISO 639-1). spoken: languages of which each must be spoken by somebody. reach: deciders and audiences of which
    each must listen to somebody. zones: time zones (IANA) of which each must have somebody within three hours. twice: strengths that two must bring.
    as_of: the day for which availability and time zones are looked up; without it everybody is available.
    """

    texts: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()
    reach: tuple[str, ...] = ()
    zones: frozenset[str] = frozenset()
    twice: frozenset[str] = frozenset()
    overlap: Overlap = Overlap.ANY
    as_of: datetime | None = None
    standing: Standing = field(default_factory=Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A partner near a requirement that is not in the best team, and why: `strengths` are those it would have brought, or says it has."""

    partner_id: str
    name: str
    why: Why
    strengths: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another team that covers as much; `shared` ids are in the best team too."""

    members: tuple[Member, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A proposed team.

    uncovered: what is asked and nobody may bring, or not often enough. alternatives: at most two clearly different teams; `only_team` says why there are
    fewer. left_out: the nearest of those who are not in. proven: no better team exists; gap: how much better one could be, relative.
    """

    members: tuple[Member, ...]
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    alternatives: tuple[Alternative, ...] = ()
    only_team: str = ""
    left_out: tuple[LeftOut, ...] = ()
    proven: bool = True
    gap: float = 0.0
