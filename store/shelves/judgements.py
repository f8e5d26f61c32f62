"""What was concluded across reports: who is who, whom to believe, and what people put right."""

from collections.abc import Sequence
from datetime import datetime

from store.plain import plain
from store.records import Correction, NameLink, ReportGrade, SourceGrade
from store.shelves.shelf import Shelf


class JudgementShelf(Shelf):
    """Links of names and grades of reports are as last concluded; grades of sources and corrections keep their history."""

    def put_name_links(self, links: Sequence[NameLink]) -> None:
        """Set the names in the reports that are named here, in place of all links these reports had."""
        rows = {(link.report_id, link.number): plain(link) for link in links}
        with self.transaction():
            self._do("DELETE FROM name_links WHERE report_id IN (SELECT unnest(?::VARCHAR[]))", list({link.report_id for link in links}))
            self._put("name_links", list(rows.values()))

    def name_links(self, since: datetime, until: datetime) -> tuple[NameLink, ...]:
        """List the links in reports with since < at <= until, by (at, id) of the report and number."""
        return self._records(NameLink, _NAME_LINKS, since, until)

    def put_report_grades(self, grades: Sequence[ReportGrade]) -> None:
        """Set the grades of reports, each in place of the one before."""
        self._replace("report_grades", list({grade.report_id: plain(grade) for grade in grades}.values()))

    def report_grades(self, report_ids: Sequence[str]) -> dict[str, ReportGrade]:
        """Map those of these reports that have a grade to it."""
        sql = "SELECT * FROM report_grades WHERE report_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY report_id"
        return {grade.report_id: grade for grade in self._records(ReportGrade, sql, list(report_ids))}

    def put_source_grades(self, grades: Sequence[SourceGrade]) -> None:
        """Add grades to the history of their sources; one of the same source and time replaces the one before."""
        self._replace("source_grades", list({(grade.source, grade.at): {**plain(grade), "graded_at": grade.at} for grade in grades}.values()))

    def source_grades(self, as_of: datetime) -> tuple[SourceGrade, ...]:
        """List the grade that holds for each source at `as_of`, by source; a source not graded by then is left out."""
        latest = "QUALIFY row_number() OVER (PARTITION BY source ORDER BY graded_at DESC) = 1"
        return self._records(SourceGrade, f"{_SOURCE_GRADES} WHERE graded_at <= ? {latest} ORDER BY source", as_of)

    def grade_history(self, source: str) -> tuple[SourceGrade, ...]:
        """List all grades of one source, oldest first."""
        return self._records(SourceGrade, f"{_SOURCE_GRADES} WHERE source = ? ORDER BY graded_at", source)

    def put_corrections(self, corrections: Sequence[Correction]) -> None:
        """Set corrections, each in place of the one with its id."""
        self._replace("corrections", list({one.id: _row(one) for one in corrections}.values()))

    def corrections(self) -> tuple[Correction, ...]:
        """List all corrections by (at, id), those undone too."""
        return self._records(Correction, _CORRECTIONS)


_NAME_LINKS = """
    SELECT name_links.* FROM name_links JOIN reports ON reports.id = report_id
    WHERE said_at > ? AND said_at <= ? ORDER BY said_at, report_id, number
"""
_SOURCE_GRADES = 'SELECT * RENAME (graded_at AS "at") FROM source_grades'
_CORRECTIONS = """
    SELECT * RENAME (corrected_at AS "at", corrected_by AS "by", wrong_id AS wrong, right_id AS "right")
    FROM corrections ORDER BY corrected_at, id
"""


def _row(one: Correction) -> dict[str, object]:
    return {**plain(one), "corrected_at": one.at, "corrected_by": one.by, "wrong_id": one.wrong, "right_id": one.right}
