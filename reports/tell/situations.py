"""View -> SituationCard*: the situations that matter most in full, the others in one line each."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from reports import wording
from reports.tell import facts
from reports.tell.figures import ranges, told
from reports.tell.places import places
from reports.tell.view import View, between, cite, heard, say
from store.records import Fact, Forecast, Sentence, Situation, Trend
from store.told import SituationCard

IN_FULL = 10
IN_TABLE = 40
DAYS_SHOWN = 70
LOUD = 20
RISING = (Trend.EMERGING, Trend.GROWING)


def ranked(seen: View) -> tuple[Situation, ...]:
    """Order situations by the voices of the last week that were first with something, then those since the last brief, then all of them.

    A voice counts once, and what it copies counts for whom it copies; what it says on a day on which it says more than twenty things of the situation does
    not count, so that no organisation's flood moves anything. Where all that is told comes from one voice, as a table of messages from the public, its
    origins are counted instead.
    """
    now = seen.material.as_of
    first = _first_carriers(seen)
    single = len({seen.reports[rid].voice for rid in first}) == 1

    def weight(situation: Situation) -> tuple[int, bool, int, int, str]:
        own = first.intersection(situation.report_ids if single else _calm(seen, situation))

        def voices(ids: tuple[str, ...]) -> int:
            return len({rid if single else seen.reports[rid].voice for rid in own.intersection(ids)})

        week = voices(between(seen, situation, now - facts.WEEK, now))
        fresh = voices(between(seen, situation, seen.since, now))
        return (-week, situation.trend not in RISING, -fresh, -voices(situation.report_ids), situation.id)

    return tuple(sorted(seen.situations, key=weight))


def _first_carriers(seen: View) -> set[str]:
    first: dict[str, str] = {}
    for report in sorted(seen.reports.values(), key=lambda each: (each.at, each.id)):
        first.setdefault(seen.material.origin_of.get(report.id, report.id), report.id)
    return set(first.values())


def _calm(seen: View, situation: Situation) -> tuple[str, ...]:
    """Return the reports of each voice's days but those on which it flooded the situation; a later edition of a report adds to no flood."""
    told = [(rid, (seen.reports[rid].voice, seen.reports[rid].at.astimezone(UTC).date())) for rid in between(seen, situation, None, seen.material.as_of)]
    said = Counter(spoken for _, spoken in told)
    return tuple(rid for rid, spoken in told if said[spoken] <= LOUD)


def cards(seen: View, order: tuple[Situation, ...]) -> tuple[SituationCard, ...]:
    """Tell the first ten situations in full."""
    return tuple(card(seen, situation) for situation in order[:IN_FULL])


def rest(seen: View, order: tuple[Situation, ...]) -> tuple[SituationCard, ...]:
    """Tell the next forty in one line each."""
    return tuple(
        SituationCard(situation=situation, heard=heard(seen, situation.report_ids), lines=(_extent(seen, situation),), is_new=is_new(seen, situation))
        for situation in order[IN_FULL : IN_FULL + IN_TABLE]
    )


def is_new(seen: View, situation: Situation) -> bool:
    """Tell whether the last brief did not know this situation; without a last brief nothing is new."""
    return bool(seen.material.previous and situation.id not in seen.material.previous.situation_ids)


def card(seen: View, situation: Situation) -> SituationCard:
    """Tell one situation in full."""
    forecasts, figures = _open(seen, situation), ranges(seen, situation)
    return SituationCard(
        situation=situation,
        heard=heard(seen, situation.report_ids),
        lines=(_extent(seen, situation), _movement(seen, situation)),
        quotes=_summary(seen, situation),
        figures=told(seen, situation, figures),
        ranges=figures,
        outlook=_outlook(seen, situation, forecasts),
        forecasts=forecasts,
        places=places(seen, situation.report_ids),
        daily=daily(seen, situation),
        is_new=is_new(seen, situation),
    )


def _summary(seen: View, situation: Situation) -> tuple[Sentence, ...]:
    """Keep the sentences of its summary whose report may be quoted, each with those of its reports that may be cited."""
    citable = seen.quotable.keys() & set(situation.report_ids)
    lines = next(one.summary for one in seen.material.situations if one.id == situation.id)
    return tuple(replace(line, report_ids=tuple(rid for rid in line.report_ids if rid in citable)) for line in lines if line.report_ids[0] in citable)


def _extent(seen: View, situation: Situation) -> Sentence:
    def fact(kind: str) -> Fact:
        return facts.of_situation(seen, situation, kind)

    ids = cite(seen, situation.report_ids)
    if situation.first_at.date() == situation.last_at.date():
        return say(ids, fact("heard"), ", on ", fact("last"), ".")
    return say(ids, fact("heard"), ", between ", fact("first"), " and ", fact("last"), ".")


def _movement(seen: View, situation: Situation) -> Sentence:
    now = seen.material.as_of
    ids = cite(seen, between(seen, situation, now - facts.WEEK, now)) or cite(seen, situation.report_ids)
    week, before = facts.of_situation(seen, situation, "week"), facts.of_situation(seen, situation, "week_before")
    if not between(seen, situation, now - 2 * facts.WEEK, now):
        silence = facts.of_situation(seen, situation, "silence")
        return say(ids, "The situation is ", facts.of_situation(seen, situation, "trend"), ": no new report for ", silence, ".")
    trend = facts.of_situation(seen, situation, "trend")
    return say(ids, "The situation is ", trend, ": ", week, " in the last week, after ", before, " in the week before.")


def _open(seen: View, situation: Situation) -> tuple[Forecast, ...]:
    """Keep the latest open forecast for each metric and horizon."""
    now = seen.material.as_of
    mine = (forecast for forecast in seen.material.forecasts if forecast.situation_id == situation.id and forecast.issued_at <= now < forecast.deadline)
    latest: dict[tuple[str, int], Forecast] = {}
    for forecast in sorted(mine, key=lambda each: (each.issued_at, each.id)):
        latest[(forecast.metric, wording.horizon(forecast))] = forecast
    return tuple(latest[key] for key in sorted(latest, key=lambda key: (key[0] != "reports", key)))


def _outlook(seen: View, situation: Situation, forecasts: tuple[Forecast, ...]) -> tuple[Sentence, ...]:
    """Word the expected numbers of reports, and for each metric the statement that falls due last."""
    last = {forecast.metric: forecast for forecast in forecasts}
    expected = [_expected(seen, situation, forecast) for forecast in forecasts if forecast.metric == "reports"]
    return (*expected, *(_statement(seen, situation, forecast) for forecast in last.values()))


def _expected(seen: View, situation: Situation, forecast: Forecast) -> Sentence:
    value = {kind: facts.of_forecast(seen, forecast, kind) for kind in ("horizon", "issued", "interval90", "interval50")}
    parts = ("In the ", value["horizon"], " after ", value["issued"], ": ", value["interval90"], ", ", value["interval50"], ".")
    return say(_borne_by(seen, situation, forecast), *parts)


def _statement(seen: View, situation: Situation, forecast: Forecast) -> Sentence:
    value = {kind: facts.of_forecast(seen, forecast, kind) for kind in ("issued", "deadline", "threshold", "chance")}
    parts = ("Between ", value["issued"], " and ", value["deadline"], ", ", value["threshold"], ": ", value["chance"], ".")
    return say(_borne_by(seen, situation, forecast), *parts)


def _borne_by(seen: View, situation: Situation, forecast: Forecast) -> tuple[str, ...]:
    return (cite(seen, forecast.evidence) or cite(seen, situation.report_ids))[:2]


def daily(seen: View, situation: Situation) -> tuple[tuple[datetime, int, int], ...]:
    """Count carriers, and origins first heard, on each of the last seventy days."""
    told: Counter[date] = Counter()
    first: dict[str, date] = {}
    for rid in sorted(situation.report_ids, key=lambda rid: seen.reports[rid].at):
        when = seen.reports[rid].at.date()
        told[when] += rid not in seen.material.revisions
        first.setdefault(seen.material.origin_of.get(rid, rid), when)
    voices = Counter(first.values())
    last = seen.material.as_of.date()
    days = [last - timedelta(days=back) for back in reversed(range(DAYS_SHOWN))]
    return tuple((datetime(each.year, each.month, each.day, tzinfo=UTC), told[each], voices[each]) for each in days)
