"""Processes that do not start, that die, and that do not listen."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import serve
from flows.serve import Service, start, stop, wait_ready, watch
from flows.settings import Settings
from flows.wiring import make_home
from store.errors import HivecastError
from tests.flows.test_intake import closed_port

DEAF = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home")
    make_home(settings)
    return settings


def service(code: str, ready_at: str = "") -> Service:
    return Service(name="small one", command=(sys.executable, "-S", "-c", code), ready_at=ready_at)


def test_a_process_that_ends_at_once_says_where_its_log_is(home: Settings) -> None:
    short = service("print('no port'); raise SystemExit(3)", f"http://127.0.0.1:{closed_port()}/")
    process = start(short, home)
    with pytest.raises(HivecastError, match=r"small one ended at once with code 3"):
        wait_ready(short, process)
    assert "no port" in (home.home / "small-one.log").read_text(encoding="utf-8")


def test_a_process_that_stays_silent_is_given_up(home: Settings) -> None:
    silent = service("import time; time.sleep(60)", f"http://127.0.0.1:{closed_port()}/")
    process = start(silent, home)
    with pytest.raises(HivecastError, match="did not answer"):
        wait_ready(silent, process, seconds=0.3)
    said: list[str] = []
    stop({silent: process}, said.append)
    assert said == ["small one: stopped"]
    assert process.poll() is not None


def test_a_process_that_keeps_dying_is_started_five_times_again(home: Settings) -> None:
    dying, said = service("pass"), list[str]()
    process = start(dying, home)
    process.wait()
    running: dict[Service, subprocess.Popen[bytes]] = {dying: process}
    assert watch(running, home, said.append, lambda: False) == 1
    running[dying].wait()
    assert len(said) == 6
    assert said[-1].endswith("giving up")


def test_one_that_does_not_listen_is_killed_after_a_grace_time(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "GRACE", 0.2)
    deaf = service(DEAF)
    process = start(deaf, home)
    while "up" not in (home.home / "small-one.log").read_text(encoding="utf-8"):
        pass
    stop({deaf: process}, lambda words: None)
    assert process.returncode == -signal.SIGKILL
