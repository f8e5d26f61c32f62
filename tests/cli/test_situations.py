"""The commands that list, tell and write down situations."""

import json
import shutil
from pathlib import Path

import pytest

from cli.exits import Exit
from store.records import Move
from store.snapshot import publish
from store.warehouse import Warehouse
from tests.cli.conftest import Hivecast
from tests.flows.wells import day, line, report, rid, wells


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copy") / "snapshot.duckdb"
    wells(path)
    return path


@pytest.fixture
def copy(published: Path, home: Path) -> Path:
    home.mkdir(parents=True)
    shutil.copy(published, home / "snapshot.duckdb")
    return home


def test_a_list_says_below_what_it_leaves_out(hivecast: Hivecast, copy: Path) -> None:
    ran = hivecast("situations", "list")
    assert [row.split("\t")[0] for row in ran.out.splitlines()] == ["id", "s-wells", "s-strike"]
    assert ran.err.splitlines() == [
        "1 report about nothing that others speak of stays ungrouped.",
        "1 situation not listed: dismissed by a person. See: hivecast situations list --dismissed",
    ]
    assert hivecast("situations").out == ran.out
    assert "Only the first 1 are listed." in hivecast("situations", "list", "--limit", "1").err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--trend", "growing"), ["s-wells"]),
        (("--dismissed",), ["s-noise"]),
        (("--place", "delgany"), ["s-wells", "s-strike"]),
        (("--limit", "1"), ["s-wells"]),
    ],
)
def test_a_list_can_be_narrowed(hivecast: Hivecast, copy: Path, options: tuple[str, ...], expected: list[str]) -> None:
    assert [one["id"] for one in json.loads(hivecast("situations", "list", "--json", *options).out)] == expected


def test_a_situation_is_told_in_words(hivecast: Hivecast, copy: Path) -> None:
    ran = hivecast("situations", "show", "s-wells")
    assert ran.out.splitlines()[:5] == [
        "The pump at Kestrel Bridge (s-wells)",
        "growing",
        "25 independent origins, 26 carriers, 27 reports, 2031-02-01 to 2031-04-29",
        "A person locked it.",
        f"- “32 people left for the river on the next morning.” [{rid(12)}, {rid(13)}]",
    ]
    for title in ("Figures", "Places", "Who spoke", "What became of it", "Reports"):
        assert f"\n{title}\n" in ran.out
    assert "The latest 10 of 27 reports." in ran.err
    assert "fading: nobody spoke in the last week, 2 in the week before\n6 independent origins" in hivecast("situations", "show", "s-strike").out


def test_all_reports_of_a_situation_are_told_on_request(hivecast: Hivecast, copy: Path) -> None:
    assert len(json.loads(hivecast("situations", "show", "s-wells", "--json").out)["reports"]) == 27 - 17
    told = json.loads(hivecast("situations", "show", "s-wells", "--json", "--reports").out)
    assert len(told["reports"]) == 27
    assert {"title", "trend", "summary", "figures", "places", "voices", "lineage", "rulings"} <= set(told)


def test_a_past_state_is_told_with_its_date(hivecast: Hivecast, copy: Path) -> None:
    lines = hivecast("situations", "show", "s-wells", "--as-of", "2031-03-03").out.splitlines()
    assert lines[:2] == ["The pump at Kestrel Bridge (s-wells), its title today", "As it was on 2031-03-03 23:59 UTC"]
    assert hivecast("situations", "show", "s-wells", "--as-of", "2030-01-01").code == Exit.NOT_FOUND


def test_one_that_went_into_another_says_where(hivecast: Hivecast, copy: Path) -> None:
    ran = hivecast("situations", "show", "s-ferry")
    assert ran.code == Exit.OK
    assert "went into “The pump at Kestrel Bridge” (s-wells)" in ran.out
    assert json.loads(hivecast("situations", "show", "s-ferry", "--json").out)["into"] == "s-wells"
    assert hivecast("situations", "show", "nothing").code == Exit.NOT_FOUND


def test_pages_are_written_to_a_file_or_a_folder(hivecast: Hivecast, copy: Path, tmp_path: Path) -> None:
    one, folder = tmp_path / "deep" / "wells.html", tmp_path / "all"
    assert hivecast("situations", "page", "s-wells", "--out", str(one)).out == f"{one}\n"
    assert "The pump at Kestrel Bridge" in one.read_text(encoding="utf-8")
    assert hivecast("situations", "page", "--out", str(folder)).out == f"{folder / 'index.html'}\n"
    assert hivecast("situations", "page", "s-strike", "--out", str(folder)).out == f"{folder / 's-strike.html'}\n"
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "s-strike.html", "s-wells.html"]
    assert hivecast("situations", "page", "s-ferry", "--out", str(one)).code == Exit.NOT_FOUND


def test_a_page_that_cannot_be_written_is_told_with_its_path(hivecast: Hivecast, copy: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    for words in (("--out", str(taken)), ("s-wells", "--out", str(taken / "wells.html"))):
        ran = hivecast("situations", "page", *words)
        assert (ran.code, ran.out, f"{words[-1]} cannot be written: " in ran.err) == (Exit.CONFIG, "", True)


def test_a_situation_whose_reports_went_to_none_says_so(hivecast: Hivecast, home: Path) -> None:
    home.mkdir(parents=True)
    with Warehouse(None) as house:
        house.add_reports([report(1, 0)], cursor=1)
        moves = [Move(report_id=rid(1), at=day(n), situation_id=id_) for n, id_ in enumerate(("s-a", ""))]
        house.put_situations(moves, [line("s-a", 0, "opened")])
        publish(house, home / "snapshot.duckdb")
    assert "has no reports any more." in hivecast("situations", "show", "s-a").out
