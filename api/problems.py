"""Trouble -> RFC 9457 problem document: field, reason, remedy, and never a word of what was sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError
from starlette.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of problem, with what its page says."""

    status: int
    title: str
    explained: str
    remedy: str


KINDS: Mapping[str, Kind] = {
    "malformed-json": Kind(
        status=400,
        title="The body is not valid JSON",
        explained="The body could not be read as JSON in UTF-8, or names one field twice, or is nested too deeply.",
        remedy="Send one JSON object in UTF-8, each field once.",
    ),
    "bad-query": Kind(
        status=422,
        title="A query parameter is wrong",
        explained="A parameter in the address has a value that this page does not take.",
        remedy="Use only the cursor that the last answer gave, and a limit from 1 to 500.",
    ),
    "unknown-key": Kind(
        status=401,
        title="No valid API key",
        explained="The request carries no API key, or one that is unknown or was revoked.",
        remedy="Send the header `Authorization: Bearer hc_...` with the key your coordinator gave you; ask for a new one if it was revoked.",
    ),
    "wrong-scope": Kind(
        status=403,
        title="The key may not do this",
        explained="The key is valid, but was made for something else.",
        remedy="Ask your coordinator for a key with the scope named in `reason`.",
    ),
    "not-found": Kind(
        status=404,
        title="Nothing here",
        explained="There is nothing under this address that your key may see.",
        remedy="Check the address against /docs; a receipt's address is in the answer to the report.",
    ),
    "method-not-allowed": Kind(
        status=405,
        title="Method not allowed",
        explained="The address exists, but not for this HTTP method.",
        remedy="Use one of the methods named in the header `Allow`.",
    ),
    "key-conflict": Kind(
        status=409,
        title="The key is taken by another report",
        explained="A report with this key is stored already, and its content is not the same.",
        remedy="Send a correction or a new report under a new key.",
    ),
    "correction-clash": Kind(
        status=409,
        title="Another correction says otherwise",
        explained="A correction of the same words holds already, and it says something else.",
        remedy="Undo the correction named in `reason`, then send this one again.",
    ),
    "ruling-clash": Kind(
        status=409,
        title="Another ruling says otherwise",
        explained="A person ruled about the same reports before, that ruling holds, and this one contradicts it.",
        remedy="Undo the ruling named in `reason`, then send this one again.",
    ),
    "not-now": Kind(
        status=409,
        title="This does not go with what was decided or answered before",
        explained="The request is right in itself, but something that was decided, asked or answered before stands against it, or its time is over.",
        remedy="Do what `reason` says, then send the request again.",
    ),
    "too-large": Kind(
        status=413,
        title="The body is too large",
        explained="A request may carry at most 1 MiB.",
        remedy="Send fewer reports at once, or shorten the text.",
    ),
    "unsupported-type": Kind(
        status=415,
        title="Wrong content type",
        explained="Reports are sent as JSON.",
        remedy="Send the header `Content-Type: application/json`.",
    ),
    "invalid-field": Kind(
        status=422,
        title="A field is wrong",
        explained="The body is valid JSON, but a field is missing, unknown, or has a value that cannot be taken.",
        remedy="Mend the field named in `field`; /openapi.json lists what each may hold.",
    ),
    "internal": Kind(
        status=500,
        title="Something broke here",
        explained="The fault is ours. What was not acknowledged is not stored.",
        remedy="Send the same request again later; with the same key nothing is stored twice.",
    ),
    "storage-full": Kind(
        status=503,
        title="The disk is full",
        explained="The report could not be stored, and was therefore not acknowledged. Everything acknowledged before is safe.",
        remedy="Send the same request again after the seconds named in the header `Retry-After`.",
    ),
}
REASONS: Mapping[str, str] = {
    "missing": "is required",
    "extra_forbidden": "is not a known field",
    "string_unicode": "holds half of a surrogate pair, which is not a character",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "string_too_long": "must be at most {max_length} characters",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "less_than_equal": "must be at most {le:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "enum": "must be {expected}",
    "tuple_type": "must be a list",
    "too_long": "must hold at most {max_length} entries",
    "too_short": "must hold at least {min_length} entry",
    "model_type": "must be a JSON object",
    "timezone_aware": "must say its time zone",
}
PATTERNS: Mapping[str, str] = {
    "language": "must be a language code, such as fr",
    "languages": "must be a language code, such as fr",
    "url": "must be an http or https address",
}
_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "unsupported-type"}


class Problem(Exception):
    """A request that cannot be served; becomes the HTTP answer."""

    def __init__(self, kind: str, reason: str, *, field: str = "", remedy: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.field = field
        self.remedy = remedy
        self.headers = dict(headers or {})

    @property
    def status(self) -> int:
        """HTTP status of this kind."""
        return KINDS[self.kind].status

    def document(self) -> dict[str, Any]:
        """Return the problem document as a JSON object."""
        kind = KINDS[self.kind]
        detail = f"{self.field}: {self.reason}" if self.field else self.reason
        return {
            "type": f"/problems/{self.kind}",
            "title": kind.title,
            "status": kind.status,
            "detail": detail,
            "field": self.field,
            "reason": self.reason,
            "remedy": self.remedy or kind.remedy,
        }

    def response(self) -> JSONResponse:
        """Return the HTTP answer."""
        return JSONResponse(self.document(), status_code=self.status, media_type=MEDIA_TYPE, headers=self.headers)


def from_status(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """Turn the framework's own refusals (404, 405, ...) into ours."""
    kind = _BY_STATUS.get(status, "internal" if status >= 500 else "not-found")
    return Problem(kind, f"{HTTPStatus(status).phrase.lower()}: {KINDS[kind].explained}", headers=headers)


def from_validation(problem: ValidationError, prefix: str = "") -> Problem:
    """Name the first wrong field, why it is wrong, and how to mend it."""
    errors = problem.errors(include_input=False, include_url=False)
    first = errors[0]
    field = _joined(prefix, path(first["loc"]))
    others = len({error["loc"] for error in errors}) - 1
    more = f" ({others} more {'field is' if others == 1 else 'fields are'} wrong)" if others else ""
    return Problem("invalid-field", _reason(first, field) + more, field=field, remedy=_remedy(first["type"]))


def path(loc: Sequence[int | str]) -> str:
    """Write a location as `reports[3].lat`; a name that is not a plain one is not repeated."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text = _joined(text, part if _PLAIN_NAME.fullmatch(part) else "(unknown)")
    return text


def _joined(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix and name else prefix or name


def _reason(error: Mapping[str, Any], field: str) -> str:
    kind, limits = error["type"], error.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return PATTERNS[field.rpartition(".")[2].partition("[")[0]]
    if kind in REASONS:
        return REASONS[kind].format(**limits)
    if kind.startswith("datetime"):
        return "must be a time as text, such as 2026-11-20T07:30:00+03:00"
    return str(error["msg"]).removeprefix("Value error, ").removeprefix("Input ").strip()


def _remedy(kind: str) -> str:
    remedies = {
        "missing": "Add the field.",
        "string_unicode": "Send each character whole: in UTF-8, or as both halves of the pair.",
        "extra_forbidden": "Remove the field, or mend its spelling; /openapi.json lists all fields.",
        "timezone_aware": "Add Z or an offset, such as 2026-11-20T07:30:00+03:00.",
        "finite_number": "Leave the field out if the number is not known.",
    }
    return remedies.get(kind, "")
