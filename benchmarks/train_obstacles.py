"""Labelled sentences -> coefficients of the obstacle classifier: python -m benchmarks.train_obstacles MODELS_FOLDER [--encoder NAME]."""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from nlp.models import ModelChoice, load
from nlp.obstacle_cues import Cues, cues
from nlp.obstacles import KINDS, cue_features, lift_features
from store.records import Obstacle

DATA = Path(__file__).parent.parent / "nlp" / "data"
KINDS_AND_NONE = (Obstacle.NONE, *KINDS)


def main() -> None:
    """Train on every sentence, print cross-validated figures, write nlp/data/obstacles_MODEL.npz."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("folder", type=Path)
    args.add_argument("--encoder", default="multilingual-e5-small")
    opts = args.parse_args()
    encoder = load(ModelChoice(folder=opts.folder, encoder=opts.encoder, pipelines={})).encoder
    if encoder is None:
        raise SystemExit(f"no encoder {opts.encoder}")
    rows = [json.loads(line) for line in (DATA / "obstacles_sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [cues(row["text"], row["lang"]) for row in rows]
    vectors = encoder.encode([row["text"] for row in rows])
    alone = len(rows)
    rows, found, vectors = _beside(rows, found, vectors)
    mean, scale = vectors.mean(axis=0), vectors.std(axis=0)
    z = (vectors - mean) / scale
    kinds = np.array([KINDS_AND_NONE.index(Obstacle(row["obstacle"])) for row in rows])
    named = kinds > 0
    fallen = np.array([row["state"] == "lifted" for row in rows])
    kind, lifted = _fit(np.hstack([z, cue_features(found)]), kinds), _fit(np.hstack([z, lift_features(found)])[named], fallen[named])
    named = named[:alone]
    _report(np.hstack([z, cue_features(found)])[:alone], kinds[:alone], "obstacle")
    _report(np.hstack([z, lift_features(found)])[:alone][named], fallen[:alone][named], "lifted")
    np.savez_compressed(
        DATA / f"obstacles_{encoder.name}.npz",
        mean=mean,
        scale=scale,
        kind=kind.coef_.astype(np.float32),
        kind_bias=kind.intercept_.astype(np.float32),
        lifted=lifted.coef_[0].astype(np.float32),
        lifted_bias=lifted.intercept_.astype(np.float32)[0],
    )
    kept = rows[:alone]
    print("sentences", alone, dict(Counter(row["obstacle"] for row in kept)), dict(Counter(row["lang"] for row in kept)))


def _beside(rows: list[dict[str, str]], found: list[Cues], vectors: NDArray[np.float32]) -> tuple[list[dict[str, str]], list[Cues], NDArray[np.float32]]:
    """Set one and two sentences that name nothing beside each, since whole reports are read with the same coefficients.

    The encoder takes the mean of its tokens, so the mean of sentence vectors by length stands for the vector of the whole.
    """
    choice = random.Random(7)
    lengths = np.array([len(row["text"]) for row in rows], np.float32)[:, None]
    plain = {lang: [n for n, row in enumerate(rows) if row["obstacle"] == "none" and row["lang"] == lang] for lang in {row["lang"] for row in rows}}
    mixed = [[n, *choice.sample(plain[row["lang"]], others)] for others in (1, 2) for n, row in enumerate(rows)]
    sums = np.array([(vectors[group] * lengths[group]).sum(axis=0) for group in mixed], np.float32)
    added = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return rows + [rows[group[0]] for group in mixed], found + [found[group[0]] for group in mixed], np.vstack([vectors, added])


def _model() -> LogisticRegression:
    return LogisticRegression(C=0.02, max_iter=5000, class_weight="balanced")


def _fit(features: NDArray[np.float32], truth: NDArray[np.int_] | NDArray[np.bool_]) -> LogisticRegression:
    return _model().fit(features, truth)


def _report(features: NDArray[np.float32], truth: NDArray[np.int_] | NDArray[np.bool_], name: str) -> None:
    guess = cross_val_predict(_model(), features, truth, cv=StratifiedKFold(10, shuffle=True, random_state=0))
    print(name, "10-fold macro-F1", round(float(f1_score(truth, guess, average="macro")), 3))
    print(confusion_matrix(truth, guess))


if __name__ == "__main__":
    main()
