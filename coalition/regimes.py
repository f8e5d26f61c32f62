"""Votes -> Rise*: for each kind of obstacle, since when it has taken a larger part, and how sure it is that it leads."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, logsumexp

from coalition.votes import HYPOTHESES, KINDS, Votes
from store.records import Obstacle

HAZARD: Final = 1.0 / 60.0  # a day, for a kind that the coalition was not built for
HAZARD_EQUIPPED: Final = 1.0 / 365.0  # for one that it was built for: more likely that it was there from the start
_PRIOR = 0.3  # pseudo-origins for each kind: a few words for one kind do not make it the leading one
_RISE = 0.15  # by how much a part must have grown to count as another picture
_COLEAD = 0.6  # a part this near to the largest leads with it
_CELLS = 50
_EDGES = np.linspace(0.0, 1.0, _CELLS + 1)
_PARTS = (_EDGES[1:] + _EDGES[:-1]) / 2
_BEFORE_ENOUGH = 12  # origins make a picture that can change


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """One kind: `probability` that its part has grown and that it leads or leads with others, since (likeliest) `since`; its part then and now."""

    kind: Obstacle
    probability: float
    changed: float
    since: datetime
    before: float
    now: float


def rises(votes: Votes, hazard: float = HAZARD) -> dict[Obstacle, Rise]:
    """Judge each kind on its own: whether its part of what is said has changed, has grown, and leads.

    A single change point at an unknown moment between two origins (exact, all moments compared; Smith 1975), with a constant hazard. Before and after
    it a kind's part of the votes has a Beta prior, the marginal of a Dirichlet for all kinds, so that more of the same changes nothing. An origin
    is one soft vote: its likelihood is the mixture of "it names this kind" and "another", by the reader's own chances. Empty with too few votes.
    """
    count = len(votes.testimonies)
    if count <= _BEFORE_ENOUGH:
        return {}
    logs = _cumulated(votes)
    moments = _moments(votes)
    after, before = logs[:, -1:, :] - logs[:, moments, :], logs[:, moments, :]
    prior = _log_prior(votes, moments, hazard)
    below = _below(_posterior(after))
    return {kind: _rise(kind, votes, moments, (before[number], after[number], logs[number, -1], below, prior)) for number, kind in enumerate(HYPOTHESES)}


def leaders(votes: Votes) -> tuple[Obstacle, ...]:
    """Name the kinds with the largest expected part in all the votes, largest first, and those that come near; none without votes."""
    if not votes.testimonies:
        return ()
    part = (_posterior(_cumulated(votes)[:, -1, :]) @ _PARTS)[: len(KINDS)]
    return tuple(KINDS[i] for i in np.argsort(-part, kind="stable") if part[i] >= _COLEAD * part.max())


def _cumulated(votes: Votes) -> NDArray[np.float64]:
    """Return log likelihoods of the first i votes for each kind and part, shape (kinds, n + 1, cells)."""
    named = votes.chances.T[:, :, None]
    other = (1.0 - named) / (len(HYPOTHESES) - 1)
    single = np.log(_PARTS * named + (1.0 - _PARTS) * other) * votes.weights[None, :, None]
    return np.concatenate([np.zeros((len(HYPOTHESES), 1, _CELLS)), np.cumsum(single, axis=1)], axis=1)


def _log_part_prior() -> NDArray[np.float64]:
    mass = np.diff(betainc(_PRIOR, _PRIOR * (len(HYPOTHESES) - 1), _EDGES))
    logs: NDArray[np.float64] = np.log(mass)
    return logs


_LOG_PART = _log_part_prior()


def _posterior(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    joint = logs + _LOG_PART
    result: NDArray[np.float64] = np.exp(joint - logsumexp(joint, axis=-1, keepdims=True))
    return result


def _evidence(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = np.asarray(logsumexp(logs + _LOG_PART, axis=-1))
    return result


def _moments(votes: Votes) -> NDArray[np.intp]:
    """Return the positions before which a change may have come: one for each moment at which anything was said, after the first few."""
    times = [t.at for t in votes.testimonies]
    return np.array([i for i in range(_BEFORE_ENOUGH, len(times)) if times[i] != times[i - 1]] or [len(times) - 1], dtype=np.intp)


def _log_prior(votes: Votes, moments: NDArray[np.intp], hazard: float) -> NDArray[np.float64]:
    """Return the log prior of a change before each of the moments and, last, of none: a constant hazard over the time between them."""
    day = timedelta(days=1)
    at = [votes.testimonies[i].at for i in moments]
    gaps = np.array([max((now - votes.testimonies[i - 1].at) / day, 1e-3) for now, i in zip(at, moments, strict=True)])
    never = np.exp(-hazard * gaps.sum())
    logs: NDArray[np.float64] = np.log(np.append((1.0 - never) * gaps / gaps.sum(), never))
    return logs


def _rise(kind: Obstacle, votes: Votes, moments: NDArray[np.intp], logs: tuple[NDArray[np.float64], ...]) -> Rise:
    before, after, whole, below, prior = logs
    joint = np.append(_evidence(before) + _evidence(after), _evidence(whole)) + prior
    chance = np.exp(joint - logsumexp(joint))[:-1]
    then, now = _posterior(before), _posterior(after)
    grown = _below(then) @ _read_at(_PARTS - _RISE)
    others = [other for other in range(len(HYPOTHESES) - 1) if HYPOTHESES[other] is not kind]
    leads = (below[others] @ _read_at(_PARTS / _COLEAD)).prod(axis=0)
    probability = float(chance @ (now * grown * leads).sum(axis=1))
    best = int(np.argmax(chance))
    since = votes.testimonies[moments[best]].at
    return Rise(kind=kind, probability=probability, changed=float(chance.sum()), since=since, before=float(then[best] @ _PARTS), now=float(now[best] @ _PARTS))


def _below(masses: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cumulate masses to the chance of a part below each edge, last axis cells + 1."""
    return np.concatenate([np.zeros((*masses.shape[:-1], 1)), np.cumsum(masses, axis=-1)], axis=-1)


def _read_at(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the matrix that interpolates chances at the edges to chances at `parts`, shape (cells + 1, parts)."""
    place = np.clip(parts, 0.0, 1.0) * _CELLS
    weights: NDArray[np.float64] = np.maximum(0.0, 1.0 - np.abs(np.arange(_CELLS + 1)[:, None] - place[None, :]))
    return weights
