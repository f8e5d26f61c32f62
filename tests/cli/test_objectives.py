"""The command that tells how the conditions of an objective stand."""

import json
import shutil
from pathlib import Path

import pytest

from cli.exits import Exit
from tests.cli.conftest import Hivecast
from tests.flows.ferry import SECRET, ferry


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copy") / "snapshot.duckdb"
    ferry(path)
    return path


@pytest.fixture
def copy(published: Path, home: Path) -> Path:
    home.mkdir(parents=True)
    shutil.copy(published, home / "snapshot.duckdb")
    return home


def test_an_objective_is_told_in_words(hivecast: Hivecast, copy: Path) -> None:
    ran = hivecast("objectives", "show", "ferry")
    lines = ran.out.splitlines()
    assert lines[:2] == ["The ferry to Delgany runs again. (ferry)", "Fails first: pier, then sails"]
    assert [line.split("\t")[:2] for line in lines[3:6]] == [["pier", "failing"], ["licence", "holding"], ["sails", "failing"]]
    assert "overdue: Planks are laid" in lines
    assert "against: “Nobody has laid a plank on the pier.” Morning Tide, 2031-03-24 [r1]" in lines
    assert "for: “A load of timber for the pier was announced.” Morning Tide, 2031-04-01 [r9]" in lines
    assert SECRET not in ran.out


def test_where_nothing_fails_that_is_said(hivecast: Hivecast, copy: Path) -> None:
    ran = hivecast("objectives", "show", "idle")
    assert ran.out.splitlines()[1] == "No condition is called failing."
    assert len(ran.out.splitlines()) == 4


def test_a_program_gets_all_of_it(hivecast: Hivecast, copy: Path) -> None:
    told = json.loads(hivecast("objectives", "show", "ferry", "--json").out)
    assert told["broken"] == ["pier", "sails"]
    assert [one["id"] for one in told["conditions"]] == ["pier", "licence", "sails"]
    assert told["conditions"][0]["signs"][0]["by"] == "2031-04-01"


def test_an_unknown_one_is_said_to_be_unknown(hivecast: Hivecast, copy: Path) -> None:
    ran = hivecast("objectives", "show", "nothing")
    assert (ran.code, ran.out) == (Exit.NOT_FOUND, "")
    assert "There is no objective nothing" in ran.err


def test_without_a_readers_copy_it_says_how_to_make_one(hivecast: Hivecast) -> None:
    ran = hivecast("objectives", "show", "ferry")
    assert ran.code == Exit.NOT_FOUND
    assert "hivecast run" in ran.err
