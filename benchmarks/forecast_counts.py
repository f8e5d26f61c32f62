"""Counts of deaths and of reports -> CRPS and coverage of our forecasts beside simple ones, all from what was known at the time.

python -m benchmarks.forecast_counts [countries] [reports] [--years 2019 2020 2021] [--half 1]
`countries`: deaths by country and month; each year is forecast from data up to October of the year before. `reports`: a rolling origin, one to four steps
ahead, over an earthquake's reports (by category and place, daily) and tweets of crises (daily and hourly, each counted from its first tweet); half 0 of the
units was tuned on, half 1 is what is told. Reads HIVECAST_SHARED, else ../shared beside the checkout. statsforecast is compared with where it is installed
(benchmarks/forecast_rivals.txt).
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.forecast_sets import countries, crps, data, earthquake, inside, intermittent, laid, simple, tweets
from forecast.ahead import ahead
from forecast.ladder import Floats

STEPS: Final = 4
_MONTHS_BEFORE: Final = 2
_PANELS: Final = (("earthquake, daily", 120, 8), ("tweets, daily", 30, 2), ("tweets, hourly", 400, 13))
Rows = dict[str, list[Floats]]


def year(counts: Floats, which: int) -> tuple[Rows, list[Floats]]:
    """Forecast the months of a year from the counts up to October before it: CRPS by forecaster, and whether our intervals held."""
    known = (which - 2018) * 12 - _MONTHS_BEFORE
    observed = counts[:, known + _MONTHS_BEFORE : known + 12 + _MONTHS_BEFORE]
    seen, horizon = counts[:, :known], 12 + _MONTHS_BEFORE
    ours = ahead(seen, horizon)[:, _MONTHS_BEFORE:]
    rows = {"ours": [crps(ours, observed)]}
    rows |= {name: [crps(said[:, None], observed)] for name, said in simple(seen).items()}
    rows |= {name: [crps(said[:, _MONTHS_BEFORE:], observed)] for name, said in intermittent(seen, horizon).items()}
    return rows, [_held(ours, observed)]


def rolling(counts: Floats, origins: Sequence[int]) -> tuple[Rows, list[Floats]]:
    """Forecast one to four steps ahead from each origin, from the counts up to it of the units that had begun."""
    rows: Rows = defaultdict(list)
    held = []
    for origin in origins:
        begun = ~np.isnan(counts[:, origin])
        seen, observed = counts[begun, : origin + 1], counts[begun, origin + 1 : origin + 1 + STEPS]
        ours = ahead(seen, STEPS)
        rows["ours"].append(crps(ours, observed).ravel())
        held.append(_held(ours, observed))
        for name, said in simple(seen).items():
            rows[name].append(crps(said[:, None], observed).ravel())
    return dict(rows), held


def _held(ours: Floats, observed: Floats) -> Floats:
    return np.stack([inside(ours, observed, share).ravel() for share in (0.5, 0.8, 0.95)]).astype(float)


def told(name: str, rows: Rows, held: list[Floats]) -> None:
    """Print one line: CRPS of all, skill against the best of the simple ones, coverage."""
    means = {who: float(np.concatenate([np.ravel(part) for part in parts]).mean()) for who, parts in rows.items()}
    best = min((mean, who) for who, mean in means.items() if who != "ours")
    half, most, nearly = np.concatenate(held, axis=1).mean(axis=1)
    print(f"{name} ({sum(part.size for part in rows['ours'])}): ours {means['ours']:.3f}, skill {1 - means['ours'] / best[0]:+.3f} against {best[1]}")
    print("   " + ", ".join(f"{who} {mean:.3f}" for who, mean in means.items() if who != "ours"))
    print(f"   inside 50, 80, 95 %: {half:.3f}, {most:.3f}, {nearly:.3f}")


def _years(folder: Path, years: Sequence[int]) -> None:
    counts = countries(folder)
    everything: Rows = defaultdict(list)
    held = []
    for which in years:
        rows, inside_it = year(counts, which)
        told(f"countries {which}", rows, inside_it)
        held += inside_it
        for who, parts in rows.items():
            everything[who] += parts
    told("countries, all years", everything, held)


def _panels(folder: Path, half: int) -> Iterator[tuple[str, Floats, range]]:
    events = (earthquake(folder), tweets(folder, 86400), tweets(folder, 3600))
    for (name, until, step), steps in zip(_PANELS, events, strict=True):
        yield name, laid(steps, half, until + STEPS), range(step, until, step)


def main(arguments: Sequence[str]) -> None:
    """Print figures of the sets asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=["countries", "reports"])
    parser.add_argument("--years", nargs="*", type=int, default=[2019, 2020, 2021])
    parser.add_argument("--half", type=int, choices=[0, 1], default=1)
    asked = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        sys.exit("no shared data: set HIVECAST_SHARED to the folder that holds data/views, data/haiti and data/crisislex_t26")
    if "countries" in asked.sets:
        _years(folder, asked.years)
    if "reports" in asked.sets:
        for name, counts, origins in _panels(folder, asked.half):
            told(f"{name}, half {asked.half}, {counts.shape[0]} units", *rolling(counts, origins))
    if not intermittent(np.zeros((1, 4)), 1):
        print("statsforecast is not installed: its intermittent models were not run")


if __name__ == "__main__":
    main(sys.argv[1:])
