"""Suggestion, Composition, Matter -> GoNoGo*: the five questions before a coalition is formed, answered from data where they can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from coalition.burden import conflicts, load
from coalition.propose import Matter
from coalition.shift import ENOUGH_ORIGINS, Support
from coalition.slots import slots
from coalition.strengths import table
from coalition.team import Composition, Setting
from store.cards import GoAnswer, GoNoGo, GoQuestion
from store.records import Partner, Suggestion

_AGREE, _AT_ODDS = 2 / 3, 0.5  # of the origins that speak of the obstacle at all
_FOREMOST: Final = 2  # strengths of an obstacle, in order of weight, without which nothing is moved
_MUCH: Final = 0.5  # of what a partner takes

YES, NO, UNKNOWN = GoAnswer.YES, GoAnswer.NO, GoAnswer.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is asked about: the suggestion, its team (None: today's members go on), who says so, and who says the contrary."""

    suggestion: Suggestion
    team: Composition | None
    said: Support
    opposed: Support
    matter: Matter

    @property
    def acting(self) -> tuple[Partner, ...]:
        """List who would act: those proposed, or where nobody is, today's members."""
        ids = {m.partner_id for m in self.team.members} if self.team else set(self.matter.objective.members)
        return tuple(p for p in self.matter.partners if p.id in ids)

    @property
    def lacking(self) -> tuple[str, ...]:
        """List what is asked for and neither those proposed nor today's members bring; without a team, what today's members lack."""
        return self.team.uncovered if self.team else self.suggestion.missing_strengths


def go(case: Case) -> tuple[GoNoGo, ...]:
    """Answer the five questions, in their order; unknown where the data do not say. Reasons name strengths, deciders and partners, and no report."""
    return (_influence(case), _consistent(case), _critical_mass(case), _value(case), _spread(case))


def _influence(case: Case) -> GoNoGo:
    """Ask whether the weightiest strengths are there, and whether whoever decides listens to anybody."""
    if not case.suggestion.required_strengths:
        return _answer(GoQuestion.INFLUENCE, UNKNOWN, "Nothing is named that would have to be moved.")
    first = [n.strength for kind in case.suggestion.obstacle_after for n in table().needs[kind][:_FOREMOST]]
    gone = [s for s in first if s in case.lacking]
    if gone:
        return _answer(GoQuestion.INFLUENCE, NO, f"Nobody brings {_listed(gone)}, which weighs most.")
    deciders = list(dict.fromkeys(c.decider for c in case.matter.scene.open_conditions if c.decider))
    if not deciders:
        return _answer(GoQuestion.INFLUENCE, YES, "What weighs most is there; no open condition names who decides.")
    return _heard_by(case, deciders)


def _heard_by(case: Case, deciders: Sequence[str]) -> GoNoGo:
    people = {p.id: p for p in (*case.acting, *case.matter.today)}
    if not any(p.reach for p in people.values()):
        return _answer(GoQuestion.INFLUENCE, UNKNOWN, f"What weighs most is there; nobody states whether {_listed(deciders)} would listen.")
    found = slots((), (), tuple(people.values()), case.matter.alike, Setting(reach=tuple(deciders)))
    deaf = [s.name.removeprefix("access to ") for s in found if not s.worth]
    if deaf:
        return _answer(GoQuestion.INFLUENCE, NO, f"Nobody has the ear of {_listed(deaf)}.")
    names = sorted({people[one].name for s in found for one in s.worth if people[one].name})
    return _answer(GoQuestion.INFLUENCE, YES, f"What weighs most is there, and {_listed(deciders)} can be reached through {_listed(names)}.")


def _consistent(case: Case) -> GoNoGo:
    """Ask whether those who would act may sit together, and whether those who report are of one mind."""
    apart = conflicts(case.acting, Setting(standing=case.matter.scene.standing))
    foes = [f"{a.name} and {b.name}" for a, b in combinations(case.acting, 2) if (min(a.id, b.id), max(a.id, b.id)) in apart]
    if foes:
        return _answer(GoQuestion.CONSISTENT, NO, f"Must not sit together: {'; '.join(foes)}.")
    heard = case.said.origins + case.opposed.origins
    if heard < ENOUGH_ORIGINS:
        return _answer(GoQuestion.CONSISTENT, UNKNOWN, "Too few speak of it to tell.")
    share = case.said.origins / heard
    if share >= _AGREE:
        return _answer(GoQuestion.CONSISTENT, YES, "Those who speak of it are of one mind, and nobody who would act is at odds with another.")
    odds = "Those who speak of it contradict one another" if share < _AT_ODDS else "A good part of those who speak of it say the contrary"
    return _answer(GoQuestion.CONSISTENT, NO if share < _AT_ODDS else UNKNOWN, f"{odds}.")


def _critical_mass(case: Case) -> GoNoGo:
    """Ask whether everything that is asked for is covered."""
    if not case.suggestion.required_strengths:
        return _answer(GoQuestion.CRITICAL_MASS, UNKNOWN, "No strength is asked for.")
    if not case.acting:
        return _answer(GoQuestion.CRITICAL_MASS, NO, "Nobody known to the coalition would act.")
    if case.lacking:
        return _answer(GoQuestion.CRITICAL_MASS, NO, f"Not covered: {_listed(case.lacking)}.")
    return _answer(GoQuestion.CRITICAL_MASS, YES, f"{_counted(len(case.acting), 'partner')} cover all that is asked for.")


def _value(case: Case) -> GoNoGo:
    """Ask whether those who would act bring what today's members lack."""
    missing = case.suggestion.missing_strengths
    if not case.suggestion.required_strengths:
        return _answer(GoQuestion.VALUE, UNKNOWN, "No strength is asked for.")
    if case.team is None:
        return _answer(GoQuestion.VALUE, UNKNOWN, "Nobody is proposed.")
    brought = {s for m in case.team.members for s in m.covers}
    added = [s for s in missing if s in brought]
    if added:
        return _answer(GoQuestion.VALUE, YES, f"Those proposed add {_listed(added)}.")
    why = "nobody proposed brings what they lack" if missing else "they have all that is asked for"
    return _answer(GoQuestion.VALUE, NO, f"Nothing is added to today's members: {why}.")


def _spread(case: Case) -> GoNoGo:
    """Ask whether those who would act carry much already. How often anybody was asked is not told: cards have more readers than the coordinator."""
    if not case.acting:
        return _answer(GoQuestion.SPREAD, UNKNOWN, "Nobody known to the coalition would act.")
    setting = Setting(standing=case.matter.scene.standing)
    busy = [p for p in case.acting if load(p, setting) >= _MUCH]
    if len(busy) * 2 >= len(case.acting):
        return _answer(GoQuestion.SPREAD, YES, "Half or more of those who would act carry much already; see the load before asking.")
    return _answer(GoQuestion.SPREAD, NO, "Most of those who would act carry little now.")


def _answer(question: GoQuestion, answer: GoAnswer, reason: str) -> GoNoGo:
    return GoNoGo(question=question, answer=answer, reason=reason)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
