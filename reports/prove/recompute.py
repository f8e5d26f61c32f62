"""Material, Fact -> str*: compute a fact's value again from the records alone, without any code of the composer.

Only the wording of a value (how a date or a count is written) is shared; which value it is, is found out here a second time.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from reports import wording
from reports.material import Material
from reports.prove import choices
from reports.prove.places import EVEN
from reports.prove.ranges import true_ranges
from reports.prove.shown import Ground, heard, shown_suggestion
from store.records import Fact, FigureKind, Forecast, Objective, Report, Resolution, Situation, SourceClass, Suggestion, Toponym

Reader = Callable[[Ground, str, str], str]
Noun = TypeVar("Noun", Situation, Forecast, Suggestion, Objective)
Value = TypeVar("Value")
Values = dict[str, Callable[[], str]]


def recompute(found: Ground, fact: Fact) -> str | None:
    """Return how the fact must read, or None where its kind is unknown or what it is about does not exist."""
    family, _, name = fact.kind.partition(".")
    reader = FAMILIES.get(family)
    if reader is None:
        return None
    try:
        return reader(found, fact.about, name)
    except (KeyError, IndexError, StopIteration, ValueError):
        return None


def _brief(found: Ground, about: str, name: str) -> str:
    material = found.material
    if about:
        raise KeyError(about)
    since = material.previous.as_of if material.previous else None
    new = _span(material, found.reports.values(), since, material.as_of)
    told = found.situations
    earlier = material.previous.situation_ids if material.previous else ()
    values: Values = {
        "previous": lambda: wording.day(_given(since)),
        "heard": lambda: _heard(material, new),
        "situations": lambda: wording.counted(len(told), "situation"),
        "new_situations": lambda: wording.counted(sum(key not in earlier for key in told), "new situation"),
    }
    return values[name]()


def _situation(found: Ground, about: str, name: str) -> str:
    material = found.material
    situation = found.situations[about]
    reports = found.reports
    mine = [reports[key] for key in situation.report_ids]
    now, since = material.as_of, material.previous.as_of if material.previous else None
    week, before = _span(material, mine, now - timedelta(7), now), _span(material, mine, now - timedelta(14), now - timedelta(7))
    values: Values = {
        "title": lambda: situation.title,
        "heard": lambda: _heard(material, mine),
        "first": lambda: wording.day(min(report.at for report in mine)),
        "last": lambda: wording.day(max(report.at for report in mine)),
        "trend": lambda: situation.trend.value,
        "trend_before": lambda: _given(material.previous).trends[about].value,
        "week": lambda: _heard(material, week),
        "week_before": lambda: _heard(material, before),
        "new": lambda: _heard(material, _span(material, mine, since, now)),
        "silence": lambda: wording.counted((now - max(report.at for report in mine)).days, "day"),
    }
    return values[name]()


def _forecast(found: Ground, about: str, name: str) -> str:
    material = found.material
    forecast = _only(material.forecasts, about)
    values: Values = {
        "interval90": lambda: wording.interval90(forecast),
        "interval50": lambda: wording.interval50(forecast),
        "threshold": lambda: wording.threshold(forecast),
        "deadline": lambda: wording.day(forecast.deadline),
        "issued": lambda: wording.day(forecast.issued_at),
        "horizon": lambda: wording.counted(wording.horizon(forecast), "day"),
        "chance": lambda: wording.chance(material.likelihood(forecast.probability), forecast.probability),
    }
    return values[name]()


def _resolution(found: Ground, about: str, name: str) -> str:
    material = found.material
    resolution, forecast = _resolved(material, about), _only(material.forecasts, about)
    values: Values = {
        "observed": lambda: wording.counted(resolution.observed, wording.noun_of(forecast)),
        "outcome": lambda: ("did not come true", "came true")[resolution.came_true],
    }
    return values[name]()


def _score(found: Ground, about: str, name: str) -> str:
    material = found.material
    said = [(_only(material.forecasts, each.forecast_id), each) for each in material.resolutions if each.resolved_at <= material.as_of]
    mine = [resolution for forecast, resolution in said if material.likelihood(forecast.probability) == about]
    true = [resolution for resolution in mine if resolution.came_true]
    if not mine:
        raise KeyError(about)
    return {"word": about, "record": f"{len(true)} of {wording.counted(len(mine), 'time')}"}[name]


def _suggestion(found: Ground, about: str, name: str) -> str:
    material = found.material
    suggestion = _only(material.suggestions, about)
    names = {partner.id: partner.name for partner in material.partners}
    roots = {material.origin_of.get(key, key) for key in suggestion.evidence}
    borne = [report for report in found.reports.values() if material.origin_of.get(report.id, report.id) in roots]
    have = [strength for strength in suggestion.required_strengths if strength not in suggestion.missing_strengths]
    values: Values = {
        "kind": lambda: wording.ADVICE[suggestion.kind],
        "chance": lambda: wording.chance(material.likelihood(suggestion.probability), suggestion.probability),
        "confidence": lambda: wording.confidence(heard(material, (report.id for report in borne)).origins, suggestion.source_kinds),
        "heard": lambda: _heard(material, borne),
        "source_kinds": lambda: wording.counted(suggestion.source_kinds, "kind") + " of source",
        "since": lambda: wording.day(suggestion.since),
        "before": lambda: wording.obstacles(suggestion.obstacle_before),
        "after": lambda: wording.obstacles(suggestion.obstacle_after),
        "required": lambda: _listed(suggestion.required_strengths),
        "have": lambda: _listed(have),
        "missing": lambda: _listed(suggestion.missing_strengths),
        "uncovered": lambda: _listed(suggestion.uncovered_strengths),
        "proposed": lambda: wording.listed([names[member.partner_id] for member in suggestion.members][:4]),
        "reason": lambda: suggestion.reason,
        "against_why": lambda: shown_suggestion(found, suggestion).against_why,
        "would_change": lambda: suggestion.would_change,
    }
    return values[name]()


def _member(found: Ground, about: str, name: str) -> str:
    material = found.material
    suggestion_id, _, partner_id = about.rpartition("/")
    member = next(each for each in _only(material.suggestions, suggestion_id).members if each.partner_id == partner_id)
    partner = next((each.name for each in material.partners if each.id == partner_id), None)
    if partner != member.name:
        raise KeyError(partner_id)
    return {"name": member.name, "covers": _listed(member.covers), "reason": member.reason}[name]


def _objective(found: Ground, about: str, name: str) -> str:
    material = found.material
    return {"statement": _only(material.objectives, about).statement}[name]


def _condition(found: Ground, about: str, name: str) -> str:
    material = found.material
    objective_id, _, condition_id = about.partition("/")
    objective = _only(material.objectives, objective_id)
    weighed = next(each for each in found.theories[objective_id] if each.condition_id == condition_id)
    statements = {each.id: each.statement for each in objective.conditions}

    def borne(keys: Iterable[str]) -> str:
        roots = {material.origin_of.get(key, key) for key in keys}
        return _heard(material, (report for report in found.reports.values() if material.origin_of.get(report.id, report.id) in roots))

    values: Values = {
        "statement": lambda: statements[condition_id],
        "standing": lambda: weighed.standing.value,
        "since": lambda: wording.day(_given(weighed.since)),
        "chance": lambda: wording.chance(material.likelihood(weighed.probability), weighed.probability),
        "for": lambda: borne(weighed.supports),
        "against": lambda: borne(weighed.opposes),
        "voices_for": lambda: wording.counted(len({found.reports[key].voice for key in weighed.supports}), "voice"),
        "voices_against": lambda: wording.counted(len({found.reports[key].voice for key in weighed.opposes}), "voice"),
        "because": lambda: "” and “".join(statements[cause] for cause in weighed.because),
    }
    if name.startswith("overdue"):
        return dict(enumerate(weighed.overdue))[int(name.removeprefix("overdue"))]
    return values[name]()


def _place(found: Ground, about: str, name: str) -> str:
    material = found.material
    reports = [report for report in found.citable.values() if report.id in material.readings]
    named = [(report.at, toponym.place) for report in reports for toponym in _sure(material, report) if toponym.place.id == about]
    last = max((at for at, _ in named), default=None)
    names = sorted({place.name for _, place in named})
    return {"name": next(iter(names)), "silence": wording.counted((material.as_of - _given(last)).days, "day")}[name]


def _figure(found: Ground, about: str, name: str) -> str:
    situation_id, said_by, kind, unit = about.split("/", 3)
    true = true_ranges(found, situation_id)[FigureKind(kind), unit, SourceClass(said_by)]
    return {"kind": wording.counted_kind(true), "range": wording.figure_range(true)}[name]


def _sure(material: Material, report: Report) -> list[Toponym]:
    return [toponym for toponym in material.readings[report.id].toponyms if not toponym.probability < EVEN]


def _span(material: Material, reports: Iterable[Report], start: datetime | None, end: datetime) -> list[Report]:
    first = (report for report in reports if report.id not in material.revisions)
    return [report for report in first if report.at <= end and not (start and report.at <= start)]


def _heard(material: Material, reports: Iterable[Report]) -> str:
    return str(heard(material, (report.id for report in reports)))


def _listed(names: Iterable[str]) -> str:
    return wording.listed([wording.plain(name) for name in names])


def _only(nouns: Iterable[Noun], about: str) -> Noun:
    return next(noun for noun in nouns if noun.id == about)


def _resolved(material: Material, about: str) -> Resolution:
    return next(each for each in material.resolutions if each.forecast_id == about and each.resolved_at <= material.as_of)


def _given(value: Value | None) -> Value:
    if value is None:
        raise KeyError("nothing to compute from")
    return value


FAMILIES: Mapping[str, Reader] = {
    "brief": _brief,
    "situation": _situation,
    "forecast": _forecast,
    "resolution": _resolution,
    "score": _score,
    "suggestion": _suggestion,
    "member": _member,
    "objective": _objective,
    "condition": _condition,
    "place": _place,
    "figure": _figure,
    "card": choices.card,
    "go": choices.go,
    "other": choices.other,
    "near": choices.near,
    "decision": choices.decision,
}
