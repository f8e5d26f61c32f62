"""What people hold a statement to be likely: kept in the journal, private until the statement is settled, then told as one number of all."""

import hashlib
import json
import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from flows.correct import Desk
from flows.kit import Kit
from flows.office import Missing, NotNow
from forecast.together import together
from store.forecasts import MODEL, RAW, TOGETHER, Odds, Outcome
from store.journal import Journal
from store.plain import record
from store.snapshot import Snapshot

ODDS, SALT = "odds", "odds salt"
COORDINATOR = "coordinator"
_NOBODY = (MODEL, RAW, TOGETHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A statement that may still be given odds."""

    id: str
    deadline: datetime


def hold(desk: Desk, statement_id: str, probability: float, who: str, at: datetime) -> Odds:
    """Keep how likely somebody holds an open statement; what was held before stays beside it.

    `who` is "coordinator", or what tells a partner from others, of which only a pseudonym is kept. Raises Missing for a statement that readers don't
    know, NotNow when it has fallen due, ValueError outside [0, 1].
    """
    known = _open(desk.snapshot, statement_id)
    if known.deadline <= at:
        raise NotNow(f"{statement_id} fell due at {known.deadline.isoformat()}: what is held of it counts only before. See open ones: hivecast forecasts list")
    by = COORDINATOR if who == COORDINATOR else pseudonym(desk.journal, who)
    odds = Odds(statement_id=statement_id, at=at, by=by, probability=probability)
    body = {"statement_id": odds.statement_id, "at": at.isoformat(), "by": by, "probability": probability}
    desk.journal.put_document(ODDS, f"{statement_id}|{by}|{at.isoformat()}", json.dumps(body))
    return odds


def pseudonym(journal: Journal, who: str) -> str:
    """Give a partner a name that tells it from others and says nothing of it: salted, so that nobody finds it by trying names."""
    kept = dict(journal.documents(SALT))
    if SALT not in kept:
        journal.put_document(SALT, SALT, json.dumps(secrets.token_hex(16)))
        kept = dict(journal.documents(SALT))
    return "p" + hashlib.sha256(f"{json.loads(kept[SALT])}\0{who}".encode()).hexdigest()[:12]


def take_held(kit: Kit, as_of: datetime) -> int:
    """Bring what people held by now of statements, before they fell due, into the ledger; returns how many of these are in it."""
    due = {one.id: one.deadline for one in kit.warehouse.statements(as_of)}
    held = [record(Odds, json.loads(body)) for _, body in kit.journal.documents(ODDS)]
    taken = sorted((one for one in held if one.at <= as_of and one.at < due.get(one.statement_id, one.at)), key=lambda one: (one.at, one.statement_id, one.by))
    kit.warehouse.append_odds(taken)
    return len(taken)


def closed(kit: Kit, outcomes: tuple[Outcome, ...], as_of: datetime) -> None:
    """Put down what all people together held of statements that are settled now: one number, of nobody in particular."""
    known = {one.id: one for one in kit.warehouse.statements(as_of)}
    people: dict[str, list[Odds]] = defaultdict(list)
    for odds in kit.warehouse.odds(as_of):
        if odds.by not in _NOBODY:
            people[odds.statement_id].append(odds)
    past = {one.statement_id: one.came_true for one in kit.warehouse.outcomes(as_of) if one.came_true is not None}
    records = _records(people, past, {outcome.statement_id for outcome in outcomes})
    fresh = []
    for outcome in outcomes:
        likely = together(people[outcome.statement_id], known[outcome.statement_id].deadline, records)
        if likely is not None:
            fresh.append(Odds(statement_id=outcome.statement_id, at=outcome.resolved_at, by=TOGETHER, probability=likely))
    kit.warehouse.append_odds(fresh)


def _records(people: dict[str, list[Odds]], past: dict[str, bool], now: set[str]) -> dict[str, tuple[float, int]]:
    """Score each person by what it last held of statements that were settled before now."""
    scores: dict[str, list[float]] = defaultdict(list)
    for statement_id, held in people.items():
        if statement_id in past and statement_id not in now:
            for by, probability in {one.by: one.probability for one in held}.items():
                scores[by].append((probability - past[statement_id]) ** 2)
    return {by: (sum(some) / len(some), len(some)) for by, some in scores.items()}


def _open(snapshot: Snapshot, statement_id: str) -> Open:
    rows = snapshot.query("SELECT id, deadline FROM statements WHERE id = ?", (statement_id,))[1] if snapshot.published_at() is not None else []
    if not rows:
        raise Missing("forecast", statement_id, "see: hivecast forecasts list", "forecast_id")
    return record(Open, {"id": rows[0][0], "deadline": rows[0][1]})
