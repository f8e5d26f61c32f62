"""Stage functions -> Prefect flows: one flow a stage, `listen` for the first two, `cycle` for all five in order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import stages
from flows.kit import Kit, opened
from flows.moments import moment
from flows.settings import load_settings
from flows.wiring import now
from store.snapshot import publish

T = TypeVar("T")
_shared: ContextVar[Kit | None] = ContextVar("kit", default=None)


def as_task(name: str, work: Callable[[], T]) -> T:
    """Run one batch as a Prefect task. Nothing is cached: what is new is read from the warehouse, so a cut run is simply run again."""
    return task(name=name, cache_policy=NO_CACHE)(work)()


@contextmanager
def sharing(kit: Kit) -> Iterator[None]:
    """Let the flows inside use these open stores and loaded models instead of opening their own."""
    token = _shared.set(kit)
    try:
        yield
    finally:
        _shared.reset(token)


@contextmanager
def _a_kit() -> Iterator[Kit]:
    kit = _shared.get()
    if kit is not None:
        yield kit
        return
    with opened(load_settings(), step=as_task) as fresh:
        yield fresh


def _run(stage: Callable[[Kit, datetime], Any], as_of: str) -> dict[str, Any]:
    with _a_kit() as kit:
        return asdict(stage(kit, moment(as_of) if as_of else now()))


@flow(name="intake")
def intake(as_of: str = "") -> dict[str, Any]:
    """Visit feeds and mailboxes, then drain the journal."""
    return _run(stages.intake, as_of)


@flow(name="understand")
def understand(as_of: str = "") -> dict[str, Any]:
    """Read what is new and group it."""
    return _run(stages.understand, as_of)


@flow(name="foresee")
def foresee(as_of: str = "") -> dict[str, Any]:
    """Resolve what is due and forecast what lives."""
    return _run(stages.foresee, as_of)


@flow(name="advise")
def advise(as_of: str = "") -> dict[str, Any]:
    """Weigh the conditions of each objective, and what to do about it; then state what will come true, and settle what is due."""
    with _a_kit() as kit, sharing(kit):
        return {"weighed": _run(stages.weigh_conditions, as_of), **_run(stages.advise, as_of), "stated": _run(stages.state, as_of)}


@flow(name="brief")
def brief(as_of: str = "") -> dict[str, Any]:
    """Compose, check and publish the brief and the analysts' snapshot."""
    return _run(stages.brief, as_of)


@flow(name="listen")
def listen(as_of: str = "") -> dict[str, dict[str, Any]]:
    """Take in and understand what is new, and publish it to readers; where nothing came no model is loaded and nothing published."""
    when = as_of or now().isoformat()
    with _a_kit() as kit, sharing(kit):
        did = {"intake": intake(as_of=when)}
        if kit.warehouse.unread(moment(when), 1):
            did["understand"] = understand(as_of=when)
            as_task("publish", lambda: publish(kit.warehouse, kit.settings.snapshot_path))
    return did


FLOWS = (intake, understand, foresee, advise, brief)


@flow(name="cycle")
def cycle(as_of: str = "") -> dict[str, dict[str, Any]]:
    """Run the five flows in order over what is new, with the models loaded once."""
    when = as_of or now().isoformat()
    with _a_kit() as kit, sharing(kit):
        return {one.name: one(as_of=when) for one in FLOWS}
