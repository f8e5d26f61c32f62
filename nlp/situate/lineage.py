"""Changes of membership -> history: what a pass over the reports moved, opened and merged."""

from datetime import datetime

from store.records import SituationEvent


class Changes:
    """Memberships and lines of history gathered during one call."""

    def __init__(self) -> None:
        self._homes: dict[str, str] = {}
        self._history: list[SituationEvent] = []

    def join(self, report_ids: tuple[str, ...], situation_id: str) -> None:
        """Note that reports now belong to a situation ("" = ungrouped)."""
        self._homes.update(dict.fromkeys(report_ids, situation_id))

    def open(self, situation_id: str, report_ids: tuple[str, ...], at: datetime, kind: str) -> None:
        """Note that a situation began with these reports; kind is "opened" or "discovered"."""
        self.join(report_ids, situation_id)
        self._history.append(SituationEvent(situation_id=situation_id, at=at, kind=kind, detail=f"{len(report_ids)} reports"))

    def merge(self, situation_id: str, other_id: str, report_ids: tuple[str, ...], at: datetime) -> None:
        """Note that the reports of `other_id` now belong to `situation_id`; both get a line."""
        self.join(report_ids, situation_id)
        detail = f"{other_id} ({len(report_ids)} reports)"
        self._history.append(SituationEvent(situation_id=situation_id, at=at, kind="joined", detail=detail))
        self._history.append(SituationEvent(situation_id=other_id, at=at, kind="merged", detail=situation_id))

    def result(self) -> tuple[dict[str, str], tuple[SituationEvent, ...]]:
        """Return memberships and history."""
        return self._homes, tuple(self._history)
