"""Labelled texts -> coefficients of the obstacle classifier, and what it makes of texts it has not seen."""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp.models import Encoder
from nlp.obstacle_cues import Cues, cues, sentences
from nlp.obstacle_weights import KINDS, Odds, Rows, Weights, chances, cue_features, lift_features, together
from nlp.obstacles import Told, told_by
from nlp.parts import Parts, in_parts
from store.records import Obstacle, ObstacleState

DATA = Path(__file__).parent.parent / "nlp" / "data"
KINDS_AND_NONE = (Obstacle.NONE, *KINDS)
FOLDS = 10
BESIDE = (0, 1, 4)  # texts without obstacle set beside each, when chances are calibrated: real reports have background
_KIND_C, _LIFTED_C = 0.01, 0.003  # chosen by cross-validation over scenes, without the half that was read twice
_PART = 0.5  # what the sentences of a text weigh in training, beside the text itself
_PLAIN = (1.0, 0.0)

Names = tuple[tuple[Obstacle, ObstacleState], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled text; texts of one scene tell of the same thing. `second` is a second, blind reading, where there is one."""

    text: str
    language: str
    register: str
    scene: str
    first: Names
    second: Names | None

    @property
    def main(self) -> Obstacle:
        """What is named first, whatever its state."""
        return self.first[0][0] if self.first else Obstacle.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A text as the classifier sees it: its vector (d,), those of its sentences (s, d), and their cues."""

    whole: Rows
    parts: Rows
    cues: tuple[Cues, ...]
    letters: int


def rows() -> list[Row]:
    """Read the labelled texts."""
    return [_row(json.loads(line)) for line in (DATA / "obstacles_texts.jsonl").read_text(encoding="utf-8").splitlines()]


def seen(encoder: Encoder, given: Sequence[Row]) -> list[Seen]:
    """Encode texts with their sentences and look for cues."""
    spans = [sentences(row.text) for row in given]
    found: Parts = in_parts(encoder, [row.text for row in given], spans)
    said = [tuple(cues(row.text[start:end], row.language) for start, end in some) for row, some in zip(given, spans, strict=True)]
    return [Seen(whole=w, parts=p, cues=c, letters=len(r.text)) for w, p, c, r in zip(found.whole, found.parts, said, given, strict=True)]


def trained(given: Sequence[Row], views: Sequence[Seen]) -> Weights:
    """Fit the classifier and calibrate it on folds that it was not fitted on."""
    weights = fitted(given, views)
    return replace(weights, chance=calibrated(given, unseen(given, views)))


def fitted(given: Sequence[Row], views: Sequence[Seen]) -> Weights:
    """Fit on texts, and on the sentences of those that name one obstacle or none."""
    vectors = np.stack([view.whole for view in views])
    mean, scale = vectors.mean(axis=0), vectors.std(axis=0)
    kind = _fit(_sample(given, views, states=False), (mean, scale), cue_features, _KIND_C)
    lifted = _fit(_sample(given, views, states=True), (mean, scale), lift_features, _LIFTED_C)
    return Weights(
        mean=mean,
        scale=scale,
        kind=kind.coef_.astype(np.float32),
        kind_bias=kind.intercept_.astype(np.float32),
        lifted=lifted.coef_[0].astype(np.float32),
        lifted_bias=float(np.float32(lifted.intercept_[0])),
        chance=_PLAIN,
    )


def unseen(given: Sequence[Row], views: Sequence[Seen]) -> list[tuple[int, Told]]:
    """Read each text, alone and among others that name nothing, by coefficients that were fitted without its scene; returns (row, what was told)."""
    folds = np.array([hash_fold(row.scene) for row in given])
    told: list[tuple[int, Told]] = []
    for fold in range(FOLDS):
        kept = [int(n) for n in np.flatnonzero(folds != fold)]
        weights = fitted([given[n] for n in kept], [views[n] for n in kept])
        mine = [int(n) for n in np.flatnonzero(folds == fold)]
        told += [(n, told_by(weights, one.whole, one.parts, one.cues)) for others in BESIDE for n, one in _beside(mine, given, views, others)]
    return told


def calibrated(given: Sequence[Row], told: Sequence[tuple[int, Told]]) -> tuple[float, float]:
    """Fit slope and intercept from the log-odds of a kind against all else to those of its being named (Platt 1999)."""
    chance = np.clip(chances(np.stack([one.odds for _, one in told]))[:, 1:], 1e-9, 1 - 1e-9)
    named = np.array([[kind in {k for k, _ in given[n].first} for kind in KINDS] for n, _ in told])
    odds = np.log(chance / (1 - chance)).reshape(-1, 1)
    model = LogisticRegression(C=1e6).fit(odds, named.ravel())
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def hash_fold(scene: str) -> int:
    """Deal scenes to folds."""
    return random.Random(scene).randrange(FOLDS)


def _row(line: dict[str, Any]) -> Row:
    second = line.get("second")
    return Row(
        text=line["text"],
        language=line["lang"],
        register=line["register"],
        scene=line["scene"],
        first=_names(line["first"]),
        second=None if second is None else _names(second),
    )


def _names(told: Sequence[str]) -> Names:
    pairs = (one.partition(":") for one in told)
    return tuple((Obstacle(kind), ObstacleState(state or "present")) for kind, _, state in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    vectors: Rows
    cues: list[Cues]
    truth: NDArray[np.int_]
    weight: NDArray[np.float64]


def _sample(given: Sequence[Row], views: Sequence[Seen], *, states: bool) -> _Sample:
    """Gather what to learn the kind from, or the state: that only where all that a text names has one."""
    drawn: list[tuple[Rows, Cues, int, float]] = []
    for row, view in zip(given, views, strict=True):
        fallen = {state is ObstacleState.LIFTED for _, state in row.first}
        if states and len(fallen) != 1:
            continue
        truth = int(fallen == {True}) if states else KINDS_AND_NONE.index(row.main)
        drawn.append((view.whole, together(view.cues), truth, 1.0))
        if states or len(row.first) <= 1:
            drawn += [(part, said, truth, _PART / len(view.cues)) for part, said in zip(view.parts, view.cues, strict=True) if not np.isnan(part[0])]
    vectors, found, truths, weights = zip(*drawn, strict=True)
    return _Sample(vectors=np.stack(vectors), cues=list(found), truth=np.array(truths), weight=np.array(weights))


def _fit(sample: _Sample, standard: tuple[Rows, Rows], features: Any, penalty: float) -> LogisticRegression:
    table = np.hstack([(sample.vectors - standard[0]) / standard[1], features(sample.cues)])
    return LogisticRegression(C=penalty, max_iter=5000, class_weight="balanced").fit(table, sample.truth, sample_weight=sample.weight)


def _beside(mine: Sequence[int], given: Sequence[Row], views: Sequence[Seen], others: int) -> list[tuple[int, Seen]]:
    """Set so many texts of the same language that name nothing beside each text; the mean by length stands for the vector of the whole."""
    draw = random.Random(others)
    plain: dict[str, list[int]] = defaultdict(list)
    for n in mine:
        if not given[n].first:
            plain[given[n].language].append(n)
    joined = []
    for n in mine:
        pool = [m for m in plain[given[n].language] if m != n]
        group = [n, *draw.sample(pool, min(others, len(pool)))]
        joined.append((n, _joined([views[m] for m in group])))
    return joined


def _joined(some: Sequence[Seen]) -> Seen:
    whole: Odds = np.sum([view.whole.astype(np.float64) * view.letters for view in some], axis=0)
    return Seen(
        whole=(whole / np.linalg.norm(whole)).astype(np.float32),
        parts=np.vstack([view.parts for view in some]),
        cues=tuple(found for view in some for found in view.cues),
        letters=sum(view.letters for view in some),
    )
