"""POST /v1/reports and its receipt."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.deps import READ, REPORT, Door, door, key_for
from api.documented import problems, request_body
from api.parse import entries, read_json, read_report
from api.problems import Problem
from api.receipts import understanding
from api.schemas import AcceptedOut, BatchIn, BatchOut, ReceiptOut, ReportIn
from flows.opt_in import questions_of
from ingest.accept import accept
from ingest.partner import read_partner
from store.records import Outcome, Receipt, Refusal, Submission
from store.vault import ApiKey

router = APIRouter(tags=["reports"])
_WORD = re.compile(r"[a-z_]+")
_STATUS = {Outcome.NEW: 201, Outcome.REPEATED: 200, Outcome.CONFLICT: 409}


@router.post(
    "/v1/reports",
    status_code=201,
    response_model=None,
    summary="Send one report or a batch",
    responses={201: {"model": AcceptedOut}, 200: {"model": AcceptedOut | BatchOut}, **problems(400, 401, 403, 409, 413, 415, 422, 503)},
    openapi_extra=request_body(ReportIn, BatchIn),
)
async def send(request: Request) -> Response:
    """Store reports; the answer comes after they are committed to disk.

    One report: 201 when it is new, 200 when the same key and content were there, 409 when the key has other content.
    A batch (`{"reports": [...]}`, at most 500): 200 with an answer for each entry; a wrong entry does not stop the others.
    """
    key, here = key_for(request, REPORT), door(request)
    value = await read_json(request)
    sent, is_batch = entries(value)
    received_at = here.clock()
    asked = frozenset(questions_of(here.journal.asks(), key.partner_id)) if any(map(_question, sent)) else frozenset[str]()
    judged = [_judge(entry, key, received_at, f"reports[{n}]" if is_batch else "", asked) for n, entry in enumerate(sent)]
    outcomes = await _store(judged, here, received_at)
    await run_in_threadpool(_link, [_question(entry) for entry in sent], outcomes, here)
    return _batch_answer(outcomes, received_at) if is_batch else _single_answer(outcomes[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refused:
    """An entry that is not stored, and why."""

    problem: Problem


def _judge(entry: Any, key: ApiKey, received_at: datetime, prefix: str, asked: Set[str]) -> Submission | _Refused:
    try:
        fields = read_report(entry, prefix).model_dump(exclude_defaults=True)
    except Problem as problem:
        return _Refused(problem=problem)
    if (question := fields.pop("question", "")) and question not in asked:
        field = f"{prefix}.question" if prefix else "question"
        return _Refused(problem=Problem("invalid-field", "is no question that you were asked", field=field, remedy="Take it from /v1/asks, or leave it out."))
    read = read_partner(fields, key.source, key.source_kind, key.owner, received_at)
    judged = accept(read, received_at) if isinstance(read, Submission) else read
    return _Refused(problem=_refused(judged, prefix)) if isinstance(judged, Refusal) else judged


def _question(entry: Any) -> str:
    """Name the question that an entry says it answers, "" for none; what is no text is left to be refused with the entry."""
    named = entry.get("question", "") if isinstance(entry, dict) else ""
    return named if isinstance(named, str) else ""


def _link(questions: Sequence[str], outcomes: Sequence[Receipt | _Refused], here: Door) -> None:
    """Note in the vault which stored reports answer a question; sent again, the same is noted once."""
    for question, outcome in zip(questions, outcomes, strict=True):
        if question and isinstance(outcome, Receipt) and outcome.outcome is not Outcome.CONFLICT:
            here.vault.answers_with(question, outcome.report_id)


def _refused(refusal: Refusal, prefix: str) -> Problem:
    named = next((word for word in _WORD.findall(refusal.reason) if word in ReportIn.model_fields), "")
    field = f"{prefix}.{named}" if prefix and named else prefix or named
    return Problem("invalid-field", refusal.reason, field=field, remedy=refusal.remedy[:1].upper() + refusal.remedy[1:] + ".")


async def _store(judged: Sequence[Submission | _Refused], here: Door, received_at: datetime) -> list[Receipt | _Refused]:
    good = [entry for entry in judged if isinstance(entry, Submission)]
    receipts = iter(await here.journal.submit_async(good, received_at) if good else ())
    return [next(receipts) if isinstance(entry, Submission) else entry for entry in judged]


def _single_answer(outcome: Receipt | _Refused) -> Response:
    if isinstance(outcome, _Refused):
        raise outcome.problem
    if outcome.outcome is Outcome.CONFLICT:
        raise _conflict(outcome, "key")
    place = f"/v1/reports/{outcome.report_id}"
    answer = {
        "id": outcome.report_id,
        "receipt": place,
        "received_at": outcome.received_at.isoformat(),
        "content_hash": outcome.content_hash,
        "status": outcome.outcome.value,
    }
    return JSONResponse(answer, status_code=_STATUS[outcome.outcome], headers={"Location": place})


def _conflict(receipt: Receipt, field: str) -> Problem:
    return Problem("key-conflict", f"a report with this key and other content is stored (its content hash is {receipt.content_hash})", field=field)


def _batch_answer(outcomes: Sequence[Receipt | _Refused], received_at: datetime) -> Response:
    answers = [_entry(n, outcome) for n, outcome in enumerate(outcomes)]
    return JSONResponse({"received_at": received_at.isoformat(), "reports": answers})


def _entry(number: int, outcome: Receipt | _Refused) -> dict[str, Any]:
    if isinstance(outcome, _Refused):
        return {"status": outcome.problem.status, "id": None, "receipt": None, "content_hash": None, "problem": outcome.problem.document()}
    problem = _conflict(outcome, f"reports[{number}].key").document() if outcome.outcome is Outcome.CONFLICT else None
    return {
        "status": _STATUS[outcome.outcome],
        "id": outcome.report_id,
        "receipt": f"/v1/reports/{outcome.report_id}",
        "content_hash": outcome.content_hash,
        "problem": problem,
    }


@router.get("/v1/reports/{report_id}", summary="What became of a report", responses=problems(401, 403, 404, 422))
def receipt(request: Request, report_id: str) -> ReceiptOut:
    """Say whether a report was accepted, understood, put into a situation, and cited by a brief.

    A key with the scope `report` sees its own source's reports; one with `read` sees all.
    """
    key, sees_all = _reader(request)
    row = door(request).journal.find(report_id)
    if row is None or not (sees_all or row.submission.source == key.source):
        raise Problem("not-found", "no report of yours has this id")
    return understanding(row, door(request).snapshot, graded=sees_all)


def _reader(request: Request) -> tuple[ApiKey, bool]:
    try:
        return key_for(request, READ), True
    except Problem as problem:
        if problem.kind != "wrong-scope":
            raise
    return key_for(request, REPORT), False
