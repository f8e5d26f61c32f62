"""What partners may say to what they are asked, what a coordinator may ask them, and what is answered."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.coalition import Id, Sent, TermsOut
from store.cards import Close
from store.opt_in import Reply
from store.records import Advice, Obstacle


class AnswerIn(Sent):
    """What a partner answers to an invitation; the last three go with `in_if` alone."""

    model_config = ConfigDict(json_schema_extra={"example": {"reply": "in_if", "needs": ["legal expertise"], "at_least": 2}})

    reply: Annotated[Reply, Field(description="in, out, observe or in_if.")]
    needs: Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=50, description="Strengths that others who are in must bring.")] = ()
    at_least: Annotated[int, Field(ge=0, le=1000, strict=True, description="How many others must be in.")] = 0
    words: Annotated[str, Field(max_length=500, description="A condition in your own words, for the coordinator to judge.")] = ""


class OwnAnswerOut(BaseModel):
    """What you answered last."""

    at: datetime
    reply: Reply
    needs: list[str]
    at_least: int
    words: str


class OwnAskOut(BaseModel):
    """What you are asked. Nothing of any other partner is in it; the coordinator alone sees what you answer."""

    id: str
    at: datetime
    expires_at: datetime
    kind: Annotated[str, Field(description="invitation: answer it here. question: answer it with a report that names this id as `question`.")]
    question: str
    objective: str
    obstacles: list[Obstacle]
    plan: list[str]
    required: list[str]
    strengths: Annotated[list[str], Field(description="What you would be counted on for.")]
    jobs: list[str]
    terms: TermsOut | None
    answer: OwnAnswerOut | None
    open: bool


class OwnAsksOut(BaseModel):
    """What you were asked, in order of time."""

    asks: list[OwnAskOut]


class ProposalOut(BaseModel):
    """One ask that is worth it."""

    partner_id: str
    gain: Annotated[float, Field(description="Bits of uncertainty that its answer is expected to remove after those before it.")]
    burden: Annotated[float, Field(description="What the ask costs the partner, in bits.")]
    reason: str


class OutcomeOut(BaseModel):
    """One outcome, and how likely it is held to be."""

    outcome: str
    probability: float


class UncertainOut(BaseModel):
    """A condition, and how likely it is held to hold."""

    condition_id: str
    statement: str
    holds: float


class ConsultOut(BaseModel):
    """What is open, and whom to ask."""

    question: str
    outcomes: list[OutcomeOut]
    proposals: list[ProposalOut]
    conditions: Annotated[list[UncertainOut], Field(description="The conditions of the objective, the most uncertain first: what to ask about first.")]


class QuestionIn(Sent):
    """A question to partners."""

    model_config = ConfigDict(json_schema_extra={"example": {"objective_id": "o1", "partner_ids": ["P05"]}})

    objective_id: Id
    partner_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=100)]
    condition_id: Annotated[str, Field(max_length=100, description="Ask whether this condition holds; which obstacle leads when left out.")] = ""
    text: Annotated[str, Field(max_length=2000, description="Your own words for it; made from the objective when left out.")] = ""


class PosedOut(BaseModel):
    """A question asked of one partner. Whoever has `link` answers for it."""

    ask_id: str
    partner_id: str
    link: str


class AskedOut(BaseModel):
    """A question, of whom it was asked, and which reports answered it; who sent which is not told."""

    question: str
    objective_id: str
    at: datetime
    partner_ids: list[str]
    report_ids: list[str]


class PosedAllOut(BaseModel):
    """One link for each partner asked."""

    asked: list[PosedOut]


class QuestionsOut(BaseModel):
    """Questions in order of time."""

    questions: list[AskedOut]


class LoadOut(BaseModel):
    """How much one partner is asked."""

    partner_id: str
    asks: int
    accepted: int
    silent: int
    lately: Annotated[int, Field(description="Asks in the last thirty days.")]
    most: Annotated[int, Field(description="How many it lets itself be asked in thirty days.")]
    rests_until: datetime | None


class LoadsOut(BaseModel):
    """How much each partner is asked, and how evenly."""

    partners: list[LoadOut]
    gini: Annotated[float, Field(description="0: all are asked alike; near 1: one is asked everything.")]


class ClosedOut(BaseModel):
    """One line of the learning log."""

    suggestion_id: str
    objective_id: str
    kind: Advice
    issued_at: datetime
    probability: float
    how: Close
    closed_at: datetime
    came_true: Annotated[bool | None, Field(description="Null while four weeks have not passed, or where too little was heard to tell.")]
    brier: float | None


class LearningOut(BaseModel):
    """Closed suggestions, the latest first."""

    closed: list[ClosedOut]
