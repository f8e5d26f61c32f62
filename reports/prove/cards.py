"""Brief, Material -> str*: counts, names and tables outside the sentences, each compared with the records."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from reports.material import Material
from reports.prove.ranges import untrue
from reports.prove.shown import Ground, heard, shown_card, shown_suggestion
from store.records import Forecast, Situation, SourceGrade
from store.told import Brief, Record, SituationCard, SuggestionCard

DAYS = 70

# figures are told to three digits
_ROUNDED = 6e-4


def situations(brief: Brief, found: Ground) -> Iterator[str]:
    """Compare every situation card with its situation, forecasts, places and daily counts."""
    cards = (*brief.situations, *brief.rest)
    if len({card.situation.id for card in cards}) < len(cards):
        yield "a situation is told twice"
    for card in cards:
        shown = found.situations.get(card.situation.id)
        if shown is None or card.situation != shown:
            yield f"situation {card.situation.id}: its title, reports, dates, trend or counts are not those on record"
            continue
        yield from _card(card, shown, found)


def _card(card: SituationCard, shown: Situation, found: Ground) -> Iterator[str]:
    material = found.material
    where = f"situation {shown.id}"
    if card.is_new != bool(material.previous and shown.id not in material.previous.situation_ids):
        yield f"{where}: whether it is new is not so"
    for forecast in card.forecasts:
        if forecast not in material.forecasts or not _open(forecast, shown, material):
            yield f"{where}: forecast {forecast.id} is not on record, of another situation, or closed"
    if any(fact.about.partition("/")[0] != shown.id for line in (*card.lines, *card.figures) for fact in line.facts):
        yield f"{where}: a sentence in it is about something else"
    if not {key for line in (*card.lines, *card.quotes, *card.figures) for key in line.report_ids} <= set(shown.report_ids):
        yield f"{where}: a sentence in it rests on reports of another"
    if card.heard != heard(material, shown.report_ids):
        yield f"{where}: its origins and carriers are not those of its reports"
    yield from untrue(card, found)
    if card.daily and card.daily != _daily(shown, material):
        yield f"{where}: its daily counts are not those of its reports"


def _open(forecast: Forecast, situation: Situation, material: Material) -> bool:
    return forecast.situation_id == situation.id and forecast.issued_at <= material.as_of < forecast.deadline


def _daily(situation: Situation, material: Material) -> tuple[tuple[datetime, int, int], ...]:
    at = {report.id: report.at for report in material.reports}
    heard: dict[str, datetime] = {}
    for key in situation.report_ids:
        origin = material.origin_of.get(key, key)
        heard[origin] = min(at[key], heard.get(origin, at[key]))
    today = datetime(material.as_of.year, material.as_of.month, material.as_of.day, tzinfo=UTC)
    days = [today - timedelta(DAYS - 1 - number) for number in range(DAYS)]
    reports = Counter(at[key].date() for key in situation.report_ids if key not in material.revisions)
    voices = Counter(when.date() for when in heard.values())
    return tuple((day, reports[day.date()], voices[day.date()]) for day in days)


def suggestions(brief: Brief, found: Ground) -> Iterator[str]:
    """Compare every suggestion card, its members and its objective with the records."""
    if len({card.suggestion.id for card in brief.suggestions}) < len(brief.suggestions):
        yield "a suggestion is told twice"
    material = found.material
    known = {suggestion.id: shown_suggestion(found, suggestion) for suggestion in material.suggestions}
    names = {partner.id: partner.name for partner in material.partners}
    for card in brief.suggestions:
        yield from _suggestion(card, material, known.get(card.suggestion.id) == card.suggestion, names)
        yield from _choices(card, found)


def _suggestion(card: SuggestionCard, material: Material, on_record: bool, names: Mapping[str, str]) -> Iterator[str]:
    where = f"suggestion {card.suggestion.id}"
    if not on_record or card.suggestion.issued_at > material.as_of:
        yield f"{where}: it is not the one on record"
    if card.objective not in material.objectives or card.objective.id != card.suggestion.objective_id:
        yield f"{where}: its objective is not the one on record"
    for member in card.suggestion.members:
        if names.get(member.partner_id) != member.name:
            yield f"{where}: no partner on record is called {member.name!r}"


def _choices(card: SuggestionCard, found: Ground) -> Iterator[str]:
    """Compare what stands on the card with the records; whom it names is compared there too."""
    where = f"suggestion {card.suggestion.id}"
    if card.card != shown_card(found, card.suggestion.id):
        yield f"{where}: what stands on its card is not on record"
    if card.card is not None and len(card.go) != len(card.card.questions):
        yield f"{where}: not every go/no-go question is put once"


def objectives(brief: Brief, found: Ground) -> Iterator[str]:
    """Compare objectives and their weekly mix with the records."""
    material = found.material
    for card in brief.objectives:
        if card.objective not in material.objectives:
            yield f"objective {card.objective.id}: it is not the one on record"
        true = sorted((week for week in material.mix if week.objective_id == card.objective.id and week.week <= material.as_of), key=lambda week: week.week)
        if list(card.mix) != true[len(true) - len(card.mix) :]:
            yield f"objective {card.objective.id}: the mix of obstacles is not the one on record"


def scoreboard(brief: Brief, found: Ground) -> Iterator[str]:
    """Count the resolved forecasts again."""
    material = found.material
    issued = {forecast.id for forecast in material.forecasts}
    closed = [each for each in material.resolutions if each.forecast_id in issued and each.resolved_at <= material.as_of]
    brier = math.fsum(each.brier for each in closed) / len(closed) if closed else None
    true = (len(closed), sum(each.came_true for each in closed), None if brier is None else round(brier, 3))
    if (brief.scoreboard.due, brief.scoreboard.came_true, brief.scoreboard.brier) != true:
        yield "the record of past forecasts is not so"


def record(brief: Brief, found: Ground) -> Iterator[str]:
    """Sum up the settled statements again."""
    material, told = found.material, brief.record
    said = np.array([one.probability for one in material.settled])
    came = np.array([one.came_true for one in material.settled], dtype=float)
    if (told.settled, told.came_true, told.open, told.void) != (len(said), int(came.sum()), material.record.open, material.record.void):
        yield "the statements are not as many, or as many true ones"
    if not len(said):
        if told != Record(open=told.open, void=told.void):
            yield "there is no record of statements yet"
        return
    kinds = np.array([one.kind.value for one in material.settled])
    usual = float(np.mean([(came[kinds == kind].mean() - true) ** 2 for kind, true in zip(kinds, came, strict=True)]))
    if not (np.isclose(told.brier or 0.0, ((said - came) ** 2).mean(), atol=_ROUNDED) and np.isclose(told.usual or 0.0, usual, atol=_ROUNDED)):
        yield "the score of statements is not so"
    tenth = np.minimum(9, (said * 10).astype(int))
    true = [(int((tenth == one).sum()), float(said[tenth == one].mean()), float(came[tenth == one].mean())) for one in np.unique(tenth)]
    shown = [(one.count, one.said, one.happened) for one in told.tenths]
    if len(shown) != len(true) or not np.allclose(shown, true, atol=_ROUNDED):
        yield "what came true of what was said is not so"


def sources(brief: Brief, found: Ground) -> Iterator[str]:
    """Count the voices again."""
    true = Counter((report.voice, report.source_kind.value) for key, report in found.citable.items() if key not in found.material.revisions)
    for voice, kind, number in brief.sources:
        if true.get((voice, kind)) != number:
            yield f"source {voice!r} ({kind}, {number}) is not so"
    if len({(voice, kind) for voice, kind, _ in brief.sources}) < len(brief.sources):
        yield "a source is listed twice"


def grades(brief: Brief, found: Ground) -> Iterator[str]:
    """Look up again the letter of every source that is listed and the number of every report that is cited."""
    material = found.material
    letters: dict[str, SourceGrade] = {}
    for grade in sorted(material.source_grades, key=lambda grade: grade.at):
        if grade.at <= material.as_of and any(grade.source == voice for voice, _, _ in brief.sources):
            letters[grade.source] = replace(grade, reason="")
    if sorted(brief.source_grades, key=lambda grade: grade.source) != sorted(letters.values(), key=lambda grade: grade.source):
        yield "the letters of the sources are not those on record"
    numbers = {report.id: replace(graded, reason="") for report in brief.reports if (graded := material.report_grades.get(report.id))}
    if {graded.report_id: graded for graded in brief.report_grades} != numbers or len(brief.report_grades) != len(numbers):
        yield "the numbers of the reports are not those on record"


def appendix(brief: Brief, cited: set[str], found: Ground) -> Iterator[str]:
    """Compare the reports printed with those cited."""
    for report in brief.reports:
        if found.citable.get(report.id) != report:
            yield f"report {report.id} is not printed as it was received"
    printed = [report.id for report in brief.reports]
    if len(set(printed)) < len(printed) or set(printed) != cited:
        yield "the reports printed are not exactly those cited"
