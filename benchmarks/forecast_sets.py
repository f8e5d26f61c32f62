"""Shared data -> panels of counts, and what simple forecasters make of them.

A panel is (units, steps), NaN before a unit's first count. Panels of reports come in halves by a hash of the unit's name, so that what is tuned on one half
is told of the other.
"""

import csv
import hashlib
import importlib
import importlib.util
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
from scipy.stats import nbinom, poisson

from forecast.ladder import LEVELS, Floats

FIRST_MONTH: Final = 457
"""VIEWS number of January 2018."""
FEWEST: Final = 8
_LAST: Final = 12
_EDGE: Final = 1e-9


def data() -> Path | None:
    """Return the folder of shared data, or None where there is none."""
    folder = Path(os.environ.get("HIVECAST_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    return folder if folder.is_dir() else None


def countries(folder: Path, column: str = "ged_sb") -> Floats:
    """Return deaths by country and month from January 2018."""
    with (folder / "views" / "country_month_2018_2021.csv").open(encoding="utf-8", newline="") as lines:
        rows = [(int(r["country_id"]), int(r["month_id"]) - FIRST_MONTH, float(r[column])) for r in csv.DictReader(lines)]
    place = {unit: n for n, unit in enumerate(sorted({unit for unit, _, _ in rows}))}
    found = np.zeros((len(place), 1 + max(t for _, t, _ in rows)))
    for unit, t, count in rows:
        found[place[unit], t] = count
    return found


def earthquake(folder: Path) -> dict[str, list[int]]:
    """Return the days, from 12 January 2010 on, of the reports of each category and each place (a tenth of a degree)."""
    found: dict[str, list[int]] = defaultdict(list)
    with (folder / "haiti" / "ushahidi_haiti_2010.csv").open(encoding="utf-8", errors="replace", newline="") as lines:
        for row in csv.DictReader(lines):
            day = _day(row["INCIDENT DATE"])
            if day is not None:
                for unit in (*_categories(row["CATEGORY"]), *_cell(row["LATITUDE"], row["LONGITUDE"])):
                    found[unit].append(day)
    return dict(found)


def tweets(folder: Path, seconds: int) -> dict[str, list[int]]:
    """Return for each crisis the steps, of so many seconds from its first tweet on, of its tweets."""
    at: dict[str, list[float]] = defaultdict(list)
    with (folder / "crisislex_t26" / "stream.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            at[row["event"]].append(datetime.fromisoformat(row["created_at"]).timestamp())
    return {crisis: [int((when - min(times)) // seconds) for when in times] for crisis, times in at.items()}


def half_of(unit: str) -> int:
    """Return the half that a unit is in, by a hash of its name."""
    return hashlib.sha256(unit.encode()).digest()[0] % 2


def laid(steps: Mapping[str, Iterable[int]], half: int, until: int) -> Floats:
    """Lay steps out as the counts of one half of the units (0 or 1): those with 8 or more."""
    chosen = [list(steps[unit]) for unit in sorted(steps) if half_of(unit) == half]
    kept = [one for one in chosen if len(one) >= FEWEST]
    found = np.stack([np.bincount([t for t in one if t < until], minlength=until).astype(float) for one in kept])
    for row, one in enumerate(kept):
        found[row, : min(one)] = np.nan
    return found


def crps(quantiles: Floats, observed: Floats) -> Floats:
    """Return twice the mean pinball loss over `LEVELS`, as ../shared/score/counts.py does."""
    levels = np.array(LEVELS)
    return np.asarray(2 * ((observed[..., None] - quantiles) * (levels - (observed[..., None] < quantiles))).mean(axis=-1))


def inside(quantiles: Floats, observed: Floats, share: float) -> Floats:
    """Tell which outcomes lie in the central interval of this share."""
    low = round((1 - share) / 2 / 0.025) - 1
    return np.asarray((quantiles[..., low] <= observed) & (observed <= quantiles[..., len(LEVELS) - 1 - low]))


def simple(known: Floats) -> dict[str, Floats]:
    """Return what simple forecasters say at every horizon: name -> quantiles (units, levels)."""
    last = known[:, -_LAST:]
    pooled = np.quantile(last[~np.isnan(last)], np.array(LEVELS) - _EDGE, method="inverted_cdf")
    return {
        "own last 12 resampled": np.stack([np.quantile(row[~np.isnan(row)], np.array(LEVELS) - _EDGE, method="inverted_cdf") for row in last]),
        "last value, Poisson": poisson.ppf(np.array(LEVELS), np.maximum(_EDGE, known[:, -1])[:, None]),
        "pooled last 12": np.tile(pooled, (len(known), 1)),
        "negative binomial, whole past": _by_moments(known),
        "negative binomial, last 12": _by_moments(last),
    }


def intermittent(known: Floats, horizon: int) -> dict[str, Floats]:
    """Return what statsforecast's intermittent models say, their mean as a Poisson's; empty where it is not installed."""
    if importlib.util.find_spec("statsforecast") is None:
        return {}
    models = importlib.import_module("statsforecast.models")
    said = {}
    for model in (models.CrostonSBA(), models.ADIDA(), models.IMAPA(), models.TSB(0.2, 0.2)):
        means = np.stack([model.forecast(y=np.nan_to_num(row), h=horizon)["mean"] for row in known])
        said[f"statsforecast {model.alias}"] = poisson.ppf(np.array(LEVELS), np.maximum(_EDGE, means)[..., None])
    return said


def _by_moments(known: Floats) -> Floats:
    mean = np.maximum(np.nanmean(known, axis=1), _EDGE)
    more = np.nanvar(known, axis=1) - mean
    size = np.where(more > 0, mean**2 / np.where(more > 0, more, 1.0), 1e6).clip(1e-4, 1e6)
    return np.asarray(nbinom.ppf(np.array(LEVELS), size[:, None], (size / (size + mean))[:, None]))


def _day(text: str) -> int | None:
    try:
        day = (datetime.strptime(text, "%d/%m/%Y %H:%M") - datetime(2010, 1, 12)).days  # noqa: DTZ001, DTZ007
    except (TypeError, ValueError):
        return None
    return day if day >= 0 else None


def _categories(text: str | None) -> list[str]:
    return [f"category {code}" for code in re.findall(r"(?:^|,)\s*(\d[a-z]?)\.", text or "")]


def _cell(lat: str | None, lon: str | None) -> list[str]:
    try:
        north, east = float(lat or ""), float(lon or "")
    except ValueError:
        return []
    return [f"place {north:.1f} {east:.1f}"] if 17 < north < 21 and -75 < east < -71 else []
