"""View -> Fact: each value a sentence may state, worded, with what it was computed from. reports/prove computes them again on its own."""

from datetime import timedelta

from reports import wording
from reports.tell.view import View, between, carriers, heard, unread
from store.records import Fact, FigureRange, Forecast, Member, Resolution, Situation, Suggestion, Weighed

WEEK = timedelta(days=7)
NAMED = 4


def of_brief(seen: View, kind: str) -> Fact:
    """State a count or a date of the whole brief."""
    ids = {situation.id for situation in seen.situations}
    known = set(seen.material.previous.situation_ids) if seen.material.previous else set()
    texts = {
        "previous": wording.day(seen.since) if seen.since else "",
        "heard": str(heard(seen, unread(seen))),
        "situations": wording.counted(len(ids), "situation"),
        "new_situations": wording.counted(len(ids - known), "new situation"),
    }
    return Fact(kind=f"brief.{kind}", about="", text=texts[kind])


def of_situation(seen: View, situation: Situation, kind: str) -> Fact:
    """State something of a situation: title, by how many it is told, dates, trend, silence."""
    now = seen.material.as_of
    fresh = between(seen, situation, seen.since, now)
    trends = seen.material.previous.trends if seen.material.previous else {}
    texts = {
        "title": situation.title,
        "heard": str(heard(seen, situation.report_ids)),
        "first": wording.day(situation.first_at),
        "last": wording.day(situation.last_at),
        "trend": situation.trend.value,
        "trend_before": trends[situation.id].value if situation.id in trends else "",
        "week": str(heard(seen, between(seen, situation, now - WEEK, now))),
        "week_before": str(heard(seen, between(seen, situation, now - 2 * WEEK, now - WEEK))),
        "new": str(heard(seen, fresh)),
        "silence": wording.counted((now - situation.last_at).days, "day"),
    }
    return Fact(kind=f"situation.{kind}", about=situation.id, text=texts[kind])


def of_forecast(seen: View, forecast: Forecast, kind: str) -> Fact:
    """State something of a forecast: interval, threshold, deadline, chance."""
    texts = {
        "interval90": wording.interval90(forecast),
        "interval50": wording.interval50(forecast),
        "threshold": wording.threshold(forecast),
        "deadline": wording.day(forecast.deadline),
        "issued": wording.day(forecast.issued_at),
        "horizon": wording.counted(wording.horizon(forecast), "day"),
        "chance": wording.chance(seen.material.likelihood(forecast.probability), forecast.probability),
    }
    return Fact(kind=f"forecast.{kind}", about=forecast.id, text=texts[kind])


def of_resolution(forecast: Forecast, resolution: Resolution, kind: str) -> Fact:
    """State what became of a forecast."""
    texts = {
        "observed": wording.counted(resolution.observed, wording.noun_of(forecast)),
        "outcome": "came true" if resolution.came_true else "did not come true",
    }
    return Fact(kind=f"resolution.{kind}", about=forecast.id, text=texts[kind])


def of_suggestion(seen: View, suggestion: Suggestion, kind: str) -> Fact:
    """State something of a suggestion; the told texts (reason, against_why, would_change) stand as their stage worded them."""
    missing = set(suggestion.missing_strengths)
    evidence = next(each.evidence for each in seen.material.suggestions if each.id == suggestion.id)
    borne = heard(seen, carriers(seen, evidence))
    texts = {
        "kind": wording.ADVICE[suggestion.kind],
        "chance": wording.chance(seen.material.likelihood(suggestion.probability), suggestion.probability),
        "confidence": wording.confidence(borne.origins, suggestion.source_kinds),
        "heard": str(borne),
        "source_kinds": wording.counted(suggestion.source_kinds, "kind") + " of source",
        "since": wording.day(suggestion.since),
        "before": wording.obstacles(suggestion.obstacle_before),
        "after": wording.obstacles(suggestion.obstacle_after),
        "required": _listed(suggestion.required_strengths),
        "have": _listed(tuple(name for name in suggestion.required_strengths if name not in missing)),
        "missing": _listed(suggestion.missing_strengths),
        "uncovered": _listed(suggestion.uncovered_strengths),
        "proposed": wording.listed([member.name for member in suggestion.members[:NAMED]]) if suggestion.members else "",
        "reason": suggestion.reason,
        "against_why": suggestion.against_why,
        "would_change": suggestion.would_change,
    }
    return Fact(kind=f"suggestion.{kind}", about=suggestion.id, text=texts[kind])


def of_condition(seen: View, weighed: Weighed, kind: str) -> Fact:
    """State something of a condition: how it stands, since when, how likely it holds, by how many it is borne and denied, what explains it."""
    objective = next(each for each in seen.material.objectives if each.id == weighed.objective_id)
    statements = {condition.id: condition.statement for condition in objective.conditions}
    texts = {
        "statement": statements[weighed.condition_id],
        "standing": weighed.standing.value,
        "since": wording.day(weighed.since) if weighed.since else "",
        "chance": wording.chance(seen.material.likelihood(weighed.probability), weighed.probability),
        "for": str(heard(seen, carriers(seen, weighed.supports))),
        "against": str(heard(seen, carriers(seen, weighed.opposes))),
        "voices_for": wording.counted(len({seen.reports[key].voice for key in weighed.supports if key in seen.reports}), "voice"),
        "voices_against": wording.counted(len({seen.reports[key].voice for key in weighed.opposes if key in seen.reports}), "voice"),
        "because": "” and “".join(statements[cause] for cause in weighed.because),
    }
    return Fact(kind=f"condition.{kind}", about=f"{weighed.objective_id}/{weighed.condition_id}", text=texts[kind])


def of_range(situation: Situation, one: FigureRange, kind: str) -> Fact:
    """State what is counted, or the figures of one class of sources."""
    texts = {"kind": wording.counted_kind(one), "range": wording.figure_range(one)}
    return Fact(kind=f"figure.{kind}", about=f"{situation.id}/{one.said_by}/{one.kind}/{one.unit}", text=texts[kind])


def of_member(suggestion: Suggestion, member: Member, kind: str) -> Fact:
    """State something of a proposed member."""
    texts = {"name": member.name, "covers": _listed(member.covers), "reason": member.reason}
    return Fact(kind=f"member.{kind}", about=f"{suggestion.id}/{member.partner_id}", text=texts[kind])


def _listed(names: tuple[str, ...]) -> str:
    return wording.listed([wording.plain(name) for name in names]) if names else ""
