"""What people ruled reaches the reports that were grouped before, can be taken back, and holds however often a run comes by."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.kit import Kit
from flows.rulings import drain_rulings
from nlp.situate.hand import Hand
from store.records import TLP, Move, Ruling, RulingKind
from tests.flows.trams import AT, told

END = datetime(2031, 12, 1, tzinfo=UTC)
HOMES = {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "b2": "B", "red": "B", "lone": ""}


def hours(count: float) -> datetime:
    return AT + timedelta(hours=count)


def fill(kit: Kit) -> None:
    """Six reports in two situations, one of them not to be shown, and one in none; one more was not looked at yet."""
    kit.warehouse.add_reports([told(one, number, TLP.RED if one == "red" else TLP.AMBER) for number, one in enumerate([*HOMES, "unseen"])], 1)
    kit.warehouse.put_situations([Move(report_id=one, at=AT, situation_id=home) for one, home in HOMES.items()], [])


def ruled(kind: RulingKind, reports: str, other: str = "", others: str = "", *, id_: str = "h1", at: float = 48) -> Ruling:
    ids = {"report_ids": tuple(reports.split()), "other_ids": tuple(others.split())}
    return Ruling(id=id_, at=hours(at), by="Desk", kind=kind, situation_id="A", other=other, reason="Seen.", title="", **ids)  # type: ignore[arg-type]


MERGE = ruled(RulingKind.MERGE, "a1 a2 a3", "B", "b1 b2")
SPLIT = ruled(RulingKind.SPLIT, "a1 a2 a3", "P", "a2 a3")


def homes(kit: Kit) -> dict[str, str]:
    return kit.warehouse.memberships(AT - timedelta(days=1), END)


def lines(kit: Kit, situation: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(line.kind, line.other, line.by, line.report_ids) for line in kit.warehouse.history(situation)]


def put(kit: Kit, *rulings: Ruling) -> int:
    for one in rulings:
        kit.journal.put_ruling(one)
    return drain_rulings(kit)


def undo(kit: Kit, id_: str, at: float = 60) -> int:
    kit.journal.undo_ruling(id_, hours(at), "Night desk")
    return drain_rulings(kit)


def test_a_merge_moves_all_that_the_other_situation_holds_also_what_is_not_shown(kit: Kit) -> None:
    fill(kit)
    assert put(kit, MERGE) == 1
    assert homes(kit) == {**HOMES, "b1": "A", "b2": "A", "red": "A"}
    (kept,) = kit.warehouse.rulings()
    assert kept == replace(MERGE, other_ids=("b1", "b2", "red"))
    assert Hand.of([kept]).pin("red") == "A"
    assert kit.journal.rulings() == (MERGE,)
    assert lines(kit, "A") == [("ruled", "B", "Desk", ()), ("joined", "B", "Desk", ("b1", "b2", "red"))]
    assert lines(kit, "B") == [("merged", "A", "Desk", ("b1", "b2", "red"))]
    assert [line.detail for line in kit.warehouse.history("A")] == ["merge: Seen.", "3 reports"]


def test_every_state_before_and_after_a_ruling_can_be_told(kit: Kit) -> None:
    fill(kit)
    put(kit, MERGE)
    undo(kit, "h1")
    assert [kit.warehouse.memberships_at(hours(moment))["red"] for moment in (47, 48, 59, 60)] == ["B", "A", "A", "B"]


def test_a_split_moves_its_part_and_nothing_else(kit: Kit) -> None:
    fill(kit)
    assert put(kit, SPLIT) == 1
    assert homes(kit) == {**HOMES, "a2": "P", "a3": "P"}
    assert kit.warehouse.rulings() == (SPLIT,)
    assert lines(kit, "A") == [("ruled", "P", "Desk", ()), ("split", "P", "Desk", ("a2", "a3"))]
    assert lines(kit, "P") == [("parted", "A", "Desk", ("a2", "a3"))]


@pytest.mark.parametrize("kind", [RulingKind.RENAME, RulingKind.LOCK, RulingKind.DISMISS])
def test_what_is_said_of_a_situation_as_a_whole_moves_nothing_and_a_lock_binds_all_it_holds(kit: Kit, kind: RulingKind) -> None:
    fill(kit)
    assert put(kit, ruled(kind, "a1 a2")) == 1
    assert homes(kit) == HOMES
    assert lines(kit, "A") == [("ruled", "", "Desk", ())]
    assert kit.warehouse.rulings()[0].report_ids == (("a1", "a2", "a3") if kind is RulingKind.LOCK else ("a1", "a2"))
    assert undo(kit, "h1") == 1
    assert homes(kit) == HOMES
    assert lines(kit, "A") == [("ruled", "", "Desk", ()), ("unruled", "", "Night desk", ())]


@pytest.mark.parametrize("one", [MERGE, SPLIT], ids=lambda one: one.kind.value)
def test_undoing_moves_back_what_was_moved_and_tells_who_did(kit: Kit, one: Ruling) -> None:
    fill(kit)
    put(kit, one)
    assert undo(kit, "h1") == 1
    assert homes(kit) == HOMES
    assert [(line.kind, line.by) for line in kit.warehouse.history("A")][2:] == [
        ("unruled", "Night desk"),
        ("split" if one.kind is RulingKind.MERGE else "joined", "Night desk"),
    ]
    assert kit.warehouse.rulings()[0].undone_at == hours(60)
    assert Hand.of(kit.warehouse.rulings()).pins == {}


@pytest.mark.parametrize("one", [MERGE, SPLIT], ids=lambda one: one.kind.value)
def test_draining_again_changes_nothing(kit: Kit, one: Ruling) -> None:
    fill(kit)
    put(kit, one)
    after, history = homes(kit), lines(kit, "A")
    assert drain_rulings(kit) == 0
    assert (homes(kit), lines(kit, "A")) == (after, history)
    undo(kit, "h1")
    kit.journal.undo_ruling("h1", hours(70), "Desk")
    assert drain_rulings(kit) == 0


def test_a_run_that_was_cut_off_half_way_is_done_again_without_a_second_line(kit: Kit) -> None:
    fill(kit)
    put(kit, MERGE)
    before = lines(kit, "A"), lines(kit, "B"), homes(kit)
    with kit.warehouse.exclusive() as connection:
        connection.execute("DELETE FROM rulings")
    assert drain_rulings(kit) == 1
    assert (lines(kit, "A"), lines(kit, "B"), homes(kit)) == before


def test_undoing_leaves_what_has_moved_on_and_lets_what_the_machine_added_find_its_place_anew(kit: Kit) -> None:
    fill(kit)
    put(kit, SPLIT)
    since = {"a2": "C", "lone": "P", "b1": "P"}
    kit.warehouse.put_situations([Move(report_id=one, at=hours(50), situation_id=home) for one, home in since.items()], [])
    undo(kit, "h1")
    assert homes(kit) == {one: home for one, home in {**HOMES, "a2": "C"}.items() if one != "lone"}
    assert [kit.warehouse.memberships_at(hours(moment))["lone"] for moment in (49, 59, 60)] == ["", "P", ""]
    kit.warehouse.put_situations([Move(report_id="lone", at=AT, situation_id="A")], [])
    assert [kit.warehouse.memberships_at(hours(moment))["lone"] for moment in (49, 59, 60)] == ["", "P", "A"]
    assert [line.kind for line in kit.warehouse.history("P")] == ["parted", "split", "merged"]


def test_undoing_gives_reports_to_the_ruling_that_holds_them_else(kit: Kit) -> None:
    fill(kit)
    merge = replace(MERGE, id="h2", at=hours(49), situation_id="C", other="P", report_ids=("b1",), other_ids=("a2", "a3"))
    put(kit, SPLIT, merge)
    assert homes(kit) == {**HOMES, "b1": "C", "a2": "C", "a3": "C"}
    undo(kit, "h1")
    assert (homes(kit)["a2"], homes(kit)["b1"]) == ("C", "C")
    undo(kit, "h2", 61)
    assert homes(kit) == {**HOMES, "b1": "C"}


def test_two_rulings_in_a_row_that_are_undone_in_the_order_they_were_said_leave_no_trace(kit: Kit) -> None:
    fill(kit)
    kit.warehouse.put_situations([Move(report_id="lone", at=AT, situation_id="C")], [])
    put(kit, MERGE, replace(MERGE, id="h2", at=hours(49), situation_id="C", other="A", report_ids=("lone",), other_ids=("a1", "a2", "a3", "b1", "b2")))
    assert set(homes(kit).values()) == {"C"}
    undo(kit, "h1")
    assert set(homes(kit).values()) == {"C"}
    undo(kit, "h2", 61)
    assert homes(kit) == {**HOMES, "lone": "C"}


def test_the_first_of_two_merges_can_be_undone_by_itself(kit: Kit) -> None:
    fill(kit)
    kit.warehouse.put_situations([Move(report_id="lone", at=AT, situation_id="C")], [])
    put(kit, MERGE, ruled(RulingKind.MERGE, "a1 a2 a3 b1 b2", "C", "lone", id_="h2", at=49))
    assert set(homes(kit).values()) == {"A"}
    undo(kit, "h1")
    assert homes(kit) == {**HOMES, "lone": "A"}


def test_what_was_undone_before_it_was_ever_drained_moves_nothing(kit: Kit) -> None:
    fill(kit)
    kit.journal.put_ruling(MERGE)
    assert undo(kit, "h1") == 1
    assert (homes(kit), kit.warehouse.history("A")) == (HOMES, ())


def test_a_ruling_waits_for_its_reports_and_says_so(kit: Kit) -> None:
    assert put(kit, MERGE) == 0
    assert (kit.warehouse.rulings(), "h1" in kit.notes[0]) == ((), True)
    fill(kit)
    assert drain_rulings(kit) == 1
    assert homes(kit)["red"] == "A"


def test_a_report_that_was_not_looked_at_yet_is_left_for_the_hand_to_place(kit: Kit) -> None:
    fill(kit)
    put(kit, replace(SPLIT, other_ids=("a3", "unseen"), report_ids=(*SPLIT.report_ids, "unseen")))
    assert "unseen" not in homes(kit)
    assert Hand.of(kit.warehouse.rulings()).pin("unseen") == "P"
