"""Blueprint, what partners answered -> Standing: who is in, what is covered, whether the coalition has formed, who might be asked next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from coalition.blueprint import brings, propose
from store.opt_in import Answer, Ask, Blueprint, Confirmation, Ending, Reply, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything that was asked and answered about one blueprint, each in the order in which it was said."""

    asks: tuple[Ask, ...] = ()
    answers: tuple[Answer, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    ending: Ending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a blueprint stands at one moment; for the coordinator's eyes alone, since it tells who is out.

    Partners by id: `inside` are in, conditional ones whose condition is met too; `conditional` wait for theirs; `waiting` have not answered. `proposed` covers
    what nobody inside, conditional or waiting would bring; `spare` what is open as long as these stay where they are.
    """

    stage: Stage
    since: datetime
    inside: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    observing: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    proposed: tuple[Role, ...] = ()
    spare: tuple[Role, ...] = ()

    @property
    def open(self) -> bool:
        """Say whether partners may still answer."""
        return self.stage in (Stage.ASKED, Stage.FORMED)


@dataclass(frozen=True, slots=True)
class _Votes:
    """The latest answer of each partner whose ask stands at a moment, None where it has not answered, and which of them are confirmed."""

    latest: dict[str, Answer | None] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()

    def of(self, *replies: Reply | None) -> tuple[str, ...]:
        """List the partners whose latest answer is one of these."""
        return tuple(one for one, answer in self.latest.items() if (answer.reply if answer else None) in replies)


def standing(blueprint: Blueprint, said: Said, order: Sequence[str], as_of: datetime) -> Standing:
    """Say how a blueprint stands at `as_of`; `order` lists the partners that may be asked, the best to ask first.

    It forms as soon as those who are in bring every required strength, however few they are. Whoever withdraws is out at once: what is lacking then is
    open again, and the next best is proposed. It expires where it never formed by `answer_by`, and is dissolved at `ends_at` or by the coordinator.
    """
    votes = _votes(said, as_of)
    inside = _inside(blueprint, votes)
    stage, since = _stage(blueprint, said, as_of)
    held = votes.of(None, Reply.IN_IF)
    covered = _covered(blueprint, inside)
    lacking = tuple(s for s in blueprint.required if s not in covered)
    hoped = _covered(blueprint, (*inside, *held))
    return Standing(
        stage=stage,
        since=since,
        inside=inside,
        conditional=tuple(one for one in votes.of(Reply.IN_IF) if one not in inside),
        waiting=votes.of(None),
        observing=votes.of(Reply.OBSERVE),
        out=votes.of(Reply.OUT),
        covered=covered,
        lacking=lacking,
        proposed=propose(blueprint.bench, [s for s in lacking if s not in hoped], _asked(said), order),
        spare=propose(blueprint.bench, [s for s in lacking if s in hoped], _asked(said), order),
    )


def _asked(said: Said) -> frozenset[str]:
    """Name everybody who was asked: whoever declined, watches or was taken out again is not proposed a second time."""
    return frozenset(ask.partner_id for ask in said.asks)


def _votes(said: Said, as_of: datetime) -> _Votes:
    standing_asks = [ask for ask in said.asks if ask.at <= as_of and (ask.revoked_at is None or ask.revoked_at > as_of)]
    partner_of = {ask.id: ask.partner_id for ask in standing_asks}
    latest: dict[str, Answer | None] = dict.fromkeys(partner_of.values())
    for answer in said.answers:
        if answer.ask_id in partner_of and answer.at <= as_of:
            latest[partner_of[answer.ask_id]] = answer
    confirmed = {
        partner_of[one.ask_id] for one in said.confirmations if one.ask_id in partner_of and one.at <= as_of and _holds(one, latest[partner_of[one.ask_id]])
    }
    return _Votes(latest, frozenset(confirmed))


def _holds(confirmation: Confirmation, answer: Answer | None) -> bool:
    """Say whether a confirmation is of the answer that stands, and not of an earlier one."""
    return answer is not None and answer.ask_id == confirmation.ask_id and answer.at <= confirmation.at


def _inside(blueprint: Blueprint, votes: _Votes) -> tuple[str, ...]:
    """Return who is in: the largest group in which every condition is met by the rest of it.

    Conditions only ask for more partners or strengths, so that group exists and is found by leaving out whoever is not satisfied until all are (greatest
    fixed point, Tarski 1955): two partners who each join if the other does are both in.
    """
    willing = votes.of(Reply.IN, Reply.IN_IF)
    while True:
        kept = tuple(one for one in willing if _satisfied(blueprint, votes, one, willing))
        if kept == willing:
            return kept
        willing = kept


def _satisfied(blueprint: Blueprint, votes: _Votes, one: str, willing: Collection[str]) -> bool:
    answer = votes.latest[one]
    if answer is None or answer.reply is Reply.IN:
        return True
    others = [other for other in willing if other != one]
    brought = {strength for other in others for strength in brings(blueprint.bench, other)}
    return len(others) >= answer.at_least and brought.issuperset(answer.needs) and (not answer.words or one in votes.confirmed)


def _covered(blueprint: Blueprint, partner_ids: Collection[str]) -> tuple[str, ...]:
    brought = {strength for one in partner_ids for strength in brings(blueprint.bench, one)}
    return tuple(s for s in blueprint.required if s in brought)


def _stage(blueprint: Blueprint, said: Said, as_of: datetime) -> tuple[Stage, datetime]:
    """Follow the blueprint from draft to end; each stage with the moment it began."""
    terms = blueprint.terms
    covered = [(at, _whole(blueprint, _votes(said, at))) for at in _moments(said, as_of)]
    formed_at = next((at for at, whole in covered if whole and at < terms.answer_by), None)
    if said.ending is not None and said.ending.at <= as_of:
        return Stage.DISSOLVED, said.ending.at
    if formed_at is None and as_of >= terms.answer_by:
        return Stage.EXPIRED, terms.answer_by
    if as_of >= terms.ends_at:
        return Stage.DISSOLVED, terms.ends_at
    if not covered:
        return Stage.DRAFTED, blueprint.at
    since = next(at for n, (at, whole) in enumerate(covered) if all(later == covered[-1][1] for _, later in covered[n:]))
    return (Stage.FORMED if covered[-1][1] else Stage.ASKED), since


def _whole(blueprint: Blueprint, votes: _Votes) -> bool:
    return len(_covered(blueprint, _inside(blueprint, votes))) == len(blueprint.required)


def _moments(said: Said, as_of: datetime) -> list[datetime]:
    """List the moments at which anything changed, in order of time."""
    revoked = [ask.revoked_at for ask in said.asks if ask.revoked_at is not None]
    told = [*(ask.at for ask in said.asks), *(answer.at for answer in said.answers), *(one.at for one in said.confirmations)]
    return sorted({at for at in (*told, *revoked) if at <= as_of})
