"""Suggestion*, Card*, Decision* -> Suggestion*: what is still to be decided, and what was decided lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flows.kit import Kit
from store.cards import Card, Close
from store.opt_in import Decision, Verdict
from store.records import Advice, Objective, Suggestion

OPEN_DAYS = 28
BACK_DAYS = 7
LATELY = timedelta(days=28)
DECISIONS = (Advice.NEW_COALITION, Advice.PIVOT, Advice.EXPAND, Advice.WIND_DOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """What lies on the coordinator's desk besides suggestions: their cards and the decisions that hold, both by suggestion id."""

    cards: Mapping[str, Card] = field(default_factory=dict)
    held: Mapping[str, Decision] = field(default_factory=dict)

    def expires(self, one: Suggestion) -> datetime:
        """Say until when a suggestion may be decided; one without a card for 28 days."""
        card = self.cards.get(one.id)
        return card.expires_at if card else one.issued_at + timedelta(days=OPEN_DAYS)

    def lives(self, one: Suggestion, as_of: datetime) -> bool:
        """Say whether a suggestion has not expired, or was put off and has come back for a week."""
        return one.issued_at <= as_of < self.expires(one) or self.back(one, as_of)

    def back(self, one: Suggestion, as_of: datetime) -> bool:
        """Say whether a suggestion was put off until now: it comes back on its day, or without one when it expires, and stays a week at least."""
        put_off = self.held.get(one.id)
        if put_off is None or put_off.verdict is not Verdict.DEFER:
            return False
        return (put_off.until or self.expires(one)) <= as_of < self.ends(one)[0]

    def lapsed(self, one: Suggestion, as_of: datetime) -> bool:
        """Say whether a suggestion expired undecided before its four weeks, because a sign was due; it counts as not given, so that it may be given again."""
        return one.id not in self.held and self.expires(one) <= min(as_of, one.issued_at + timedelta(days=OPEN_DAYS - 1))

    def ends(self, one: Suggestion) -> tuple[datetime, Close]:
        """Say when a suggestion is closed, and how: accepted or rejected when that was said, else when it may not be decided any more."""
        said = self.held.get(one.id)
        if said is None:
            return self.expires(one), Close.EXPIRED
        if said.verdict is Verdict.DEFER:
            return max(self.expires(one), (said.until or self.expires(one)) + timedelta(days=BACK_DAYS)), Close.EXPIRED
        return said.at, Close.ACCEPTED if said.verdict is Verdict.ACCEPT else Close.REJECTED

    def decided(self, one: Suggestion, as_of: datetime) -> bool:
        """Say whether nothing is to be decided on a suggestion now: it was accepted or rejected, or is put off."""
        return one.id in self.held and not self.back(one, as_of)


def still_open(suggestions: Sequence[Suggestion], objective_id: str, as_of: datetime, tray: Tray | None = None) -> tuple[Suggestion, ...]:
    """Choose what stands for an objective: its last calls (one an obstacle) and its watches that have not expired, or else its last hold; not what was decided.

    A call outlives the watches before it: once the coordinator has something to decide, the hint that led there is not told again, not even after that.
    """
    here = tray or Tray()
    mine = [s for s in suggestions if s.objective_id == objective_id and here.lives(s, as_of)]
    calls = [s for s in mine if s.kind in DECISIONS]
    last = [s for s in calls if s.issued_at == calls[-1].issued_at]  # a pivot and the expansion beside it
    called = list({s.obstacle_after: s for s in last if not here.decided(s, as_of)}.values())
    returned = [s for s in mine if here.back(s, as_of) and s not in called]
    watched = [s for s in mine if s.kind is Advice.WATCH and not any(set(s.obstacle_after) & set(c.obstacle_after) for c in last)]
    hints = [s for s in watched if s not in returned and not here.decided(s, as_of)]
    held = [s for s in mine if s.kind is Advice.HOLD and not here.decided(s, as_of)]
    return (*called, *returned, *hints[-2:]) or tuple(held[-1:])


def tray_of(kit: Kit, suggestions: Sequence[Suggestion], as_of: datetime) -> Tray:
    """Look up the cards of suggestions and the decisions that held on them at one moment."""
    held = {d.suggestion_id: d for d in kit.warehouse.decisions() if d.at <= as_of and (d.undone_at is None or d.undone_at > as_of)}
    return Tray(cards={card.suggestion_id: card for card in kit.warehouse.cards([s.id for s in suggestions])}, held=held)


def decided_lately(suggestions: Sequence[Suggestion], tray: Tray, as_of: datetime) -> tuple[tuple[Suggestion, Decision], ...]:
    """List what was decided in the last four weeks and still holds, the latest first."""
    known = {s.id: s for s in suggestions}
    lately = [d for d in tray.held.values() if d.at > as_of - LATELY and d.suggestion_id in known]
    return tuple((known[d.suggestion_id], d) for d in sorted(lately, key=lambda d: (d.at, d.id), reverse=True))


def standing_for(kit: Kit, objective: Objective, as_of: datetime) -> tuple[Suggestion, ...]:
    """Choose what stands for one objective, as of one moment."""
    made = kit.warehouse.suggestions(as_of)
    return still_open(made, objective.id, as_of, tray_of(kit, made, as_of))
