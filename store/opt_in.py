"""The vocabulary of opting in: what a coordinator decides on a card, what partners are asked and answer, what was learnt. Standard library only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.records import Forecast, MixWeek, Obstacle, Report, Resolution, Suggestion


class Verdict(StrEnum):
    """What a coordinator does with a suggestion."""

    ACCEPT = "accept"
    REJECT = "reject"
    DEFER = "defer"


class Reply(StrEnum):
    """What a partner answers to the ask of a blueprint."""

    IN = "in"
    OUT = "out"
    OBSERVE = "observe"
    IN_IF = "in_if"


class Stage(StrEnum):
    """Where a blueprint is on its way: formed while what it needs is covered, expired when it never was in time, dissolved when it ended."""

    DRAFTED = "drafted"
    ASKED = "asked"
    FORMED = "formed"
    EXPIRED = "expired"
    DISSOLVED = "dissolved"


class Exposure(StrEnum):
    """Whether the coalition is named in public."""

    PUBLIC = "public"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a coordinator decided on a suggestion, and why. The latest of a suggestion that is not undone holds.

    `until`: when one that is put off is to be looked at again; None: when its card expires.
    """

    id: str
    at: datetime
    by: str
    suggestion_id: str
    verdict: Verdict
    reason: str = ""
    undone_at: datetime | None = None
    undone_by: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A partner that a blueprint counts on, the required strengths it would bring, and why it."""

    partner_id: str
    name: str
    strengths: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A piece of work, and who of the team is best at it ("" = nobody declares what it takes); `reason` says why in facts about that partner alone."""

    id: str
    title: str
    partner_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Everybody who could bring a required strength, the best placed first."""

    strength: str
    partner_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a coordinator sets for a blueprint: until when partners may join, until when the coalition lasts, whether it is named, when it parts."""

    answer_by: datetime
    ends_at: datetime
    exposure: Exposure = Exposure.QUIET
    exit: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """The offer that goes out: what is wanted, what stands in the way, who would do what. It never changes; what partners answer stands beside it."""

    id: str
    at: datetime
    by: str
    suggestion_id: str
    objective_id: str
    objective: str
    obstacles: tuple[Obstacle, ...]
    since: datetime
    plan: tuple[str, ...]
    required: tuple[str, ...]
    roles: tuple[Role, ...]
    jobs: tuple[Job, ...]
    bench: tuple[Bench, ...]
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request to one partner: to join a blueprint, or (without one) to say what it knows about a question.

    `strengths` and `jobs` are what it was told that it would be counted on for; they stay, whatever others answer. `nonce` is what a signed link names it
    by. After `expires_at` or `revoked_at` no answer is taken.
    """

    id: str
    at: datetime
    by: str
    partner_id: str
    objective_id: str
    expires_at: datetime
    nonce: str
    blueprint_id: str = ""
    question: str = ""
    strengths: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a partner said to an ask; the latest counts.

    IN_IF holds once others who are in bring all of `needs`, at least `at_least` others are in, and, where it says `words`, the coordinator confirmed them.
    """

    ask_id: str
    at: datetime
    reply: Reply
    needs: tuple[str, ...] = ()
    at_least: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAsk:
    """What one partner sees of what it was asked: its own part, its own answer, and whether it may still answer. `blueprint` None: a question."""

    ask: Ask
    name: str
    blueprint: Blueprint | None
    answer: Answer | None
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One part of an invitation: `mark` says how its lines are set: "" plain, "-" as a list, "1" as a numbered one."""

    heading: str
    lines: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The coordinator holds the words of a conditional answer for met, as long as that answer stands."""

    ask_id: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A blueprint was dissolved."""

    blueprint_id: str
    at: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How much a partner lets itself be asked: asks in any thirty days, and days of rest after each."""

    asks: int = 4
    rest_days: int = 7


class Hindsight(ValueError):
    """A page of what was known then holds something that nobody knew then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterAction:
    """A suggestion looked back on: what was known and forecast when it was given, what happened since, and how it scores.

    `known` are the reports it rested on that were received by then; `late` counts those received only later. Where it was itself made in retrospect, from
    reports received after its date, `retrospective` is set and what was *said* by then counts as known. `after` are the weeks since. `came_true` and `brier`
    are None where too little was heard to tell. Raises Hindsight for a report or a forecast later than the suggestion.
    """

    suggestion: Suggestion
    objective: str
    known: tuple[Report, ...]
    late: int
    retrospective: bool
    forecasts: tuple[Forecast, ...]
    resolutions: tuple[Resolution, ...]
    decisions: tuple[Decision, ...]
    stages: tuple[tuple[Stage, datetime], ...]
    after: tuple[MixWeek, ...]
    origins_after: int
    led_after: Obstacle
    until: datetime
    came_true: bool | None
    brier: float | None

    def __post_init__(self) -> None:
        """Check that nothing shown as known then is of a later day."""
        then = self.suggestion.issued_at
        for report in self.known:
            if max(report.at, report.at if self.retrospective else report.received_at) > then:
                raise Hindsight(f"report {report.id} was not known on {then.isoformat()}")
        for forecast in self.forecasts:
            if forecast.issued_at > then:
                raise Hindsight(f"forecast {forecast.id} was made after {then.isoformat()}")
