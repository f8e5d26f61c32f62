"""GET /v1/health: whether reports can be taken in, and how old what readers see is."""

import os
import shutil

from fastapi import APIRouter, Request, Response

from api.deps import Door, door
from api.documented import problems
from api.schemas import HealthOut

router = APIRouter(tags=["health"])
LEAST_FREE_BYTES = 50_000_000


@router.get("/v1/health", summary="Is the door open?", responses={503: {"model": HealthOut}, **problems()})
def health(request: Request, response: Response) -> HealthOut:
    """Say whether the journal can take reports; needs no key and tells nothing about them. 503 when it cannot."""
    here = door(request)
    writable = _writable(here)
    published = here.snapshot.published_at()
    age = round((here.clock() - published).total_seconds()) if published else None
    response.status_code = 200 if writable else 503
    return HealthOut(ok=writable, journal="ok" if writable else "cannot be written", snapshot_at=published, snapshot_age_seconds=age)


def _writable(here: Door) -> bool:
    home = here.settings.home
    return os.access(here.settings.journal_path, os.W_OK) and shutil.disk_usage(home).free > LEAST_FREE_BYTES
