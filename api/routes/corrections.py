"""POST, GET and DELETE /v1/corrections: what a coordinator puts right in what was read, and takes back."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.deps import CORRECT, Door, door, key_for
from api.documented import problems, request_body
from api.paging import Cursor, Limit, part
from api.parse import read_correction, read_json
from api.problems import Problem
from api.schemas import CorrectionIn, CorrectionOut, CorrectionsOut
from flows.correct import Clash, Desk, Unknown, correct, undo
from store.plain import plain
from store.records import Correction
from store.vault import ApiKey

router = APIRouter(tags=["corrections"])


@router.post(
    "/v1/corrections",
    status_code=201,
    response_model=None,
    summary="Put right a place, a name or what a report says is in the way",
    responses={201: {"model": CorrectionOut}, 200: {"model": CorrectionOut}, **problems(400, 401, 403, 409, 413, 415, 422, 503)},
    openapi_extra=request_body(CorrectionIn),
)
async def send(request: Request) -> Response:
    """Keep a correction; a key with the scope `correct` is needed.

    The next run puts right every report that was read before, and later reports are read that way. 201 when it is new, 200 when the same holds already.
    """
    key, here = key_for(request, CORRECT), door(request)
    wish = read_correction(await read_json(request))
    correction, new = await run_in_threadpool(_keep, wish, key, here)
    return JSONResponse(_out(correction).model_dump(mode="json"), status_code=201 if new else 200)


def _keep(wish: CorrectionIn, key: ApiKey, here: Door) -> tuple[Correction, bool]:
    said = {name: value.strip() for name, value in wish if name != "subject"}
    try:
        draft = Correction(id="", at=here.clock(), by=key.source, subject=wish.subject, **said)
        return correct(draft, Desk(settings=here.settings, journal=here.journal, snapshot=here.snapshot))
    except Unknown as problem:
        raise Problem("invalid-field", problem.reason, field=problem.field, remedy=f"{problem.remedy[:1].upper()}{problem.remedy[1:]}.") from None
    except Clash as problem:
        raise Problem("correction-clash", f"the correction {problem.other} says otherwise of the same words") from None


@router.get("/v1/corrections", summary="What was put right", responses=problems(401, 403, 422))
def corrections(request: Request, cursor: Cursor = "", limit: Limit = 100) -> CorrectionsOut:
    """List corrections by id, those undone too; a key with the scope `correct` is needed."""
    key_for(request, CORRECT)
    found, following = part(door(request).journal.corrections(), cursor, limit)
    return CorrectionsOut(corrections=[_out(one) for one in found], cursor=following)


@router.delete("/v1/corrections/{correction_id}", summary="Undo a correction", responses=problems(401, 403, 404, 422, 503))
def take_back(request: Request, correction_id: str) -> CorrectionOut:
    """Take a correction back; it stays in the list. The next run reads its reports anew. Undone twice is undone once."""
    key_for(request, CORRECT)
    here = door(request)
    undone = undo(correction_id, here.journal, here.clock())
    if undone is None:
        raise Problem("not-found", "there is no correction with this id", remedy="See /v1/corrections for the ids.")
    return _out(undone)


def _out(correction: Correction) -> CorrectionOut:
    fields: dict[str, Any] = plain(correction)
    return CorrectionOut.model_validate(fields)
