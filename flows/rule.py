"""Ruling -> journal: what a person decides about a situation, checked when it is said."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.correct import Desk, Unknown
from nlp.situate.hand import Hand
from store.errors import HivecastError
from store.journal import Journal
from store.plain import canonical
from store.records import Ruling, RulingKind

_MOVING = (RulingKind.MERGE, RulingKind.SPLIT)
LONGEST = {"title": 200, "reason": 1000}


class NoSituation(HivecastError):
    """A ruling is about a situation that is not there; `field` says where it was named, `into` what another ruling merged it into."""

    def __init__(self, id_: str, field: str, into: str = "") -> None:
        self.field = field
        self.reason = f"this situation was merged into {into}" if into else "there is no situation with this id"
        remedy = f"rule about {into}, or undo that ruling first" if into else "find one with `hivecast situations list`"
        super().__init__(f"{id_ or 'an empty id'}: {self.reason}; {remedy}")


class Stranger(Unknown):
    """A report that is to be split off is in another situation, or in none; the message names it, `field` only its place."""

    def __init__(self, report_id: str, number: int) -> None:
        super().__init__(f"report_ids[{number}]", "is no report of this situation", "take the ids from the situation's own reports")
        self.args = (f"{report_id} {self.reason}; {self.remedy}",)


class Bound(HivecastError):
    """A ruling contradicts one that holds; `other` is that one's id."""

    def __init__(self, other: str) -> None:
        super().__init__(f"the ruling {other} says otherwise of the same reports; undo that one first")
        self.other = other


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What was ruled before: every ruling, those that hold, and what they come to."""

    every: tuple[Ruling, ...]
    standing: tuple[Ruling, ...]
    hand: Hand


def rule(draft: Ruling, desk: Desk) -> tuple[Ruling, bool]:
    """Keep a ruling and say whether it is new; the next run moves what has to be moved.

    A draft names the situation; MERGE also `other`, SPLIT the `other_ids` to part, RENAME the `title`. The id, the reports that the situations hold and
    the id of what is split off are given here. The same again changes nothing and gives back the one that holds. Raises NoSituation, Unknown for
    reports or words that will not do, Bound where another ruling that holds says otherwise.
    """
    _worded(draft)
    held = _held(desk.journal)
    same = next((one for one in held.standing if one.kind in _MOVING and _said(one) == _said(draft)), None)
    if same is not None:
        return same, False
    whole = _checked(draft, desk, held)
    same = None if draft.kind in _MOVING else held.hand.holding(draft.kind, whole.report_ids)
    if same is not None and same.title == whole.title:
        return next(one for one in held.standing if one.id == same.id), False
    if against := _against(whole, held):
        raise Bound(against)
    ruling = _named(whole, sum(_said(one) == _said(whole) for one in held.every))
    desk.journal.put_ruling(ruling)
    return ruling, True


def undo(id_: str, journal: Journal, at: datetime, by: str) -> Ruling | None:
    """Take a ruling back, once; None where there is none of this id. Un-locking and bringing back what was dismissed are this too."""
    journal.undo_ruling(id_, at, by)
    return next((one for one in journal.rulings() if one.id == id_), None)


def _held(journal: Journal) -> Held:
    every = journal.rulings()
    return Held(every=every, standing=tuple(one for one in every if one.undone_at is None), hand=Hand.of(every))


def _said(one: Ruling) -> tuple[str, ...]:
    """Reduce a ruling to the words of whoever ruled."""
    named = {RulingKind.MERGE: (one.other,), RulingKind.SPLIT: tuple(sorted(set(one.other_ids))), RulingKind.RENAME: (one.title,)}
    return one.kind.value, one.situation_id, *named.get(one.kind, ())


def _named(whole: Ruling, earlier: int) -> Ruling:
    """Name a ruling after what it says and how often that was said before, so that two who say it at once make one; and what it splits off after both."""
    said = canonical([*_said(whole), earlier])
    apart = "s" + hashlib.sha256(f"split\0{said}".encode()).hexdigest()[:15]
    return replace(whole, id="h" + hashlib.sha256(said.encode()).hexdigest()[:15], other=apart if whole.kind is RulingKind.SPLIT else whole.other)


def _checked(draft: Ruling, desk: Desk, held: Held) -> Ruling:
    """Fill in the reports of the situations, or raise what is wrong."""
    members = _members(draft.situation_id, "", desk, held)
    if draft.kind is RulingKind.MERGE:
        if draft.other == draft.situation_id:
            raise Unknown("other", "is the situation itself", "name another one")
        return replace(draft, report_ids=members, other_ids=_members(draft.other, "other", desk, held))
    if draft.kind is RulingKind.SPLIT:
        return replace(draft, report_ids=members, other_ids=_parted(draft.other_ids, members))
    if draft.kind is RulingKind.RENAME and not draft.title:
        raise Unknown("title", "holds no word", "say what the situation is about")
    return replace(draft, report_ids=members)


def _worded(draft: Ruling) -> None:
    """Raise Unknown for words that are too long, or that would act on a terminal."""
    for field, most in LONGEST.items():
        check_words(field, getattr(draft, field), most)


def check_words(field: str, words: str, most: int) -> None:
    """Raise Unknown where words have more than `most` characters, or hold one that would act on a terminal."""
    if len(words) > most:
        raise Unknown(field, f"has {len(words):,} characters, more than {most:,}", "say it in fewer")
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\n\r" for letter in words):
        raise Unknown(field, "holds a control character", "leave it out")


def _members(situation_id: str, field: str, desk: Desk, held: Held) -> tuple[str, ...]:
    """List the reports of a situation that readers may see, as they will stand once every ruling so far was followed."""
    shown = desk.snapshot.query(_SHOWN, (situation_id,))[1] if desk.snapshot.published_at() is not None else []
    found = {str(report_id) for (report_id,) in shown if held.hand.pin(str(report_id)) in ("", situation_id)}
    found.update(report_id for report_id, pin in held.hand.pins.items() if pin == situation_id)
    if not found:
        into = next((one.situation_id for one in held.standing if one.kind is RulingKind.MERGE and one.other == situation_id), "")
        raise NoSituation(situation_id, field, into)
    return tuple(sorted(found))


_SHOWN = "SELECT report_id FROM situation_reports WHERE situation_id = ?"


def _parted(report_ids: Sequence[str], members: Sequence[str]) -> tuple[str, ...]:
    """Return the reports to be split off, each once and in order; Unknown where one is of another situation, or they are none or all."""
    here, parted = set(members), tuple(sorted(set(report_ids)))
    for number, one in enumerate(report_ids):
        if one not in here:
            raise Stranger(one, number)
    if not parted:
        raise Unknown("report_ids", "names no report", "name at least one report to be split off")
    if len(parted) == len(here):
        raise Unknown("report_ids", "names every report of the situation", "leave at least one where it is")
    return parted


def _against(whole: Ruling, held: Held) -> str:
    """Name a ruling that holds and is contradicted; "" for none."""
    if whole.kind is RulingKind.MERGE:
        one, other = ({held.hand.pin(report_id) for report_id in ids} - {""} for ids in (whole.report_ids, whole.other_ids))
        return held.hand.against(one, other)
    if whole.kind is RulingKind.SPLIT:
        lock = held.hand.holding(RulingKind.LOCK, whole.report_ids)
        return lock.id if lock else next((one.id for one in reversed(held.standing) if one.kind is RulingKind.MERGE and _torn(one, whole)), "")
    return ""


def _torn(merge: Ruling, split: Ruling) -> bool:
    """Say whether a split would put back apart what was merged: most of the one half here, most of the other there. A report or two may still leave."""
    here, parted = set(split.report_ids), set(split.other_ids)
    halves = [here.intersection(ids) for ids in (merge.report_ids, merge.other_ids)]
    return all(halves) and len({2 * len(half & parted) > len(half) for half in halves}) == 2
