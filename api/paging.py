"""Readers' copy, or records -> one page of rows and an opaque cursor to the next."""

import base64
import binascii
from collections.abc import Iterable
from typing import Annotated, TypeVar

from fastapi import Query
from pydantic import BaseModel

from api.problems import Problem
from store.opt_in import Blueprint, Decision
from store.records import Correction, Ruling
from store.snapshot import Snapshot

Cursor = Annotated[str, Query(max_length=300, description="From the last answer; leave out for the first page.")]
Limit = Annotated[int, Query(ge=1, le=500, description="Rows in one answer.")]
Row = TypeVar("Row", bound=BaseModel)
Kept = TypeVar("Kept", Correction, Ruling, Decision, Blueprint)


def page(snapshot: Snapshot, shape: type[Row], table: str, cursor: str, limit: int) -> tuple[list[Row], str | None]:
    """Read rows of `table` in order of id, those after the cursor; an empty list before the first run.

    Rows that appear meanwhile are neither doubled nor make others be skipped: the cursor is an id, not a number of rows.
    """
    if snapshot.published_at() is None:
        return [], None
    names = ", ".join(name for name, field in shape.model_fields.items() if field.is_required())
    # The table and column names are this program's own; what was sent goes in as parameters.
    _, rows = snapshot.query(f"SELECT id, {names} FROM {table} WHERE id > ? ORDER BY id LIMIT ?", (decode(cursor), limit))  # noqa: S608
    found = [shape.model_validate(dict(zip(names.split(", "), row[1:], strict=True))) for row in rows]
    return found, encode(str(rows[-1][0])) if len(rows) == limit else None


def part(records: Iterable[Kept], cursor: str, limit: int) -> tuple[list[Kept], str | None]:
    """Take the records after the cursor in order of id, from among all of them."""
    after = decode(cursor)
    found = sorted((one for one in records if one.id > after), key=lambda one: one.id)[:limit]
    return found, encode(found[-1].id) if len(found) == limit else None


def encode(last_id: str) -> str:
    """Return the cursor after an id."""
    return base64.urlsafe_b64encode(last_id.encode()).decode().rstrip("=")


def decode(cursor: str) -> str:
    """Return the id that a cursor stands after; raises Problem for one that this API did not give."""
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise Problem("bad-query", "this cursor was not given by this API", field="cursor") from None
