"""Request body -> JSON value -> ReportIn | CorrectionIn | RulingIn | any other shape: strict where lenient would lose or invent something."""

import json
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from api.problems import Problem, from_validation, path
from api.ruled import RulingIn
from api.schemas import MAX_ENTRIES, CorrectionIn, ReportIn

MAX_BODY = 1 << 20
Shape = TypeVar("Shape", bound=BaseModel)
Wish = TypeVar("Wish", bound=RulingIn)


async def read_json(request: Request) -> Any:
    """Return the body as a JSON value.

    Raises Problem: 415 for another content type, 413 above 1 MiB (chunked bodies too: nothing beyond the limit is kept),
    400 for what is not JSON in UTF-8, is nested too deeply, or names a field twice.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Problem("unsupported-type", "the content type is not application/json")
    return parse_json(await read_body(request))


async def read_body(request: Request) -> bytes:
    """Return the body. Raises Problem 413 above 1 MiB, and keeps nothing beyond."""
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared[:20]) > MAX_BODY:
        raise _too_large()
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY:
            raise _too_large()
        chunks.append(chunk)
    return b"".join(chunks)


def _too_large() -> Problem:
    return Problem("too-large", f"the body is larger than {MAX_BODY} bytes")


class _NamedTwice(ValueError):
    """A JSON object names one field twice."""


def parse_json(body: bytes) -> Any:
    """Parse JSON in UTF-8; NaN and overflowing numbers are left for the fields to refuse, so that they can be named."""
    try:
        return json.loads(body.decode("utf-8-sig"), object_pairs_hook=_each_once)
    except UnicodeDecodeError as problem:
        raise Problem("malformed-json", f"byte {problem.start} is not UTF-8") from None
    except json.JSONDecodeError as problem:
        raise Problem("malformed-json", f"not JSON at line {problem.lineno}, column {problem.colno}") from None
    except RecursionError:
        raise Problem("malformed-json", "the JSON is nested too deeply") from None
    except _NamedTwice as problem:
        raise Problem("malformed-json", "a field is named twice", field=str(problem), remedy="Name each field once.") from None
    except ValueError:
        raise Problem("malformed-json", "a whole number has too many digits") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _NamedTwice(path((next(name for name in names if names.count(name) > 1),)))
    return found


def entries(value: Any) -> tuple[list[Any], bool]:
    """Return the entries of a body and whether it was a batch. Raises Problem for an empty or too long batch."""
    if not isinstance(value, dict):
        raise Problem("invalid-field", "the body must be a JSON object", remedy='Send {"text": "..."} or {"reports": [...]}.')
    if "reports" not in value:
        return [value], False
    reports = value["reports"]
    if len(value) > 1:
        raise Problem("invalid-field", "a batch holds `reports` and nothing else", field=path(tuple(n for n in value if n != "reports")[:1]))
    if not isinstance(reports, list) or not 1 <= len(reports) <= MAX_ENTRIES:
        remedy = "Split the batch." if isinstance(reports, list) and reports else 'Send {"reports": [{"text": "..."}]}.'
        raise Problem("invalid-field", f"must be a list of 1 to {MAX_ENTRIES} reports", field="reports", remedy=remedy)
    return reports, True


def read_report(entry: Any, prefix: str = "") -> ReportIn:
    """Check one entry. Raises Problem naming the first wrong field under `prefix`."""
    return _read(ReportIn, entry, prefix)


def read_correction(value: Any) -> CorrectionIn:
    """Check a correction. Raises Problem naming the first wrong field."""
    return _read(CorrectionIn, value, "")


def read_ruling(shape: type[Wish], value: Any) -> Wish:
    """Check a ruling of this shape. Raises Problem naming the first wrong field."""
    return _read(shape, value, "")


def read_shape(shape: type[Shape], value: Any) -> Shape:
    """Check a body of this shape. Raises Problem naming the first wrong field."""
    return _read(shape, value, "")


def _read(shape: type[Shape], entry: Any, prefix: str) -> Shape:
    if isinstance(entry, dict) and not all(name.isascii() for name in entry):
        raise Problem("invalid-field", "is not a known field", field=f"{prefix}.(unknown)" if prefix else "(unknown)", remedy="Remove the field.")
    try:
        found = shape.model_validate(entry)
    except ValidationError as problem:
        raise from_validation(problem, prefix) from None
    if (wrong := _with_nul(found)) is not None:
        raise Problem("invalid-field", "holds the character NUL", field=f"{prefix}.{wrong}" if prefix else wrong, remedy="Remove the character U+0000.")
    return found


def _with_nul(found: BaseModel) -> str | None:
    plain = (name for name, value in found if isinstance(value, str) and "\0" in value)
    figures = enumerate(getattr(found, "figures", ()))
    counted = (f"figures[{i}].{name}" for i, figure in figures for name in ("kind", "unit") if "\0" in getattr(figure, name))
    return next(plain, None) or next(counted, None)
