"""Rulings of the journal -> warehouse: what people decided about situations, for the reports that were grouped before."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.corrections import BEGINNING, END
from flows.kit import Kit
from nlp.situate.hand import Hand, before, target
from nlp.situate.live import Rule
from store.records import Move, Ruling, RulingKind, SituationEvent

_FILLED = frozenset({RulingKind.MERGE, RulingKind.LOCK})
_BINDING = _FILLED | {RulingKind.SPLIT}
_MOVING = _BINDING - {RulingKind.LOCK}


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
    may not be shown to whoever ruled. A ruling none of whose reports is here waits. Undoing moves back what the ruling moved and is still there, and
    what the machine brought there since from other situations; what is new since is looked at again, as far as the live window goes.
    """
    known = {one.id: one for one in kit.warehouse.rulings()}
    told = [one for one in kit.journal.rulings() if one.id not in known or one.undone_at != known[one.id].undone_at]
    if not told:
        return 0
    homes = kit.warehouse.memberships(BEGINNING, END)
    floor, done = Floor(homes=homes, sizes=Counter(homes.values())), 0
    for one in sorted(told, key=lambda one: (one.id in known or one.undone_at is None, _when(one), one.id)):
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
    back = {report_id: hand.pin(report_id) or home for report_id, home in before(one, known.values()).items() if floor.homes.get(report_id) == target(one)}
    if one.kind in _MOVING:
        loose = [report_id for report_id in floor.of(target(one)) if report_id not in back and not hand.pin(report_id)]
        strays = _strays(kit, one, loose, hand)
        named = {report_id for ruling in known.values() for report_id in ruling.other_ids}.union(one.report_ids, strays)
        _look_again(kit, one, _live(kit, one, back, floor).intersection(loose).difference(named), floor)
        back |= strays
    _keep(kit, one, back, floor)
    return True


def _strays(kit: Kit, one: Ruling, loose: Sequence[str], hand: Hand) -> dict[str, str]:
    """Map what the machine brought since from another situation to that one: where a person last left it, else where it was when the ruling was said."""
    then = kit.warehouse.memberships_at(one.at) if loose else {}
    homes = {report_id: hand.claims.get(report_id) or then.get(report_id, "") for report_id in loose}
    return {report_id: home for report_id, home in homes.items() if home not in ("", target(one))}


def _live(kit: Kit, one: Ruling, back: Collection[str], floor: Floor) -> set[str]:
    """List the reports of the live window, or none where it holds nothing of either side for later reports to find their place by."""
    rule = Rule()
    last = kit.warehouse.reports_by_id(list(floor.homes)[-rule.window_reports :])
    latest = max((report.at for report in last), default=one.at)
    live = {report.id for report in last if report.at > latest - timedelta(days=rule.window_days)}
    return live if live.intersection(back) and live.intersection(one.report_ids) else set()


def _look_again(kit: Kit, one: Ruling, late: Set[str], floor: Floor) -> None:
    """Let reports wait to be grouped as though they had just come; from now on, not before, they are in no situation."""
    kit.warehouse.look_again(sorted(late), _when(one))
    for report_id in late:
        floor.sizes[floor.homes.pop(report_id)] -= 1


def _filled(one: Ruling, floor: Floor) -> Ruling:
    """Add what else the situations of a merge or a lock hold by now: whoever ruled saw no report that may not be shown."""
    if one.kind not in _FILLED:
        return one
    other_ids = tuple(dict.fromkeys((*one.other_ids, *floor.of(one.other))))
    return replace(one, report_ids=tuple(dict.fromkeys((*one.report_ids, *floor.of(one.situation_id)))), other_ids=other_ids)


def _keep(kit: Kit, one: Ruling, targets: dict[str, str], floor: Floor) -> None:
    """Move reports that were looked at before, write what became of their situations, and keep the ruling."""
    moved = {report_id: home for report_id, home in targets.items() if floor.homes.get(report_id, home) != home}
    at, by = _when(one), one.undone_by if one.undone_at else one.by
    ruled = SituationEvent(situation_id=one.situation_id, at=at, kind="unruled" if one.undone_at else "ruled", detail=_words(one), other=one.other, by=by)
    history = (ruled, *_told(moved, floor, at, by))
    kit.warehouse.put_situations([Move(report_id=report_id, at=at, situation_id=home) for report_id, home in moved.items()], history)
    kit.warehouse.put_rulings([one])


def _told(moved: dict[str, str], floor: Floor, at: datetime, by: str) -> Iterator[SituationEvent]:
    """Let the floor follow the moves and tell them, two lines for each way that reports went."""
    ways: dict[tuple[str, str], list[str]] = {}
    for report_id in _in_time(moved, floor):
        ways.setdefault((floor.homes[report_id], moved[report_id]), []).append(report_id)
    for (source, goal), report_ids in ways.items():
        kind = "joined" if floor.sizes[goal] else "parted"
        floor.homes.update(dict.fromkeys(report_ids, goal))
        floor.sizes.update({source: -len(report_ids), goal: len(report_ids)})
        line = SituationEvent(situation_id=goal, at=at, kind=kind, detail=_counted(report_ids), other=source, by=by, report_ids=tuple(report_ids))
        yield line
        if source:
            yield replace(line, situation_id=source, kind="split" if floor.sizes[source] else "merged", other=goal)


def _in_time(moved: Iterable[str], floor: Floor) -> list[str]:
    asked = set(moved)
    return [report_id for report_id in floor.homes if report_id in asked] if asked else []


def _counted(report_ids: list[str]) -> str:
    return f"{len(report_ids)} report{'s' if len(report_ids) > 1 else ''}"


def _words(one: Ruling) -> str:
    return ": ".join(filter(None, (one.kind.value, one.title, one.reason)))
