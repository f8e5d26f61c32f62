"""Material, history -> Living: one situation as the page tells that is rewritten in place for as long as it lives."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from reports.material import Material
from reports.tell import situations
from reports.tell.view import View, heard, view
from store.records import TLP, Corroboration, Report, ReportGrade, SituationEvent, SourceGrade, Trend
from store.told import SituationCard

PRINTED = 60
LOGGED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """What the page of a situation says.

    `card.quotes` is its summary. `daily` is (day, carriers, origins first heard on it), the days with any, over its
    whole life; `stages` (from when, trend), each until the next. `lines` are the latest of its history in order of time, as
    (number in the whole, line); `titles` those that the others it names have today.
    `voices` is (who, kind of source, heard). `reports` are those cited and the latest, newest first, of `total`.
    """

    card: SituationCard
    as_of: datetime
    mark: TLP
    daily: tuple[tuple[datetime, int, int], ...]
    stages: tuple[tuple[datetime, Trend], ...]
    lines: tuple[tuple[int, SituationEvent], ...]
    titles: Mapping[str, str]
    voices: tuple[tuple[str, str, Corroboration], ...]
    reports: tuple[Report, ...]
    total: int
    source_grades: tuple[SourceGrade, ...] = ()
    report_grades: tuple[ReportGrade, ...] = ()


def living(material: Material, history: tuple[SituationEvent, ...], titles: Mapping[str, str], stages: tuple[tuple[datetime, Trend], ...] = ()) -> Living:
    """Tell the one situation of `material`; raises ValueError where none of its reports may be quoted.

    Everything counted, drawn and quoted is made by what makes the brief's card of a situation.
    """
    seen = view(material)
    if not seen.situations:
        raise ValueError("no report of the situation may be quoted")
    card = situations.card(seen, seen.situations[0])
    told = replace(card, situation=replace(card.situation, reason=material.situations[0].reason))
    cited = {one for sentence in (*card.quotes, *card.lines, *card.figures, *card.outlook) for one in sentence.report_ids}
    newest = sorted((seen.quotable[one] for one in card.situation.report_ids if one in seen.quotable), key=lambda one: (one.at, one.id), reverse=True)
    printed = tuple(one for place, one in enumerate(newest) if place < PRINTED or one.id in cited)
    return Living(
        card=told,
        as_of=material.as_of,
        mark=max((one.sensitivity for one in newest), key=lambda mark: mark.strictness),
        daily=_daily(seen, card),
        stages=_stages(stages, card.situation.trend, material.as_of),
        lines=tuple(enumerate(history, 1))[-LOGGED:],
        titles=titles,
        voices=_voices(seen, newest),
        reports=printed,
        total=len(newest),
        source_grades=material.source_grades,
        report_grades=tuple(material.report_grades[one.id] for one in printed if one.id in material.report_grades),
    )


def _stages(stages: tuple[tuple[datetime, Trend], ...], trend: Trend, as_of: datetime) -> tuple[tuple[datetime, Trend], ...]:
    """Let them end in the trend that is told, which may rest on more than the reports of the situation."""
    if not stages or stages[-1][1] is trend:
        return stages
    today = max(as_of - timedelta(days=1), stages[0][0])
    return (*(one for one in stages if one[0] < today), (today, trend))


def _daily(seen: View, card: SituationCard) -> tuple[tuple[datetime, int, int], ...]:
    told: defaultdict[datetime, int] = defaultdict(int)
    fresh: defaultdict[datetime, int] = defaultdict(int)
    known: set[str] = set()
    for rid in sorted(card.situation.report_ids, key=lambda rid: seen.reports[rid].at):
        when = seen.reports[rid].at
        day, origin = datetime(when.year, when.month, when.day, tzinfo=UTC), seen.material.origin_of.get(rid, rid)
        told[day] += rid not in seen.material.revisions
        fresh[day] += origin not in known
        known.add(origin)
    return tuple((day, told[day], fresh[day]) for day in sorted(told))


def _voices(seen: View, reports: list[Report]) -> tuple[tuple[str, str, Corroboration], ...]:
    by_voice: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for report in reports:
        by_voice[report.voice, report.source_kind.value].append(report.id)
    counted = [(voice, kind, heard(seen, ids)) for (voice, kind), ids in by_voice.items()]
    return tuple(sorted(counted, key=lambda one: (-one[2].origins, -one[2].carriers, one[0], one[1])))
