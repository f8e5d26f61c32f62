"""Run the five flows once, on a running Prefect server where there is one and an ephemeral one otherwise."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from flows.kit import opened
from flows.settings import Settings, prepare_environment, use_prefect_server
from flows.wiring import Progress, make_home, now, quiet


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """What each flow did, and where the brief and the snapshot are."""

    as_of: datetime
    stages: dict[str, dict[str, Any]]
    brief: dict[str, str]
    snapshot: str
    degraded: tuple[str, ...]


def run_once(settings: Settings, as_of: datetime | None = None, progress: Progress = quiet) -> RunSummary:
    """Run intake, understand, foresee, advise and brief over what is new up to `as_of` (default: now).

    Raises WarehouseBusy when another run holds the warehouse, UngroundedBrief when the brief fails its check.
    """
    make_home(settings)
    prepare_environment(settings)
    server = prefect_server(settings)
    if server:
        use_prefect_server(server)
    from flows.orchestrate import as_task, cycle, sharing

    when = as_of or now()
    with opened(settings, progress, as_task) as kit, sharing(kit):
        did = cycle(as_of=when.isoformat())
    told = did["brief"]
    return RunSummary(as_of=when, stages=did, brief=told["paths"], snapshot=str(settings.snapshot_path), degraded=tuple(told["degraded"]))


def prefect_server(settings: Settings) -> str:
    """Find the API address of the Prefect server that `hivecast up` runs here, or "" when none answers."""
    address = f"http://127.0.0.1:{settings.prefect_port}/api"
    try:
        return address if httpx.get(f"{address}/health", timeout=1.0).is_success else ""
    except httpx.HTTPError:
        return ""
