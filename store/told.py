"""The vocabulary of the brief: what the pipeline found, as it is told to a reader. Standard library only."""

from dataclasses import dataclass
from datetime import datetime

from store.cards import Card
from store.records import (
    TLP,
    Condition,
    ConditionWeek,
    Corroboration,
    FigureRange,
    Forecast,
    MixWeek,
    Objective,
    Place,
    Report,
    ReportGrade,
    Sentence,
    Situation,
    SourceGrade,
    Suggestion,
    Weighed,
)

_UNHEARD = Corroboration(origins=0, carriers=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """Which reports that may be quoted name a place, counted; not `certain` where each of them may as well mean another, `runner_up` the likeliest."""

    place: Place
    heard: Corroboration
    certain: bool = True
    runner_up: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationCard:
    """One situation as the brief tells it.

    `lines` are computed, `quotes` extracted from its reports, `figures` word the `ranges` of what is counted, `outlook` words its
    forecasts. `daily` is (day, carriers, origins first heard on that day) in order of time, without gaps, over the last ten weeks.
    """

    situation: Situation
    lines: tuple[Sentence, ...]
    heard: Corroboration = _UNHEARD
    quotes: tuple[Sentence, ...] = ()
    figures: tuple[Sentence, ...] = ()
    ranges: tuple[FigureRange, ...] = ()
    outlook: tuple[Sentence, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    places: tuple[PlaceCount, ...] = ()
    daily: tuple[tuple[datetime, int, int], ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionCard:
    """One suggestion as the brief tells it: how sure, what changed, what it needs, who could act, and what speaks against it.

    `go` are the five questions of `card` in their order, with answer and reason; `others` are other teams, `left_out` those who came near, `flips` says on
    how few reports it hangs. `card` is None for a suggestion that was given before there were cards.
    """

    suggestion: Suggestion
    objective: Objective
    judgement: tuple[Sentence, ...]
    changed: tuple[Sentence, ...] = ()
    evidence: tuple[Sentence, ...] = ()
    strengths: tuple[Sentence, ...] = ()
    members: tuple[Sentence, ...] = ()
    against: tuple[Sentence, ...] = ()
    would_change: tuple[Sentence, ...] = ()
    card: Card | None = None
    go: tuple[Sentence, ...] = ()
    others: tuple[Sentence, ...] = ()
    left_out: tuple[Sentence, ...] = ()
    flips: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionCard:
    """One condition as the brief tells it: how it stands, why, the strongest sentences for and against it, and its log-odds week by week."""

    condition: Condition
    weighed: Weighed
    lines: tuple[Sentence, ...] = ()
    supports: tuple[Sentence, ...] = ()
    opposes: tuple[Sentence, ...] = ()
    weeks: tuple[ConditionWeek, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveCard:
    """An objective: the mix of obstacles before it, week by week, and its theory of change, condition by condition; `lead` says which link breaks first."""

    objective: Objective
    mix: tuple[MixWeek, ...] = ()
    lead: tuple[Sentence, ...] = ()
    conditions: tuple[ConditionCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoreboard:
    """How earlier forecasts did: how many fell due, came true, and their mean Brier score; `lines` tell it in words."""

    due: int
    came_true: int
    brier: float | None
    lines: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenth:
    """Settled statements whose probability lay in one tenth: how many, the mean probability, the share that came true."""

    count: int
    said: float
    happened: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How statements did: how many settled, came true, are open or void; their mean Brier score, and that of always saying how often each kind comes true."""

    settled: int = 0
    came_true: int = 0
    open: int = 0
    void: int = 0
    brier: float | None = None
    usual: float | None = None
    tenths: tuple[Tenth, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the coordinator reads, before it is rendered.

    `decided` tells what was decided lately. `situations` are told in full, `rest` in one line each, `places` are those of the former. `sources` is
    (voice, kind, reports), with the grades of those that have one; `reports` are exactly the cited ones, with theirs.
    """

    id: str
    as_of: datetime
    mark: TLP
    title: str
    previous_id: str
    previous_as_of: datetime | None
    bottom_line: tuple[Sentence, ...]
    changes: tuple[Sentence, ...]
    situations: tuple[SituationCard, ...]
    suggestions: tuple[SuggestionCard, ...]
    scoreboard: Scoreboard
    record: Record
    gaps: tuple[Sentence, ...]
    sources: tuple[tuple[str, str, int], ...]
    reports: tuple[Report, ...]
    objectives: tuple[ObjectiveCard, ...] = ()
    rest: tuple[SituationCard, ...] = ()
    degraded: tuple[str, ...] = ()
    totals: tuple[tuple[str, int], ...] = ()
    places: tuple[PlaceCount, ...] = ()
    source_grades: tuple[SourceGrade, ...] = ()
    report_grades: tuple[ReportGrade, ...] = ()
    decided: tuple[Sentence, ...] = ()
