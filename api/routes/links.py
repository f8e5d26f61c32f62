"""GET and POST /opt-in/{token}: the page of a signed link. Looking changes nothing, so a mail scanner may follow it; only the form answers."""

from datetime import datetime
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.deps import door, office
from api.parse import read_body
from flows.correct import Unknown
from flows.office import NotNow
from flows.opt_in import answer, by_link, page, report
from reports.render.opt_in import render_closed
from store.opt_in import Answer, OwnAsk, Reply

router = APIRouter(include_in_schema=False)
# As strict as that of a brief, but for the one form that answers to this very page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {"Content-Security-Policy": POLICY, "X-Robots-Tag": "noindex, nofollow"}
MOST_FIELDS = 100


@router.get("/opt-in/{words}")
@router.head("/opt-in/{words}")
def ask(request: Request, words: str, kept: str = "") -> Response:
    """Show what the partner is asked and what it answered; nothing is noted of the visit."""
    own = by_link(office(request), words, door(request).clock())
    return _nowhere() if own is None else HTMLResponse(page(own, thanks=kept == "1"), headers=HEADERS)


@router.post("/opt-in/{words}")
async def send(request: Request, words: str) -> Response:
    """Take the answer, then show the page again by a redirect, so that a reload sends nothing twice."""
    here, now = office(request), door(request).clock()
    own = by_link(here, words, now)
    if own is None:
        return _nowhere()
    sent = await _form(request)
    try:
        if own.blueprint is None:
            await run_in_threadpool(report, here, own, sent.get("text", [""])[0], now)
        else:
            await run_in_threadpool(answer, here, own, _answer(own, sent, now))
    except (Unknown, NotNow) as problem:
        return HTMLResponse(page(own, wrong=_worded(problem)), status_code=422 if isinstance(problem, Unknown) else 409, headers=HEADERS)
    return RedirectResponse(f"/opt-in/{words}?kept=1", status_code=303, headers=HEADERS)


def _nowhere() -> Response:
    return HTMLResponse(render_closed(), status_code=404, headers=HEADERS)


async def _form(request: Request) -> dict[str, list[str]]:
    try:
        return parse_qs((await read_body(request)).decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}  # what is no form answers nothing, and is told so by the page


def _answer(own: OwnAsk, sent: dict[str, list[str]], at: datetime) -> Answer:
    """Read the form; conditions count with `in_if` alone, since a form sends its fields in any case."""
    try:
        reply = Reply(sent.get("reply", [""])[0])
    except ValueError:
        raise Unknown("reply", "is not chosen", "choose in, in if, observe or out") from None
    if reply is not Reply.IN_IF:
        return Answer(ask_id=own.ask.id, at=at, reply=reply)
    number = sent.get("at_least", ["0"])[0].strip() or "0"
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Unknown("at_least", "is no number of partners", "give a number from 0 to 1000")
    words = sent.get("words", [""])[0].strip()
    return Answer(ask_id=own.ask.id, at=at, reply=reply, needs=tuple(sent.get("needs", ())), at_least=int(number), words=words)


def _worded(problem: Unknown | NotNow) -> str:
    return f"{problem.field.replace('_', ' ')} {problem.reason}; {problem.remedy}." if isinstance(problem, Unknown) else f"{problem}."
