"""Labelled streams -> nlp/data/noise.json: which reports are about nothing relevant, and how often that is wrong of crises not fitted on.

python -m benchmarks.fit_noise [--write]: a logistic regression over vectors, from the reports of CrisisLexT26 that are labelled related or not, and from
IDRISI, ECB+ and LGL, all of whose reports are taken to be relevant. What is printed is found on crises that the weights were not fitted on: the crises
are dealt into four parts, each judged by weights from the other three. The small fires of benchmarks/situation_fires.py are never fitted on. The committed
weights come from all thirteen crises. Without --write they are only checked.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

import nlp.noise
from benchmarks.situation_sets import Stream, stream
from nlp.noise import Sieve, is_noise, sieve

FILE: Final = Path(nlp.noise.__file__).parent / "data" / "noise.json"
RELEVANT: Final = ("idrisi-1", "ecb", "one-off")
UNFITTED: Final = "fires"
LABELS: Final = ("Related and informative", "Related - but not informative", "Not related")
PARTS: Final = 4
_MOST: Final = 1500
Vectors = NDArray[np.float32]


def main(arguments: list[str] | None = None) -> None:
    """Check, and perhaps fit and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    crises, relevant = stream("crisislex"), [_vectors(stream(name)) for name in RELEVANT]
    for line in check(crises, relevant):
        print(line)
    if chosen.write:
        made = fit(_vectors(crises), _labels(crises), [each[:_MOST] for each in relevant])
        FILE.write_text(json.dumps({"weights": [round(float(w), 4) for w in made.weights], "intercept": round(made.intercept, 4)}) + "\n", encoding="utf-8")
        sieve.cache_clear()
    caught = [is_noise(vector) for vector in _vectors(stream(UNFITTED))]
    print(f"{UNFITTED}, by the committed weights: {np.mean(caught):.1%} of {len(caught)} taken for noise")


def check(crises: Stream, relevant: Sequence[Vectors]) -> list[str]:
    """Say what share of each label is taken for noise by weights that know neither the crisis nor the report."""
    vectors, labels, truth = _vectors(crises), _labels(crises), np.array([row["gold"] for row in crises.rows])
    taken, others = np.zeros(len(labels), bool), list[float]()
    for part, held in enumerate(_parts(sorted(set(truth)))):
        out = np.isin(truth, held)
        made = fit(vectors[~out], labels[~out], [each[part % 2 :: 2][:_MOST] for each in relevant])
        taken[out] = [made.chance(vector) > 0.5 for vector in vectors[out]]
        others += [made.chance(vector) > 0.5 for each in relevant for vector in each[1 - part % 2 :: 2]]
    shares: Mapping[str, Any] = {label: taken[labels == label] for label in LABELS} | {"other corpora": others}
    return [f"{label}: {np.mean(share):.1%} of {len(share)} taken for noise" for label, share in shares.items()]


def fit(vectors: Vectors, labels: NDArray[np.str_], relevant: Sequence[Vectors]) -> Sieve:
    """Fit the chance of noise; reports with neither label are left out."""
    known = np.isin(labels, LABELS)
    seen = np.vstack([vectors[known], *relevant])
    noise = np.concatenate([labels[known] == LABELS[-1], np.zeros(sum(map(len, relevant)), bool)])
    fitted = LogisticRegression(C=10.0, max_iter=5000).fit(seen, noise)
    return Sieve(weights=fitted.coef_[0], intercept=float(fitted.intercept_[0]))


def _parts(crises: Sequence[str]) -> list[list[str]]:
    dealt = np.random.default_rng(0).permutation(list(crises)).tolist()
    return [dealt[part::PARTS] for part in range(PARTS)]


def _vectors(made: Stream) -> Vectors:
    return np.array([clue.vector for clue in made.clues], np.float32)


def _labels(made: Stream) -> NDArray[np.str_]:
    return np.array([str(row.get("informativeness")) for row in made.rows])


if __name__ == "__main__":
    main()
