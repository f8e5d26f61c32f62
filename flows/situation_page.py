"""Readers' copy -> living pages: one HTML file a situation, rewritten in place, and the page that lists them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.brief import put
from flows.show import Gone, Wanted, counted, find, listed
from forecast.words import likelihood
from nlp.figures.ranges import ranges
from nlp.situate.life import life, stages
from reports.living import living
from reports.material import Material
from reports.render.situation import render, render_gone, render_index
from store.plain import record
from store.records import Forecast, Reading, Report, ReportGrade, Situation, SituationEvent, SourceGrade
from store.snapshot import Snapshot

Rows = list[dict[str, Any]]
Ask = Callable[..., Rows]
INDEX = "index.html"
_PAGE = re.compile(r"[A-Za-z0-9_-]+\.html")


def page(snapshot: Snapshot, situation_id: str, *, linked: bool = False) -> str | None:
    """Make the page of a situation as it stands, None where there is none of this id. `linked`: the pages of others lie beside it."""
    if not (described := _rows(snapshot, "FROM situations WHERE id = ?", situation_id)):
        found = find(snapshot, situation_id) if linked else None
        return render_gone(found.id, found.into, found.title) if isinstance(found, Gone) else None
    history = tuple(record(SituationEvent, row) for row in _rows(snapshot, _HISTORY, situation_id))
    titles = {row["id"]: row["title"] for row in _rows(snapshot, _TITLES, list({line.other for line in history}))}
    material = gather(snapshot, described[0])
    spans = stages(material.reports, material.origin_of, material.as_of)
    return render(living(material, history, titles, spans), linked=linked)


def index(snapshot: Snapshot) -> str:
    """Make the page that lists all situations, those that people dismissed apart."""
    return render_index(listed(snapshot, Wanted()), counted(snapshot)["ungrouped"])


def write_pages(snapshot: Snapshot, folder: Path) -> tuple[Path, ...]:
    """Write every page and the list into a folder, each in place of the one it had; where a situation went into another, its page says so.

    A page that people dismissed since is removed; files of other names are left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ids = [row["id"] for row in listed(snapshot, Wanted())]
    older = sorted({path.stem for path in folder.iterdir() if _PAGE.fullmatch(path.name)} - {*ids, Path(INDEX).stem})
    away = [one for one in older if isinstance(find(snapshot, one, latest=0), Gone)]
    for dismissed in [row["id"] for row in listed(snapshot, Wanted(dismissed=True))]:
        (folder / f"{dismissed}.html").unlink(missing_ok=True)
    texts = ((f"{one}.html", page(snapshot, one, linked=True)) for one in (*ids, *away))
    return (*(put(folder / name, text) for name, text in texts if text), put(folder / INDEX, index(snapshot)))


def gather(snapshot: Snapshot, described: dict[str, Any]) -> Material:
    """Collect everything the page of one situation is made from, as the readers' copy has it."""
    ids = [row["id"] for row in _rows(snapshot, _IDS, described["id"])]
    reports = tuple(record(Report, row) for row in _rows(snapshot, _REPORTS, ids))
    readings = _readings(snapshot, ids)
    kin = _rows(snapshot, f"FROM origins WHERE report_id IN {_THESE}", ids)
    origin_of, revisions = {row["report_id"]: row["origin_id"] for row in kin}, {row["report_id"]: row["revision_of"] for row in kin if row["revision_of"]}
    as_of: datetime = max(described["described_at"], *(report.at for report in reports))
    summary = [row | {"quote": True} for row in _rows(snapshot, "FROM situation_sentences WHERE situation_id = ? ORDER BY number", described["id"])]
    reason = described["reason"] or _reason(described["trend"], reports, origin_of, as_of)
    situation = record(Situation, described | {"report_ids": ids, "summary": summary, "reason": reason})
    grades = [record(ReportGrade, row) for row in _rows(snapshot, f"FROM report_grades WHERE report_id IN {_THESE}", ids)]
    return Material(
        as_of=as_of,
        likelihood=likelihood,
        situations=(situation,),
        reports=reports,
        readings=readings,
        origin_of=origin_of,
        revisions=revisions,
        ranges={situation.id: ranges(reports, readings, origin_of, revisions)},
        source_grades=tuple(record(SourceGrade, row) for row in _rows(snapshot, _SOURCE_GRADES, ids)),
        report_grades={grade.report_id: grade for grade in grades},
        forecasts=tuple(record(Forecast, row) for row in _rows(snapshot, "FROM forecasts WHERE situation_id = ? ORDER BY id", situation.id)),
    )


def _reason(trend: str, reports: Sequence[Report], origin_of: Mapping[str, str], as_of: datetime) -> str:
    """Say by the reports shown why a trend is told whose reason is over others too; nothing where these would tell another."""
    found, reason = life(reports, origin_of, as_of)
    return reason if found.value == trend else ""


def _readings(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, Reading]:
    parts: dict[str, dict[str, Rows]] = {report_id: {"toponyms": [], "figures": []} for report_id in ids}
    for part, sql in _PARTS.items():
        for row in _rows(snapshot, sql, ids):
            parts[row["report_id"]][part].append(row)
    empty: dict[str, Any] = {"language": "", "mentions": [], "obstacles": [], "models": []}
    return {report_id: record(Reading, {**empty, **found, "report_id": report_id}) for report_id, found in parts.items()}


def _rows(snapshot: Snapshot, sql: str, *values: object) -> Rows:
    columns, rows = snapshot.query(sql, values)
    return [dict(zip(columns, row, strict=True)) for row in rows]


_THESE = "(SELECT unnest(?::VARCHAR[]))"
_IDS = "SELECT id FROM reports SEMI JOIN situation_reports s ON s.report_id = id AND situation_id = ? ORDER BY said_at, id"
_REPORTS = f"""SELECT * REPLACE (coalesce(key, '') AS key), said_at AS "at" FROM reports WHERE id IN {_THESE} ORDER BY said_at, id"""  # noqa: S608  our own words
_HISTORY = """
    SELECT *, happened_at AS "at", CASE WHEN by_person THEN 'a person' END AS "by" FROM situation_history WHERE situation_id = ? ORDER BY happened_at, number
"""
_TITLES = f"SELECT id, title FROM situations WHERE NOT dismissed AND id IN {_THESE}"  # noqa: S608  our own words
_SOURCE_GRADES = f"""
    SELECT *, graded_at AS "at" FROM source_grades WHERE source IN (SELECT coalesce(publisher, r.source) FROM reports r WHERE id IN {_THESE})
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY graded_at DESC) = 1
"""  # noqa: S608  our own words
_SPAN = 'start_char AS "start", end_char AS "end"'
_PARTS = {
    "toponyms": f"""
        SELECT report_places.*, {_SPAN}, places AS place, CASE WHEN next.id IS NOT NULL THEN next END AS runner_up
        FROM report_places JOIN places ON places.id = place_id LEFT JOIN places next ON next.id = runner_up_id
        WHERE report_id IN {_THESE} ORDER BY report_id, number
    """,  # noqa: S608  our own words
    "figures": f"""
        SELECT *, {_SPAN}, first_day AS "first", last_day AS "last", of_what AS "of" FROM figures WHERE report_id IN {_THESE} ORDER BY report_id, number
    """,  # noqa: S608  our own words
}
