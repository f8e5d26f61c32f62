"""Clue* -> new situations: what stays ungrouped is clustered as a whole, so that what is emerging is seen across words and languages."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from hdbscan import HDBSCAN
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from nlp.situate.clue import Clue
from nlp.situate.group import Group
from nlp.situate.lineage import Changes
from nlp.situate.live import Live
from store.records import SituationEvent

LEAST_REPORTS = 10
LEAST_ORIGINS = 3
LEAST_STRENGTH = 0.3
MOST_DIMENSIONS = 30


def discover(clues: Sequence[Clue], live: Live) -> tuple[dict[str, str], tuple[SituationEvent, ...]]:
    """Find situations among ungrouped reports; return report id -> situation id for those that now have one.

    HDBSCAN (Campello et al. 2013) over vectors reduced by PCA. A cluster of at least three origins becomes a situation. Reports that `live` does
    not hold as ungrouped, copies, and reports without a vector are passed over; fewer than ten give nothing.
    """
    changes = Changes()
    waiting = _waiting(clues, live)
    if len(waiting) < LEAST_REPORTS:
        return changes.result()
    moment = max(c.at for c in waiting)
    for members in _clusters(waiting):
        if len({c.origin_id for c in members}) >= LEAST_ORIGINS:
            group = _gather(members, live)
            changes.open(live.announce(group), tuple(group.reports), moment, "discovered")
    return changes.result()


def _waiting(clues: Sequence[Clue], live: Live) -> list[Clue]:
    return [
        c
        for c in sorted(clues, key=lambda c: (c.at, c.report_id))
        if c.is_root and c.vector is not None and c.report_id in live.traces and not live.groups[live.traces[c.report_id].home].id
    ]


def _gather(members: Sequence[Clue], live: Live) -> Group:
    first = live.groups[live.traces[members[0].report_id].home]
    for clue in members[1:]:
        live.merge(first, live.groups[live.traces[clue.report_id].home])
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
