"""Settings -> findings: whether everything is here that a run needs, and what to do where it is not."""

import os
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from flows.seals import broken_seals
from flows.settings import Settings
from flows.wiring import now, open_journal, open_snapshot, open_vault, open_warehouse
from store.errors import HivecastError, WarehouseBusy
from store.journal import Journal, content_hash

LEAST_FREE_BYTES = 1_000_000_000
LEAST_FREE_SHARE = 0.10
OLDEST_SNAPSHOT = timedelta(days=2)
PINNED = ("sqlalchemy", "fastapi", "starlette", "duckdb", "prefect", "spacy", "torch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at. `remedy` is empty when it is well."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Look at everything in turn; a check that itself fails is a finding, so that the others are still made."""
    return tuple(_safely(name, check, settings) for name, check in CHECKS.items())


def _safely(name: str, check: Callable[[Settings], tuple[bool, str, str]], settings: Settings) -> Check:
    try:
        ok, found, remedy = check(settings)
    except HivecastError as problem:
        ok, found, remedy = False, str(problem), "Mend what the message names, then run hivecast doctor again."
    except Exception as problem:  # noqa: BLE001  a damaged file may raise anything, and the remaining checks still have to be made
        ok, found, remedy = False, f"{type(problem).__name__}: {problem}", "Restore this file from a backup, or move it away and run hivecast init."
    return Check(name=name, ok=ok, found=found, remedy="" if ok else remedy)


Finding = tuple[bool, str, str]


def _python(_: Settings) -> Finding:
    return (3, 11) <= sys.version_info[:2] <= (3, 13), sys.version.split()[0], "Use Python 3.11, 3.12 or 3.13."


def _pins(_: Settings) -> Finding:
    wrong = [told for told in map(_outside, PINNED) if told]
    return not wrong, ", ".join(wrong) or "all in range", "Install again from the lock file; see README.md."


def _outside(name: str) -> str:
    wanted = next((r for r in map(Requirement, requires("hivecast") or []) if r.name == name and r.marker is None), None)
    try:
        have = version(name)
    except PackageNotFoundError:
        return f"{name} is missing"
    return "" if wanted is None or have in wanted.specifier else f"{name} {have} is not {wanted.specifier}"


def _home(settings: Settings) -> Finding:
    exists = settings.home.is_dir()
    writable = exists and os.access(settings.home, os.W_OK | os.X_OK)
    found = str(settings.home) + ("" if writable else " cannot be written" if exists else " does not exist")
    return writable, found, "Run hivecast init, or set HIVECAST_HOME to a folder you may write to."


def _disk(settings: Settings) -> Finding:
    folder = next(f for f in (settings.home, *settings.home.parents) if f.exists())
    usage = shutil.disk_usage(folder)
    enough = usage.free >= LEAST_FREE_BYTES and usage.free >= usage.total * LEAST_FREE_SHARE
    return (
        enough,
        f"{usage.free / 1e9:.1f} GB free of {usage.total / 1e9:.1f} GB",
        "Free some space: below 1 GB or a tenth of the disk, reports may soon be refused.",
    )


def _journal(settings: Settings) -> Finding:
    if not settings.journal_path.exists():
        return False, "no journal yet", "Run hivecast init."
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        count, wrong = _reread(journal)
    found = f"{len(wrong)} of {count} reports do not fit their hash, the first is {wrong[0]}" if wrong else f"sound, {count} reports"
    return not wrong, found, "Stop hivecast, restore journal.sqlite from a backup, and start again."


def _reread(journal: Journal) -> tuple[int, list[str]]:
    """Read every report back and compare its content with its hash."""
    seq, count, wrong = 0, 0, []
    while rows := journal.after(seq, 500):
        seq, count = rows[-1].seq, count + len(rows)
        wrong += [row.report_id for row in rows if content_hash(row.submission) != row.content_hash]
    return count, wrong


def _vault(settings: Settings) -> Finding:
    if not settings.vault_path.exists():
        return False, "no vault yet", "Run hivecast init."
    mode = settings.vault_path.stat().st_mode & 0o777
    return mode & 0o077 == 0, f"mode {mode:o}", f"Run chmod 600 {settings.vault_path}: others on this machine can read identities."


def _models(settings: Settings) -> Finding:
    from flows.kit import model_choice
    from nlp.models import load

    missing = load(model_choice(settings)).missing
    return not missing, "; ".join(missing) or "present, hashes right", "Install the packages again from the lock file; until then briefs are degraded."


def _port(settings: Settings) -> Finding:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as problem:
            ours = _answers(settings)
            found = f"{settings.host}:{settings.port} " + ("is served by Hivecast" if ours else f"cannot be used: {problem.strerror}")
            return ours, found, "Set HIVECAST_PORT to a free port, or end the program that holds it."
    return True, f"{settings.host}:{settings.port} is free", ""


def _answers(settings: Settings) -> bool:
    import httpx

    try:
        return "snapshot_at" in httpx.get(f"http://{settings.host}:{settings.port}/v1/health", timeout=2.0).json()
    except (httpx.HTTPError, ValueError):
        return False


def _snapshot(settings: Settings) -> Finding:
    published = open_snapshot(settings).published_at() if settings.snapshot_path.exists() else None
    if published is None:
        return False, "not published yet", "Run hivecast run."
    age = now() - published
    return age <= OLDEST_SNAPSHOT, f"{age.total_seconds() / 3600:.1f} hours old", "Run hivecast run, or hivecast up to have it done on schedule."


def _ledger(settings: Settings) -> Finding:
    if not settings.warehouse_path.exists():
        return True, "no forecasts yet", ""
    try:
        with open_warehouse(settings.model_copy(update={"busy_wait": 0.0})) as warehouse:
            broken = broken_seals(warehouse, settings)
    except WarehouseBusy:
        return True, "not looked at: a run holds the warehouse", ""
    found = f"broken at {'; '.join(broken)}" if broken else "every hash fits"
    return not broken, found, "A forecast was changed after it was made: restore warehouse.duckdb from a backup."


CHECKS: dict[str, Callable[[Settings], Finding]] = {
    "Python": _python,
    "library versions": _pins,
    "data folder": _home,
    "disk": _disk,
    "vault": _vault,  # before anything opens it, since that mends its mode
    "journal": _journal,
    "models": _models,
    "API port": _port,
    "snapshot": _snapshot,
    "forecast ledger": _ledger,
}
