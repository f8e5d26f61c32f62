"""Whom to ask what, questions to partners, and how much partners are asked. All for the scope `coordinate` alone."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.asking import (
    AskedOut,
    ClosedOut,
    ConsultOut,
    LearningOut,
    LoadOut,
    LoadsOut,
    OutcomeOut,
    PosedAllOut,
    ProposalOut,
    QuestionIn,
    QuestionsOut,
    UncertainOut,
)
from api.deps import COORDINATE, door, key_for, office
from api.documented import problems, request_body
from api.parse import read_json, read_shape
from coalition.load import gini
from flows import consult as consulting
from flows.learn import log
from flows.links import address
from flows.office import Stamp, burdens
from store.plain import plain

router = APIRouter(tags=["consulting"])
ConditionId = Annotated[str, Query(max_length=100, description="Whether this condition holds; which obstacle leads when left out.")]
Holds = Annotated[float | None, Query(ge=0, le=1, description="How likely the condition is held to be; as it was weighed last when left out.")]


@router.get("/v1/objectives/{objective_id}/consult", summary="Whom to ask what", responses=problems(401, 403, 404, 422))
def consult(request: Request, objective_id: str, condition: ConditionId = "", holds: Holds = None) -> ConsultOut:
    """Say which partners' answers would tell most about what is open, less what asking costs them; nobody is asked by this."""
    key_for(request, COORDINATE)
    here, wanted = office(request), consulting.Wanted(objective_id=objective_id, condition_id=condition, holds=holds)
    question, proposals = consulting.consult(here, wanted, door(request).clock())
    conditions = [UncertainOut.model_validate(plain(one)) for one in consulting.uncertain(here, objective_id)]
    outcomes = [OutcomeOut(outcome=outcome, probability=chance) for outcome, chance in zip(question.outcomes, question.prior, strict=True)]
    told = [ProposalOut.model_validate(plain(one)) for one in proposals]
    return ConsultOut(question=question.text, outcomes=outcomes, proposals=told, conditions=conditions)


@router.post(
    "/v1/questions",
    status_code=201,
    response_model=PosedAllOut,
    summary="Ask partners a question",
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=request_body(QuestionIn),
)
async def pose(request: Request) -> Response:
    """Ask partners a question, all or none; each answers with a report that names its ask as `question`, or by its link."""
    key, here, now = key_for(request, COORDINATE), office(request), door(request).clock()
    wish = read_shape(QuestionIn, await read_json(request))
    wanted = consulting.Wanted(objective_id=wish.objective_id, condition_id=wish.condition_id)
    posed = await run_in_threadpool(consulting.pose, here, wanted, wish.partner_ids, Stamp(by=key.source, at=now), wish.text)
    asked = [{"ask_id": one.ask.id, "partner_id": one.ask.partner_id, "link": f"{address(here.settings)}{one.path}"} for one in posed]
    return JSONResponse({"asked": asked}, status_code=201)


@router.get("/v1/questions", summary="Questions and the reports that answered them", responses=problems(401, 403, 422))
def questions(request: Request) -> QuestionsOut:
    """List every question asked, in order of time, with the reports that answered it; who sent which is not told."""
    key_for(request, COORDINATE)
    found = consulting.questions(office(request))
    return QuestionsOut(
        questions=[
            AskedOut(
                question=one.question,
                objective_id=one.objective_id,
                at=one.at,
                partner_ids=[ask.partner_id for ask in one.asks],
                report_ids=list(one.report_ids),
            )
            for one in found
        ]
    )


@router.get("/v1/learning", summary="The learning log", responses=problems(401, 403, 422))
def learning(request: Request) -> LearningOut:
    """List the suggestions that are closed (accepted, rejected, expired), the latest first, and how each came out; the scope `coordinate` is needed."""
    key_for(request, COORDINATE)
    return LearningOut(closed=[ClosedOut.model_validate(plain(one)) for one in log(office(request), door(request).clock())])


@router.get("/v1/load", summary="How much partners are asked", responses=problems(401, 403, 422))
def load(request: Request) -> LoadsOut:
    """Tell of each partner how often it was asked, accepted, stayed silent, and whether it rests; and how evenly asks are spread."""
    key_for(request, COORDINATE)
    found = burdens(office(request), door(request).clock()).values()
    rows = [LoadOut.model_validate({**plain(one), "most": one.capacity.asks}) for one in found]
    return LoadsOut(partners=rows, gini=gini(one.asks for one in found))
