"""The reports themselves, and how far the journal has been drained."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from store.plain import plain
from store.records import Report
from store.shelves.shelf import Shelf

REPORT = 'SELECT reports.* RENAME (said_at AS "at") FROM reports'


class ReportShelf(Shelf):
    """Reports in, reports out."""

    def cursor(self) -> int:
        """Return the number of the last journal row that has been drained, 0 before the first."""
        return int(self._rows("SELECT seq FROM drained")[0]["seq"])

    def add_reports(self, reports: Sequence[Report], cursor: int) -> None:
        """Keep reports and the journal cursor in one transaction; a report that is there already stays as it is."""
        with self.transaction():
            self._put("reports", [_row(report) for report in reports])
            self._do("UPDATE drained SET seq = greatest(seq, ?)", cursor)

    def reports(self, since: datetime, until: datetime) -> tuple[Report, ...]:
        """List the reports with since < at <= until by (at, id)."""
        return self._records(Report, f"{REPORT} WHERE said_at > ? AND said_at <= ? ORDER BY said_at, id", since, until)

    def reports_by_id(self, ids: Sequence[str]) -> tuple[Report, ...]:
        """List the reports with these ids by (at, id); unknown ids are left out."""
        return self._records(Report, f"{REPORT} WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY said_at, id", list(ids))

    def reports_of(self, voices: Sequence[str], since: datetime, until: datetime) -> tuple[Report, ...]:
        """List the reports with since < at <= until that are shown under one of these names, by (at, id)."""
        named = f"{REPORT} WHERE said_at > ? AND said_at <= ? AND coalesce(nullif(publisher, ''), source) IN (SELECT unnest(?::VARCHAR[])) ORDER BY said_at, id"
        return self._records(Report, named, since, until, list(voices))

    def unread(self, as_of: datetime, limit: int) -> tuple[Report, ...]:
        """List at most `limit` reports with at <= as_of that nobody has read yet, by (at, id)."""
        sql = f"{REPORT} ANTI JOIN readings ON readings.report_id = reports.id WHERE said_at <= ? ORDER BY said_at, id LIMIT ?"
        return self._records(Report, sql, as_of, limit)

    def ungrouped(self, as_of: datetime, limit: int) -> tuple[Report, ...]:
        """List at most `limit` reports with at <= as_of that were read but not yet looked at for situations, by (at, id)."""
        read = "SEMI JOIN readings ON readings.report_id = reports.id ANTI JOIN situation_seen ON situation_seen.report_id = reports.id"
        return self._records(Report, f"{REPORT} {read} WHERE said_at <= ? ORDER BY said_at, id LIMIT ?", as_of, limit)


def _row(report: Report) -> dict[str, Any]:
    return {**plain(report), "said_at": report.at}
