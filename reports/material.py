"""Everything a brief is made from, gathered by the flow: the one argument of `compose` and `check`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store.cards import Card
from store.forecasts import Scored
from store.opt_in import Decision
from store.records import (
    Bearing,
    ConditionWeek,
    FigureRange,
    Forecast,
    MixWeek,
    Objective,
    Partner,
    Reading,
    Report,
    ReportGrade,
    Resolution,
    Situation,
    SourceGrade,
    Suggestion,
    Trend,
    Weighed,
)
from store.told import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """What the last brief said: its situations, the reports it cited, and where known the trend each situation had."""

    id: str
    as_of: datetime
    situation_ids: tuple[str, ...] = ()
    report_ids: tuple[str, ...] = ()
    trends: Mapping[str, Trend] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that may be told as of one moment.

    `reports` holds every report of the situations, of the suggestions' evidence and counter-evidence, and those read since the last brief.
    `origin_of` maps a report to its origin; a report that is not in it is its own. `revisions` maps a later edition to the report it revises.
    `ranges` are, for each situation, those of the figures in `readings` of its reports that may be quoted. Grades are looked up, never made here.
    `forecasts` are the open ones and those that `resolutions` resolve. `record` sums up `settled`, the statements that came true or did not, and counts
    those that wait or lapsed by their rule. `suggestions` are those that stand: all of them are told.
    `cards` are theirs, by suggestion id; `decided` is what was decided lately, on which suggestion, the latest first.
    `bearings` are all that reports say of conditions and still count, `weighed` and `condition_weeks` what they come to at `as_of`, for each objective.
    `likelihood` words a probability (ICD 203). `totals` are counts that only the flow knows (quarantined, ungrouped, ...); they are told as they are.
    """

    as_of: datetime
    likelihood: Callable[[float], str]
    previous: Previous | None = None
    situations: tuple[Situation, ...] = ()
    reports: tuple[Report, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    origin_of: Mapping[str, str] = field(default_factory=dict)
    revisions: Mapping[str, str] = field(default_factory=dict)
    ranges: Mapping[str, tuple[FigureRange, ...]] = field(default_factory=dict)
    source_grades: tuple[SourceGrade, ...] = ()
    report_grades: Mapping[str, ReportGrade] = field(default_factory=dict)
    forecasts: tuple[Forecast, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    settled: tuple[Scored, ...] = ()
    record: Record = field(default_factory=Record)
    suggestions: tuple[Suggestion, ...] = ()
    cards: Mapping[str, Card] = field(default_factory=dict)
    decided: tuple[tuple[Suggestion, Decision], ...] = ()
    objectives: tuple[Objective, ...] = ()
    partners: tuple[Partner, ...] = ()
    mix: tuple[MixWeek, ...] = ()
    bearings: tuple[Bearing, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    condition_weeks: tuple[ConditionWeek, ...] = ()
    degraded: tuple[str, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
