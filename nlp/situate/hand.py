"""Ruling* -> Hand: what people decided about situations, as grouping asks for it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from store.records import Ruling, RulingKind

_MOVING = frozenset({RulingKind.MERGE, RulingKind.SPLIT})
_BINDING = _MOVING | {RulingKind.LOCK}
_MARKING = frozenset({RulingKind.RENAME, RulingKind.DISMISS, RulingKind.LOCK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What of people's rulings holds; made by `Hand.of`, empty by default.

    `pins` gives the situation in which a report has to be, `rifts` the ruling that keeps two pins apart, `locks` the ruling that locks a pin.
    `marks` gives the rulings about a whole situation that concern a report, `spans` how many reports such a ruling concerns and the earliest by id.
    `claims` gives the situation in which a ruling, or the undoing of one, last left a report: it binds nothing, but keeps the id with its reports.
    """

    pins: Mapping[str, str] = field(default_factory=dict)
    rifts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    locks: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict)
    spans: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rulings: Sequence[Ruling]) -> "Hand":
        """Take rulings in any order, undone ones too; of those that hold, the later one about a report wins, at one time the one with the greater id.

        A report that was merged or split away is no longer meant by what was said of its old situation before.
        """
        held = _held(rulings)
        pins: dict[str, str] = {}
        marks: dict[str, tuple[Ruling, ...]] = {}
        for one in held:
            pins.update(_block(one))
            for report_id in one.other_ids:
                marks.pop(report_id, None)
            if one.kind in _MARKING:
                marks.update({report_id: (*marks.get(report_id, ()), one) for report_id in one.report_ids})
        return cls(pins=pins, rifts=_rifts(held, pins), locks=_locks(held, pins), marks=marks, spans=_spans(marks), claims=_claims(rulings) | pins)

    def pin(self, report_id: str) -> str:
        """Return the id of the situation in which a report has to be, "" where nobody ruled."""
        return self.pins.get(report_id, "")

    def claimed(self, report_ids: Iterable[str], situation_id: str) -> int:
        """Count the reports that a person last left in this situation."""
        return sum(self.claims.get(report_id) == situation_id for report_id in report_ids) if self.claims else 0

    def apart(self, one: Collection[str], other: Collection[str]) -> bool:
        """Say whether two situations that hold reports with these pins must not be merged: a person split or locked them."""
        return bool(self.against(one, other))

    def against(self, one: Collection[str], other: Collection[str]) -> str:
        """Name the ruling that keeps two situations with these pins apart, "" where none does. What has the same locked pin is one situation."""
        if not (self.locks or self.rifts):
            return ""
        locks = (self.locks[pin] for pin in sorted(set(one) ^ set(other)) if pin in self.locks)
        rifts = (self.rifts[pair] for pair in product(sorted(one), sorted(other)) if pair in self.rifts)
        return next(locks, "") or next(rifts, "")

    def locked(self, pins: Collection[str]) -> bool:
        """Say whether a situation that holds reports with these pins is locked."""
        return any(pin in self.locks for pin in pins)

    def title(self, report_ids: Collection[str]) -> str:
        """Return the title that a person gave the situation of these reports, "" for none."""
        found = self.holding(RulingKind.RENAME, report_ids)
        return found.title if found else ""

    def dismissed(self, report_ids: Collection[str]) -> bool:
        """Say whether a person dismissed the situation of these reports."""
        return self.holding(RulingKind.DISMISS, report_ids) is not None

    def is_locked(self, report_ids: Collection[str]) -> bool:
        """Say whether a person locked the situation of these reports."""
        return self.holding(RulingKind.LOCK, report_ids) is not None

    def holding(self, kind: RulingKind, report_ids: Collection[str]) -> Ruling | None:
        """Find the last ruling of this kind (RENAME, DISMISS, LOCK) most of whose reports are among these; of two halves that with the earliest id has it."""
        if not self.marks:
            return None
        ids = set(report_ids)
        found = {one.id: one for report_id in ids for one in self.marks.get(report_id, ()) if one.kind is kind}
        here = Counter(one.id for report_id in ids for one in self.marks.get(report_id, ()))
        return max((one for one in found.values() if self._mostly(one, here[one.id], ids)), key=lambda one: (one.at, one.id), default=None)

    def _mostly(self, one: Ruling, here: int, ids: Collection[str]) -> bool:
        count, earliest = self.spans[one.id]
        return 2 * here > count or (2 * here == count and earliest in ids)


def before(one: Ruling, rulings: Iterable[Ruling]) -> dict[str, str]:
    """Map the reports that a ruling moved to where each would have been without it, and without what was undone since it was said."""
    homes = dict.fromkeys(one.other_ids, one.situation_id if one.kind is RulingKind.SPLIT else one.other)
    for u in reversed(_undone(rulings)):
        if (u.at, u.id) < (one.at, one.id) and u.undone_at and one.at < u.undone_at:
            back = u.situation_id if u.kind is RulingKind.SPLIT else u.other
            homes.update({report_id: back for report_id in u.other_ids if homes.get(report_id) == target(u)})
    return homes


def target(one: Ruling) -> str:
    """Return the situation into which a merge or a split moves reports."""
    return one.other if one.kind is RulingKind.SPLIT else one.situation_id


def _undone(rulings: Iterable[Ruling]) -> list[Ruling]:
    return sorted((one for one in rulings if one.undone_at is not None and one.kind in _MOVING), key=lambda one: (one.at, one.id))


def _held(rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
    undone = _undone(rulings)
    return tuple(_without(one, undone) for one in sorted(rulings, key=lambda one: (one.at, one.id)) if one.undone_at is None)


def _claims(rulings: Sequence[Ruling]) -> dict[str, str]:
    """Map reports to where rulings and their undoing left them, the last word of each ruling in order of time."""
    undone, claims = _undone(rulings), dict[str, str]()
    for one in sorted(rulings, key=lambda one: (one.undone_at or one.at, one.id)):
        claims.update(dict.fromkeys(_without(one, undone).report_ids, one.situation_id))
        claims.update(before(one, undone) if one.undone_at else dict.fromkeys(one.other_ids, target(one)))
    return claims


def _without(one: Ruling, undone: Sequence[Ruling]) -> Ruling:
    """Leave out the reports that were in a ruling's situation only because another had brought them there, which was undone since."""
    gone = {report_id for u in undone if u.undone_at and u.at <= one.at < u.undone_at and one.situation_id == target(u) for report_id in u.other_ids}
    return replace(one, report_ids=tuple(report_id for report_id in one.report_ids if report_id not in gone)) if gone else one


def _block(one: Ruling) -> dict[str, str]:
    """Map the reports that a ruling binds to the situation in which they have to be."""
    if one.kind not in _BINDING:
        return {}
    return {**dict.fromkeys(one.report_ids, one.situation_id), **dict.fromkeys(one.other_ids, target(one))}


def _rifts(held: Sequence[Ruling], pins: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Find the pins that splits keep apart: those their two parts have now, whatever became of each part since."""
    found: dict[tuple[str, str], str] = {}
    for one in held:
        if one.kind is RulingKind.SPLIT:
            left = {pins[report_id] for report_id in one.other_ids}
            kept = {pins[report_id] for report_id in set(one.report_ids).difference(one.other_ids)}
            for pair in product(left, kept):
                found[pair] = found[pair[::-1]] = one.id
    return {pair: id_ for pair, id_ in found.items() if pair[0] != pair[1]}


def _locks(held: Sequence[Ruling], pins: Mapping[str, str]) -> dict[str, str]:
    locks = [one for one in held if one.kind is RulingKind.LOCK]
    return {one.situation_id: one.id for one in locks if any(pins[report_id] == one.situation_id for report_id in one.report_ids)}


def _spans(marks: Mapping[str, tuple[Ruling, ...]]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for report_id in sorted(marks, reverse=True):
        for one in marks[report_id]:
            found[one.id] = found.get(one.id, (0, ""))[0] + 1, report_id
    return found
