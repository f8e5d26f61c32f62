"""The real process, killed without warning."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.intake_kill import play
from benchmarks.serving import prepare


@pytest.mark.slow
def test_killing_the_api_under_load_loses_and_doubles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = asyncio.run(play(prepare(tmp_path / "home"), rounds=3, seed=7))
    assert found["acknowledged"] > 3
    assert (found["lost"], found["doubled"], found["never_sent"], found["other_answers"], found["sound"]) == (0, 0, 0, 0, True)
