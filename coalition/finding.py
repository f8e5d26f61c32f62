"""Suggestion, Testimony* -> Finding: what is found, apart from what is advised."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from coalition.regimes import leaders
from coalition.shift import RECENT
from coalition.votes import Votes, votes
from store.cards import Finding
from store.records import Advice, Obstacle, Suggestion, Testimony

_LONG: Final = timedelta(days=84)  # an obstacle that has led for twelve weeks, and leads, is one on which nothing moves


def finding(suggestion: Suggestion, testimonies: Sequence[Testimony]) -> Finding | None:
    """Label a suggestion: a shift, several obstacles at once, a weak signal, an obstacle that has fallen, no progress under the same obstacle.

    `testimonies` are those it was made from; later ones are not looked at. None where nothing can be said: a hold on a picture that is young or silent.
    """
    match suggestion.kind:
        case Advice.WATCH:
            return Finding.WEAK_SIGNAL
        case Advice.WIND_DOWN:
            return Finding.FALLEN
        case _:
            return _of_leaders(suggestion, votes(t for t in testimonies if t.at <= suggestion.issued_at))


def _of_leaders(suggestion: Suggestion, heard: Votes) -> Finding | None:
    lately = leaders(heard.since(suggestion.issued_at - RECENT))
    called = suggestion.kind in (Advice.PIVOT, Advice.NEW_COALITION)
    if not called and _no_progress(suggestion, lately, heard):
        return Finding.NO_PROGRESS
    if len(lately) > 1:
        return Finding.SEVERAL
    return Finding.SHIFT if called else None


def _no_progress(suggestion: Suggestion, lately: Sequence[Obstacle], heard: Votes) -> bool:
    start = suggestion.issued_at - _LONG
    return bool(set(lately) & set(leaders(heard.since(start).until(start + RECENT))))
