"""Situation* -> Forecast*, Resolution*: what to expect, and how earlier forecasts did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flows.kit import Kit
from flows.lateness import arriving
from forecast.counts import Series, forecast
from forecast.nowcast import Arrival
from forecast.score import resolve
from store.records import Forecast, Situation

LIVE_DAYS = 45
HORIZONS = (7, 14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What one pass did."""

    forecasts: int = 0
    resolved: int = 0


def foresee(kit: Kit, as_of: datetime) -> Foreseen:
    """Resolve what is due, then forecast every live situation that has no forecast of this day yet."""
    situations = {situation.id: situation for situation in kit.warehouse.situations(as_of)}
    resolved = kit.step("resolve", lambda: resolve_due(kit, situations, as_of))
    issued = kit.step("forecast", lambda: forecast_live(kit, tuple(situations.values()), as_of))
    return Foreseen(forecasts=issued, resolved=resolved)


def resolve_due(kit: Kit, situations: Mapping[str, Situation], as_of: datetime) -> int:
    """Count what came between issue and deadline; a situation that merged away is followed to its heir by its reports."""
    due = kit.warehouse.due(as_of)
    followed = [situations.get(forecast.situation_id) or heir(forecast.evidence, situations) for forecast in due]
    told = heard(kit, [situation for situation in followed if situation])
    kit.warehouse.append_resolutions([resolve(one, observed(one, situation, told), as_of) for one, situation in zip(due, followed, strict=True)])
    return len(due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """When each report of some situations was said and when it came in, and its origin."""

    at: Mapping[str, datetime]
    received: Mapping[str, datetime]
    root: Mapping[str, str]

    def arrival(self, as_of: datetime) -> Arrival:
        """Learn how late these reports come in."""
        return arriving([(said, self.received[id_]) for id_, said in self.at.items()], as_of)


def heard(kit: Kit, situations: Sequence[Situation]) -> Heard:
    """Load times and origins of all reports of these situations at once."""
    ids = sorted({report_id for situation in situations for report_id in situation.report_ids})
    reports = kit.warehouse.reports_by_id(ids)
    return Heard(
        at={report.id: report.at for report in reports},
        received={report.id: report.received_at for report in reports},
        root=kit.warehouse.origin_of(ids),
    )


def observed(forecast: Forecast, situation: Situation | None, told: Heard) -> int:
    """Count the reports, or the origins not heard before, in (issued_at, deadline]; a later copy of a known origin is no new one."""
    ids = [report_id for report_id in (situation.report_ids if situation else ()) if report_id in told.at]
    window = [report_id for report_id in ids if forecast.issued_at < told.at[report_id] <= forecast.deadline]
    if forecast.metric == "reports":
        return len(window)
    before = {told.root[report_id] for report_id in ids if told.at[report_id] <= forecast.issued_at}
    return len({told.root[report_id] for report_id in window} - before)


def heir(reports: Sequence[str], situations: Mapping[str, Situation]) -> Situation | None:
    """Find the situation that now holds most of these reports."""
    evidence = set(reports)
    best = max(situations.values(), key=lambda s: (len(evidence & set(s.report_ids)), s.id), default=None)
    return best if best and evidence & set(best.report_ids) else None


def forecast_live(kit: Kit, situations: Sequence[Situation], as_of: datetime) -> int:
    """Append forecasts for the situations heard of lately."""
    morning = datetime.combine(as_of.astimezone(UTC).date(), time(), UTC) - timedelta(microseconds=1)
    today = {forecast.situation_id for forecast in kit.warehouse.forecasts(as_of, since=morning)}
    live = [s for s in situations if s.last_at > as_of - timedelta(days=LIVE_DAYS) and s.id not in today]
    told = heard(kit, live)
    issued = forecast([series(situation, told, as_of) for situation in live], as_of, HORIZONS, told.arrival(as_of))
    kit.warehouse.append_forecasts(issued)
    return len(issued)


def series(situation: Situation, told: Heard, as_of: datetime) -> Series:
    """Count daily reports and first appearances of origins, from the situation's first day to `as_of`."""
    days = daily({report_id: told.at[report_id] for report_id in situation.report_ids}, told.root, as_of)
    return Series(
        situation_id=situation.id,
        title=situation.title,
        start=days[0][0],
        reports=tuple(n for _, n, _ in days),
        origins=tuple(n for _, _, n in days),
        evidence=situation.report_ids[-20:],
    )


def daily(at: Mapping[str, datetime], roots: Mapping[str, str], as_of: datetime) -> list[tuple[date, int, int]]:
    """Give (day, reports, new origins) for every day from the first report to `as_of`, UTC; `at` maps report ids to times."""
    seen: set[str] = set()
    counts: dict[date, list[int]] = {}
    for report_id, when in sorted(at.items(), key=lambda pair: (pair[1], pair[0])):
        row = counts.setdefault(when.astimezone(UTC).date(), [0, 0])
        root = roots.get(report_id, report_id)
        row[0] += 1
        row[1] += root not in seen
        seen.add(root)
    today = as_of.astimezone(UTC).date()
    first = min(counts, default=today)
    return [(day, *counts.get(day, (0, 0))) for day in (first + timedelta(days=n) for n in range((today - first).days + 1))]
