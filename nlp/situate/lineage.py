"""Changes of membership -> moves and history: what a pass over the reports placed, opened, merged and parted."""

from collections.abc import Sequence
from datetime import datetime

from store.records import Move, SituationEvent

Found = tuple[tuple[Move, ...], tuple[SituationEvent, ...]]


class Changes:
    """Moves and lines of history gathered during one call, in the order in which they happened."""

    def __init__(self) -> None:
        self._moves: list[Move] = []
        self._history: list[SituationEvent] = []

    def move(self, report_ids: Sequence[str], situation_id: str, at: datetime) -> None:
        """Note that reports belong to a situation from now on ("" = ungrouped)."""
        self._moves += [Move(report_id=one, at=at, situation_id=situation_id) for one in report_ids]

    def open(self, situation_id: str, report_ids: Sequence[str], at: datetime, kind: str) -> None:
        """Note that a situation began with these reports; kind is "opened" or "discovered"."""
        self.move(report_ids, situation_id, at)
        self._add(situation_id, at, kind, report_ids)

    def merge(self, situation_id: str, other_id: str, report_ids: Sequence[str], at: datetime) -> None:
        """Note that the reports of `other_id` now belong to `situation_id`; both get a line."""
        self.move(report_ids, situation_id, at)
        self._add(situation_id, at, "joined", report_ids, other_id)
        self._add(other_id, at, "merged", report_ids, situation_id)

    def part(self, situation_id: str, new_id: str, report_ids: Sequence[str], at: datetime) -> None:
        """Note that these reports of `situation_id` are a situation of their own; both get a line."""
        self.move(report_ids, new_id, at)
        self._add(situation_id, at, "split", report_ids, new_id)
        self._add(new_id, at, "parted", report_ids, situation_id)

    def result(self) -> Found:
        """Return moves and history."""
        return tuple(self._moves), tuple(self._history)

    def _add(self, situation_id: str, at: datetime, kind: str, report_ids: Sequence[str], other: str = "") -> None:
        detail = f"{len(report_ids)} report{'s' * (len(report_ids) != 1)}"
        line = SituationEvent(situation_id=situation_id, at=at, kind=kind, detail=detail, other=other, report_ids=tuple(report_ids))
        self._history.append(line)
