"""Toponyms with known places -> the committed weights that resolve place names, and what they give on documents they have not seen.

    python -m benchmarks.fit_places DATA          # fits on everything and writes nlp/places/data/resolve_weights.json
    python -m benchmarks.fit_places DATA --check  # five folds: no text is resolved by weights that were fitted on it
    python -m benchmarks.fit_places DATA --check --folds FOLDER  # keeps the weights of each fold there, for benchmarks/places.py

DATA holds geoparsing/lgl.jsonl and idrisi/idrisi_d_{en,ar}.jsonl. Folds part the news by the site they come from and the tweets by happening, so that
what is particular to one of them can't help. What a voice usually reports about is learned without labels, in order of time, as in the product.
Method: conditional logit over the candidates of each name (McFadden 1974) with an L2 penalty; each corpus weighs the same.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from flows.settings import load_settings
from nlp.places.gazetteer import Gazetteer, open_gazetteer
from nlp.places.given import given
from nlp.places.habits import Habits
from nlp.places.resolve import Group, by_name, chosen, laid_out, weighed
from nlp.places.sphere import km
from nlp.places.weighing import ALONE, AMONG, WEIGHTS, Sheet, Weights, among, softmax, weigh
from store.records import Precision, Toponym

Floats = NDArray[np.float64]
Placed = dict[str, list[Toponym]]
# no corpus has an operator's own places or reports with coordinates of their own
_BY_HAND = {"operator's own": 8.0, "at the report's point": 5.0}
_WIDE = frozenset({Precision.COUNTRY, Precision.REGION})
_NEAR_KM, _RIGHT_KM, _FOLDS, _PASSES, _PENALTY = 161.0, 30.0, 5, 3, 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its places: `gold` is (start, end, latitude, longitude, GeoNames id or "")."""

    id: str
    corpus: str
    voice: str
    part: str
    text: str
    gold: tuple[tuple[int, int, float, float, str], ...]


def texts(data: Path) -> Iterator[Text]:
    """Read the three corpora, each in order of time."""
    news = sorted(_rows(data / "geoparsing" / "lgl.jsonl"), key=lambda row: (row["date"] or "", row["doc_id"]))
    for row in news:
        site = urlsplit(row["url"]).netloc
        gold = tuple((t["start"], t["end"], t["lat"], t["lon"], t["geonameid"] or "") for t in row["toponyms"] if t["lat"] is not None)
        yield Text(str(row["doc_id"]), "lgl", site, site, row["text"], gold)
    for language in ("en", "ar"):
        for row in sorted(_rows(data / "idrisi" / f"idrisi_d_{language}.jsonl"), key=lambda row: (row["created_at"], row["id"])):
            gold = tuple((m["start"], m["end"], m["lat"], m["lon"], "") for m in row["location_mentions"] if m["lat"] is not None)
            yield Text(row["id"], f"idrisi {language}", "", row["event"], row["text"], gold)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def fold(text: Text) -> int:
    """Return the fold of a text; one site or happening is in one fold."""
    return int(sha256(text.part.encode()).hexdigest(), 16) % _FOLDS


@dataclass(slots=True)
class Sample:
    """The candidates of one corpus's names as one matrix, with what is right."""

    alone: list[Floats]
    both: list[Floats]
    name: list[NDArray[np.int64]]
    right: list[NDArray[np.bool_]]
    weight: list[Floats]
    names: int = 0


def run(found: Sequence[Text], gazetteer: Gazetteer, by: Weights, held: int | None = None) -> tuple[Sample, Placed]:
    """Resolve the texts in order, learning habits on the way; return the sample of those outside the fold `held` and every text's toponyms."""
    sample, out = Sample([], [], [], [], []), Placed()
    habits = {corpus: Habits() for corpus in {text.corpus for text in found}}
    for text in found:
        spans = given(text.text, [(g[0], g[1]) for g in text.gold], gazetteer)
        groups = by_name(spans, False)
        out[text.id] = []
        if not groups:
            continue
        habit = habits[text.corpus]
        page = laid_out(groups, None, habit.of(text.voice))
        before = weigh(page, by, rounds=1)
        chances, _ = weighed(page, by)
        toponyms = [one for number, group in enumerate(groups) for one in chosen(group.spans, page, chances, number)]
        out[text.id] = toponyms
        if text.voice:
            habit.learn(text.voice, toponyms)
        if fold(text) != held:
            _collect(sample, text, groups, page, before)
    return sample, out


def _collect(sample: Sample, text: Text, groups: Sequence[Group], page: Sheet, before: Floats) -> None:
    gold = {(g[0], g[1]): g for g in text.gold}
    right = np.zeros(len(page.name), bool)
    for number, group in enumerate(groups):
        _, _, latitude, longitude, id_ = gold[group.spans[0].start, group.spans[0].end]
        rows = np.flatnonzero(page.name == number)
        candidates = page.names[number].candidates
        far = [0.0 if one.place.id == f"gn:{id_}" else km(one.place, latitude, longitude) for one in candidates]
        close = _RIGHT_KM if min(far) <= _RIGHT_KM else _NEAR_KM
        right[rows] = np.array(far) <= close
    # where the point of a country or region is elsewhere in the corpus, the gazetteer is not at fault: nothing is to be learned
    wide = np.array([candidate.place.precision in _WIDE for named in page.names for candidate in named.candidates])
    known = (np.bincount(page.name, right, len(page.names)) > 0) | (np.bincount(page.name, wide, len(page.names)) == 0)
    many = np.array([len(group.spans) for group in groups], float)
    kept = known[page.name]
    numbers = np.cumsum(known) - 1
    sample.alone.append(page.alone[kept])
    sample.both.append(np.hstack([page.alone, among(page, before)])[kept])
    sample.name.append(numbers[page.name[kept]] + sample.names)
    sample.right.append(right[kept])
    sample.weight.append(many[known])
    sample.names += int(known.sum())


def with_none(matrix: Floats, name: NDArray[np.int64], right: NDArray[np.bool_], weight: Floats) -> tuple[Floats, float]:
    """Fit with "none of them" as one more candidate of each name, right where no other is; its weight comes beside the others."""
    nobody = np.bincount(name, right, len(weight)) == 0
    matrix = np.block([[matrix, np.zeros((len(matrix), 1))], [np.zeros((len(weight), matrix.shape[1])), np.ones((len(weight), 1))]])
    best = fitted(matrix, np.concatenate([name, np.arange(len(weight))]), np.concatenate([right, nobody]), weight)
    return best[:-1], float(best[-1])


def fitted(matrix: Floats, name: NDArray[np.int64], right: NDArray[np.bool_], weight: Floats) -> Floats:
    """Maximise the weighted log-likelihood that a right candidate is chosen; names without one do not count."""
    weight = weight * (np.bincount(name, right, len(weight)) > 0)

    def loss(values: Floats) -> tuple[float, Floats]:
        chances = softmax(matrix @ values, name, len(weight))
        good = np.bincount(name, chances * right, len(weight))
        slope = matrix.T @ (weight[name] * (chances - chances * right / np.maximum(good, 1e-12)[name]))
        return float(-(weight * np.log(np.maximum(good, 1e-12))).sum() + _PENALTY * values @ values / 2), slope + _PENALTY * values

    return np.asarray(minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x)


def fit(found: Sequence[Text], gazetteer: Gazetteer, held: int | None = None) -> Weights:
    """Fit on the texts outside the fold `held`: habits and the other names' chances come from the fit before, so it is done a few times."""
    corpora = sorted({text.corpus for text in found})
    now = _first()
    for _ in range(_PASSES):
        parts = [run([text for text in found if text.corpus == corpus], gazetteer, now, held)[0] for corpus in corpora]
        total = max(sum(map(float, map(np.sum, part.weight))) for part in parts)
        name = np.concatenate([np.concatenate(part.name) + sum(p.names for p in parts[:k]) for k, part in enumerate(parts) if part.names])
        right = np.concatenate([np.concatenate(part.right) for part in parts if part.names])
        weight = np.concatenate([np.concatenate(part.weight) * _share(part, total) for part in parts if part.names])
        alone, both = (np.concatenate([np.concatenate(getattr(part, kind)) for part in parts if part.names]) for kind in ("alone", "both"))
        now = Weights(fitted(alone, name, right, weight), fitted(both, name, right, weight), *with_none(both, name, right, weight))
    return now


def _share(part: Sample, total: float) -> float:
    return total / max(1.0, sum(map(float, map(np.sum, part.weight))))


def _first() -> Weights:
    alone = np.zeros(len(ALONE))
    alone[[0, 1, 2, 3, 7]] = 1.0, 0.5, 0.7, 7.0, 0.5
    both = np.concatenate([alone, np.zeros(len(AMONG))])
    return Weights(alone, both, both)


def told(found: Sequence[Text], out: Placed) -> list[tuple[str, int, float, float]]:
    """Tabulate each corpus: places with a point, accuracy within 161 km over all and over those resolved."""
    table = []
    for corpus in sorted({text.corpus for text in found}):
        gold = right = resolved = 0
        for text in (text for text in found if text.corpus == corpus):
            at = {(toponym.start, toponym.end): toponym.place for toponym in out[text.id]}
            for start, end, latitude, longitude, _ in text.gold:
                place = at.get((start, end))
                gold, resolved = gold + 1, resolved + (place is not None)
                right += place is not None and km(place, latitude, longitude) <= _NEAR_KM
        table.append((corpus, gold, right / gold, right / resolved))
    return table


def main() -> None:
    """Fit, or check by folds."""
    options = _arguments()
    gazetteer = open_gazetteer(load_settings().models_path, None)
    found = list(texts(options.data))
    if options.check:
        by_fold = [fit(found, gazetteer, k) for k in range(_FOLDS)]
        out = Placed()
        for k, by in enumerate(by_fold):
            out |= run([text for text in found if fold(text) == k], gazetteer, by)[1]
            if options.folds is not None:
                write(by, options.folds / f"resolve_{k}.json")
    else:
        by = fit(found, gazetteer)
        out = run(found, gazetteer, by)[1]
        write(by, WEIGHTS)
    print("on unseen parts" if options.check else "on what it was fitted on")
    for corpus, gold, everything, resolved in told(found, out):
        print(f"{corpus:10}  places {gold:6}  right within 161 km: of all {everything:.3f}, of those resolved {resolved:.3f}")


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--folds", type=Path, default=None)
    return arguments.parse_args()


def write(by: Weights, path: Path) -> None:
    """Keep weights by the name of what each of them weighs."""
    kept = {
        "fitted_by": "python -m benchmarks.fit_places DATA",
        "alone": {name: round(float(value), 4) for name, value in zip(ALONE, by.alone, strict=True)} | _BY_HAND,
        "together": {name: round(float(value), 4) for name, value in zip((*ALONE, *AMONG), by.together, strict=True)} | _BY_HAND,
        "against": {name: round(float(value), 4) for name, value in zip((*ALONE, *AMONG), by.against, strict=True)} | _BY_HAND,
        "none": round(by.none, 4),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
