"""Suggestion -> after-action page: what was known then, what was forecast, what happened, and the score; for the coordinator."""

from datetime import datetime
from pathlib import Path
from typing import Any

from coalition.learn import Case
from coalition.learn import learn as look_back
from coalition.standing import standing
from flows.blueprints import said_of
from flows.decide import holding
from flows.office import Missing, NotNow, Office, objective, suggestion
from flows.open_cards import Tray
from reports.render.after_action import render
from store.cards import Card, Closed
from store.opt_in import AfterAction, Stage
from store.plain import record
from store.records import Forecast, MixWeek, Report, Resolution, Suggestion


def learn(office: Office, suggestion_id: str, as_of: datetime) -> AfterAction:
    """Look back on a suggestion; raises Missing, NotNow while four weeks are not over."""
    found = look_back(_case(office, suggestion_id, as_of), as_of)
    if found is None:
        raise NotNow(f"the suggestion {suggestion_id} cannot be looked back on yet: four weeks have to pass first, so that there is something to score")
    return found


def log(office: Office, as_of: datetime) -> tuple[Closed, ...]:
    """List the suggestions that are closed (accepted, rejected, or expired), the latest first, with how each came out where four weeks have passed.

    A hold closes nothing and is left out.
    """
    if office.snapshot.published_at() is None:
        return ()
    made = [record(Suggestion, row) for row in _rows(office, _MADE, as_of)]
    cards = [record(Card, row) for row in _rows(office, _CARDS)]
    tray = Tray(cards={one.suggestion_id: one for one in cards}, held=holding(one for one in office.journal.decisions() if one.at <= as_of))
    found = [_closed(office, one, tray, as_of) for one in made if tray.ends(one)[0] <= as_of]
    return tuple(sorted(found, key=lambda one: (one.closed_at, one.suggestion_id), reverse=True))


def _closed(office: Office, one: Suggestion, tray: Tray, as_of: datetime) -> Closed:
    at, how = tray.ends(one)
    after = look_back(_case(office, one.id, as_of), as_of)
    return Closed(
        suggestion_id=one.id,
        objective_id=one.objective_id,
        kind=one.kind,
        issued_at=one.issued_at,
        probability=one.probability,
        how=how,
        closed_at=at,
        came_true=after.came_true if after else None,
        brier=after.brier if after else None,
    )


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


_MADE = """
    SELECT * REPLACE (coalesce(against_why, '') AS against_why, coalesce(would_change, '') AS would_change) FROM suggestions
    WHERE kind <> 'hold' AND issued_at <= ? ORDER BY issued_at, id
"""
_CARDS = "SELECT * FROM suggestion_cards"
_MIX = "SELECT objective_id, week, obstacle, weight, origins FROM obstacle_mix WHERE objective_id = ? AND week <= ? ORDER BY week, obstacle"
_THESE = "(SELECT unnest(?::VARCHAR[]))"
_REPORTS = f"""SELECT * REPLACE (coalesce(key, '') AS key), said_at AS "at" FROM reports WHERE id IN {_THESE} ORDER BY said_at, id"""  # noqa: S608  our own words
_FORECASTS = f"""
    SELECT forecasts.* FROM forecasts SEMI JOIN (SELECT situation_id FROM situation_reports WHERE report_id IN {_THESE}) USING (situation_id)
    ORDER BY issued_at, id
"""  # noqa: S608  our own words
