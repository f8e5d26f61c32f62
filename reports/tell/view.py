"""Material -> View: what of it may be told. TLP:RED reports are counted, but never quoted, cited or named."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from reports.material import Material
from store.records import TLP, Corroboration, Fact, Report, Sentence, Situation

CITED = 4
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The material indexed: all reports up to now, those that may be quoted, and the situations as they may be shown."""

    material: Material
    reports: Mapping[str, Report]
    quotable: Mapping[str, Report]
    situations: tuple[Situation, ...]
    since: datetime | None


def view(material: Material) -> View:
    """Index the material; situations without a single quotable report are left out."""
    reports = {report.id: report for report in material.reports if report.at <= material.as_of}
    quotable = {rid: report for rid, report in reports.items() if report.sensitivity is not TLP.RED}
    shown = [_shown(situation, reports, quotable, material) for situation in material.situations]
    since = material.previous.as_of if material.previous else None
    return View(material=material, reports=reports, quotable=quotable, situations=tuple(s for s in shown if s), since=since)


def _shown(situation: Situation, reports: Mapping[str, Report], quotable: Mapping[str, Report], material: Material) -> Situation | None:
    ids = tuple(rid for rid in situation.report_ids if rid in reports)
    open_ids = [rid for rid in ids if rid in quotable]
    if not open_ids:
        return None
    times = [reports[rid].at for rid in ids]
    places = {toponym.place.id for rid in open_ids if rid in material.readings for toponym in material.readings[rid].toponyms}
    return replace(
        situation,
        title=_title(situation, [reports[rid] for rid in ids]),
        report_ids=ids,
        place_ids=tuple(rid for rid in situation.place_ids if rid in places),
        first_at=min(times),
        last_at=max(times),
        origins=Corroboration.of(ids, material.origin_of).origins,
        reason="",
        keywords=(),
        summary=(),
    )


def _title(situation: Situation, reports: Iterable[Report]) -> str:
    """Keep the title unless one of its words is known from TLP:RED reports alone."""
    secret: set[str] = set()
    known: set[str] = set()
    for report in reports:
        (secret if report.sensitivity is TLP.RED else known).update(WORD.findall(report.words.casefold()))
    leaked = set(WORD.findall(situation.title.casefold())) & (secret - known)
    return f"Situation {situation.id}" if leaked or not situation.title.strip() else situation.title


def cite(seen: View, ids: Iterable[str], limit: int = CITED) -> tuple[str, ...]:
    """Choose reports that bear a sentence: quotable ones, the newest of each origin first."""
    newest = sorted((seen.quotable[rid] for rid in set(ids) if rid in seen.quotable), key=lambda report: (report.at, report.id), reverse=True)
    heard: dict[str, str] = {}
    for report in newest:
        heard.setdefault(seen.material.origin_of.get(report.id, report.id), report.id)
    voices = list(heard.values())
    copies = [report.id for report in newest if report.id not in voices]
    return tuple((voices + copies)[:limit])


def between(seen: View, situation: Situation, start: datetime | None, end: datetime) -> tuple[str, ...]:
    """Return the situation's reports with start < at <= end; a later edition of a report is not new."""
    told = (rid for rid in situation.report_ids if rid not in seen.material.revisions)
    return tuple(rid for rid in told if (start is None or seen.reports[rid].at > start) and seen.reports[rid].at <= end)


def unread(seen: View) -> tuple[str, ...]:
    """Return the reports that are new to the reader; a later edition of a report is not."""
    told = (report for rid, report in seen.reports.items() if rid not in seen.material.revisions)
    return tuple(report.id for report in told if seen.since is None or report.at > seen.since)


def heard(seen: View, ids: Iterable[str]) -> Corroboration:
    """Count the independent origins of reports and their carriers; a later edition stands for the report that it revises."""
    first = {_first_edition(seen, rid): seen.material.origin_of.get(rid, rid) for rid in ids}
    return Corroboration.of(first, first)


def _first_edition(seen: View, report_id: str) -> str:
    while report_id in seen.material.revisions:
        report_id = seen.material.revisions[report_id]
    return report_id


def carriers(seen: View, ids: Iterable[str]) -> tuple[str, ...]:
    """Return every report known that has the origin of one of these."""
    origin_of = seen.material.origin_of
    wanted = {origin_of.get(rid, rid) for rid in ids}
    return tuple(rid for rid in seen.reports if origin_of.get(rid, rid) in wanted)


def say(report_ids: tuple[str, ...], *parts: str | Fact) -> Sentence:
    """Build a sentence out of plain words and facts."""
    text = "".join(part if isinstance(part, str) else part.text for part in parts)
    return Sentence(text=text, report_ids=report_ids, facts=tuple(part for part in parts if isinstance(part, Fact)))
