"""Situations: which reports belong to them, how they are described, what became of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from store.plain import plain
from store.records import Situation, SituationEvent
from store.shelves.shelf import Shelf


class SituationShelf(Shelf):
    """Membership is the truth; a description is what was last said about it."""

    def memberships(self, since: datetime, until: datetime) -> dict[str, str]:
        """Map each report with since < at <= until that was looked at to its situation's id, "" if it stays ungrouped; by (at, id)."""
        return {row["report_id"]: row["situation_id"] for row in self._rows(_MEMBERSHIPS, since, until)}

    def put_situations(self, memberships: Mapping[str, str], history: Sequence[SituationEvent]) -> None:
        """Set the situation of each report ("" = looked at, ungrouped) and add to the history, in one transaction.

        A line of history that is there already is not added again.
        """
        with self.transaction():
            self._replace("situation_seen", [{"report_id": report, "situation_id": situation} for report, situation in memberships.items()])
            lines = dict.fromkeys(history)
            rows = [{**plain(line), "happened_at": line.at, "number": number} for number, line in enumerate(lines)]
            self._put("situation_history", rows, _ADD_HISTORY)

    def save_situations(self, situations: Sequence[Situation], as_of: datetime) -> None:
        """Describe situations anew. Their reports come from `put_situations`; times and origins are counted from these."""
        rows = {situation.id: {**plain(situation), "described_at": as_of} for situation in situations}
        self._replace("situations", list(rows.values()))

    def situations(self, as_of: datetime) -> tuple[Situation, ...]:
        """List the situations with at least one report at <= as_of, by id; report ids, times and origins tell of such reports alone."""
        return self._records(Situation, _SITUATIONS, as_of)

    def history(self, situation_id: str) -> tuple[SituationEvent, ...]:
        """List what became of a situation, in the order it was written."""
        sql = 'SELECT *, happened_at AS "at" FROM situation_history WHERE situation_id = ? ORDER BY number'
        return self._records(SituationEvent, sql, situation_id)


_MEMBERSHIPS = """
    SELECT report_id, situation_id FROM situation_seen JOIN reports ON reports.id = report_id
    WHERE said_at > ? AND said_at <= ? ORDER BY said_at, id
"""
_ADD_HISTORY = """
    INSERT INTO {table} BY NAME
    SELECT situation_id, happened_at, kind, detail,
           coalesce(known.last, 0) + row_number() OVER (PARTITION BY situation_id ORDER BY incoming.number) AS number
    FROM incoming
    LEFT JOIN (SELECT situation_id, max(number) AS last FROM {table} GROUP BY situation_id) known USING (situation_id)
    ANTI JOIN {table} same USING (situation_id, happened_at, kind, detail)
"""
_SITUATIONS = """
    WITH members AS (
        SELECT situation_id, list(report_id ORDER BY said_at, report_id) AS report_ids, min(said_at) AS first_at, max(said_at) AS last_at,
               count(DISTINCT coalesce(origin_id, report_id)) AS origins
        FROM situation_seen JOIN reports ON reports.id = report_id LEFT JOIN origins USING (report_id)
        WHERE said_at <= ? GROUP BY situation_id
    )
    SELECT situations.*, members.* EXCLUDE (situation_id) FROM situations JOIN members ON situation_id = situations.id ORDER BY situations.id
"""
