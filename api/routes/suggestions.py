"""GET /v1/suggestions and one of them; POST its decision; GET and DELETE /v1/decisions: what is suggested, and what a coordinator does with it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.coalition import DecisionIn, DecisionOut, DecisionRef, DecisionsOut, SuggestionOut
from api.deps import COORDINATE, READ, door, key_for, office
from api.documented import problems, request_body
from api.harden import BRIEF_POLICY
from api.paging import Cursor, Limit, page, part
from api.parse import read_json, read_shape
from api.problems import Problem
from api.schemas import SuggestionRow, SuggestionsOut
from flows.decide import decide, holding, undo
from flows.learn import page as after_action
from flows.office import card as card_of
from flows.office import cards, suggestion
from store.opt_in import Decision
from store.plain import plain

router = APIRouter(tags=["suggestions"])


@router.get("/v1/suggestions", summary="Suggestions", responses=problems(401, 403, 422))
def suggestions(request: Request, cursor: Cursor = "", limit: Limit = 100) -> SuggestionsOut:
    """List suggestions by id, each with what was decided on it; a key with the scope `read` is needed."""
    key_for(request, READ)
    here = door(request)
    rows, after = page(here.snapshot, SuggestionRow, "suggestions", cursor, limit)
    held = {id_: one.verdict for id_, one in holding(here.journal.decisions()).items()}
    beside = cards(here.snapshot, [row.id for row in rows])
    sure = {id_: {"confidence": one.confidence, "expires_at": one.expires_at} for id_, one in beside.items()}
    return SuggestionsOut(suggestions=[row.model_copy(update={"decision": held.get(row.id), **sure.get(row.id, {})}) for row in rows], cursor=after)


@router.get("/v1/suggestions/{suggestion_id}", summary="One suggestion", responses=problems(401, 403, 404, 422))
def one(request: Request, suggestion_id: str) -> SuggestionOut:
    """Tell one suggestion with its evidence, who could act, its card, and the decision that holds; a key with the scope `read` is needed."""
    key_for(request, READ)
    here = door(request)
    card = suggestion(here.snapshot, suggestion_id)
    held = holding(here.journal.decisions()).get(card.id)
    beside = card_of(here.snapshot, card.id)
    fields = {"decision": None if held is None else DecisionRef.model_validate(plain(held)), "card": None if beside is None else plain(beside)}
    return SuggestionOut.model_validate({**plain(card), **fields})


@router.get(
    "/v1/suggestions/{suggestion_id}/after-action.html",
    summary="Look back on a suggestion",
    response_class=HTMLResponse,
    responses=problems(401, 403, 404, 409, 422),
)
def looking_back(request: Request, suggestion_id: str) -> Response:
    """Return the after-action page: what was known then, what was forecast, what happened, the score. The scope `coordinate` is needed."""
    key_for(request, COORDINATE)
    text = after_action(office(request), suggestion_id, door(request).clock())
    return HTMLResponse(text, headers={"Content-Security-Policy": BRIEF_POLICY})


@router.post(
    "/v1/suggestions/{suggestion_id}/decision",
    status_code=201,
    response_model=None,
    summary="Accept, reject or defer a suggestion",
    responses={201: {"model": DecisionOut}, 200: {"model": DecisionOut}, **problems(400, 401, 403, 404, 413, 415, 422, 503)},
    openapi_extra=request_body(DecisionIn),
)
async def send(request: Request, suggestion_id: str) -> Response:
    """Keep a decision; it takes the place of the one before. 201 when it is new, 200 when the same holds already.

    Readers see the verdict and the reason: name nobody in it who declined anything. A key with the scope `coordinate` is needed.
    """
    key, here = key_for(request, COORDINATE), office(request)
    wish = read_shape(DecisionIn, await read_json(request))
    at, reason = door(request).clock(), wish.reason.strip()
    draft = Decision(id="", at=at, by=key.source, suggestion_id=suggestion_id, verdict=wish.verdict, reason=reason, until=wish.until)
    decision, new = await run_in_threadpool(decide, draft, here)
    return JSONResponse(_out(decision).model_dump(mode="json"), status_code=201 if new else 200)


@router.get("/v1/decisions", summary="What was decided on suggestions", responses=problems(401, 403, 422))
def decisions(request: Request, cursor: Cursor = "", limit: Limit = 100) -> DecisionsOut:
    """List decisions by id, those undone too; a key with the scope `coordinate` is needed."""
    key_for(request, COORDINATE)
    found, following = part(door(request).journal.decisions(), cursor, limit)
    return DecisionsOut(decisions=[_out(decision) for decision in found], cursor=following)


@router.delete("/v1/decisions/{decision_id}", summary="Undo a decision", responses=problems(401, 403, 404, 422, 503))
def take_back(request: Request, decision_id: str) -> DecisionOut:
    """Take a decision back, so that what was decided before it holds again; it stays in the list. Undone twice is undone once."""
    key, here = key_for(request, COORDINATE), door(request)
    undone = undo(decision_id, here.journal, here.clock(), key.source)
    if undone is None:
        raise Problem("not-found", "there is no decision with this id", remedy="See /v1/decisions for the ids.")
    return _out(undone)


def _out(decision: Decision) -> DecisionOut:
    fields: dict[str, Any] = plain(decision)
    return DecisionOut.model_validate(fields)
