"""Bearing* -> Weighed*, ConditionWeek*: how each condition of a theory of change stands, and since when."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from coalition.chain import chain
from store.records import Bearing, Condition, ConditionWeek, Objective, Reliability, Standing, Weighed

Letters = Mapping[str, Reliability]
HALF_LIFE: Final = timedelta(days=42)
ENOUGH: Final = 3  # independent origins, and voices, that it takes to call a condition failing
ENOUGH_KINDS: Final = 2  # of source, for the same
_HOLDS = 2  # origins and voices that it takes to call it holding: saying that all is well needs less than crying alarm
_SURE = math.log(2.0)  # log-odds from which it is called: two to one
_WEIGHT = 2.2  # log-odds of a fully reliable origin that leans all the way
_MOST = 1.2  # log-odds that one origin, and so all that one voice ever says, can move at most
_FARTHEST = 4.0  # no evidence of words makes surer than 98 in 100
_COUNTS = 0.1  # log-odds below which an origin is not counted
_OVERDUE = 0.5  # log-odds that an expected sign takes away when nobody reports it in time
_TRUST: Final = {Reliability.A: 1.0, Reliability.B: 0.9, Reliability.C: 0.75, Reliability.D: 0.5, Reliability.E: 0.25, Reliability.F: 0.7}
_90 = 1.645
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """One independent origin: what it says most plainly, from its first report on."""

    bearing: Bearing
    at: datetime
    moves: float


def weigh(objective: Objective, bearings: Iterable[Bearing], letters: Letters, as_of: datetime) -> tuple[Weighed, ...]:
    """Weigh each condition of an objective by what was said until `as_of`, in the order of its conditions.

    Each independent origin counts once, by its plainest sentence, less with a less reliable source and by half after 42 days; what one voice says is
    added up in order of time and never moves more than the plainest thing it has said, so that one organisation's flood moves nothing. A condition is called
    failing only on three origins of three voices and two kinds of source.
    """
    known = [one for one in bearings if one.objective_id == objective.id and one.at <= as_of]
    states = [_weighed(objective, condition, [b for b in known if b.condition_id == condition.id], letters, as_of) for condition in objective.conditions]
    broken = chain(objective, {one.condition_id: one.standing for one in states}, {one.condition_id: one.log_odds for one in states})
    ranks = {link.condition_id: (number, link.because) for number, link in enumerate(broken, start=1)}
    return tuple(replace(one, rank=ranks[one.condition_id][0], because=ranks[one.condition_id][1]) if one.condition_id in ranks else one for one in states)


def weeks(objective: Objective, bearings: Iterable[Bearing], letters: Letters, as_of: datetime) -> tuple[ConditionWeek, ...]:
    """Return the log-odds of each condition at the end of each week (Monday 00:00 UTC; the running one: `as_of`), from the first bearing on."""
    known = [one for one in bearings if one.objective_id == objective.id and one.at <= as_of]
    return tuple(week for c in objective.conditions for week in _weeks(objective, c, [b for b in known if b.condition_id == c.id], letters, as_of))


def _weeks(objective: Objective, condition: Condition, bearings: Sequence[Bearing], letters: Letters, as_of: datetime) -> list[ConditionWeek]:
    found: list[ConditionWeek] = []
    start = monday(min((one.at for one in bearings), default=as_of))
    while bearings and start <= as_of:
        end = min(start + _WEEK, as_of)
        state = _state(condition, bearings, letters, end)
        found.append(
            ConditionWeek(
                objective_id=objective.id,
                condition_id=condition.id,
                week=start,
                log_odds=state.log_odds,
                low=state.low,
                high=state.high,
                origins=len(state.supports) + len(state.opposes),
            )
        )
        start += _WEEK
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What the evidence comes to at one moment."""

    log_odds: float
    low: float
    high: float
    standing: Standing
    supports: tuple[_Origin, ...]
    opposes: tuple[_Origin, ...]
    overdue: tuple[str, ...]


def _weighed(objective: Objective, condition: Condition, bearings: Sequence[Bearing], letters: Letters, as_of: datetime) -> Weighed:
    state = _state(condition, bearings, letters, as_of)
    return Weighed(
        objective_id=objective.id,
        condition_id=condition.id,
        as_of=as_of,
        standing=state.standing,
        log_odds=state.log_odds,
        low=state.low,
        high=state.high,
        probability=round(1.0 / (1.0 + math.exp(-state.log_odds)), 4),
        origins_for=len(state.supports),
        origins_against=len(state.opposes),
        supports=tuple(one.bearing.report_id for one in state.supports),
        opposes=tuple(one.bearing.report_id for one in state.opposes),
        since=_since(condition, bearings, letters, state.standing),
        overdue=state.overdue,
        breaks=condition.obstacles,
    )


def _since(condition: Condition, bearings: Sequence[Bearing], letters: Letters, standing: Standing) -> datetime | None:
    """Find from when on it has stood so: back over the moments at which something was said, as long as it stood the same."""
    since = None
    for moment in sorted({one.at for one in bearings}, reverse=True):
        if _state(condition, bearings, letters, moment).standing is not standing:
            return since or moment  # time or an overdue sign alone has changed it since
        since = moment
    return since


def _state(condition: Condition, bearings: Sequence[Bearing], letters: Letters, as_of: datetime) -> _State:
    origins = _origins([one for one in bearings if one.at <= as_of], letters, as_of)
    voices = _voices(origins)
    overdue = _overdue(condition, [one.bearing for one in origins if one.moves > 0], as_of)
    log_odds = max(-_FARTHEST, min(_FARTHEST, math.fsum(voices.values()) - _OVERDUE * len(overdue)))
    spread = _90 * math.sqrt(math.fsum(moved * moved for moved in voices.values()))  # as if the voices had been drawn again (Poisson bootstrap)
    supports, opposes = _side(origins, 1.0), _side(origins, -1.0)
    return _State(
        log_odds=round(log_odds, 4),
        low=round(log_odds - spread, 4),
        high=round(log_odds + spread, 4),
        standing=_standing(log_odds, supports, opposes, overdue),
        supports=supports,
        opposes=opposes,
        overdue=overdue,
    )


def _standing(log_odds: float, supports: Sequence[_Origin], opposes: Sequence[_Origin], overdue: Sequence[str]) -> Standing:
    if log_odds <= -_SURE and _voiced(opposes) >= ENOUGH and len({one.bearing.source_kind for one in opposes}) >= ENOUGH_KINDS:
        return Standing.FAILING
    if log_odds >= _SURE and _voiced(supports) >= _HOLDS:
        return Standing.HOLDING
    return Standing.DOUBTFUL if _voiced((*supports, *opposes)) >= _HOLDS or overdue else Standing.UNKNOWN


def _voiced(origins: Sequence[_Origin]) -> int:
    """Count origins or voices, whichever are fewer."""
    return min(len(origins), len({one.bearing.voice for one in origins}))


def _origins(bearings: Sequence[Bearing], letters: Letters, as_of: datetime) -> list[_Origin]:
    """Take each origin once, by its plainest sentence and from its first report on, in order of time: a copy neither adds nor refreshes."""
    groups: dict[str, list[Bearing]] = {}
    for one in sorted(bearings, key=lambda b: (b.at, b.report_id)):
        groups.setdefault(one.origin_id, []).append(one)
    found = []
    for group in groups.values():
        plainest = max(group, key=lambda b: abs(b.lean))
        decay = 0.5 ** ((as_of - group[0].at) / HALF_LIFE)
        trust = _TRUST[letters.get(group[0].voice, Reliability.F)]
        moves = max(-_MOST, min(_MOST, _WEIGHT * trust * plainest.lean)) * decay
        found.append(_Origin(bearing=replace(plainest, voice=group[0].voice, source_kind=group[0].source_kind), at=group[0].at, moves=moves))
    return sorted(found, key=lambda one: (one.at, one.bearing.report_id))


def _voices(origins: Sequence[_Origin]) -> dict[str, float]:
    """Add up what each voice says in order of time, never beyond the plainest thing it has said: a voice that changes its mind is soon heard."""
    voices: dict[str, float] = {}
    plainest: dict[str, float] = {}
    for one in origins:
        voice = one.bearing.voice
        most = plainest[voice] = max(plainest.get(voice, 0.0), abs(one.moves))
        voices[voice] = max(-most, min(most, voices.get(voice, 0.0) + one.moves))
    return voices


def _overdue(condition: Condition, supports: Sequence[Bearing], as_of: datetime) -> tuple[str, ...]:
    seen = {one.sign for one in supports}
    due = (sign for sign in condition.signs if sign.by and datetime.combine(sign.by, time(0), UTC) + timedelta(days=1) <= as_of)
    return tuple(sign.statement for sign in due if sign.statement not in seen)


def _side(origins: Sequence[_Origin], sign: float) -> tuple[_Origin, ...]:
    mine = [one for one in origins if sign * one.moves >= _COUNTS]
    return tuple(sorted(mine, key=lambda one: (-abs(one.moves), one.at, one.bearing.report_id)))


def monday(when: datetime) -> datetime:
    """Return the start of the week (Monday 00:00 UTC)."""
    day = when.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())
