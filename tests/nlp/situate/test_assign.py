import random
from collections import Counter, defaultdict
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.situate.assign import assign, rebuild
from nlp.situate.clue import Clue
from nlp.situate.group import situation_id
from nlp.situate.live import Live, Rule
from tests.nlp.situate.streams import START, clue, stream, topic_of

FLOOD = "river flooded the bridge in Korvala and houses were evacuated"
FLOOD_TOO = "houses evacuated in Korvala after the river flooded a bridge"
RECIPE = "my grandmother bakes sweet almond biscuits"


def in_batches(clues: list[Clue], sizes: list[int], rule: Rule | None = None) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    live, homes, history, at, turn = Live(rule), {}, [], 0, 0
    while at < len(clues):
        size = sizes[turn % len(sizes)]
        moved, lines = assign(clues[at : at + size], live)
        homes.update(moved)
        history += [(h.situation_id, h.kind, h.detail) for h in lines]
        at, turn = at + size, turn + 1
    return homes, history


def test_a_report_that_resembles_nothing_stays_ungrouped() -> None:
    homes, history = assign([clue("a", FLOOD), clue("b", RECIPE, 1)], Live())
    assert homes == {"a": "", "b": ""}
    assert history == ()


def test_a_second_origin_opens_a_situation_that_takes_the_first_report_along() -> None:
    live = Live()
    assign([clue("a", FLOOD)], live)
    homes, history = assign([clue("b", FLOOD_TOO, 2)], live)
    assert homes == {"a": situation_id("a"), "b": situation_id("a")}
    assert [(h.situation_id, h.kind) for h in history] == [(situation_id("a"), "opened")]


def test_copies_go_where_their_origin_went_and_open_nothing_by_themselves() -> None:
    live = Live()
    homes, _ = assign([clue("a", FLOOD), *(clue(f"c{i}", FLOOD, i, origin_id="a") for i in range(1, 9))], live)
    assert set(homes.values()) == {""}
    homes, _ = assign([clue("b", FLOOD_TOO, 10), clue("z", RECIPE, 11, origin_id="b")], live)
    assert homes["z"] == homes["b"] == situation_id("a")
    assert set(homes) == {"a", "b", "z", *(f"c{i}" for i in range(1, 9))}


def test_a_flood_of_copies_does_not_change_what_a_situation_is_about() -> None:
    calm, flooded = Live(), Live()
    base = [clue("a", FLOOD), clue("b", FLOOD_TOO, 1)]
    assign(base, calm)
    assign([*base, *(clue(f"c{i}", FLOOD, 1.5, origin_id="a") for i in range(200))], flooded)
    assert calm.groups[situation_id("a")].words == flooded.groups[situation_id("a")].words


def test_a_report_seen_before_is_passed_over() -> None:
    live = Live()
    assign([clue("a", FLOOD)], live)
    assert assign([clue("a", FLOOD)], live) == ({}, ())


def test_a_report_older_than_the_window_stays_ungrouped() -> None:
    live = Live()
    assign([clue("a", FLOOD), clue("b", FLOOD_TOO, 1)], live)
    homes, _ = assign([clue("old", FLOOD, -24 * 60)], live)
    assert homes == {"old": ""}
    assert "old" not in live.traces


def test_a_late_report_still_joins_its_situation() -> None:
    live = Live()
    assign([clue("a", FLOOD), clue("b", FLOOD_TOO, 1), clue("c", RECIPE, 80)], live)
    assert assign([clue("late", FLOOD_TOO, 3)], live)[0] == {"late": situation_id("a")}


def test_the_same_words_long_afterwards_open_another_situation() -> None:
    live = Live()
    homes, _ = assign([clue("a", FLOOD), clue("b", FLOOD_TOO, 1), clue("c", FLOOD, 24 * 50), clue("d", FLOOD_TOO, 24 * 50 + 1)], live)
    assert homes["a"] == homes["b"] != homes["c"] == homes["d"] != ""


def test_an_empty_report_is_ungrouped_and_harms_nothing() -> None:
    homes, _ = assign([clue("a", ""), clue("b", "", 1), clue("c", FLOOD, 2)], Live())
    assert homes == {"a": "", "b": "", "c": ""}


def test_topics_are_told_apart() -> None:
    clues = stream(1, 400, copies=0.0)
    homes, _ = in_batches(clues, [50])
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in clues:
        if homes[one.report_id]:
            found[homes[one.report_id]][topic_of(one)] += 1
    right = sum(c.most_common(1)[0][1] for c in found.values())
    assert right / sum(sum(c.values()) for c in found.values()) > 0.95
    assert len(found) <= 20


def test_memory_is_bounded_by_the_window() -> None:
    live = Live(Rule(window_days=5))
    assign(stream(2, 600, hours=24 * 40), live)
    assert len(live.traces) < 600 * 7 / 40
    assert sum(len(g.reports) for g in live.groups.values()) == len(live.traces)
    assert {key for posting in live.postings.values() for key in posting} <= set(live.groups)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), sizes=st.lists(st.integers(1, 60), min_size=1, max_size=5))
def test_the_size_of_batches_makes_no_difference(seed: int, sizes: list[int]) -> None:
    clues = stream(seed, 100, hours=24 * 40)
    rule = Rule(window_days=12)
    assert in_batches(clues, sizes, rule) == in_batches(clues, [len(clues)], rule)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), cut=st.integers(1, 99))
def test_a_rebuilt_state_goes_on_like_the_one_that_ran_through(seed: int, cut: int) -> None:
    clues = stream(seed, 100, hours=24 * 40)
    rule = Rule(window_days=12)
    straight = Live(rule)
    homes, _ = assign(clues[:cut], straight)
    since = clues[cut - 1].at - timedelta(days=13)
    again = rebuild([(c, homes[c.report_id]) for c in clues[:cut] if c.at > since], rule)
    assert state(again) == state(straight)
    assert assign(clues[cut:], again) == assign(clues[cut:], straight)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_within_a_batch_makes_no_difference(seed: int) -> None:
    clues = stream(seed, 80)
    shuffled = clues[:]
    random.Random(seed).shuffle(shuffled)
    assert assign(shuffled, Live()) == assign(clues, Live())


def test_rebuilding_from_nothing_gives_an_empty_state() -> None:
    assert rebuild([]).groups == {}


def test_rebuilding_follows_memberships_even_when_an_origin_was_torn_apart() -> None:
    live = rebuild([(clue("a", FLOOD), ""), (clue("b", FLOOD_TOO, 1, origin_id="a"), "s1")])
    assert {k: set(g.reports) for k, g in live.groups.items()} == {"a": {"a"}, "s1": {"b"}}
    assign([clue("z", RECIPE, 24 * 90)], live)
    assert set(live.groups) == {"z"}


def state(live: Live) -> object:
    groups = {k: (g.id, g.words, g.reports, g.origins, g.mass, g.last) for k, g in live.groups.items()}
    words = {w: (live.weight(w), p) for w, p in live.postings.items() if p}
    return live.epoch, groups, live.home, set(live.traces), words


def test_the_start_of_the_streams_lies_in_the_epoch_of_its_day() -> None:
    live = Live()
    assert live.epoch_of(START.timestamp()) <= START.timestamp() < live.epoch_of(START.timestamp()) + live.rule.epoch_hours * 3600
