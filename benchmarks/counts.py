"""Daily counts -> CRPS and coverage of our count forecasts beside two simple ones, on a rolling origin.

python -m benchmarks.counts FILE... : each FILE a CSV `series,day,count` (ISO days); a series begins at its first row.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom, poisson

from forecast.counts import Series, history, interval, part_of_day
from forecast.pool import learn

Cumulative = NDArray[np.float64]
WINDOW = 14


def load(path: Path) -> dict[str, dict[date, int]]:
    """Read a file of counts into series -> day -> count."""
    found: dict[str, dict[date, int]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["series"]][date.fromisoformat(row["day"])] = int(row["count"])
    return dict(found)


def crps(cumulative: Cumulative, observed: int) -> float:
    """Return the continuous ranked probability score of a distribution over 0, 1, 2, ... given by its cumulative probabilities."""
    return float(((cumulative - (np.arange(len(cumulative)) >= observed)) ** 2).sum())


def as_seen(counts: dict[str, dict[date, int]], day: date) -> list[Series]:
    """Return the series that had begun before `day`, with their counts up to the day before."""
    made = []
    for name, days in sorted(counts.items()):
        start = min(days)
        if start < day:
            seen = tuple(days.get(start + timedelta(days=i), 0) for i in range((day - start).days))
            made.append(Series(situation_id=name, start=start, reports=seen, origins=seen))
    return made


def resampled(recent: Sequence[int], days: int, top: int) -> Cumulative:
    """Return the distribution of the sum of `days` draws from the recent days."""
    draws = np.random.default_rng(0).choice(np.array(recent), size=(1000, days)).sum(axis=1)
    return np.asarray((draws[:, None] <= np.arange(top)).mean(axis=0))


def rows(counts: dict[str, dict[date, int]], days: int, step: int) -> Iterator[tuple[float, float, float, bool, bool]]:
    """Yield our CRPS, that of the resampled and the Poisson baseline, and whether 50 and 90 % intervals held, for each origin and series."""
    first = min(min(d) for d in counts.values())
    last = max(max(d) for d in counts.values())
    for offset in range(step, (last - first).days - days + 1, step):
        day = first + timedelta(days=offset)
        series = as_seen(counts, day)
        moment = datetime.combine(day, time(), UTC)
        daily = [history(s, "reports", moment) for s in series]
        pool = learn(daily, part_of_day(moment), days)
        for one, seen in zip(series, daily, strict=True):
            observed = sum(counts[one.situation_id].get(day + timedelta(days=i), 0) for i in range(days))
            recent = one.reports[-WINDOW:]
            if not sum(one.reports[-30:]):
                continue
            mean, size = pool.predict(seen)
            top = int(max(observed, nbinom.ppf(0.9999, size, size / (size + mean)), sum(recent) * days)) + 2
            ours = crps(nbinom.cdf(np.arange(top), size, size / (size + mean)), observed)
            flat = crps(poisson.cdf(np.arange(top), max(1e-9, float(np.mean(recent)) * days)), observed)
            low50, high50 = interval(mean, size, 0.5)
            low90, high90 = interval(mean, size, 0.9)
            yield ours, crps(resampled(recent, days, top), observed), flat, low50 <= observed <= high50, low90 <= observed <= high90


def main(paths: Sequence[str]) -> None:
    """Print one line a file and horizon."""
    for path in paths:
        counts = load(Path(path))
        for days in (7, 14):
            table = np.array(list(rows(counts, days, step=3)), dtype=np.float64)
            ours, again, flat, half, most = table.mean(axis=0)
            head = f"{Path(path).stem} {days} days, {len(table)} forecasts"
            print(f"{head}: CRPS {ours:.2f}, resampled {again:.2f}, Poisson {flat:.2f}; inside 50 % {half:.3f}, 90 % {most:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
