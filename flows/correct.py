"""Correction -> journal: what a person puts right, checked when it is said."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from flows.places import place_by_id
from flows.settings import Settings
from nlp.obstacle_corrections import named, written
from nlp.places.names import key
from store.errors import HivecastError
from store.journal import Journal
from store.plain import canonical
from store.records import Correction, Subject
from store.snapshot import Snapshot

_READ_SO_FAR = {Subject.PLACE: "SELECT 1 FROM places WHERE id = ?", Subject.NAME: "SELECT 1 FROM names WHERE name_id = ? LIMIT 1"}


class Unknown(HivecastError):
    """A correction names something that is not there; `field` says where."""

    def __init__(self, field: str, reason: str, remedy: str) -> None:
        super().__init__(f"{field}: {reason}; {remedy}")
        self.field, self.reason, self.remedy = field, reason, remedy


class Clash(HivecastError):
    """A correction says something else than one that holds already; `other` is that one's id."""

    def __init__(self, other: str) -> None:
        super().__init__(f"the correction {other} says otherwise of the same words; undo that one first")
        self.other = other


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where corrections are kept and looked up."""

    settings: Settings
    journal: Journal
    snapshot: Snapshot


def correct(draft: Correction, desk: Desk) -> tuple[Correction, bool]:
    """Keep a correction (its id is given here) and say whether it is new; the next run puts right what was read before it.

    The same again changes nothing and gives back the one that holds. Raises Unknown for an id that nothing has, Clash where another correction that
    holds says otherwise of the same words, or of the same report's obstacles.
    """
    draft = _obstacles(draft, desk) if draft.subject is Subject.OBSTACLE else draft
    earlier = [one for one in desk.journal.corrections() if _about(one) == _about(draft)]
    same = next((one for one in earlier if one.undone_at is None and (one.wrong, one.right) == (draft.wrong, draft.right)), None)
    if same is not None:
        return same, False
    _check(draft, desk)
    other = next((one for one in earlier if one.undone_at is None and (one.wrong == draft.wrong or (one.right, one.wrong) == (draft.wrong, draft.right))), None)
    if other is not None:
        raise Clash(other.id)
    correction = replace(draft, id=_id(draft, len(earlier)))
    desk.journal.put_correction(correction)
    return correction, True


def undo(id_: str, journal: Journal, at: datetime) -> Correction | None:
    """Take a correction back, once; None where there is none of this id."""
    journal.undo_correction(id_, at)
    return next((one for one in journal.corrections() if one.id == id_), None)


def _about(one: Correction) -> tuple[Subject, str, str]:
    return one.subject, key(one.text), one.report_id


def _id(draft: Correction, earlier: int) -> str:
    """Name a correction after what it says and how often that was said before, so that two who say it at once make one."""
    said = canonical([*map(str, _about(draft)), draft.wrong, draft.right, earlier])
    return "c" + hashlib.sha256(said.encode()).hexdigest()[:15]


def _obstacles(draft: Correction, desk: Desk) -> Correction:
    """Check what a report is said to name, and write it in one way."""
    if draft.text or draft.wrong:
        raise Unknown("text" if draft.text else "wrong", "has no meaning for an obstacle", "leave it empty; `report_id` says what is put right")
    if desk.journal.find(draft.report_id) is None:
        raise Unknown("report_id", "there is no report with this id", "take the id from a receipt or from the readers' copy")
    try:
        return replace(draft, right=written(named(draft.right)))
    except ValueError as problem:
        raise Unknown("right", str(problem), "write it like `legal,funding:lifted`, or `none`") from None


def _check(draft: Correction, desk: Desk) -> None:
    if draft.subject is Subject.OBSTACLE:
        return
    if not key(draft.text):
        raise Unknown("text", "holds no letter or number", "give the name as it is written")
    if draft.wrong == draft.right:
        raise Unknown("right", "is the same as wrong", "name what it is instead")
    is_place = draft.subject is Subject.PLACE
    unknown = [] if _read(draft.subject, draft.wrong, desk) or (is_place and _in_gazetteer(draft.wrong, desk)) else ["wrong"]
    if draft.right and not (_in_gazetteer(draft.right, desk) if is_place else _read(draft.subject, draft.right, desk)):
        unknown.append("right")
    if unknown:
        raise Unknown(unknown[0], f"there is no {draft.subject.value} with this id", f"find one with `hivecast {draft.subject.value}s find`")
    if draft.report_id and desk.journal.find(draft.report_id) is None:
        raise Unknown("report_id", "there is no report with this id", "take the id from a receipt or from the readers' copy")


def _in_gazetteer(id_: str, desk: Desk) -> bool:
    return place_by_id(id_, desk.settings) is not None


def _read(subject: Subject, id_: str, desk: Desk) -> bool:
    """Say whether some report that was read is held to name this."""
    return desk.snapshot.published_at() is not None and bool(desk.snapshot.query(_READ_SO_FAR[subject], (id_,))[1])
