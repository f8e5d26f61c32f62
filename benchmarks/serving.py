"""Start and end the real API process for a measurement, on 127.0.0.1 over a throwaway data folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from flows.settings import Settings, child_environment, load_settings
from flows.wiring import now, open_journal, open_vault
from store.records import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A data folder with a key, and the address its API is served on."""

    settings: Settings
    key: str

    @property
    def address(self) -> str:
        """Base address."""
        return f"http://127.0.0.1:{self.settings.port}"


def prepare(home: Path) -> Target:
    """Make a data folder with one key and pick a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = load_settings(home=home, port=port)
    with open_vault(settings) as vault, open_journal(settings, vault):
        return Target(settings=settings, key=vault.create_key("Benchmark", SourceKind.NGO, ["report", "read"], now(), "benchmark").secret)


def start(target: Target, module: str = "api") -> "subprocess.Popen[bytes]":
    """Start `python -m module` and wait until it answers."""
    environment = child_environment(target.settings) | {"HIVECAST_PORT": str(target.settings.port), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    process = subprocess.Popen([sys.executable, "-m", module], env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{target.address}/v1/health", timeout=1.0).is_success:
                return process
        except httpx.HTTPError:
            time.sleep(0.05)
    process.kill()
    raise RuntimeError("the API did not answer within 30 s")


@contextmanager
def served(target: Target, module: str = "api") -> Iterator[None]:
    """Serve for the length of a block."""
    process = start(target, module)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
