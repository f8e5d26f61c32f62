"""Objective -> whom to ask what -> questions asked: rapid consultation, for the coordinator alone."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from coalition.consult import Proposal, Question, condition_question, obstacle_question
from coalition.consult import consult as choose
from flows.blueprints import PURPOSE, find_ask
from flows.correct import Unknown
from flows.links import NONCE_BYTES, nonce, token
from flows.office import Missing, NotNow, Office, Stamp, burdens, objective, partners
from flows.rule import check_words
from store.opt_in import Ask
from store.plain import canonical, record
from store.records import MixWeek, Reliability

WEEKS = 8
ANSWER_DAYS = 7
UNKNOWN = 0.5  # a condition of which nothing was weighed is as likely to hold as not
# How often a source of each letter is right, as wide as the letters themselves are; F is not to be judged.
RELIABILITY: Mapping[Reliability, float] = {
    Reliability.A: 0.95,
    Reliability.B: 0.8,
    Reliability.C: 0.65,
    Reliability.D: 0.4,
    Reliability.E: 0.2,
    Reliability.F: 0.5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is open: which obstacle leads (no `condition_id`), or whether that condition holds.

    `holds`: how likely it is held to be; None: as it was weighed last, over the reports that readers may see.
    """

    objective_id: str
    condition_id: str = ""
    holds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """A condition and how likely it is held to hold, in [0, 1]."""

    condition_id: str
    statement: str
    holds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """A question just asked of one partner, and the path of the link by which it may answer."""

    ask: Ask
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the coordinator sees it: of whom it was asked, and which reports answered it, in order of their ids; who sent which is not told."""

    question: str
    objective_id: str
    at: datetime
    asks: tuple[Ask, ...]
    report_ids: tuple[str, ...]


def consult(office: Office, wanted: Wanted, as_of: datetime) -> tuple[Question, tuple[Proposal, ...]]:
    """Say what is open and whom to ask, by what an answer would tell less what it costs; nothing is asked. Raises Missing."""
    question = _question(office, wanted, as_of)
    return question, choose(question, partners(office), _reliability(office), burdens(office, as_of))


def uncertain(office: Office, objective_id: str) -> tuple[Uncertain, ...]:
    """List the conditions of an objective, the most uncertain first: the nearer to even chances, the more an answer tells. Raises Missing."""
    known, weighed = objective(office, objective_id), _weighed(office, objective_id)
    found = [Uncertain(condition_id=one.id, statement=one.statement, holds=weighed.get(one.id, UNKNOWN)) for one in known.conditions]
    return tuple(sorted(found, key=lambda one: abs(one.holds - 0.5)))


def pose(office: Office, wanted: Wanted, partner_ids: tuple[str, ...], stamp: Stamp, text: str = "") -> tuple[Posed, ...]:
    """Ask partners a question, all or none; in the words of `text` where it is given. Each answers with a report that names its ask, or by its link.

    Raises Missing for a partner that is not there, Unknown for words that will not do, NotNow where somebody would be asked more than it lets itself be.
    """
    check_words("text", text, 2000)
    question, load = _question(office, wanted, stamp.at), burdens(office, stamp.at)
    if not partner_ids:
        raise Unknown("partner_ids", "names no partner", "take them from the proposals")
    for one in partner_ids:
        if one not in load:
            raise Missing("partner", one, "see: hivecast partners list", "partner_ids")
        if load[one].full:
            raise NotNow(f"{one} was asked as often as it lets itself be asked in thirty days; ask somebody else, or wait")
    earlier = len(office.journal.asks())
    asks = [_ask(question, wanted.objective_id, one, stamp, text.strip() or question.text, earlier) for one in dict.fromkeys(partner_ids)]
    office.journal.put_asks(asks)
    key = office.vault.signing_key(PURPOSE)
    kept = [find_ask(office, one.id) for one in asks]  # two who ask at once make one ask
    return tuple(Posed(ask=one, path=f"/opt-in/{token(one, key)}") for one in kept)


def questions(office: Office) -> tuple[Asked, ...]:
    """List every question that was asked, in order of time, with the reports that answered it."""
    found: dict[tuple[str, str, datetime], list[Ask]] = {}
    for ask in office.journal.asks():
        if not ask.blueprint_id:
            found.setdefault((ask.question, ask.objective_id, ask.at), []).append(ask)
    answering = office.vault.answering_reports()
    return tuple(
        Asked(
            question=question,
            objective_id=about,
            at=at,
            asks=tuple(asks),
            report_ids=tuple(sorted(report_id for ask in asks for report_id in answering.get(ask.id, ()))),
        )
        for (question, about, at), asks in found.items()
    )


def _question(office: Office, wanted: Wanted, as_of: datetime) -> Question:
    known = objective(office, wanted.objective_id)
    countries = frozenset(str(row[0]) for row in _rows(office, _COUNTRIES, (known.id,)))
    if not wanted.condition_id:
        return obstacle_question(known.id, known.statement, _mix(office, known.id, as_of), countries)
    condition = next((one for one in known.conditions if one.id == wanted.condition_id), None)
    if condition is None:
        raise Missing("condition of this objective", wanted.condition_id, "see: hivecast objectives list --json", "condition_id")
    holds = _weighed(office, known.id).get(condition.id, UNKNOWN) if wanted.holds is None else wanted.holds
    if not 0.0 <= holds <= 1.0:
        raise Unknown("holds", "is no probability", "give a number from 0 to 1")
    return condition_question(known.id, condition.id, condition.statement, holds, countries)


def _weighed(office: Office, objective_id: str) -> dict[str, float]:
    """Map the conditions of which anything was weighed to how likely they hold."""
    return {str(id_): float(str(probability)) for id_, probability in _rows(office, _HOLDS, (objective_id,))}


def _mix(office: Office, objective_id: str, as_of: datetime) -> tuple[MixWeek, ...]:
    rows = _rows(office, _MIX, (objective_id, as_of - timedelta(weeks=WEEKS), as_of))
    return tuple(
        record(MixWeek, {"objective_id": objective_id, "week": week, "weights": [(kind, weight)], "origins": origins}) for week, kind, weight, origins in rows
    )


def _reliability(office: Office) -> dict[str, float]:
    """Map partners to how often what their keys sent was right, by the letters of their sources; those never judged are left out."""
    letters = {str(source): RELIABILITY[Reliability(str(letter))] for source, letter in _rows(office, _LETTERS, ())}
    known = tuple(office.vault.keys())
    return {key.partner_id: letters[key.source] for key in known if key.partner_id and key.source in letters}


def _rows(office: Office, sql: str, values: tuple[object, ...]) -> list[tuple[object, ...]]:
    return office.snapshot.query(sql, values)[1] if office.snapshot.published_at() is not None else []


def _ask(question: Question, objective_id: str, partner_id: str, stamp: Stamp, text: str, earlier: int) -> Ask:
    name = hashlib.sha256(canonical([question.id, partner_id, earlier]).encode()).hexdigest()[:15]
    return Ask(
        id=f"q{name}",
        at=stamp.at,
        by=stamp.by,
        partner_id=partner_id,
        objective_id=objective_id,
        expires_at=stamp.at + timedelta(days=ANSWER_DAYS),
        nonce=nonce(secrets.token_bytes(NONCE_BYTES)),
        question=text,
    )


_HOLDS = "SELECT condition_id, probability FROM conditions WHERE objective_id = ? AND probability IS NOT NULL AND standing <> 'unknown'"
_LETTERS = "SELECT source, letter FROM source_grades QUALIFY row_number() OVER (PARTITION BY source ORDER BY graded_at DESC) = 1"
_MIX = "SELECT week, obstacle, weight, origins FROM obstacle_mix WHERE objective_id = ? AND week > ? AND week <= ? ORDER BY week, obstacle"
# The countries that a fifth of the reports name on which the objective's suggestions rest.
_COUNTRIES = """
    WITH cited AS (SELECT DISTINCT unnest(evidence) AS report_id FROM suggestions WHERE objective_id = ?)
    SELECT country FROM cited JOIN report_places USING (report_id) JOIN places ON places.id = place_id WHERE country IS NOT NULL
    GROUP BY country HAVING count(DISTINCT report_id) * 5 >= (SELECT count(*) FROM cited)
"""
