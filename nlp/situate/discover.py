"""Clue* -> new situations: what stays ungrouped is clustered as a whole, so that what is emerging is seen across words and languages."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from hdbscan import HDBSCAN
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from nlp.situate.clue import Clue
from nlp.situate.group import Group, Trace, one_place, order
from nlp.situate.lineage import Changes, Found
from nlp.situate.link import scorer
from nlp.situate.live import Live
from nlp.situate.where import spots

LEAST_REPORTS = 10
LEAST_ORIGINS = 3
LEAST_STRENGTH = 0.3
LEAST_LIKENESS = 0.6
MOST_DIMENSIONS = 30


def discover(live: Live) -> Found:
    """Find situations among the reports of the window that are in none; return a move for those that now are, and what happened.

    HDBSCAN (Campello et al. 2013) over vectors reduced by PCA. A cluster of at least three origins becomes a situation, unless its places lie far
    apart. Reports without a vector are passed over; fewer than ten give nothing.
    """
    changes = Changes()
    waiting = _waiting(live)
    if len(waiting) < LEAST_REPORTS:
        return changes.result()
    moment = max(trace.clue.at for trace in waiting)
    for members in _clusters([trace.clue for trace in waiting]):
        if len(members) >= LEAST_ORIGINS and _tight(members) and one_place([spots(c.places) for c in members if c.places]):
            group = _gather(members, live)
            changes.open(live.announce(group), group.report_ids, moment, "discovered")
    return changes.result()


def _tight(clues: Sequence[Clue]) -> bool:
    """Say whether reports are alike beyond what all texts have in common; in news that is all one-off something is always nearest."""
    vectors = np.array([c.vector for c in clues], dtype=np.float64)
    if vectors.shape[1] == len(scorer().centre):
        vectors = vectors - scorer().centre
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    pairs = len(clues) * (len(clues) - 1)
    return float((vectors @ vectors.T).sum() - len(clues)) >= LEAST_LIKENESS * pairs


def _waiting(live: Live) -> list[Trace]:
    lone = (trace for group in live.groups.values() if not group.id for trace in group.traces.values())
    return sorted((trace for trace in lone if trace.clue.vector is not None and not trace.pin), key=order)


def _gather(members: Sequence[Clue], live: Live) -> Group:
    first = live.groups[live.traces[members[0].report_id].home]
    for clue in members[1:]:
        trace = live.traces[clue.report_id]
        old = live.groups[trace.home]
        live.leave(trace)
        live.enter(trace, first)
        if not old.traces:
            live.forget(old)
    return first


def _clusters(clues: Sequence[Clue]) -> list[list[Clue]]:
    fitted = HDBSCAN(min_cluster_size=LEAST_ORIGINS, min_samples=2, core_dist_n_jobs=1).fit(_reduced(clues))
    found: defaultdict[int, list[Clue]] = defaultdict(list)
    for label, strength, clue in zip(fitted.labels_, fitted.probabilities_, clues, strict=True):
        if label >= 0 and strength >= LEAST_STRENGTH:
            found[int(label)].append(clue)
    return [found[label] for label in sorted(found)]


def _reduced(clues: Sequence[Clue]) -> NDArray[np.float64]:
    vectors = np.array([c.vector for c in clues], dtype=np.float64)
    dimensions = min(MOST_DIMENSIONS, len(clues) - 1, vectors.shape[1])
    reduced = PCA(n_components=dimensions, svd_solver="full").fit_transform(vectors)
    lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
    return np.asarray(reduced / np.maximum(lengths, 1e-9))
