"""Situations: which reports belong to them, how they are described, what became of them."""

from collections.abc import Sequence
from datetime import datetime

from store.plain import plain
from store.records import Move, Ruling, Situation, SituationEvent
from store.shelves.shelf import Shelf, numbered


class SituationShelf(Shelf):
    """Membership is the truth; a description is what was last said about it."""

    def memberships(self, since: datetime, until: datetime) -> dict[str, str]:
        """Map each report with since < at <= until that was looked at to its situation's id, "" if it stays ungrouped; by (at, id)."""
        return {row["report_id"]: row["situation_id"] for row in self._rows(_MEMBERSHIPS, since, until)}

    def memberships_at(self, moment: datetime) -> dict[str, str]:
        """Map each report to the situation it belonged to at a moment ("" = none), by the moves made until then."""
        return {row["report_id"]: row["situation_id"] for row in self._rows(_STATE, moment)}

    def put_situations(self, moves: Sequence[Move], history: Sequence[SituationEvent]) -> None:
        """Set the situation of each report ("" = looked at, ungrouped; its last move counts) and add to the history, in one transaction.

        No move is dated before the report's last one: what was told of a moment stays true.
        A line of history that is there already is not added again.
        """
        with self.transaction():
            last = {move.report_id: move.situation_id for move in moves}
            self._replace("situation_seen", [{"report_id": report, "situation_id": situation} for report, situation in last.items()])
            self._add_moves(moves)
            self.add_history(history)

    def look_again(self, report_ids: Sequence[str], at: datetime) -> None:
        """Take reports out of their situations from a moment on, so that they wait to be looked at again."""
        with self.transaction():
            self._add_moves([Move(report_id=report_id, at=at, situation_id="") for report_id in report_ids])
            self._do("DELETE FROM situation_seen WHERE report_id IN (SELECT unnest(?::VARCHAR[]))", list(report_ids))

    def _add_moves(self, moves: Sequence[Move]) -> None:
        self._put("situation_moves", [{**plain(move), "moved_at": move.at, "number": n} for n, move in enumerate(moves, 1)], _ADD_MOVES)

    def add_history(self, history: Sequence[SituationEvent]) -> None:
        """Add lines to the histories of situations; one that is there already is not added again."""
        rows = [{**plain(line), "happened_at": line.at, "ruled_by": line.by, "number": number} for number, line in enumerate(dict.fromkeys(history))]
        self._put("situation_history", rows, _ADD_HISTORY)

    def save_situations(self, situations: Sequence[Situation], as_of: datetime, history: Sequence[SituationEvent] = ()) -> None:
        """Describe situations anew, and say what of that changed, all or nothing. Their reports come from `put_situations`; times and origins from these."""
        rows = {situation.id: {**plain(situation), "described_at": as_of} for situation in situations}
        told = [row for situation in situations for row in numbered(situation.summary, situation_id=situation.id)]
        with self.transaction():
            self._replace("situations", list(rows.values()))
            self._do("DELETE FROM situation_sentences WHERE list_contains(?, situation_id)", list(rows))
            self._replace("situation_sentences", told)
            self.add_history(history)

    def described_until(self, moment: datetime) -> set[str]:
        """Name the situations whose description rests on what was known at a moment or before, and of which no description told anything later than that."""
        return {row["id"] for row in self._rows(_DESCRIBED_UNTIL, moment)}

    def at_rest(self, since: datetime) -> set[str]:
        """Name the closed situations without a report after `since` to which nothing has happened since they were described."""
        return {row["id"] for row in self._rows(_AT_REST, since)}

    def rulings(self) -> tuple[Ruling, ...]:
        """List what people decided about situations, also what was taken back, in order of time."""
        sql = 'SELECT *, ruled_at AS "at", ruled_by AS "by" FROM rulings ORDER BY ruled_at, id'
        return self._records(Ruling, sql)

    def put_rulings(self, rulings: Sequence[Ruling]) -> None:
        """Keep rulings, or that they were taken back."""
        self._replace("rulings", [{**plain(one), "ruled_at": one.at, "ruled_by": one.by} for one in rulings])

    def situations(self, as_of: datetime) -> tuple[Situation, ...]:
        """List the situations with at least one report at <= as_of, by id; report ids, times and origins tell of such reports alone."""
        return self._records(Situation, _SITUATIONS, as_of)

    def history(self, situation_id: str) -> tuple[SituationEvent, ...]:
        """List what became of a situation, in the order it was written."""
        sql = 'SELECT *, happened_at AS "at", ruled_by AS "by" FROM situation_history WHERE situation_id = ? ORDER BY number'
        return self._records(SituationEvent, sql, situation_id)


_MEMBERSHIPS = """
    SELECT report_id, situation_id FROM situation_seen JOIN reports ON reports.id = report_id
    WHERE said_at > ? AND said_at <= ? ORDER BY said_at, id
"""
_STATE = "SELECT report_id, arg_max(situation_id, number) AS situation_id FROM situation_moves WHERE moved_at <= ? GROUP BY report_id ORDER BY report_id"
_ADD_MOVES = """
    INSERT INTO {table} BY NAME
    SELECT coalesce((SELECT max(number) FROM {table}), 0) + number AS number, report_id, greatest(moved_at, before) AS moved_at, situation_id
    FROM incoming LEFT JOIN (SELECT report_id, max(moved_at) AS before FROM {table} SEMI JOIN incoming USING (report_id) GROUP BY report_id) USING (report_id)
"""
_ADD_HISTORY = """
    INSERT INTO {table} BY NAME
    SELECT situation_id, happened_at, kind, detail, other, ruled_by, report_ids,
           coalesce(known.last, 0) + row_number() OVER (PARTITION BY situation_id ORDER BY incoming.number) AS number
    FROM incoming
    LEFT JOIN (SELECT situation_id, max(number) AS last FROM {table} GROUP BY situation_id) known USING (situation_id)
    ANTI JOIN {table} same USING (situation_id, happened_at, kind, detail, other)
"""
_DESCRIBED_UNTIL = """
    SELECT id FROM situations WHERE described_at <= ? AND NOT EXISTS (
        SELECT 1 FROM situation_history
        WHERE situation_id = situations.id AND happened_at > described_at AND kind IN ('retitled', 'told', 'untold', 'closed', 'revived')
    )
"""
_AT_REST = """
    SELECT id FROM situations
    WHERE trend = 'closed' AND id NOT IN (SELECT situation_id FROM situation_seen JOIN reports ON reports.id = report_id WHERE said_at > ?)
    AND NOT EXISTS (SELECT 1 FROM situation_history WHERE situation_id = situations.id AND happened_at > described_at)
"""
_SITUATIONS = """
    WITH members AS (
        SELECT situation_id, list(report_id ORDER BY said_at, report_id) AS report_ids, min(said_at) AS first_at, max(said_at) AS last_at,
               count(DISTINCT coalesce(origin_id, report_id)) AS origins
        FROM situation_seen JOIN reports ON reports.id = report_id LEFT JOIN origins USING (report_id)
        WHERE said_at <= ? GROUP BY situation_id
    )
    SELECT situations.*, members.* EXCLUDE (situation_id), coalesce(told.summary, []) AS summary
    FROM situations JOIN members ON members.situation_id = situations.id
    LEFT JOIN (
        SELECT situation_id, list({'text': text, 'report_ids': report_ids, 'quote': true} ORDER BY number) AS summary
        FROM situation_sentences GROUP BY situation_id
    ) told ON told.situation_id = situations.id
    ORDER BY situations.id
"""
