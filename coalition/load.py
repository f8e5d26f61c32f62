"""Ask*, Answer* -> Load*: how much each partner is asked, who has to rest, and how evenly asks are spread."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from store.opt_in import Answer, Ask, Capacity, Reply

MONTH = timedelta(days=30)
_HALF_LIFE = timedelta(days=30)
_ACCEPTED = (Reply.IN, Reply.IN_IF)
_STATED = Capacity()


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How one partner stands: asks ever, of these accepted, left unanswered, and those of the last thirty days; `rests_until` None: it need not rest."""

    partner_id: str
    asks: int
    accepted: int
    silent: int
    lately: int
    recent: float
    capacity: Capacity
    rests_until: datetime | None

    @property
    def full(self) -> bool:
        """Say whether one more ask would go beyond what the partner lets itself be asked."""
        return self.lately >= self.capacity.asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came back: the answers to blueprints, and the ids of the questions that a report answered."""

    answers: tuple[Answer, ...] = ()
    answered: frozenset[str] = frozenset()


def recent_load(asks: Iterable[Ask], as_of: datetime) -> dict[str, float]:
    """Weigh the asks of each partner up to `as_of`: a fresh one counts 1, one of thirty days ago one half, and so on; who was never asked is left out.

    What a partner answered does not enter, so that nobody can read a refusal from who is proposed next.
    """
    found: dict[str, float] = {}
    for ask in asks:
        if ask.at <= as_of:
            found[ask.partner_id] = found.get(ask.partner_id, 0.0) + 0.5 ** ((as_of - ask.at) / _HALF_LIFE)
    return found


def loads(partner_ids: Iterable[str], asks: Sequence[Ask], heard: Heard, capacities: Mapping[str, Capacity], as_of: datetime) -> dict[str, Load]:
    """Count for each partner what it was asked, accepted and left unanswered up to `as_of`; an ask is silent once its time is over."""
    known = [ask for ask in asks if ask.at <= as_of]
    now = Heard(answers=tuple(answer for answer in heard.answers if answer.at <= as_of), answered=heard.answered)
    return {one: _load(one, [ask for ask in known if ask.partner_id == one], now, capacities.get(one, _STATED), as_of) for one in partner_ids}


def _load(one: str, mine: Sequence[Ask], heard: Heard, capacity: Capacity, as_of: datetime) -> Load:
    replies = {answer.ask_id: answer.reply for answer in heard.answers}
    last = max((ask.at for ask in mine), default=None)
    rests = None if last is None else last + timedelta(days=capacity.rest_days)
    over = [ask for ask in mine if ask.revoked_at is None and ask.expires_at <= as_of]
    return Load(
        partner_id=one,
        asks=len(mine),
        accepted=sum(replies.get(ask.id) in _ACCEPTED or ask.id in heard.answered for ask in mine),
        silent=sum(ask.id not in replies and ask.id not in heard.answered for ask in over),
        lately=sum(ask.at > as_of - MONTH for ask in mine),
        recent=recent_load(mine, as_of).get(one, 0.0),
        capacity=capacity,
        rests_until=rests if rests is not None and rests > as_of else None,
    )


def spread(partner_ids: Iterable[str], found: Mapping[str, Load], as_of: datetime) -> list[str]:
    """Order partners by who may best be asked next: rested ones first, then the least asked of late; those at their capacity are left out."""
    able = [one for one in partner_ids if one not in found or not found[one].full]
    return sorted(able, key=lambda one: _weariness(found.get(one), as_of))


def _weariness(load: Load | None, as_of: datetime) -> tuple[bool, float]:
    return (load is not None and load.rests_until is not None and load.rests_until > as_of, load.recent if load else -inf)


def gini(counts: Iterable[float]) -> float:
    """Return the Gini coefficient of counts that are 0 or more: 0 when all are equal, near 1 when one has all; 0 when there is nothing to spread.

    Raises ValueError for a negative count.
    """
    ordered = sorted(counts)
    if ordered and ordered[0] < 0:
        raise ValueError(f"a count cannot be negative, got {ordered[0]}")
    total = sum(ordered)
    if not total:
        return 0.0
    n = len(ordered)
    return 2.0 * sum(place * count for place, count in enumerate(ordered, 1)) / (n * total) - (n + 1) / n
