"""Situation*, Place*, Weighed*, MixWeek* -> Statement*, Odds*, Outcome*: what will come true by when, how likely, and what became of what was said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from flows.held import closed, take_held
from flows.kit import Kit
from flows.lookout import Seen, counted, look, subject_of
from flows.scores import scored_until
from flows.seals import keep_seals
from forecast.counts import expected
from forecast.escalate import escalate
from forecast.judge import Curve, curve, put_right
from forecast.state import About, counting, standing
from forecast.statements import reaches, target_of, threshold_near
from forecast.turns import chance
from store.forecasts import COUNTED, MODEL, RAW, Kind, Odds, Outcome, Statement

HORIZONS = (7, 14)
RECONSIDERED = (7, 3, 1)
"""With so many days left the chance of an open statement is worked out again."""
WORTH_SAYING = 0.02
_SURE = 0.995
_METRIC = {Kind.REPORTS: "reports", Kind.ORIGINS: "origins", Kind.PLACE: "origins", Kind.ESCALATION: "reports"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What one pass did: statements published, chances worked out again, statements settled, and how many of these were void."""

    issued: int = 0
    updated: int = 0
    settled: int = 0
    void: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement about to be published, with its chance before recalibration."""

    statement: Statement
    probability: float


def state(kit: Kit, as_of: datetime) -> Stated:
    """Settle what is due, work out again what is open, and state what nothing open states yet."""
    take_held(kit, as_of)
    outcomes = kit.step("settle", lambda: settle(kit, as_of))
    closed(kit, outcomes, as_of)
    seen = look(kit, as_of)
    updated = kit.step("reconsider", lambda: reconsider(kit, seen, as_of))
    drafts = kit.step("state", lambda: publish(kit, seen, as_of))
    keep_seals(kit.warehouse, kit.journal)
    return Stated(issued=len(drafts), updated=updated, settled=len(outcomes), void=sum(one.came_true is None for one in outcomes))


def settle(kit: Kit, as_of: datetime) -> tuple[Outcome, ...]:
    """Measure each statement that is due as its rule says, and write down whether it came true, or by which rule it is void."""
    due = [one for one in kit.warehouse.unsettled(as_of) if one.deadline <= as_of]
    found: list[Outcome] = []
    for _, some in groupby(due, key=lambda one: one.deadline):
        together = list(some)
        seen = look(kit, as_of, together)
        found += [_outcome(one, seen, as_of) for one in together]
    kit.warehouse.append_outcomes(found)
    return tuple(found)


def _outcome(one: Statement, seen: Seen, as_of: datetime) -> Outcome:
    value = _measured(one, seen)
    if value is None:
        return Outcome(statement_id=one.id, resolved_at=as_of, reason=one.rule.partition("; ")[2])
    return Outcome(statement_id=one.id, resolved_at=as_of, observed=value, came_true=value >= one.threshold)


def _measured(one: Statement, seen: Seen) -> int | None:
    """Measure the value of a statement at its deadline; None where its rule makes it void."""
    if one.kind in COUNTED:
        return counted(seen, one, one.deadline)
    if one.kind is Kind.CONDITION:
        return seen.failing_at(one)
    return seen.leading_at(one)


def reconsider(kit: Kit, seen: Seen, as_of: datetime) -> int:
    """Work out again how likely the counts that are still open reach what was stated, given how far they have come."""
    open_ = [one for one in kit.warehouse.unsettled(as_of) if one.kind in COUNTED and one.issued_at < as_of < one.deadline]
    last = {one.statement_id: one.probability for one in kit.warehouse.odds(as_of) if one.by == MODEL}
    fresh = []
    for days in RECONSIDERED:
        some = [one for one in open_ if -(-(one.deadline - as_of) // timedelta(days=1)) == days]
        for one, probability in _again(seen, some, days, as_of):
            if abs(probability - last.get(one.id, 0.0)) >= WORTH_SAYING:
                fresh.append(Odds(statement_id=one.id, at=as_of, by=MODEL, probability=probability))
    kit.warehouse.append_odds(fresh)
    return len(fresh)


def _again(seen: Seen, some: Sequence[Statement], days: int, as_of: datetime) -> Iterator[tuple[Statement, float]]:
    for metric in sorted({_METRIC[one.kind] for one in some}):
        for place in (False, True):
            pool = seen.places if place else seen.situations
            levels = dict(zip(pool, expected([each.series for each in pool.values()], metric, as_of, days, seen.arrival), strict=True)) if pool else {}
            for one in some:
                subject = subject_of(seen, one)
                so_far = counted(seen, one, as_of)
                if _METRIC[one.kind] == metric and (one.kind is Kind.PLACE) == place and subject in levels and so_far is not None:
                    left = one.threshold - so_far
                    yield one, _SURE if left <= 0 else round(reaches(*levels[subject], left), 4)


def publish(kit: Kit, seen: Seen, as_of: datetime) -> tuple[Draft, ...]:
    """Publish what is not stated yet by an open statement of its kind, with its chance, recalibrated once enough of its like were settled."""
    taken = {_key(one) for one in kit.warehouse.unsettled(as_of)}
    drafts = tuple(one for one in drafted(seen, as_of) if _key(one.statement) not in taken)
    earlier = scored_until(kit.warehouse, as_of, RAW)
    curves = {kind: curve(kind, earlier) for kind in Kind}
    kit.warehouse.append_statements([one.statement for one in drafts])
    kit.warehouse.append_odds([odds for one in drafts for odds in _held(one, curves, as_of)])
    return drafts


def _key(one: Statement) -> tuple[str, str, str, int]:
    return one.kind.value, one.subject, one.detail, (one.deadline - one.issued_at).days


def _held(draft: Draft, curves: Mapping[Kind, Curve], as_of: datetime) -> tuple[Odds, Odds]:
    mended = put_right(curves[draft.statement.kind], draft.probability)
    raw = Odds(statement_id=draft.statement.id, at=as_of, by=RAW, probability=draft.probability)
    return raw, Odds(statement_id=draft.statement.id, at=as_of, by=MODEL, probability=round(mended, 4))


def drafted(seen: Seen, as_of: datetime) -> Iterator[Draft]:
    """Draft all there is to state: counts of situations and places, escalation, conditions and obstacles."""
    for days in HORIZONS:
        yield from _counts(seen, days, as_of)
        yield from _places(seen, days, as_of)
    yield from _escalations(seen, HORIZONS[0], as_of)
    yield from _conditions(seen, as_of)
    yield from _obstacles(seen, as_of)


def _counts(seen: Seen, days: int, as_of: datetime) -> Iterator[Draft]:
    if not seen.situations:
        return
    every = [each.series for each in seen.situations.values()]
    deadline, levels = as_of + timedelta(days=days), {metric: expected(every, metric, as_of, days, seen.arrival) for metric in ("reports", "origins")}
    for number, each in enumerate(every):
        mean, size = levels["reports"][number]
        for kind, level in ((Kind.REPORTS, (mean, size)), (Kind.ORIGINS, min(levels["origins"][number], (mean, size)))):
            least = threshold_near(*level, target_of(each.situation_id, kind.value, str(days), as_of.date().isoformat()))
            about = About(kind=kind, subject=each.situation_id, title=each.title, evidence=each.evidence)
            yield Draft(statement=counting(about, least, as_of, deadline), probability=round(reaches(*level, least), 4))


def _escalations(seen: Seen, days: int, as_of: datetime) -> Iterator[Draft]:
    every = [each.series for each in seen.situations.values()]
    for each, (least, likely) in zip(every, escalate(every, as_of, days, seen.arrival), strict=True):
        about = About(kind=Kind.ESCALATION, subject=each.situation_id, title=each.title, evidence=each.evidence)
        yield Draft(statement=counting(about, least, as_of, as_of + timedelta(days=days)), probability=round(likely, 4))


def _places(seen: Seen, days: int, as_of: datetime) -> Iterator[Draft]:
    every = [each.series for each in seen.places.values()]
    for each, level in zip(every, expected(every, "origins", as_of, days, seen.arrival) if every else (), strict=True):
        least = threshold_near(*level, target_of(each.situation_id, str(days), as_of.date().isoformat()))
        about = About(kind=Kind.PLACE, subject=each.situation_id, title=each.title, evidence=each.evidence)
        yield Draft(statement=counting(about, least, as_of, as_of + timedelta(days=days)), probability=round(reaches(*level, least), 4))


def _conditions(seen: Seen, as_of: datetime) -> Iterator[Draft]:
    weeks = HORIZONS[-1] // 7
    for (objective_id, condition_id), course in sorted(seen.conditions.items()):
        title, evidence = seen.words.get((objective_id, condition_id), ("", ()))
        if title and course and course[-1].number == 0:
            about = About(kind=Kind.CONDITION, subject=objective_id, title=title, detail=condition_id, evidence=evidence)
            likely = chance(seen.conditions.values(), course[-1].near, weeks, (0.04, 0.2, 0.85))
            made = standing(about, f"The condition “{title}” is failing", as_of, as_of + timedelta(weeks=weeks))
            yield Draft(statement=made, probability=round(likely, 4))


def _obstacles(seen: Seen, as_of: datetime) -> Iterator[Draft]:
    weeks = HORIZONS[-1] // 7
    for objective_id, shares in sorted(seen.leading.items()):
        for obstacle, course in sorted(shares.items()):
            if course and course[-1].number == seen.latest_week[objective_id] and course[-1].near > 0:
                about = About(kind=Kind.OBSTACLE, subject=objective_id, title=obstacle, detail=obstacle)
                every = [one for known in seen.leading.values() for one in known.values()]
                likely = chance(every, course[-1].near, weeks, (0.03, 0.25, 0.8))
                claim = f"The leading obstacle is “{obstacle.replace('_', ' ')}”"
                yield Draft(statement=standing(about, claim, as_of, as_of + timedelta(weeks=weeks)), probability=round(likely, 4))
