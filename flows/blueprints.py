"""Accepted suggestion -> blueprint -> asks: what the coordinator drafts, sends out, takes back and ends. Everything here is for the coordinator alone."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coalition import blueprint as drafting
from coalition.compose import coverage
from coalition.invitation import agenda, invitation
from coalition.jobs import assign, jobs_of
from coalition.load import Load
from coalition.standing import Said, Standing, standing
from coalition.team import Alike, Setting
from flows.correct import Unknown
from flows.decide import holding
from flows.links import NONCE_BYTES, address, nonce, token
from flows.office import Missing, NotNow, Office, Stamp, askable, burdens, objective, partners, suggestion
from flows.rule import check_words
from store.opt_in import Answer, Ask, Blueprint, Confirmation, Ending, Job, Reply, Role, Stage, Terms, Verdict
from store.plain import canonical
from store.records import Objective, Suggestion

LONGEST_TERM = timedelta(days=366)
DONE = frozenset({Stage.EXPIRED, Stage.DISSOLVED})
PURPOSE = "opt-in links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An ask just made: the link's path, and the invitation ready to send."""

    ask: Ask
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A blueprint as the coordinator sees it: how it stands, what each partner answered last, and, once it has formed, the first agenda."""

    blueprint: Blueprint
    standing: Standing
    answers: tuple[tuple[Ask, Answer | None], ...]
    jobs: tuple[Job, ...]
    agenda: str


def draft(office: Office, suggestion_id: str, terms: Terms, stamp: Stamp, alike: Alike) -> Blueprint:
    """Draft the blueprint of an accepted suggestion and keep it; nothing is sent.

    `alike` gives cosines of meaning, by which strengths are matched that are declared in other words. Raises Missing, Unknown for terms that will not do,
    NotNow where the suggestion is not accepted, forms nothing, or has a blueprint that has not ended.
    """
    card = suggestion(office.snapshot, suggestion_id)
    _accepted(office, suggestion_id)
    _check(terms, stamp.at)
    earlier = [one for one in office.journal.blueprints() if one.suggestion_id == suggestion_id]
    if alive := next((one for one in earlier if _stands(office, one, stamp.at).stage not in DONE), None):
        raise NotNow(f"the blueprint {alive.id} of this suggestion has not ended; go on with it, or dissolve it first")
    if card.kind not in drafting.FORMING:
        raise NotNow(f"a suggestion to {card.kind.value.replace('_', ' ')} asks nobody to join anything; only a new coalition, an expansion or a pivot does")
    ground = _ground(office, card, objective(office, card.objective_id), stamp.at, alike)
    name = "b" + hashlib.sha256(canonical([suggestion_id, len(earlier)]).encode()).hexdigest()[:15]
    made = drafting.draft(ground, terms, drafting.Drafted(id=name, at=stamp.at, by=stamp.by))
    if made is None:
        raise NotNow("no partner that may be asked now brings what this suggestion needs; import more partners, or wait until some have rested")
    office.journal.put_blueprint(made)
    return made


def ask(office: Office, blueprint_id: str, partner_ids: Sequence[str], stamp: Stamp) -> tuple[Sent, ...]:
    """Ask partners to join, all or none, and give back their invitations with links; without ids whoever is to be asked now.

    Raises Missing for a partner that brings nothing to it, NotNow where it has ended, is not accepted any more, or somebody was asked already or may not be
    asked more: nobody is asked beyond what it lets itself be asked.
    """
    blueprint = find(office, blueprint_id)
    stands = _stands(office, blueprint, stamp.at)
    if stands.stage in DONE:
        raise NotNow(f"the blueprint {blueprint_id} is {stands.stage.value}; draft a new one")
    _accepted(office, blueprint.suggestion_id)
    wanted = tuple(dict.fromkeys(partner_ids)) or tuple(role.partner_id for role in _next(blueprint, stands))
    if not wanted:
        raise NotNow("there is nobody to be asked now; name partners to ask others")
    _may_be_asked(office, blueprint, wanted, stands, stamp.at)
    asks = _asks(office, blueprint, wanted, stands, stamp)
    office.journal.put_asks(asks)
    # two who ask at once make one ask: what is signed is the one that was kept
    return tuple(invite(office, blueprint, find_ask(office, one.id)) for one in asks)


def invite(office: Office, blueprint: Blueprint, one: Ask) -> Sent:
    """Write the invitation of one partner, with its link."""
    path = f"/opt-in/{token(one, office.vault.signing_key(PURPOSE))}"
    return Sent(ask=one, path=path, text=invitation(blueprint, _name(office, one.partner_id), one, f"{address(office.settings)}{path}"))


def view(office: Office, blueprint_id: str, as_of: datetime) -> View:
    """Tell how a blueprint stands; raises Missing."""
    blueprint = find(office, blueprint_id)
    stands = _stands(office, blueprint, as_of)
    said = said_of(office, blueprint)
    latest = {answer.ask_id: answer for answer in said.answers}
    team = [p for p in partners(office) if p.id in stands.inside]
    brought = {p.id: drafting.brings(blueprint.bench, p.id) for p in team}
    named = replace(stands, proposed=drafting.named(stands.proposed, partners(office)), spare=drafting.named(stands.spare, partners(office)))
    return View(
        blueprint=blueprint,
        standing=named,
        answers=tuple((one, latest.get(one.id)) for one in said.asks),
        jobs=assign(team, blueprint.terms, as_of) if team else blueprint.jobs,
        agenda=agenda(blueprint, team, brought, as_of) if stands.stage is Stage.FORMED else "",
    )


def find(office: Office, blueprint_id: str) -> Blueprint:
    """Look up a blueprint; raises Missing."""
    found = next((one for one in office.journal.blueprints() if one.id == blueprint_id), None)
    if found is None:
        raise Missing("blueprint", blueprint_id, "see: hivecast blueprints list")
    return found


def find_ask(office: Office, ask_id: str) -> Ask:
    """Look up an ask; raises Missing."""
    found = next((one for one in office.journal.asks() if one.id == ask_id), None)
    if found is None:
        raise Missing("ask", ask_id, "see: hivecast blueprints show ID")
    return found


def said_of(office: Office, blueprint: Blueprint) -> Said:
    """Collect everything that was asked and answered about a blueprint."""
    asks = tuple(one for one in office.journal.asks() if one.blueprint_id == blueprint.id)
    ids = {one.id for one in asks}
    return Said(
        asks=asks,
        answers=tuple(one for one in office.journal.answers() if one.ask_id in ids),
        confirmations=tuple(one for one in office.journal.confirmations() if one.ask_id in ids),
        ending=next((one for one in office.journal.endings() if one.blueprint_id == blueprint.id), None),
    )


def revoke(office: Office, ask_id: str, at: datetime) -> Ask:
    """Take an ask back: its link is closed at once, and what was answered to it counts no more. Revoked twice is revoked once. Raises Missing."""
    find_ask(office, ask_id)
    office.journal.revoke_ask(ask_id, at)
    return find_ask(office, ask_id)


def confirm(office: Office, ask_id: str, stamp: Stamp) -> Confirmation:
    """Hold the words of a conditional answer for met, as long as that answer stands; raises Missing, NotNow where there is none."""
    find_ask(office, ask_id)
    last = next((one for one in reversed(office.journal.answers()) if one.ask_id == ask_id), None)
    if last is None or last.reply is not Reply.IN_IF or not last.words:
        raise NotNow("this partner has named no condition in words; there is nothing to confirm")
    confirmation = Confirmation(ask_id=ask_id, at=stamp.at, by=stamp.by)
    office.journal.put_confirmation(confirmation)
    return confirmation


def dissolve(office: Office, blueprint_id: str, reason: str, stamp: Stamp) -> Ending:
    """End a blueprint for good: no answer is taken any more. Dissolved twice is dissolved once. Raises Missing, Unknown for words that will not do."""
    find(office, blueprint_id)
    check_words("reason", reason, 1000)
    office.journal.put_ending(Ending(blueprint_id=blueprint_id, at=stamp.at, by=stamp.by, reason=reason))
    return next(one for one in office.journal.endings() if one.blueprint_id == blueprint_id)


def _accepted(office: Office, suggestion_id: str) -> None:
    decision = holding(office.journal.decisions()).get(suggestion_id)
    if decision is None or decision.verdict is not Verdict.ACCEPT:
        raise NotNow(f"the suggestion {suggestion_id} is not accepted; accept it first: hivecast suggestions accept {suggestion_id}")


def _check(terms: Terms, at: datetime) -> None:
    check_words("exit", terms.exit, 500)
    if terms.answer_by <= at:
        raise Unknown("answer_by", "is not in the future", "give partners some days")
    if not terms.answer_by < terms.ends_at <= at + LONGEST_TERM:
        raise Unknown("ends_at", "is not after answer_by and within a year", "a coalition is temporary: say until when")


def _ground(office: Office, card: Suggestion, wanted: Objective, at: datetime, alike: Alike) -> drafting.Ground:
    known = partners(office)
    setting = Setting(texts=(wanted.statement, *(condition.statement for condition in wanted.conditions)))
    cover = coverage(card.required_strengths or card.missing_strengths, known, alike, setting)
    return drafting.Ground(suggestion=card, objective=wanted, partners=known, cover=cover, order=_order(office, cover.values(), at))


def _order(office: Office, able: Iterable[Iterable[str]], at: datetime) -> tuple[str, ...]:
    """List who may be asked, the best first; one that should rest only where nobody rested brings what it brings."""
    tired = {one for one, load in burdens(office, at).items() if load.rests_until}
    order = askable(office, at)
    needed = {one for ids in able if not any(one in order and one not in tired for one in ids) for one in ids}
    return tuple(one for one in order if one not in tired or one in needed)


def _stands(office: Office, blueprint: Blueprint, at: datetime) -> Standing:
    return standing(blueprint, said_of(office, blueprint), _order(office, [seat.partner_ids for seat in blueprint.bench], at), at)


def _next(blueprint: Blueprint, stands: Standing) -> tuple[Role, ...]:
    return blueprint.roles if stands.stage is Stage.DRAFTED else stands.proposed


def _may_be_asked(office: Office, blueprint: Blueprint, wanted: Sequence[str], stands: Standing, at: datetime) -> None:
    load, open_asks = burdens(office, at), {*stands.inside, *stands.conditional, *stands.waiting, *stands.observing, *stands.out}
    for one in wanted:
        if one not in load or not drafting.brings(blueprint.bench, one):
            raise Missing("partner that brings something to this blueprint", one, "see its bench: hivecast blueprints show ID", "partner_ids")
        if one in open_asks:
            raise NotNow(f"{one} was asked already; it may change its answer by its own link")
        if load[one].full:
            raise NotNow(f"{one} lets itself be asked {_times(load[one])} and was; ask somebody else, or wait")


def _times(load: Load) -> str:
    return f"{load.capacity.asks} time{'s' * (load.capacity.asks != 1)} in thirty days"


def _asks(office: Office, blueprint: Blueprint, wanted: Sequence[str], stands: Standing, stamp: Stamp) -> list[Ask]:
    """Make one ask for each; what it would be counted on for, and its jobs in a team of all who may still come, are fixed now."""
    team = {*stands.inside, *stands.conditional, *stands.waiting, *wanted}
    jobs = jobs_of(assign([p for p in partners(office) if p.id in team], blueprint.terms, stamp.at))
    roles = {role.partner_id: role.strengths for role in blueprint.roles}
    before = [one.partner_id for one in office.journal.asks() if one.blueprint_id == blueprint.id]
    return [
        Ask(
            id=_ask_id(blueprint.id, one, before.count(one)),
            at=stamp.at,
            by=stamp.by,
            partner_id=one,
            objective_id=blueprint.objective_id,
            expires_at=blueprint.terms.ends_at,
            nonce=nonce(secrets.token_bytes(NONCE_BYTES)),
            blueprint_id=blueprint.id,
            strengths=roles.get(one, drafting.brings(blueprint.bench, one)),
            jobs=jobs.get(one, ()),
        )
        for one in wanted
    ]


def _ask_id(about: str, partner_id: str, earlier: int) -> str:
    return "q" + hashlib.sha256(canonical([about, partner_id, earlier]).encode()).hexdigest()[:15]


def _name(office: Office, partner_id: str) -> str:
    return next((p.name for p in partners(office) if p.id == partner_id), partner_id)
