"""POST /v1/situations/{id}/merge|split|rename|lock|dismiss, GET and DELETE /v1/rulings: what a coordinator decides about situations, and takes back."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.deps import CORRECT, Door, door, key_for
from api.documented import problems, request_body
from api.paging import Cursor, Limit, part
from api.parse import read_json, read_ruling
from api.problems import Problem
from api.ruled import MergeIn, RenameIn, RulingIn, RulingOut, RulingsOut, SplitIn
from flows.correct import Desk, Unknown
from flows.rule import Bound, NoSituation, rule, undo
from store.plain import plain
from store.records import Ruling, RulingKind

router = APIRouter(tags=["rulings"])


def _taking(shape: type[RulingIn], summary: str) -> dict[str, Any]:
    """Describe an operation that takes a ruling of this shape: 201 when it is new, 200 when the same holds already."""
    answers = {201: {"model": RulingOut}, 200: {"model": RulingOut}, **problems(400, 401, 403, 404, 409, 413, 415, 422, 503)}
    return {"status_code": 201, "response_model": None, "summary": summary, "responses": answers, "openapi_extra": request_body(shape)}


@router.post("/v1/situations/{situation_id}/merge", **_taking(MergeIn, "Merge another situation into this one"))
async def merge(request: Request, situation_id: str) -> Response:
    """Rule that two situations are one; it keeps the id of this one. The next run moves the reports, and no later run parts them."""
    return await _ruled(request, RulingKind.MERGE, situation_id, MergeIn)


@router.post("/v1/situations/{situation_id}/split", **_taking(SplitIn, "Split reports off a situation"))
async def split(request: Request, situation_id: str) -> Response:
    """Rule that these reports are about something else; `other` in the answer is the id of their own situation. No later run joins the two."""
    return await _ruled(request, RulingKind.SPLIT, situation_id, SplitIn)


@router.post("/v1/situations/{situation_id}/rename", **_taking(RenameIn, "Rename a situation"))
async def rename(request: Request, situation_id: str) -> Response:
    """Give a situation a title that stays. A later one takes its place; undo both to have the title that its reports suggest."""
    return await _ruled(request, RulingKind.RENAME, situation_id, RenameIn)


@router.post("/v1/situations/{situation_id}/lock", **_taking(RulingIn, "Lock a situation"))
async def lock(request: Request, situation_id: str) -> Response:
    """Rule that no run merges or splits this situation; new reports may still join it. Undo the ruling to unlock it."""
    return await _ruled(request, RulingKind.LOCK, situation_id, RulingIn)


@router.post("/v1/situations/{situation_id}/dismiss", **_taking(RulingIn, "Dismiss a situation"))
async def dismiss(request: Request, situation_id: str) -> Response:
    """Rule that a situation is not to be shown; it goes on gathering its reports. Undo the ruling to have it back."""
    return await _ruled(request, RulingKind.DISMISS, situation_id, RulingIn)


async def _ruled(request: Request, kind: RulingKind, situation_id: str, shape: type[RulingIn]) -> Response:
    key, here = key_for(request, CORRECT), door(request)
    wish = read_ruling(shape, await read_json(request))
    said: dict[str, Any] = {name: value.strip() for name, value in wish if isinstance(value, str)}
    said["title"] = " ".join(said.get("title", "").split())
    said["other_ids"] = tuple(report_id.strip() for report_id in getattr(wish, "report_ids", ()))
    draft = Ruling(id="", at=here.clock(), by=key.source, kind=kind, situation_id=situation_id, report_ids=(), **said)
    ruling, new = await run_in_threadpool(_keep, draft, here)
    return JSONResponse(_out(ruling).model_dump(mode="json"), status_code=201 if new else 200)


def _keep(draft: Ruling, here: Door) -> tuple[Ruling, bool]:
    try:
        return rule(draft, Desk(settings=here.settings, journal=here.journal, snapshot=here.snapshot))
    except NoSituation as problem:
        raise Problem("not-found", problem.reason, field=problem.field, remedy="See /v1/situations for the ids.") from None
    except Unknown as problem:
        raise Problem("invalid-field", problem.reason, field=problem.field, remedy=f"{problem.remedy[:1].upper()}{problem.remedy[1:]}.") from None
    except Bound as problem:
        raise Problem("ruling-clash", f"the ruling {problem.other} says otherwise of the same reports") from None


@router.get("/v1/rulings", summary="What was ruled about situations", responses=problems(401, 403, 422))
def rulings(request: Request, cursor: Cursor = "", limit: Limit = 100) -> RulingsOut:
    """List rulings by id, those undone too; a key with the scope `correct` is needed."""
    key_for(request, CORRECT)
    found, following = part(door(request).journal.rulings(), cursor, limit)
    return RulingsOut(rulings=[_out(one) for one in found], cursor=following)


@router.delete("/v1/rulings/{ruling_id}", summary="Undo a ruling", responses=problems(401, 403, 404, 422, 503))
def take_back(request: Request, ruling_id: str) -> RulingOut:
    """Take a ruling back; it stays in the list. The next run moves its reports back where they have not moved on. Undone twice is undone once."""
    key, here = key_for(request, CORRECT), door(request)
    undone = undo(ruling_id, here.journal, here.clock(), key.source)
    if undone is None:
        raise Problem("not-found", "there is no ruling with this id", remedy="See /v1/rulings for the ids.")
    return _out(undone)


def _out(ruling: Ruling) -> RulingOut:
    fields: dict[str, Any] = plain(ruling)
    return RulingOut.model_validate(fields)
