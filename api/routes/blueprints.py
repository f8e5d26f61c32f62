"""Blueprints: draft, list, look at, ask partners, take an ask back, hold a condition for met, dissolve. All for the scope `coordinate` alone."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.coalition import AsksIn, BlueprintOut, BlueprintRow, BlueprintsOut, EndingOut, InvitationOut, InvitationsOut, ReasonIn, TermsIn, ViewOut
from api.deps import COORDINATE, door, key_for, office
from api.documented import problems, request_body
from api.paging import Cursor, Limit, part
from api.parse import read_json, read_shape
from flows.blueprints import Sent, View, ask, confirm, dissolve, draft, find, find_ask, invite, revoke, view
from flows.links import address
from flows.office import Office, Stamp
from flows.words_alike import by_word
from store.opt_in import Ask, Terms
from store.plain import plain

router = APIRouter(tags=["blueprints"])
_SENDS = problems(400, 401, 403, 404, 409, 413, 415, 422, 503)


@router.post(
    "/v1/suggestions/{suggestion_id}/blueprint",
    status_code=201,
    response_model=BlueprintOut,
    summary="Draft a blueprint",
    responses=_SENDS,
    openapi_extra=request_body(TermsIn),
)
async def send(request: Request, suggestion_id: str) -> Response:
    """Draft the blueprint of an accepted suggestion: roles, jobs, who else could bring what. Nothing is sent to anybody.

    Partners who were not proposed are matched by the words of their strengths; `hivecast blueprints draft` matches by meaning too.
    """
    stamp, here = _stamp(request), office(request)
    wish = read_shape(TermsIn, await read_json(request))
    made = await run_in_threadpool(draft, here, suggestion_id, Terms(**dict(wish)), stamp, by_word)
    return JSONResponse(_shaped(BlueprintOut, plain(made)), status_code=201)


@router.get("/v1/blueprints", summary="Blueprints", responses=problems(401, 403, 422))
def blueprints(request: Request, cursor: Cursor = "", limit: Limit = 100) -> BlueprintsOut:
    """List blueprints by id, each with where it stands."""
    key_for(request, COORDINATE)
    here, now = office(request), door(request).clock()
    found, following = part(here.journal.blueprints(), cursor, limit)
    rows = [BlueprintRow.model_validate({**plain(one), "stage": view(here, one.id, now).standing.stage}) for one in found]
    return BlueprintsOut(blueprints=rows, cursor=following)


@router.get("/v1/blueprints/{blueprint_id}", summary="One blueprint", response_model=ViewOut, responses=problems(401, 403, 404, 422))
def one(request: Request, blueprint_id: str) -> Response:
    """Tell how a blueprint stands, who answered what, whom to ask next, and once it has formed the first agenda."""
    key_for(request, COORDINATE)
    return JSONResponse(_view(view(office(request), blueprint_id, door(request).clock())))


@router.post(
    "/v1/blueprints/{blueprint_id}/asks",
    status_code=201,
    response_model=InvitationsOut,
    summary="Ask partners to join",
    responses=_SENDS,
    openapi_extra=request_body(AsksIn),
)
async def ask_partners(request: Request, blueprint_id: str) -> Response:
    """Make an invitation with a signed link for each partner, all or none: those named, or whoever is to be asked now. Sending them is up to you."""
    stamp, here = _stamp(request), office(request)
    wish = read_shape(AsksIn, await read_json(request))
    sent = await run_in_threadpool(ask, here, blueprint_id, wish.partner_ids, stamp)
    return JSONResponse({"invitations": [_invitation(one, here) for one in sent]}, status_code=201)


@router.get("/v1/invitations/{ask_id}", summary="An invitation again", response_model=InvitationOut, responses=problems(401, 403, 404, 422))
def invitation(request: Request, ask_id: str) -> Response:
    """Give the invitation of an ask once more, with the same link."""
    key_for(request, COORDINATE)
    here = office(request)
    found = find_ask(here, ask_id)
    return JSONResponse(_invitation(invite(here, find(here, found.blueprint_id), found), here))


@router.delete("/v1/invitations/{ask_id}", status_code=204, summary="Take an ask back", responses=problems(401, 403, 404, 422, 503))
def take_back(request: Request, ask_id: str) -> Response:
    """Close the link of an ask at once; what was answered to it counts no more."""
    stamp = _stamp(request)
    revoke(office(request), ask_id, stamp.at)
    return Response(status_code=204)


@router.post("/v1/invitations/{ask_id}/met", status_code=204, summary="Hold a condition for met", responses=problems(401, 403, 404, 409, 422, 503))
def met(request: Request, ask_id: str) -> Response:
    """Hold the words of a conditional answer for met, as long as that answer stands."""
    confirm(office(request), ask_id, _stamp(request))
    return Response(status_code=204)


@router.post(
    "/v1/blueprints/{blueprint_id}/dissolve",
    response_model=EndingOut,
    summary="Dissolve a blueprint",
    responses=_SENDS,
    openapi_extra=request_body(ReasonIn),
)
async def end(request: Request, blueprint_id: str) -> Response:
    """End a blueprint for good: every link of it takes no answer any more. Dissolved twice is dissolved once."""
    stamp, here = _stamp(request), office(request)
    wish = read_shape(ReasonIn, await read_json(request))
    return JSONResponse(_shaped(EndingOut, plain(await run_in_threadpool(dissolve, here, blueprint_id, wish.reason.strip(), stamp))))


def _stamp(request: Request) -> Stamp:
    key = key_for(request, COORDINATE)
    return Stamp(by=key.source, at=door(request).clock())


def _invitation(sent: Sent, here: Office) -> dict[str, Any]:
    return {"ask_id": sent.ask.id, "partner_id": sent.ask.partner_id, "link": f"{address(here.settings)}{sent.path}", "text": sent.text}


def _view(found: View) -> dict[str, Any]:
    answers = [{**_reply(ask), **({} if answer is None else _said(plain(answer)))} for ask, answer in found.answers]
    parts = {"blueprint": plain(found.blueprint), "standing": plain(found.standing), "jobs": plain(found.jobs), "agenda": found.agenda}
    return _shaped(ViewOut, {**parts, "answers": answers})


def _reply(ask: Ask) -> dict[str, Any]:
    asked = {"ask_id": ask.id, "partner_id": ask.partner_id, "asked_at": ask.at, "revoked_at": ask.revoked_at}
    return {**asked, "reply": None, "answered_at": None, "needs": [], "at_least": 0, "words": ""}


def _said(answer: dict[str, Any]) -> dict[str, Any]:
    return {"reply": answer["reply"], "answered_at": answer["at"], **{name: answer[name] for name in ("needs", "at_least", "words")}}


def _shaped(shape: Any, fields: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = shape.model_validate(fields).model_dump(mode="json")
    return found
