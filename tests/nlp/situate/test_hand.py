"""What people ruled is asked of the hand: where a report has to be, what stays apart, what a situation is called."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.hand import Hand
from store.records import Ruling, RulingKind

NOON = datetime(2031, 4, 1, 12, tzinfo=UTC)
NOBODY = Hand()


def ruled(kind: RulingKind, situation: str, reports: str, other: str = "", others: str = "", *, at: int = 0, title: str = "") -> Ruling:
    """A ruling at `at` hours; each letter of `reports` and `others` is a report."""
    ids, when = tuple(reports), NOON + timedelta(hours=at)
    id_ = f"h{at:03}{kind.value}{situation}{other}{reports}{others}{title}"
    return Ruling(id=id_, at=when, by="Desk", kind=kind, situation_id=situation, report_ids=ids, other=other, other_ids=tuple(others), title=title)


def merged(at: int = 0) -> Ruling:
    return ruled(RulingKind.MERGE, "A", "abc", "B", "xy", at=at)


def parted(at: int = 0) -> Ruling:
    return ruled(RulingKind.SPLIT, "A", "abcxy", "P", "xy", at=at)


def undone(one: Ruling, at: int) -> Ruling:
    return replace(one, undone_at=NOON + timedelta(hours=at))


def pins(hand: Hand, reports: str) -> str:
    return "".join(hand.pin(one) or "-" for one in reports)


def test_nobody_ruling_binds_nothing() -> None:
    assert Hand.of(()) == NOBODY
    assert (NOBODY.pin("a"), NOBODY.apart({"A"}, {"B"}), NOBODY.locked({"A"})) == ("", False, False)
    assert (NOBODY.title("abc"), NOBODY.dismissed("abc"), NOBODY.is_locked("abc")) == ("", False, False)


def test_what_was_merged_is_one_block_under_the_first_id() -> None:
    hand = Hand.of([merged()])
    assert pins(hand, "abcxyz") == "AAAAA-"
    assert hand.apart({"A"}, {"B"}) is False
    assert hand.locked({"A"}) is False


def test_what_was_split_is_two_blocks_that_stay_apart() -> None:
    hand = Hand.of([parted()])
    assert pins(hand, "abcxyz") == "AAAPP-"
    assert hand.apart({"A"}, {"P"})
    assert hand.apart({"P", "C"}, {"A"})
    assert not hand.apart({"A"}, {"C"})
    assert not hand.apart({"P"}, set())
    assert hand.against({"A"}, {"P"}) == parted().id


def test_what_is_locked_is_apart_from_everything_but_itself() -> None:
    lock = ruled(RulingKind.LOCK, "A", "abc")
    hand = Hand.of([lock])
    assert (pins(hand, "abcx"), hand.locked({"A", "C"}), hand.locked({"C"})) == ("AAA-", True, False)
    assert hand.apart({"A"}, {"C"})
    assert hand.apart(set(), {"A"})
    assert not hand.apart({"A"}, {"A"})
    assert hand.against({"C"}, {"A"}) == lock.id
    assert hand.is_locked("abc")
    assert not hand.is_locked("xyz")


def test_a_title_follows_most_of_its_reports_and_the_last_one_given_holds() -> None:
    first, second = ruled(RulingKind.RENAME, "A", "abc", title="Strike", at=1), ruled(RulingKind.RENAME, "A", "abcd", title="Port strike", at=2)
    hand = Hand.of([second, first])
    assert pins(hand, "abc") == "---"
    assert [hand.title(one) for one in ("abcdxyz", "bcd", "abz", "d", "")] == ["Port strike", "Port strike", "Port strike", "", ""]
    assert Hand.of([first, undone(second, 3)]).title("abcd") == "Strike"


def test_of_two_halves_that_with_the_earliest_report_keeps_the_title() -> None:
    hand = Hand.of([ruled(RulingKind.RENAME, "A", "dbca", title="Strike")])
    assert (hand.title(["c", "a"]), hand.title(["b", "d"])) == ("Strike", "")


def test_what_is_dismissed_binds_no_report_and_follows_most_of_them() -> None:
    hand = Hand.of([ruled(RulingKind.DISMISS, "A", "abc")])
    assert (pins(hand, "abc"), hand.dismissed("abz"), hand.dismissed("cz"), hand.locked({"A"})) == ("---", True, False, False)
    assert hand.title("abc") == ""


def test_what_is_merged_or_split_away_leaves_behind_what_was_said_of_its_old_situation() -> None:
    named, hidden = ruled(RulingKind.RENAME, "B", "xy", title="Film"), ruled(RulingKind.DISMISS, "B", "xy")
    after = Hand.of([named, hidden, merged(at=1)])
    assert (after.title("abcxy"), after.dismissed("abcxy")) == ("", False)
    whole = ruled(RulingKind.RENAME, "A", "axy", title="Strike")
    apart = Hand.of([whole, ruled(RulingKind.SPLIT, "A", "axy", "P", "xy", at=1)])
    assert (apart.title("a"), apart.title("xy")) == ("Strike", "")
    later = Hand.of([merged(at=1), ruled(RulingKind.RENAME, "A", "abcxy", title="Both", at=2)])
    assert later.title("abcxy") == "Both"


def test_a_later_ruling_about_a_report_wins_and_both_parts_stay_apart_wherever_they_go() -> None:
    on = ruled(RulingKind.MERGE, "T", "t", "P", "xy", at=1)
    hand = Hand.of([parted(), on])
    assert pins(hand, "abcxyt") == "AAATTT"
    assert hand.apart({"T"}, {"A"})
    assert not hand.apart({"P"}, {"A"})
    back = Hand.of([parted(), merged(at=1)])
    assert (pins(back, "abcxy"), back.apart({"A"}, {"P"})) == ("AAAAA", False)


def test_a_lock_none_of_whose_reports_are_there_any_more_is_none() -> None:
    hand = Hand.of([ruled(RulingKind.LOCK, "B", "xy"), merged(at=1)])
    assert (hand.locked({"B"}), hand.is_locked("xy"), pins(hand, "xy")) == (False, False, "AA")


def test_undoing_a_merge_frees_its_reports_from_what_was_said_of_the_whole_meanwhile() -> None:
    more, title = ruled(RulingKind.MERGE, "A", "abcxy", "C", "t", at=2), ruled(RulingKind.RENAME, "A", "abcxy", title="All", at=2)
    held, freed = Hand.of([merged(1), more, title]), Hand.of([undone(merged(1), 3), more, title])
    assert (pins(held, "abcxyt"), pins(freed, "abcxyt")) == ("AAAAAA", "AAA--A")
    assert (freed.title("abc"), freed.title("xy")) == ("All", "")


def test_undoing_a_split_frees_its_part_unless_it_went_on_by_another_ruling() -> None:
    lock, on = ruled(RulingKind.LOCK, "P", "xy", at=2), ruled(RulingKind.MERGE, "T", "t", "P", "xy", at=2)
    assert pins(Hand.of([undone(parted(1), 3), lock]), "abcxy") == "-----"
    assert pins(Hand.of([undone(parted(1), 3), on]), "abcxyt") == "---TTT"
    assert pins(Hand.of([undone(parted(1), 2), replace(lock, at=NOON + timedelta(hours=2))]), "xy") == "PP"


KINDS = st.sampled_from(list(RulingKind))
REPORTS = st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=6, unique=True)


@st.composite
def drawn(draw: st.DrawFn, earliest: int = 0, latest: int = 3) -> Ruling:
    kind, reports = draw(KINDS), "".join(draw(REPORTS))
    others = {RulingKind.MERGE: "".join(draw(REPORTS)), RulingKind.SPLIT: reports[: len(reports) // 2]}.get(kind, "")
    situation, other = draw(st.sampled_from("ABC")), draw(st.sampled_from("XYZ")) if others else ""
    title = draw(st.sampled_from(["one", "two"])) if kind is RulingKind.RENAME else ""
    return ruled(kind, situation, reports, other, others, at=draw(st.integers(earliest, latest)), title=title)


RULINGS = st.lists(drawn(), max_size=7, unique_by=lambda one: one.id)


def asked(hand: Hand) -> tuple[object, ...]:
    """Everything that may be asked of a hand about few reports."""
    groups = ["abcdefgh"[i:j] for i in range(8) for j in range(i + 1, 9)]
    told = [(hand.title(one), hand.dismissed(one), hand.is_locked(one)) for one in groups]
    return pins(hand, "abcdefgh"), told, [hand.against(one, other) for one in "ABCXYZ" for other in "ABCXYZ"], [hand.locked(one) for one in "ABCXYZ"]


@given(rulings=RULINGS, seed=st.integers(0, 9))
def test_the_order_in_which_rulings_are_told_makes_no_difference(rulings: list[Ruling], seed: int) -> None:
    shuffled = random.Random(seed).sample(rulings, len(rulings))
    assert asked(Hand.of(shuffled)) == asked(Hand.of(rulings))


@given(rulings=RULINGS, last=drawn(9, 9))
def test_the_last_ruling_always_holds(rulings: list[Ruling], last: Ruling) -> None:
    hand = Hand.of([*rulings, last])
    if last.kind in (RulingKind.MERGE, RulingKind.SPLIT, RulingKind.LOCK):
        target = last.other if last.kind is RulingKind.SPLIT else last.situation_id
        assert {hand.pin(one) for one in last.other_ids} <= {target}
        assert {hand.pin(one) for one in set(last.report_ids) - set(last.other_ids)} <= {last.situation_id}
    if last.kind is RulingKind.SPLIT:
        assert hand.apart({last.situation_id}, {last.other})
    if last.kind is RulingKind.RENAME:
        assert hand.title(last.report_ids) == last.title
    assert hand.is_locked(last.report_ids) or last.kind is not RulingKind.LOCK
    assert hand.dismissed(last.report_ids) or last.kind is not RulingKind.DISMISS


@given(rulings=RULINGS, last=drawn(9, 9))
def test_undoing_restores_what_was_before(rulings: list[Ruling], last: Ruling) -> None:
    assert asked(Hand.of([*rulings, undone(last, 10)])) == asked(Hand.of(rulings))


@given(rulings=RULINGS)
def test_apart_is_mutual_and_nothing_is_apart_from_itself(rulings: Sequence[Ruling]) -> None:
    hand = Hand.of(rulings)
    for one in "ABCXYZ":
        assert not hand.apart({one}, {one})
        assert all(hand.apart({one}, {other}) == hand.apart({other}, {one}) for other in "ABCXYZ")
