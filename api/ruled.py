"""What a coordinator may rule about a situation, and what is answered."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import Page
from store.records import RulingKind


class RulingIn(BaseModel):
    """Why a situation is ruled about; nothing more is needed to lock or dismiss it."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"example": {"reason": "The desk follows this one itself."}})

    reason: Annotated[str, Field(max_length=1000, description="Why, for those who come after you.")] = ""


class MergeIn(RulingIn):
    """The situation that goes into this one."""

    model_config = ConfigDict(json_schema_extra={"example": {"other": "s41c0de2f9a7b355", "reason": "One strike, told from two ends of the line."}})

    other: Annotated[str, Field(min_length=1, max_length=100, description="Id of the situation whose reports come here; it ends.")]


class SplitIn(RulingIn):
    """The reports that get a situation of their own."""

    model_config = ConfigDict(json_schema_extra={"example": {"report_ids": ["r2yk4zq7mfw3tbnc"], "reason": "Another bridge."}})

    report_ids: Annotated[tuple[Annotated[str, Field(max_length=100)], ...], Field(min_length=1, max_length=10_000, description="Reports of this situation.")]


class RenameIn(RulingIn):
    """What the situation is called from now on."""

    model_config = ConfigDict(json_schema_extra={"example": {"title": "Cholera along the lower river", "reason": ""}})

    title: Annotated[str, Field(min_length=1, max_length=200, description="In any language, one line.")]


class RulingOut(BaseModel):
    """A ruling as it is kept."""

    id: str
    at: datetime
    by: Annotated[str, Field(description="The public name of the key that sent it, or who ruled at the command line.")]
    kind: RulingKind
    situation_id: str
    report_ids: Annotated[list[str], Field(description="The reports it held then; reports that are not shown are not among them.")]
    other: Annotated[str, Field(description="The situation merged into it, or split off it; empty for none.")]
    other_ids: Annotated[list[str], Field(description="The reports of that other one.")]
    title: str
    reason: str
    undone_at: Annotated[datetime | None, Field(description="When it was taken back; null while it holds.")]
    undone_by: Annotated[str, Field(description="By whom; empty while it holds.")]


class RulingsOut(Page):
    """Rulings by id."""

    rulings: list[RulingOut]
