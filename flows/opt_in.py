"""Signed link or partner's key -> its own ask -> its answer. Nothing of any other partner comes through here."""

from collections.abc import Iterable
from datetime import datetime

from coalition.invitation import passages
from coalition.standing import standing
from flows.blueprints import PURPOSE, said_of
from flows.correct import Unknown
from flows.links import genuine, nonce_of
from flows.office import NotNow, Office, partners
from flows.rule import check_words
from ingest.accept import accept
from ingest.partner import content_key
from reports.render.opt_in import render_ask
from store.opt_in import Answer, Ask, Blueprint, OwnAsk, Reply
from store.records import Channel, Refusal, SourceKind, Submission

LONGEST_WORDS = 500
LONGEST_REPORT = 20_000


def by_link(office: Office, words: str, at: datetime) -> OwnAsk | None:
    """Return what a signed link leads to; None for one that was not signed here, or whose ask was taken back."""
    ask = office.journal.ask_by_nonce(found) if (found := nonce_of(words)) else None
    if ask is None or not genuine(words, ask, office.vault.signing_key(PURPOSE)) or ask.revoked_at is not None:
        return None
    return _own(office, ask, at)


def by_key(office: Office, partner_id: str, at: datetime) -> tuple[OwnAsk, ...]:
    """List what the partner behind a key was asked and may still see, in order of time."""
    mine = (ask for ask in office.journal.asks() if partner_id and ask.partner_id == partner_id and ask.revoked_at is None)
    return tuple(_own(office, ask, at) for ask in mine)


def page(own: OwnAsk, *, wrong: str = "", thanks: bool = False) -> str:
    """Make the page of a link: what this partner is asked, what it answered, and the form; `wrong` says what could not be taken."""
    return render_ask(own, passages(own.blueprint, own.ask) if own.blueprint else (), wrong=wrong, thanks=thanks)


def answer(office: Office, own: OwnAsk, wish: Answer) -> Answer:
    """Keep what a partner answers to a blueprint; it stands in place of what it said before. The same again changes nothing.

    Raises NotNow where no answer is taken any more, Unknown for an answer that will not do.
    """
    if own.blueprint is None:
        raise NotNow("this is a question, not an invitation: answer it with a report")
    if not own.open:
        raise NotNow("no answer is taken any more: the time for it is over, or the coalition has parted")
    _check(wish, own.blueprint)
    last = own.answer
    if last is not None and (last.reply, last.needs, last.at_least, last.words) == (wish.reply, wish.needs, wish.at_least, wish.words):
        return last
    office.journal.put_answer(wish)
    return wish


def report(office: Office, own: OwnAsk, text: str, at: datetime) -> str:
    """Take in what a partner answers to a question as an ordinary report of its own, and return the report's id.

    It comes in under the name that its key has, or else under a pseudonym. Raises NotNow where no answer is taken, Unknown for a text that will not do.
    """
    if own.blueprint is not None:
        raise NotNow("this is an invitation, not a question: answer in, out, observe or in if")
    if not own.open:
        raise NotNow("no answer is taken any more: the time for it is over")
    if not text.strip() or len(text) > LONGEST_REPORT:
        raise Unknown("text", f"holds no word, or more than {LONGEST_REPORT:,} characters", "say what you saw or heard")
    judged = accept(_submission(office, own, text.strip()), at)
    if isinstance(judged, Refusal):
        raise Unknown("text", judged.reason, judged.remedy)
    receipt = office.journal.submit(judged, at)
    office.vault.answers_with(own.ask.id, receipt.report_id)
    return receipt.report_id


def questions_of(asks: Iterable[Ask], partner_id: str) -> set[str]:
    """Name the questions that a partner was asked, also those whose time is over: a report that comes late is still one."""
    return {ask.id for ask in asks if partner_id and ask.partner_id == partner_id and not ask.blueprint_id and ask.revoked_at is None}


def _submission(office: Office, own: OwnAsk, text: str) -> Submission:
    known = tuple(office.vault.keys())
    key = next((key for key in known if key.partner_id == own.ask.partner_id and key.revoked_at is None), None)
    identity = key.owner if key else f"partner {own.ask.partner_id}"
    return Submission(
        channel=Channel.PARTNER,
        source=key.source if key else office.vault.pseudonym(identity, SourceKind.PARTNER.value),
        source_kind=key.source_kind if key else SourceKind.PARTNER,
        sender=identity,
        key=content_key({"text": text}),
        text=text,
    )


def _own(office: Office, ask: Ask, at: datetime) -> OwnAsk:
    name = next((p.name for p in partners(office) if p.id == ask.partner_id), ask.partner_id)
    blueprint = next((one for one in office.journal.blueprints() if one.id == ask.blueprint_id), None)
    last = next((one for one in reversed(office.journal.answers()) if one.ask_id == ask.id), None)
    return OwnAsk(ask=ask, name=name, blueprint=blueprint, answer=last, open=at < ask.expires_at and (blueprint is None or _open(office, blueprint, at)))


def _open(office: Office, blueprint: Blueprint, at: datetime) -> bool:
    """Say whether answers are taken. Who is proposed next does not matter here, so nobody is offered for it."""
    return standing(blueprint, said_of(office, blueprint), (), at).open


def _check(wish: Answer, blueprint: Blueprint) -> None:
    conditions = bool(wish.needs or wish.at_least or wish.words)
    if (wish.reply is Reply.IN_IF) is not conditions:
        remedy = "say what others must bring, how many must be in, or your condition in words" if wish.reply is Reply.IN_IF else "answer in_if"
        raise Unknown("reply", "goes with a condition" if wish.reply is Reply.IN_IF else "goes without a condition", remedy)
    strange = next((n for n, one in enumerate(wish.needs) if one not in blueprint.required), None)
    if strange is not None:
        raise Unknown(f"needs[{strange}]", "is no strength of this blueprint", "take it from `required`")
    if not 0 <= wish.at_least <= 1000:
        raise Unknown("at_least", "is no number of partners", "give a number from 0 to 1000")
    check_words("words", wish.words, LONGEST_WORDS)
