"""Forecasts and scores as the API tells them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.coalition import Sent
from api.schemas import Page
from store.forecasts import Kind


class StatementRow(BaseModel):
    """A statement as the readers' copy has it."""

    id: str
    kind: Kind
    subject: Annotated[str, Field(description="The situation, place or objective it is about.")]
    detail: Annotated[str | None, Field(description="The condition or obstacle it is about; null for counts.")]
    issued_at: datetime
    deadline: datetime
    metric: str
    threshold: Annotated[int, Field(description="It comes true when the measured value is at least this.")]
    source: str
    rule: Annotated[str, Field(description="How it is settled, and when it is void.")]
    text: str
    probability: Annotated[float | None, Field(description="Chance that it comes true when it was published.")]
    latest_probability: float | None
    people_probability: Annotated[float | None, Field(description="What partners and coordinator together held; null until it is settled.")]
    resolved_at: datetime | None
    observed: int | None
    came_true: bool | None
    void: bool


class HeldIn(Sent):
    """How likely you hold a statement."""

    model_config = ConfigDict(json_schema_extra={"example": {"probability": 0.7}})

    probability: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, description="Chance that it comes true, 0 to 1.")]


class HeldOut(BaseModel):
    """What was kept."""

    forecast_id: str
    at: datetime
    probability: float


class StatementsOut(Page):
    """Statements by id."""

    forecasts: list[StatementRow]


class BinOut(BaseModel):
    """Statements of like probability."""

    low: float
    high: float
    count: int
    said: Annotated[float, Field(description="Mean probability.")]
    happened: Annotated[float, Field(description="Share that came true.")]
    word: Annotated[str, Field(description="The term of ICD 203; empty where the bin is a tenth.")]


class VerdictOut(BaseModel):
    """How a set of statements did."""

    count: int
    brier: float
    skill: Annotated[float | None, Field(description="Brier skill against the base rate of each kind.")]
    skill_low: float | None
    skill_high: float | None
    log_score: float
    calibration_error: float
    sharpness: float
    bins: list[BinOut]
    words: list[BinOut]


class ScoresOut(BaseModel):
    """How all statements did, and those of each kind and horizon in days."""

    whole: Annotated[VerdictOut | None, Field(description="Null while nothing is settled.")]
    by_kind: dict[str, VerdictOut]
    by_days: dict[str, VerdictOut]
    open: int
    void: int
