"""Bearing* -> Weighed*: how each condition of a theory of change stands, weighed a second time, by other code, from what the reports say of it."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reports.material import Material
from store.records import Bearing, Condition, ConditionWeek, Objective, Report, Standing, Weighed

HALVED_IN_DAYS = 42.0
TRUST = {"A": 1.0, "B": 0.9, "C": 0.75, "D": 0.5, "E": 0.25, "F": 0.7}
FULL, CAP, FARTHEST, COUNTED, LATE = 2.2, 1.2, 4.0, 0.1, 0.5
SURE = math.log(2.0)
FEW, ENOUGH, KINDS = 2, 3, 2
NORMAL_90 = 1.645
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one origin says: the bearing that says it most plainly, under the name and at the moment of the first, and how far it moves the log-odds."""

    bearing: Bearing
    first: Bearing
    moved: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What it all comes to at one moment."""

    standing: Standing
    log_odds: float
    spread: float
    pro: list[Told]
    contra: list[Told]
    late: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A condition with all that was said of it until the moment of the brief, in order of time, and how its voices are trusted."""

    condition: Condition
    bearings: Sequence[Bearing]
    trust: Mapping[str, float]


def cases(material: Material, reports: Mapping[str, Report], objective: Objective) -> dict[str, Case]:
    """Gather what is said of each condition of an objective; what is said by no known report, or not as it was received, is left out."""
    known = [one for one in material.bearings if one.objective_id == objective.id and one.report_id in reports and _true_of(material, reports, one)]
    known.sort(key=lambda one: (one.at, one.report_id))
    latest = sorted((grade for grade in material.source_grades if grade.at <= material.as_of), key=lambda grade: grade.at)
    trust = {grade.source: TRUST[grade.letter.value] for grade in latest}
    return {one.id: Case(condition=one, bearings=[each for each in known if each.condition_id == one.id], trust=trust) for one in objective.conditions}


def _true_of(material: Material, reports: Mapping[str, Report], one: Bearing) -> bool:
    report = reports[one.report_id]
    origin = material.origin_of.get(report.id, report.id)
    return (report.at, report.voice, report.source_kind, origin) == (one.at, one.voice, one.source_kind, one.origin_id) and one.sentence in report.words


def true_theory(material: Material, reports: Mapping[str, Report], objective: Objective) -> tuple[Weighed, ...]:
    """Weigh the conditions of an objective again, in their order."""
    mine = cases(material, reports, objective)
    sums = {key: total(case, material.as_of) for key, case in mine.items()}
    causes = {key: causes_of(key, objective, sums) for key, each in sums.items() if each.standing is Standing.FAILING}
    order = sorted(causes, key=lambda key: (causes[key] != (), round(sums[key].log_odds, 4), key))
    return tuple(
        Weighed(
            objective_id=objective.id,
            condition_id=key,
            as_of=material.as_of,
            standing=each.standing,
            log_odds=round(each.log_odds, 4),
            low=round(each.log_odds - each.spread, 4),
            high=round(each.log_odds + each.spread, 4),
            probability=round(1.0 / (1.0 + math.exp(-round(each.log_odds, 4))), 4),
            origins_for=len(each.pro),
            origins_against=len(each.contra),
            supports=tuple(told.bearing.report_id for told in each.pro),
            opposes=tuple(told.bearing.report_id for told in each.contra),
            since=began(mine[key], each.standing),
            overdue=each.late,
            rank=order.index(key) + 1 if key in order else 0,
            because=causes.get(key, ()),
        )
        for key, each in sums.items()
    )


def true_weeks(case: Case, objective_id: str, now: datetime) -> tuple[ConditionWeek, ...]:
    """Add up a condition again at the end of every week since something was first said of it."""
    if not case.bearings:
        return ()
    first = case.bearings[0].at.astimezone(UTC)
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) - first.weekday() * DAY
    return tuple(_week(case, objective_id, start + 7 * number * DAY, now) for number in range((now - start) // (7 * DAY) + 1))


def _week(case: Case, objective_id: str, start: datetime, now: datetime) -> ConditionWeek:
    each = total(case, min(start + 7 * DAY, now))
    return ConditionWeek(
        objective_id=objective_id,
        condition_id=case.condition.id,
        week=start,
        log_odds=round(each.log_odds, 4),
        low=round(each.log_odds - each.spread, 4),
        high=round(each.log_odds + each.spread, 4),
        origins=len(each.pro) + len(each.contra),
    )


def total(case: Case, until: datetime) -> Sum:
    """Add up what was said of a condition until a moment."""
    by_origin: dict[str, list[Bearing]] = defaultdict(list)
    for one in case.bearings:
        if one.at <= until:
            by_origin[one.origin_id].append(one)
    told = sorted((_told(case, group, until) for group in by_origin.values()), key=lambda each: (each.first.at, each.bearing.report_id))
    voices: dict[str, float] = defaultdict(float)
    loudest: dict[str, float] = defaultdict(float)
    for each in told:
        voice = each.first.voice
        loudest[voice] = max(loudest[voice], abs(each.moved))
        voices[voice] = min(loudest[voice], max(-loudest[voice], voices[voice] + each.moved))
    late = _late(case.condition, {each.bearing.sign for each in told if each.moved > 0}, until)
    log_odds = min(FARTHEST, max(-FARTHEST, math.fsum(voices.values()) - LATE * len(late)))
    spread = NORMAL_90 * math.sqrt(math.fsum(value * value for value in voices.values()))
    pro, contra = (_side(told, way) for way in (1, -1))
    return Sum(standing=_standing(log_odds, pro, contra, late), log_odds=log_odds, spread=spread, pro=pro, contra=contra, late=late)


def _late(condition: Condition, seen: set[str], until: datetime) -> tuple[str, ...]:
    due = [sign for sign in condition.signs if sign.by and until >= datetime(sign.by.year, sign.by.month, sign.by.day, tzinfo=UTC) + DAY]
    return tuple(sign.statement for sign in due if sign.statement not in seen)


def _side(told: Sequence[Told], way: int) -> list[Told]:
    return sorted((each for each in told if way * each.moved >= COUNTED), key=lambda each: (-abs(each.moved), each.first.at, each.bearing.report_id))


def _told(case: Case, group: Sequence[Bearing], until: datetime) -> Told:
    plainest = group[0]
    for one in group[1:]:
        if abs(one.lean) > abs(plainest.lean):
            plainest = one
    trust = case.trust.get(group[0].voice, TRUST["F"])
    moved = min(CAP, max(-CAP, FULL * trust * plainest.lean)) * 0.5 ** ((until - group[0].at) / (HALVED_IN_DAYS * DAY))
    return Told(bearing=plainest, first=group[0], moved=moved)


def _standing(log_odds: float, pro: Sequence[Told], contra: Sequence[Told], late: Sequence[str]) -> Standing:
    def voiced(told: Sequence[Told]) -> int:
        return min(len(told), len({each.first.voice for each in told}))

    if log_odds <= -SURE and voiced(contra) >= ENOUGH and len({each.first.source_kind for each in contra}) >= KINDS:
        return Standing.FAILING
    if log_odds >= SURE and voiced(pro) >= FEW:
        return Standing.HOLDING
    return Standing.DOUBTFUL if late or voiced([*pro, *contra]) >= FEW else Standing.UNKNOWN


def began(case: Case, standing: Standing) -> datetime | None:
    """Look from when on a condition has stood so without a break, at the moments at which something was said of it."""
    moments = sorted({one.at for one in case.bearings})
    for number in range(len(moments) - 1, -1, -1):
        if total(case, moments[number]).standing is not standing:
            return moments[min(number + 1, len(moments) - 1)]
    return moments[0] if moments else None


def causes_of(condition_id: str, objective: Objective, sums: Mapping[str, Sum]) -> tuple[str, ...]:
    """Name the failing conditions furthest up that explain why this one fails."""
    any_one = next(one.needs_any for one in objective.conditions if one.id == condition_id)
    above = [_broken(need, objective, sums) for need in objective.needs[condition_id]]
    explained = all(above) if any_one else any(above)
    return tuple(dict.fromkeys(cause for causes in above for cause in causes)) if explained else ()


def _broken(condition_id: str, objective: Objective, sums: Mapping[str, Sum]) -> tuple[str, ...]:
    if sums[condition_id].standing is Standing.HOLDING:
        return ()
    return causes_of(condition_id, objective, sums) or ((condition_id,) if sums[condition_id].standing is Standing.FAILING else ())
