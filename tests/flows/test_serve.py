"""`up` starts everything, a scheduled run really fires, and one signal stops it all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from flows.demo import free_port
from flows.serve import services
from flows.settings import Settings

pytestmark = pytest.mark.slow


def eventually(check: object, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():  # type: ignore[operator]
            return True
        time.sleep(0.5)
    return False


def runs(address: str, state: str) -> list[dict[str, object]]:
    try:
        wanted = {"flow_runs": {"state": {"type": {"any_": [state]}}}}
        answer = httpx.post(f"{address}/flow_runs/filter", json=wanted, timeout=5)
    except httpx.HTTPError:
        return []
    return list(answer.json()) if answer.is_success else []


def test_a_report_that_is_sent_is_understood_by_a_scheduled_run_and_one_ctrl_c_stops_everything(tmp_path: Path, models_folder: Path) -> None:
    prefect_port, port = free_port(), free_port()
    own = {
        "HIVECAST_HOME": str(tmp_path),
        "HIVECAST_MODELS": str(models_folder),
        "HIVECAST_PORT": str(port),
        "HIVECAST_PREFECT_PORT": str(prefect_port),
        "HIVECAST_INTAKE_EVERY": "1",
    }
    log = (tmp_path / "up.log").open("wb")
    process = subprocess.Popen([sys.executable, "-m", "cli.main", "up"], env={**os.environ, **own}, stdout=log, stderr=log, start_new_session=True)
    try:
        assert eventually(lambda: httpx.get(f"http://127.0.0.1:{port}/v1/health", timeout=2).is_success if is_open(port) else False, 120), log_of(tmp_path)
        receipt, key = sent(f"http://127.0.0.1:{port}", own)
        assert eventually(lambda: runs(f"http://127.0.0.1:{prefect_port}/api", "COMPLETED"), 240), log_of(tmp_path)
        assert eventually(lambda: answered(receipt, key)["understood"] is not None, 240), log_of(tmp_path)
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(90)
        log.close()
    assert code == 0
    assert not is_open(port)
    assert not is_open(prefect_port)


def sent(address: str, own: dict[str, str]) -> tuple[str, str]:
    """Make a key beside the running services, send a report with it, and give the receipt's address and the key."""
    made = subprocess.run([sys.executable, "-m", "cli.main", "keys", "create", "Example Relief"], env={**os.environ, **own}, capture_output=True, check=True)
    key = made.stdout.decode().strip()
    answer = httpx.post(f"{address}/v1/reports", json={"text": "The bridge at Boda is closed."}, headers={"Authorization": f"Bearer {key}"}, timeout=30)
    assert answer.status_code == 201
    return f"{address}/v1/reports/{answer.json()['id']}", key


def answered(receipt: str, key: str) -> dict[str, object]:
    found: dict[str, object] = httpx.get(receipt, headers={"Authorization": f"Bearer {key}"}, timeout=10).json()
    return found


def is_open(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/", timeout=1)
    except httpx.HTTPError:
        return False
    return True


def log_of(home: Path) -> str:
    return "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')[-3000:]}" for path in sorted(home.glob("*.log")))


def test_everything_listens_on_the_loopback_address_alone(tmp_path: Path) -> None:
    commands = [" ".join(service.command) for service in services(Settings(home=tmp_path))]
    assert all("0.0.0.0" not in command for command in commands)
