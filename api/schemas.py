"""What a partner may send and what is answered: pydantic at the door, records inside."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, computed_field

from store.cards import Confidence
from store.opt_in import Verdict
from store.records import TLP, Corroboration, Subject

MAX_ENTRIES = 500
MAX_TEXT = 200_000


def _as_text(value: object) -> object:
    """Refuse a time that is not text; pydantic would take a number for an epoch."""
    if value is not None and not isinstance(value, str):
        raise ValueError("must be a time as text, such as 2026-11-20T07:30:00+03:00")
    return value


def _in_utc(value: datetime | None) -> datetime | None:
    """Bring a time to UTC; one that leaves the calendar on the way is refused."""
    try:
        return value.astimezone(UTC) if value else None
    except OverflowError:
        raise ValueError("must lie within the years 1 to 9999 in UTC") from None


Given = Annotated[AwareDatetime | None, BeforeValidator(_as_text), AfterValidator(_in_utc)]
When = Annotated[Given, Field(description="When it happened, with its zone.")]

Required = Annotated[AwareDatetime, BeforeValidator(_as_text), AfterValidator(_in_utc)]


class FigureIn(BaseModel):
    """A number as you state it: `kind` is what is counted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Annotated[str, Field(min_length=1, max_length=100, examples=["displaced families"])]
    number: Annotated[float, Field(allow_inf_nan=False, strict=True)]
    unit: Annotated[str, Field(max_length=50)] = ""


class ReportIn(BaseModel):
    """One report. Only `text` is required."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "example": {
                "key": "field-note-2026-014",
                "text": "The water plant in the east district stopped this morning; two clinics boil what they have.",
                "occurred_at": "2026-11-20T07:30:00+03:00",
                "place": "east district",
                "confidence": "seen by two of our staff",
                "sensitivity": "amber",
            }
        },
    )

    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT, description="What happened, in any language.")]
    key: Annotated[str | None, Field(min_length=1, max_length=200, description="Your own id. Sent twice, the report is kept once.")] = None
    title: Annotated[str, Field(max_length=1000)] = ""
    occurred_at: When = None
    place: Annotated[str, Field(max_length=500, description="Where, in words.")] = ""
    lat: Annotated[float | None, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)] = None
    lon: Annotated[float | None, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)] = None
    language: Annotated[str, Field(pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$", max_length=35, description="Language code, such as `fr`.")] = ""
    confidence: Annotated[str, Field(max_length=200, description="How sure you are, in your own words.")] = ""
    sensitivity: Annotated[TLP, Field(description="Traffic Light Protocol 2.0.")] = TLP.AMBER
    figures: Annotated[tuple[FigureIn, ...], Field(max_length=50)] = ()
    url: Annotated[str, Field(max_length=2000, pattern=r"^(https?://\S+)?$")] = ""
    question: Annotated[str, Field(max_length=100, description="Id of the question that this answers, from /v1/asks.")] = ""


class CorrectionIn(BaseModel):
    """What was misread: the words `text` were taken for `wrong` and mean `right`; or the obstacles that one report names."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"example": {"subject": "place", "text": "Tripoli", "wrong": "gn:2210247", "right": "gn:266826", "reason": "The coast of Lebanon."}},
    )

    subject: Annotated[Subject, Field(description="A place, the name of a person or an organisation, or the obstacles that a report names.")]
    text: Annotated[str, Field(max_length=200, description="The name as reports write it; case and accents do not matter. Not for obstacles.")] = ""
    wrong: Annotated[str, Field(max_length=200, description="Id of the place or name it was taken for. Not for obstacles.")] = ""
    right: Annotated[
        str,
        Field(
            max_length=200,
            description="Id of the one it means; empty: no place at all, or someone of their own. "
            "For obstacles what the report names, main one first, such as `legal,funding:lifted`; empty: none.",
        ),
    ]
    report_id: Annotated[str, Field(max_length=100, description="Only in this report; in all when left out.")] = ""
    reason: Annotated[str, Field(max_length=1000, description="Why, for those who come after you.")] = ""


class BatchIn(BaseModel):
    """Up to 500 reports in one request; each is answered for itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reports: Annotated[list[ReportIn], Field(min_length=1, max_length=MAX_ENTRIES)]


class ProblemOut(BaseModel):
    """RFC 9457 problem document. It never repeats what was sent."""

    type: Annotated[str, Field(description="A page that explains the problem.")]
    title: str
    status: int
    detail: str
    field: Annotated[str, Field(description="Path of the field, such as `reports[3].lat`; empty when it is not about one.")] = ""
    reason: str
    remedy: str


class AcceptedOut(BaseModel):
    """The report is stored: it survives a crash of this service."""

    id: str
    receipt: Annotated[str, Field(description="Where to see what became of it.")]
    received_at: datetime
    content_hash: str
    status: Annotated[Literal["new", "repeated"], Field(description="`repeated`: the same key and content were there already.")]


class EntryOut(BaseModel):
    """What became of one entry of a batch. `status` is the HTTP status it would have had alone."""

    status: int
    id: str | None = None
    receipt: str | None = None
    content_hash: str | None = None
    problem: ProblemOut | None = None


class BatchOut(BaseModel):
    """One answer for each entry, in the order sent."""

    received_at: datetime
    reports: list[EntryOut]


class UnderstoodOut(BaseModel):
    """What was read in the report."""

    language: str
    places: list[str]
    obstacles: list[str]


class Counted(BaseModel):
    """How often something was said independently of others."""

    origins: int
    carriers: int

    @computed_field(description="Both counts in words.")  # type: ignore[prop-decorator]
    @property
    def heard(self) -> str:
        """Say it the way every page and brief says it."""
        return str(Corroboration(origins=self.origins, carriers=self.carriers))


class SituationRef(Counted):
    """A situation by id and title, and how many reports bear it."""

    id: str
    title: str


class GradeOut(BaseModel):
    """Admiralty code of a report, computed here: `letter` of its source by its history, `number` of the report by independent corroboration."""

    code: Annotated[str, Field(description="Both together, such as `B2`; the number alone while the source has no letter.")]
    letter: str | None
    number: int
    reason: str | None


class ReceiptOut(BaseModel):
    """What became of a report. `understood` is null until it was read, and stays null for TLP:RED."""

    id: str
    accepted: bool
    received_at: datetime
    content_hash: str
    understood: UnderstoodOut | None
    situation: SituationRef | None
    grade: Annotated[GradeOut | None, Field(description="For keys with the scope `read` alone.")] = None
    cited_by: list[str]
    note: str = ""


class HealthOut(BaseModel):
    """Whether reports can be taken in, and how old the readers' copy is."""

    ok: bool
    journal: Literal["ok", "cannot be written"]
    snapshot_at: datetime | None
    snapshot_age_seconds: int | None


class Page(BaseModel):
    """A page of rows; ask again with `cursor` for the next, until it is null."""

    cursor: str | None


class SuggestionRow(BaseModel):
    """A suggestion as the readers' copy has it."""

    id: str
    objective_id: str
    kind: str
    issued_at: datetime
    probability: float
    reason: str | None
    decision: Annotated[Verdict | None, Field(description="What the coordinator decided on it; null while nothing holds.")] = None
    confidence: Annotated[Confidence | None, Field(description="How much and how good evidence there is; null for one given before there were cards.")] = None
    expires_at: Annotated[datetime | None, Field(description="Until when it may be decided; null for one given before there were cards.")] = None


class SuggestionsOut(Page):
    """Suggestions by id."""

    suggestions: list[SuggestionRow]


class BriefRow(BaseModel):
    """A brief that was published."""

    id: str
    as_of: datetime
    formats: list[str]


class BriefsOut(Page):
    """Briefs by id."""

    briefs: list[BriefRow]


class CorrectionOut(BaseModel):
    """A correction as it is kept."""

    id: str
    at: datetime
    by: Annotated[str, Field(description="The public name of the key that sent it, or `operator`.")]
    subject: Subject
    text: str
    wrong: str
    right: str
    report_id: str
    reason: str
    undone_at: Annotated[datetime | None, Field(description="When it was taken back; null while it holds.")]


class CorrectionsOut(Page):
    """Corrections by id."""

    corrections: list[CorrectionOut]
