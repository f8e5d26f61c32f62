"""What readers are told of objectives."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.objective_page import find, listed
from store.snapshot import Snapshot
from tests.flows.ferry import SECRET, ferry


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path: Path = tmp_path_factory.mktemp("copy") / "snapshot.duckdb"
    ferry(path)
    snapshot = Snapshot(path)
    yield snapshot
    snapshot.close()


def test_objectives_are_listed_with_how_their_conditions_stand(copy: Snapshot) -> None:
    (first, second) = listed(copy)
    assert (first["id"], first["fails_first"]) == ("ferry", "pier")
    assert first["standings"] == {"holding": 1, "doubtful": 0, "failing": 2, "unknown": 0}
    assert (second["id"], second["fails_first"], second["weighed_at"]) == ("idle", None, None)
    assert second["standings"]["unknown"] == 1
    assert [row["id"] for row in listed(copy, "ferry")] == ["idle"]
    assert [row["id"] for row in listed(copy, limit=1)] == ["ferry"]


def test_one_is_told_with_the_strongest_sentences_for_and_against_each_condition(copy: Snapshot) -> None:
    found = find(copy, "ferry")
    assert found is not None
    assert found.broken == ["pier", "sails"]
    pier, licence, sails = found.conditions
    assert pier["standing"] == "failing"
    assert [one["report_id"] for one in pier["against"]][:2] == ["r1", "r0"]
    assert pier["overdue"] == ["Planks are laid"]
    assert licence["for"][0]["sentence"] == "The licence was renewed on Monday."
    assert sails["because"] == ["pier"]
    assert pier["weeks"][-1]["log_odds"] == pier["log_odds"]


def test_what_red_reports_say_is_neither_quoted_nor_weighed(copy: Snapshot) -> None:
    found = find(copy, "ferry")
    assert found is not None
    assert SECRET not in str(found)
    assert found.conditions[0]["origins_against"] == 3


def test_an_unknown_objective_is_none(copy: Snapshot) -> None:
    assert find(copy, "nothing") is None
