"""A ruling is checked when it is said, kept once, and never contradicts one that holds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from flows.correct import Desk, Unknown
from flows.rule import Bound, NoSituation, rule, undo
from flows.settings import Settings
from flows.wiring import open_journal, open_snapshot, open_vault
from nlp.situate.group import situation_id
from store.records import Ruling, RulingKind
from tests.flows.trams import AT, HOMES, show

LATER = AT + timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(home=tmp_path / "home")
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        yield Desk(settings=settings, journal=journal, snapshot=open_snapshot(settings))


def draft(kind: RulingKind, situation: str = "A", other: str = "", parted: str = "", title: str = "") -> Ruling:
    return Ruling(
        id="", at=AT, by="Desk", kind=kind, situation_id=situation, report_ids=(), other=other, other_ids=tuple(parted.split()), title=title, reason="Seen."
    )


MERGE, SPLIT = draft(RulingKind.MERGE, "A", "B"), draft(RulingKind.SPLIT, "A", parted="a3 a2")
RENAME, LOCK, DISMISS = draft(RulingKind.RENAME, title="Trams"), draft(RulingKind.LOCK), draft(RulingKind.DISMISS)
EVERY = pytest.mark.parametrize("one", [MERGE, SPLIT, RENAME, LOCK, DISMISS], ids=lambda one: one.kind.value)


@EVERY
def test_the_same_said_twice_is_kept_once_undone_once_and_can_be_said_again(desk: Desk, one: Ruling) -> None:
    show(desk.settings)
    first, new = rule(one, desk)
    again, new_again = rule(replace(one, by="somebody else", at=LATER, reason=""), desk)
    assert (new, new_again, again) == (True, False, first)
    assert desk.journal.rulings() == (first,)
    assert (first.by, first.at, first.reason, first.id[0]) == ("Desk", AT, "Seen.", "h")
    undone = undo(first.id, desk.journal, LATER, "Night desk")
    assert undone is not None
    assert (undone.undone_at, undone.undone_by) == (LATER, "Night desk")
    assert undo(first.id, desk.journal, LATER + timedelta(hours=1), "Somebody else") == undone
    assert undo("h0", desk.journal, LATER, "Desk") is None
    second, new = rule(replace(one, at=LATER), desk)
    assert (new, second.id == first.id) == (True, False)
    assert second.other == first.other or one.kind is RulingKind.SPLIT


def test_a_ruling_holds_the_reports_that_readers_may_see_and_no_other(desk: Desk) -> None:
    show(desk.settings, {**HOMES, "secret": "A", "hidden": "B"}, red=("secret", "hidden"))
    split, merge, lock = (rule(one, desk)[0] for one in (SPLIT, draft(RulingKind.MERGE, "C", "B"), LOCK))
    assert (split.report_ids, split.other_ids) == (("a1", "a2", "a3"), ("a2", "a3"))
    assert (merge.report_ids, merge.other_ids) == (("c1",), ("b1", "b2"))
    assert (lock.report_ids, lock.other_ids) == (("a1",), ())


def test_what_is_split_off_gets_an_id_that_follows_from_the_ruling_and_is_nobodys(desk: Desk) -> None:
    show(desk.settings)
    kept, _ = rule(SPLIT, desk)
    other_words, _ = rule(draft(RulingKind.SPLIT, "B", parted="b1"), desk)
    assert (len(kept.other), kept.other[0], kept.other == other_words.other) == (16, "s", False)
    assert kept.other not in {situation_id(one) for one in HOMES} | set(HOMES.values())
    undo(kept.id, desk.journal, LATER, "Desk")
    again, _ = rule(replace(SPLIT, other_ids=("a2", "a3")), desk)
    assert again.other != kept.other


NOWHERE = [replace(LOCK, situation_id="Z"), replace(SPLIT, situation_id=""), replace(MERGE, other="Z"), replace(RENAME, situation_id="\0")]


@pytest.mark.parametrize("published", [True, False])
def test_a_situation_that_nobody_sees_is_not_there(desk: Desk, published: bool) -> None:
    if published:
        show(desk.settings, {**HOMES, "secret": "Z"}, red=("secret",))
    for one in NOWHERE:
        with pytest.raises(NoSituation) as missing:
            rule(one, desk)
        assert missing.value.field == ("other" if published and one.kind is RulingKind.MERGE else "")
    assert desk.journal.rulings() == ()


UNFIT = [
    (replace(MERGE, other="A"), "other"),
    (draft(RulingKind.SPLIT), "report_ids"),
    (draft(RulingKind.SPLIT, parted="a1 a2 a3 a1"), "report_ids"),
    (draft(RulingKind.SPLIT, parted="a1 b1"), "report_ids[1]"),
    (draft(RulingKind.SPLIT, parted="lone"), "report_ids[0]"),
    (replace(RENAME, title=""), "title"),
]


def test_what_will_not_do_is_refused_with_the_field(desk: Desk) -> None:
    show(desk.settings)
    for one, field in UNFIT:
        with pytest.raises(Unknown) as unknown:
            rule(one, desk)
        assert (unknown.value.field, bool(unknown.value.remedy)) == (field, True)
    assert desk.journal.rulings() == ()


def test_a_report_of_another_situation_is_named(desk: Desk) -> None:
    show(desk.settings)
    with pytest.raises(Unknown, match="b1 is no report of this situation"):
        rule(draft(RulingKind.SPLIT, parted="a1 b1"), desk)


def refused(one: Ruling, by: Ruling, desk: Desk) -> None:
    with pytest.raises(Bound) as bound:
        rule(one, desk)
    assert bound.value.other == by.id
    assert "undo" in str(bound.value)


def test_what_was_split_cannot_be_merged_before_the_split_is_undone(desk: Desk) -> None:
    show(desk.settings)
    split, _ = rule(SPLIT, desk)
    for one, other in (("A", split.other), (split.other, "A")):
        refused(draft(RulingKind.MERGE, one, other), split, desk)
    further, _ = rule(draft(RulingKind.MERGE, "C", split.other), desk)
    assert further.other_ids == ("a2", "a3")
    refused(draft(RulingKind.MERGE, "A", "C"), split, desk)
    undo(further.id, desk.journal, LATER, "Desk")
    undo(split.id, desk.journal, LATER, "Desk")
    assert rule(draft(RulingKind.MERGE, "A", "C"), desk)[1] is True


def test_what_was_merged_cannot_be_split_along_the_same_line_but_a_report_may_leave(desk: Desk) -> None:
    show(desk.settings)
    merge, _ = rule(MERGE, desk)
    for parted in ("b1 b2", "a1 a2 a3", "b1 b2 a1"):
        refused(draft(RulingKind.SPLIT, parted=parted), merge, desk)
    split, new = rule(draft(RulingKind.SPLIT, parted="b1"), desk)
    assert (new, split.report_ids) == (True, ("a1", "a2", "a3", "b1", "b2"))


def test_what_is_locked_is_neither_split_nor_merged_before_it_is_unlocked_but_may_be_renamed_and_dismissed(desk: Desk) -> None:
    show(desk.settings)
    lock, _ = rule(LOCK, desk)
    for one in (MERGE, SPLIT, draft(RulingKind.MERGE, "B", "A")):
        refused(one, lock, desk)
    assert rule(RENAME, desk)[1]
    assert rule(DISMISS, desk)[1]
    undo(lock.id, desk.journal, LATER, "Desk")
    assert rule(MERGE, desk)[1]


def test_a_new_title_takes_the_place_of_the_last_and_the_first_may_come_back(desk: Desk) -> None:
    show(desk.settings)
    first, _ = rule(RENAME, desk)
    second, new = rule(replace(RENAME, title="Buses", at=LATER), desk)
    third, new_again = rule(replace(RENAME, at=LATER + timedelta(hours=1)), desk)
    assert (new, new_again, len({first.id, second.id, third.id})) == (True, True, 3)


def test_rulings_see_what_rulings_before_them_will_have_done_by_the_next_run(desk: Desk) -> None:
    show(desk.settings)
    split, _ = rule(SPLIT, desk)
    rule(MERGE, desk)
    named, _ = rule(draft(RulingKind.RENAME, split.other, title="Buses"), desk)
    locked, _ = rule(LOCK, desk)
    assert (named.report_ids, locked.report_ids) == (("a2", "a3"), ("a1", "b1", "b2"))
    with pytest.raises(NoSituation, match="merged into A"):
        rule(draft(RulingKind.LOCK, "B"), desk)
