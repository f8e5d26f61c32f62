"""Real reports, recombined -> 10,000 to 1,000,000 of them: reports grouped a second and memory, and how long the last look takes.

python -m benchmarks.scale [--most N] [--daily N] [--window N]: one pass over clues that come at a constant rate (2,000 a day), so that the live window holds as
much at the end as after a month. Each situation is a crisis of the shared data with its own words, names and places renamed, open for ten days on average;
a report of it has half of the words of each of two reports of that crisis, shuffled, and a vector near its centre. A tenth are copies, a fifth are about
nothing else that is told. Clues are made before the clock starts, batch by batch. Then `--window` (20,000) reports that share no words are fed, and
the last look (`finish`) at them is timed. Uses what benchmarks/situation_sets.py keeps of the shared data.
"""

import argparse
import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.situation_sets import stream
from flows.situate_file import BATCH, Situating
from nlp.situate.clue import Clue

Floats = NDArray[np.float32]
MARKS: Final = (10_000, 30_000, 100_000, 300_000, 1_000_000)
BEGIN: Final = datetime(2031, 1, 1, tzinfo=UTC)
OPEN_AT_ONCE: Final = 50
DAYS_OPEN: Final = 10.0
COPIES: Final = 0.1
ALONE: Final = 0.2
_SPREAD: Final = 0.5
_OWN_SHARE: Final = 0.02
_OWN_LIFT: Final = 5.0
_SYLLABLES: Final = ("ba", "do", "fi", "gu", "ka", "le", "mo", "ni", "pa", "ro", "su", "ta", "vi", "wu", "xo", "ze")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """The reports of one crisis as words, the words that are its own, and the middle of its vectors."""

    clues: Sequence[Clue]
    words: Sequence[Sequence[str]]
    own: frozenset[str]
    centre: Floats


@dataclass(slots=True, kw_only=True)
class Told:
    """A situation made from a crisis; `number` makes its own words unlike those of any other."""

    crisis: Crisis
    number: int
    until: datetime
    centre: Floats
    last: Clue | None = None


def crises() -> list[Crisis]:
    """Gather the informative reports of each crisis of the shared data."""
    found = defaultdict[str, list[Clue]](list)
    for source in (stream("crisislex"), stream("idrisi")):
        for row, clue in zip(source.rows, source.clues, strict=True):
            if row.get("informativeness", "Related and informative") == "Related and informative" and clue.vector is not None:
                found[row["gold"]].append(clue)
    words = {name: [re.findall(r"\w+", clue.words.lower()) for clue in clues] for name, clues in found.items()}
    shares = {name: _shares(some) for name, some in words.items()}
    usual = Counter[str]()
    for share in shares.values():
        usual.update({word: x / len(shares) for word, x in share.items()})
    return [
        Crisis(
            clues=found[name],
            words=words[name],
            own=frozenset(word for word, x in shares[name].items() if x >= _OWN_SHARE and x >= _OWN_LIFT * (usual[word] - x / len(shares))),
            centre=_unit(np.mean([clue.vector for clue in found[name] if clue.vector is not None], axis=0)),
        )
        for name in sorted(found)
    ]


def recombined(sources: Sequence[Crisis], daily: int, seed: int = 0) -> Iterator[Clue]:
    """Make clues without end, in order of time, `daily` of them a day."""
    draw, noise = random.Random(seed), _noise(sources[0].centre.size, seed)
    weights = [1 / (rank + 1) for rank in range(OPEN_AT_ONCE)]
    told: list[Told] = []
    number = 0
    while True:
        at = BEGIN + timedelta(days=number / daily)
        number += 1
        if draw.random() < ALONE:
            yield _report(_told(sources, number, at, draw, noise), number, at, draw, noise)
            continue
        rank = draw.choices(range(OPEN_AT_ONCE), weights)[0] if len(told) == OPEN_AT_ONCE else len(told)
        if rank == len(told):
            told.append(_told(sources, number, at, draw, noise))
        elif told[rank].until < at:
            told[rank] = _told(sources, number, at, draw, noise)
        yield _report(told[rank], number, at, draw, noise)


def _told(sources: Sequence[Crisis], number: int, at: datetime, draw: random.Random, noise: Floats) -> Told:
    crisis = draw.choice(sources)
    centre = _unit(crisis.centre + _SPREAD * noise[number % len(noise)])
    return Told(crisis=crisis, number=number, until=at + timedelta(days=draw.expovariate(1 / DAYS_OPEN)), centre=centre)


def _report(told: Told, number: int, at: datetime, draw: random.Random, noise: Floats) -> Clue:
    report_id, voice = f"r{number}", f"v{draw.randrange(500)}"
    if told.last is not None and draw.random() < COPIES:
        return replace(told.last, report_id=report_id, at=at, voice=voice)
    one, other = draw.randrange(len(told.crisis.clues)), draw.randrange(len(told.crisis.clues))
    words = [word for n in (one, other) for word in draw.sample(told.crisis.words[n], (len(told.crisis.words[n]) + 1) // 2)]
    draw.shuffle(words)
    code, clue = _code(told.number), told.crisis.clues[one]
    told.last = replace(
        clue,
        report_id=report_id,
        at=at,
        voice=voice,
        origin_id=report_id,
        words=" ".join(code + word if word in told.crisis.own else word for word in words),
        vector=_unit(told.centre + _SPREAD * noise[draw.randrange(len(noise))]),
        places=tuple(replace(place, id=f"{place.id}/{told.number}") for place in clue.places),
        names=frozenset(f"{code}{name}" for name in clue.names),
    )
    return told.last


def strangers(sources: Sequence[Crisis], count: int, daily: int, seed: int = 1) -> Iterator[Clue]:
    """Make clues of which no two share a word, a name or a place, and whose vectors are those of as many situations as crises."""
    draw, noise = random.Random(seed), _noise(sources[0].centre.size, seed)
    for number in range(count):
        crisis = draw.choice(sources)
        told = Told(crisis=replace(crisis, own=frozenset().union(*crisis.words)), number=number, until=BEGIN, centre=crisis.centre)
        yield _report(told, number, BEGIN + timedelta(days=number / daily), draw, noise)


def _shares(reports: Sequence[Sequence[str]]) -> Mapping[str, float]:
    counts = Counter(word for words in reports for word in set(words))
    return {word: n / len(reports) for word, n in counts.items()}


def _code(number: int) -> str:
    return "".join(_SYLLABLES[int(digit, 16)] for digit in f"{number:x}")


def _noise(size: int, seed: int) -> Floats:
    rows = np.random.default_rng(seed).normal(size=(4096, size))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def curve(sources: Sequence[Crisis], most: int, daily: int) -> None:
    """Print a line at every mark."""
    print(f"{'reports':>9}  {'seconds':>8}  {'all/s':>7}  {'since/s':>7}  {'µs each':>7}  {'peak MB':>7}  {'opened':>7}")
    situating, made = Situating(), recombined(sources, daily)
    done, spent, opened, last = 0, 0.0, set[str](), (0, 0.0)
    for mark in (mark for mark in MARKS if mark <= most):
        while done < mark:
            batch = list(islice(made, min(BATCH, mark - done)))
            begun = time.perf_counter()
            moves, _ = situating.feed(batch)
            spent += time.perf_counter() - begun
            opened.update(move.situation_id for move in moves if move.situation_id)
            done += len(batch)
        since = (spent - last[1]) / (done - last[0])
        print(f"{done:9,}  {spent:8.1f}  {done / spent:7,.0f}  {1 / since:7,.0f}  {1e6 * since:7,.0f}  {_peak():7,.0f}  {len(opened):7,}", flush=True)
        last = done, spent


def window(sources: Sequence[Crisis], count: int) -> None:
    """Time the last look at a window of reports that nothing has joined."""
    situating = Situating()
    clues = list(strangers(sources, count, daily=max(1, count // 20)))
    for first in range(0, count, BATCH):
        situating.feed(clues[first : first + BATCH])
    begun = time.perf_counter()
    moves, _ = situating.finish()
    print(f"last look at {count:,} reports: {time.perf_counter() - begun:.1f} s, {len({move.situation_id for move in moves})} situations, {_peak():,.0f} MB")


def main() -> None:
    """Print the curve, then the last look."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=MARKS[-1])
    parser.add_argument("--daily", type=int, default=2000)
    parser.add_argument("--window", type=int, default=20_000)
    chosen = parser.parse_args()
    sources = crises()
    curve(sources, chosen.most, chosen.daily)
    if chosen.window:
        window(sources, chosen.window)


if __name__ == "__main__":
    main()
