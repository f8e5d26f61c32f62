"""Strengths, Claim*, Setting -> Slot*: every place in the team that somebody has to fill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from coalition.match import OBSERVED_ENOUGH, Claim, named
from coalition.strengths import need
from coalition.team import Alike, Setting
from store.records import Partner

_HOURS = 3.0  # between two clocks, for people to be awake in the same working day
_ONLY_SAID = 0.7  # worth of a strength that a partner only says it has, where another has shown it
_DAY = datetime(2024, 1, 15, tzinfo=UTC)  # of the clocks compared, when no day is given


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What is asked of the team: by name, how many must bring it, and what each partner (by id) that may bring it is worth in it, in (0, 1].

    shown: those among them of whose own reports at least one shows it; empty where nobody's show it well, and then one word is as good as another.
    """

    name: str
    times: int
    worth: Mapping[str, float]
    shown: frozenset[str] = frozenset()


def slots(required: Sequence[str], found: Sequence[Claim], partners: Sequence[Partner], alike: Alike, setting: Setting) -> tuple[Slot, ...]:
    """List the strengths, then languages, deciders and audiences, and time zones of which somebody in the team must have each."""
    strengths = [_strength(strength, found, setting) for strength in required]
    spoken = [Slot(name=f"language {code}", times=1, worth={p.id: 1.0 for p in partners if code in p.languages}) for code in sorted(setting.spoken)]
    zones = [Slot(name=f"awake with {zone}", times=1, worth={p.id: 1.0 for p in partners if _together(p, zone, setting)}) for zone in sorted(setting.zones)]
    return (*strengths, *spoken, *_reach(partners, alike, setting), *zones)


def _strength(strength: str, found: Sequence[Claim], setting: Setting) -> Slot:
    able = [c for c in found if c.asked == strength and c.refused is None]
    well = any(c.shown >= OBSERVED_ENOUGH for c in able)
    shown = frozenset(c.partner_id for c in able if c.shown and well)
    worth = {c.partner_id: c.worth if c.shown or not shown else c.worth * _ONLY_SAID for c in able}
    return Slot(name=strength, times=max(need(strength).times, 2 if strength in setting.twice else 1), worth=worth, shown=shown)


def _reach(partners: Sequence[Partner], alike: Alike, setting: Setting) -> list[Slot]:
    every = sorted({r for p in partners for r in p.reach})
    heard = {who: named(need(who), every, alike) for who in dict.fromkeys(setting.reach)}
    return [Slot(name=f"access to {who}", times=1, worth={p.id: 1.0 for p in partners if set(p.reach) & heard[who].keys()}) for who in heard]


def _together(partner: Partner, zone: str, setting: Setting) -> bool:
    mine, theirs = _offset(partner.time_zone, setting), _offset(zone, setting)
    if mine is None or theirs is None:
        return False
    apart = abs(mine - theirs) % 24
    return min(apart, 24 - apart) <= _HOURS


def _offset(zone: str, setting: Setting) -> float | None:
    """Return the hours that a zone is before UTC; None for a zone that nobody knows."""
    try:
        shift = (setting.as_of or _DAY).astimezone(ZoneInfo(zone)).utcoffset()
    except (KeyError, ValueError, OSError):  # an unknown name; an empty or absolute path; a folder of zones
        return None
    return None if shift is None else shift.total_seconds() / 3600
