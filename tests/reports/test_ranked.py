"""The order of situations in a brief: one organisation's flood moves none of them."""

import random

import pytest

from benchmarks.flood import flood, moved, order, scene
from nlp.situate.life import life
from reports.material import Material
from reports.tell.situations import ranked
from reports.tell.view import view
from store.records import Report, Situation
from tests.reports.builder import NOW, report


def situation(name: str, reports: list[Report]) -> Situation:
    ids, at = tuple(one.id for one in reports), [one.at for one in reports]
    trend, _ = life(reports, {}, NOW)
    return Situation(id=name, title=name, report_ids=ids, place_ids=(), first_at=min(at), last_at=max(at), origins=len(ids), trend=trend)


def told(groups: dict[str, list[Report]], origin_of: dict[str, str] | None = None) -> list[str]:
    reports = tuple(one for group in groups.values() for one in group)
    situations = tuple(situation(name, group) for name, group in groups.items())
    return [one.id for one in ranked(view(Material(as_of=NOW, likelihood=str, situations=situations, reports=reports, origin_of=origin_of or {})))]


def said(name: str, voices: list[int]) -> list[Report]:
    return [report(f"{name}-{i}", NOW.replace(day=16, hour=i % 24), f"{name} {i}", voice) for i, voice in enumerate(voices)]


def test_many_voices_come_before_one_that_says_much() -> None:
    assert told({"much": said("much", [0] * 15), "many": said("many", [0, 1, 2])}) == ["many", "much"]


def test_a_copy_counts_for_whom_it_copies() -> None:
    groups = {"echoed": said("echoed", [0, 1, 2, 3]), "own": said("own", [0, 1])}
    assert told(groups, {f"echoed-{i}": "echoed-0" for i in range(4)}) == ["own", "echoed"]


def test_where_one_voice_tells_all_its_origins_are_counted() -> None:
    assert told({"a": said("a", [0] * 2), "b": said("b", [0] * 30)}) == ["b", "a"]


@pytest.mark.parametrize("reworded", [False, True])
@pytest.mark.parametrize("names", [1, 3, 6])
def test_one_organisations_flood_moves_no_situation_by_more_than_one(reworded: bool, names: int) -> None:
    groups = scene(random.Random(3), count=12)
    before = order(groups)
    sent = flood(random.Random(4), [f"key {number}" for number in range(names)], reworded, count=150)
    for target in (before[2], before[-1]):
        assert moved(before, order(groups | {target: groups[target] + sent})) <= 1
