"""Material -> Brief: suggestions, forecasts and situations as a coordinator reads them, every sentence with its reports."""

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from reports import wording
from reports.material import Material
from reports.tell.card import decided
from reports.tell.changes import bottom_line, changes, gaps
from reports.tell.places import places
from reports.tell.score import scoreboard
from reports.tell.situations import IN_FULL, IN_TABLE, cards, ranked, rest
from reports.tell.suggestions import objective_cards, suggestion_cards
from reports.tell.view import View, heard, unread, view
from store.records import TLP, Report, Sentence, SourceGrade
from store.told import Brief, ObjectiveCard, Scoreboard, SituationCard, SuggestionCard

SOURCES_SHOWN = 40


def compose(material: Material) -> Brief:
    """Compose the brief of one moment; the same material gives the same brief.

    Nothing later than `material.as_of` is told. TLP:RED reports are counted, never quoted, cited or named; `mark` is the strictest
    mark of all reports that the situations told and the sentences rest on (AMBER where there are none).
    """
    seen = view(material)
    order = ranked(seen)
    suggestions = suggestion_cards(seen)
    situations, others = cards(seen, order), rest(seen, order)
    top, changed, unknown, score = bottom_line(seen, suggestions, order), changes(seen, order), gaps(seen, order), scoreboard(seen)
    listed, objectives, settled = _sources(seen), objective_cards(seen), decided(seen)
    told = (*_of_suggestions(suggestions), *_of_objectives(objectives), *_of_situations((*situations, *others)))
    cited = _cited(seen, (*top, *changed, *unknown, *score.lines, *settled, *told))
    return Brief(
        id=_id(material, cited),
        as_of=material.as_of,
        mark=_mark(seen, cited, (*situations, *others)),
        title=f"Forecast brief, {wording.day(material.as_of)}",
        previous_id=material.previous.id if material.previous else "",
        previous_as_of=seen.since,
        bottom_line=top,
        changes=changed,
        situations=situations,
        suggestions=suggestions,
        scoreboard=Scoreboard(due=score.due, came_true=score.came_true, brier=score.brier, lines=score.lines),
        record=material.record,
        gaps=unknown,
        sources=listed,
        reports=cited,
        objectives=objectives,
        rest=others,
        decided=settled,
        degraded=material.degraded,
        totals=_totals(seen),
        places=places(seen, [rid for card in situations for rid in card.situation.report_ids]),
        source_grades=_grades(seen, {voice for voice, _, _ in listed}),
        report_grades=tuple(replace(material.report_grades[one.id], reason="") for one in cited if one.id in material.report_grades),
    )


def _of_suggestions(cards: Sequence[SuggestionCard]) -> list[Sentence]:
    told = [(*c.judgement, *c.changed, *c.evidence, *c.strengths, *c.members, *c.against, *c.would_change) for c in cards]
    more = [(*c.go, *c.others, *c.left_out, *c.flips) for c in cards]
    return [line for lines in (*told, *more) for line in lines]


def _of_objectives(cards: Iterable[ObjectiveCard]) -> list[Sentence]:
    return [line for card in cards for line in (*card.lead, *(said for one in card.conditions for said in (*one.lines, *one.supports, *one.opposes)))]


def _of_situations(cards: Iterable[SituationCard]) -> list[Sentence]:
    return [line for card in cards for line in (*card.lines, *card.quotes, *card.figures, *card.outlook)]


def _cited(seen: View, lines: Iterable[Sentence]) -> tuple[Report, ...]:
    ids = {rid for line in lines for rid in line.report_ids}
    return tuple(sorted((seen.quotable[rid] for rid in ids), key=lambda report: (report.at, report.id)))


def _id(material: Material, cited: Iterable[Report]) -> str:
    parts = (*(report.id for report in cited), *sorted(suggestion.id for suggestion in material.suggestions))
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"b{material.as_of:%Y%m%dT%H%M%S}-{digest[:8]}"


def _mark(seen: View, cited: Iterable[Report], cards: Iterable[SituationCard]) -> TLP:
    told = [seen.quotable[rid] for card in cards for rid in card.situation.report_ids if rid in seen.quotable]
    return max((report.sensitivity for report in (*cited, *told)), key=lambda mark: mark.strictness, default=TLP.AMBER)


def _sources(seen: View) -> tuple[tuple[str, str, int], ...]:
    told = (report for rid, report in seen.quotable.items() if rid not in seen.material.revisions)
    counts = Counter((report.voice, report.source_kind.value) for report in told)
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((voice, kind, number) for (voice, kind), number in most[:SOURCES_SHOWN])


def _grades(seen: View, voices: Container[str]) -> tuple[SourceGrade, ...]:
    """Keep the grade that holds now of each source that is listed, without its reason, which may name a report that is TLP:RED."""
    known = (grade for grade in seen.material.source_grades if grade.source in voices and grade.at <= seen.material.as_of)
    latest = {grade.source: grade for grade in sorted(known, key=lambda grade: grade.at)}
    return tuple(replace(latest[voice], reason="") for voice in sorted(latest))


def _totals(seen: View) -> tuple[tuple[str, int], ...]:
    new = heard(seen, unread(seen))
    counted = {
        "independent origins": new.origins,
        "carriers": new.carriers,
        "marked TLP:RED, not quoted": len(seen.reports) - len(seen.quotable),
        "situations": len(seen.situations),
        "situations not listed": max(0, len(seen.situations) - IN_FULL - IN_TABLE),
    }
    return (*counted.items(), *sorted(seen.material.totals.items()))
