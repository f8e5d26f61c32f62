"""Labelled texts -> coefficients of the obstacle classifier: python -m benchmarks.train_obstacles MODELS_FOLDER [--encoder NAME]."""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from benchmarks.obstacle_fit import DATA, KINDS_AND_NONE, Row, calibrated, fitted, rows, seen, unseen
from nlp.models import ModelChoice, load
from nlp.obstacle_weights import KINDS, chances, listed
from nlp.obstacles import Told


def main() -> None:
    """Train on every labelled text, print figures cross-validated over scenes, write nlp/data/obstacles_MODEL.npz."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("folder", type=Path)
    args.add_argument("--encoder", default="multilingual-e5-small")
    opts = args.parse_args()
    encoder = load(ModelChoice(folder=opts.folder, encoder=opts.encoder, pipelines={})).encoder
    if encoder is None:
        raise SystemExit(f"no encoder {opts.encoder}")
    given = rows()
    views = seen(encoder, given)
    told = unseen(given, views)
    chance = calibrated(given, told)
    tell(given, told, chance)
    weights = fitted(given, views)
    np.savez_compressed(
        DATA / f"obstacles_{encoder.name}.npz",
        mean=weights.mean,
        scale=weights.scale,
        kind=weights.kind,
        kind_bias=weights.kind_bias,
        lifted=weights.lifted,
        lifted_bias=np.float32(weights.lifted_bias),
        chance=np.array(chance, np.float64),
    )


def first_seen(told: list[tuple[int, Told]]) -> NDArray[np.int_]:
    """Say for each where its text comes first: there it stands alone."""
    firsts: dict[int, int] = {}
    for place, (n, _) in enumerate(told):
        firsts.setdefault(n, place)
    return np.array([firsts[n] for n, _ in told])


def tell(given: list[Row], told: list[tuple[int, Told]], chance: tuple[float, float]) -> None:
    """Print what became of texts, alone and with background, by register, and how far chances can be believed."""
    print(len(given), "texts", dict(Counter(row.language for row in given)), dict(Counter(row.register for row in given)), "calibration", chance)
    table = chances(np.stack([one.odds for _, one in told]))
    truth = np.array([KINDS_AND_NONE.index(given[n].main) for n, _ in told])
    guess = table.argmax(axis=1)
    registers = np.array([given[n].register for n, _ in told])
    for register in sorted(set(registers)):
        some = registers == register
        print(register, int(some.sum()), "macro-F1, alone and with background", round(float(f1_score(truth[some], guess[some], average="macro")), 3))
    twice = np.array([given[n].second is not None for n, _ in told]) & (np.arange(len(told)) == first_seen(told))
    print(
        "of",
        int(twice.sum()),
        "texts that were read twice, alone, macro-F1 against the first reader",
        round(float(f1_score(truth[twice], guess[twice], average="macro")), 3),
    )
    stated = listed(table[:, 1:], chance).ravel()
    named = np.array([[kind in {k for k, _ in given[n].first} for kind in KINDS] for n, _ in told]).ravel()
    for low in np.arange(0.0, 1.0, 0.1):
        some = (stated >= low) & (stated < low + 0.1)
        if some.any():
            print(f"stated {stated[some].mean():.2f} named {named[some].mean():.2f} of {int(some.sum())}")


if __name__ == "__main__":
    main()
