"""Streams -> nlp/situate/data/links.json: what makes two reports likely to be about one thing.

python -m benchmarks.fit_links [--write]: a logistic regression over pairs of a report and its nearest earlier ones, from IDRISI squeezed with seed 0, ECB+
(a pair belongs together within a subtopic) and the news of LGL (no pair does), each corpus with the same weight; no report of CrisisLex. Fitted once with
vectors and once with words alone. The centre is the mean of the three corpora's mean vectors. Without --write the weights are only shown. The centre
comes first: where it changes, run it twice.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

import nlp.situate.link
from benchmarks.situation_sets import Stream, stream
from nlp.situate.clue import Clue
from nlp.situate.group import Trace
from nlp.situate.link import VIEWS, compare, scorer
from nlp.situate.live import Live

FILE: Final = Path(nlp.situate.link.__file__).parent / "data" / "links.json"
CORPORA: Final = ("idrisi-0", "ecb", "lgl")
_BLOCK: Final = 128


class Compared(Live):
    """A live window that compares each report with its nearest ones and links none."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str, tuple[float, ...]]] = []

    def _link(self, trace: Trace, near: list[tuple[Trace, float]]) -> None:
        self.pairs += [(trace.clue.report_id, other.clue.report_id, seen) for other, seen in compare(trace, near)]


def main(arguments: list[str] | None = None) -> None:
    """Fit, show and perhaps keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    streams = [stream(name) for name in CORPORA]
    held: dict[str, Any] = {"read": fit(streams, vectors=True), "unread": fit(streams, vectors=False), "centre": centre(streams)}
    for kind in ("read", "unread"):
        print(kind, dict(zip(VIEWS, held[kind]["views"], strict=True)), held[kind]["intercept"])
    if chosen.write:
        FILE.write_text(json.dumps(held), encoding="utf-8")
        scorer.cache_clear()


def fit(streams: Sequence[Stream], *, vectors: bool) -> Mapping[str, Any]:
    """Fit weights over all pairs, in the units of the views."""
    told = [pairs(each, vectors=vectors) for each in streams]
    seen, same = np.concatenate([x for x, _ in told]), np.concatenate([y for _, y in told])
    weights = np.concatenate([np.full(len(y), len(same) / len(y) / len(told)) for _, y in told])
    mean, spread = seen.mean(axis=0), seen.std(axis=0)
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit((seen - mean) / spread, same, sample_weight=weights)
    slopes = fitted.coef_[0] / spread
    return {"views": [round(float(one), 4) for one in slopes], "intercept": round(float(fitted.intercept_[0] - slopes @ mean), 4)}


def pairs(made: Stream, *, vectors: bool) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Compare every report with its nearest ones; return views, shape (n, len(VIEWS)), and whether the two belong together."""
    live, waiting, known = Compared(), list[Clue](), set[str]()
    for clue in made.clues:
        if clue.origin_id in known:
            continue
        known.add(clue.origin_id)
        if len(waiting) == _BLOCK or live.over(clue.at.timestamp()) or len(live.fresh) + len(waiting) >= live.rule.epoch_reports:
            _enter(waiting, live)
            waiting = []
        if live.over(clue.at.timestamp()):
            live.turn(clue.at.timestamp())
        waiting.append(clue if vectors else replace(clue, vector=None))
    _enter(waiting, live)
    gold = {clue.report_id: row["gold"] for clue, row in zip(made.clues, made.rows, strict=True)}
    return np.array([seen for _, _, seen in live.pairs]), np.array([gold[one] == gold[other] for one, other, _ in live.pairs])


def centre(streams: Sequence[Stream]) -> list[float]:
    """Return the mean of the streams' mean vectors."""
    means = [np.mean([clue.vector for clue in each.clues if clue.vector is not None], axis=0) for each in streams]
    return [round(float(one), 5) for one in np.mean(means, axis=0)]


def _enter(clues: Sequence[Clue], live: Live) -> None:
    for trace in live.take(list(clues)):
        live.enter(trace, live.seed(trace))


if __name__ == "__main__":
    main()
