"""Report* -> Evidence: the lines that may be quoted, what each of them says, and what saying it is worth."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from nlp.situate.lines import Line, grammar, lines, private, standing, terms
from nlp.situate.voices import first_carriers
from store.records import Reading, Report

ACTORS = frozenset({"PERSON", "PER", "ORG", "NORP"})
# reports whose lines are looked at: the weightiest and the newest
MOST_WEIGHTY, MOST_NEW, MOST_LINES = 120, 40, 12
MOST_HEARD = 2_500
WORDS_OF = 500
_WEIGHTS = {"place": 1.0, "actor": 1.0, "figure": 1.5, "obstacle": 1.2, "word": 0.3}
# what one origin alone says, beside what two say
ONE_ALONE = 0.2
Slot = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """A line of a report, what it says (`names`: in these words), and how well it stands by itself."""

    line: Line
    report: Report
    origin: str
    says: frozenset[Slot]
    names: frozenset[tuple[str, Slot]]
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Candidates in order of time, and for each thing said the share in (0, 1] of independent voices that say it; `alone` is what one origin alone says."""

    candidates: tuple[Candidate, ...]
    shares: Mapping[Slot, float]
    alone: frozenset[Slot]


def evidence(reports: Sequence[Report], readings: Mapping[str, Reading], origin_of: Mapping[str, str], keep: Set[str] = frozenset()) -> Evidence:
    """Gather what may be quoted from reports in order of time, none of them TLP:RED, always with those whose ids are to `keep`.

    What is said is a place, an actor (a person, an organisation, a people), a figure of a kind at a place, an obstacle, or a word. An origin
    counts for the voice that said it first, and further origins of one voice only logarithmically, so that a flood from one source is one voice a little
    louder. Lines with an e-mail address or a telephone number are left out. Of more than 2,500 origins only every second, third, ... is looked at.
    """
    roots = _spread(first_carriers(reports, origin_of))
    said = {report.id: _said(report, readings.get(report.id)) for report in roots}
    heard = Counter(slot for slots in said.values() for slot in slots)
    alone = frozenset(slot for slot, origins in heard.items() if origins == 1)
    shares = {slot: share * (ONE_ALONE if slot in alone else 1.0) for slot, share in _shares(roots, said).items()}
    chosen = _chosen(roots, said, shares)
    pool = [report for report in reports if report.id in chosen or report.id in keep]
    found = (one for report in pool for one in _candidates(report, readings.get(report.id), origin_of.get(report.id, report.id)))
    return Evidence(candidates=tuple(found), shares=shares, alone=alone)


def _spread(roots: Sequence[Report]) -> Sequence[Report]:
    step = 1 + max(0, len(roots) - 1) // MOST_HEARD
    return roots[(len(roots) - 1) % step :: step]


def _said(report: Report, reading: Reading | None) -> frozenset[Slot]:
    words = frozenset(("word", one) for one in terms(report.words[:WORDS_OF]))
    return words | {slot for _, _, slot in _spots(reading)} | {("obstacle", one.obstacle) for one in (reading.obstacles if reading else ())}


def _spots(reading: Reading | None) -> Iterator[tuple[int, int, Slot]]:
    if reading is None:
        return
    yield from ((t.start, t.end, ("place", t.place.id)) for t in reading.toponyms)
    yield from ((m.start, m.end, ("actor", (m.canonical or m.text).casefold())) for m in reading.mentions if m.label in ACTORS)
    yield from ((f.start, f.end, ("figure", f.kind, f.place_id)) for f in reading.figures)


def _shares(roots: Sequence[Report], said: Mapping[str, frozenset[Slot]]) -> dict[Slot, float]:
    spoken: defaultdict[Slot, Counter[str]] = defaultdict(Counter)
    for report in roots:
        for slot in said[report.id]:
            spoken[slot][report.voice] += 1
    whole = _loudness(Counter(report.voice for report in roots))
    return {slot: _loudness(voices) / whole for slot, voices in spoken.items()}


def _loudness(voices: Counter[str]) -> float:
    return math.fsum(math.log2(1 + origins) for origins in voices.values())


def weight(slot: Slot) -> float:
    """Return how much it matters what sort of thing is said: a word the more the longer it is, one of grammar next to nothing."""
    base = _WEIGHTS[slot[0]]
    if slot[0] != "word":
        return base
    word = slot[1]
    if word.isdigit() or word in grammar():
        return base * 0.1
    return base * (min(len(word), 6) / 6 if word.isascii() else 0.8)


def _chosen(roots: Sequence[Report], said: Mapping[str, frozenset[Slot]], shares: Mapping[Slot, float]) -> set[str]:
    if len(roots) <= MOST_WEIGHTY + MOST_NEW:
        return {report.id for report in roots}
    heavy = {slot: weight(slot) * share for slot, share in shares.items()}
    load = {one.id: math.fsum(map(heavy.__getitem__, said[one.id])) / math.sqrt(40 + min(len(one.words), WORDS_OF)) for one in roots}
    best = sorted(roots, key=lambda one: (-load[one.id], one.at, one.id))[:MOST_WEIGHTY]
    return {one.id for one in (*best, *roots[-MOST_NEW:])}


def _candidates(report: Report, reading: Reading | None, origin: str) -> Iterator[Candidate]:
    spots = list(_spots(reading))
    barred = [(" ".join(one.sentence.split()), one.obstacle) for one in (reading.obstacles if reading else ())]
    for line in lines(report)[:MOST_LINES]:
        if not private(line.text):
            names = frozenset((" ".join(report.words[start:end].split()), slot) for start, end, slot in spots if line.start <= start < end <= line.end)
            stands = {("obstacle", obstacle) for sentence, obstacle in barred if sentence and (sentence in line.text or line.text in sentence)}
            words = {("word", one) for one in terms(line.text)}
            says = frozenset({slot for _, slot in names} | stands | words)
            yield Candidate(line=line, report=report, origin=origin, says=says, names=names, quality=standing(line.text))
