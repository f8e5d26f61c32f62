"""Simulated weeks with outbreaks -> false alarms, detection, sensitivity and predictive value of ours beside EARS, a Farrington-like rule and a Poisson CUSUM.

python -m benchmarks.emergence_weeks [replicates] : the 42 scenarios of Noufaily et al. 2013, as in Bédubourg & Le Strat 2017; every method's limit is set for
one false alarm in a hundred weeks on the scenarios with even numbers, figures are of the others.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom, poisson

from nlp.situate.expected import Habit, expected
from nlp.situate.surveil import Expected, Matrix, risen

# theta, beta, gamma 1, gamma 2, phi; without and with the trend, with 0, 1 or 2 Fourier terms
SHAPES = (
    (0.1, 0.0025, 0.6, 0.6, 1.5),
    (-2.0, 0.005, 0.1, 0.3, 2.0),
    (1.5, 0.003, 0.2, -0.4, 1.0),
    (0.5, 0.002, 0.5, 0.5, 5.0),
    (2.5, 0.001, 1.0, 0.1, 3.0),
    (3.75, 0.001, 0.1, -0.1, 1.1),
    (5.0, 0.0001, 0.05, 0.01, 1.2),
)
WEEKS, PAST, JUDGED, LEAD = 624, 312, 49, 12
FALSE = 0.01
WEEKLY = Habit(gap=2, half_life=52.0, prior=4.0, cycle=52, run=1)
Alarm = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weeks:
    """Counts by week of each series, those of outbreaks among them, and the scenario of each series."""

    counts: Matrix
    outbreak: Matrix
    scenario: NDArray[np.int64]


def simulate(replicates: int, draw: np.random.Generator) -> Weeks:
    """Draw each scenario so often: four outbreaks in the past five years and one among the last 49 weeks, sized k = 1 to 10 standard deviations."""
    counts, outbreak, scenario = [], [], []
    for number, (shape, trend, terms) in enumerate(product(SHAPES, (0, 1), (0, 1, 2))):
        mean, phi = means(shape, trend, terms), shape[4]
        for _ in range(replicates):
            usual = draw.poisson(mean) if phi == 1 else draw.negative_binomial(mean / (phi - 1), 1 / phi)
            starts = [*draw.integers(PAST, WEEKS - JUDGED - 10, 4), draw.integers(WEEKS - JUDGED, WEEKS - 5)]
            more = sum(spread(start, draw.poisson(draw.integers(1, 11) * np.sqrt(phi * mean[start])), draw) for start in starts)
            counts.append(usual + more)
            outbreak.append(more)
            scenario.append(number)
    return Weeks(np.array(counts, dtype=float), np.array(outbreak, dtype=float), np.array(scenario))


def means(shape: tuple[float, ...], trend: int, terms: int) -> NDArray[np.float64]:
    """Return the expected counts of the weeks: trend and Fourier seasonality."""
    theta, beta, cosine, sine, _ = shape
    week = np.arange(1, WEEKS + 1)
    waves = sum((cosine * np.cos(2 * np.pi * j * week / 52) + sine * np.sin(2 * np.pi * j * week / 52) for j in range(1, terms + 1)), np.zeros(WEEKS))
    return np.asarray(np.exp(theta + trend * beta * week + waves))


def spread(start: int, size: int, draw: np.random.Generator) -> NDArray[np.int64]:
    """Spread the cases of an outbreak over the weeks from its start, log-normally."""
    weeks = start + np.floor(draw.lognormal(0, 0.5, size)).astype(int)
    return np.bincount(weeks[weeks < WEEKS], minlength=WEEKS)


def ours(made: Weeks, season: bool) -> Callable[[float], Alarm]:
    """Return our alarms by the number of quiet weeks asked for; `season` lets the expected know the weeks of the year."""
    habit = WEEKLY if season else Habit(gap=2, half_life=8.0, prior=4.0, cycle=0, run=1)
    normal = expected(made.counts, [-1] * len(made.counts), habit)
    late = slice(WEEKS - JUDGED - LEAD, WEEKS)
    cut = Expected(mean=normal.mean[:, late], size=normal.size[:, late])
    return lambda quiet: risen(made.counts[:, late], cut, quiet).alarm[:, LEAD:]


def ears(made: Weeks, lag: int, days: int) -> Callable[[float], Alarm]:
    """EARS C1 (lag 0, 1 day), C2 (lag 2, 1 day), C3 (lag 2, the excess of 3): distance from the mean of seven weeks in standard deviations."""
    scores = []
    for week in range(WEEKS - JUDGED - 2, WEEKS):
        past = made.counts[:, week - lag - 7 : week - lag]
        scores.append((made.counts[:, week] - past.mean(axis=1)) / np.maximum(past.std(axis=1, ddof=1), 0.5))
    table = np.array(scores).T
    if days == 1:
        return lambda limit: table[:, 2:] > limit
    summed = np.sum([np.maximum(0.0, table[:, 2 - back : table.shape[1] - back] - 1) for back in range(days)], axis=0)
    return lambda limit: np.asarray(summed > limit)


def farrington(made: Weeks) -> Callable[[float], Alarm]:
    """Like improved Farrington: same weeks of five past years and three on either side, the highest weighed down, quantile of a negative binomial."""
    tails = []
    for week in range(WEEKS - JUDGED, WEEKS):
        near = [week - 52 * year + shift for year in range(1, 6) for shift in range(-3, 4)]
        past = made.counts[:, near]
        capped = np.minimum(past, np.quantile(past, 0.95, axis=1)[:, None])
        level = np.maximum(capped.mean(axis=1), 0.02)
        phi = np.maximum(capped.var(axis=1, ddof=1) / level, 1.01)
        tails.append(nbinom.sf(made.counts[:, week] - 1, level / (phi - 1), 1 / phi))
    table = np.array(tails).T
    return lambda limit: table < 10**-limit


def poisson_cusum(made: Weeks) -> Callable[[float], Alarm]:
    """Poisson CUSUM for a doubling of the mean of seven weeks, two weeks back."""
    ratio, log = 2.0, np.log(2.0)
    gains = []
    for week in range(WEEKS - JUDGED - LEAD, WEEKS):
        mean = np.maximum(made.counts[:, week - 9 : week - 2].mean(axis=1), 0.05)
        gains.append(made.counts[:, week] * log - (ratio - 1) * mean)

    def alarms(limit: float) -> Alarm:
        total, told = np.zeros(len(made.counts)), []
        for gained in gains:
            total = np.maximum(0.0, total + gained)
            told.append(total > limit)
            total = np.where(told[-1], 0.0, total)
        return np.array(told).T[:, LEAD:]

    return alarms


def known(made: Weeks) -> Callable[[float], Alarm]:
    """Know the true mean and scatter, and look at each week alone: what no rule that looks at a week alone can beat."""
    rows = []
    for row, number in enumerate(made.scenario):
        shape, trend, terms = list(product(SHAPES, (0, 1), (0, 1, 2)))[number]
        mean, phi = means(shape, trend, terms)[-JUDGED:], shape[4]
        seen = made.counts[row, -JUDGED:] - 1
        rows.append(poisson.sf(seen, mean) if phi == 1 else nbinom.sf(seen, mean / (phi - 1), 1 / phi))
    table = np.array(rows)
    return lambda limit: table < 10**-limit


def figures(alarm: Alarm, made: Weeks, chosen: Alarm) -> dict[str, float]:
    """Return rates over the chosen series."""
    sick: Alarm = np.greater(made.outbreak[chosen, -JUDGED:], 0)
    up = alarm[chosen]
    had = sick.any(axis=1)
    first = np.argmax(sick, axis=1)
    return {
        "FPR": up[~sick].mean(),
        "POD": np.any(up & sick, axis=1)[had].mean(),
        "POD1": up[np.arange(len(up)), first][had].mean(),
        "sensitivity": up[sick].mean(),
        "PPV": sick[up].mean() if up.any() else 1.0,
    }


def tuned(method: Callable[[float], Alarm], made: Weeks, even: Alarm) -> float:
    """Find the lowest limit with at most one false alarm in a hundred weeks on the even scenarios."""
    limits = np.geomspace(0.05, 9000.0, 120)
    low, high = 0, len(limits) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if figures(method(limits[middle]), made, even)["FPR"] <= FALSE else (middle + 1, high)
    return float(limits[low])


def main(words: Sequence[str]) -> None:
    """Print one line a method."""
    made = simulate(int(words[0]) if words else 40, np.random.default_rng(1))
    even = made.scenario % 2 == 0
    methods = {
        "ours, with the season": ours(made, season=True),
        "ours, moving level alone": ours(made, season=False),
        "EARS C1": ears(made, 0, 1),
        "EARS C2": ears(made, 2, 1),
        "EARS C3": ears(made, 2, 3),
        "Farrington-like quantile": farrington(made),
        "Poisson CUSUM": poisson_cusum(made),
        "(true mean known, weeks alone)": known(made),
    }
    for name, method in methods.items():
        limit = tuned(method, made, even)
        found = figures(method(limit), made, ~even)
        print(f"{name:32} limit {limit:8.2f}: " + ", ".join(f"{key} {value:.3f}" for key, value in found.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
