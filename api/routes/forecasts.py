"""GET /v1/forecasts, /v1/scores: statements that resolve by themselves, and how they did; POST how likely you hold one. Nothing changes what was said."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.deps import COORDINATE, READ, REPORT, door, key_for, office
from api.documented import problems, request_body
from api.foreseen import HeldIn, HeldOut, ScoresOut, StatementRow, StatementsOut
from api.paging import Cursor, Limit, page
from api.parse import read_json, read_shape
from api.problems import Problem
from flows.held import COORDINATOR, hold
from flows.scores import scores as scored
from store.plain import plain
from store.vault import ApiKey

router = APIRouter(tags=["reading"])


@router.get("/v1/forecasts", summary="Forecasts", responses=problems(401, 403, 422))
def forecasts(request: Request, cursor: Cursor = "", limit: Limit = 100) -> StatementsOut:
    """List statements by id, open and settled, with their chance and the rule that settles them; a key with the scope `read` is needed."""
    key_for(request, READ)
    rows, after = page(door(request).snapshot, StatementRow, "statements", cursor, limit)
    return StatementsOut(forecasts=rows, cursor=after)


@router.post(
    "/v1/forecasts/{forecast_id}/probability",
    status_code=201,
    response_model=HeldOut,
    summary="Say how likely you hold a forecast",
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=request_body(HeldIn),
)
async def say(request: Request, forecast_id: str) -> Response:
    """Keep how likely you hold an open forecast; the scope `coordinate` or `report` is needed. Say it again when you think otherwise: both are kept.

    Nobody sees it before the forecast is settled, and then only what all together held. Who held what is told nobody.
    """
    key, now = _someone(request), door(request).clock()
    wish = read_shape(HeldIn, await read_json(request))
    who = COORDINATOR if COORDINATE in key.scopes else f"{key.partner_id}|{key.owner}|{key.source}"
    kept = await run_in_threadpool(hold, office(request), forecast_id, wish.probability, who, now)
    return JSONResponse({"forecast_id": forecast_id, "at": kept.at.isoformat(), "probability": kept.probability}, status_code=201)


def _someone(request: Request) -> ApiKey:
    try:
        return key_for(request, COORDINATE)
    except Problem:
        return key_for(request, REPORT)


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
