"""What every route needs: the open stores, the clock, and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from api.problems import Problem
from flows.office import Office
from flows.settings import Settings
from store.errors import KeyRejected, ScopeMissing
from store.journal import Journal
from store.snapshot import Snapshot
from store.vault import ApiKey, Vault

REPORT, READ, CORRECT, COORDINATE, ANSWER = "report", "read", "correct", "coordinate", "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The stores behind the door, and the clock."""

    settings: Settings
    vault: Vault
    journal: Journal
    snapshot: Snapshot
    clock: Callable[[], datetime]


def door(request: Request) -> Door:
    """Return the stores that the app opened when it started."""
    found = request.app.state.door
    assert isinstance(found, Door)  # noqa: S101  a program error, not input
    return found


def office(request: Request) -> Office:
    """Return what the coordinator and partners work with behind this door."""
    here = door(request)
    return Office(settings=here.settings, journal=here.journal, snapshot=here.snapshot, vault=here.vault)


def key_for(request: Request, scope: str) -> ApiKey:
    """Return the key of the request when it has `scope`; raises Problem 401 or 403."""
    token = _token(request)
    if not token:
        raise _unauthorised("the request carries no API key")
    try:
        return door(request).vault.check_key(token, scope)
    except ScopeMissing:
        raise Problem("wrong-scope", f"the key lacks the scope `{scope}`") from None
    except KeyRejected:
        raise _unauthorised("the API key is unknown or was revoked") from None


def _token(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    found = token.strip() if kind.lower() == "bearer" else request.headers.get("x-api-key", "").strip()
    return found if found.isascii() else ""


def _unauthorised(reason: str) -> Problem:
    return Problem("unknown-key", reason, headers={"WWW-Authenticate": 'Bearer realm="hivecast"'})
