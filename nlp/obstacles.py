"""Text* -> ObstacleReading*: what, according to a report, stands in the way, and the sentence that says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.models import Encoder
from nlp.obstacle_cues import Cues, cues, sentences
from store.records import Obstacle, ObstacleReading, ObstacleState

Rows = NDArray[np.float32]
KINDS: Final = tuple(o for o in Obstacle if o is not Obstacle.NONE)
CUE_SCALE: Final = 4.0  # cue weights are around 1, standardised vectors have norm 20: without it the penalty would silence the cues
_LISTED = 0.35  # below this chance the main obstacle is not named
_BESIDE = 0.25  # below this a further one is not
_SENTENCES = 12  # of a long report the sentences richest in cues
_SAID_SO = 0.6  # a lift cue that nothing denies settles it: of the labelled sentences that have one, 96 in 100 tell of a fall
_NO_CUE = 0.8  # how much a sentence without cues speaks for no obstacle, in units of cue weight


class ObstacleReader(Protocol):
    """Reads which obstacles texts name."""

    def obstacles(self, texts: Sequence[str], languages: Sequence[str], *, vectors: Rows | None = None) -> list[tuple[ObstacleReading, ...]]:
        """Return the obstacles of each text, main one first; empty means none. `vectors`: the encoder's rows for the whole texts, if at hand."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A trained classifier: z = (vector - mean) / scale; logits of NONE and KINDS over (z, cues); of "lifted" over (z, lift cue)."""

    mean: Rows
    scale: Rows
    kind: Rows
    kind_bias: Rows
    lifted: Rows
    lifted_bias: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    report: int
    text: str
    cues: Cues


def load_obstacles(encoder: Encoder | None) -> ObstacleReader:
    """Return the reader for this encoder: the classifier that was trained on its vectors, or cue patterns alone when there is none."""
    weights = None if encoder is None else stored_weights(encoder.name)
    return CueReader() if encoder is None or weights is None else LinearReader(encoder, weights)


def stored_weights(model: str) -> Weights | None:
    """Read the committed coefficients for vectors of `model`; None when it was never trained on them."""
    kept = files("nlp").joinpath(f"data/obstacles_{model.replace('/', '_')}.npz")
    if not kept.is_file():
        return None
    with np.load(BytesIO(kept.read_bytes()), allow_pickle=False) as rows:
        return Weights(
            mean=rows["mean"],
            scale=rows["scale"],
            kind=rows["kind"],
            kind_bias=rows["kind_bias"],
            lifted=rows["lifted"],
            lifted_bias=float(rows["lifted_bias"]),
        )


class CueReader:
    """Reads obstacles from cue patterns alone, where no trained encoder is at hand."""

    def obstacles(self, texts: Sequence[str], languages: Sequence[str], *, vectors: Rows | None = None) -> list[tuple[ObstacleReading, ...]]:  # noqa: ARG002
        """Return the obstacles of each text by its cues; `vectors` are not looked at."""
        read = _split(texts, languages)
        chances, lifted = _by_cues([s.cues for s in read])
        return _gather(len(texts), read, chances, lifted)


class LinearReader:
    """Reads obstacles by a linear classifier over sentence vectors and cue weights."""

    def __init__(self, encoder: Encoder, weights: Weights) -> None:
        self._encoder = encoder
        self._weights = weights

    def obstacles(self, texts: Sequence[str], languages: Sequence[str], *, vectors: Rows | None = None) -> list[tuple[ObstacleReading, ...]]:
        """Return the obstacles of each text.

        With `vectors` nothing is encoded at all (sentences have as many words as their reports, so it would double the cost of reading):
        a report is judged by its own vector and cues, and what it names is given to the sentence whose cues say it most.
        Without, its sentences are encoded one by one.
        """
        read = _split(texts, languages)
        if not read:
            return [() for _ in texts]
        if vectors is None:
            chances, lifted = classify(self._weights, self._encoder.encode([s.text for s in read]), [s.cues for s in read])
        else:
            whole, fallen = self._whole(vectors, read)
            chances, lifted = _pointed(read, whole), fallen[[s.report for s in read]]
        return _gather(len(texts), read, chances, np.maximum(lifted, [_SAID_SO * s.cues.lifted for s in read]))

    def _whole(self, vectors: Rows, read: Sequence[_Sentence]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        strongest: list[dict[Obstacle, float]] = [{} for _ in vectors]
        for sentence in read:
            for kind, weight in sentence.cues.weights.items():
                strongest[sentence.report][kind] = max(weight, strongest[sentence.report].get(kind, 0.0))
        fallen = {s.report for s in read if s.cues.lifted}
        return classify(self._weights, vectors, [Cues(weights=found, lifted=n in fallen) for n, found in enumerate(strongest)])


def classify(weights: Weights, vectors: Rows, found: Sequence[Cues]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return chances of (NONE, *KINDS), shape (n, 10), and of being told as lifted, shape (n,)."""
    z = (vectors - weights.mean) / weights.scale
    logits = np.hstack([z, cue_features(found)]) @ weights.kind.T + weights.kind_bias
    lift = np.hstack([z, lift_features(found)]) @ weights.lifted + weights.lifted_bias
    return _softmax(logits.astype(np.float64)), 1.0 / (1.0 + np.exp(-lift.astype(np.float64)))


def cue_features(found: Sequence[Cues]) -> Rows:
    """Return cue weights as columns in the order of KINDS, shape (n, 9)."""
    return np.array([[CUE_SCALE * c.weights.get(kind, 0.0) for kind in KINDS] for c in found], np.float32).reshape(len(found), len(KINDS))


def lift_features(found: Sequence[Cues]) -> Rows:
    """Return whether a lift cue was found, as one column."""
    return np.array([[CUE_SCALE * c.lifted] for c in found], np.float32).reshape(len(found), 1)


def _split(texts: Sequence[str], languages: Sequence[str]) -> list[_Sentence]:
    read: list[_Sentence] = []
    for report, (text, language) in enumerate(zip(texts, languages, strict=True)):
        found = [_Sentence(report=report, text=part, cues=cues(part, language)) for part in sentences(text)]
        if len(found) > _SENTENCES:
            richest = sorted(range(len(found)), key=lambda n: -sum(found[n].cues.weights.values()))[:_SENTENCES]
            found = [found[n] for n in sorted(richest)]
        read += found
    return read


def _pointed(read: Sequence[_Sentence], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give what a report names as a whole to the sentence whose cues say it most, or to its longest one."""
    chances = np.zeros((len(read), 1 + len(KINDS)))
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for row, sentence in enumerate(read):
        for column, kind in enumerate(KINDS, start=1):
            mark = (sentence.cues.weights.get(kind, 0.0), len(sentence.text), row)
            best[sentence.report, column] = max(best.get((sentence.report, column), mark), mark)
    for (report, column), (_, _, row) in best.items():
        chances[row, column] = whole[report, column]
    return chances


def _by_cues(found: Sequence[Cues]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    weights = np.array([[_NO_CUE, *(c.weights.get(kind, 0.0) for kind in KINDS)] for c in found]).reshape(len(found), 1 + len(KINDS))
    return _softmax(3.0 * weights), np.array([0.9 if c.lifted else 0.1 for c in found])


def _gather(reports: int, read: Sequence[_Sentence], chances: NDArray[np.float64], lifted: NDArray[np.float64]) -> list[tuple[ObstacleReading, ...]]:
    rows: list[list[int]] = [[] for _ in range(reports)]
    for row, sentence in enumerate(read):
        rows[sentence.report].append(row)
    return [_ordered(mine, read, chances, lifted) for mine in rows]


def _ordered(mine: Sequence[int], read: Sequence[_Sentence], chances: NDArray[np.float64], lifted: NDArray[np.float64]) -> tuple[ObstacleReading, ...]:
    """Put the main one first; beside it, what is named less plainly counts too, but never alone."""
    found = []
    for column, kind in enumerate(KINDS, start=1):
        named = {row: float(chances[row, column]) for row in mine if chances[row, column] >= _BESIDE}
        if named:
            found.append(_reading(kind, named, read, lifted))
    found.sort(key=lambda reading: -reading.weight)
    return tuple(found) if found and found[0].weight >= _LISTED else ()


def _reading(kind: Obstacle, strength: Mapping[int, float], read: Sequence[_Sentence], lifted: NDArray[np.float64]) -> ObstacleReading:
    """One state for each kind: the news is the fall of a barrier, even where the same report first recalls how it stood."""
    falls = {row: p for row, p in strength.items() if lifted[row] >= 0.5}
    stands = {row: p for row, p in strength.items() if lifted[row] < 0.5}
    fallen = bool(falls) and max(falls.values()) + 0.15 >= max(stands.values(), default=0.0)
    told = falls if fallen else stands
    best = max(told, key=lambda row: told[row])
    state = ObstacleState.LIFTED if fallen else ObstacleState.PRESENT
    return ObstacleReading(obstacle=kind, state=state, weight=round(min(told[best], 1.0), 4), sentence=read[best].text)


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    total: NDArray[np.float64] = power / power.sum(axis=1, keepdims=True)
    return total
