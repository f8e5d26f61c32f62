import random
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from nlp.situate.assign import assign, rebuild, settle
from nlp.situate.clue import Clue
from nlp.situate.hand import Hand
from nlp.situate.lineage import Changes
from nlp.situate.live import Live
from nlp.situate.reconcile import reconcile
from store.records import Ruling, RulingKind
from tests.nlp.situate.streams import START, clue

CRASH = "the express train derailed near the station with many passengers hurt while rescue crews opened railway carriages after the crash"


def two_groups() -> Live:
    past = [(clue(f"a{i}", CRASH, i / 10), "sa") for i in range(5)]
    return rebuild([*past, *((clue(f"b{i}", CRASH, 1 + i / 10), "sb") for i in range(4))])


def test_two_situations_that_say_the_same_become_one_and_the_larger_keeps_its_id() -> None:
    live = two_groups()
    moves, history = settle(live)
    assert {one.report_id: one.situation_id for one in moves} == {f"b{i}": "sa" for i in range(4)}
    assert [(h.situation_id, h.kind, h.other) for h in history] == [("sa", "joined", "sb"), ("sb", "merged", "sa")]
    assert len(live.groups["sa"].traces) == 9
    assert "sb" not in live.groups


def test_nothing_new_changes_nothing() -> None:
    changes = Changes()
    reconcile(Live(), datetime(2031, 3, 1, tzinfo=UTC), changes)
    assert changes.result() == ((), ())


def ruled(kind: RulingKind, situation: str, letter: str, count: int, *, undone: bool = False) -> Ruling:
    ids = tuple(f"{letter}{i}" for i in range(count))
    return Ruling(id=f"h{situation}", at=START, by="Desk", kind=kind, situation_id=situation, report_ids=ids, undone_at=START if undone else None)


def merged(*rulings: Ruling) -> dict[str, int]:
    """Let two groups that say the same, of five and four reports, be looked at under these rulings; say how many traces each situation has then."""
    past = [(clue(f"a{i}", CRASH, i / 10), "sa") for i in range(5)]
    live = rebuild([*past, *((clue(f"b{i}", CRASH, 1 + i / 10), "sb") for i in range(4))], hand=Hand.of(rulings))
    settle(live)
    return {key: len(group.traces) for key, group in live.groups.items()}


def test_a_situation_that_holds_what_a_person_placed_keeps_its_id_though_it_is_the_smaller() -> None:
    merge = replace(ruled(RulingKind.MERGE, "sb", "b", 2), other="sc", other_ids=("b2", "b3"))
    assert merged(merge) == {"sb": 9}
    assert merged(merge, replace(merge, id="h2", situation_id="sa", report_ids=("a0",), other_ids=("a1",))) == {"sa": 5, "sb": 4}


def test_an_id_that_an_undoing_gave_back_is_kept_and_of_two_the_older() -> None:
    assert merged(ruled(RulingKind.LOCK, "sb", "b", 4, undone=True)) == {"sb": 9}
    assert merged(ruled(RulingKind.LOCK, "sa", "a", 1, undone=True), ruled(RulingKind.LOCK, "sb", "b", 4, undone=True)) == {"sa": 9}


def test_new_reports_that_connect_what_an_undone_merge_held_make_it_one_again_unless_one_is_locked() -> None:
    merge = Ruling(id="h1", at=START, by="Desk", kind=RulingKind.MERGE, situation_id="sb", report_ids=("b0",), other="sa", other_ids=("a0",), undone_at=START)
    assert merged(merge) == {"sa": 9}
    assert merged(merge, ruled(RulingKind.LOCK, "sa", "a", 5)) == {"sa": 5, "sb": 4}
    assert merged(merge, ruled(RulingKind.LOCK, "sb", "b", 4)) == {"sa": 5, "sb": 4}


def parted(*rulings: Ruling) -> dict[str, tuple[int, int]]:
    """Let one group of eight reports of a crash and six of a sickness be looked at; say how many of each every situation has then."""
    sick = "cholera patients fill Mbeka clinic where nurses hand out rehydration salts because wells are contaminated everywhere"
    past = [*((clue(f"a{i}", CRASH, i / 10), "sa") for i in range(8)), *((clue(f"b{i}", sick, 1 + i / 10), "sa") for i in range(6))]
    live = rebuild(past, hand=Hand.of(rulings))
    settle(live)
    return {key: (sum(one[0] == "a" for one in group.traces), sum(one[0] == "b" for one in group.traces)) for key, group in live.groups.items()}


def test_of_parts_that_with_what_a_person_left_there_keeps_the_id_and_what_is_placed_is_not_torn_from_what_is_like_it() -> None:
    plain = parted()
    assert plain.pop("sa") == (8, 0)
    assert list(plain.values()) == [(0, 6)]
    assert parted(ruled(RulingKind.DISMISS, "sa", "b", 2, undone=True))["sa"] == (0, 6)
    assert parted(replace(ruled(RulingKind.MERGE, "sa", "b", 1), other="sc", other_ids=("b1",)))["sa"] == (0, 6)
    assert parted(replace(ruled(RulingKind.MERGE, "sa", "a", 1), other="sb", other_ids=("b0",))) == {"sa": (8, 6)}


def told_of(sides: str, letter: str, count: int, hours: float) -> list[Clue]:
    """Make reports on the strike ("s"), the flood ("f") or both; their vectors lie between those of the two."""
    rng, drawn = random.Random(letter), np.random.default_rng(ord(letter))
    texts = {"s": "dockers strike harbour cranes stopped union wages talks picket", "f": "river flooded bridge washed houses evacuated water rescue boats"}
    made = []
    for number in range(count):
        shares = {side: rng.uniform(0.2, 1) for side in sides}
        vector = sum(share * np.eye(384)[300 + "sf".index(side)] for side, share in shares.items()) + 0.03 * drawn.standard_normal(384)
        words = [word for side, share in shares.items() for word in rng.sample(texts[side].split(), round(7 * share))]
        more: dict[str, object] = {"vector": (vector / np.linalg.norm(vector)).astype(np.float32)}
        made.append(clue(f"{letter}{number}", " ".join([*words, "people said today that more is known now"]), hours + number / 4, **more))
    return made


def sizes(clues: list[Clue]) -> tuple[list[int], list[str]]:
    """Return how many reports the situations have that have more than two, and what happened to them last."""
    live = Live()
    history = [*assign(clues, live)[1], *settle(live)[1]]
    return sorted(len(group.traces) for group in live.groups.values() if len(group.traces) > 2), [event.kind for event in history]


def test_two_large_situations_become_one_when_the_latest_reports_tell_of_both() -> None:
    apart = sorted(told_of("s", "a", 90, 0) + told_of("f", "b", 90, 0.1), key=lambda one: one.at)
    assert sizes(apart)[0] == [90, 90]
    found, kinds = sizes([*apart, *told_of("sf", "c", 120, 30)])
    assert (found, kinds[-2:]) == ([300], ["joined", "merged"])


def test_one_large_situation_becomes_two_when_the_latest_reports_tell_of_one_or_the_other() -> None:
    both = told_of("sf", "c", 150, 0)
    assert sizes(both)[0] == [150]
    later = sorted(told_of("s", "a", 120, 40) + told_of("f", "b", 120, 40.1), key=lambda one: one.at)
    found, kinds = sizes([*both, *later])
    assert (len(found), sum(found), kinds[-2:]) == (2, 390, ["split", "parted"])
