"""Report*, Reading* -> Testimony*: what was said about an objective, by whom, and how far it bears on it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from store.records import Objective, Reading, Report, Testimony

RELEVANT = 0.3
_RANGE = 0.045  # within this distance below the stream's most relevant reports a report still bears on the objective, in units of (1 - floor) / 0.2


def relevance(objective: NDArray[np.float32], reports: NDArray[np.float32], overlap: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each report bears on an objective, in [0, 1], shape (n,).

    objective: unit rows of its statement and conditions (k, d); reports: unit rows (n, d); overlap: share of shared places, in [0, 1], shape (n,).
    Relative, since the level of cosines differs between models (e5: all in .77-.93): a report is measured from the likest tenth of its
    stream down, in units of the model's own spread; a shared place makes up for some unlikeness. An empty stream gives an empty row.
    """
    if len(reports) == 0:
        return np.empty(0)
    likest = (reports @ objective.T).max(axis=1).astype(np.float64)
    top = float(np.quantile(likest, 0.9))
    unit = _RANGE * max(1.0 - float(np.quantile(reports @ reports[:: max(1, len(reports) // 200)].T, 0.05)), 1e-6) / 0.2
    result: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-4.0 * ((likest - top) / unit + 1.0 + 0.3 * overlap)))
    return result


def testimonies(
    objective: Objective,  # noqa: ARG001
    reports: Sequence[Report],
    readings: Mapping[str, Reading],
    origin_of: Mapping[str, str],
    relevance: Mapping[str, float],
) -> tuple[Testimony, ...]:
    """Return what bears on an objective, in order of time; a report without a reading or with a relevance under RELEVANT says nothing."""
    heard = [r for r in reports if r.id in readings and relevance.get(r.id, 0.0) >= RELEVANT]
    return tuple(_testimony(r, readings[r.id], origin_of.get(r.id, r.id), relevance[r.id]) for r in sorted(heard, key=lambda r: (r.at, r.id)))


def _testimony(report: Report, reading: Reading, origin: str, relevance: float) -> Testimony:
    return Testimony(
        report_id=report.id,
        at=report.at,
        origin_id=origin,
        voice=report.voice,
        source_kind=report.source_kind,
        obstacles=reading.obstacles,
        relevance=min(relevance, 1.0),
        countries=tuple(sorted({t.place.country for t in reading.toponyms if t.place.country})),
    )
