"""What a coordinator may say about suggestions and blueprints, and what is answered."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import Given, Page, Required
from store.cards import Confidence, Finding, GoAnswer, GoQuestion
from store.opt_in import Exposure, Reply, Stage, Verdict
from store.records import Obstacle

Reason = Annotated[str, Field(max_length=1000, description="Why, for those who come after you.")]
Id = Annotated[str, Field(min_length=1, max_length=100)]


class Sent(BaseModel):
    """A body that is sent; it holds the fields named here and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DecisionIn(Sent):
    """What is done with a suggestion."""

    model_config = ConfigDict(json_schema_extra={"example": {"verdict": "accept", "reason": "Three desks say the same."}})

    verdict: Annotated[Verdict, Field(description="accept, reject or defer.")]
    reason: Annotated[str, Field(max_length=1000, description="Why; readers see it, so name nobody who declined anything.")] = ""
    until: Annotated[Given, Field(description="With defer: when to look at it again, within a year. When its card expires, if left out.")] = None


class DecisionRef(BaseModel):
    """The decision that holds, as readers see it."""

    verdict: Verdict
    at: datetime
    reason: str
    until: datetime | None


class DecisionOut(DecisionRef):
    """A decision as it is kept."""

    id: str
    by: Annotated[str, Field(description="The public name of the key that sent it, or who decided at the command line.")]
    suggestion_id: str
    undone_at: datetime | None
    undone_by: str


class DecisionsOut(Page):
    """Decisions by id."""

    decisions: list[DecisionOut]


class MemberOut(BaseModel):
    """A partner that is proposed, and why."""

    partner_id: str
    name: str
    covers: list[str]
    reason: str


class GoNoGoOut(BaseModel):
    """One go/no-go question, the answer the data give, and why."""

    question: GoQuestion
    answer: GoAnswer
    reason: str


class OtherTeamOut(BaseModel):
    """Another team that covers as much; `shared` are partners that are in the proposed one too."""

    members: list[MemberOut]
    shared: list[str]


class NearMissOut(BaseModel):
    """A partner that came near and is not proposed, and why."""

    partner_id: str
    name: str
    why: str
    strengths: list[str]
    reason: str


class CardOut(BaseModel):
    """What stands on the card of a suggestion besides its evidence."""

    confidence: Confidence
    confidence_why: str
    expires_at: Annotated[datetime, Field(description="Until when it may be decided.")]
    finding: Finding | None
    questions: list[GoNoGoOut]
    alternatives: list[OtherTeamOut]
    only_team: Annotated[str, Field(description="Why there are fewer than two alternatives; empty where there are two.")]
    left_out: list[NearMissOut]
    flips: Annotated[list[str], Field(description="The fewest reports without which too little would be left to act on.")]


class SuggestionOut(BaseModel):
    """One suggestion as readers see it."""

    id: str
    objective_id: str
    kind: str
    issued_at: datetime
    since: datetime
    obstacle_before: list[Obstacle]
    obstacle_after: list[Obstacle]
    probability: float
    evidence: list[str]
    origins: int
    source_kinds: int
    against: list[str]
    against_why: str
    would_change: str
    required_strengths: list[str]
    missing_strengths: list[str]
    uncovered_strengths: list[str]
    members: list[MemberOut]
    reason: str
    decision: Annotated[DecisionRef | None, Field(description="The decision that holds; null while none does.")]
    card: Annotated[CardOut | None, Field(description="Null for a suggestion that was given before there were cards.")]


class TermsIn(Sent):
    """On what terms a blueprint goes out."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"answer_by": "2026-12-01T18:00:00Z", "ends_at": "2027-03-01T00:00:00Z", "exposure": "quiet", "languages": ["en", "fr"]}}
    )

    answer_by: Annotated[Required, Field(description="Until when partners may join; without a coalition by then it expires.")]
    ends_at: Annotated[Required, Field(description="When the coalition parts at the latest; within a year.")]
    exposure: Annotated[Exposure, Field(description="Whether the coalition is named in public.")] = Exposure.QUIET
    exit: Annotated[str, Field(max_length=500, description="What makes it part sooner, in words.")] = ""
    languages: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...], Field(max_length=10, description="Languages it works in.")] = ()


class AsksIn(Sent):
    """Whom to ask; whoever is to be asked now when left out."""

    model_config = ConfigDict(json_schema_extra={"example": {"partner_ids": []}})

    partner_ids: Annotated[tuple[Id, ...], Field(max_length=100)] = ()


class ReasonIn(Sent):
    """Why."""

    model_config = ConfigDict(json_schema_extra={"example": {"reason": "The outcome is reached."}})

    reason: Reason = ""


class RoleOut(BaseModel):
    """A partner and the required strengths it would bring."""

    partner_id: str
    name: str
    strengths: list[str]
    reason: str


class JobOut(BaseModel):
    """A piece of work, and who is best at it; an empty partner id: nobody declares what it takes."""

    id: str
    title: str
    partner_id: str
    reason: str


class TermsOut(BaseModel):
    """On what terms it goes out."""

    answer_by: datetime
    ends_at: datetime
    exposure: Exposure
    exit: str
    languages: list[str]


class BenchOut(BaseModel):
    """Everybody who could bring a required strength, the best placed first."""

    strength: str
    partner_ids: list[str]


class BlueprintOut(BaseModel):
    """A blueprint as it was drafted."""

    id: str
    at: datetime
    by: str
    suggestion_id: str
    objective_id: str
    objective: str
    obstacles: list[Obstacle]
    since: datetime
    plan: list[str]
    required: list[str]
    roles: list[RoleOut]
    jobs: list[JobOut]
    bench: list[BenchOut]
    terms: TermsOut


class StandingOut(BaseModel):
    """How it stands, by partner id; for the coordinator alone."""

    stage: Stage
    since: datetime
    inside: list[str]
    conditional: list[str]
    waiting: list[str]
    observing: list[str]
    out: list[str]
    covered: list[str]
    lacking: list[str]
    proposed: Annotated[list[RoleOut], Field(description="Who to ask next: nobody asked so far would bring this.")]
    spare: Annotated[list[RoleOut], Field(description="Who to ask where those who have not answered stay silent.")]


class ReplyOut(BaseModel):
    """What one partner was asked and answered last; `reply` null while it has not."""

    ask_id: str
    partner_id: str
    asked_at: datetime
    revoked_at: datetime | None
    reply: Reply | None
    answered_at: datetime | None
    needs: list[str]
    at_least: int
    words: str


class ViewOut(BaseModel):
    """A blueprint with how it stands, what each partner answered, who does what of those inside, and once formed the first agenda."""

    blueprint: BlueprintOut
    standing: StandingOut
    answers: list[ReplyOut]
    jobs: list[JobOut]
    agenda: str


class BlueprintRow(BaseModel):
    """One blueprint in the list."""

    id: str
    at: datetime
    suggestion_id: str
    objective_id: str
    stage: Stage


class BlueprintsOut(Page):
    """Blueprints by id."""

    blueprints: list[BlueprintRow]


class InvitationOut(BaseModel):
    """An invitation ready to send. Whoever has `link` answers for the partner: pass it on to nobody else."""

    ask_id: str
    partner_id: str
    link: str
    text: str


class InvitationsOut(BaseModel):
    """Invitations, one for each partner asked."""

    invitations: list[InvitationOut]


class EndingOut(BaseModel):
    """That a blueprint was dissolved."""

    blueprint_id: str
    at: datetime
    by: str
    reason: str
