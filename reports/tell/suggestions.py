"""View -> SuggestionCard*: what to decide, how sure, who could act, and the strongest case against it."""

from dataclasses import replace

from reports import wording
from reports.summarise import summarise
from reports.tell import facts
from reports.tell.view import View, cite, say
from store.records import Member, MixWeek, Objective, ObjectiveCard, Sentence, Suggestion, SuggestionCard

WEEKS_SHOWN = 26


def suggestion_cards(seen: View) -> tuple[SuggestionCard, ...]:
    """Tell the suggestions that stand, the most urgent kind first, then the most probable.

    One whose evidence may not be quoted at all (every report TLP:RED) or whose objective is unknown is left out.
    """
    objectives = {objective.id: objective for objective in seen.material.objectives}
    told = [(_open(seen, suggestion), objectives.get(suggestion.objective_id)) for suggestion in _issued(seen)]
    ready = [(suggestion, objective) for suggestion, objective in told if objective and suggestion.evidence]
    ready.sort(key=lambda pair: (wording.URGENCY.index(pair[0].kind), -pair[0].probability, pair[0].id))
    return tuple(_card(seen, suggestion, objective) for suggestion, objective in ready)


def objective_cards(seen: View) -> tuple[ObjectiveCard, ...]:
    """Give each objective the mix of its last half year."""
    return tuple(ObjectiveCard(objective=objective, mix=_mix(seen, objective)) for objective in seen.material.objectives)


def _mix(seen: View, objective: Objective) -> tuple[MixWeek, ...]:
    weeks = [week for week in seen.material.mix if week.objective_id == objective.id and week.week <= seen.material.as_of]
    return tuple(sorted(weeks, key=lambda week: week.week)[-WEEKS_SHOWN:])


def _issued(seen: View) -> list[Suggestion]:
    return [suggestion for suggestion in seen.material.suggestions if suggestion.issued_at <= seen.material.as_of]


def _open(seen: View, suggestion: Suggestion) -> Suggestion:
    """Leave out what may not be cited; the case against goes unworded where a report it may quote is TLP:RED."""
    evidence, against = (tuple(rid for rid in ids if rid in seen.quotable) for ids in (suggestion.evidence, suggestion.against))
    return replace(suggestion, evidence=evidence, against=against, against_why=suggestion.against_why if against == suggestion.against else "")


def _card(seen: View, suggestion: Suggestion, objective: Objective) -> SuggestionCard:
    ids = cite(seen, suggestion.evidence)
    return SuggestionCard(
        suggestion=suggestion,
        objective=objective,
        judgement=_judgement(seen, suggestion, ids),
        changed=(*obstacle_change(seen, suggestion, ids), *_told(seen, suggestion, "reason", ids)),
        evidence=summarise(seen, suggestion.evidence, limit=2),
        strengths=_strengths(seen, suggestion, ids),
        members=tuple(_member(suggestion, objective, member, ids) for member in suggestion.members),
        against=_against(seen, suggestion),
        would_change=_told(seen, suggestion, "would_change", ids),
    )


def _judgement(seen: View, suggestion: Suggestion, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    fact = {kind: facts.of_suggestion(seen, suggestion, kind) for kind in ("chance", "confidence", "origins", "reports", "source_kinds")}
    return (
        say(ids, "That the evidence bears this out is ", fact["chance"], "."),
        say(ids, "Confidence is ", fact["confidence"], ": ", fact["origins"], ", ", fact["reports"], ", ", fact["source_kinds"], "."),
    )


def obstacle_change(seen: View, suggestion: Suggestion, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Say from which obstacle to which, and since when; nothing where the suggestion names none."""
    before, after, since = (facts.of_suggestion(seen, suggestion, kind) for kind in ("before", "after", "since"))
    if not after.text:
        return ()
    if not before.text or before.text == after.text:
        return (say(ids, "The main obstacle is ", after, ", since about ", since, "."),)
    return (say(ids, "The main obstacle is no longer ", before, " but ", after, ", since about ", since, "."),)


def _strengths(seen: View, suggestion: Suggestion, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    lead = {
        "required": "Strengths needed: ",
        "have": "Today's members bring: ",
        "missing": "Missing today: ",
        "uncovered": "Nobody known to the coalition covers: ",
    }
    told = ((words, facts.of_suggestion(seen, suggestion, kind)) for kind, words in lead.items())
    return tuple(say(ids[:1], words, fact, ".") for words, fact in told if fact.text)


def _member(suggestion: Suggestion, objective: Objective, member: Member, ids: tuple[str, ...]) -> Sentence:
    name, covers, reason = (facts.of_member(suggestion, member, kind) for kind in ("name", "covers", "reason"))
    today = " (a member today)" if member.partner_id in objective.members else " (not a member today)"
    parts = [name, today, *((" brings ", covers) if covers.text else ()), *((": ", reason) if reason.text else ())]
    return say(ids[:1], *parts)


def _against(seen: View, suggestion: Suggestion) -> tuple[Sentence, ...]:
    ids = cite(seen, suggestion.against) or cite(seen, suggestion.evidence)
    quoted = summarise(seen, suggestion.against, limit=1)
    return (*_told(seen, suggestion, "against_why", ids), *(line for line in quoted if line.text not in suggestion.against_why))


def _told(seen: View, suggestion: Suggestion, kind: str, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    fact = facts.of_suggestion(seen, suggestion, kind)
    return (say(ids, fact),) if fact.text else ()
