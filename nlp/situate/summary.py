"""Evidence -> Sentence*: three to five sentences of its reports, word for word, that cover most of what independent voices say."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from nlp.places.words import words_of
from nlp.situate.evidence import Candidate, Evidence, Slot, weight
from nlp.situate.lines import LONGEST, SHORTEST, fit
from store.records import Sentence

FEWEST, MOST = 3, 5
# a sentence is replaced only where the summary as a whole gets better by this share
MARGIN = 0.08
LOOKED_AT = 120
MOST_BESIDE = 3
# what an unheard origin and an unheard voice are worth; how much likeness between two sentences costs
_ORIGIN, _VOICE, _LIKENESS = 0.3, 0.3, 2.0
_LEAST_GAIN = 0.2
# flattens shares, so that what a few say counts beside what all say
_SHARED = 0.7
# what a line is worth that shares no word with others, beside the most central one
_ASIDE = 0.4
_SAME = 0.6
_NUMBER = re.compile(r"\d+")
_DENYING = words_of(
    "not no never without cannot isn aren wasn weren don doesn didn hasn haven won ne pas jamais sans aucun aucune nunca sin ningun لا لم لن ليس ليست بدون غير"
)


def summarise(found: Evidence, before: Sequence[Sentence] = ()) -> tuple[Sentence, ...]:
    """Choose sentences by budgeted submodular coverage (Lin and Bilmes 2011), in order of time; fewer than three where there is less to say.

    What a set of sentences is worth: each thing said counts once, as well as the best sentence saying it stands by itself; a new origin and a new voice
    count too; likeness between sentences is taken off. The first sentence is chosen by its worth for its length, and so on, until the next one would add
    little. Sentences told `before` stay as long as they can still be quoted, unless the whole gets better by `MARGIN` without them.
    Each sentence cites its report first, then up to three of other origins that say the same.
    """
    centre = [_central(one, found) for one in found.candidates]
    most = max(centre, default=0.0) or 1.0
    pool = [_Option.of(one, found, central / most) for one, central in zip(found.candidates, centre, strict=True)]
    told = {(sentence.text, sentence.report_ids[0]) for sentence in before}
    kept = [one for one in pool if (one.text, one.candidate.report.id) in told][:MOST]
    best = sorted((one for one in pool if one not in kept), key=lambda one: (-one.merit, one.order))[:LOOKED_AT]
    chosen = _swapped(_filled(kept, best), best) if kept else _filled([], best)
    return tuple(Sentence(text=one.text, report_ids=(one.candidate.report.id, *_beside(one, pool)), quote=True) for one in sorted(chosen, key=_order))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Option:
    candidate: Candidate
    worth: dict[Slot, float]
    merit: float

    @classmethod
    def of(cls, candidate: Candidate, found: Evidence, central: float) -> "_Option":
        text = candidate.line.text
        quality = candidate.quality * fit(text, SHORTEST, LONGEST) * (1 + 0.2 / (1 + candidate.line.rank)) * (_ASIDE + (1 - _ASIDE) * central)
        worth = {slot: quality * weight(slot) * found.shares.get(slot, 0.0) ** _SHARED for slot in candidate.says}
        worth |= {("origin", candidate.origin): quality * _ORIGIN, ("voice", candidate.report.voice): quality * _VOICE}
        return cls(candidate=candidate, worth=worth, merit=math.fsum(worth.values()) / _cost(text))

    @property
    def text(self) -> str:
        return self.candidate.line.text

    @property
    def order(self) -> tuple[float, str, int]:
        return self.candidate.report.at.timestamp(), self.candidate.report.id, self.candidate.line.rank


def _central(one: Candidate, found: Evidence) -> float:
    """Return how much of what all say a line says, for its length."""
    return math.fsum(sorted(weight(slot) * found.shares.get(slot, 0.0) for slot in one.says if slot[0] == "word")) / _cost(one.line.text)


def _order(one: _Option) -> tuple[float, str, int]:
    return one.order


def _cost(text: str) -> float:
    return math.sqrt(SHORTEST + len(text))


def _filled(start: Sequence[_Option], pool: Sequence[_Option]) -> list[_Option]:
    """Add the sentence that brings most for its length, up to five, while it brings a fifth of what the set is worth per sentence."""
    chosen, worth = list(start), _value(start)
    while len(chosen) < MOST:
        gains = [(_value([*chosen, one]) - worth, one) for one in pool if one not in chosen]
        gain, best = max(gains, key=lambda pair: pair[0] / _cost(pair[1].text), default=(0.0, None))
        least = _LEAST_GAIN * worth / max(1, len(chosen)) if len(chosen) >= FEWEST else 0.02 * worth
        if best is None or gain <= least:
            break
        chosen, worth = [*chosen, best], worth + gain
    return chosen


def _swapped(chosen: list[_Option], pool: Sequence[_Option]) -> list[_Option]:
    """Replace or drop one sentence at a time while the whole gets better by the margin."""
    for _ in range(MOST):
        worth = _value(chosen)
        others = ([*chosen[:i], *one, *chosen[i + 1 :]] for i in range(len(chosen)) for one in ((), *((each,) for each in pool if each not in chosen)))
        best = max(others, key=_value)
        if _value(best) <= worth * (1 + MARGIN):
            break
        chosen = best
    return chosen


def _value(chosen: Iterable[_Option]) -> float:
    """Return what a set of sentences is worth together."""
    options = list(chosen)
    best: dict[Slot, float] = {}
    for one in options:
        for slot, worth in one.worth.items():
            if worth > best.get(slot, 0.0):
                best[slot] = worth
    return math.fsum(best.values()) - _LIKENESS * math.fsum(likeness(a.candidate, b.candidate) ** 2 for a, b in combinations(options, 2))


def likeness(one: Candidate, other: Candidate) -> float:
    """Return the share of the words of the shorter line that the other has too."""
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _words(one: Candidate) -> frozenset[str]:
    return frozenset(slot[1] for slot in one.says if slot[0] == "word")


def _beside(one: _Option, pool: Sequence[_Option]) -> list[str]:
    """Find reports of other origins with a line that has most of its words, its numbers, figures and places, and denies nothing else: they say the same."""
    heard = {one.candidate.origin: ""}
    for other in pool:
        if len(heard) <= MOST_BESIDE and other.candidate.origin not in heard and _same(one.candidate, other.candidate):
            heard[other.candidate.origin] = other.candidate.report.id
    return [report_id for report_id in heard.values() if report_id]


def _same(one: Candidate, other: Candidate) -> bool:
    mine, theirs = _words(one), _words(other)
    if len(mine & theirs) < _SAME * max(len(mine), len(theirs)) or (mine ^ theirs) & _DENYING:
        return False
    places = {slot for slot in one.says if slot[0] == "place"} <= other.says
    return places and _counted(one) == _counted(other)


def _counted(one: Candidate) -> tuple[set[str], set[str]]:
    """Return the numbers of a line, and its figures as they are written."""
    return set(_NUMBER.findall(one.line.text)), {text.casefold() for text, slot in one.names if slot[0] == "figure"}
