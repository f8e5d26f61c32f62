"""Briefs that were published: where they lie and what they cite."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from store.plain import record
from store.shelves.shelf import Shelf
from store.told import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefRow:
    """What is remembered of a brief; `report_ids` in the order of `Brief.reports`, `situation_ids` those told in full first, `paths` by format."""

    id: str
    as_of: datetime
    report_ids: tuple[str, ...]
    situation_ids: tuple[str, ...]
    paths: Mapping[str, str]


class BriefShelf(Shelf):
    """Briefs are only ever added; the same id again replaces where its files lie."""

    def append_brief(self, brief: Brief, paths: Mapping[str, str]) -> None:
        """Remember a brief, the reports it cites and its files (format -> path)."""
        row = {
            "id": brief.id,
            "as_of": brief.as_of,
            "previous_id": brief.previous_id,
            "mark": brief.mark.value,
            "title": brief.title,
            "situation_ids": [card.situation.id for card in (*brief.situations, *brief.rest)],
            "paths": dict(paths),
        }
        citations = [
            {"brief_id": brief.id, "report_id": id_, "number": number} for number, id_ in enumerate(dict.fromkeys(report.id for report in brief.reports))
        ]
        with self.transaction():
            self._replace("briefs", [row])
            self._do("DELETE FROM brief_citations WHERE brief_id = ?", brief.id)
            self._replace("brief_citations", citations)

    def last_brief(self, before: datetime) -> BriefRow | None:
        """Return the latest brief with as_of < before, if there is one."""
        rows = self._rows(_LAST_BRIEF, before)
        return record(BriefRow, {**rows[0], "paths": dict(rows[0]["paths"])}) if rows else None


_LAST_BRIEF = """
    SELECT briefs.*, coalesce((SELECT list(report_id ORDER BY number) FROM brief_citations WHERE brief_id = briefs.id), []) AS report_ids
    FROM briefs WHERE as_of < ? ORDER BY as_of DESC, id DESC LIMIT 1
"""
