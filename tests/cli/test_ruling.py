"""Deciding about situations at the command line."""

import json
from pathlib import Path

import pytest

from cli.exits import Exit
from flows.settings import load_settings
from tests.cli.conftest import Hivecast
from tests.flows.trams import show


@pytest.fixture
def shown(home: Path) -> Path:
    show(load_settings())
    return home


@pytest.mark.usefixtures("shown")
def test_a_ruling_is_kept_listed_and_undone(hivecast: Hivecast) -> None:
    words = ("situations", "merge", "A", "B", "--reason", "One strike.")
    made = hivecast(*words, "--by", "Night desk")
    id_ = made.out.strip()
    assert (made.code, "next run" in made.err, id_[0]) == (0, True, "h")
    again = json.loads(hivecast(*words, "--json").out)
    assert (again["id"], again["new"], again["by"], again["other_ids"]) == (id_, False, "Night desk", ["b1", "b2"])
    assert "already" in hivecast(*words).err
    head, row = hivecast("situations", "rulings").out.splitlines()
    told = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert {name: told[name] for name in ("id", "by", "kind", "situation", "other", "reports", "reason", "undone")} == {
        "id": id_, "by": "Night desk", "kind": "merge", "situation": "A", "other": "B", "reports": "5", "reason": "One strike.", "undone": "",
    }  # fmt: skip
    assert "undone" in hivecast("situations", "undo", id_, "--by", "Day desk").err
    assert "before" in hivecast("situations", "undo", id_).err
    (listed,) = json.loads(hivecast("situations", "rulings", "--json").out)
    assert (listed["undone_by"], listed["undone_at"] is not None) == ("Day desk", True)


@pytest.mark.usefixtures("shown")
def test_a_situation_that_was_merged_away_names_where_it_went(hivecast: Hivecast) -> None:
    hivecast("situations", "merge", "A", "B")
    for words in (("lock", "B"), ("split", "B", "--reports", "b1"), ("merge", "B", "A")):
        ran = hivecast("situations", *words)
        assert (ran.code, "B: this situation was merged into A; rule about A" in ran.err) == (Exit.NOT_FOUND, True)


@pytest.mark.usefixtures("shown")
def test_a_split_tells_the_id_of_what_is_split_off(hivecast: Hivecast) -> None:
    made = hivecast("situations", "split", "A", "--reports", "a2, a3,")
    kept = json.loads(hivecast("situations", "split", "A", "--reports", "a3,a2", "--json").out)
    assert (made.out.strip(), kept["new"], kept["other_ids"], kept["by"]) == (kept["id"], False, ["a2", "a3"], "operator")
    assert kept["other"] in made.err
    assert "\t2\t" in hivecast("situations", "rulings").out


@pytest.mark.usefixtures("shown")
def test_a_situation_is_renamed_locked_and_dismissed(hivecast: Hivecast) -> None:
    assert json.loads(hivecast("situations", "rename", "A", " Trams\tstand ", "--json").out)["title"] == "Trams stand"
    lock = hivecast("situations", "lock", "A").out.strip()
    assert hivecast("situations", "dismiss", "A", "--reason", "A film.").code == 0
    clash = hivecast("situations", "merge", "A", "B")
    assert (clash.code, clash.out, lock in clash.err) == (Exit.PROBLEM, "", True)
    hivecast("situations", "undo", lock)
    assert hivecast("situations", "merge", "A", "B").code == 0
    assert [one["kind"] for one in json.loads(hivecast("situations", "rulings", "--json").out)] == ["rename", "lock", "dismiss", "merge"]


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("lock", "Z"), Exit.NOT_FOUND, "Z: there is no situation"),
        (("merge", "A", "Z"), Exit.NOT_FOUND, "Z: there is no situation"),
        (("undo", "h0"), Exit.NOT_FOUND, "hivecast situations rulings"),
        (("split", "A", "--reports", "a1,b1"), Exit.PROBLEM, "b1 is no report of this situation"),
        (("split", "A", "--reports", " , "), Exit.PROBLEM, "names no report"),
        (("split", "A"), Exit.USAGE, "--reports"),
        (("rename", "A", " "), Exit.PROBLEM, "title"),
        (("rename", "A", "T" * 201), Exit.PROBLEM, "title: has 201 characters, more than 200"),
        (("rename", "A", "Trams \x1b[31m"), Exit.PROBLEM, "title: holds a control character"),
        (("lock", "A", "--reason", "r" * 1001), Exit.PROBLEM, "reason: has 1,001 characters, more than 1,000"),
        (("merge", "A", "A"), Exit.PROBLEM, "is the situation itself"),
        (("merge", "A", ""), Exit.NOT_FOUND, "an empty id: there is no situation"),
        (("lock", "A", "--by", " "), Exit.USAGE, "--by is empty"),
    ],
)
def test_what_will_not_do_is_told_and_not_kept(hivecast: Hivecast, words: tuple[str, ...], code: Exit, told: str) -> None:
    ran = hivecast("situations", *words)
    assert (ran.code, ran.out, told in ran.err) == (code, "", True)
    assert json.loads(hivecast("situations", "rulings", "--json").out) == []
