"""GET /v1/asks and POST an answer: what a partner is asked, by its own key. Nothing of any other partner comes through here."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.asking import AnswerIn, OwnAskOut, OwnAsksOut
from api.deps import ANSWER, door, key_for, office
from api.documented import problems, request_body
from api.parse import read_json, read_shape
from api.problems import Problem
from flows.opt_in import answer, by_key
from store.opt_in import Answer, OwnAsk
from store.plain import plain

router = APIRouter(tags=["asks"])


@router.get("/v1/asks", summary="What you are asked", response_model=OwnAsksOut, responses=problems(401, 403, 422))
def asks(request: Request) -> Response:
    """List what the partner of this key was asked, with what it answered; a key of a partner with the scope `answer` is needed."""
    key = key_for(request, ANSWER)
    return JSONResponse({"asks": [own_out(own) for own in by_key(office(request), key.partner_id, door(request).clock())]})


@router.post(
    "/v1/asks/{ask_id}/answer",
    response_model=OwnAskOut,
    summary="Answer an invitation",
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=request_body(AnswerIn),
)
async def send(request: Request, ask_id: str) -> Response:
    """Answer in, out, observe or in_if; it stands in place of what you answered before, at once. The coordinator alone sees it."""
    key, here, now = key_for(request, ANSWER), office(request), door(request).clock()
    wish = read_shape(AnswerIn, await read_json(request))
    own = next((one for one in by_key(here, key.partner_id, now) if one.ask.id == ask_id), None)
    if own is None:
        raise Problem("not-found", "no ask of yours has this id", remedy="See /v1/asks for the ids.")
    said = Answer(ask_id=ask_id, at=now, reply=wish.reply, needs=wish.needs, at_least=wish.at_least, words=wish.words.strip())
    await run_in_threadpool(answer, here, own, said)
    again = next(one for one in by_key(here, key.partner_id, now) if one.ask.id == ask_id)
    return JSONResponse(own_out(again))


def own_out(own: OwnAsk) -> dict[str, Any]:
    """Tell a partner its own part of what it was asked."""
    ask, blueprint = own.ask, own.blueprint
    told: dict[str, Any] = {"objective": "", "obstacles": [], "plan": [], "required": [], "terms": None}
    if blueprint is not None:
        told = {name: plain(getattr(blueprint, name)) for name in told}
    own_part = {"strengths": list(ask.strengths), "jobs": [f"{job.title}: {job.reason}" for job in ask.jobs], "question": ask.question, "open": own.open}
    head = {"id": ask.id, "at": ask.at, "expires_at": ask.expires_at, "kind": "invitation" if blueprint else "question"}
    return OwnAskOut.model_validate({**head, **told, **own_part, "answer": None if own.answer is None else plain(own.answer)}).model_dump(mode="json")
