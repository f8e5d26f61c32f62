"""The vocabulary: every noun, frozen, in the order of the flow. Standard library only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """How a submission came in."""

    PARTNER = "partner"
    FEED = "feed"
    MAIL = "mail"
    TABLE = "table"


class SourceKind(StrEnum):
    """What sort of voice a source is; corroboration asks for more than one kind."""

    PARTNER = "partner"
    NGO = "ngo"
    UN = "un"
    GOVERNMENT = "government"
    NEWS = "news"
    BLOG = "blog"
    PUBLIC = "public"
    UNKNOWN = "unknown"

    @property
    def source_class(self) -> "SourceClass":
        """The class whose figures are kept apart from those of the others."""
        return _CLASSES.get(self, SourceClass.OTHER)


class SourceClass(StrEnum):
    """Who vouches for a figure; figures of different classes are never merged into one."""

    PARTNER = "partner"
    GOVERNMENT = "government"
    UN = "un"
    MEDIA = "media"
    OTHER = "other"


_CLASSES = {
    SourceKind.PARTNER: SourceClass.PARTNER,
    SourceKind.NGO: SourceClass.PARTNER,
    SourceKind.UN: SourceClass.UN,
    SourceKind.GOVERNMENT: SourceClass.GOVERNMENT,
    SourceKind.NEWS: SourceClass.MEDIA,
    SourceKind.BLOG: SourceClass.MEDIA,
}


class TLP(StrEnum):
    """Traffic Light Protocol 2.0 sharing mark, from free to share to named recipients only."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def strictness(self) -> int:
        """0 for CLEAR up to 3 for RED, so that the strictest of several is their maximum."""
        return list(TLP).index(self)


class Precision(StrEnum):
    """How closely a place is known."""

    EXACT = "exact"
    TOWN = "town"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"


class Obstacle(StrEnum):
    """What stands between a coalition and its objective."""

    SECURITY_ACCESS = "security_access"
    GOVERNMENT_DENIAL = "government_denial"
    LEGAL = "legal"
    POLITICAL_WILL = "political_will"
    FUNDING = "funding"
    LOGISTICS = "logistics"
    INFORMATION_GAP = "information_gap"
    COMMUNITY_TRUST = "community_trust"
    CAPACITY = "capacity"
    NONE = "none"


class ObstacleState(StrEnum):
    """Whether the text says that the obstacle stands or has fallen."""

    PRESENT = "present"
    LIFTED = "lifted"


class FigureKind(StrEnum):
    """What a number in a report counts."""

    KILLED = "killed"
    INJURED = "injured"
    DISPLACED = "displaced"
    MISSING = "missing"
    AFFECTED = "affected"
    IN_NEED = "in_need"
    DETAINED = "detained"
    MONEY = "money"


class Reliability(StrEnum):
    """Admiralty letter of a source, by its history: A completely reliable to E unreliable, F not to be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(IntEnum):
    """Admiralty number of one report, by independent corroboration: 1 confirmed to 5 improbable, 6 not to be judged."""

    CONFIRMED = 1
    PROBABLE = 2
    POSSIBLE = 3
    DOUBTFUL = 4
    IMPROBABLE = 5
    UNJUDGED = 6


class Subject(StrEnum):
    """What a correction is about."""

    PLACE = "place"
    NAME = "name"
    OBSTACLE = "obstacle"


class RulingKind(StrEnum):
    """What a person may do to a situation."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    LOCK = "lock"
    DISMISS = "dismiss"


class Advice(StrEnum):
    """What a suggestion asks the coordinator to consider."""

    PIVOT = "pivot"
    NEW_COALITION = "new_coalition"
    EXPAND = "expand"
    WATCH = "watch"
    WIND_DOWN = "wind_down"
    HOLD = "hold"


class Standing(StrEnum):
    """What the evidence says of a condition of a theory of change."""

    HOLDING = "holding"
    DOUBTFUL = "doubtful"
    FAILING = "failing"
    UNKNOWN = "unknown"


class Trend(StrEnum):
    """Where a situation is in its life."""

    EMERGING = "emerging"
    GROWING = "growing"
    STEADY = "steady"
    FADING = "fading"
    DORMANT = "dormant"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What became of a submission at the journal's door."""

    NEW = "new"
    REPEATED = "repeated"
    CONFLICT = "conflict"


class Health(StrEnum):
    """What the last visit to a feed or mailbox found."""

    OK = "ok"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    UNDATED = "undated"
    NOT_A_FEED = "not_a_feed"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    GONE = "gone"
    TOO_LARGE = "too_large"
    NEVER = "never"


def utc(when: datetime) -> datetime:
    """Return `when` in UTC; a time without a zone is a programming error and raises ValueError."""
    if when.tzinfo is None:
        raise ValueError(f"time without a zone: {when.isoformat()}")
    return when.astimezone(UTC)


class _Checked:
    """A noun whose `probability` or `weight` lies in [0, 1]."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Raise ValueError where it does not (NaN fails too)."""
        for name in ("probability", "weight"):
            if not 0.0 <= (value := getattr(self, name, 0.0)) <= 1.0:
                raise ValueError(f"{name} must lie in [0, 1], got {value}")


# --- what comes in -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as its reporter stated it: `kind` is what is counted (killed, displaced, ...)."""

    kind: str
    number: float
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a mail; `text` is empty unless it could be read."""

    name: str
    media_type: str
    size: int
    sha256: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody sent, before anything is done to it.

    `source` is the name under which it may be shown (a publisher, or a pseudonym); `sender` is the identity behind it and
    goes to the vault alone. `key` is unique within `source`.
    """

    channel: Channel
    source: str
    source_kind: SourceKind
    key: str
    text: str
    title: str = ""
    occurred_at: datetime | None = None
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    language: str = ""
    confidence: str = ""
    sensitivity: TLP = TLP.AMBER
    figures: tuple[Figure, ...] = ()
    url: str = ""
    publisher: str = ""
    attachments: tuple[Attachment, ...] = ()
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that could not be taken in: what, where, why, how to mend it, and its bytes (cut to 1 MiB)."""

    channel: Channel
    source: str
    where: str
    reason: str
    remedy: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The journal's answer: committed when the caller holds it."""

    report_id: str
    outcome: Outcome
    content_hash: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A submission as the pipeline reads it. It carries no sender: the type keeps that promise.

    `at` is when it was said (its own date, else its reception) and is the clock every `--as-of` obeys.
    """

    id: str
    channel: Channel
    source: str
    source_kind: SourceKind
    key: str
    at: datetime
    received_at: datetime
    text: str
    title: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    language: str = ""
    confidence: str = ""
    sensitivity: TLP = TLP.AMBER
    figures: tuple[Figure, ...] = ()
    url: str = ""
    publisher: str = ""
    attachments: tuple[Attachment, ...] = ()
    content_hash: str = ""

    @property
    def words(self) -> str:
        """Title and text as one string; every span in a Reading counts characters of this."""
        return f"{self.title}\n{self.text}" if self.title else self.text

    @property
    def voice(self) -> str:
        """Who is speaking: the real publisher where it is known, else the source."""
        return self.publisher or self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered between two visits to a feed or mailbox."""

    location: str
    name: str
    health: Health = Health.NEVER
    detail: str = ""
    etag: str = ""
    modified: str = ""
    cursor: str = ""
    checked_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: int = 0


# --- what it says ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A named entity: characters [start, end) of Report.words, with the recogniser's label.

    `canonical` is the name under which people and organisations are joined across reports ("" = not joined, the text stands for itself).
    """

    start: int
    end: int
    text: str
    label: str
    canonical: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A gazetteer entry. `id` is stable ("gn:12345", "own:..."); lat, lon in degrees (WGS 84)."""

    id: str
    name: str
    country: str
    lat: float
    lon: float
    admin1: str = ""
    admin2: str = ""
    precision: Precision = Precision.TOWN
    population: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym(_Checked):
    """A place name in a text, resolved: characters [start, end) of Report.words (0, 0 = the report's own place field).

    `probability`: that this is meant, or the district or region of its name around it. `runner_up` is the next likely place of that name elsewhere, None
    where there is none.
    """

    start: int
    end: int
    text: str
    place: Place
    probability: float
    runner_up: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """A time named in a text, resolved against the report's own date: characters [start, end) of Report.words, days `first` to `last` inclusive.

    `last` is None for a time that goes on ("since March"), `first` for one without a beginning ("until Friday").
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureReading:
    """A count in a text: characters [start, end) of Report.words ("at least 40 killed").

    It lies in [low, high]; `high` is None where only a lower bound is stated, `low` is 0 where only an upper one. `unit` is people,
    families, houses, ... or a currency (ISO 4217); `of` is who or what, as written; `place_id` and the days say where and when, if the text does;
    `said_by` is whom the text or, failing that, the report's source makes vouch for it.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    low: float
    high: float | None
    unit: str
    said_by: SourceClass
    of: str = ""
    about: bool = False
    place_id: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleReading(_Checked):
    """One obstacle that a report names, with the sentence that says so; weight in [0, 1]."""

    obstacle: Obstacle
    state: ObstacleState
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one report says. `obstacles` are in order, the main one first; empty means none."""

    report_id: str
    language: str
    mentions: tuple[Mention, ...]
    toponyms: tuple[Toponym, ...]
    obstacles: tuple[ObstacleReading, ...]
    models: tuple[str, ...]
    degraded: tuple[str, ...] = ()
    figures: tuple[FigureReading, ...] = ()
    dates: tuple[DateReading, ...] = ()

    @property
    def obstacle(self) -> Obstacle:
        """The main obstacle that is present, or NONE."""
        present = (o.obstacle for o in self.obstacles if o.state is ObstacleState.PRESENT)
        return next(present, Obstacle.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """A unit vector for a report: little-endian float32 bytes, and the model that made it."""

    report_id: str
    model: str
    vector: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Reports that repeat one text. `id` is the earliest report's id; `report_ids` are in order of time, root first.

    `revisions` pairs a report that is only a later edition of another with the one it revises: it is the same report, not one more carrier.
    """

    id: str
    report_ids: tuple[str, ...]
    reason: str = ""
    revisions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """How many independent origins some reports have, and how many reports carry them; every count that is shown is made here."""

    origins: int
    carriers: int

    @classmethod
    def of(cls, report_ids: Iterable[str], origin_of: Mapping[str, str], revisions: Mapping[str, str] | None = None) -> "Corroboration":
        """Count them: a report without a known origin is its own; all editions of a report (`revisions` maps the later to the first) are one carrier."""
        ids, first = set(report_ids), revisions or {}
        return cls(origins=len({origin_of.get(one, one) for one in ids}), carriers=len({first.get(one, one) for one in ids}))

    def __str__(self) -> str:
        """Say it the way every page and brief says it."""
        return f"{self.origins} independent origin{'s' * (self.origins != 1)}, {self.carriers} carrier{'s' * (self.carriers != 1)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLink:
    """A mention of a person or an organisation (`number` counts those of a report from 0), joined to a name of a stable id; `reason` says why they are one."""

    report_id: str
    number: int
    name_id: str
    canonical: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRange:
    """What reports of one source class say of one count: the span of their figures, never merged with another class's."""

    kind: FigureKind
    unit: str
    said_by: SourceClass
    low: float
    high: float | None
    heard: Corroboration
    report_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGrade:
    """The Admiralty letter of a source from a day on: how many of its reports independent origins confirmed and contradicted until then."""

    source: str
    at: datetime
    letter: Reliability
    confirmed: int
    contradicted: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGrade:
    """The Admiralty number of one report, and why."""

    report_id: str
    number: Credibility
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person put right, remembered for every later report until it is undone.

    Subject PLACE: wherever the name `text` was taken for the place `wrong` it is the place `right` ("" = no place at all). Subject NAME: the mentions
    written `text` are not the name with the id `wrong` but the one with the id `right` ("" = someone of their own). With a `report_id` it holds for
    that report alone. Subject OBSTACLE: one report names the obstacles `right`, such as "legal,funding:lifted" ("" = none); `text`, `wrong` are empty.
    """

    id: str
    at: datetime
    by: str
    subject: Subject
    text: str
    wrong: str
    right: str
    report_id: str = ""
    reason: str = ""
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A computed value in a sentence, where it stands as `text`; computed from `about`, and again as `kind` says (see reports/prove/recompute.py)."""

    kind: str
    about: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with the reports that bear it. `quote` means: word for word from the first of them.

    `facts` stand in the order in which they occur in `text`; every word outside them is plain connecting English.
    """

    text: str
    report_ids: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    quote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a person decided about a situation; it holds in every later run until it is undone.

    It binds reports, not ids, so that it outlives any regrouping: `report_ids` are those the situation held, `other_ids` those of the situation `other`
    that was merged into it, or those that were split off it into `other`. A later ruling about the same report wins. `title` is the new name of RENAME.
    """

    id: str
    at: datetime
    by: str
    kind: RulingKind
    situation_id: str
    report_ids: tuple[str, ...]
    other: str = ""
    other_ids: tuple[str, ...] = ()
    title: str = ""
    reason: str = ""
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What reports are about. `report_ids` in order of time; `origins` counts independent origins among them.

    `summary` is three to five sentences of its own reports, word for word. `title_id` is the report that the title was taken from ("" = a person's).
    A dismissed situation goes on gathering its reports and is not shown.
    """

    id: str
    title: str
    report_ids: tuple[str, ...]
    place_ids: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    origins: int
    trend: Trend = Trend.STEADY
    reason: str = ""
    keywords: tuple[str, ...] = ()
    title_id: str = ""
    summary: tuple[Sentence, ...] = ()
    locked: bool = False
    dismissed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationEvent:
    """One line of a situation's history. `other` is the situation it merged with, joined, or was split from or into; `by` is empty for the machine.

    Kinds: opened, discovered, joined (took another in), merged (went into another), split (lost reports to another), parted (began with another's
    reports), revived, closed, retitled, told and untold (a sentence entered or left its summary); and those of people: ruled and unruled.
    """

    situation_id: str
    at: datetime
    kind: str
    detail: str = ""
    other: str = ""
    by: str = ""
    report_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """From `at` on a report belonged to this situation ("" = to none). The latest move holds; the earlier ones tell every past state."""

    report_id: str
    at: datetime
    situation_id: str


# --- what the coalition wants ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What would be seen if a condition held, and until the end of which day (UTC) it is expected."""

    statement: str
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One link of a theory of change, and whose decision it is (`decider`).

    `needs`: ids of conditions it rests on, all of them or with `needs_any` any one. `obstacles`: the kinds that would break it.
    """

    id: str
    statement: str
    strengths: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    needs_any: bool = False
    decider: str = ""
    signs: tuple[Sign, ...] = ()
    signs_against: tuple[str, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a coalition wants, its theory of change (conditions that rest on one another), and who is in it today."""

    id: str
    statement: str
    conditions: tuple[Condition, ...]
    members: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    description: str = ""

    @property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """What each condition rests on, by id: as stated, or the one before it in the list where no condition states any."""
        if any(condition.needs for condition in self.conditions):
            return {condition.id: condition.needs for condition in self.conditions}
        ids = [condition.id for condition in self.conditions]
        return {one: (before,) if before else () for before, one in zip(["", *ids], ids, strict=False)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organisation that could act: strengths are free words, countries ISO 3166-1 alpha-2, languages ISO 639-1.

    capacity: asks it can take in 30 days (None: not stated). away_until: not to be asked before that day. conflicts: ids of partners it must not sit
    with. reach: deciders and audiences that listen to it, in free words.
    """

    id: str
    name: str
    strengths: tuple[str, ...]
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    time_zone: str = ""
    tier: str = "network"
    capacity: int | None = None
    away_until: date | None = None
    conflicts: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()


# --- what is likely next -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(_Checked):
    """A count expected in (issued_at, deadline], with central intervals, and one statement that resolves by itself.

    The statement is: `metric` of `situation_id` in that window is at least `threshold`; its chance is `probability`.
    metric is "reports" or "origins". A ledger row: never edited.
    """

    id: str
    situation_id: str
    metric: str
    issued_at: datetime
    deadline: datetime
    mean: float
    low90: int
    low50: int
    high50: int
    high90: int
    threshold: int
    probability: float
    statement: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What happened to a forecast: the observed count, whether the statement came true, and its Brier score."""

    forecast_id: str
    resolved_at: datetime
    observed: int
    came_true: bool
    brier: float


# --- what to do about it -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """One report as evidence for an objective: who spoke, when, what it says stands in the way."""

    report_id: str
    at: datetime
    origin_id: str
    voice: str
    source_kind: SourceKind
    obstacles: tuple[ObstacleReading, ...]
    relevance: float
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A proposed member and why: the required strengths only this choice brings are named in `reason`."""

    partner_id: str
    name: str
    covers: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion(_Checked):
    """Advice with its evidence: what changed, how sure, what speaks against it, who could act."""

    id: str
    objective_id: str
    kind: Advice
    issued_at: datetime
    obstacle_before: tuple[Obstacle, ...]
    obstacle_after: tuple[Obstacle, ...]
    since: datetime
    probability: float
    evidence: tuple[str, ...]
    origins: int
    source_kinds: int
    against: tuple[str, ...]
    against_why: str
    would_change: str
    required_strengths: tuple[str, ...] = ()
    missing_strengths: tuple[str, ...] = ()
    uncovered_strengths: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """What one report says of one condition: `lean` in [-1, 1], above 0 for it, below 0 against it, by the `sentence` that says so.

    `sign` is the expected sign it tells of ("" = none). `at`, `origin_id`, `voice` and `source_kind` are the report's.
    """

    objective_id: str
    condition_id: str
    report_id: str
    at: datetime
    origin_id: str
    voice: str
    source_kind: SourceKind
    lean: float
    sentence: str
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed(_Checked):
    """How a condition stands at one moment: natural log-odds that it holds with their central 90 % interval, `probability` is the same in [0, 1].

    `origins_for`, `origins_against`: independent origins; `supports`, `opposes`: one report of each, the strongest first. `overdue`: expected signs that
    nobody reported in time. `rank` counts broken links from 1, the root first (0 = not broken); `because`: the broken conditions that explain it.
    `since`: from when on it has stood so, None where nothing was heard. `breaks`: kinds of obstacle that would break it, stated or derived.
    """

    objective_id: str
    condition_id: str
    as_of: datetime
    standing: Standing
    log_odds: float
    low: float
    high: float
    probability: float
    origins_for: int
    origins_against: int
    supports: tuple[str, ...] = ()
    opposes: tuple[str, ...] = ()
    since: datetime | None = None
    overdue: tuple[str, ...] = ()
    rank: int = 0
    because: tuple[str, ...] = ()
    breaks: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionWeek:
    """The log-odds of a condition at the end of one week, with their central 90 % interval; `origins` heard so far that still count."""

    objective_id: str
    condition_id: str
    week: datetime
    log_odds: float
    low: float
    high: float
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MixWeek:
    """The obstacle mix of an objective in one week: weight of each obstacle, counted by independent origins."""

    objective_id: str
    week: datetime
    weights: tuple[tuple[Obstacle, float], ...]
    origins: int
