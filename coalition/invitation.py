"""Blueprint -> words ready to send: the invitation of one partner, and the first agenda of those who are in. Every word that is not fixed is a fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from coalition.jobs import assign, meeting_hour
from coalition.wording import name as name_of
from store.opt_in import Ask, Blueprint, Exposure, Passage
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
    head = [f"Subject: Would you join in: {_line(blueprint.objective)}", f"Dear {_line(name)},"]
    body = [_text(passage) for passage in passages(blueprint, ask)]
    where = [f"Answer here; the link is yours alone, do not pass it on:\n{link}"] if link else []
    return "\n\n".join([*head, *body, "Please answer:\n" + _marked(REPLIES, "-"), *where, PRIVACY]) + "\n"


def passages(blueprint: Blueprint, ask: Ask) -> tuple[Passage, ...]:
    """Say what one partner is asked, passage by passage, for its mail and for the page of its link alike."""
    terms, until = blueprint.terms, [f"It lasts until {day(blueprint.terms.ends_at)} at the latest."]
    parts = (
        Passage(heading="We ask you to join a temporary coalition. What it wants", lines=(_line(blueprint.objective),)),
        Passage(heading=f"What stands in the way, as told since {day(blueprint.since)}", lines=(obstacles(blueprint),)),
        Passage(heading="What has to come about, as we see it", lines=tuple(map(_line, blueprint.plan)), mark="1"),
        Passage(heading="What we would count on you for", lines=tuple(plain(s) for s in ask.strengths), mark="-"),
        Passage(heading="What we would ask you to do", lines=tuple(f"{job.title} (you: {_line(job.reason)})" for job in ask.jobs), mark="-"),
        Passage(heading="How it is seen, and how long it lasts", lines=(EXPOSURES[terms.exposure], *until, *_parts(blueprint))),
        Passage(heading="When we need your answer", lines=(f"By {moment(terms.answer_by)}.",)),
    )
    return tuple(part for part in parts if part.lines)


def agenda(blueprint: Blueprint, team: Sequence[Partner], strengths: Mapping[str, Sequence[str]], as_of: datetime) -> str:
    """Write the first agenda of those who are in; nobody else is named, and nothing tells who was asked besides."""
    hour, present = meeting_hour(team, as_of)
    names = {p.id: _line(p.name) for p in team}
    jobs = tuple(f"{job.title}: {names.get(job.partner_id, 'open')} ({_line(job.reason)})" for job in assign(team, blueprint.terms, as_of))
    when = f"{hour:02d}:00 UTC is within the working hours of {present} of {len(team)} members." if present else "The members' time zones are not known."
    points = (
        Passage(heading="Who is here, and what each brings", lines=tuple(f"{names[p.id]}: {', '.join(map(plain, strengths[p.id]))}" for p in team), mark="-"),
        Passage(heading=f"What stands in the way, as told since {day(blueprint.since)}", lines=(obstacles(blueprint),)),
        Passage(heading="What has to come about, in order", lines=tuple(map(_line, blueprint.plan)), mark="-"),
        Passage(heading="Who does what", lines=jobs, mark="-"),
        Passage(
            heading="How we are seen, and when we part",
            lines=(EXPOSURES[blueprint.terms.exposure], f"At the latest on {day(blueprint.terms.ends_at)}.", *_parts(blueprint)),
        ),
        Passage(heading="What each of us does until when, and when we speak next", lines=("To be settled in the meeting.",)),
    )
    told = [f"{number}. {_text(point)}" for number, point in enumerate((point for point in points if point.lines), 1)]
    return "\n\n".join([f"First meeting: {_line(blueprint.objective)}", f"When: {when}", *told]) + "\n"


def obstacles(blueprint: Blueprint) -> str:
    """Name what stands in the way."""
    told = "; ".join(name_of(one) for one in blueprint.obstacles)
    return f"{told[:1].upper()}{told[1:]}."


def _parts(blueprint: Blueprint) -> list[str]:
    return [f"It parts sooner when: {_line(blueprint.terms.exit)}"] if blueprint.terms.exit else []


def _text(passage: Passage) -> str:
    return f"{passage.heading}:\n{_marked(passage.lines, passage.mark)}"


def _marked(lines: Sequence[str], mark: str) -> str:
    marks = {"": "", "-": "- "}
    return "\n".join(f"{marks.get(mark, f'{number}. ')}{_line(line)}" for number, line in enumerate(lines, 1))


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
