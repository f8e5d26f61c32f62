"""Rulings of the journal -> warehouse: what people decided about situations, for the reports that were grouped before."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flows.corrections import BEGINNING, END
from flows.kit import Kit
from nlp.situate.hand import Hand
from store.records import Move, Ruling, RulingKind, SituationEvent

_FILLED = frozenset({RulingKind.MERGE, RulingKind.LOCK})
_BINDING = _FILLED | {RulingKind.SPLIT}


@dataclass
class Floor:
    """Where every report is that was looked at ("" = in no situation), by (at, id), and how many each situation holds; follows the moves."""

    homes: dict[str, str]
    sizes: Counter[str]

    def of(self, situation_id: str) -> tuple[str, ...]:
        """List the reports of a situation."""
        return tuple(report_id for report_id, home in self.homes.items() if home == situation_id) if situation_id else ()


def drain_rulings(kit: Kit) -> int:
    """Copy rulings from the journal to the warehouse and move the reports that were grouped before; returns how many were new or undone.

    What is grouped later is for whoever groups it to put where `Hand.pin` says. A merge and a lock bind all that their situations hold by now, also what
    may not be shown to whoever ruled. A ruling none of whose reports is here waits. Undoing moves back what the ruling moved and is still there.
    """
    known = {one.id: one for one in kit.warehouse.rulings()}
    told = [one for one in kit.journal.rulings() if one.id not in known or one.undone_at != known[one.id].undone_at]
    if not told:
        return 0
    homes = kit.warehouse.memberships(BEGINNING, END)
    floor, done = Floor(homes=homes, sizes=Counter(homes.values())), 0
    for one in sorted(told, key=lambda one: (_when(one), one.id)):
        done += _undo(kit, one, known, floor) if one.id in known else _apply(kit, one, known, floor)
    return done


def _when(one: Ruling) -> datetime:
    return one.undone_at or one.at


def _apply(kit: Kit, one: Ruling, known: dict[str, Ruling], floor: Floor) -> bool:
    """Follow one ruling; False where it has to wait. One that was undone before it was ever followed moves nothing."""
    if one.undone_at is not None:
        known[one.id] = one
        kit.warehouse.put_rulings([one])
        return True
    if not kit.warehouse.reports_by_id([*one.report_ids, *one.other_ids]):
        kit.notes.append(f"The ruling {one.id} waits: none of its reports is here.")
        return False
    known[one.id] = _filled(one, floor)
    hand = Hand.of(tuple(known.values()))
    bound = (*known[one.id].report_ids, *known[one.id].other_ids) if one.kind in _BINDING else ()
    moves = {report_id: hand.pin(report_id) for report_id in bound if hand.pin(report_id)}
    _keep(kit, known[one.id], moves, floor)
    return True


def _undo(kit: Kit, told: Ruling, known: dict[str, Ruling], floor: Floor) -> bool:
    one = known[told.id] = replace(known[told.id], undone_at=told.undone_at, undone_by=told.undone_by)
    hand = Hand.of(tuple(known.values()))
    source, target = (one.other, one.situation_id) if one.kind is RulingKind.SPLIT else (one.situation_id, one.other)
    moved = [report_id for report_id in one.other_ids if floor.homes.get(report_id) == source]
    _keep(kit, one, {report_id: hand.pin(report_id) or target for report_id in moved}, floor)
    return True


def _filled(one: Ruling, floor: Floor) -> Ruling:
    """Add what else the situations of a merge or a lock hold by now: whoever ruled saw no report that may not be shown."""
    if one.kind not in _FILLED:
        return one
    other_ids = tuple(dict.fromkeys((*one.other_ids, *floor.of(one.other))))
    return replace(one, report_ids=tuple(dict.fromkeys((*one.report_ids, *floor.of(one.situation_id)))), other_ids=other_ids)


def _keep(kit: Kit, one: Ruling, targets: dict[str, str], floor: Floor) -> None:
    """Move reports that were looked at before, write what became of their situations, and keep the ruling."""
    moved = {report_id: target for report_id, target in targets.items() if floor.homes.get(report_id, target) != target}
    at, by = _when(one), one.undone_by if one.undone_at else one.by
    ruled = SituationEvent(situation_id=one.situation_id, at=at, kind="unruled" if one.undone_at else "ruled", detail=_words(one), other=one.other, by=by)
    history = (ruled, *_told(moved, floor, at, by))
    kit.warehouse.put_situations([Move(report_id=report_id, at=at, situation_id=target) for report_id, target in moved.items()], history)
    kit.warehouse.put_rulings([one])


def _told(moved: dict[str, str], floor: Floor, at: datetime, by: str) -> Iterator[SituationEvent]:
    """Let the floor follow the moves and tell them, two lines for each way that reports went."""
    ways: dict[tuple[str, str], list[str]] = {}
    for report_id in _in_time(moved, floor):
        ways.setdefault((floor.homes[report_id], moved[report_id]), []).append(report_id)
    for (source, target), report_ids in ways.items():
        kind = "joined" if floor.sizes[target] else "parted"
        floor.homes.update(dict.fromkeys(report_ids, target))
        floor.sizes.update({source: -len(report_ids), target: len(report_ids)})
        line = SituationEvent(situation_id=target, at=at, kind=kind, detail=_counted(report_ids), other=source, by=by, report_ids=tuple(report_ids))
        yield line
        if source:
            yield replace(line, situation_id=source, kind="split" if floor.sizes[source] else "merged", other=target)


def _in_time(moved: Iterable[str], floor: Floor) -> list[str]:
    asked = set(moved)
    return [report_id for report_id in floor.homes if report_id in asked] if asked else []


def _counted(report_ids: list[str]) -> str:
    return f"{len(report_ids)} report{'s' if len(report_ids) > 1 else ''}"


def _words(one: Ruling) -> str:
    return ": ".join(filter(None, (one.kind.value, one.title, one.reason)))
