"""The commands, run in this process over a fresh data folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.nlp.places.conftest import small_folder

__all__ = ["small_folder"]

Hivecast = Callable[..., "Ran"]


class Ran:
    """What a command did."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HIVECAST_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def hivecast(home: Path) -> Hivecast:
    def run(*arguments: str) -> Ran:
        result = CliRunner().invoke(app, list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run
