"""Ground, Fact -> how the facts of cards and decisions must read, found out from the records a second time."""

from collections.abc import Callable

from reports import wording
from reports.prove.shown import Ground, shown_card
from store.cards import Card

Values = dict[str, Callable[[], str]]


def card(found: Ground, about: str, name: str) -> str:
    """Compute a value of a card again; KeyError for what is not there."""
    one = found.material.cards[about]
    values: Values = {
        "confidence": lambda: one.confidence.value,
        "why": lambda: one.confidence_why,
        "expires": lambda: wording.day(one.expires_at),
        "finding": lambda: wording.FINDINGS[one.finding] if one.finding else "",
        "only_team": lambda: one.only_team,
        "flips": lambda: wording.flips(len(one.flips)),
    }
    return values[name]()


def go(found: Ground, about: str, name: str) -> str:
    """Compute a value of a go/no-go question again."""
    one, key = _of(found, about)
    asked = next(each for each in one.questions if each.question == key)
    return {"question": wording.QUESTIONS[asked.question], "answer": asked.answer.value, "reason": asked.reason}[name]


def other(found: Ground, about: str, name: str) -> str:
    """Compute the words of another team again, from the names that partners have on record."""
    one, key = _of(found, about)
    team, names = one.alternatives[int(key)], names_of(found)
    ids = [member.partner_id for member in team.members]
    return {"team": wording.other_team([names[each] for each in ids], [names[each] for each in ids if each in team.shared])}[name]


def near(found: Ground, about: str, name: str) -> str:
    """Compute a value of a partner that was left out again."""
    one, key = _of(found, about)
    missed = next(each for each in one.left_out if each.partner_id == key)
    return {"name": names_of(found)[key], "reason": missed.reason}[name]


def decision(found: Ground, about: str, name: str) -> str:
    """Compute a value of a decision that was made lately again."""
    suggestion, made = next((each, made) for each, made in found.material.decided if each.id == about and made.suggestion_id == about)
    if made.at > found.material.as_of:
        raise KeyError(about)
    return {"verdict": wording.verdict(made.verdict, made.until), "day": wording.day(made.at), "kind": wording.ADVICE[suggestion.kind]}[name]


def names_of(found: Ground) -> dict[str, str]:
    """Map partners to their names on record."""
    return {partner.id: partner.name for partner in found.material.partners}


def _of(found: Ground, about: str) -> tuple[Card, str]:
    suggestion_id, _, key = about.rpartition("/")
    one = shown_card(found, suggestion_id)
    if one is None:
        raise KeyError(suggestion_id)
    return one, key
