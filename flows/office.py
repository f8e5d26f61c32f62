"""What the coordinator works with: the open stores, and partners, objectives and loads as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coalition.load import Heard, Load, loads, spread
from flows.correct import Desk
from flows.documents import OBJECTIVE, PARTNER, capacity_of, objective_of, partner_of
from store.cards import Card
from store.errors import HivecastError
from store.opt_in import Capacity
from store.plain import record
from store.records import Objective, Partner, Suggestion
from store.snapshot import Snapshot
from store.vault import Vault


class Missing(HivecastError):
    """Something is named that is not there; `field` says where it was named, `remedy` where to look."""

    def __init__(self, what: str, id_: str, remedy: str, field: str = "") -> None:
        super().__init__(f"{id_ or 'an empty id'}: there is no {what} with this id; {remedy}")
        self.reason, self.remedy, self.field = f"there is no {what} with this id", remedy, field


class NotNow(HivecastError):
    """What is asked for does not go with what was decided or answered before; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Desk):
    """A desk with the vault, which knows whose key is whose."""

    vault: Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Who does something, under the name that may be shown, and when."""

    by: str
    at: datetime


def partners(desk: Desk) -> tuple[Partner, ...]:
    """List the partners by id."""
    return tuple(partner_of(body) for _, body in desk.journal.documents(PARTNER))


def objective(desk: Desk, id_: str) -> Objective:
    """Look up an objective; raises Missing."""
    found = next((objective_of(body) for known, body in desk.journal.documents(OBJECTIVE) if known == id_), None)
    if found is None:
        raise Missing("objective", id_, "see: hivecast objectives list", "objective_id")
    return found


def suggestion(snapshot: Snapshot, id_: str) -> Suggestion:
    """Look up a suggestion that readers may see; raises Missing."""
    rows = snapshot.query(_SUGGESTION, (id_,)) if snapshot.published_at() is not None else ((), [])
    if not rows[1]:
        raise Missing("suggestion", id_, "see: hivecast suggestions list")
    return record(Suggestion, dict(zip(rows[0], rows[1][0], strict=True)))


def card(snapshot: Snapshot, suggestion_id: str) -> Card | None:
    """Look up the card of a suggestion that readers may see; None for one given before there were cards."""
    return cards(snapshot, [suggestion_id]).get(suggestion_id)


def cards(snapshot: Snapshot, suggestion_ids: Sequence[str]) -> dict[str, Card]:
    """Look up the cards of those of these suggestions that readers may see and that have one, by suggestion id."""
    columns, rows = snapshot.query(_CARDS, (list(suggestion_ids),)) if suggestion_ids else ((), [])
    found = [record(Card, dict(zip(columns, row, strict=True))) for row in rows]
    return {one.suggestion_id: one for one in found}


def capacities(desk: Desk) -> dict[str, Capacity]:
    """Map each partner to how much it lets itself be asked."""
    return {id_: capacity_of(body) for id_, body in desk.journal.documents(PARTNER)}


def burdens(office: Office, as_of: datetime) -> dict[str, Load]:
    """Say how much each partner is asked, as of one moment."""
    heard = Heard(answers=office.journal.answers(), answered=frozenset(office.vault.answering_reports()))
    known = capacities(office)
    return loads(known, office.journal.asks(), heard, known, as_of)


def askable(desk: Desk, as_of: datetime) -> list[str]:
    """List the partners that may be asked, the best to ask first; none at its capacity. What they answered before does not enter."""
    known = capacities(desk)
    return spread(known, loads(known, desk.journal.asks(), Heard(), known, as_of), as_of)


_CARDS = "SELECT * FROM suggestion_cards WHERE suggestion_id IN (SELECT unnest(?::VARCHAR[]))"
_SUGGESTION = """
    SELECT * REPLACE (coalesce(against_why, '') AS against_why, coalesce(would_change, '') AS would_change) FROM suggestions WHERE id = ?
"""
