"""Brief, Material -> str*: the conditions told of each objective, compared with how they are weighed a second time."""

from collections.abc import Iterator
from dataclasses import replace

from reports.prove.shown import Ground
from reports.prove.theory import Case, cases, true_weeks
from store.records import Sentence, Weighed
from store.told import Brief, ConditionCard, ObjectiveCard

WEEKS = 26


def conditions(brief: Brief, found: Ground) -> Iterator[str]:
    """Compare every condition card with the records: how it stands, its weeks, what is quoted for and against it, and what is said to break first."""
    for card in brief.objectives:
        if card.objective in found.material.objectives and (card.conditions or card.lead):
            yield from _objective(card, found)


def _objective(card: ObjectiveCard, found: Ground) -> Iterator[str]:
    where, true = f"objective {card.objective.id}", found.theories[card.objective.id]
    if [one.condition for one in card.conditions] != list(card.objective.conditions):
        yield f"{where}: its conditions are not those on record"
        return
    said = cases(found.material, found.reports, card.objective)
    for one, weighed in zip(card.conditions, true, strict=True):
        yield from _condition(one, weighed, said[one.condition.id], found)
    failing = [weighed for weighed in true if weighed.rank and any(key in found.citable for key in weighed.opposes)]
    told = [line.facts[0].about for line in card.lead if line.facts]
    if told != [f"{each.objective_id}/{each.condition_id}" for each in sorted(failing, key=lambda each: each.rank)]:
        yield f"{where}: what is said to fail first is not so"


def _condition(one: ConditionCard, weighed: Weighed, said: Case, found: Ground) -> Iterator[str]:
    about = f"{weighed.objective_id}/{weighed.condition_id}"
    where = f"condition {about}"
    if replace(one.weighed, breaks=()) != weighed:
        yield f"{where}: how it stands is not borne by what reports say of it"
    if one.weeks != true_weeks(said, weighed.objective_id, found.material.as_of)[-WEEKS:]:
        yield f"{where}: its log-odds by week are not borne by what reports say of it"
    if any(fact.about != about for line in one.lines for fact in line.facts):
        yield f"{where}: a sentence in it is about something else"
    for lines, keys, sign in ((one.supports, weighed.supports, 1), (one.opposes, weighed.opposes, -1)):
        if not all(_weighed_so(line, about, sign, found) and set(line.report_ids) <= set(keys) and line.quote for line in lines):
            yield f"{where}: a quotation is not what was weighed on its side"


def _weighed_so(line: Sentence, about: str, sign: int, found: Ground) -> bool:
    """Tell whether the first report cited was read as saying this very sentence, for (1) or against (-1)."""
    said = (one for one in found.material.bearings if f"{one.objective_id}/{one.condition_id}" == about and one.report_id in line.report_ids[:1])
    return any(" ".join(one.sentence.split()) == line.text and one.lean * sign > 0 for one in said)
