"""Summaries and titles of situations: what they hold, how often they swap, how long they take: python -m benchmarks.summaries [--read FILE] [--tuning].

Each crisis of CrisisLexT26 (messages that are related and informative) and each happening of ECB+ with four reports or more is one situation; every other
one was looked at while weights were chosen (--tuning scores those), the table is of the rest. Reads HIVECAST_SHARED, else ../shared beside the checkout.
Readings take minutes without an encoder; --read keeps them in a file of its own for the next run.

held: share of the places, actors and figures stated by two independent origins or more that the sentences hold, each weighted by its origins.
alike: mean share of words that two sentences of a summary have in common. own: share of sentences that stand word for word in the report cited first.
"""

import argparse
import json
import math
import os
import pickle
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from statistics import fmean

from flows.settings import load_settings
from nlp.models import ModelChoice, load
from nlp.obstacles import load_obstacles
from nlp.origins import origins
from nlp.places.gazetteer import open_gazetteer
from nlp.read import Memory, Reader, read
from nlp.situate.describe import Known, describe
from nlp.situate.evidence import ACTORS
from nlp.situate.lines import Line, lines, private, terms
from store.records import Channel, Reading, Report, Sentence, Situation, SourceKind

FEWEST_REPORTS, STEPS, SENTENCES = 4, 10, 5
Lines = list[tuple[Report, Line]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One situation, read."""

    name: str
    reports: tuple[Report, ...]
    readings: Mapping[str, Reading]
    origin_of: Mapping[str, str]


def main() -> None:
    """Read, describe, score and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--read", type=Path)
    arguments.add_argument("--tuning", action="store_true")
    given = arguments.parse_args()
    found = _cases(given.read)
    for corpus in sorted({case.name.partition(":")[0] for case in found}):
        cases = [case for case in found if case.name.startswith(corpus)][0 if given.tuning else 1 :: 2]
        print(f"\n{corpus}: {len(cases)} situations, {sum(len(case.reports) for case in cases):,} reports")
        print(f"{'':10} held   alike  own    sentences  characters  ms")
        for name, rule in RULES.items():
            _row(name, rule, cases)
        for name, keep in (("kept", True), ("afresh", False)):
            titles, told = zip(*(_swaps(case, keep) for case in cases), strict=True)
            print(f"as reports arrive, {name}: the title swaps in {fmean(titles):.1%} of steps, {fmean(told):.1%} of sentences leave at a step")


def _row(name: str, rule: Callable[[Case], Sequence[Sentence]], cases: Sequence[Case]) -> None:
    start = time.process_time()
    told = [rule(case) for case in cases]
    spent = (time.process_time() - start) / len(cases) * 1_000
    held, alike, own = (fmean(score(case, one) for case, one in zip(cases, told, strict=True)) for score in (_held, _alike, _own))
    length = fmean(sum(len(line.text) for line in one) for one in told)
    print(f"{name:10} {held:.3f}  {alike:.3f}  {own:.3f}  {fmean(map(len, told)):9.1f}  {length:10.0f}  {spent:.0f}")


def ours(case: Case) -> tuple[Sentence, ...]:
    """Describe the situation."""
    return _described(case, case.reports, None).summary


def _described(case: Case, reports: Sequence[Report], before: Situation | None) -> Situation:
    return describe("s", reports, case.readings, case.origin_of, reports[-1].at, Known(before=before))


def lead(case: Case) -> list[Sentence]:
    """Take the first line of the first report of each of the first five origins."""
    return _sentences([(report, first) for report in _roots(case) for first in lines(report)[:1]][:SENTENCES])


def drawn(case: Case) -> list[Sentence]:
    """Draw five lines."""
    pool = _pool(case)
    return _sentences(random.Random(case.name).sample(pool, min(SENTENCES, len(pool))))


def centroid(case: Case) -> list[Sentence]:
    """Take the lines nearest to the middle of all (TF-IDF, Radev et al. 2004), none that shares half of its words with one before it."""
    pool = _pool(case)
    words = [terms(line.text) for _, line in pool]
    uses = Counter(word for one in words for word in one)
    weight = {word: math.log(len(pool) / count) for word, count in uses.items()}
    middle = {word: count * weight[word] for word, count in uses.items()}
    near = [sum(weight[w] * middle[w] for w in one) / math.sqrt(sum(weight[w] ** 2 for w in one) or 1.0) for one in words]
    chosen: list[int] = []
    for number in sorted(range(len(pool)), key=lambda number: -near[number]):
        if len(chosen) < SENTENCES and all(_shared(words[number], words[other]) < 0.5 for other in chosen):
            chosen.append(number)
    return _sentences([pool[number] for number in chosen])


RULES: Mapping[str, Callable[[Case], Sequence[Sentence]]] = {"hivecast": ours, "lead": lead, "random": drawn, "centroid": centroid}


def _roots(case: Case) -> list[Report]:
    first: dict[str, Report] = {}
    for report in case.reports:
        first.setdefault(case.origin_of[report.id], report)
    return list(first.values())


def _pool(case: Case) -> Lines:
    return [(report, line) for report in _roots(case) for line in lines(report) if not private(line.text)]


def _sentences(chosen: Lines) -> list[Sentence]:
    return [Sentence(text=line.text, report_ids=(report.id,), quote=True) for report, line in chosen]


def _facts(reading: Reading) -> Iterator[tuple[int, int, str]]:
    yield from ((t.start, t.end, f"place {t.place.id}") for t in reading.toponyms)
    yield from ((m.start, m.end, f"actor {(m.canonical or m.text).casefold()}") for m in reading.mentions if m.label in ACTORS)
    yield from ((f.start, f.end, f"figure {f.kind} {f.low} {f.high}") for f in reading.figures)


def _held(case: Case, told: Sequence[Sentence]) -> float:
    said: defaultdict[str, set[str]] = defaultdict(set)
    for report in case.reports:
        for _, _, fact in _facts(case.readings[report.id]):
            said[fact].add(case.origin_of[report.id])
    wanted = {fact: len(voices) for fact, voices in said.items() if len(voices) > 1}
    held = {fact for sentence in told for fact in _stated(case, sentence)}
    return sum(count for fact, count in wanted.items() if fact in held) / (sum(wanted.values()) or 1)


def _stated(case: Case, sentence: Sentence) -> set[str]:
    report = next(report for report in case.reports if report.id == sentence.report_ids[0])
    spans = [(line.start, line.end) for line in lines(report) if line.text == sentence.text]
    return {fact for start, end, fact in _facts(case.readings[report.id]) if any(s <= start < end <= e for s, e in spans)}


def _alike(_: Case, told: Sequence[Sentence]) -> float:
    return fmean([_shared(terms(one.text), terms(other.text)) for one, other in combinations(told, 2)] or [0.0])


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _own(case: Case, told: Sequence[Sentence]) -> float:
    words = {report.id: " ".join(report.words.split()) for report in case.reports}
    return fmean([line.text in words[line.report_ids[0]] for line in told] or [1.0])


def _swaps(case: Case, keep: bool) -> tuple[float, float]:
    """Describe a situation ten times as its reports come in; return the shares of steps with another title and of sentences that left."""
    ends = sorted({max(1, len(case.reports) * step // STEPS) for step in range(1, STEPS + 1)})
    states: list[Situation] = []
    for end in ends:
        states.append(_described(case, case.reports[:end], states[-1] if states and keep else None))
    left = [1 - len({s.text for s in a.summary} & {s.text for s in b.summary}) / max(1, len(a.summary)) for a, b in pairwise(states)]
    return fmean(a.title != b.title for a, b in pairwise(states)), fmean(left)


def _cases(kept: Path | None) -> list[Case]:
    if kept and kept.exists():
        found: list[Case] = pickle.loads(kept.read_bytes())
        return found
    data = Path(os.environ.get("HIVECAST_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    if not data.is_dir():
        sys.exit("no shared data: set HIVECAST_SHARED")
    folder = load_settings().models_path
    reader = Reader(models=load(ModelChoice(folder=folder, encoder="")), gazetteer=open_gazetteer(folder, None), obstacles=load_obstacles(None))
    grouped = [*_crises(data / "crisislex_t26" / "stream.jsonl"), *_happenings(data / "ecbplus" / "docs.jsonl")]
    found = [_case(name, reports, reader) for name, reports in grouped if len(reports) >= FEWEST_REPORTS]
    if kept:
        kept.write_bytes(pickle.dumps(found))
    return found


def _case(name: str, reports: Sequence[Report], reader: Reader) -> Case:
    ordered = tuple(sorted(reports, key=lambda report: (report.at, report.id)))
    origin_of = {one: origin.id for origin in origins(ordered) for one in origin.report_ids}
    batches = (read(ordered[i : i + 500], reader, Memory(), origin_of)[0] for i in range(0, len(ordered), 500))
    return Case(name=name, reports=ordered, readings={one.report_id: one for batch in batches for one in batch}, origin_of=origin_of)


def _crises(path: Path) -> Iterator[tuple[str, list[Report]]]:
    found: defaultdict[str, list[Report]] = defaultdict(list)
    for row in _rows(path):
        if row["informativeness"] == "Related and informative":
            found[row["event"]].append(_report(str(row["id"]), datetime.fromisoformat(row["created_at"]).astimezone(UTC), row["text"]))
    return ((f"messages:{name}", found[name]) for name in sorted(found))


def _happenings(path: Path) -> Iterator[tuple[str, list[Report]]]:
    found: defaultdict[str, list[Report]] = defaultdict(list)
    for number, row in enumerate(_rows(path)):
        at = datetime(2013, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
        found[row["subtopic"]].append(_report(row["doc_id"], at, "\n".join(row["sentences"])))
    return ((f"news:{name}", found[name]) for name in sorted(found))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    return (json.loads(row) for row in path.read_text(encoding="utf-8").split("\n") if row.strip())


def _report(key: str, at: datetime, text: str) -> Report:
    source = "the public" if key.isdigit() else key
    return Report(id=key, channel=Channel.FEED, source=source, source_kind=SourceKind.UNKNOWN, key=key, at=at, received_at=at, text=text)


if __name__ == "__main__":
    main()
