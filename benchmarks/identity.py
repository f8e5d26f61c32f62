"""Streams -> how well situations keep their ids: switches per 1,000 reports, injected merges and splits found.

python -m benchmarks.identity [--seeds N] [--streams NAME ...]: the natural and squeezed streams of benchmarks/situation_sets.py for switches, then N (5)
injected ones. Reports are grouped one by one by what `hivecast situate` uses; all figures count informative reports alone.

- *moved*: a report that had a situation goes to another or to none, and no merge or split of the two ids was told by then. Per 1,000 reports.
- *holder*: the holder of a true situation is the id that most of its last 20 grouped reports have now (on a tie the holder stays). It changes to another
  id, and no merge or split of the two has been told. Per 1,000 reports; counted once a true situation has 20 grouped reports.
- *injected*: the crises of CrisisLex are paired at random by a seed. Each crisis begins within ten days and has up to 200 reports, evenly over ten days, and
  then 200 more. In a pair that merges the first half is told by reports of either crisis, the second by reports that tell of both (the words, places and
  names of one report of each, the mean of their vectors); in a pair that splits it is the other way round. A merge is found when, in the second half, two ids
  are told to merge whose reports of one crisis alone were mostly of the one and of the other. A split is found when two ids are told to split of which one
  has mostly reports of the one crisis, and the other of the other, counting those of one crisis alone. A merge of ids of five or more reports each that are
  mostly of different pairs, or of the two crises of a pair before its time, is false; so is a split into parts that are mostly of one crisis. All other
  merges and splits, of fragments of one situation, are neither.
"""

import argparse
import random
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from benchmarks.situation_sets import Stream, stream
from flows.situate_file import Situating
from nlp.situate.clue import Clue
from store.records import Move, SituationEvent

RECENT: Final = 20
HALF: Final = 200
LEAST: Final = 5
PHASE: Final = timedelta(days=10)
BEGIN: Final = datetime(2031, 1, 1, tzinfo=UTC)
_MERGES: Final = ("merged", "joined")
_SPLITS: Final = ("split", "parted")
Step = tuple[Clue | None, Sequence[Move], Sequence[SituationEvent]]


@dataclass(slots=True)
class Switches:
    """What was counted so far."""

    reports: int = 0
    moved: int = 0
    held: int = 0
    grouped: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=RECENT)))
    holders: dict[str, str] = field(default_factory=dict)
    told: set[tuple[str, str]] = field(default_factory=set)
    heirs: dict[str, str] = field(default_factory=dict)

    def explained(self, was: str, now: str) -> bool:
        """Say whether a merge or split of the two was told, or a chain of merges from the one to the other."""
        heir = was
        while heir in self.heirs and heir != now:
            heir = self.heirs[heir]
        return heir == now or (min(was, now), max(was, now)) in self.told


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two crises of which one thing is known: that they become one, or two, at `at`."""

    crises: tuple[str, str]
    at: datetime
    merges: bool


@dataclass(slots=True)
class Found:
    """Injected changes that were told, and told changes that are false."""

    merges: set[Pair] = field(default_factory=set)
    splits: set[Pair] = field(default_factory=set)
    false_merges: int = 0
    false_splits: int = 0


def steps(clues: Sequence[Clue]) -> Iterator[Step]:
    """Group clues one by one; yield each with what moved and what was told, at last what was found at the end."""
    situating = Situating()
    for clue in clues:
        yield (clue, *situating.feed([clue]))
    yield (None, *situating.finish())


def switches(taken: Iterable[Step], truth: Mapping[str, str]) -> Switches:
    """Count changes of id that no merge or split explains; `truth` gives the true situation of the reports that count."""
    count, homes = Switches(reports=len(truth)), dict[str, str]()
    for clue, moves, history in taken:
        count.told.update(pairs(history, (*_MERGES, *_SPLITS)))
        count.heirs |= {event.situation_id: event.other for event in history if event.kind == "merged"}
        for move in moves:
            was = homes.get(move.report_id, "")
            count.moved += bool(was and move.report_id in truth and not count.explained(was, move.situation_id))
            if move.situation_id and not was and move.report_id in truth:
                count.grouped[truth[move.report_id]].append(move.report_id)
            homes[move.report_id] = move.situation_id
        if clue is not None and clue.report_id in truth:
            _hold(truth[clue.report_id], homes, count)
    return count


def _hold(true: str, homes: Mapping[str, str], count: Switches) -> None:
    last = count.grouped[true]
    shares = Counter(homes[report_id] for report_id in last if homes[report_id])
    if len(last) < RECENT or not shares:
        return
    was = count.holders.get(true, "")
    holder = max(shares, key=lambda home: (shares[home], home == was, home))
    count.held += bool(was and not count.explained(was, holder))
    count.holders[true] = holder


def pairs(history: Sequence[SituationEvent], kinds: Sequence[str]) -> list[tuple[str, str]]:
    """List the two ids of each merge or split that is told, each once."""
    return list(dict.fromkeys((min(e.situation_id, e.other), max(e.situation_id, e.other)) for e in history if e.kind in kinds and e.other))


def injected(seed: int) -> tuple[list[Clue], dict[str, str], list[Pair]]:
    """Make a stream of six pairs of crises, three that merge and three that split; return clues, the crises of each report ("a" or "a+b"), pairs."""
    draw = random.Random(seed)
    source = stream("crisislex")
    by_crisis = defaultdict[str, list[Clue]](list)
    for row, clue in zip(source.rows, source.clues, strict=True):
        if row["informativeness"] == "Related and informative" and clue.report_id == clue.origin_id:
            by_crisis[row["gold"]].append(clue)
    names = sorted(by_crisis)
    draw.shuffle(names)
    clues, crises, made = list[Clue](), dict[str, str](), list[Pair]()
    for number, (one, other) in enumerate(zip(names[::2], names[1::2], strict=False)):
        begin = BEGIN + draw.random() * PHASE
        made.append(Pair(crises=(one, other), at=begin + PHASE, merges=number % 2 == 0))
        for clue, crisis in _told(made[-1], by_crisis, begin):
            clues.append(clue)
            crises[clue.report_id] = crisis
    return sorted(clues, key=lambda clue: (clue.at, clue.report_id)), crises, made


def _told(pair: Pair, by_crisis: Mapping[str, Sequence[Clue]], begin: datetime) -> Iterator[tuple[Clue, str]]:
    ones, others = (by_crisis[name] for name in pair.crises)
    half = min(HALF, len(ones) // 2, len(others) // 2)
    for number in range(2 * half):
        at = begin + PHASE * (number / half)
        one, other = ones[number], others[number]
        if (number < half) == pair.merges:
            yield replace(one, at=at, origin_id=one.report_id), pair.crises[0]
            yield replace(other, at=at + PHASE / half / 2, origin_id=other.report_id), pair.crises[1]
        else:
            yield both(one, other, at), "+".join(pair.crises)


def both(one: Clue, other: Clue, at: datetime) -> Clue:
    """Make the clue of a report that tells what two reports tell."""
    id_ = f"{one.report_id}+{other.report_id}"
    mean = None if one.vector is None or other.vector is None else one.vector + other.vector
    vector = None if mean is None else (mean / np.linalg.norm(mean)).astype(np.float32)
    words, places, names = f"{one.words} {other.words}", (*one.places, *other.places), one.names | other.names
    return replace(one, report_id=id_, origin_id=id_, at=at, words=words, vector=vector, places=places, names=names)


def found(taken: Iterable[Step], crises: Mapping[str, str], made: Sequence[Pair]) -> Found:
    """Compare the merges and splits that are told with those that were injected."""
    told, homes = Found(), dict[str, str]()
    held = defaultdict[str, Counter[str]](Counter)
    at = BEGIN
    for clue, moves, history in taken:
        at = clue.at if clue else at
        before = {id_: Counter(held[id_]) for pair in pairs(history, _MERGES) for id_ in pair}
        for move in moves:
            held[homes.get(move.report_id, "")][crises[move.report_id]] -= 1
            held[move.situation_id][crises[move.report_id]] += 1
            homes[move.report_id] = move.situation_id
        for one, other in pairs(history, _MERGES):
            _judge_merge(before[one], before[other], at, made, told)
        for one, other in pairs(history, _SPLITS):
            _judge_split(held[one], held[other], at, made, told)
    return told


def _judge_merge(one: Counter[str], other: Counter[str], at: datetime, made: Sequence[Pair], told: Found) -> None:
    sides = side(one), side(other)
    right = next((pair for pair in made if pair.merges and set(pair.crises) == set(sides) and at >= pair.at), None)
    if right:
        told.merges.add(right)
    elif min(one.total(), other.total()) >= LEAST:
        kinds = [set(max(counts, key=lambda name: (counts[name], name)).split("+")) for counts in (one, other)]
        told.false_merges += not kinds[0] & kinds[1]


def _judge_split(one: Counter[str], other: Counter[str], at: datetime, made: Sequence[Pair], told: Found) -> None:
    sides = side(one), side(other)
    right = next((pair for pair in made if not pair.merges and set(pair.crises) == set(sides) and at >= pair.at), None)
    if right:
        told.splits.add(right)
    else:
        told.false_splits += sides[0] == sides[1] and bool(sides[0])


def side(counts: Counter[str]) -> str:
    """Name the crisis that most reports of one crisis alone are of, "" where there are none."""
    alone = {crisis: n for crisis, n in counts.items() if "+" not in crisis and n > 0}
    return max(alone, key=lambda crisis: (alone[crisis], crisis), default="")


def f1(right: int, false: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (right + false + wanted) if right else 0.0


def _truth(source: Stream) -> dict[str, str]:
    rows = zip(source.rows, source.clues, strict=True)
    return {clue.report_id: row["gold"] for row, clue in rows if row.get("informativeness", "Related and informative") == "Related and informative"}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--streams", nargs="*", default=["crisislex", "crisislex-0", "crisislex-1", "idrisi", "idrisi-0"])
    chosen = parser.parse_args()
    for name in chosen.streams:
        source = stream(name)
        count = switches(steps(source.clues), _truth(source))
        each = [1000 * n / count.reports for n in (count.moved, count.held)]
        print(f"{name:12}  {count.reports} reports  moved {each[0]:.2f}  holder {each[1]:.2f}  per 1,000 reports", flush=True)
    told, wanted = list[Found](), Counter[bool]()
    for seed in range(chosen.seeds):
        clues, crises, made = injected(seed)
        told.append(found(steps(clues), crises, made))
        wanted.update(pair.merges for pair in made)
    merges, false_merges = sum(len(one.merges) for one in told), sum(one.false_merges for one in told)
    splits, false_splits = sum(len(one.splits) for one in told), sum(one.false_splits for one in told)
    print(f"merges: {merges} of {wanted[True]} found, {false_merges} false, F1 {f1(merges, false_merges, wanted[True]):.3f}")
    print(f"splits: {splits} of {wanted[False]} found, {false_splits} false, F1 {f1(splits, false_splits, wanted[False]):.3f}")
    print(f"both: F1 {f1(merges + splits, false_merges + false_splits, wanted.total()):.3f}")


if __name__ == "__main__":
    main()
