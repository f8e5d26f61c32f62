"""GET /v1/objectives: the list, and one with how each of its conditions stands and what reports say for and against it."""

from fastapi import APIRouter, Request

from api.deps import READ, door, key_for
from api.documented import problems
from api.objectives import ObjectiveOut, ObjectiveRow, ObjectivesOut
from api.paging import Cursor, Limit, decode, encode
from api.problems import Problem
from flows.objective_page import find, listed

router = APIRouter(tags=["reading"])


@router.get("/v1/objectives", summary="Objectives", responses=problems(401, 403, 422))
def objectives(request: Request, cursor: Cursor = "", limit: Limit = 100) -> ObjectivesOut:
    """List objectives by id, with how many conditions of each stand how; a key with the scope `read` is needed."""
    key_for(request, READ)
    after, snapshot = decode(cursor), door(request).snapshot
    rows = listed(snapshot, after, limit) if snapshot.published_at() is not None else []
    last = encode(rows[-1]["id"]) if len(rows) == limit else None
    return ObjectivesOut(objectives=[ObjectiveRow.model_validate(row) for row in rows], cursor=last)


@router.get("/v1/objectives/{objective_id}", summary="One objective", responses=problems(401, 403, 404, 422))
def objective(request: Request, objective_id: str) -> ObjectiveOut:
    """Tell one objective: each condition, how it stands, since when, and the strongest reports for and against it; TLP:RED reports are not weighed here."""
    key_for(request, READ)
    snapshot = door(request).snapshot
    found = find(snapshot, objective_id) if snapshot.published_at() is not None else None
    if found is None:
        raise Problem("not-found", "there is no objective with this id", remedy="See /v1/objectives for the ids.")
    return ObjectiveOut.model_validate({**found.objective, "broken": found.broken, "conditions": found.conditions})
