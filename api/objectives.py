"""What is answered about objectives: the list, and one with its theory of change weighed."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import Page
from store.records import Obstacle, Standing

Odds = Annotated[float | None, Field(description="Natural log-odds that the condition holds; null where it has not been weighed.")]


class ObjectiveRow(BaseModel):
    """An objective and how its conditions stand."""

    id: str
    statement: str
    standings: Annotated[dict[Standing, int], Field(description="How many conditions stand how.")]
    fails_first: Annotated[str | None, Field(description="The failing condition that explains the others, or fails most surely.")]
    weighed_at: datetime | None


class ObjectivesOut(Page):
    """Objectives by id."""

    objectives: list[ObjectiveRow]


class SignOut(BaseModel):
    """What would be seen if a condition held, and until the end of which day (UTC) it is expected."""

    statement: str
    by: date | None


class SaidOut(BaseModel):
    """What one report says of a condition, by the sentence that says so; `lean` above 0 for it, below 0 against it."""

    report_id: str
    said_at: datetime
    voice: str
    kind: str
    lean: float
    sentence: str
    sign: Annotated[str | None, Field(description="The expected sign that it tells of.")]


class OddsWeek(BaseModel):
    """The log-odds at the end of one week with their central 90 % interval."""

    week: datetime
    log_odds: float
    low: float
    high: float
    origins: int


class ConditionOut(BaseModel):
    """One condition: what it needs, what would break it, how it stands and why."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    statement: str
    decider: str | None
    needs: list[str]
    needs_any: bool
    strengths: list[str]
    signs: list[SignOut]
    signs_against: list[str]
    breaks: Annotated[list[Obstacle], Field(description="Kinds of obstacle that would break it, stated or derived from its meaning.")]
    standing: Standing
    weighed_at: datetime | None
    log_odds: Odds
    low: Annotated[float | None, Field(description="Lower end of their central 90 % interval.")]
    high: Annotated[float | None, Field(description="Upper end of their central 90 % interval.")]
    probability: Annotated[float | None, Field(description="The same log-odds as a probability.")]
    origins_for: int
    origins_against: int
    since: Annotated[datetime | None, Field(description="From when on it has stood so.")]
    overdue: Annotated[list[str], Field(description="Expected signs that nobody has reported in time.")]
    rank: Annotated[int | None, Field(description="Counts broken links from 1, the root first; null where it is not broken.")]
    because: Annotated[list[str], Field(description="Failing conditions upstream that explain this one.")]
    for_: Annotated[list[SaidOut], Field(alias="for", description="The strongest reports for it, one of each independent origin, up to five.")]
    against: Annotated[list[SaidOut], Field(description="The strongest reports against it, one of each independent origin, up to five.")]
    weeks: list[OddsWeek]


class ObjectiveOut(BaseModel):
    """An objective with its theory of change weighed over the reports that may be shown."""

    id: str
    statement: str
    description: str | None
    members: list[str]
    strengths: list[str]
    broken: Annotated[list[str], Field(description="Failing conditions, the root first.")]
    conditions: list[ConditionOut]
