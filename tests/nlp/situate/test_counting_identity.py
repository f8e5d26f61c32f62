"""How switches of ids, and injected merges and splits, are counted: on steps written by hand."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest

from benchmarks.identity import BEGIN, RECENT, Pair, Step, both, f1, found, side, switches
from nlp.situate.clue import Clue
from store.records import Move, SituationEvent

LATER = BEGIN + timedelta(days=10)


def clue(name: str, days: float = 0.0) -> Clue:
    at = BEGIN + timedelta(days=days)
    return Clue(report_id=name, at=at, voice="v", origin_id=name, words=f"words {name}", vector=np.eye(3, dtype=np.float32)[len(name) % 3])


def step(name: str, homes: dict[str, str], history: Sequence[SituationEvent] = (), days: float = 0.0) -> Step:
    one = clue(name, days)
    return one, [Move(report_id=report_id, at=one.at, situation_id=home) for report_id, home in homes.items()], history


def told(kind: str, one: str, other: str) -> SituationEvent:
    return SituationEvent(situation_id=one, at=BEGIN, kind=kind, other=other)


def joined(count: int, home: str, first: int = 0) -> list[Step]:
    return [step(f"r{n}", {f"r{n}": home}) for n in range(first, first + count)]


def truth(count: int) -> dict[str, str]:
    return {f"r{n}": "flood" for n in range(count)}


def test_a_first_situation_is_no_switch_and_another_is_one() -> None:
    taken = [step("r0", {"r0": ""}), step("r1", {"r0": "s", "r1": "s"}), step("r2", {"r2": "s", "r0": "t", "r1": ""})]
    assert switches(taken, truth(3)).moved == 2


@pytest.mark.parametrize("kinds", [["merged", "joined"], ["split", "parted"]])
def test_what_a_merge_or_a_split_tells_is_no_switch(kinds: list[str]) -> None:
    history = [told(kinds[0], "s", "t"), told(kinds[1], "t", "s")]
    taken = [step("r0", {"r0": "s"}), step("r1", {"r0": "t"}, history), step("r2", {"r0": "u"})]
    assert switches(taken, truth(3)).moved == 1


def test_a_chain_of_merges_explains_where_a_report_went() -> None:
    history = [told("merged", "s", "t"), told("merged", "t", "u")]
    assert switches([step("r0", {"r0": "s"}), step("r1", {"r0": "u"}, history)], truth(2)).moved == 0


def test_reports_that_do_not_count_are_passed_over() -> None:
    assert switches([step("noise", {"noise": "s"}), step("noise", {"noise": "t"})], truth(1)).moved == 0


def test_the_holder_changes_when_most_of_the_last_reports_are_elsewhere() -> None:
    half = RECENT // 2
    quiet = [*joined(RECENT, "s"), *joined(half, "t", RECENT)]
    assert switches(quiet, truth(40)).held == 0
    assert switches([*quiet, *joined(1, "t", RECENT + half)], truth(40)).held == 1
    merge = step("x", {f"r{n}": "t" for n in range(RECENT)}, [told("merged", "s", "t")])
    assert switches([*joined(RECENT, "s"), merge, *joined(3, "t", RECENT)], truth(40)).held == 0


def grouped(homes: dict[str, str], history: Sequence[SituationEvent], days: float) -> list[Step]:
    """Six reports of each name ("a0" to "a5"), then a last step."""
    names = [f"{name}{n}" for name in "ab" for n in range(6)]
    return [*(step(name, {name: homes[name[0]]}) for name in names), step("last", {"last": ""}, history, days)]


CRISES = {f"{name}{n}": name for name in "ab" for n in range(6)} | {"last": "a+b"}
MERGE = [told("merged", "s", "t"), told("joined", "t", "s")]
SPLIT = [told("split", "s", "t"), told("parted", "t", "s")]


def test_an_injected_merge_counts_once_and_before_its_time_it_is_false() -> None:
    pair = Pair(crises=("a", "b"), at=LATER, merges=True)
    taken = grouped({"a": "s", "b": "t"}, MERGE, days=11)
    assert (found(taken, CRISES, [pair]).merges, found(taken, CRISES, [pair]).false_merges) == ({pair}, 0)
    early = found(grouped({"a": "s", "b": "t"}, MERGE, days=9), CRISES, [pair])
    assert (early.merges, early.false_merges) == (set(), 1)


def test_a_merge_of_fragments_of_one_situation_is_neither_right_nor_false() -> None:
    one = found(grouped({"a": "s", "b": "t"}, MERGE, days=11), dict.fromkeys(CRISES, "a"), [])
    assert (one.merges, one.false_merges) == (set(), 0)


def test_an_injected_split_counts_and_one_within_a_crisis_is_false() -> None:
    pair = Pair(crises=("a", "b"), at=LATER, merges=False)
    assert found(grouped({"a": "s", "b": "t"}, SPLIT, days=11), CRISES, [pair]).splits == {pair}
    wrong = found(grouped({"a": "s", "b": "t"}, SPLIT, days=11), dict.fromkeys(CRISES, "a"), [pair])
    assert (wrong.splits, wrong.false_splits) == (set(), 1)


def test_a_report_of_both_has_the_words_of_both_and_a_unit_vector_between_them() -> None:
    made = both(clue("a"), clue("bb"), LATER)
    assert (made.words, made.at, made.origin_id) == ("words a words bb", LATER, made.report_id)
    assert made.vector is not None
    assert np.linalg.norm(made.vector) == pytest.approx(1.0)


def test_figures_are_counted_as_usual() -> None:
    assert (f1(3, 1, 4), f1(0, 2, 3)) == (0.75, 0.0)
    joint = found([], {}, [])
    assert (joint.merges, joint.splits) == (set(), set())


def test_a_side_is_told_by_reports_of_one_crisis_alone() -> None:
    assert side(Counter({"a+b": 9, "a": 2, "b": 1})) == "a"
    assert side(Counter({"a+b": 9})) == ""
