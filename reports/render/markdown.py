"""Brief -> Markdown: the same brief for a chat, a mail or a diff; citations are footnotes."""

import re
from collections.abc import Iterable, Sequence

from reports import admiralty, wording
from reports.render.html import codes
from store.records import Report, Sentence
from store.told import Brief, ConditionCard, ObjectiveCard, SituationCard, SuggestionCard

SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&$!])")
STARTS = re.compile(r"^(\s*)([-+=:]|\d+[.)])")
PRINTED = 600


def render(brief: Brief) -> str:
    """Render the brief; everything written by others is escaped, kept on one line and stripped of direction marks."""
    number = {report.id: position for position, report in enumerate(brief.reports, 1)}
    code = codes(brief)
    voices = {report.id: f"{report.voice}, {wording.day(report.at)}; {code[report.id]}" for report in brief.reports}
    lines = _Lines(number, voices)
    blocks = [*_head(brief), *lines.paragraphs(brief.bottom_line or ())]
    for card in brief.suggestions:
        blocks += _suggestion(card, lines)
    blocks += _section("Decided lately", lines.bullets(brief.decided))
    for objective in brief.objectives:
        blocks += _theory(objective, lines)
    blocks += _section("What changed", lines.bullets(brief.changes))
    blocks += _section("Situations", [_overview(brief.situations)] if brief.situations else [])
    for situation in brief.situations:
        blocks += _situation(situation, lines)
    blocks += _section("Other situations", [f"- {_title(card)}: {lines.one(card.lines[0])}" for card in brief.rest])
    blocks += _section("What we do not know", lines.bullets(brief.gaps))
    blocks += _section("How our forecasts did", _score(brief, lines))
    blocks += _section("Sources", _sources(brief))
    blocks += _section("What was counted", [f"- {escape(name)}: {total}" for name, total in brief.totals])
    blocks += _section("How to read this", [f"- {line}" for line in wording.READING])
    blocks += _section("Reports cited", [_footnote(position, report) for position, report in enumerate(brief.reports, 1)])
    return "\n".join(blocks).strip() + "\n"


def escape(text: str) -> str:
    """Escape text so that Markdown shows it and does nothing with it."""
    line = " ".join(wording.visible(text).split())
    return STARTS.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", SPECIAL.sub(r"\\\1", line))


class _Lines:
    """Words sentences with their footnotes."""

    def __init__(self, number: dict[str, int], voices: dict[str, str]) -> None:
        self._number, self._voices = number, voices

    def one(self, sentence: Sentence) -> str:
        text = escape(sentence.text)
        if sentence.quote:
            text = f"“{text}” ({escape(self._voices[sentence.report_ids[0]])})"
        return text + " " + "".join(f"[^{self._number[key]}]" for key in sentence.report_ids)

    def bullets(self, sentences: Iterable[Sentence]) -> list[str]:
        return [f"- {self.one(sentence)}" for sentence in sentences]

    def paragraphs(self, sentences: Iterable[Sentence]) -> list[str]:
        return [line for sentence in sentences for line in (self.one(sentence), "")]


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    return [f"## {heading}", "", *lines, ""] if lines else []


def _head(brief: Brief) -> list[str]:
    replaced = f" · replaces the brief of {wording.day(brief.previous_as_of)}" if brief.previous_as_of else ""
    lines = [f"# {escape(brief.title)}", "", f"**TLP:{brief.mark.upper()}** · as of {brief.as_of:%H:%M} UTC{replaced}", ""]
    return [*lines, *(f"> **Degraded:** {escape(reason)}" for reason in brief.degraded), ""]


def _suggestion(card: SuggestionCard, lines: _Lines) -> list[str]:
    kind = wording.ADVICE[card.suggestion.kind].capitalize()
    parts = {
        "What changed": (*card.changed, *card.evidence),
        "Strengths": card.strengths,
        "Proposed members": card.members,
        "Other teams that cover as much": card.others,
        "Who came near and is left out, and why": card.left_out,
        "The strongest case against it": card.against,
        "What would change our mind": (*card.would_change, *card.flips),
    }
    told = [f"**{name}**\n\n" + "\n".join(lines.bullets(sentences)) + "\n" for name, sentences in parts.items() if sentences]
    lead = "Decide" if card.suggestion.kind in wording.DECISIONS else "Advice"
    return [f"## {lead}: {kind}", "", f"For: {escape(card.objective.statement)}", "", *lines.paragraphs(card.judgement), *_go(card, lines), *told]


def _go(card: SuggestionCard, lines: _Lines) -> list[str]:
    if card.card is None or not card.go:
        return []
    rows = (f"- {wording.MARKS[one.favours]} {lines.one(line)}" for one, line in zip(card.card.questions, card.go, strict=True))
    return ["**Go or no go**\n\n" + "\n".join(rows) + "\n"]


def _theory(card: ObjectiveCard, lines: _Lines) -> list[str]:
    if not card.conditions:
        return []
    numbers = {condition.id: str(number) for number, condition in enumerate(card.objective.conditions, 1)}
    told = [f"## Theory of change: {escape(card.objective.statement)}", "", *lines.paragraphs(card.lead)]
    told += [] if card.lead else ["No condition is called failing.", ""]
    for one in card.conditions:
        joined = (" or " if one.condition.needs_any else " and ").join(numbers[need] for need in card.objective.needs[one.condition.id])
        decider = f"; decided by {escape(one.condition.decider)}" if one.condition.decider else ""
        head = f"### {numbers[one.condition.id]}. {escape(one.condition.statement)}"
        stands = f"**{one.weighed.standing}** (log-odds {_odds(one)}{f'; needs {joined}' if joined else ''}{decider})"
        sides = [f"- {side} it: {lines.one(line)}" for side, quotes in (("Against", one.opposes), ("For", one.supports)) for line in quotes]
        told += [head, "", stands, "", *lines.bullets(one.lines), *sides, ""]
    return told


def _odds(one: ConditionCard) -> str:
    return f"{one.weighed.log_odds:+.1f}, 90 % interval {one.weighed.low:+.1f} to {one.weighed.high:+.1f}"


def _overview(cards: Sequence[SituationCard]) -> str:
    head = "| situation | now | heard from |\n|---|---|---|\n"
    rows = (f"| {_title(card)} | {_now(card)} | {card.heard} |" for card in cards)
    return head + "\n".join(rows)


def _situation(card: SituationCard, lines: _Lines) -> list[str]:
    places = "; ".join(f"{escape(wording.place(mark))} ({mark.heard})" for mark in card.places[:8])
    told = lines.bullets((*card.lines, *card.quotes, *card.figures, *card.outlook))
    return [f"### {wording.ARROWS[card.situation.trend]} {_title(card)}", "", *told, *([f"- Places: {places}"] if places else []), ""]


def _title(card: SituationCard) -> str:
    return escape(card.situation.title) + (" (new)" if card.is_new else "")


def _now(card: SituationCard) -> str:
    return f"{wording.ARROWS[card.situation.trend]} {card.situation.trend}"


def _sources(brief: Brief) -> list[str]:
    grades = {grade.source: grade for grade in brief.source_grades}
    letters = {voice: " – ".join(filter(None, (admiralty.letter(grade), admiralty.judged(grade)))) for voice, grade in grades.items()}
    return [
        f"- {escape(voice)} ({wording.plain(kind)}): {wording.counted(number, 'report')}; {letters.get(voice, admiralty.UNJUDGED)}"
        for voice, kind, number in brief.sources
    ]


def _score(brief: Brief, lines: _Lines) -> list[str]:
    board = brief.scoreboard
    counts = [f"Forecasts of situations' own counts: {wording.record(board)}", "", *lines.bullets(board.lines)] if board.due else []
    return [wording.statements(brief.record), "", *counts]


def _footnote(position: int, report: Report) -> str:
    text = report.text if len(report.text) <= PRINTED else report.text[:PRINTED] + " […]"
    title = f"**{escape(report.title)}** – " if report.title.strip() else ""
    head = f"[^{position}]: {wording.day(report.at)}, {escape(report.voice)} ({wording.plain(report.source_kind)}), TLP:{report.sensitivity.upper()}"
    return f"{head}, id {escape(report.id)}: {title}{escape(text)}"
