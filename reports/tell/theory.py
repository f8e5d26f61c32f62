"""View -> ConditionCard*: how each condition of a theory of change stands, why, and which link breaks first."""

from collections.abc import Sequence

from reports.summarise import LONGEST, sentences
from reports.tell import facts
from reports.tell.view import CITED, View, say
from store.records import Bearing, Condition, Fact, Objective, Sentence, Standing, Weighed
from store.told import ConditionCard

WEEKS_SHOWN = 26
QUOTED_FOR, QUOTED_AGAINST = 2, 3


def condition_cards(seen: View, objective: Objective) -> tuple[ConditionCard, ...]:
    """Tell every condition of an objective in its order; none where they have not been weighed."""
    weighed = {one.condition_id: one for one in seen.material.weighed if one.objective_id == objective.id}
    return tuple(_card(seen, objective, one, weighed[one.id]) for one in objective.conditions if one.id in weighed)


def lead(seen: View, cards: Sequence[ConditionCard]) -> tuple[Sentence, ...]:
    """Name the link that breaks first, then what breaks because of it, then others; a condition no report of which may be cited is left out."""
    broken = sorted((card for card in cards if card.weighed.rank), key=lambda card: card.weighed.rank)
    return tuple(line for card in broken if (line := _broken(seen, card)).report_ids)


def first_broken(seen: View) -> tuple[Sentence, ...]:
    """Say for each objective that its strategy rests on a condition that fails."""
    lines = []
    for objective in seen.material.objectives:
        roots = [card for card in condition_cards(seen, objective) if card.weighed.rank == 1]
        lines += [say(_against(seen, card.weighed), "The strategy rests on “", _fact(seen, card.weighed, "statement"), "”, and that fails.") for card in roots]
    return tuple(line for line in lines if line.report_ids)


def _broken(seen: View, card: ConditionCard) -> Sentence:
    ids, statement = _against(seen, card.weighed), _fact(seen, card.weighed, "statement")
    if card.weighed.because:
        return say(ids, "“", statement, "” fails, as it rests on “", _fact(seen, card.weighed, "because"), "”.")
    return say(ids, "First to fail: “" if card.weighed.rank == 1 else "Failing apart from that: “", statement, "”.")


def _card(seen: View, objective: Objective, condition: Condition, weighed: Weighed) -> ConditionCard:
    weeks = sorted(
        (week for week in seen.material.condition_weeks if (week.objective_id, week.condition_id) == (objective.id, condition.id)), key=lambda w: w.week
    )
    return ConditionCard(
        condition=condition,
        weighed=weighed,
        lines=tuple(line for line in _lines(seen, weighed) if line.report_ids),
        supports=_quotes(seen, weighed, weighed.supports, QUOTED_FOR),
        opposes=_quotes(seen, weighed, weighed.opposes, QUOTED_AGAINST),
        weeks=tuple(weeks[-WEEKS_SHOWN:]),
    )


def _lines(seen: View, weighed: Weighed) -> tuple[Sentence, ...]:
    ids = _against(seen, weighed) if weighed.standing is Standing.FAILING else _either(seen, weighed)
    standing, since, chance = (_fact(seen, weighed, kind) for kind in ("standing", "since", "chance"))
    (pro, speakers), (contra, deniers) = ([_fact(seen, weighed, kind) for kind in (side, f"voices_{side}")] for side in ("for", "against"))
    told = [say(ids, "It is ", standing, ", since about ", since, ".")] if since.text else []
    told += [say(ids, "That it holds is ", chance, "."), say(ids, "Against it: ", contra, ", from ", deniers, "; for it: ", pro, ", from ", speakers, ".")]
    return (*told, *(say(ids, "Expected and overdue: “", _overdue(weighed, number), "”.") for number in range(len(weighed.overdue))))


def _either(seen: View, weighed: Weighed) -> tuple[str, ...]:
    """Cite the strongest of both sides, the side that weighs more first."""
    sides = [weighed.supports, weighed.opposes] if weighed.log_odds >= 0 else [weighed.opposes, weighed.supports]
    first, second = ([key for key in side if key in seen.quotable] for side in sides)
    return tuple([*first[: CITED - 1], *second, *first[CITED - 1 :]][:CITED])


def _against(seen: View, weighed: Weighed) -> tuple[str, ...]:
    return tuple(key for key in weighed.opposes if key in seen.quotable)[:CITED]


def _quotes(seen: View, weighed: Weighed, ids: Sequence[str], most: int) -> tuple[Sentence, ...]:
    """Quote the very sentences that were weighed, where they are whole sentences of a readable length; of each voice one."""
    said = {one.report_id: one for one in seen.material.bearings if (one.objective_id, one.condition_id) == (weighed.objective_id, weighed.condition_id)}
    quoted: dict[str, Sentence] = {}
    for key in ids:
        line = _quote(seen, said[key]) if key in seen.quotable and key in said else None
        if line:
            quoted.setdefault(seen.quotable[key].voice, line)
    return tuple(quoted.values())[:most]


def _quote(seen: View, one: Bearing) -> Sentence | None:
    text = " ".join(one.sentence.split())
    whole = {" ".join(part.split()) for part in sentences(seen.quotable[one.report_id].words)}
    return Sentence(text=text, report_ids=(one.report_id,), quote=True) if text in whole and len(text) <= LONGEST else None


def _fact(seen: View, weighed: Weighed, kind: str) -> Fact:
    return facts.of_condition(seen, weighed, kind)


def _overdue(weighed: Weighed, number: int) -> Fact:
    return Fact(kind=f"condition.overdue{number}", about=f"{weighed.objective_id}/{weighed.condition_id}", text=weighed.overdue[number])
