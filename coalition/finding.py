"""Suggestion, Testimony* -> Finding*: what is found, apart from what is advised."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from coalition.regimes import leaders
from coalition.shift import RECENT
from coalition.votes import Votes, votes
from store.records import Advice, Obstacle, Suggestion, Testimony
from store.told import Finding

_LONG: Final = timedelta(days=84)  # an obstacle that has led for twelve weeks, and leads, is one on which nothing moves


def findings(suggestion: Suggestion, testimonies: Sequence[Testimony]) -> tuple[Finding, ...]:
    """Label a suggestion: a shift, a weak signal, an obstacle that has fallen, no progress under the same obstacle; and several obstacles where several lead.

    `testimonies` are those it was made from; later ones are not looked at. Empty where nothing can be said: a hold on a picture that is young or silent.
    """
    heard = votes(t for t in testimonies if t.at <= suggestion.issued_at)
    lately = leaders(heard.since(suggestion.issued_at - RECENT))
    several = (Finding.SEVERAL,) if len(lately) > 1 else ()
    match suggestion.kind:
        case Advice.PIVOT | Advice.NEW_COALITION:
            return (Finding.SHIFT, *several)
        case Advice.WATCH:
            return (Finding.WEAK_SIGNAL,)
        case Advice.WIND_DOWN:
            return (Finding.FALLEN,)
        case Advice.EXPAND | Advice.HOLD:
            return (*_no_progress(suggestion, lately, heard), *several)


def _no_progress(suggestion: Suggestion, lately: Sequence[Obstacle], heard: Votes) -> tuple[Finding, ...]:
    start = suggestion.issued_at - _LONG
    then = leaders(heard.since(start).until(start + RECENT))
    return (Finding.NO_PROGRESS,) if set(lately) & set(then) else ()
