"""The half of the obstacle texts that was read twice -> how well a classifier reads it unseen: python -m benchmarks.obstacles_held MODELS."""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sklearn.metrics import cohen_kappa_score, f1_score

from benchmarks.obstacle_fit import KINDS_AND_NONE, Names, Row, hash_fold, rows, seen, trained
from nlp.models import ModelChoice, load
from nlp.obstacle_lessons import Lesson
from nlp.obstacles import LinearReader
from store.records import Obstacle, ObstacleReading, ObstacleState

Pairs = Sequence[tuple[Row, Names]]


def main() -> None:
    """Train on the texts of other scenes, read the half, compare with both readers."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("folder", type=Path)
    opts = args.parse_args()
    encoder = load(ModelChoice(folder=opts.folder, pipelines={})).encoder
    if encoder is None:
        raise SystemExit("no encoder")
    given = rows()
    held = [row for row in given if row.second is not None]
    scenes = {row.scene for row in held}
    kept = [row for row in given if row.scene not in scenes]
    reader = LinearReader(encoder, trained(kept, seen(encoder, kept)))
    found = reader.obstacles([row.text for row in held], [row.language for row in held])
    read = [(row, named(some)) for row, some in zip(held, found, strict=True)]
    print(len(kept), "texts to learn from,", len(held), "held out, scenes of theirs left out of the former:", len(given) - len(kept) - len(held))
    tell_whole(read)
    tell_states(read)
    tell_beliefs(held, found)
    for name, part in (("language", lambda row: row.language), ("register", lambda row: row.register)):
        tell_by(read, name, part)
    tell_lessons(held, reader)


def named(some: Iterable[ObstacleReading]) -> Names:
    """Take kinds and states."""
    return tuple((one.obstacle, one.state) for one in some)


def main_of(names: Names) -> Obstacle:
    """Name what comes first, whatever its state."""
    return names[0][0] if names else Obstacle.NONE


def second_of(row: Row) -> Names:
    """Return the second reading, which each of these texts has."""
    return row.second or ()


def either(row: Row, guess: Obstacle) -> Obstacle:
    """Return the guess where it is either reader's first, else the first reader's."""
    return guess if guess in (main_of(row.first), main_of(second_of(row))) else main_of(row.first)


def macro(truth: Sequence[Obstacle], guess: Sequence[Obstacle]) -> float:
    """Take the mean of F1 over the kinds and none."""
    labels = list(KINDS_AND_NONE)
    return float(f1_score([labels.index(k) for k in truth], [labels.index(k) for k in guess], average="macro", labels=range(len(labels)), zero_division=0))


def tell_whole(read: Pairs) -> None:
    """Print F1 against either reader, strictly, and of the readers against each other; by kind; and confusions."""
    guess, first = [main_of(names) for _, names in read], [main_of(row.first) for row, _ in read]
    second = [main_of(second_of(row)) for row, _ in read]
    either_one = [either(row, main_of(names)) for row, names in read]
    both = [(f, g) for f, s, g in zip(first, second, guess, strict=True) if f is s]
    print(
        "macro-F1 against either reader", round(macro(either_one, guess), 3), "first", round(macro(first, guess), 3), "second", round(macro(second, guess), 3)
    )
    print("where the readers agree:", len(both), "texts, macro-F1", round(macro([f for f, _ in both], [g for _, g in both]), 3))
    listed = [main_of(names) in {k for k, _ in row.first + second_of(row)} or (not names and not (row.first and row.second)) for row, names in read]
    print("first label in either list", round(float(np.mean(listed)), 3))
    print("second reader against first: macro-F1", round(macro(first, second), 3), "kappa", round(float(cohen_kappa_score(first, second)), 3))
    agree = np.mean([f is s for f, s in zip(first, second, strict=True)])
    print("first labels agree", round(float(agree), 3), "whole lists agree", round(float(np.mean([set(r.first) == set(second_of(r)) for r, _ in read])), 3))
    for kind in KINDS_AND_NONE:
        loose, strict, between = (
            float(f1_score([t is kind for t in truth], [g is kind for g in told], zero_division=0))
            for truth, told in ((either_one, guess), (first, guess), (first, second))
        )
        print(f"{kind.value:18s} n {sum(f is kind for f in first):3d} either {loose:.2f} strict {strict:.2f} reader-reader {between:.2f}")
    print("confusions", Counter((t.value, g.value) for t, g in zip(either_one, guess, strict=True) if t is not g).most_common(10))


def tell_states(read: Pairs) -> None:
    """Print precision and recall of (kind, lifted), and of lifted where the kind is right, against the first reader; and the readers' own."""
    for name, told in (("classifier", [names for _, names in read]), ("second reader", [second_of(row) for row, _ in read])):
        pairs = [(row.first, names) for (row, _), names in zip(read, told, strict=True)]
        fallen = [({k for k, s in f if s is ObstacleState.LIFTED}, {k for k, s in g if s is ObstacleState.LIFTED}) for f, g in pairs]
        hits, said, true = sum(len(f & g) for f, g in fallen), sum(len(g) for _, g in fallen), sum(len(f) for f, _ in fallen)
        same = [(dict(f)[k], s) for f, g in pairs for k, s in g if k in dict(f)]
        right = [(t is ObstacleState.LIFTED, s is ObstacleState.LIFTED) for t, s in same]
        print(f"lifted, {name}: kind and state P {hits / max(said, 1):.2f} R {hits / max(true, 1):.2f} of {true};", _rates(right))


def _rates(right: Sequence[tuple[bool, bool]]) -> str:
    hits = sum(t and s for t, s in right)
    return f"where the kind is right P {hits / max(sum(s for _, s in right), 1):.2f} R {hits / max(sum(t for t, _ in right), 1):.2f}"


def tell_beliefs(held: Sequence[Row], found: Sequence[Sequence[ObstacleReading]]) -> None:
    """Print what is stated as chance against how often a reader names it."""
    rows_ = [(one.weight, one.obstacle in {k for k, _ in row.first}) for row, some in zip(held, found, strict=True) for one in some]
    for low in (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = {0.0: 0.4, 0.9: 1.01}.get(low, low + 0.1)
        some_rows = [(w, hit) for w, hit in rows_ if low <= w < high]
        if some_rows:
            print(f"stated {np.mean([w for w, _ in some_rows]):.2f} named by the first reader {np.mean([hit for _, hit in some_rows]):.2f} of {len(some_rows)}")


def tell_by(read: Pairs, name: str, part: Callable[[Row], str]) -> None:
    """Print F1 by part."""
    for value in sorted({part(row) for row, _ in read}):
        some = [(row, main_of(names)) for row, names in read if part(row) == value]
        guess = [g for _, g in some]
        loose, strict = macro([either(row, g) for row, g in some], guess), macro([main_of(row.first) for row, _ in some], guess)
        right = float(np.mean([either(row, g) is g for row, g in some]))
        print(f"{name} {value}: n {len(some)} macro-F1 either {loose:.2f} strict {strict:.2f} right {right:.2f}")


def tell_lessons(held: Sequence[Row], reader: LinearReader) -> None:
    """Print what corrections do: each half of the scenes is read with lessons of the other half."""
    made = [(row, _lesson(row, reader)) for row in held]
    folds = [[other for row, other in made if other is not None and hash_fold(row.scene) % 2 != half] for half in (0, 1)]
    taught = [folds[hash_fold(row.scene) % 2] for row in held]
    found = reader.obstacles([row.text for row in held], [row.language for row in held], lessons=taught)
    guess = [main_of(named(some)) for some in found]
    loose = macro([either(row, g) for row, g in zip(held, guess, strict=True)], guess)
    print("with", [len(fold) for fold in folds], "corrections of other scenes: macro-F1 either", round(loose, 3))


def _lesson(row: Row, reader: LinearReader) -> Lesson | None:
    return reader.lesson(row.text, row.language, row.main, datetime(2000, 1, 1, tzinfo=UTC))


if __name__ == "__main__":
    main()
