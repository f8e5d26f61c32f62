"""The same reports, texts and vectors -> groups by others' means: what ours is compared with in benchmarks/situations.py.

PYTHON benchmarks/situation_rivals.py FOLDER STREAM [--tune] [WAY ...]: needs the packages of benchmarks/situation_rivals.txt and nothing of hivecast. Reads
STREAM.words.jsonl ({id, at, words} in order of time) and STREAM.npy (unit vectors); writes {way, situations, speed} a line. With --tune every setting of
`GRIDS` is tried, and UMAP is fitted once, so that the speed says nothing.
`CHOSEN` has the settings with the best B-cubed F1 on other reports of the kind: for CrisisLex those of the squeezed crises of IDRISI (idrisi-0), for IDRISI
those of CrisisLex (crisislex-0), for small happenings those of ECB+, which are then, in the rivals' favour, ECB+'s own too (python -m benchmarks.situations
idrisi-0 crisislex-0 ecb --rivals PYTHON --tune).
"""

import importlib
import json
import math
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from heapq import nlargest
from itertools import product
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

DAY: Final = 86_400.0
Labels = Sequence[Any]
Setting = Mapping[str, Any]
_KEPT: Final[list[NDArray[np.float32]]] = []
_LINK: Final = re.compile(r"https?://\S+|@\w+")
_WORD: Final = re.compile(r"\w\w+")


class Reports(NamedTuple):
    """A stream: ids, seconds, texts and vectors of shape (reports, dimensions), in order of time."""

    ids: Sequence[str]
    at: Sequence[float]
    words: Sequence[str]
    vectors: NDArray[np.float32]


def month(reports: Reports) -> Labels:
    """Group by calendar month: knows nothing, and is nearly the answer in natural time."""
    return [time.strftime("%Y-%m", time.gmtime(at)) for at in reports.at]


def umap_hdbscan(reports: Reports, least: int, samples: int) -> Labels:
    """HDBSCAN (Campello et al. 2013) over the vectors of the whole stream at once, reduced to five dimensions by UMAP (McInnes et al. 2018)."""
    clusterer = importlib.import_module("hdbscan").HDBSCAN(min_cluster_size=least, min_samples=samples, core_dist_n_jobs=1)
    return _known(clusterer.fit_predict(_reduced(reports.vectors)))


def bertopic(reports: Reports, least: int, *, gather: bool) -> Labels:
    """BERTopic (Grootendorst 2022) with its own defaults but for the least size; with `gather` its outliers go to the nearest topic by c-TF-IDF."""
    module = importlib.import_module("bertopic")
    vectorizer = importlib.import_module("sklearn.feature_extraction.text").CountVectorizer(stop_words="english")
    reduced = importlib.import_module("bertopic.dimensionality").BaseDimensionalityReduction()
    model = module.BERTopic(umap_model=reduced, min_topic_size=least, vectorizer_model=vectorizer, calculate_probabilities=False)
    topics, _ = model.fit_transform(list(reports.words), embeddings=_reduced(reports.vectors))
    return _known(model.reduce_outliers(list(reports.words), topics, strategy="c-tf-idf") if gather and -1 in topics and max(topics) >= 0 else topics)


def denstream(reports: Reports, epsilon: float) -> Labels:
    """DenStream (Cao et al. 2006) of river over 16 principal components; all is asked at the end, so that it sees more than a live stream would."""
    pca = importlib.import_module("sklearn.decomposition").PCA(n_components=16, random_state=0)
    points = pca.fit_transform(reports.vectors)
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    model = importlib.import_module("river.cluster").DenStream(
        decaying_factor=0.01, beta=0.5, mu=2.5, epsilon=epsilon, n_samples_init=min(500, len(points) // 2), stream_speed=100
    )
    rows = [dict(enumerate(point.tolist())) for point in points]
    for row in rows:
        model.learn_one(row)
    model.predict_one(rows[-1])
    if not model.centers:
        return [None] * len(rows)
    centers = np.array([[center[n] for n in range(points.shape[1])] for center in model.centers.values()])
    nearest: list[int] = ((centers**2).sum(axis=1) - 2 * points @ centers.T).argmin(axis=1).tolist()
    return nearest


def textclust(reports: Reports, radius: float) -> Labels:
    """TextClust (Carnein et al. 2017) of river, one pass over bags of words, each report asked right after it was learnt."""
    model = importlib.import_module("river.cluster").TextClust(radius=radius, fading_factor=0.0005, tgap=100, real_time_fading=False, auto_merge=True)
    found = []
    for words in reports.words:
        bag = dict(Counter(_WORD.findall(words.lower())))
        model.learn_one(bag)
        found.append(model.predict_one(bag))
    return found


def tfidf(reports: Reports, join: float, merge: float) -> Labels:
    """Pass once over TF-IDF, frequencies from the past only: the best centroid of the last 21 days, else a new one; alike centroids are merged."""
    passing = _Pass()
    for number, (words, at) in enumerate(zip(reports.words, reports.at, strict=True)):
        passing.take(words, at, join)
        if number % 500 == 499:
            passing.forget(at - 21 * DAY)
            passing.merge(merge)
    return [passing.final(key) for key in passing.homes]


class _Pass:
    """Centroids of the window, by key, with an index of their words."""

    def __init__(self) -> None:
        self.frequency: Counter[str] = Counter()
        self.homes: list[int] = []
        self.centroids: dict[int, dict[str, float]] = {}
        self.squares: dict[int, float] = {}
        self.sizes: Counter[int] = Counter()
        self.last: dict[int, float] = {}
        self.index: defaultdict[str, set[int]] = defaultdict(set)
        self.heir: dict[int, int] = {}

    def take(self, words: str, at: float, join: float) -> None:
        counts = Counter(_WORD.findall(_LINK.sub(" ", words.lower())))
        seen = len(self.homes)
        weights = {w: (1 + math.log(n)) * math.log((seen + 2) / (self.frequency[w] + 1)) for w, n in counts.items()}
        length = math.sqrt(sum(x * x for x in weights.values())) or 1.0
        vector = {w: x / length for w, x in weights.items()}
        self.frequency.update(counts.keys())
        key, score = self.best(vector, at)
        if score < join:
            key = seen
            self.centroids[key], self.squares[key] = {}, 0.0
        self.add(key, vector, at, 1)
        self.homes.append(key)

    def best(self, vector: Mapping[str, float], at: float) -> tuple[int, float]:
        dots: defaultdict[int, float] = defaultdict(float)
        for word, x in vector.items():
            if len(self.index[word]) < 1000:
                for key in self.index[word]:
                    dots[key] += x * self.centroids[key][word]
        scores = {key: dot / math.sqrt(self.squares[key]) for key, dot in dots.items() if at - self.last[key] < 21 * DAY}
        key = max(scores, key=lambda one: (scores[one], -one), default=-1)
        return key, scores.get(key, -1.0)

    def add(self, key: int, vector: Mapping[str, float], at: float, size: int) -> None:
        centroid = self.centroids[key]
        for word, x in vector.items():
            before = centroid.get(word, 0.0)
            centroid[word] = before + x
            self.squares[key] += x * (2 * before + x)
            self.index[word].add(key)
        self.sizes[key] += size
        self.last[key] = max(at, self.last.get(key, -math.inf))

    def forget(self, since: float) -> None:
        for key in [key for key, last in self.last.items() if last < since]:
            self.drop(key)

    def merge(self, least: float) -> None:
        """Join what is alike, was active within seven days of each other, and is large on one side."""
        for large in sorted(self.centroids, key=lambda key: (-self.sizes[key], key)):
            if self.sizes[large] >= 20 and large in self.centroids:
                for small in self.alike(large, least):
                    self.add(large, self.centroids[small], self.last[small], self.sizes[small])
                    self.heir[small] = large
                    self.drop(small)

    def alike(self, large: int, least: float) -> list[int]:
        here = self.centroids[large]
        dots: defaultdict[int, float] = defaultdict(float)
        for word in nlargest(50, here, key=lambda word: (here[word], word)):
            for key in self.index[word]:
                dots[key] += here[word] * self.centroids[key][word]
        near = (key for key in dots if key != large and self.sizes[key] <= self.sizes[large] and abs(self.last[large] - self.last[key]) < 7 * DAY)
        return sorted(key for key in near if dots[key] > least * math.sqrt(self.squares[key] * self.squares[large]))

    def drop(self, key: int) -> None:
        for word in self.centroids.pop(key):
            self.index[word].discard(key)
        del self.last[key], self.sizes[key], self.squares[key]

    def final(self, key: int) -> int:
        while key in self.heir:
            key = self.heir[key]
        return key


def _reduced(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    if not _KEPT:
        model = importlib.import_module("umap").UMAP(n_components=5, n_neighbors=15, min_dist=0.0, metric="cosine", random_state=0)
        _KEPT.append(model.fit_transform(vectors))
    return _KEPT[0]


def _known(labels: Sequence[int]) -> Labels:
    return [None if label < 0 else int(label) for label in labels]


WAYS: Final[Mapping[str, Callable[..., Labels]]] = {
    "month": month, "tfidf": tfidf, "umap+hdbscan": umap_hdbscan, "bertopic": bertopic, "denstream": denstream, "textclust": textclust,
}  # fmt: skip
GRIDS: Final[Mapping[str, Mapping[str, Sequence[Any]]]] = {
    "month": {},
    "tfidf": {"join": (0.03, 0.05, 0.08, 0.12, 0.2, 0.3), "merge": (0.25, 0.35, 0.45)},
    "umap+hdbscan": {"least": (3, 8, 15, 40, 80, 160), "samples": (2, 5, 15)},
    "bertopic": {"least": (3, 8, 15, 40, 80, 160), "gather": (False, True)},
    "denstream": {"epsilon": (0.2, 0.3, 0.45, 0.6)},
    "textclust": {"radius": (0.6, 0.75, 0.85)},
}
CHOSEN: Final[Mapping[str, Mapping[str, Setting]]] = {
    "crisislex": {
        "tfidf": {"join": 0.03, "merge": 0.45},
        "umap+hdbscan": {"least": 80, "samples": 5},
        "bertopic": {"least": 160, "gather": False},
        "denstream": {"epsilon": 0.45},
        "textclust": {"radius": 0.85},
    },
    "idrisi": {
        "tfidf": {"join": 0.03, "merge": 0.35},
        "umap+hdbscan": {"least": 160, "samples": 5},
        "bertopic": {"least": 160, "gather": True},
        "denstream": {"epsilon": 0.45},
        "textclust": {"radius": 0.85},
    },
    "small": {
        "tfidf": {"join": 0.2, "merge": 0.25},
        "umap+hdbscan": {"least": 3, "samples": 5},
        "bertopic": {"least": 3, "gather": True},
        "denstream": {"epsilon": 0.6},
        "textclust": {"radius": 0.6},
    },
}


def main(folder: Path, name: str, *, tune: bool, only: Sequence[str]) -> None:
    """Run each way on a stream."""
    rows = [json.loads(line) for line in (folder / f"{name}.words.jsonl").read_text(encoding="utf-8").split("\n") if line]
    moments = [datetime.fromisoformat(row["at"]).timestamp() for row in rows]
    reports = Reports([row["id"] for row in rows], moments, [row["words"] for row in rows], np.load(folder / f"{name}.npy"))
    chosen = CHOSEN[next((kind for kind in CHOSEN if name.startswith(kind)), "small")]
    _reduced(reports.vectors[:4200])  # UMAP compiles itself when first used, one way below 4,096 rows and another above
    _KEPT.clear()
    for way in only or WAYS:
        for setting in _grid(way) if tune else (chosen.get(way, {}),):
            if not tune:
                _KEPT.clear()
            begun = time.perf_counter()
            labels = WAYS[way](reports, **setting)
            speed = len(rows) / (time.perf_counter() - begun)
            told = " ".join([way, *(f"{key}={value}" for key, value in setting.items() if tune)])
            situations = {id_: None if label is None else str(label) for id_, label in zip(reports.ids, labels, strict=True)}
            print(json.dumps({"way": told, "situations": situations, "speed": speed}), flush=True)


def _grid(way: str) -> Iterator[Setting]:
    names = list(GRIDS[way])
    return (dict(zip(names, values, strict=True)) for values in product(*GRIDS[way].values()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], tune="--tune" in sys.argv, only=[word for word in sys.argv[3:] if word in WAYS])
