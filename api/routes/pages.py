"""The few pages a person reads: the first report in three commands, and what each problem means."""

from functools import cache
from html import escape
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.problems import KINDS, Kind, Problem

router = APIRouter(include_in_schema=False)
_HERE = Path(__file__).resolve().parent.parent


@router.get("/")
@router.get("/docs")
def docs() -> HTMLResponse:
    """Show how to send a first report."""
    return HTMLResponse(_page("docs.html"))


@router.get("/static/style.css")
def style() -> Response:
    """Return the one style sheet."""
    return Response(_read("static/style.css"), media_type="text/css", headers={"Cache-Control": "max-age=3600"})


@router.get("/problems")
def problems() -> HTMLResponse:
    """List every kind of problem."""
    rows = "".join(f'<li><a href="/problems/{slug}">{kind.status} {escape(kind.title)}</a></li>' for slug, kind in KINDS.items())
    return _problem_page("Problems", f"<ul>{rows}</ul>")


@router.get("/problems/{slug}")
def problem(slug: str) -> HTMLResponse:
    """Explain one kind of problem; its address is the `type` of the problem document."""
    if slug not in KINDS:
        raise Problem("not-found", "there is no problem of this name")
    return _problem_page(KINDS[slug].title, _explained(KINDS[slug]))


def _explained(kind: Kind) -> str:
    remedy = "".join(f"<code>{part}</code>" if n % 2 else part for n, part in enumerate(escape(kind.remedy).split("`")))
    return f"<p>HTTP status {kind.status}</p><p>{escape(kind.explained)}</p><h2>What to do</h2><p>{remedy}</p>"


def _problem_page(title: str, body: str) -> HTMLResponse:
    return HTMLResponse(_page("problem.html").replace("{title}", escape(title)).replace("{body}", body))


def _page(name: str) -> str:
    return _read(f"pages/{name}")


@cache
def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
