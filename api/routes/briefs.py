"""GET /v1/briefs: what was published, and the files themselves, found by a fixed map and never by a caller's path."""

from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import READ, Door, door, key_for
from api.documented import problems
from api.harden import BRIEF_POLICY
from api.paging import Cursor, Limit, decode, encode
from api.problems import Problem
from api.schemas import BriefRow, BriefsOut
from flows.briefs import briefs_until, published
from store.snapshot import Snapshot

router = APIRouter(tags=["briefs"])
MEDIA_TYPES = {"html": "text/html", "md": "text/markdown", "json": "application/json"}
_FILES: dict[str, dict[str, object]] = {media_type: {} for media_type in MEDIA_TYPES.values()}


@router.get("/v1/briefs", summary="Briefs that were published", responses=problems(401, 403, 422))
def briefs(request: Request, cursor: Cursor = "", limit: Limit = 100) -> BriefsOut:
    """List briefs in order of the time they tell; a key with the scope `read` is needed."""
    key_for(request, READ)
    after = decode(cursor)
    rows = [BriefRow(id=_name(paths), as_of=as_of, formats=sorted(paths)) for as_of, paths in published(door(request).settings)]
    found = [row for row in rows if row.id > after][:limit]
    return BriefsOut(briefs=found, cursor=encode(found[-1].id) if len(found) == limit else None)


@router.get("/v1/briefs/{name}", summary="One brief", response_class=Response, responses={200: {"content": _FILES}, 304: {}, **problems(401, 403, 404, 422)})
def brief(request: Request, name: str) -> Response:
    """Return a brief as `latest.html`, `latest.md`, `latest.json`, or under an id of the list or of a receipt's `cited_by` with one of these endings."""
    key_for(request, READ)
    stem, _, form = name.partition(".")
    path = _files(door(request), stem).get(form or "html")
    if path is None:
        raise Problem("not-found", "there is no brief of this name", remedy="See /v1/briefs for the names; make a brief with `hivecast run`.")
    return _answer(path.read_bytes(), form or "html", request.headers.get("if-none-match", ""))


def _files(here: Door, stem: str) -> dict[str, Path]:
    if stem == "latest":
        return briefs_until(here.settings)
    names = {stem, *_written_as(here.snapshot, stem)}
    return next((paths for _, paths in published(here.settings) if _name(paths) in names), {})


def _written_as(snapshot: Snapshot, brief_id: str) -> set[str]:
    """Return the names of the files of a brief that is called by the id which receipts and the readers' copy give it."""
    found = snapshot.query("SELECT unnest(files) FROM briefs WHERE id = ?", (brief_id,))[1] if snapshot.published_at() else []
    return {Path(str(name)).stem for (name,) in found}


def _name(paths: dict[str, Path]) -> str:
    return next(iter(paths.values())).stem


def _answer(content: bytes, form: str, known: str) -> Response:
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Content-Security-Policy": BRIEF_POLICY}
    if tag in [part.strip() for part in known.split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=MEDIA_TYPES[form], headers=headers)
