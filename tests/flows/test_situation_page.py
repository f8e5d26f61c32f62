"""The living pages, out of the readers' copy into files that are rewritten in place."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from flows.situation_page import gather, index, page, write_pages
from store.records import FigureKind, Move, Trend
from store.snapshot import Snapshot, publish
from store.warehouse import Warehouse
from tests.flows.wells import NOW, PLACES, day, fill, line, rid, wells


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return wells(tmp_path_factory.mktemp("copy") / "snapshot.duckdb")


def text_of(snapshot: Snapshot, id_: str = "s-wells", *, linked: bool = False) -> str:
    text = page(snapshot, id_, linked=linked)
    assert text
    return text


def test_everything_a_page_needs_comes_back_as_it_was_kept(snapshot: Snapshot) -> None:
    columns, rows = snapshot.query("FROM situations WHERE id = 's-wells'")
    found = gather(snapshot, dict(zip(columns, rows[0], strict=True)))
    assert [one.id for one in found.reports][:2] == [rid(0), rid(1)]
    assert found.as_of == NOW
    assert found.readings[rid(1)].toponyms[0].place == PLACES[1]
    assert (found.readings[rid(1)].figures[0].kind, found.readings[rid(1)].figures[0].low) == (FigureKind.DISPLACED, 21.0)
    assert (found.origin_of[rid(28)], found.revisions) == (rid(27), {rid(2): rid(1)})
    assert [one.id for one in found.forecasts] == ["f1"]
    assert {one.source for one in found.source_grades} == {"Ostmark Water Watch"}
    assert [one.text[:2] for one in found.situations[0].summary] == ["32", "37", "46"]


def test_a_page_says_all_there_is_to_say_and_nothing_red(snapshot: Snapshot) -> None:
    text = text_of(snapshot)
    for words in (
        "Growing, heard from 25 independent origins, 26 carriers",
        "46 people left for the river on the next morning.",
        "The life of the situation",
        'class="stage steady"',
        "(▲ emerging, ↗ growing, → steady, ↘ fading, · dormant, ■ closed)",
        "Reports by week",
        "Figures by who states them",
        "Where the reports are about",
        "Who speaks",
        "took in s-ferry",
        "locked by a person",
        "0 to 7 reports (90",
    ):
        assert words in text
    for secret in (rid(29), "49 people", "amina", "3 independent origins in the last week"):
        assert secret not in text
    assert "Why: <bdi>nobody spoke in the last week" in text_of(snapshot, "s-strike")


def test_a_trend_whose_reason_counts_red_reports_is_told_with_the_reason_that_the_others_give(tmp_path: Path) -> None:
    with Warehouse(None) as house:
        fill(house, 0)
        wells_then = next(one for one in house.situations(NOW) if one.id == "s-wells")
        house.save_situations([replace(wells_then, trend=Trend.STEADY, reason="2 sources spoke")], NOW)
        publish(house, tmp_path / "snapshot.duckdb")
    text = text_of(Snapshot(tmp_path / "snapshot.duckdb"))
    assert "Why: <bdi>1 source spoke in the last 7 days, 2 in the 7 days before" in text
    assert "2 sources spoke" not in text


def test_fifty_updates_make_one_page_and_fifty_lines_of_its_log(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for updates in (0, 1, 50):
        write_pages(wells(tmp_path / f"{updates}.duckdb", updates), out)
        log = re.findall(r'class="what said"', (out / "s-wells.html").read_text(encoding="utf-8"))
        assert sorted(path.name for path in out.iterdir()) == ["index.html", "s-strike.html", "s-wells.html"]
        assert len(log) == updates + 1
    assert (out / "index.html").read_text(encoding="utf-8").count('href="s-wells.html"') == 1


def test_pages_name_one_another_only_where_they_lie_side_by_side(snapshot: Snapshot) -> None:
    assert 'href="s-strike.html"' in text_of(snapshot, linked=True)
    assert 'href="index.html"' in text_of(snapshot, linked=True)
    assert not re.search(r'href="[^"#]+\.html"', text_of(snapshot))


def test_the_list_names_what_is_not_dismissed_and_counts_the_rest(snapshot: Snapshot) -> None:
    text = index(snapshot)
    assert re.findall(r'href="([^"]+)"', text) == ["s-wells.html", "s-strike.html"]
    assert "1 report about nothing that others speak of stays ungrouped." in text


def test_a_page_follows_its_situation_into_another_and_goes_when_people_dismiss_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in ("s-ferry.html", "s-noise.html", "notes.html", "notes.txt"):
        (out / name).write_text("old", encoding="utf-8")
    write_pages(wells(tmp_path / "one.duckdb"), out)
    assert 'href="s-wells.html"' in (out / "s-ferry.html").read_text(encoding="utf-8")
    assert not (out / "s-noise.html").exists()
    assert [(out / name).read_text(encoding="utf-8") for name in ("notes.html", "notes.txt")] == ["old", "old"]


def test_what_is_not_there_has_no_page(snapshot: Snapshot) -> None:
    assert page(snapshot, "nothing") is None
    assert page(snapshot, "nothing", linked=True) is None
    assert page(snapshot, "s-ferry") is None


def test_a_situation_split_up_entirely_says_that_its_reports_belong_elsewhere(tmp_path: Path) -> None:
    with Warehouse(None) as house:
        fill(house, 0)
        house.put_situations([Move(report_id=rid(n), at=day(88), situation_id="s-wells") for n in (7, 8, *range(30, 34))], [line("s-strike", 88, "split")])
        publish(house, tmp_path / "snapshot.duckdb")
    assert "belong to others now" in text_of(Snapshot(tmp_path / "snapshot.duckdb"), "s-strike", linked=True)
