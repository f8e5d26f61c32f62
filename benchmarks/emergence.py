"""Made-up weeks and real reports -> how soon and how falsely surveillance says that something emerges, beside simple rivals.

python -m benchmarks.emergence limits : simulate the table of limits (nlp/situate/data/glr_limits.txt), two minutes.
"""

import sys
from collections.abc import Sequence
from itertools import product

import numpy as np

from nlp.situate.surveil import FEWEST_VOICES, RISES, TABLE, Matrix, gain

MEANS = (0.002, 0.005, 0.01, 0.02, 0.035, 0.06, 0.1, 0.2, 0.35, 0.6, 1.0, 2.0, 5.0, 15.0, 60.0, 200.0)
SIZES = (0.25, 0.5, 1.0, 2.0, 5.0, 20.0, 100.0)
QUIET = (30.0, 100.0, 1000.0, 10000.0)
PATHS, DAYS = 6000, 120


def limits() -> None:
    """Write for each mean, size and number of quiet days the limit under which the highest sum of so many days stays, with the wished-for chance."""
    lines = []
    for mean, size in product(MEANS, SIZES):
        highest = highest_sums(mean, size, np.random.default_rng(0))
        for quiet in QUIET:
            days = min(DAYS, int(quiet))
            top = np.quantile(highest[:, days - 1], np.exp(-days / quiet), method="higher")
            lines.append(f"{mean} {size} {quiet:.0f} {top + 1e-6:.4f}")
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("# mean a day, size, days between false alarms, limit; made by: python -m benchmarks.emergence limits\n" + "\n".join(lines) + "\n")


def highest_sums(mean: float, size: float, draw: np.random.Generator) -> Matrix:
    """Return for each simulated path the highest sum so far among runs of two voices or more, by day."""
    sums, heard = np.zeros((2, PATHS, len(RISES)))
    highest = np.zeros((PATHS, DAYS))
    means, sizes = np.full((1, 1), mean), np.full((1, 1), size)
    for day in range(DAYS):
        count = draw.negative_binomial(size, size / (size + mean), (PATHS, 1)).astype(float)
        heard = np.where(sums > 0, heard, 0.0) + count
        sums = np.maximum(0.0, sums + gain(count, means, sizes))
        now = np.where(heard >= FEWEST_VOICES, sums, 0.0).max(axis=1)
        highest[:, day] = np.maximum(now, highest[:, day - 1]) if day else now
    return highest


def main(words: Sequence[str]) -> None:
    """Do what is asked."""
    if words == ["limits"]:
        limits()


if __name__ == "__main__":
    main(sys.argv[1:])
