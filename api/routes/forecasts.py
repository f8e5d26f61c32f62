"""GET /v1/forecasts, /v1/scores: statements that resolve by themselves, and how they did. Nothing here changes one."""

from fastapi import APIRouter, Request

from api.deps import READ, door, key_for
from api.documented import problems
from api.foreseen import ScoresOut, StatementRow, StatementsOut
from api.paging import Cursor, Limit, page
from flows.scores import scores as scored
from store.plain import plain

router = APIRouter(tags=["reading"])


@router.get("/v1/forecasts", summary="Forecasts", responses=problems(401, 403, 422))
def forecasts(request: Request, cursor: Cursor = "", limit: Limit = 100) -> StatementsOut:
    """List statements by id, open and settled, with their chance and the rule that settles them; a key with the scope `read` is needed."""
    key_for(request, READ)
    rows, after = page(door(request).snapshot, StatementRow, "statements", cursor, limit)
    return StatementsOut(forecasts=rows, cursor=after)


@router.get("/v1/scores", summary="How forecasts did", responses=problems(401, 403))
def scores(request: Request) -> ScoresOut:
    """Tell Brier score, skill against the base rate of each kind, log score and calibration of what was settled; the scope `read` is needed."""
    key_for(request, READ)
    found = scored(door(request).snapshot)
    return ScoresOut.model_validate(
        {
            "whole": plain(found.whole) if found.whole else None,
            "by_kind": {name: plain(one) for name, one in found.by_kind.items()},
            "by_days": {name: plain(one) for name, one in found.by_days.items()},
            "open": found.open,
            "void": found.void,
        }
    )
