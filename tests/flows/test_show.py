"""What is listed and told of situations out of the readers' copy."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import flood
from flows.show import LIFE, Gone, Row, Shown, Wanted, counted, find, listed, rank
from nlp.origins import origins
from nlp.situate.life import life
from store.records import Move, Report, SituationEvent, Trend
from store.snapshot import Snapshot, publish
from store.warehouse import Warehouse
from tests.flows.wells import day, fill, line, report, rid, situation, wells


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return wells(tmp_path_factory.mktemp("copy") / "snapshot.duckdb")


def shown(snapshot: Snapshot, id_: str, at: float | None = None, latest: int | None = None) -> Shown:
    found = find(snapshot, id_, None if at is None else day(at), latest)
    assert isinstance(found, Shown)
    return found


def ids(snapshot: Snapshot, wanted: Wanted) -> list[str]:
    return [row["id"] for row in listed(snapshot, wanted)]


def test_what_grows_is_listed_first_and_what_people_dismissed_apart(snapshot: Snapshot) -> None:
    assert ids(snapshot, Wanted()) == ["s-wells", "s-strike"]
    assert ids(snapshot, Wanted(dismissed=True)) == ["s-noise"]
    assert ids(snapshot, Wanted(trend="fading")) == ["s-strike"]
    assert counted(snapshot) == {"ungrouped": 1, "dismissed": 1}


@pytest.mark.parametrize(("place", "expected"), [("DELGANY", ["s-wells", "s-strike"]), ("gn:3", ["s-wells", "s-strike"]), ("Nowhere", [])])
def test_a_place_is_found_by_name_or_id(snapshot: Snapshot, place: str, expected: list[str]) -> None:
    assert ids(snapshot, Wanted(place=place)) == expected


LIVES = st.lists(st.tuples(st.sampled_from(list(Trend)), st.integers(0, 3), st.integers(0, 12)), min_size=1, max_size=8)


@given(LIVES, st.integers(1, 4))
@settings(max_examples=5, deadline=None)
def test_pages_hold_every_situation_once_in_the_order_of_the_whole_list(
    tmp_path_factory: pytest.TempPathFactory, lives: list[tuple[Trend, int, int]], size: int
) -> None:
    path = tmp_path_factory.mktemp("copy") / "snapshot.duckdb"
    with Warehouse(None) as house:
        for number, (trend, extra, last) in enumerate(lives):
            reports = [report(number * 4 + n, last + n / 10) for n in range(extra + 1)]
            house.add_reports(reports, cursor=number)
            house.put_situations([Move(report_id=one.id, at=one.at, situation_id=f"s{number}") for one in reports], [])
            house.save_situations([situation(f"s{number}", f"Pump {number}", reports, trend)], day(13))
        publish(house, path)
    copy = Snapshot(path)
    whole, after = listed(copy, Wanted()), None
    paged: list[Row] = []
    while rows := listed(copy, Wanted(), after, size):
        paged, after = [*paged, *rows], rank(rows[-1])
    assert paged == whole
    assert len(whole) == len(lives)
    assert [rank(row) for row in whole] == sorted(rank(row) for row in whole)
    assert [LIFE.index(row["trend"]) for row in whole] == sorted(LIFE.index(row["trend"]) for row in whole)


def ordered(path: Path, groups: dict[str, list[Report]]) -> list[str]:
    """List made-up situations as they stand at the end."""
    told = [one for group in groups.values() for one in group]
    found = origins(told)
    origin_of = {one: origin.id for origin in found for one in origin.report_ids}
    with Warehouse(None) as house:
        house.add_reports(told, cursor=1)
        house.put_origins(found)
        house.put_situations([Move(report_id=one.id, at=one.at, situation_id=name) for name, group in groups.items() for one in group], [])
        described = [situation(name, name, sorted(group, key=lambda one: one.at), life(group, origin_of, flood.NOW)[0]) for name, group in groups.items()]
        house.save_situations(described, flood.NOW)
        publish(house, path)
    return ids(Snapshot(path), Wanted())


SCENE = flood.scene(random.Random(5), count=24)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return ordered(tmp_path_factory.mktemp("calm") / "snapshot.duckdb", SCENE)


@pytest.mark.parametrize("reworded", [False, True])
@pytest.mark.parametrize("keys", [1, 3, 20])
def test_a_flood_from_one_organisation_moves_no_situation_in_the_list(tmp_path: Path, calm: list[str], keys: int, reworded: bool) -> None:
    """Near-duplicates or new words, a thousand of them."""
    sent = flood.flood(random.Random(6), [f"key {number}" for number in range(keys)], reworded)
    after = ordered(tmp_path / "after.duckdb", SCENE | {calm[-1]: SCENE[calm[-1]] + sent})
    assert flood.moved(calm, after) <= 1


def test_a_situation_is_told_with_figures_places_and_voices_counted_by_origins(snapshot: Snapshot) -> None:
    told = shown(snapshot, "s-wells")
    assert (told.situation["heard"], told.situation["reports"]) == ("25 independent origins, 26 carriers", 27)
    assert [(one["said_by"], one["high"]) for one in told.figures] == [("government", 51.0), ("media", None), ("partner", 52.0), ("un", 53.0)]
    assert [one["name"] for one in told.places] == ["Kestrel Bridge", "Marlow Ferry", "Delgany"]
    assert sum(one["origins"] for one in told.voices) == 27
    assert [one["text"][:2] for one in told.summary] == ["32", "37", "46"]
    assert [one["kind"] for one in told.rulings] == ["lock"]
    assert rid(29) not in str(told)


def test_the_latest_reports_come_in_order_of_time(snapshot: Snapshot) -> None:
    assert [one["id"] for one in shown(snapshot, "s-wells", latest=3).reports] == [rid(26), rid(27), rid(28)]
    assert len(shown(snapshot, "s-wells").reports) == 27
    assert shown(snapshot, "s-wells", latest=0).reports == []


def test_what_became_of_a_situation_is_told_in_words_in_order_of_time(snapshot: Snapshot) -> None:
    said = [one["what"] for one in shown(snapshot, "s-wells").lineage if one["kind"] not in ("told", "untold")]
    assert said == [
        "opened: 2 reports",
        "lost reports to “The school at Delgany” (s-strike)",
        "closed",
        "heard of again",
        "took in s-ferry",
        "title changed: Pumps → The pump at Kestrel Bridge",
        "a person ruled: locked",
    ]


def test_a_past_state_is_told_as_it_was(snapshot: Snapshot) -> None:
    before = shown(snapshot, "s-wells", 59)
    assert {rid(7), rid(8)} <= {one["id"] for one in before.reports}
    assert (before.situation["last_at"], before.situation["as_of"], list(before.summary)) == (report(19, 3.1 * 19).at, day(59), [])
    assert [one["kind"] for one in before.lineage if one["kind"] not in ("told", "untold")] == ["opened"]
    after = shown(snapshot, "s-wells", 61)
    assert not {rid(7), rid(8)} & {one["id"] for one in after.reports}
    ferry = shown(snapshot, "s-ferry", 70)
    assert ferry.situation["title"] == "Situation s-ferry"
    assert [one["id"] for one in ferry.reports] == [rid(20), rid(21), rid(22)]
    assert find(snapshot, "s-wells", day(-1)) is None


def test_one_that_went_into_another_says_where_through_every_step(tmp_path: Path) -> None:
    with Warehouse(None) as house:
        fill(house, 0)
        house.put_situations(
            [Move(report_id=rid(n), at=day(88), situation_id="s-strike") for n in range(29)], [line("s-wells", 88, "merged", other="s-strike")]
        )
        publish(house, tmp_path / "snapshot.duckdb")
    found = find(Snapshot(tmp_path / "snapshot.duckdb"), "s-ferry")
    assert isinstance(found, Gone)
    assert (found.into, found.title, len(found.lineage)) == ("s-strike", "The school at Delgany", 2)


@pytest.mark.parametrize("last", [None, line("s-b", 6, "merged", other="s-a")])
def test_one_whose_way_leads_nowhere_is_gone_without_a_name(tmp_path: Path, last: SituationEvent | None) -> None:
    """Its report went to none; or, merged into each other by mistake, the way leads in a circle."""
    one = report(1, 0)
    history = [line("s-a", 0, "opened"), *([line("s-a", 5, "merged", other="s-b"), last] if last else [])]
    with Warehouse(None) as house:
        house.add_reports([one], cursor=1)
        moves = [Move(report_id=one.id, at=day(n), situation_id=id_) for n, id_ in enumerate(("s-a", "s-b", ""))]
        house.put_situations(moves, history)
        publish(house, tmp_path / "snapshot.duckdb")
    found = find(Snapshot(tmp_path / "snapshot.duckdb"), "s-a")
    assert isinstance(found, Gone)
    assert (found.into, found.title) == ("", "")


def test_what_never_was_is_not_found(snapshot: Snapshot) -> None:
    assert find(snapshot, "nothing") is None
