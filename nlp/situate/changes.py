"""Situation, Situation -> SituationEvent*: what a new description says differently from the last."""

from collections.abc import Iterator
from datetime import datetime

from store.records import Situation, SituationEvent, Trend

_QUIET = (Trend.DORMANT, Trend.CLOSED)


def changes(before: Situation | None, after: Situation, as_of: datetime) -> tuple[SituationEvent, ...]:
    """List what changed for the log, as of the moment of the new description; before the first there is nothing to compare and no line.

    Kinds: retitled (from what to what, and the report that the new title is from), untold and told (the sentence and its reports), closed, and revived (out of
    dormant or closed into anything that moves).
    """
    return tuple(_changes(before, after, as_of)) if before else ()


def _changes(before: Situation, after: Situation, at: datetime) -> Iterator[SituationEvent]:
    if before.title != after.title:
        title_ids = (after.title_id,) if after.title_id else ()
        yield SituationEvent(situation_id=after.id, at=at, kind="retitled", detail=f"{before.title} → {after.title}", report_ids=title_ids)
    for kind, mine, others in (("untold", before.summary, after.summary), ("told", after.summary, before.summary)):
        known = {(line.text, line.report_ids[0]) for line in others}
        for line in mine:
            if (line.text, line.report_ids[0]) not in known:
                yield SituationEvent(situation_id=after.id, at=at, kind=kind, detail=line.text, report_ids=line.report_ids)
    if after.trend is Trend.CLOSED and before.trend is not Trend.CLOSED:
        yield SituationEvent(situation_id=after.id, at=at, kind="closed", detail=after.reason)
    if before.trend in _QUIET and after.trend not in _QUIET:
        yield SituationEvent(situation_id=after.id, at=at, kind="revived", detail=after.reason)
