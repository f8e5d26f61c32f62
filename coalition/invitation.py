"""Blueprint -> words ready to send: the invitation of one partner, and the first agenda of those who are in. Every word that is not fixed is a fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from coalition.jobs import assign, meeting_hour
from store.opt_in import Ask, Blueprint, Exposure
from store.records import Partner

EXPOSURES = {
    Exposure.PUBLIC: "The coalition and its members are named in public.",
    Exposure.QUIET: "The coalition works quietly: neither it nor its members are named in public.",
}
PRIVACY = "What you answer is seen by the coordinator alone. You may change it at any time until the coalition parts, and nobody is told why."
REPLIES = ("in", "out", "observe (you are kept informed and counted on for nothing)", "in if (you say on what condition)")


def invitation(blueprint: Blueprint, name: str, ask: Ask, link: str) -> str:
    """Write the invitation of the partner called `name` as plain text, its subject first; no other partner is named in it.

    With an empty `link` the partner is left to answer with its own key.
    """
    terms = blueprint.terms
    parts = [
        f"Subject: Would you join in: {_line(blueprint.objective)}",
        f"Dear {_line(name)},",
        f"We ask you to join a temporary coalition. What it wants:\n{_line(blueprint.objective)}",
        stands_in_the_way(blueprint),
        "What has to come about, as we see it:\n" + _numbered(blueprint.plan) if blueprint.plan else "",
        "What we would count on you for:\n" + _bulleted([plain(s) for s in ask.strengths]),
        "What we would ask you to do:\n" + _bulleted([f"{job.title} (you: {_line(job.reason)})" for job in ask.jobs]) if ask.jobs else "",
        f"{EXPOSURES[terms.exposure]} It lasts until {day(terms.ends_at)} at the latest." + (f" It parts when: {_line(terms.exit)}" if terms.exit else ""),
        f"Please answer by {moment(terms.answer_by)}:\n" + _bulleted(REPLIES),
        f"Answer here; the link is yours alone, do not pass it on:\n{link}" if link else "",
        PRIVACY,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def agenda(blueprint: Blueprint, team: Sequence[Partner], strengths: Mapping[str, Sequence[str]], as_of: datetime) -> str:
    """Write the first agenda of those who are in; nobody else is named, and nothing tells who was asked besides."""
    jobs = assign(team, blueprint.terms.languages, as_of)
    hour, present = meeting_hour(team, as_of)
    names = {p.id: _line(p.name) for p in team}
    parts = [
        f"First meeting: {_line(blueprint.objective)}",
        f"When: {hour:02d}:00 UTC suits the working hours of {present} of {len(team)} members." if present else "When: the members' time zones are not known.",
        "1. Who is here, and what each brings\n" + _bulleted([f"{names[p.id]}: {', '.join(plain(s) for s in strengths[p.id])}" for p in team]),
        f"2. What stands in the way\n{stands_in_the_way(blueprint)}",
        "3. What has to come about, in order\n" + _bulleted(blueprint.plan) if blueprint.plan else "",
        "4. Who does what\n" + _bulleted([f"{job.title}: {names.get(job.partner_id, 'open')} ({_line(job.reason)})" for job in jobs]),
        f"5. How we are seen, and when we part\n{EXPOSURES[blueprint.terms.exposure]} Until {day(blueprint.terms.ends_at)} at the latest."
        + (f" Sooner when: {_line(blueprint.terms.exit)}" if blueprint.terms.exit else ""),
        "6. Who decides what by when, and when we speak next",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def stands_in_the_way(blueprint: Blueprint) -> str:
    """Word the obstacle and since when it is told."""
    named = [plain(one.value) for one in blueprint.obstacles]
    return (
        f"What stands in the way, as told since {day(blueprint.since)}: {', '.join(named)}." if named else "Nothing in particular is told to stand in the way."
    )


def plain(code: str) -> str:
    """Word an identifier: legal_expertise -> legal expertise."""
    return _line(code.replace("_", " "))


def day(when: datetime) -> str:
    """Word a date: 30 April 2014."""
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime) -> str:
    """Word a time: 30 April 2014, 18:00 UTC."""
    return f"{day(when)}, {when:%H:%M} UTC"


def _line(text: str) -> str:
    """Put a text on one line, without signs that would act on a terminal or forge a line of a mail."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _bulleted(parts: Sequence[str]) -> str:
    return "\n".join(f"- {_line(part)}" for part in parts)


def _numbered(parts: Sequence[str]) -> str:
    return "\n".join(f"{number}. {_line(part)}" for number, part in enumerate(parts, 1))
