"""What reports say of the conditions of an objective, and how each condition stands."""

from collections.abc import Sequence
from datetime import datetime

from store.plain import plain
from store.records import Bearing, ConditionWeek, Weighed
from store.shelves.shelf import Shelf


class ConditionShelf(Shelf):
    """Bearings are kept once for each report; standings keep their history; weeks are as last weighed.

    `open`: weighed over the reports that may be shown alone (none marked TLP:RED), or over all.
    """

    def not_heard_out(self, objective_id: str, basis: str, report_ids: Sequence[str]) -> tuple[str, ...]:
        """List those of these reports that have not been held against an objective on this basis, in the order given."""
        sql = "SELECT report_id AS id FROM heard_out WHERE objective_id = ? AND basis = ? AND report_id IN (SELECT unnest(?::VARCHAR[]))"
        done = {row["id"] for row in self._rows(sql, objective_id, basis, list(report_ids))}
        return tuple(one for one in report_ids if one not in done)

    def put_bearings(self, objective_id: str, basis: str, report_ids: Sequence[str], bearings: Sequence[Bearing]) -> None:
        """Set what these reports say of an objective's conditions, in place of what they were held to say before."""
        with self.transaction():
            self._do("DELETE FROM bearings WHERE objective_id = ? AND report_id IN (SELECT unnest(?::VARCHAR[]))", objective_id, list(report_ids))
            self._put("bearings", [plain(one) for one in bearings])
            self._replace("heard_out", [{"objective_id": objective_id, "report_id": one, "basis": basis} for one in report_ids])

    def bearings(self, objective_id: str, since: datetime, until: datetime, *, open_: bool = False) -> tuple[Bearing, ...]:
        """List what reports with since < at <= until say of an objective's conditions, by (at, report, condition)."""
        return self._records(Bearing, _BEARINGS, objective_id, since, until, open_)

    def put_standings(self, weighed: Sequence[Weighed], *, open_: bool) -> None:
        """Write down how all conditions of an objective stand, in place of what was written of the same moment."""
        rows = [{**plain(one), "weighed_at": one.as_of, "open": open_, "number": number} for number, one in enumerate(weighed)]
        with self.transaction():
            for objective_id, moment in {(one.objective_id, one.as_of) for one in weighed}:
                self._do("DELETE FROM condition_standings WHERE objective_id = ? AND weighed_at = ? AND open = ?", objective_id, moment, open_)
            self._put("condition_standings", rows)

    def standings(self, as_of: datetime, *, open_: bool = False) -> tuple[Weighed, ...]:
        """List how the conditions of each objective stood when it was last weighed until `as_of`, by (objective, place among its conditions)."""
        return self._records(Weighed, _STANDINGS, as_of, open_)

    def put_condition_weeks(self, objective_id: str, weeks: Sequence[ConditionWeek], *, open_: bool) -> None:
        """Set the weeks of an objective's conditions, in place of all it had."""
        with self.transaction():
            self._do("DELETE FROM condition_weeks WHERE objective_id = ? AND open = ?", objective_id, open_)
            self._put("condition_weeks", [{**plain(week), "open": open_} for week in weeks])

    def condition_weeks(self, as_of: datetime, *, open_: bool = False) -> tuple[ConditionWeek, ...]:
        """List the weeks begun by `as_of` of all conditions, by (objective, condition, week)."""
        sql = "SELECT * FROM condition_weeks WHERE week <= ? AND open = ? ORDER BY objective_id, condition_id, week"
        return self._records(ConditionWeek, sql, as_of, open_)


_BEARINGS = """
    SELECT bearings.*, said_at AS "at", coalesce(origin_id, reports.id) AS origin_id, coalesce(nullif(publisher, ''), source) AS voice, source_kind
    FROM bearings JOIN reports ON reports.id = bearings.report_id LEFT JOIN origins ON origins.report_id = reports.id
    WHERE objective_id = ? AND said_at > ? AND said_at <= ? AND (NOT ? OR sensitivity <> 'red') ORDER BY said_at, reports.id, condition_id
"""
_STANDINGS = """
    SELECT * RENAME (weighed_at AS as_of) FROM condition_standings WHERE weighed_at <= ? AND open = ?
    QUALIFY weighed_at = max(weighed_at) OVER (PARTITION BY objective_id) ORDER BY objective_id, number
"""
