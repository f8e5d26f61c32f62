"""What is counted, how likely, and by when -> Statement: the words and the rule by which it settles itself, fixed beforehand."""

from dataclasses import dataclass
from datetime import datetime

from forecast.statements import plain, sentence, statement_id
from store.forecasts import Kind, Statement

_COUNTS = {
    Kind.REPORTS: "reports received on the situation",
    Kind.ORIGINS: "independent origins that report on the situation and had not before",
    Kind.PLACE: "independent origins that report from the place and had not before",
    Kind.ESCALATION: "reports received on the situation",
}
_VOID = {
    Kind.REPORTS: "void when no situation holds its reports any more",
    Kind.ORIGINS: "void when no situation holds its reports any more",
    Kind.PLACE: "never void",
    Kind.ESCALATION: "void when no situation holds its reports any more",
    Kind.CONDITION: "void when nothing was weighed after it was issued, or the condition is no longer part of the objective",
    Kind.OBSTACLE: "void when no report named an obstacle in the four weeks up to the deadline",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a statement is about: `subject` is an id, `title` its name for readers, `detail` the condition or obstacle, `evidence` report ids."""

    kind: Kind
    subject: str
    title: str
    detail: str = ""
    evidence: tuple[str, ...] = ()


def counting(about: About, least: int, issued_at: datetime, deadline: datetime) -> Statement:
    """State that a count in (issued_at, deadline] reaches `least`."""
    where = (
        "readings of reports that may be shown, TLP:RED ones left out" if about.kind is Kind.PLACE else "reports of the situation, or of the one it went into"
    )
    rule = f"True when at least {least} are counted after {plain(issued_at)} and by {plain(deadline)}, by when they were said; {_VOID[about.kind]}."
    return _statement(about, (issued_at, deadline), (_COUNTS[about.kind], least, where), rule, _counted(about, least, issued_at, deadline))


def standing(about: About, claim: str, issued_at: datetime, deadline: datetime) -> Statement:
    """State that at the deadline a condition is failing, or an obstacle leads: `claim` says so in words. The measured value is 1 when it is so, else 0."""
    metric = "standing of the condition, 1 for failing" if about.kind is Kind.CONDITION else "leading obstacle of the objective, 1 for this one"
    where = "the last weighing by the deadline" if about.kind is Kind.CONDITION else "the obstacle mix of the last week by the deadline"
    rule = f"True when the value is 1 at {plain(deadline)}; {_VOID[about.kind]}."
    return _statement(about, (issued_at, deadline), (metric, 1, where), rule, f"{claim} on {plain(deadline)}.")


def _statement(about: About, times: tuple[datetime, datetime], measure: tuple[str, int, str], rule: str, text: str) -> Statement:
    return Statement(
        id="s" + statement_id(f"{about.subject}|{about.detail}", about.kind.value, *times),
        kind=about.kind,
        subject=about.subject,
        detail=about.detail,
        issued_at=times[0],
        deadline=times[1],
        metric=measure[0],
        threshold=measure[1],
        source=measure[2],
        rule=rule,
        text=text,
        evidence=about.evidence,
    )


def _counted(about: About, least: int, issued_at: datetime, deadline: datetime) -> str:
    if about.kind is Kind.PLACE:
        who = "independent origin reports" if least == 1 else "independent origins report"
        return f"At least {least} {who} from {about.title} after {plain(issued_at)} and by {plain(deadline)}."
    if about.kind is Kind.ESCALATION:
        return f"“{about.title}” escalates: at least {least} reports are received on it after {plain(issued_at)} and by {plain(deadline)}."
    return sentence(about.kind.value, least, about.title, issued_at, deadline)
