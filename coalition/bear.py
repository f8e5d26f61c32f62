"""Sentence*, Objective -> Bearing*: which condition each sentence of the reports bears on, and whether it speaks for it or against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coalition.conditions import Table, Vectors, table, wordings
from coalition.strengths import words
from store.records import Bearing, Condition, Objective, ObstacleReading, ObstacleState, Report

# Everything below was set on the strike, the epidemic and the flood of benchmarks/conditions.py; the other three matters were looked at only afterwards.
_KIND = 2.5  # standard deviations of likeness that naming an obstacle which would break the condition is worth
_DECIDER = 0.6  # and naming whose decision it is
_PLACE = 0.3  # and sharing a place with the objective
_ABOUT: Final = (2.2, 2.0)  # likeness (standard deviations above other matters) at which a sentence is as likely as not about the objective; steepness
_SPLIT = 0.5  # standard deviations of likeness by which one condition must lead another to take e times its share
_STATE = 0.7  # log-odds of "for" that an obstacle told as lifted brings, and one told as present takes
_WELL = 40.0  # and each unit of cosine along the way from things told as going badly to the same things going well
_SIGN = 6.0  # and each by which a sentence is liker to the objective's own signs for than to those against
_NEED: Final = (30.0, 0.0)  # how much plainer than an obstacle mere need is told, per unit of cosine; where it is even
_LEAST = 0.1  # what leans less says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence of a report: the obstacles it names, and whether the report shares a place with the objective."""

    report: Report
    origin_id: str
    sentence: str
    obstacles: tuple[ObstacleReading, ...] = ()
    near: bool = False


def bear(objective: Objective, said: Sequence[Said], vectors: Vectors) -> tuple[Bearing, ...]:
    """Return what the sentences say of the conditions of a completed objective, at most one bearing for each report and condition.

    About which condition: cosines with its statement and signs, in standard deviations above sentences of other matters, and the obstacles named,
    the decider, the place. For or against: an obstacle told as lifted or present, the objective's own signs, and where the sentence lies on the way
    from things told as going badly to the same things going well (difference of the means of the table's pairs). A sentence of mere need says neither.
    `vectors` maps every text of `conditions.texts` and every sentence to its unit row.
    """
    if not said or not objective.conditions:
        return ()
    rows = np.stack([vectors[one.sentence] for one in said])
    about = _about(objective, said, rows, vectors)
    best: dict[tuple[str, str], Bearing] = {}
    for column, condition in enumerate(objective.conditions):
        leans = about[:, column] * _direction(condition, said, rows, vectors)
        for one, lean in zip(said, leans.tolist(), strict=True):
            key = (one.report.id, condition.id)
            if abs(lean) >= _LEAST and (key not in best or abs(lean) > abs(best[key].lean)):
                best[key] = _bearing(objective, condition, one, round(lean, 4), vectors)
    return tuple(best[key] for key in sorted(best))


def _bearing(objective: Objective, condition: Condition, one: Said, lean: float, vectors: Vectors) -> Bearing:
    return Bearing(
        objective_id=objective.id,
        condition_id=condition.id,
        report_id=one.report.id,
        at=one.report.at,
        origin_id=one.origin_id,
        voice=one.report.voice,
        source_kind=one.report.source_kind,
        lean=lean,
        sentence=one.sentence,
        sign=_sign(condition, one, vectors) if lean > 0 else "",
    )


def _sign(condition: Condition, one: Said, vectors: Vectors) -> str:
    """Name the expected sign that a sentence tells of: the likest one, where it is liker than anything against."""
    row = vectors[one.sentence]
    return max((sign.statement for sign in condition.signs), key=lambda text: float(vectors[text] @ row), default="")


def _about(objective: Objective, said: Sequence[Said], rows: NDArray[np.float32], vectors: Vectors) -> NDArray[np.float64]:
    """Return how far each sentence is about each condition, in [0, 1], shape (n, conditions); a sentence gives at most 1 in all."""
    others = np.stack([vectors[text] for text in table().background])
    near = _PLACE * np.array([one.near for one in said])
    likeness = np.stack([_likeness(condition, said, rows, others, vectors) for condition in objective.conditions], axis=1)
    share = np.exp((likeness - likeness.max(axis=1, keepdims=True)) / _SPLIT)
    half, steep = _ABOUT
    whether = 1.0 / (1.0 + np.exp(-steep * (likeness.max(axis=1) + near - half)))
    result: NDArray[np.float64] = whether[:, None] * share / share.sum(axis=1, keepdims=True)
    return result


def _likeness(condition: Condition, said: Sequence[Said], rows: NDArray[np.float32], others: NDArray[np.float32], vectors: Vectors) -> NDArray[np.float64]:
    aims = np.stack([vectors[text] for text in wordings(condition)])
    usual = others @ aims.T
    alike = ((rows @ aims.T - usual.mean(axis=0)) / np.maximum(usual.std(axis=0), 1e-6)).max(axis=1).astype(np.float64)
    kinds = np.array([max((read.weight for read in one.obstacles if read.obstacle in condition.obstacles), default=0.0) for one in said])
    named = np.array([_names(condition.decider, one.sentence) for one in said])
    result: NDArray[np.float64] = alike + _KIND * kinds + _DECIDER * named
    return result


def _names(decider: str, sentence: str) -> bool:
    """Say whether a sentence names whose decision it is: every word of the name stands in it."""
    name = set(words(decider))
    return bool(name) and name <= set(words(sentence))


def _direction(condition: Condition, said: Sequence[Said], rows: NDArray[np.float32], vectors: Vectors) -> NDArray[np.float64]:
    """Return how far each sentence speaks for (above 0) or against the condition, in [-1, 1], shape (n,)."""
    known = table()
    state = np.array([_fallen(one, condition) for one in said])
    well, badly = (np.stack([vectors[text] for text in side]).mean(axis=0) for side in (known.well, known.badly))
    way = (well - badly) / max(float(np.linalg.norm(well - badly)), 1e-6)
    odds = _STATE * state + _WELL * ((rows - (well + badly) / 2.0) @ way).astype(np.float64)
    if condition.signs and condition.signs_against:
        odds = odds + _SIGN * _contrast(rows, tuple(sign.statement for sign in condition.signs), condition.signs_against, vectors)
    result: NDArray[np.float64] = np.tanh(odds / 2.0) * (1.0 - _mere_need(said, rows, known, vectors))
    return result


def _fallen(one: Said, condition: Condition) -> float:
    """Return 1 for an obstacle told as lifted, -1 for one told as present, by its weight; one that would not break the condition counts half."""
    leans = [
        (1.0 if read.obstacle in condition.obstacles else 0.5) * read.weight * (1.0 if read.state is ObstacleState.LIFTED else -1.0) for read in one.obstacles
    ]
    return max(leans, key=abs, default=0.0)


def _contrast(rows: NDArray[np.float32], well: tuple[str, ...], badly: tuple[str, ...], vectors: Vectors) -> NDArray[np.float64]:
    """Return by how much the rows are liker to the likest of one side than to the likest of the other, in units of cosine."""
    sides = [np.stack([vectors[text] for text in side]) for side in (well, badly)]
    result: NDArray[np.float64] = ((rows @ sides[0].T).max(axis=1) - (rows @ sides[1].T).max(axis=1)).astype(np.float64)
    return result


def _mere_need(said: Sequence[Said], rows: NDArray[np.float32], known: Table, vectors: Vectors) -> NDArray[np.float64]:
    """Return how likely each sentence tells of need, deaths or numbers alone, which speak neither for nor against, in [0, 1]."""
    needs, others = (np.stack([vectors[text] for text in side]) for side in (known.need, (*known.well, *known.badly)))
    plain = (rows @ needs.T).mean(axis=1) - (rows @ others.T).mean(axis=1)
    named = np.array([max((read.weight for read in one.obstacles), default=0.0) for one in said])
    slope, even = _NEED
    result: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-6.0 * (slope * plain.astype(np.float64) - named - even)))
    return result
