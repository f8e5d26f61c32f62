"""Warehouse -> Scored*, Record, readers' copy -> Scores: settled statements as scores see them, and how they did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from forecast.judge import Verdict, brier, broken_down, calibration, judge, usual
from store.forecasts import MODEL, Kind, Scored
from store.snapshot import Snapshot
from store.told import Record, Tenth
from store.warehouse import Warehouse


def scored_until(warehouse: Warehouse, as_of: datetime, by: str = MODEL) -> tuple[Scored, ...]:
    """List what was settled by `as_of` and is not void, each with the probability that `by` held first, in order of the statements."""
    came = {one.statement_id: one.came_true for one in warehouse.outcomes(as_of) if one.came_true is not None}
    first: dict[str, float] = {}
    for one in warehouse.odds(as_of):
        if one.by == by:
            first.setdefault(one.statement_id, one.probability)
    return tuple(
        Scored(probability=first[one.id], came_true=bool(came[one.id]), kind=one.kind, subject=one.subject, days=(one.deadline - one.issued_at).days)
        for one in warehouse.statements(as_of)
        if one.id in came and one.id in first
    )


def record(settled: Sequence[Scored], waiting: int = 0, void: int = 0) -> Record:
    """Sum up for the brief how statements did, and how many are open or void."""
    if not settled:
        return Record(open=waiting, void=void)
    return Record(
        settled=len(settled),
        came_true=sum(one.came_true for one in settled),
        open=waiting,
        void=void,
        brier=round(brier(settled), 3),
        usual=round(usual(settled), 3),
        tenths=tuple(Tenth(count=part.count, said=round(part.said, 3), happened=round(part.happened, 3)) for part in calibration(settled)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How all statements that readers may see did: in all, by kind, by days ahead; and how many are open or void."""

    whole: Verdict | None
    by_kind: Mapping[str, Verdict]
    by_days: Mapping[str, Verdict]
    open: int
    void: int


def scores(snapshot: Snapshot) -> Scores:
    """Score what the readers' copy holds; without one nothing was stated yet."""
    rows = snapshot.query(_SETTLED)[1] if snapshot.published_at() is not None else []
    (counts,) = snapshot.query(_COUNTED)[1] if snapshot.published_at() is not None else [(0, 0)]
    scored = [
        Scored(probability=float(str(p)), came_true=bool(true), kind=Kind(str(kind)), subject=str(subject), days=int(str(days)))
        for p, true, kind, subject, days in rows
    ]
    return Scores(
        whole=judge(scored),
        by_kind=broken_down(scored, lambda one: one.kind.value),
        by_days=broken_down(scored, lambda one: str(one.days)),
        open=int(str(counts[0])),
        void=int(str(counts[1])),
    )


_SETTLED = """
    SELECT probability, came_true, kind, subject, date_diff('day', issued_at, deadline)
    FROM statements WHERE came_true IS NOT NULL AND probability IS NOT NULL ORDER BY issued_at, id
"""
_COUNTED = "SELECT count(*) FILTER (WHERE resolved_at IS NULL), count(*) FILTER (WHERE void) FROM statements"
