"""GET /v1/situations: the list in order of life, one with all that is told of it, and its living page."""

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import READ, door, key_for
from api.documented import problems
from api.harden import BRIEF_POLICY
from api.paging import Cursor, Limit, decode, encode
from api.problems import Problem
from api.telling import SituationOut, SituationRow, SituationsOut
from flows.show import Gone, Rank, Wanted, counted, find, listed, rank
from flows.situation_page import index, page
from store.records import Trend

router = APIRouter(tags=["reading"])
LATEST = 100
_MOVED: dict[int | str, dict[str, Any]] = {307: {"description": "It went into another situation, which Location names."}}
Place = Annotated[str, Query(max_length=200, description="Only those whose reports name this place; its name or id.")]
Dismissed = Annotated[bool, Query(description="Those that people dismissed, instead of the others.")]


@router.get("/v1/situations", summary="Situations", responses=problems(401, 403, 422))
def situations(
    request: Request, cursor: Cursor = "", limit: Limit = 100, trend: Trend | None = None, place: Place = "", dismissed: Dismissed = False
) -> SituationsOut:
    """List situations, emerging and growing ones first, then by the voices heard of late; a key with the scope `read` is needed.

    A situation whose life moves on between two pages may come twice or not at all; one that stays where it is comes once.
    """
    key_for(request, READ)
    after, snapshot = _rank(cursor), door(request).snapshot
    if snapshot.published_at() is None:
        return SituationsOut(situations=[], cursor=None, ungrouped=0)
    rows = listed(snapshot, Wanted(trend=trend.value if trend else "", place=place, dismissed=dismissed), after, limit)
    last = encode(json.dumps(rank(rows[-1]))) if len(rows) == limit else None
    return SituationsOut(situations=[SituationRow.model_validate(row) for row in rows], cursor=last, ungrouped=counted(snapshot)["ungrouped"])


@router.get(
    "/v1/situations/{situation_id}.html",
    summary="The living page of a situation",
    response_class=Response,
    responses={200: {"content": {"text/html": {}}}, 304: {"description": "It has not changed."}, **problems(401, 403, 404, 422)},
)
def living_page(request: Request, situation_id: str) -> Response:
    """Return the page of a situation, made anew from the readers' copy; `index.html` lists all. Where it went into another, the page says so."""
    key_for(request, READ)
    snapshot = door(request).snapshot
    known = snapshot.published_at() is not None
    text = (index(snapshot) if situation_id == "index" else page(snapshot, situation_id, linked=True)) if known else None
    if text is None:
        raise _unknown()
    tag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Content-Security-Policy": BRIEF_POLICY}
    if tag in [part.strip() for part in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="text/html", headers=headers)


@router.get("/v1/situations/{situation_id}", summary="One situation", response_model=SituationOut, responses={**_MOVED, **problems(401, 403, 404, 422)})
def situation(request: Request, situation_id: str) -> SituationOut | Response:
    """Tell one situation: summary, figures, places, who speaks, what became of it. One that went into another answers with that one's address."""
    key_for(request, READ)
    snapshot = door(request).snapshot
    found = find(snapshot, situation_id, latest=LATEST) if snapshot.published_at() else None
    if isinstance(found, Gone) and found.into:
        return RedirectResponse(f"/v1/situations/{found.into}", status_code=307)
    if found is None or isinstance(found, Gone):
        raise _unknown()
    parts = asdict(found)
    return SituationOut.model_validate({**parts, **parts["situation"], "latest": parts["reports"]})


def _unknown() -> Problem:
    return Problem("not-found", "there is no situation with this id", remedy="See /v1/situations for the ids.")


def _rank(cursor: str) -> Rank | None:
    """Return the rank that a cursor stands after; raises Problem for one that this API did not give."""
    if not cursor:
        return None
    try:
        life, late, last, id_ = json.loads(decode(cursor))
        if not (
            all(type(one) is int and abs(one) < 1 << 62 for one in (life, late, last)) and isinstance(id_, str) and id_.isascii() and abs(life) < len(Trend)
        ):
            raise ValueError
    except (ValueError, TypeError):
        raise Problem("bad-query", "this cursor was not given by this API", field="cursor") from None
    return life, late, last, id_
