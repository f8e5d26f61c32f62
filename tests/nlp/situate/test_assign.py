"""Reports join live groups, or wait for a second voice; what people ruled holds."""

import random
from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.situate.assign import assign, rebuild, settle
from nlp.situate.clue import Clue
from nlp.situate.group import situation_id
from nlp.situate.hand import Hand
from nlp.situate.live import Live, Rule
from store.records import Move, Ruling, RulingKind, SituationEvent
from tests.nlp.situate.streams import START, clue, stream, topic_of

FLOOD = "On Monday night the river flooded the bridge in Korvala and hundreds of houses were evacuated by rescue boats in the dark"
FLOOD_TOO = "Hundreds of houses were evacuated by rescue boats in Korvala after the river flooded a bridge there on Monday night"
RECIPE = "My grandmother bakes sweet almond biscuits each winter and keeps them in tin boxes under her bed until all her cousins visit"
DIMENSION = 384


def homes_of(moves: tuple[Move, ...]) -> dict[str, str]:
    return {one.report_id: one.situation_id for one in moves}


def in_batches(clues: list[Clue], sizes: list[int], live: Live) -> tuple[list[Move], list[SituationEvent]]:
    moves: list[Move] = []
    history: list[SituationEvent] = []
    at, turn = 0, 0
    while at < len(clues):
        size = sizes[turn % len(sizes)]
        moved, lines = assign(clues[at : at + size], live)
        moves += moved
        history += lines
        at, turn = at + size, turn + 1
    return moves, history


def ruling(kind: RulingKind, situation: str, reports: list[str], other: str = "", others: tuple[str, ...] = ()) -> Hand:
    given_ids = tuple(reports)
    one = Ruling(id="h1", at=START, by="Desk", kind=kind, situation_id=situation, report_ids=given_ids, other=other, other_ids=others)
    return Hand.of([one])


def members(live: Live) -> dict[str, set[str]]:
    return {key: set(group.report_ids) for key, group in live.groups.items()}


def test_a_report_that_resembles_nothing_stays_ungrouped() -> None:
    moves, history = assign([clue("a", FLOOD), clue("b", RECIPE, 1)], Live())
    assert homes_of(moves) == {"a": "", "b": ""}
    assert history == ()


def test_a_second_origin_opens_a_situation_that_takes_the_first_report_along() -> None:
    live = Live()
    assign([clue("a", FLOOD)], live)
    moves, history = assign([clue("b", FLOOD_TOO, 2)], live)
    assert homes_of(moves) == {"a": situation_id("a"), "b": situation_id("a")}
    assert [(h.situation_id, h.kind, h.report_ids) for h in history] == [(situation_id("a"), "opened", ("a", "b"))]


def test_copies_go_where_their_origin_went_and_open_nothing_by_themselves() -> None:
    live = Live()
    moves, _ = assign([clue("a", FLOOD), *(clue(f"c{i}", FLOOD, i, origin_id="a") for i in range(1, 9))], live)
    assert set(homes_of(moves).values()) == {""}
    moves, _ = assign([clue("b", FLOOD_TOO, 10), clue("z", RECIPE, 11, origin_id="b")], live)
    assert homes_of(moves) == dict.fromkeys(["a", "b", "z", *(f"c{i}" for i in range(1, 9))], situation_id("a"))


def test_a_flood_of_copies_changes_no_weights() -> None:
    calm, flooded = Live(), Live()
    base = [clue("a", FLOOD), clue("b", FLOOD_TOO, 1)]
    assign([*base, clue("z", RECIPE, 30)], calm)
    assign([*base, *(clue(f"c{i}", FLOOD, 1.5, origin_id="a") for i in range(200)), clue("z", RECIPE, 30)], flooded)
    one, other = calm.groups[situation_id("a")], flooded.groups[situation_id("a")]
    assert (one.weight, one.inside, one.ties) == (other.weight, other.inside, other.ties)
    assert {k: t.words for k, t in one.traces.items()} == {k: t.words for k, t in other.traces.items()}
    assert calm.traces["z"].words == flooded.traces["z"].words
    assert len(other.report_ids) == 202


def test_a_report_seen_before_is_passed_over() -> None:
    live = Live()
    assert len(assign([clue("a", FLOOD), clue("a", FLOOD)], live)[0]) == 1
    assert assign([clue("a", FLOOD)], live) == ((), ())


def test_a_report_older_than_the_window_stays_ungrouped() -> None:
    live = Live()
    assign([clue("a", FLOOD), clue("b", FLOOD_TOO, 1)], live)
    moves, _ = assign([clue("old", FLOOD, -24 * 60)], live)
    assert homes_of(moves) == {"old": ""}
    assert "old" not in live.traces


def test_a_late_report_still_joins_its_situation() -> None:
    live = Live()
    assign([clue("a", FLOOD), clue("b", FLOOD_TOO, 1), clue("c", RECIPE, 80)], live)
    assert homes_of(assign([clue("late", FLOOD_TOO, 3)], live)[0]) == {"late": situation_id("a")}


def test_a_situation_that_was_silent_revives_and_one_that_is_closed_does_not() -> None:
    for days, same in ((50, True), (70, False)):
        moves, history = assign([clue("a", FLOOD), clue("b", FLOOD_TOO, 1), clue("c", FLOOD, 24 * days), clue("d", FLOOD_TOO, 24 * days + 1)], Live())
        homes = homes_of(moves)
        assert homes["a"] == homes["b"] != ""
        assert homes["c"] == homes["d"] != ""
        assert (homes["a"] == homes["c"]) is same
        assert [line.kind for line in history] == ["opened"] * (1 if same else 2)


def test_only_the_last_few_reports_of_a_silent_situation_stay_in_the_window() -> None:
    live = Live()
    assign([*(clue(f"a{n:02}", FLOOD, n) for n in range(12)), clue("z", RECIPE, 24 * 40)], live)
    assert {one for one in live.traces if one.startswith("a")} == {f"a{n:02}" for n in range(12 - live.rule.embers, 12)}
    assign([clue("y", "An owl", 24 * 62)], live)
    assert set(live.traces) == {"z", "y"}


def test_embers_too_are_bounded() -> None:
    kept = []
    for most in (40, 4000):
        live = Live(Rule(window_days=1, window_reports=most))
        assign(stream(3, 300, hours=24 * 40, topics=30, copies=0.0), live)
        kept.append(sum(trace.at < live.edge for trace in live.traces.values()))
    assert kept[0] <= 10 < kept[1]


def test_an_empty_report_is_ungrouped_and_harms_nothing() -> None:
    moves, _ = assign([clue("a", ""), clue("b", "", 1), clue("c", FLOOD, 2)], Live())
    assert homes_of(moves) == {"a": "", "b": "", "c": ""}


def test_topics_are_told_apart_by_their_vectors() -> None:
    clues = stream(1, 400, copies=0.0, dimension=DIMENSION)
    live = Live()
    homes = homes_of((*in_batches(clues, [50], live)[0], *settle(live)[0]))
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in clues:
        if homes[one.report_id]:
            found[homes[one.report_id]][topic_of(one)] += 1
    grouped = sum(sum(c.values()) for c in found.values())
    assert grouped > 0.9 * len(clues)
    assert sum(c.most_common(1)[0][1] for c in found.values()) / grouped > 0.95
    assert len(found) <= 12


def test_memory_is_bounded_by_the_window() -> None:
    live = Live(Rule(window_days=5, embers=0))
    assign(stream(2, 500, hours=24 * 40), live)
    assert len(live.traces) < 500 * 7 / 40
    assert sorted(one for group in live.groups.values() for one in group.report_ids) == sorted(live.traces)
    assert {far for trace in live.traces.values() for far in trace.links} <= set(live.traces)
    assert {far for group in live.groups.values() for far in group.ties} <= set(live.groups)


def test_memory_is_bounded_by_the_number_of_reports() -> None:
    live = Live(Rule(window_reports=40, epoch_reports=20))
    assign(stream(3, 200, hours=24, copies=0.0), live)
    assert len(live.traces) <= 60


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10**6), sizes=st.lists(st.integers(1, 60), min_size=1, max_size=5), dimension=st.sampled_from([0, DIMENSION]))
def test_the_size_of_batches_makes_no_difference(seed: int, sizes: list[int], dimension: int) -> None:
    clues = stream(seed, 90, hours=24 * 40, dimension=dimension)
    one, other = Live(Rule(window_days=12)), Live(Rule(window_days=12))
    assert in_batches(clues, sizes, one) == in_batches(clues, [len(clues)], other)
    assert weights(one) == weights(other)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6), dimension=st.sampled_from([0, DIMENSION]))
def test_the_order_within_a_batch_makes_no_difference(seed: int, dimension: int) -> None:
    clues = stream(seed, 60, dimension=dimension)
    shuffled = clues[:]
    random.Random(seed).shuffle(shuffled)
    assert assign(shuffled, Live()) == assign(clues, Live())


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10**6), cut=st.integers(1, 79), dimension=st.sampled_from([0, DIMENSION]))
def test_a_rebuilt_state_keeps_memberships_and_goes_on(seed: int, cut: int, dimension: int) -> None:
    clues = stream(seed, 80, hours=24 * 40, copies=0.0, dimension=dimension)
    rule = Rule(window_days=12)
    straight = Live(rule)
    homes = homes_of(assign(clues[:cut], straight)[0])
    since = clues[cut - 1].at - timedelta(days=rule.ember_days)
    again = rebuild([(c, homes[c.report_id]) for c in clues[:cut] if c.at > since], rule)
    assert members(again) == members(straight)
    assert (again.epoch, set(again.traces)) == (straight.epoch, set(straight.traces))
    assert {one.report_id for one in assign(clues[cut:], again)[0]} >= {c.report_id for c in clues[cut:]}


def test_rebuilding_from_nothing_gives_an_empty_state() -> None:
    assert rebuild([]).groups == {}
    assert settle(Live()) == ((), ())


def test_rebuilding_follows_memberships_even_when_an_origin_was_torn_apart() -> None:
    live = rebuild([(clue("a", FLOOD), ""), (clue("b", FLOOD_TOO, 1, origin_id="a"), "s1")])
    assert members(live) == {"a": {"a"}, "s1": {"b"}}
    assign([clue("z", RECIPE, 24 * 90)], live)
    assert set(live.groups) == {"z"}


@pytest.mark.parametrize("dimension", [0, DIMENSION])
def test_the_two_blocks_of_a_split_are_never_one_again(dimension: int) -> None:
    clues = stream(5, 80, topics=1, copies=0.0, dimension=dimension)
    left = {c.report_id for c in clues[1::2]}
    live = Live(hand=ruling(RulingKind.SPLIT, "sA", [c.report_id for c in clues], "sB", tuple(sorted(left))))
    homes = homes_of((*in_batches(clues, [15], live)[0], *settle(live)[0]))
    assert not {homes[one] for one in left} & {homes[c.report_id] for c in clues if c.report_id not in left}


def test_what_a_person_merged_sits_together_however_unlike() -> None:
    clues = [clue("a", FLOOD), clue("b", RECIPE, 1), clue("c", FLOOD_TOO, 2), clue("z", RECIPE, 40)]
    live = Live(hand=ruling(RulingKind.MERGE, "sA", ["a"], "sB", ("b",)))
    moves, _ = assign(clues, live)
    homes = homes_of((*moves, *settle(live)[0]))
    assert homes["a"] == homes["b"] == "sA"


def test_a_locked_group_is_not_parted_and_an_open_one_is() -> None:
    clues = stream(1, 400, copies=0.0, dimension=DIMENSION)
    opened, locked = Live(), Live(hand=ruling(RulingKind.LOCK, "sA", [c.report_id for c in clues[:3]]))
    assert {"split", "parted"} <= {h.kind for h in in_batches(clues, [100], opened)[1]}
    assert "sA" not in {h.situation_id for h in in_batches(clues, [100], locked)[1]}
    assert {c.report_id for c in clues[:3]} <= set(locked.groups["sA"].traces) or locked.edge > clues[0].at.timestamp()


def weights(live: Live) -> object:
    return live.epoch, {key: (g.id, g.weight, g.inside, g.ties, g.report_ids) for key, g in live.groups.items()}


def test_the_start_of_the_streams_lies_in_the_epoch_of_its_day() -> None:
    live = Live()
    assert live.epoch_of(START.timestamp()) <= START.timestamp() < live.epoch_of(START.timestamp()) + live.rule.epoch_hours * 3600
