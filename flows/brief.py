"""Situation*, Forecast*, Suggestion* -> Brief: gather, compose, check, render, publish."""

import os
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.kit import Kit
from flows.open_cards import decided_lately, still_open, tray_of
from flows.scores import record, scored_until
from flows.weigh import theory
from forecast.words import likelihood
from nlp.figures.ranges import ranges
from reports.compose import compose
from reports.material import Material, Previous
from reports.provenance import check
from reports.render import html, json, markdown
from store.errors import UngroundedBrief
from store.records import TLP, Forecast, Report, Resolution, Situation
from store.snapshot import publish
from store.told import Brief

TOLD_DAYS = 60
RENDERERS = {"html": html.render, "md": markdown.render, "json": json.render}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Where the brief is, and what it could not do."""

    id: str
    paths: dict[str, str]
    degraded: tuple[str, ...]


def brief(kit: Kit, as_of: datetime) -> Told:
    """Tell what is known at `as_of`; raises UngroundedBrief, and writes no brief, when a sentence has no ground.

    The analysts' snapshot is published in either case.
    """
    material = gather(kit, as_of)
    composed = compose(material)
    violations = check(composed, material)
    if violations:
        kit.step("publish", lambda: publish(kit.warehouse, kit.settings.snapshot_path))
        raise UngroundedBrief(f"the brief of {as_of:%Y-%m-%d} was held back, {len(violations)} sentences have no ground: " + "; ".join(violations[:5]))
    paths = kit.step("render", lambda: write(kit.settings.briefs_path, composed))
    kit.warehouse.append_brief(composed, paths)
    kit.step("publish", lambda: publish(kit.warehouse, kit.settings.snapshot_path))
    return Told(id=composed.id, paths=paths, degraded=composed.degraded)


def gather(kit: Kit, as_of: datetime) -> Material:
    """Collect everything a brief is made from, as of one moment."""
    previous = last_told(kit, as_of)
    situations = tuple(s for s in kit.warehouse.situations(as_of) if s.last_at > as_of - timedelta(days=TOLD_DAYS) and not s.dismissed)
    made = kit.warehouse.suggestions(as_of)
    tray = tray_of(kit, made, as_of)
    suggestions = tuple(s for objective in kit.warehouse.objectives() for s in still_open(made, objective.id, as_of, tray))
    decided = decided_lately(made, tray, as_of)
    cards = {s.id: tray.cards[s.id] for s in suggestions if s.id in tray.cards}
    theories = [theory(kit, objective, as_of) for objective in kit.warehouse.objectives()]
    bearings = tuple(one for each in theories for one in each.bearings)
    borne = {key for s in (*suggestions, *(one for one, _ in decided)) for key in (*s.evidence, *s.against)}
    also = borne | {key for card in cards.values() for key in card.flips} | {one.report_id for one in bearings}
    reports = told_reports(kit, situations, also, since(previous, as_of), as_of)
    ids = [report.id for report in reports]
    readings = {reading.report_id: reading for reading in kit.warehouse.readings(ids)}
    origin_of, revisions = kit.warehouse.origin_of(ids), kit.warehouse.revisions(ids)
    resolutions = kit.warehouse.resolutions(as_of)
    settled, outcomes = scored_until(kit.warehouse, as_of), kit.warehouse.outcomes(as_of)
    quotable = {report.id: report for report in reports if report.sensitivity is not TLP.RED and report.id in readings}
    return Material(
        as_of=as_of,
        likelihood=likelihood,
        previous=previous,
        situations=situations,
        reports=reports,
        readings=readings,
        origin_of=origin_of,
        revisions=revisions,
        ranges={
            situation.id: ranges([quotable[rid] for rid in situation.report_ids if rid in quotable], readings, origin_of, revisions) for situation in situations
        },
        source_grades=kit.warehouse.source_grades(as_of),
        report_grades=kit.warehouse.report_grades(ids),
        forecasts=told_forecasts(kit.warehouse.forecasts(as_of), resolutions, as_of),
        resolutions=resolutions,
        settled=settled,
        # what was settled later was still open then
        record=record(settled, len(kit.warehouse.statements(as_of)) - len(outcomes), sum(one.came_true is None for one in outcomes)),
        suggestions=suggestions,
        cards=cards,
        decided=decided,
        objectives=kit.warehouse.objectives(),
        partners=kit.warehouse.partners(),
        mix=kit.warehouse.mix(as_of),
        bearings=bearings,
        weighed=tuple(one for each in theories for one in each.weighed),
        condition_weeks=tuple(week for each in theories for week in each.weeks),
        degraded=tuple(sorted({*kit.notes, *kit.models.missing, *(reason for report_id in quotable for reason in readings[report_id].degraded)})),
        totals={"quarantined": sum(held.retried_at is None for held in kit.journal.quarantined())},
    )


def last_told(kit: Kit, as_of: datetime) -> Previous | None:
    """Look up what the brief before this one said."""
    row = kit.warehouse.last_brief(as_of)
    if row is None:
        return None
    return Previous(id=row.id, as_of=row.as_of, situation_ids=tuple(row.situation_ids), report_ids=tuple(row.report_ids))


def since(previous: Previous | None, as_of: datetime) -> datetime:
    """Say from when on reports are new to the reader; a first brief looks back 60 days."""
    return previous.as_of if previous else as_of - timedelta(days=TOLD_DAYS)


def told_reports(kit: Kit, situations: Sequence[Situation], also: Set[str], start: datetime, as_of: datetime) -> tuple[Report, ...]:
    """Load every report that a sentence of the brief may rest on, in order of time; `also` are those of suggestions and conditions."""
    ids = {report_id for situation in situations for report_id in situation.report_ids} | also
    known = {report.id: report for report in (*kit.warehouse.reports_by_id(sorted(ids)), *kit.warehouse.reports(start, as_of))}
    return tuple(sorted((r for r in known.values() if r.at <= as_of), key=lambda r: (r.at, r.id)))


def told_forecasts(forecasts: Sequence[Forecast], resolutions: Sequence[Resolution], as_of: datetime) -> tuple[Forecast, ...]:
    """Keep the open forecasts and those that have been scored."""
    scored = {resolution.forecast_id for resolution in resolutions}
    return tuple(f for f in forecasts if f.id in scored or f.deadline > as_of)


def write(folder: Path, composed: Brief) -> dict[str, str]:
    """Write the brief in every format under its own name and as `latest`; each file appears whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"brief-{composed.as_of.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    paths = {}
    for kind, render in RENDERERS.items():
        text = render(composed)
        paths[kind] = str(put(folder / f"{stem}.{kind}", text))
        put(folder / f"latest.{kind}", text)
    return paths


def put(path: Path, text: str) -> Path:
    """Replace a file in one step, on disk before it takes its name."""
    draft = path.with_name(f".{path.name}.new")
    with draft.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    return path
