"""View, Suggestion, Card -> Sentence*: go or no go, other teams, who was left out, on how few reports it hangs, and what was decided lately."""

from collections.abc import Sequence
from dataclasses import replace

from reports import wording
from reports.tell.view import View, cite, say
from store.cards import Card, NearMiss, OtherTeam
from store.opt_in import Decision
from store.records import Fact, Sentence, Suggestion


def shown(seen: View, suggestion: Suggestion) -> Card | None:
    """Look up the card of a suggestion, without the reports that may not be cited and without partners that are not known by that name any more."""
    card = seen.material.cards.get(suggestion.id)
    if card is None:
        return None
    known = {(partner.id, partner.name) for partner in seen.material.partners}
    return replace(
        card,
        flips=tuple(rid for rid in card.flips if rid in seen.quotable),
        alternatives=tuple(one for one in card.alternatives if {(m.partner_id, m.name) for m in one.members} <= known),
        left_out=tuple(one for one in card.left_out if (one.partner_id, one.name) in known),
    )


def sure(card: Card) -> tuple[Fact, Fact, Fact]:
    """State how much confidence there is, why, and until when to decide."""
    texts = {"confidence": card.confidence.value, "why": card.confidence_why, "expires": wording.day(card.expires_at)}
    confidence, why, expires = (Fact(kind=f"card.{kind}", about=card.suggestion_id, text=text) for kind, text in texts.items())
    return confidence, why, expires


def found(card: Card, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Say in a few words what was found, where that was stated."""
    if card.finding is None:
        return ()
    return (say(ids, "Seen: ", Fact(kind="card.finding", about=card.suggestion_id, text=wording.FINDINGS[card.finding]), "."),)


def go(card: Card, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Put the five questions, with their answers and reasons."""
    told = []
    for one in card.questions:
        texts = {"question": wording.QUESTIONS[one.question], "answer": one.answer.value, "reason": one.reason}
        question, answer, reason = (Fact(kind=f"go.{kind}", about=f"{card.suggestion_id}/{one.question.value}", text=text) for kind, text in texts.items())
        told.append(say(ids, question, " ", answer, ": ", reason))
    return tuple(told)


def others(card: Card, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Name the other teams, and say why there are fewer than two."""
    teams = [say(ids, Fact(kind="other.team", about=f"{card.suggestion_id}/{n}", text=_team(one)), ".") for n, one in enumerate(card.alternatives)]
    only = [say(ids, Fact(kind="card.only_team", about=card.suggestion_id, text=card.only_team))] if card.only_team else []
    return (*teams, *only)


def _team(one: OtherTeam) -> str:
    return wording.other_team([m.name for m in one.members], [m.name for m in one.members if m.partner_id in one.shared])


def left_out(card: Card, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Say who came near and why they are not proposed."""
    return tuple(_near(card, one, ids) for one in card.left_out)


def _near(card: Card, one: NearMiss, ids: tuple[str, ...]) -> Sentence:
    name, reason = (Fact(kind=f"near.{kind}", about=f"{card.suggestion_id}/{one.partner_id}", text=getattr(one, kind)) for kind in ("name", "reason"))
    return say(ids, name, ": ", reason)


def flips(seen: View, card: Card, ids: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Say on how few reports it hangs, those that may not be cited counted."""
    whole = seen.material.cards[card.suggestion_id].flips
    if not whole:
        return ()
    return (say(card.flips[:4] or ids, Fact(kind="card.flips", about=card.suggestion_id, text=wording.flips(len(whole))), "."),)


def decided(seen: View) -> tuple[Sentence, ...]:
    """Tell what was decided lately, the latest first; not why, which may name what must not be shown."""
    told = [_decided(seen, suggestion, decision) for suggestion, decision in _known(seen)]
    return tuple(line for line in told if line.report_ids)


def _known(seen: View) -> Sequence[tuple[Suggestion, Decision]]:
    return [(suggestion, decision) for suggestion, decision in seen.material.decided if decision.at <= seen.material.as_of]


def _decided(seen: View, suggestion: Suggestion, decision: Decision) -> Sentence:
    texts = {"verdict": wording.verdict(decision.verdict, decision.until), "day": wording.day(decision.at), "kind": wording.ADVICE[suggestion.kind]}
    verdict, day, kind = (Fact(kind=f"decision.{name}", about=suggestion.id, text=text) for name, text in texts.items())
    return say(cite(seen, suggestion.evidence), day, ": ", verdict, ", ", kind, ".")
