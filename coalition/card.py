"""Suggestion, Matter -> Card: how sure, until when, which teams, go or no go, and what would flip it."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from coalition.confidence import confidence
from coalition.finding import finding
from coalition.flips import flips
from coalition.go import Case, go
from coalition.propose import Matter, propose
from coalition.shift import RECENT, Support, support
from coalition.team import Composition
from store.cards import Card, NearMiss, OtherTeam
from store.records import Advice, Objective, Obstacle, ObstacleState, Suggestion

LASTS: Final = timedelta(days=28)
_AT_LEAST: Final = timedelta(days=7)


def card(suggestion: Suggestion, matter: Matter) -> Card:
    """Make the card of a suggestion, from what was known when it was issued."""
    said, opposed = _sides(suggestion, matter)
    team = propose(suggestion, matter)
    sure = confidence(said, opposed)
    case = Case(suggestion=suggestion, team=team, said=said, opposed=opposed, matter=matter)
    return Card(
        suggestion_id=suggestion.id,
        confidence=sure.level,
        confidence_why=sure.why,
        expires_at=expires(suggestion.issued_at, matter.objective),
        finding=finding(suggestion, matter.testimonies),
        questions=() if suggestion.kind is Advice.WIND_DOWN else go(case),
        alternatives=_alternatives(team),
        only_team=team.only_team if team else "",
        left_out=_left_out(team),
        flips=tuple(t.report_id for t in flips(said)),
    )


def expires(issued_at: datetime, objective: Objective) -> datetime:
    """Say until when a card may be decided: 28 days, or until the end of the day (UTC) of the next expected sign, which will tell more; seven days at least."""
    due = [datetime.combine(sign.by, time.max, UTC) for c in objective.conditions for sign in c.signs if sign.by is not None]
    coming = [when for when in due if when >= issued_at + _AT_LEAST]
    return min([issued_at + LASTS, *coming])


def _sides(suggestion: Suggestion, matter: Matter) -> tuple[Support, Support]:
    """Collect who says in the last 28 days what the suggestion rests on, and who says the contrary: that the obstacle has fallen, or stands after all."""
    over = suggestion.kind is Advice.WIND_DOWN
    named = suggestion.obstacle_before if over else suggestion.obstacle_after
    kind = next(iter(named), Obstacle.NONE)
    states = (ObstacleState.LIFTED, ObstacleState.PRESENT) if over else (ObstacleState.PRESENT, ObstacleState.LIFTED)
    since = matter.as_of - RECENT
    first, second = (support(matter.testimonies, kind, since, matter.as_of, state) for state in states)
    return first, second


def _alternatives(team: Composition | None) -> tuple[OtherTeam, ...]:
    return tuple(OtherTeam(members=one.members, shared=one.shared) for one in team.alternatives) if team else ()


def _left_out(team: Composition | None) -> tuple[NearMiss, ...]:
    found = team.left_out if team else ()
    return tuple(NearMiss(partner_id=o.partner_id, name=o.name, why=o.why.value, strengths=o.strengths, reason=o.reason) for o in found)
