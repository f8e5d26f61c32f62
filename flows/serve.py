"""Settings -> running processes: the API, a Prefect server and the schedules, started and stopped together."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import FrameType
from typing import Any

import httpx

from flows.settings import Settings, brief_schedule, child_environment, load_settings, prepare_environment
from flows.wiring import make_home
from store.errors import HivecastError

Say = Callable[[str], None]
GRACE = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A process to keep running, and the address that answers once it is ready ("" = ready when started)."""

    name: str
    command: tuple[str, ...]
    ready_at: str = ""


class Stopped(Exception):
    """Somebody asked us to end."""


def services(settings: Settings) -> tuple[Service, ...]:
    """List what `up` runs, in the order it is started."""
    prefect = f"http://127.0.0.1:{settings.prefect_port}/api"
    api = f"http://{settings.host}:{settings.port}"
    server = ("-m", "prefect", "server", "start", "--analytics-off", "--no-ui", "--host", "127.0.0.1", "--port", str(settings.prefect_port))
    return (
        Service(name="Prefect server", command=(sys.executable, *server), ready_at=f"{prefect}/health"),
        Service(name="API", command=(sys.executable, "-m", "api"), ready_at=f"{api}/v1/health"),
        Service(name="schedules", command=(sys.executable, "-m", "flows.serve")),
    )


def up(settings: Settings, say: Say, until: Callable[[], bool] = lambda: False) -> int:
    """Start everything, keep it running, and stop it on Ctrl-C, SIGTERM or when `until` says so; 0 when all ended as asked.

    A process that dies is started again, at most five times in all, so that intake outlives a fault elsewhere.
    """
    make_home(settings)
    prepare_environment(settings)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    running: dict[Service, subprocess.Popen[bytes]] = {}
    try:
        for service in services(settings):
            running[service] = start(service, settings)
            wait_ready(service, running[service])
            say(f"{service.name}: running" + (f" at {service.ready_at.rsplit('/', 1)[0]}" if service.ready_at else ""))
        say("Ctrl-C stops everything.")
        return watch(running, settings, say, until)
    except Stopped:
        return 0
    finally:
        stop(running, say)


def start(service: Service, settings: Settings) -> subprocess.Popen[bytes]:
    """Start one process in a session of its own, so that Ctrl-C reaches us alone and we end it in order."""
    log = (settings.home / f"{service.name.lower().replace(' ', '-')}.log").open("ab")
    environment = child_environment(settings) | {"PREFECT_API_URL": f"http://127.0.0.1:{settings.prefect_port}/api"}
    with log:
        return subprocess.Popen(service.command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603


def wait_ready(service: Service, process: subprocess.Popen[bytes], seconds: float = 90.0) -> None:
    """Wait until the service answers; raises HivecastError when it ends or stays silent."""
    end = time.monotonic() + seconds
    while service.ready_at and time.monotonic() < end:
        if process.poll() is not None:
            raise HivecastError(f"the {service.name} ended at once with code {process.returncode}; its log is in the data folder")
        if answers(service.ready_at):
            return
        time.sleep(0.2)
    if service.ready_at:
        raise HivecastError(f"the {service.name} did not answer at {service.ready_at} within {seconds:.0f} s; its log is in the data folder")


def answers(address: str) -> bool:
    """Say whether an address gives a 2xx."""
    try:
        return httpx.get(address, timeout=2.0).is_success
    except httpx.HTTPError:
        return False


def watch(running: dict[Service, subprocess.Popen[bytes]], settings: Settings, say: Say, until: Callable[[], bool]) -> int:
    """Restart what dies; give up with 1 after five restarts."""
    restarts = 0
    while not until():
        for service, process in tuple(running.items()):
            if process.poll() is None:
                continue
            restarts += 1
            say(f"{service.name}: ended with code {process.returncode}, " + ("starting it again" if restarts <= 5 else "giving up"))
            if restarts > 5:
                return 1
            running[service] = start(service, settings)
        time.sleep(0.5)
    return 0


def stop(running: dict[Service, subprocess.Popen[bytes]], say: Say) -> None:
    """End the processes in reverse order; one that does not listen is killed after a grace time."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for process in reversed(running.values()):
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    for service, process in reversed(running.items()):
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        say(f"{service.name}: stopped")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def serve_schedules(settings: Settings) -> None:
    """Serve the schedules until told to end: `listen` often, `cycle` when a brief is due. One run at a time."""
    from prefect import serve
    from prefect.deployments.runner import RunnerDeployment

    from flows.orchestrate import cycle, listen

    kind, value = brief_schedule(settings)
    when: dict[str, Any] = {"cron": value} if kind == "cron" else {"interval": timedelta(minutes=int(value))}
    serve(
        RunnerDeployment.from_flow(listen, name="often", interval=timedelta(minutes=settings.intake_every), concurrency_limit=1),
        RunnerDeployment.from_flow(cycle, name="scheduled", concurrency_limit=1, **when),
        limit=1,
        pause_on_shutdown=False,
        print_starting_message=False,
    )


def main(arguments: Sequence[str] = ()) -> None:
    """Run as `python -m flows.serve`, started by `up`."""
    del arguments
    settings = load_settings()
    prepare_environment(settings)
    serve_schedules(settings)


if __name__ == "__main__":
    main()
