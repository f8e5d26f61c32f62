"""Closed suggestion, what came of it -> AfterAction: what was known then, what was forecast, what happened, and the score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.opt_in import AfterAction, Decision, Stage
from store.records import Advice, Forecast, MixWeek, Obstacle, Report, Resolution, Suggestion

WINDOW = timedelta(days=28)
_WEEK = timedelta(days=7)
ENOUGH = 3  # origins heard since; with fewer nothing can be said of what led


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that is known today about a suggestion; what of it was known then is for `learn` to tell apart."""

    suggestion: Suggestion
    objective: str
    reports: tuple[Report, ...]
    mix: tuple[MixWeek, ...]
    forecasts: tuple[Forecast, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    decisions: tuple[Decision, ...] = ()
    stages: tuple[tuple[Stage, datetime], ...] = ()


def learn(case: Case, as_of: datetime) -> AfterAction | None:
    """Look back on a suggestion four weeks after it was given; None while that time is not over.

    It came true where what it named led among what was said in the weeks that began since and ended within those four, each independent origin counted
    once; a wind-down where what it called fallen did not lead again; a hold where what led before still did. Scored by Brier (1950): the square of the
    distance between its probability and what happened, 0 best.
    """
    suggestion = case.suggestion
    until = suggestion.issued_at + WINDOW
    if as_of < until:
        return None
    after = tuple(
        week for week in case.mix if week.objective_id == suggestion.objective_id and week.week >= suggestion.issued_at and week.week + _WEEK <= until
    )
    heard, led = sum(week.origins for week in after), _led(after)
    came_true = _came_true(suggestion, led) if heard >= ENOUGH else None
    known, retrospective = _known(suggestion, case.reports)
    forecasts = tuple(f for f in case.forecasts if f.issued_at <= suggestion.issued_at < f.deadline)
    ids = {forecast.id for forecast in forecasts}
    return AfterAction(
        suggestion=suggestion,
        objective=case.objective,
        known=known,
        late=len(case.reports) - len(known),
        retrospective=retrospective,
        forecasts=forecasts,
        resolutions=tuple(r for r in case.resolutions if r.forecast_id in ids and r.resolved_at <= as_of),
        decisions=tuple(d for d in case.decisions if d.suggestion_id == suggestion.id and d.at <= as_of),
        stages=tuple((stage, at) for stage, at in case.stages if at <= as_of),
        after=after,
        origins_after=heard,
        led_after=led,
        until=until,
        came_true=came_true,
        brier=None if came_true is None else (suggestion.probability - came_true) ** 2,
    )


def _known(suggestion: Suggestion, reports: Sequence[Report]) -> tuple[tuple[Report, ...], bool]:
    """Keep what was known when the suggestion was given, and say whether it was given in retrospect: from reports that had not been received by its date."""
    then = suggestion.issued_at
    cited = set(suggestion.evidence)
    retrospective = any(report.received_at > then for report in reports if report.id in cited)
    known = (report for report in reports if report.at <= then and (retrospective or report.received_at <= then))
    return tuple(sorted(known, key=lambda report: (report.at, report.id))), retrospective


def _led(weeks: Sequence[MixWeek]) -> Obstacle:
    """Name what weighed most over these weeks, NONE where nothing was said to stand in the way."""
    total: dict[Obstacle, float] = {}
    for week in weeks:
        for kind, weight in week.weights:
            total[kind] = total.get(kind, 0.0) + weight
    return max(total, key=lambda kind: (total[kind], kind.value), default=Obstacle.NONE)


def _came_true(suggestion: Suggestion, led: Obstacle) -> bool | None:
    if suggestion.kind is Advice.WIND_DOWN:
        return led not in suggestion.obstacle_before
    named = suggestion.obstacle_before if suggestion.kind is Advice.HOLD else suggestion.obstacle_after
    return led in named if named else None
