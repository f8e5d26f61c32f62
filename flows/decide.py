"""Decision -> journal -> warehouse: what a coordinator does with a suggestion, checked when it is said."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from flows.correct import Desk, Unknown
from flows.kit import Kit
from flows.office import suggestion
from flows.rule import check_words
from store.journal import Journal
from store.opt_in import Decision, Verdict
from store.plain import canonical

LONGEST_REASON = 1000
LONGEST_WAIT = timedelta(days=366)


def decide(draft: Decision, desk: Desk) -> tuple[Decision, bool]:
    """Keep a decision (its id is given here) and say whether it is new; it takes the place of what was decided on the same suggestion before.

    The same verdict, reason and day again changes nothing and gives back the one that holds. Raises Missing for a suggestion that nobody sees, Unknown for
    words or a day that will not do.
    """
    check_words("reason", draft.reason, LONGEST_REASON)
    _check_until(draft)
    suggestion(desk.snapshot, draft.suggestion_id)
    earlier = [one for one in desk.journal.decisions() if one.suggestion_id == draft.suggestion_id]
    last = holding(earlier).get(draft.suggestion_id)
    if last is not None and (last.verdict, last.reason, last.until) == (draft.verdict, draft.reason, draft.until):
        return last, False
    # named after what it says and how often anything was said before, so that two who say it at once make one
    said = canonical([draft.suggestion_id, draft.verdict.value, draft.reason, draft.until, len(earlier)])
    decision = replace(draft, id="v" + hashlib.sha256(said.encode()).hexdigest()[:15])
    desk.journal.put_decision(decision)
    return decision, True


def _check_until(draft: Decision) -> None:
    if draft.until is None:
        return
    if draft.verdict is not Verdict.DEFER:
        raise Unknown("until", "is given with a verdict that puts nothing off", "leave it out, or defer")
    if not draft.at < draft.until <= draft.at + LONGEST_WAIT:
        raise Unknown("until", "is not in the future, or more than a year away", "say when to look at it again, within a year")


def undo(id_: str, journal: Journal, at: datetime, by: str) -> Decision | None:
    """Take a decision back, once, so that what was decided before it holds again; None where there is none of this id."""
    journal.undo_decision(id_, at, by)
    return next((one for one in journal.decisions() if one.id == id_), None)


def holding(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Map each suggestion to the decision that holds: the last that was said and not taken back."""
    return {one.suggestion_id: one for one in decisions if one.undone_at is None}


def drain_decisions(kit: Kit) -> int:
    """Copy decisions from the journal to the warehouse; returns how many were new or undone since."""
    told, known = kit.journal.decisions(), kit.warehouse.decisions()
    fresh = len(set(told) - set(known))
    if fresh:
        kit.warehouse.put_decisions(told)
    return fresh
