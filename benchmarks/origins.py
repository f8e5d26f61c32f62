"""Which reports are copies: ARI, pairwise precision and recall, speed, beside two peers: python -m benchmarks.origins DATA [--seed N].

DATA is the folder of development data (geoparsing/lgl.jsonl, ecbplus/docs.jsonl). Thresholds, ours and the peers', were fitted on one half of its texts; the
table is of the other half. Without the package rensa its rows are left out.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

from benchmarks.noised_copies import Noised, base_texts, noised
from nlp.origins import origins
from store.records import Report

WINDOW = timedelta(days=10)
PERMUTATIONS, SEED = 128, 1
Runs = Mapping[str, frozenset[str]]
Rule = Callable[[Sequence[Report], float], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Scores:
    """How well a grouping fits the truth, over all pairs of reports."""

    ari: float
    precision: float
    recall: float


def main() -> None:
    """Build, group, score and print."""
    given = _arguments()
    halves = [base_texts(given.data, half) for half in (0, 1)]
    tuned, held = (noised(texts, given.seed) for texts in halves)
    print(f"{sum(map(len, halves)):,} texts without real duplicates; held half: {len(held.reports):,} reports of {len(set(held.truth.values())):,} texts")
    words = sum(len(report.text.split()) for report in held.reports) / len(held.reports)
    print(f"{words:.0f} words a report; mean Jaccard of word 3-grams between true copies {_likeness(held):.2f}")
    print(f"\n{'':62} ARI  precision  recall  forms joined  reports/s")
    _row("hivecast", lambda reports, _: ours(reports), 0.0, held)
    everything = [*tuned.reports, *held.reports]
    for name, rule, grid in PEERS:
        best = max(grid, key=lambda least, rule=rule: score(rule(tuned.reports, least), tuned.truth).ari)  # type: ignore[misc]
        for least in sorted({0.5, best}):
            _row(f"{name} >= {least}{' (best on the other half)' * (least == best)}", rule, least, held)
    start = time.process_time()
    origins(everything)
    print(f"\nboth halves at once: {len(everything):,} reports, {len(everything) / (time.process_time() - start):,.0f} reports/s of processor time")


def ours(reports: Sequence[Report]) -> dict[str, str]:
    """Map each report to its origin."""
    return {report_id: origin.id for origin in origins(reports) for report_id in origin.report_ids}


def by_five_grams(reports: Sequence[Report], least: float) -> dict[str, str]:
    """Group by exact word 5-grams: Jaccard of at least `least`."""
    runs = _runs(reports, 5)
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for name, own in runs.items():
        for run in own:
            holders[run].append(name)
    common = Counter(pair for names in holders.values() if len(names) < 200 for pair in combinations(names, 2))
    alike = (pair for pair, count in common.items() if count >= least * (len(runs[pair[0]]) + len(runs[pair[1]]) - count))
    return _joined(reports, alike)


def by_min_hash(reports: Sequence[Report], least: float) -> dict[str, str]:
    """Group by MinHash over word 3-grams (rensa, 128 permutations): LSH candidates whose estimated Jaccard is at least `least`."""
    rensa = import_module("rensa")
    runs = _runs(reports, 3)
    names = list(runs)
    hashes = rensa.RMinHash.from_token_sets([sorted(runs[name]) for name in names], PERMUTATIONS, SEED)
    index = rensa.RMinHashLSH(least, PERMUTATIONS, 64 if least < 0.4 else 32)
    index.insert_pairs(list(enumerate(hashes)))
    found = ((at, other) for at, others in enumerate(index.query_all(hashes)) for other in others if other < at)
    return _joined(reports, ((names[at], names[other]) for at, other in found if hashes[at].jaccard(hashes[other]) >= least))


PEERS: tuple[tuple[str, Rule, tuple[float, ...]], ...] = (
    ("exact 5-grams, Jaccard", by_five_grams, (0.02, 0.05, 0.1, 0.2, 0.3)),
    *((("MinHash-LSH (rensa), Jaccard", by_min_hash, (0.05, 0.1, 0.2, 0.3, 0.4)),) if find_spec("rensa") else ()),
)


def score(found: Mapping[str, str], truth: Mapping[str, str]) -> Scores:
    """Compare two groupings by the pairs they put together (Hubert and Arabie 1985)."""
    both, real, said = (_pairs(Counter(keys)) for keys in (((truth[i], found[i]) for i in truth), truth.values(), (found[i] for i in truth)))
    chance = real * said / (len(truth) * (len(truth) - 1) / 2)
    return Scores((both - chance) / ((real + said) / 2 - chance), both / said if said else 1.0, both / real)


def _pairs(counts: Mapping[object, int]) -> float:
    return sum(count * (count - 1) / 2 for count in counts.values())


def _row(name: str, rule: Rule, least: float, held: Noised) -> None:
    start = time.process_time()
    found = rule(held.reports, least)
    seconds = time.process_time() - start
    figures = score(found, held.truth)
    sizes = Counter(found.values())
    joined = sum(sizes[origin] > 1 for form, origin in found.items() if form.startswith("form-"))
    print(f"{name:62}{figures.ari:.3f}  {figures.precision:9.3f} {figures.recall:7.3f} {joined:13} {len(held.reports) / seconds:10,.0f}")


def _likeness(copies: Noised) -> float:
    runs = _runs(copies.reports, 3)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, base in copies.truth.items():
        groups[base].append(name)
    found = [len(runs[a] & runs[b]) / len(runs[a] | runs[b]) for names in groups.values() for a, b in combinations(names, 2)]
    return sum(found) / len(found)


def _runs(reports: Iterable[Report], size: int) -> Runs:
    split = {report.id: report.text.lower().split() for report in reports}
    return {name: frozenset(map(" ".join, zip(*(words[shift:] for shift in range(size)), strict=False))) for name, words in split.items()}


def _joined(reports: Sequence[Report], alike: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Join what is alike and at most ten days apart, and what is alike to that."""
    parents, times = {report.id: report.id for report in reports}, {report.id: report.at for report in reports}

    def top(name: str) -> str:
        while parents[name] != name:
            parents[name] = name = parents[parents[name]]
        return name

    for one, other in alike:
        if abs(times[one] - times[other]) <= WINDOW:
            parents[top(one)] = top(other)
    return {report.id: top(report.id) for report in reports}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of development data")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    main()
