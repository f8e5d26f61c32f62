"""Who repeats whom, and so how many voices there are."""
# ruff: noqa: S608 - the only thing put into SQL here is the constant _AMONG

from collections.abc import Sequence
from typing import Any

from store.records import Corroboration, Origin
from store.shelves.shelf import Shelf


class OriginShelf(Shelf):
    """Each report has one origin at a time, and revises one other report at most."""

    def put_origins(self, origins: Sequence[Origin]) -> None:
        """Set the origin of each report that is named, and what it revises, in place of what was set before."""
        rows = {row["report_id"]: row for origin in origins for row in _rows(origin)}
        self._replace("origins", list(rows.values()))

    def origin_of(self, report_ids: Sequence[str]) -> dict[str, str]:
        """Map each of these reports to its origin's id; one without a known origin is its own."""
        rows = self._rows(f"SELECT report_id, origin_id FROM origins WHERE {_AMONG}", list(report_ids))
        known = {row["report_id"]: row["origin_id"] for row in rows}
        return {report_id: known.get(report_id, report_id) for report_id in report_ids}

    def revisions(self, report_ids: Sequence[str]) -> dict[str, str]:
        """Map those of these reports that are only a later edition of another to the one they revise."""
        rows = self._rows(f"SELECT report_id, revision_of FROM origins WHERE revision_of <> '' AND {_AMONG} ORDER BY report_id", list(report_ids))
        return {row["report_id"]: row["revision_of"] for row in rows}

    def corroboration(self, report_ids: Sequence[str]) -> Corroboration:
        """Count the independent origins of these reports and what carries them."""
        return Corroboration.of(report_ids, self.origin_of(report_ids), self.revisions(report_ids))


_AMONG = "report_id IN (SELECT unnest(?::VARCHAR[]))"


def _rows(origin: Origin) -> list[dict[str, Any]]:
    revises = dict(origin.revisions)
    also = {"origin_id": origin.id, "reason": origin.reason}
    return [{"report_id": one, "number": number, "revision_of": revises.get(one, ""), **also} for number, one in enumerate(origin.report_ids)]
