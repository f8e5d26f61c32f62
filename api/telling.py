"""What is answered about situations: the list, and all that is told of one."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from api.schemas import Counted, Page
from store.records import Trend


class SituationRow(Counted):
    """A situation as the readers' copy has it."""

    id: str
    title: str
    trend: Trend
    reason: Annotated[str | None, Field(description="Why that trend.")]
    first_at: datetime
    last_at: datetime
    reports: Annotated[int, Field(description="How many reports belong to it.")]
    voices_of_late: Annotated[int, Field(description="Voices that were first to say something in the last seven days; floods are not heard.")]
    heard_at: Annotated[datetime, Field(description="When a voice was last first to say something, floods aside.")]
    locked: Annotated[bool, Field(description="Whether a person fixed its reports.")]
    dismissed: Annotated[bool, Field(description="Whether a person ruled that it is not to be told.")]


class SituationsOut(Page):
    """Situations, emerging and growing ones first, then by the voices heard of late."""

    situations: list[SituationRow]
    ungrouped: Annotated[int, Field(description="Reports that belong to no situation: counted, not shown.")]


class SentenceOut(BaseModel):
    """One sentence, word for word from the first of its reports."""

    text: str
    report_ids: list[str]


class FiguresOut(Counted):
    """What one class of sources ever stated of one count; `high` is null where there is no upper end."""

    kind: str
    unit: str
    said_by: str
    low: float
    high: float | None


class NamedPlaceOut(Counted):
    """A place that its reports name."""

    id: str
    name: str
    country: str | None


class VoiceOut(Counted):
    """Who speaks of it."""

    voice: str
    kind: str


class LineOut(BaseModel):
    """One line of its history; `what` words it."""

    happened_at: datetime
    kind: str
    detail: str | None
    other: Annotated[str | None, Field(description="The situation it took in, went into, lost reports to or began with.")]
    by_person: bool
    report_ids: list[str]
    what: str


class ShownReportOut(BaseModel):
    """One of its reports."""

    id: str
    said_at: datetime
    source: str
    grade: str | None
    title: str | None
    begins: str


class SituationOut(SituationRow):
    """All that is told of one situation."""

    summary: list[SentenceOut]
    figures: list[FiguresOut]
    places: Annotated[list[NamedPlaceOut], Field(description="The twenty most named.")]
    voices: list[VoiceOut]
    lineage: Annotated[list[LineOut], Field(description="What became of it, in order of time.")]
    latest: Annotated[list[ShownReportOut], Field(description="Its latest reports, in order of time, up to a hundred.")]
