"""Text* -> ObstacleReading*: what, according to a report, stands in the way, and the sentence that says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

import numpy as np

from nlp.models import Encoder
from nlp.obstacle_cues import Cues, cues, sentences
from nlp.obstacle_lessons import Lesson, shift
from nlp.obstacle_weights import KINDS, WHOLE, Odds, Rows, Weights, chances, classify, listed, pooled, stored_weights, together
from nlp.parts import Parts, in_parts
from store.records import Obstacle, ObstacleReading, ObstacleState

_BESIDE = 0.4  # below this chance what is named beside the main obstacle is left out
_NEAR = 0.5  # of two sentences whose log-odds differ by no more, the one that tells of a fall is the news
_NO_CUE = 0.8  # how much a sentence without cues speaks for no obstacle, in units of cue weight
_AS_IS: Final = (1.0, 0.0)


class ObstacleReader(Protocol):
    """Reads which obstacles texts name."""

    def obstacles(
        self, texts: Sequence[str], languages: Sequence[str], *, parts: Parts | None = None, lessons: Sequence[Sequence[Lesson]] = ()
    ) -> list[tuple[ObstacleReading, ...]]:
        """Return the obstacles of each text, main one first; empty means none.

        `parts`: the encoder's rows for the texts and their sentences, if at hand. `lessons`: for each text what people put right before it came.
        """
        ...

    def lesson(self, text: str, language: str, right: Obstacle, at: datetime) -> Lesson | None:
        """Make a lesson, for what comes later than `at`, of a text whose main obstacle a person has told; None where nothing can be learned."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One text: log-odds against none of each of KINDS, the same for each sentence (s, 9), and log-odds of telling of a fall (s,).

    `said` are the sentences.
    """

    odds: Odds
    sentences: Odds
    falls: Odds
    said: tuple[str, ...] = ()


def load_obstacles(encoder: Encoder | None) -> ObstacleReader:
    """Return the reader for this encoder: the classifier that was trained on its vectors, or cue patterns alone when there is none."""
    weights = None if encoder is None else stored_weights(encoder.name)
    return CueReader() if encoder is None or weights is None else LinearReader(encoder, weights)


class CueReader:
    """Reads obstacles from cue patterns alone, where no trained encoder is at hand."""

    def obstacles(
        self,
        texts: Sequence[str],
        languages: Sequence[str],
        *,
        parts: Parts | None = None,  # noqa: ARG002
        lessons: Sequence[Sequence[Lesson]] = (),  # noqa: ARG002
    ) -> list[tuple[ObstacleReading, ...]]:
        """Return the obstacles of each text by its cues; vectors and lessons are not looked at."""
        return [_by_cues(text, language) for text, language in zip(texts, languages, strict=True)]

    def lesson(self, text: str, language: str, right: Obstacle, at: datetime) -> Lesson | None:  # noqa: ARG002
        """Learn nothing."""
        return None


class LinearReader:
    """Reads obstacles by a linear classifier over vectors and cues of a text and of its sentences."""

    def __init__(self, encoder: Encoder, weights: Weights) -> None:
        self._encoder = encoder
        self._weights = weights

    def obstacles(
        self, texts: Sequence[str], languages: Sequence[str], *, parts: Parts | None = None, lessons: Sequence[Sequence[Lesson]] = ()
    ) -> list[tuple[ObstacleReading, ...]]:
        """Return the obstacles of each text; with `parts` nothing is encoded."""
        rows = in_parts(self._encoder, texts, [sentences(text) for text in texts]) if parts is None else parts
        learned = lessons or [()] * len(texts)
        return [self._read(*one) for one in zip(texts, languages, rows.whole, rows.parts, learned, strict=True)]

    def lesson(self, text: str, language: str, right: Obstacle, at: datetime) -> Lesson | None:
        """Make a lesson of a text; None where there is nothing to read in it."""
        rows = in_parts(self._encoder, [text], [sentences(text)])
        told = self._told(text, language, rows.whole[0], rows.parts[0])
        return None if told is None else Lesson(at=at, vector=rows.whole[0], odds=told.odds, right=right)

    def _read(self, text: str, language: str, whole: Rows, parts: Rows, lessons: Sequence[Lesson]) -> tuple[ObstacleReading, ...]:
        told = self._told(text, language, whole, parts)
        if told is None:
            return ()
        return _readings(replace(told, odds=told.odds + shift(whole, lessons, self._weights)), self._weights.chance)

    def _told(self, text: str, language: str, whole: Rows, parts: Rows) -> Told | None:
        """Weigh a text; of the sentences that were not encoded only those with cues are heard."""
        said = [text[start:end] for start, end in sentences(text)]
        found = [cues(sentence, language) for sentence in said]
        heard = [n for n, row in enumerate(parts) if not np.isnan(row[0]) or found[n].weights] or list(range(len(said)))
        if not heard:
            return None
        told = told_by(self._weights, whole, parts[heard], [found[n] for n in heard])
        return replace(told, said=tuple(said[n] for n in heard))


def told_by(weights: Weights, whole: Rows, parts: Rows, found: Sequence[Cues]) -> Told:
    """Weigh one text by its vector, shape (d,), and its sentences by theirs, shape (s, d); one that was not encoded has its text's vector, and its own cues."""
    rows = np.vstack([whole[None, :], np.where(np.isnan(parts), whole[None, :], parts)])
    odds, falls = classify(weights, rows, [together(found), *found])
    return Told(odds=pooled(odds[0], odds[1:]), sentences=odds[1:], falls=WHOLE * falls[:1] + (1 - WHOLE) * falls[1:])


def _by_cues(text: str, language: str) -> tuple[ObstacleReading, ...]:
    said = [text[start:end] for start, end in sentences(text)]
    if not said:
        return ()
    found = [cues(sentence, language) for sentence in said]
    odds = 3.0 * (np.array([[c.weights.get(kind, 0.0) for kind in KINDS] for c in found]) - _NO_CUE)
    falls = np.array([1.0 if c.lifted else -1.0 for c in found])
    return _readings(Told(odds=odds.max(axis=0), sentences=odds, falls=falls, said=tuple(said)), _AS_IS)


def _readings(told: Told, calibration: tuple[float, float]) -> tuple[ObstacleReading, ...]:
    """Name the likeliest kind, where none is not likelier, and beside it those that are likely to be named too; likeliest first."""
    chance = chances(told.odds[None, :])[0]
    if not chance.argmax():
        return ()
    weights = listed(chance[1:], calibration)
    order = [n for n in np.argsort(-weights, kind="stable") if weights[n] >= _BESIDE or n == chance[1:].argmax()]
    return tuple(_reading(KINDS[n], float(weights[n]), told) for n in order)


def _reading(kind: Obstacle, weight: float, told: Told) -> ObstacleReading:
    """One state for each kind: the news is the fall of a barrier, even where the same report first recalls how it stood."""
    odds = told.sentences[:, KINDS.index(kind)]
    best = int(odds.argmax())
    near = [n for n, falls in enumerate(told.falls) if falls > 0 and odds[n] + _NEAR >= odds[best]]
    best = max(near, key=lambda n: float(told.falls[n])) if near else best
    state = ObstacleState.LIFTED if near else ObstacleState.PRESENT
    return ObstacleReading(obstacle=kind, state=state, weight=round(min(weight, 1.0), 4), sentence=told.said[best])
