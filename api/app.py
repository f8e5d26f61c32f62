"""Settings -> the API: stores opened for its lifetime, routes, and one shape for every problem."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException

from api.deps import Door
from api.harden import HEADERS, SecurityHeaders
from api.problems import Problem, from_status, path
from api.routes import asks, blueprints, briefs, consulting, corrections, forecasts, health, links, objectives, pages, reports, rulings, situations, suggestions
from flows import wiring
from flows.correct import Unknown
from flows.office import Missing, NotNow
from flows.settings import Settings, load_settings
from store.errors import StorageFull

VERSION = "0.1.0"
RETRY_AFTER_SECONDS = 60
# FastAPI's own OpenTelemetry hooks would hand request bodies to whatever provider another library has set up in this process.
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
log = logging.getLogger("hivecast.api")


def create_app(settings: Settings, clock: Callable[[], datetime] = wiring.now) -> FastAPI:
    """Make the API over the data folder of `settings`.

    It writes to the journal and the vault alone, and reads the snapshot; the warehouse stays with the pipeline.
    The documentation is /docs and /openapi.json, both served from here: no page asks another host for anything.
    """
    app = FastAPI(
        title="Hivecast",
        version=VERSION,
        summary="Partner reports in; receipts, situations, suggestions and briefs out.",
        lifespan=_lifespan(settings, clock),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )
    for routes in (reports, suggestions, corrections, rulings, situations, forecasts, objectives, blueprints, asks, consulting, briefs, health, links, pages):
        app.include_router(routes.router)
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(HTTPException, _on_framework)
    app.add_exception_handler(RequestValidationError, _on_query)
    app.add_exception_handler(Missing, _on_missing)
    app.add_exception_handler(Unknown, _on_unknown)
    app.add_exception_handler(NotNow, _on_not_now)
    app.add_exception_handler(StorageFull, _on_full)
    app.add_exception_handler(Exception, _on_fault)
    app.add_middleware(SecurityHeaders)
    return app


def _lifespan(settings: Settings, clock: Callable[[], datetime]) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with wiring.open_vault(settings) as vault, wiring.open_journal(settings, vault) as journal:
            app.state.door = Door(settings=settings, vault=vault, journal=journal, snapshot=wiring.open_snapshot(settings), clock=clock)
            yield

    return lifespan


async def _on_problem(_request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Problem)  # noqa: S101  the framework passes what was registered
    return problem.response()


async def _on_framework(_request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, HTTPException)  # noqa: S101  the framework passes what was registered
    return from_status(problem.status_code, problem.headers).response()


async def _on_query(_request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, RequestValidationError)  # noqa: S101  the framework passes what was registered
    first = problem.errors()[0]
    return Problem("bad-query", str(first["msg"]), field=path(first["loc"][1:])).response()


async def _on_missing(_request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Missing)  # noqa: S101  the framework passes what was registered
    return Problem("not-found", problem.reason, field=problem.field).response()


async def _on_unknown(_request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Unknown)  # noqa: S101  the framework passes what was registered
    return Problem("invalid-field", problem.reason, field=problem.field, remedy=f"{problem.remedy[:1].upper()}{problem.remedy[1:]}.").response()


async def _on_not_now(_request: Request, problem: Exception) -> JSONResponse:
    return Problem("not-now", str(problem)).response()


async def _on_full(_request: Request, _problem: Exception) -> JSONResponse:
    log.error("the disk is full: reports are refused until there is space")
    return Problem("storage-full", "the disk refused the write", headers={"Retry-After": str(RETRY_AFTER_SECONDS)}).response()


async def _on_fault(request: Request, problem: Exception) -> JSONResponse:
    """Answer a fault of ours. This handler stands outside all middleware, so it adds the security headers itself."""
    log.error("fault of kind %s while answering %s", type(problem).__name__, request.method)
    return Problem("internal", "the request met a fault in this program", headers=HEADERS).response()


def from_environment() -> FastAPI:
    """Make the API from HIVECAST_* and hivecast.toml; the factory that uvicorn is given."""
    return create_app(load_settings())
