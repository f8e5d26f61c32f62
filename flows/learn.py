"""Suggestion -> after-action page: what was known then, what was forecast, what happened, and the score; for the coordinator."""

from datetime import datetime
from pathlib import Path
from typing import Any

from coalition.learn import Case
from coalition.learn import learn as look_back
from coalition.standing import standing
from flows.blueprints import said_of
from flows.office import Missing, NotNow, Office, objective, suggestion
from reports.render.after_action import render
from store.opt_in import AfterAction, Stage
from store.plain import record
from store.records import Forecast, MixWeek, Report, Resolution


def learn(office: Office, suggestion_id: str, as_of: datetime) -> AfterAction:
    """Look back on a suggestion; raises Missing, NotNow while four weeks are not over."""
    found = look_back(_case(office, suggestion_id, as_of), as_of)
    if found is None:
        raise NotNow(f"the suggestion {suggestion_id} cannot be looked back on yet: four weeks have to pass first, so that there is something to score")
    return found


def page(office: Office, suggestion_id: str, as_of: datetime) -> str:
    """Make the after-action page as HTML. Raises as `learn`."""
    return render(learn(office, suggestion_id, as_of))


def _case(office: Office, suggestion_id: str, as_of: datetime) -> Case:
    card = suggestion(office.snapshot, suggestion_id)
    cited = [*card.evidence, *card.against]
    weeks: dict[datetime, dict[str, Any]] = {}
    for row in _rows(office, _MIX, card.objective_id, as_of):
        week = weeks.setdefault(row["week"], {**row, "weights": []})
        week["weights"].append((row["obstacle"], row["weight"]))
    forecasts = _rows(office, _FORECASTS, cited)
    return Case(
        suggestion=card,
        objective=_statement(office, card.objective_id),
        reports=tuple(record(Report, row) for row in _rows(office, _REPORTS, cited)),
        mix=tuple(record(MixWeek, week) for week in weeks.values()),
        forecasts=tuple(record(Forecast, row) for row in forecasts),
        resolutions=tuple(
            record(Resolution, {**row, "forecast_id": row["id"]}) for row in forecasts if row["brier"] is not None and row["observed"] is not None
        ),
        decisions=office.journal.decisions(),
        stages=_stages(office, suggestion_id, as_of),
    )


def _statement(office: Office, objective_id: str) -> str:
    try:
        return objective(office, objective_id).statement
    except Missing:
        return objective_id


def _stages(office: Office, suggestion_id: str, as_of: datetime) -> tuple[tuple[Stage, datetime], ...]:
    """Say where the blueprints of a suggestion stand, and since when; not who is in, and nothing of who is not."""
    mine = [one for one in office.journal.blueprints() if one.suggestion_id == suggestion_id]
    stands = [standing(one, said_of(office, one), (), as_of) for one in mine]
    return tuple((one.stage, one.since) for one in stands)


def _rows(office: Office, sql: str, *values: object) -> list[dict[str, Any]]:
    columns, rows = office.snapshot.query(sql, values)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def put_page(path: Path, text: str) -> Path:
    """Write the page in place of the one before."""
    from flows.brief import put

    path.parent.mkdir(parents=True, exist_ok=True)
    return put(path, text)


_MIX = "SELECT objective_id, week, obstacle, weight, origins FROM obstacle_mix WHERE objective_id = ? AND week <= ? ORDER BY week, obstacle"
_THESE = "(SELECT unnest(?::VARCHAR[]))"
_REPORTS = f"""SELECT * REPLACE (coalesce(key, '') AS key), said_at AS "at" FROM reports WHERE id IN {_THESE} ORDER BY said_at, id"""  # noqa: S608  our own words
_FORECASTS = f"""
    SELECT forecasts.* FROM forecasts SEMI JOIN (SELECT situation_id FROM situation_reports WHERE report_id IN {_THESE}) USING (situation_id)
    ORDER BY issued_at, id
"""  # noqa: S608  our own words
