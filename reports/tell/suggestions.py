"""View -> SuggestionCard*: what to decide, how sure, who could act, and the strongest case against it."""

from dataclasses import replace

from reports import wording
from reports.summarise import LONGEST, sentences, summarise
from reports.tell import card as carded
from reports.tell import facts
from reports.tell.theory import condition_cards, lead
from reports.tell.view import CITED, View, cite, say
from store.cards import Card
from store.records import Member, MixWeek, Objective, ObstacleReading, ObstacleState, Sentence, Suggestion
from store.told import ObjectiveCard, SuggestionCard

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
    """Give each objective the mix of its last half year and how its conditions stand."""
    return tuple(_objective(seen, objective) for objective in seen.material.objectives)


def _objective(seen: View, objective: Objective) -> ObjectiveCard:
    conditions = condition_cards(seen, objective)
    return ObjectiveCard(objective=objective, mix=_mix(seen, objective), lead=lead(seen, conditions), conditions=conditions)


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
    ids, card = strongest(seen, suggestion), carded.shown(seen, suggestion)
    told = SuggestionCard(
        suggestion=suggestion,
        objective=objective,
        judgement=_judgement(seen, suggestion, ids),
        changed=(*obstacle_change(seen, suggestion, ids), *_told(seen, suggestion, "reason", ids)),
        evidence=_evidence(seen, suggestion, ids),
        strengths=_strengths(seen, suggestion, ids),
        members=tuple(_member(suggestion, objective, member, ids) for member in suggestion.members),
        against=_against(seen, suggestion),
        would_change=_told(seen, suggestion, "would_change", ids),
    )
    return told if card is None else _with_card(seen, told, card, ids)


def _with_card(seen: View, told: SuggestionCard, card: Card, ids: tuple[str, ...]) -> SuggestionCard:
    return replace(
        told,
        card=card,
        judgement=(*told.judgement[:1], *_sure(seen, told.suggestion, card, ids)),
        changed=(*carded.found(card, ids), *told.changed),
        go=carded.go(card, ids[:1]),
        others=carded.others(card, ids[:1]),
        left_out=carded.left_out(card, ids[:1]),
        flips=carded.flips(seen, card, ids),
    )


def _sure(seen: View, suggestion: Suggestion, card: Card, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    confidence, why, expires = carded.sure(card)
    borne, kinds = (facts.of_suggestion(seen, suggestion, kind) for kind in ("heard", "source_kinds"))
    decide = (say(ids[:1], "Decide by ", expires, "."),) if suggestion.kind in wording.DECISIONS else ()
    return (say(ids, "Confidence is ", confidence, ": ", borne, ", ", kinds, "; ", why, "."), *decide)


def strongest(seen: View, suggestion: Suggestion) -> tuple[str, ...]:
    """Choose reports that bear a suggestion: those that name its new obstacle most plainly first, then the newest; one of each origin before copies."""
    plainly = {rid: max((named.weight for named in _names(seen, suggestion, rid)), default=0.0) for rid in suggestion.evidence}
    ranked = sorted(cite(seen, suggestion.evidence, len(suggestion.evidence)), key=lambda rid: -plainly[rid])
    heard: dict[str, str] = {}
    for rid in ranked:
        heard.setdefault(seen.material.origin_of.get(rid, rid), rid)
    voices = list(heard.values())
    return tuple([*voices, *(rid for rid in ranked if rid not in voices)][:CITED])


def _names(seen: View, suggestion: Suggestion, report_id: str) -> list[ObstacleReading]:
    reading = seen.material.readings.get(report_id)
    found = reading.obstacles if reading else ()
    return [named for named in found if named.obstacle in suggestion.obstacle_after and named.state is ObstacleState.PRESENT]


def _evidence(seen: View, suggestion: Suggestion, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Quote the very sentences that were read as naming the obstacle, where they are whole sentences of a readable length."""
    quoted = []
    for rid in ids:
        whole = set(sentences(seen.quotable[rid].text))
        named = sorted(_names(seen, suggestion, rid), key=lambda each: -each.weight)
        texts = (" ".join(each.sentence.split()) for each in named)
        quoted += [Sentence(text=text, report_ids=(rid,), quote=True) for text in texts if text in whole and len(text) <= LONGEST][:1]
    return tuple(quoted[:2]) or summarise(seen, suggestion.evidence, limit=2)


def _judgement(seen: View, suggestion: Suggestion, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    fact = {kind: facts.of_suggestion(seen, suggestion, kind) for kind in ("chance", "confidence", "heard", "source_kinds")}
    return (
        say(ids, "That the evidence bears this out is ", fact["chance"], "."),
        say(ids, "Confidence is ", fact["confidence"], ": ", fact["heard"], ", ", fact["source_kinds"], "."),
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
