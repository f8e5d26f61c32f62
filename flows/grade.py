"""Situation* -> ReportGrade*, SourceGrade*: judge what reports of one situation say of each other, and their sources by it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, groupby

from flows.kit import Kit
from nlp.grade.grade import grade_reports
from nlp.grade.judge import Judged, judge
from nlp.grade.kin import kin
from nlp.grade.letters import grade_sources
from store.records import Report, SourceGrade

HISTORY = timedelta(days=730)
AT_ONCE = 2_000


def grade_new(kit: Kit, as_of: datetime) -> int:
    """Grade every source and every report by the last two years up to `as_of`; return how many reports got a grade or another one.

    All is judged anew from what is kept, so that a late report counts and a look back leaves nothing behind; grades come from nothing but reports, their
    readings and their origins.
    """
    seen = kit.warehouse.memberships(as_of - HISTORY, as_of)
    reports = [report for report in kit.warehouse.reports(as_of - HISTORY, as_of) if report.id in seen]
    judged = list(chain.from_iterable(judged_all(kit, together(reports, seen))))
    known = kit.warehouse.report_grades([report.id for report in reports])
    grades = [grade for grade in grade_reports(judged) if grade != known.get(grade.report_id)]
    kit.warehouse.put_report_grades(grades)
    before = {grade.source: grade for grade in kit.warehouse.source_grades(as_of)}
    kit.warehouse.put_source_grades(list(news(grade_sources(judged, as_of), before, as_of)))
    return len(grades)


def together(reports: Sequence[Report], seen: Mapping[str, str]) -> list[list[Report]]:
    """Put the reports of each situation together, one in none by itself."""
    groups: dict[str, list[Report]] = {}
    for report in reports:
        groups.setdefault(seen[report.id] or report.id, []).append(report)
    return list(groups.values())


def judged_all(kit: Kit, groups: Sequence[Sequence[Report]]) -> Iterator[tuple[Judged, ...]]:
    """Judge each group by itself, some thousand readings at a time; a group of one origin has nobody to be judged by and needs none."""
    origins = kit.warehouse.origin_of([report.id for group in groups for report in group])
    friends = kin(chain.from_iterable(groups), origins)
    for batch in batches(groups, AT_ONCE):
        several = [group for group in batch if len({origins[report.id] for report in group}) > 1]
        found = kit.warehouse.readings([report.id for group in several for report in group])
        readings = {reading.report_id: reading for reading in found}
        yield from (judge(group, readings, origins, kin=friends) for group in batch)


def batches(groups: Iterable[Sequence[Report]], size: int) -> Iterator[list[Sequence[Report]]]:
    """Cut a row of groups wherever they come to `size` reports; no group is cut."""
    batch: list[Sequence[Report]] = []
    held = 0
    for group in groups:
        batch.append(group)
        held += len(group)
        if held >= size:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def news(rows: Iterable[SourceGrade], known: Mapping[str, SourceGrade], as_of: datetime) -> Iterator[SourceGrade]:
    """Keep what adds to what is `known`: the whole history of a source never graded, else its last row if the letter is another.

    What was told before stays told, even where late reports show it in another light: such a letter changes at `as_of`.
    """
    for source, told in groupby(rows, key=lambda row: row.source):
        history, before = list(told), known.get(source)
        if before is None:
            yield from history
        elif history[-1].letter is not before.letter:
            yield history[-1] if history[-1].at > before.at else replace(history[-1], at=as_of)
