"""Corrections of the journal -> warehouse: what people put right, in the reports that were read before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from flows.kit import Kit
from nlp.names.join import right_id
from nlp.places.names import key
from store.records import Correction, Place, Subject, Toponym

BEGINNING, END = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def drain_corrections(kit: Kit) -> int:
    """Copy corrections from the journal to the warehouse and put right the reports that were read before them; returns how many were new or undone.

    A new place takes the wrong one's stead wherever the same name was taken for it. Reports that a name's or an obstacle's correction or an undone
    correction concerns are read anew. In which situations reports are is not looked at again.
    """
    known, told = {one.id: one for one in kit.warehouse.corrections()}, kit.journal.corrections()
    changed = [one for one in told if one != known.get(one.id)]
    undone = [one for one in changed if one.undone_at is not None]
    for one in undone:
        if one.id in known:
            kit.warehouse.forget_readings(_reports(kit, one, _taken_for(one, told)))
    done = [*undone, *(one for one in changed if one.undone_at is None and _apply(kit, one))]
    kit.warehouse.put_corrections(done)
    return len(done)


def _apply(kit: Kit, one: Correction) -> bool:
    """Let the warehouse follow one correction; False where it has to wait, since its place is not in the gazetteer."""
    if one.subject is Subject.OBSTACLE:
        kit.warehouse.forget_readings((one.report_id,))
        return True
    if one.subject is Subject.NAME:
        kit.warehouse.forget_readings(_reports(kit, one, {one.wrong}))
        return True
    right = kit.reader.gazetteer.by_id(one.right) if one.right else None
    if one.right and right is None:
        kit.notes.append(f"The correction {one.id} waits: its place {one.right} is not in the gazetteer.")
        return False
    readings = kit.warehouse.readings(_reports(kit, one, {one.wrong}))
    kit.warehouse.put_toponyms({reading.report_id: corrected(reading.toponyms, one, right) for reading in readings})
    # a point reckoned from the wrong place moves with it: such reports are read anew
    kit.warehouse.forget_readings([report_id for report_id in kit.warehouse.reports_measured_from(one.wrong) if one.report_id in ("", report_id)])
    return True


def corrected(toponyms: Sequence[Toponym], one: Correction, right: Place | None) -> tuple[Toponym, ...]:
    """Put `right` (None = no place at all) wherever the corrected name was taken for the wrong place, which becomes its runner-up."""
    kept: list[Toponym] = []
    for toponym in toponyms:
        if toponym.place.id != one.wrong or key(toponym.text) != key(one.text):
            kept.append(toponym)
        elif right is not None:
            kept.append(replace(toponym, place=right, probability=1.0, runner_up=toponym.place))
    return tuple(kept)


def _taken_for(undone: Correction, corrections: Sequence[Correction]) -> set[str]:
    """Say what the words of an undone correction may be taken for now: what it made of them, or what later corrections made of that."""
    found = {_meaning(undone)}
    for one in corrections:
        if (one.subject, key(one.text)) == (undone.subject, key(undone.text)) and one.wrong in found:
            found.add(_meaning(one))
    return found


def _meaning(one: Correction) -> str:
    return right_id(one) if one.subject is Subject.NAME else one.right


def _reports(kit: Kit, one: Correction, taken_for: set[str]) -> tuple[str, ...]:
    """List the reports that a correction concerns, by what its words are taken for now; where that may be nothing, all that hold its words.

    What an obstacle's correction taught concerns whatever came in later.
    """
    if one.subject is Subject.OBSTACLE:
        later = (report.id for report in kit.warehouse.reports(BEGINNING, END) if report.received_at >= one.at)
        return tuple(dict.fromkeys((one.report_id, *later)))
    if one.report_id:
        return (one.report_id,)
    if one.subject is Subject.NAME:
        return tuple({link.report_id: None for link in kit.warehouse.name_links(BEGINNING, END) if link.name_id in taken_for})
    if "" in taken_for:
        return tuple(report.id for report in kit.warehouse.reports(BEGINNING, END) if key(one.text) in key(f"{report.words} {report.place}"))
    return tuple({report_id: None for place_id in sorted(taken_for) for report_id in kit.warehouse.reports_naming(place_id)})
