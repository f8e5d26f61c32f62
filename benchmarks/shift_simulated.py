"""Made-up streams of testimony with a known truth -> shifts found in time, delay, false alarms a year.

python -m benchmarks.shift_simulated [--streams N] [--seed FIRST]

For each kind of stream (benchmarks/shift_streams.py) N worlds of 300 days with two to five reports a week, read by a reader who errs about as often as
ours, are looked at every week as the coordinator would. A shift is in time within 60 days. The constants were set on seeds 1000 to 3013.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.shift_streams import DAYS, IN_TIME, KINDS_OF_STREAM, START, Stream
from coalition.shift import Past, shift
from store.records import Obstacle

_EARLY = 14  # days: what is called this long before a turn has not seen it
_FIRST = 35


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What became of one stream: days from each turn to its call, and calls of what never led."""

    turns: int
    delays: tuple[float, ...]
    false_alarms: int

    @property
    def in_time(self) -> int:
        """Count the turns called in time."""
        return sum(delay <= IN_TIME for delay in self.delays)


def found(stream: Stream) -> Found:
    """Look at a stream week by week."""
    called: dict[Obstacle, float] = {}
    for day in range(_FIRST, DAYS, 7):
        for one in shift(stream.testimonies, START + timedelta(days=day), Past(equipped=stream.built_for.__contains__)):
            for kind in one.after:
                called.setdefault(kind, day)
    delays = [called[turn.kind] - turn.since for turn in stream.turns if turn.kind in called and called[turn.kind] >= turn.since - _EARLY]
    return Found(turns=len(stream.turns), delays=tuple(delays), false_alarms=len(called) - len(delays))


def line(name: str, results: Sequence[Found]) -> str:
    """Write one row of the table."""
    turns, delays = sum(one.turns for one in results), [delay for one in results for delay in one.delays]
    years = len(results) * DAYS / 365
    caught = f"in time {sum(one.in_time for one in results)} of {turns}, median {statistics.median(delays):.0f} days" if delays else "no turn"
    return f"{name:10} {caught:38} false alarms a year {sum(one.false_alarms for one in results) / years:.2f}"


def main(words: Sequence[str]) -> None:
    """Print a row for each kind of stream."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=20)
    parser.add_argument("--seed", type=int, default=9000)
    args = parser.parse_args(words)
    for make in KINDS_OF_STREAM:
        print(line(make.__name__, [found(make(seed)) for seed in range(args.seed, args.seed + args.streams)]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
