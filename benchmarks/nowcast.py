"""Reports of the earthquake and of crises, let come in late -> how far off counts of the next week are, with and without making up for it.

python -m benchmarks.nowcast [--late DAYS] [--half 0|1]: each report comes in after an exponential delay, of two days on average. Every third day the count
that will have come in by the end of the next week is forecast for each series, from what had come in by then: absolute error of the mean, CRPS of the
negative binomial, and the mean of the logarithm of how the two CRPS compare, so that large series do not outweigh the rest.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from scipy.stats import nbinom

from benchmarks.counts import crps
from benchmarks.forecast_sets import FEWEST, data, earthquake, half_of, tweets
from forecast.counts import Series, expected
from forecast.ladder import Floats
from forecast.nowcast import AT_ONCE, Arrival, arrival

BEGAN = datetime(2010, 1, 12, tzinfo=UTC)
DAYS, WEEK, EVERY = 40, 7, 3


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--late", type=float, default=2.0)
    parser.add_argument("--half", type=int, choices=(0, 1), default=1)
    asked = parser.parse_args()
    folder = data()
    if folder is None:
        print("the shared data is absent", file=sys.stderr)
        return 1
    for name, units in (("earthquake", earthquake(folder)), ("tweets", tweets(folder, 86_400))):
        said = _said(units.items(), asked.half)
        late = [np.random.default_rng(number).exponential(asked.late, len(one)) for number, one in enumerate(said)]
        rows = np.array([row for day in range(WEEK, DAYS - WEEK, EVERY) for row in _week(said, late, day)])
        plain, plain_crps, mended, mended_crps = rows.mean(axis=0)
        ratio = np.log((rows[:, 3] + 0.5) / (rows[:, 1] + 0.5)).mean()
        print(f"{name}: {len(said)} series, {len(rows)} forecasts; as they come in: error {plain:.2f}, CRPS {plain_crps:.2f};", end=" ")
        print(f"made up for: error {mended:.2f}, CRPS {mended_crps:.2f}; mean log ratio {ratio:+.3f}")
    return 0


def _said(units: Iterable[tuple[str, Sequence[int]]], half: int) -> list[Floats]:
    """Give the reports of a unit times within their day, the same at every run; one half of the units."""
    made = []
    for name, days in sorted(units):
        within = [day for day in days if day < DAYS]
        if half_of(name) == half and len(within) >= FEWEST:
            seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
            made.append(np.sort(np.array(within) + np.random.default_rng(seed).uniform(0, 1, len(within))))
    return made


def _week(said: list[Floats], late: list[Floats], day: int) -> Iterator[tuple[float, float, float, float]]:
    """Forecast all series at the end of a day: error and CRPS as the counts stand, and made up for."""
    as_of = BEGAN + timedelta(days=day)
    begun = [(s, d) for s, d in zip(said, late, strict=True) if (s + d <= day).any()]
    known = [(s[s + d <= day], d[s + d <= day]) for s, d in begun]
    came = arrival(np.concatenate([d for _, d in known]).tolist(), (day - np.concatenate([s for s, _ in known])).tolist())
    levels = [_levels([s for s, _ in known], as_of, day, one) for one in (AT_ONCE, came)]
    for (s, d), *both in zip(begun, *levels, strict=True):
        observed = int(((s > day) & (s <= day + WEEK) & (s + d <= day + WEEK)).sum())
        (plain, plain_crps), (mended, mended_crps) = (_scored(level, observed) for level in both)
        yield plain, plain_crps, mended, mended_crps


def _levels(known: list[Floats], as_of: datetime, day: int, came: Arrival) -> list[tuple[float, float]]:
    every = []
    for number, one in enumerate(known):
        first = int(one.min())
        counts = tuple(np.bincount(one.astype(int) - first, minlength=day - first).tolist())
        every.append(Series(situation_id=str(number), start=(BEGAN + timedelta(days=first)).date(), reports=counts, origins=counts))
    return expected(every, "reports", as_of, WEEK, came)


def _scored(level: tuple[float, float], observed: int) -> tuple[float, float]:
    mean, size = level
    chance = size / (size + mean)
    rungs = np.arange(max(observed, int(nbinom.ppf(0.9999, size, chance))) + 2)
    return abs(mean - observed), crps(nbinom.cdf(rungs, size, chance), observed)


if __name__ == "__main__":
    sys.exit(main())
