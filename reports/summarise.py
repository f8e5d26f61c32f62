"""Report* -> Sentence*: the few sentences, word for word, that say most of what a group of reports says."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.tell.view import View
from store.records import Report, Sentence

LOOKED_AT = 60
SHORTEST, LONGEST = 25, 320
CLIPPED = " […]"
END = re.compile(r"(?<=[.!?؟。！？…])[\"'”’»)\]]*\s+|\n+|(?<=[。！？])")
ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Gov|No|Nos|Art|vs|approx|ca|e\.g|i\.e|etc|Prof|Sr|Jr)|\b\w)\.$")
TERMS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted, with what it would bring to a summary."""

    text: str
    report: Report
    rank: int
    terms: frozenset[str]
    places: frozenset[str]


def summarise(seen: View, report_ids: Iterable[str], limit: int = 3) -> tuple[Sentence, ...]:
    """Choose up to `limit` sentences greedily for new words, places, figures and independent voices.

    Maximal marginal relevance (Carbonell and Goldstein 1998) with word overlap as similarity; no word is changed. Only the newest
    sixty quotable reports are looked at, one of each origin. A sentence over 320 characters is cut at a word and marked.
    """
    pool = [candidate for rank, report in enumerate(_newest(seen, report_ids)) for candidate in _candidates(seen, report, rank)]
    chosen: list[Candidate] = []
    while pool and len(chosen) < limit:
        best = max(pool, key=lambda candidate: (_gain(seen, candidate, chosen), -candidate.rank, candidate.text))
        chosen.append(best)
        pool = [candidate for candidate in pool if candidate.report.id != best.report.id and _overlap(candidate, best) < 0.6]
    chosen.sort(key=lambda candidate: (candidate.report.at, candidate.report.id))
    return tuple(Sentence(text=candidate.text, report_ids=(candidate.report.id,), quote=True) for candidate in chosen)


def _newest(seen: View, ids: Iterable[str]) -> list[Report]:
    newest = sorted((seen.quotable[rid] for rid in set(ids) if rid in seen.quotable), key=lambda report: (report.at, report.id), reverse=True)
    heard: dict[str, Report] = {}
    for report in newest:
        heard.setdefault(seen.material.origin_of.get(report.id, report.id), report)
    return list(heard.values())[:LOOKED_AT]


def _candidates(seen: View, report: Report, rank: int) -> list[Candidate]:
    reading = seen.material.readings.get(report.id)
    names = {toponym.text.casefold() for toponym in reading.toponyms if toponym.text} if reading else set()
    texts = [text for text in sentences(report.text) if len(text) >= SHORTEST] or list(sentences(report.words))[:1]
    return [_candidate(_clipped(text), report, rank, names) for text in texts]


def _candidate(text: str, report: Report, rank: int, names: set[str]) -> Candidate:
    folded = text.casefold()
    terms = frozenset(term for term in TERMS.findall(folded) if len(term) > 3 or term.isdigit())
    return Candidate(text=text, report=report, rank=rank, terms=terms, places=frozenset(name for name in names if name in folded))


def sentences(text: str) -> Iterator[str]:
    """Split a text into its sentences, whitespace collapsed; a line end always ends one, an abbreviation never does."""
    start = 0
    for end in END.finditer(text):
        piece = text[start : end.end()]
        if "\n" not in end.group() and ABBREVIATED.search(piece.rstrip()):
            continue
        start = end.end()
        if piece.split():
            yield " ".join(piece.split())
    if text[start:].split():
        yield " ".join(text[start:].split())


def _clipped(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    head = text[: LONGEST + 1]
    return (head.rsplit(" ", 1)[0] if " " in head else text[:LONGEST]) + CLIPPED


def _gain(seen: View, candidate: Candidate, chosen: list[Candidate]) -> float:
    told = frozenset(term for other in chosen for term in other.terms)
    places = frozenset(name for other in chosen for name in other.places)
    voices = {other.report.voice for other in chosen}
    novelty = math.sqrt(len(candidate.terms - told))
    figure = any(character.isdigit() for character in candidate.text)
    fresh = seen.since is None or candidate.report.at > seen.since
    return novelty + 1.5 * bool(candidate.places - places) + 1.0 * figure + 1.5 * fresh - 1.0 * (candidate.report.voice in voices) - 0.05 * candidate.rank


def _overlap(one: Candidate, other: Candidate) -> float:
    return len(one.terms & other.terms) / max(1, len(one.terms | other.terms))
