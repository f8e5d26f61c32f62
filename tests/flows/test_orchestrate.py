"""The flows as Prefect runs them: each by itself, and all in order with one kit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.kit import Kit
from flows.orchestrate import FLOWS, as_task, cycle, listen, sharing
from flows.settings import load_settings, prepare_environment
from flows.take import take
from store.records import Health
from tests.flows.test_understand import BRIDGE, CHOLERA, DAY, OTHER, said

pytestmark = pytest.mark.slow
AS_OF = "2026-03-02"


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


def fill(kit: Kit) -> None:
    take([said(1, BRIDGE, "a"), said(2, OTHER, "b", 3), said(3, CHOLERA, "c", 4)], kit.journal, DAY)


def test_the_cycle_runs_all_five_in_order_with_one_kit(kit: Kit) -> None:
    fill(kit)
    kit.step = as_task
    with sharing(kit):
        did = cycle(as_of=AS_OF)
    assert list(did) == ["intake", "understand", "foresee", "advise", "brief"]
    assert (did["intake"]["drained"], did["understand"]["read"]) == (3, 3)
    assert Path(did["brief"]["paths"]["html"]).is_file()


def test_listening_understands_and_publishes_what_came_and_does_nothing_else(kit: Kit) -> None:
    with sharing(kit):
        assert list(listen(as_of=AS_OF)) == ["intake"]
        assert not kit.settings.snapshot_path.exists()
        fill(kit)
        did = listen(as_of=AS_OF)
        published = kit.settings.snapshot_path.read_bytes()
        assert list(listen(as_of=AS_OF)) == ["intake"]
    assert did["understand"]["read"] == 3
    assert kit.settings.snapshot_path.read_bytes() == published
    assert kit.warehouse.last_brief(DAY.replace(year=2126)) is None


def test_without_a_moment_all_five_are_as_of_the_same_one(kit: Kit) -> None:
    fill(kit)
    with sharing(kit):
        did = cycle()
    assert did["understand"]["read"] == 3
    row = kit.warehouse.last_brief(DAY.replace(year=2126))
    assert row is not None
    assert row.as_of > DAY


def test_a_task_that_fails_fails_as_itself_and_the_flow_goes_on(kit: Kit) -> None:
    from flows.settings import FeedEntry

    kit.step = as_task
    kit.settings = kit.settings.model_copy(update={"feeds": (FeedEntry(url="http://127.0.0.1:9/f", name="private"),)})
    with sharing(kit):
        assert FLOWS[0](as_of=AS_OF)["drained"] == 0
    found = kit.journal.source_state("http://127.0.0.1:9/f")
    assert found is not None
    assert found.health is Health.UNREACHABLE


def test_each_flow_runs_by_itself_on_stores_of_its_own(tmp_path: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HIVECAST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HIVECAST_MODELS", str(models_folder))
    prepare_environment(load_settings())
    from flows.kit import opened

    with opened(load_settings()) as kit:
        fill(kit)
    did = {one.name: one(as_of=AS_OF) for one in FLOWS}
    assert (did["intake"]["drained"], did["understand"]["read"], did["advise"]["suggestions"]) == (3, 3, 0)
    assert load_settings().snapshot_path.is_file()
