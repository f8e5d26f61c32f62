"""Journal row and readers' copy -> receipt: what became of a report."""

from typing import Any

from api.schemas import GradeOut, ReceiptOut, SituationRef, UnderstoodOut
from store.journal import JournalRow
from store.records import TLP
from store.snapshot import Snapshot

RED_NOTE = "TLP:RED reports are kept out of the copy that this answer is read from."
WAITING_NOTE = "Stored; it is read at the next run."

_LANGUAGE = "SELECT coalesce(language, '') FROM reports WHERE id = ? AND understood"
_PLACES = "SELECT DISTINCT p.name FROM report_places r JOIN places p ON p.id = r.place_id WHERE r.report_id = ? ORDER BY p.name"
_OBSTACLES = "SELECT obstacle || CASE state WHEN 'lifted' THEN ' (lifted)' ELSE '' END FROM obstacles WHERE report_id = ? ORDER BY number"
_SITUATION = "SELECT s.id, s.title, s.origins, s.carriers FROM situations s JOIN situation_reports r ON r.situation_id = s.id WHERE r.report_id = ? LIMIT 1"
_GRADE = """
SELECT s.letter, g.number, g.reason FROM report_grades g JOIN reports r ON r.id = g.report_id
LEFT JOIN source_grades s ON s.source = coalesce(r.publisher, r.source) WHERE g.report_id = ? ORDER BY s.graded_at DESC LIMIT 1
"""
_CITED_BY = "SELECT brief_id FROM brief_citations WHERE report_id = ? ORDER BY brief_id"


def understanding(row: JournalRow, snapshot: Snapshot, *, graded: bool) -> ReceiptOut:
    """Say what is known about a report as of the last published copy; what it is held to be worth only to readers, not to its sender."""
    base = {"id": row.report_id, "accepted": True, "received_at": row.received_at, "content_hash": row.content_hash}
    languages = _column(snapshot, _LANGUAGE, row.report_id)
    if not languages:
        note = RED_NOTE if row.submission.sensitivity is TLP.RED else WAITING_NOTE
        return ReceiptOut.model_validate({**base, "understood": None, "situation": None, "cited_by": [], "note": note})
    understood = UnderstoodOut(
        language=languages[0],
        places=_column(snapshot, _PLACES, row.report_id),
        obstacles=_column(snapshot, _OBSTACLES, row.report_id),
    )
    situations = [
        SituationRef(id=id_, title=title, origins=origins, carriers=carriers) for id_, title, origins, carriers in _rows(snapshot, _SITUATION, row.report_id)
    ]
    grades = [_grade(*found) for found in _rows(snapshot, _GRADE, row.report_id)] if graded else []
    known = {"situation": next(iter(situations), None), "grade": next(iter(grades), None), "cited_by": _column(snapshot, _CITED_BY, row.report_id)}
    return ReceiptOut.model_validate({**base, "understood": understood, **known})


def _grade(letter: str | None, number: int, reason: str | None) -> GradeOut:
    return GradeOut(code=f"{letter or ''}{number}", letter=letter, number=number, reason=reason)


def _column(snapshot: Snapshot, sql: str, report_id: str) -> list[Any]:
    return [row[0] for row in _rows(snapshot, sql, report_id)]


def _rows(snapshot: Snapshot, sql: str, report_id: str) -> list[tuple[Any, ...]]:
    return snapshot.query(sql, (report_id,))[1] if snapshot.published_at() else []
