"""Readers' copy -> what is told of objectives: the list, and one with how each of its conditions stands and what reports say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports import wording
from store.records import Standing
from store.snapshot import Snapshot

Row = dict[str, Any]
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Theory:
    """All that is told of one objective: its own row, and its conditions in order, each with its weeks and the strongest reports for and against it."""

    objective: Row
    conditions: Sequence[Row]

    @property
    def broken(self) -> list[str]:
        """Name the conditions that fail, the root first."""
        ranked = [one for one in self.conditions if one["rank"]]
        return [one["id"] for one in sorted(ranked, key=lambda one: one["rank"])]


def listed(snapshot: Snapshot, after: str = "", limit: int | None = None) -> list[Row]:
    """List objectives by id, those after `after`, at most `limit`, with how many of their conditions stand how, and the one that fails first."""
    return [{**row, "standings": {standing.value: row.pop(standing.value) for standing in Standing}} for row in _rows(snapshot, _LISTED, (after, limit))]


def find(snapshot: Snapshot, objective_id: str) -> Theory | None:
    """Tell one objective; None where there is none of this id."""
    found = _rows(snapshot, _OBJECTIVE, (objective_id,))
    if not found:
        return None
    conditions = _rows(snapshot, _CONDITIONS, (objective_id,))
    bearings, weeks = _rows(snapshot, _BEARINGS, (objective_id,)), _rows(snapshot, _WEEKS, (objective_id,))
    return Theory(objective=found[0], conditions=[_condition(one, bearings, weeks) for one in conditions])


def _condition(one: Row, bearings: Sequence[Row], weeks: Sequence[Row]) -> Row:
    said = {row["report_id"]: row for row in bearings if row["condition_id"] == one["id"]}
    told = {side: [said[key] for key in one.pop(ids) if key in said][:SHOWN] for side, ids in (("for", "supports"), ("against", "opposes"))}
    mine = [{name: value for name, value in week.items() if name != "condition_id"} for week in weeks if week["condition_id"] == one["id"]]
    return {**one, "breaks_words": [wording.plain(kind) for kind in one["breaks"]], **told, "weeks": mine}


def _rows(snapshot: Snapshot, sql: str, values: Sequence[object]) -> list[Row]:
    columns, rows = snapshot.query(sql, values)
    return [dict(zip(columns, row, strict=True)) for row in rows]


_LISTED = """
    SELECT o.id, o.statement, count(*) FILTER (standing = 'holding') AS holding, count(*) FILTER (standing = 'doubtful') AS doubtful,
           count(*) FILTER (standing = 'failing') AS failing, count(*) FILTER (standing = 'unknown') AS unknown,
           max(condition_id) FILTER (rank = 1) AS fails_first, max(weighed_at) AS weighed_at
    FROM objectives o LEFT JOIN conditions ON objective_id = o.id WHERE o.id > ? GROUP BY o.id, o.statement ORDER BY o.id LIMIT ?
"""
_OBJECTIVE = "SELECT id, statement, description, members, strengths FROM objectives WHERE id = ?"
_CONDITIONS = """
    SELECT c.condition_id AS id, c.statement, c.decider, c.needs, c.needs_any, one.strengths, one.signs, one.signs_against, c.breaks, c.standing, c.weighed_at,
           c.log_odds, c.low, c.high, c.probability, c.origins_for, c.origins_against, c.supports, c.opposes, c.since, c.overdue, c.rank, c.because
    FROM conditions c JOIN (SELECT id AS objective_id, unnest(conditions) AS one FROM objectives) o
    ON o.objective_id = c.objective_id AND one.id = c.condition_id WHERE c.objective_id = ? ORDER BY c.number
"""
_BEARINGS = """
    SELECT condition_id, report_id, said_at, coalesce(publisher, source) AS voice, source_kind AS kind, lean, sentence, sign
    FROM bearings JOIN reports ON reports.id = report_id WHERE objective_id = ? ORDER BY condition_id, report_id
"""
_WEEKS = "SELECT condition_id, week, log_odds, low, high, origins FROM condition_weeks WHERE objective_id = ? ORDER BY condition_id, week"
