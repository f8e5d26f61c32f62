"""GET /v1/suggestions: a list from the readers' copy, a page at a time."""

from fastapi import APIRouter, Request

from api.deps import READ, door, key_for
from api.documented import problems
from api.paging import Cursor, Limit, page
from api.schemas import SuggestionRow, SuggestionsOut

router = APIRouter(tags=["reading"])


@router.get("/v1/suggestions", summary="Suggestions", responses=problems(401, 403, 422))
def suggestions(request: Request, cursor: Cursor = "", limit: Limit = 100) -> SuggestionsOut:
    """List suggestions by id; a key with the scope `read` is needed."""
    key_for(request, READ)
    rows, after = page(door(request).snapshot, SuggestionRow, "suggestions", cursor, limit)
    return SuggestionsOut(suggestions=rows, cursor=after)
