"""Reports about nothing relevant are told by their vectors."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.understand import clue
from nlp.noise import Sieve, is_noise, sieve
from nlp.situate.assign import assign, rebuild
from nlp.situate.hand import Hand
from nlp.situate.live import Live
from store.records import Channel, Reading, Report, Ruling, RulingKind, SourceKind
from tests.nlp.situate import streams

NOISE = (sieve().weights / np.linalg.norm(sieve().weights)).astype(np.float32)
AT = datetime(2031, 3, 1, tzinfo=UTC)
READING = Reading(report_id="r1", language="en", mentions=(), toponyms=(), obstacles=(), models=())


def report(channel: Channel) -> Report:
    return Report(id="r1", channel=channel, source="a", source_kind=SourceKind.NEWS, key="k", at=AT, received_at=AT, text="what a lovely evening")


def test_a_vector_that_points_where_noise_lies_is_noise_and_its_opposite_is_not() -> None:
    assert is_noise(NOISE)
    assert not is_noise(-NOISE)


def test_of_vectors_of_another_length_nothing_was_learned() -> None:
    assert sieve().chance(np.ones(3, np.float32)) == 0.0


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_the_chance_rises_with_the_weighted_sum_and_stays_a_chance(one: float, other: float) -> None:
    made = Sieve(weights=np.array([2.0]), intercept=-1.0)
    low, high = (made.chance(np.array([part], np.float32)) for part in sorted((one, other)))
    assert 0.0 < low <= high < 1.0


@pytest.mark.parametrize(("channel", "expected"), [(Channel.FEED, True), (Channel.MAIL, True), (Channel.TABLE, True), (Channel.PARTNER, False)])
def test_what_a_partner_reports_is_never_noise(channel: Channel, expected: bool) -> None:
    assert clue(report(channel), READING, NOISE, "r1").noise is expected


def test_without_a_vector_nothing_is_noise() -> None:
    assert not clue(report(Channel.FEED), READING, None, "r1").noise


def test_noise_stays_ungrouped_and_leaves_no_trace() -> None:
    words = "dockers strike harbour cranes stopped union wages talks failed picket Ostrava port again today"
    told = [streams.clue("a", words), streams.clue("b", words, 1), streams.clue("n", words, 2, noise=True)]
    live = Live()
    moves, _ = assign(told, live)
    homes = {move.report_id: move.situation_id for move in moves}
    assert homes["a"] == homes["b"] != ""
    assert homes["n"] == ""
    assert "n" not in live.traces
    assert "n" not in rebuild([(one, homes[one.report_id]) for one in told]).traces


def test_noise_that_a_person_placed_stays_where_it_was_placed() -> None:
    words = "dockers strike harbour cranes stopped union wages talks failed picket Ostrava port again today"
    merge = Ruling(id="h", at=AT, by="Desk", kind=RulingKind.MERGE, situation_id="s1", report_ids=("a",), other="s2", other_ids=("n",))
    moves, _ = assign([streams.clue("a", words), streams.clue("n", words, 2, noise=True)], Live(hand=Hand.of([merge])))
    assert {move.report_id: move.situation_id for move in moves} == {"a": "s1", "n": "s1"}
