"""Support -> Confidence: how much evidence there is, how independent, how much of one mind, and how plainly it was read."""

from dataclasses import dataclass
from statistics import median

from coalition.shift import Support
from store.cards import Confidence

_HIGH, _MODERATE = (8, 3), (4, 2)  # independent origins, kinds of source
_OWN_VOICE = 0.5  # voices by origin: with fewer, few speak often
_AGREE = 2 / 3  # of the origins that speak of this obstacle at all
_PLAIN = 0.5  # median weight of the readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """A degree of confidence, and what it rests on in words."""

    level: Confidence
    why: str


def confidence(said: Support, opposed: Support) -> Sure:
    """Grade the evidence for an obstacle, apart from any probability.

    High from eight independent origins of three kinds of source, moderate from four of two kinds, else low. One degree less for each of these: fewer than
    half as many voices as origins; less than two thirds of the origins that speak of it of one mind (`opposed` say the contrary); half of the readings
    under a weight of .5. The degrees are set by judgement, after ICD 203 (2015), which asks for confidence to be kept apart from likelihood.
    """
    counts = (said.origins, len(said.source_kinds))
    degree = 2 if _reaches(counts, _HIGH) else 1 if _reaches(counts, _MODERATE) else 0
    doubts = _doubts(said, opposed)
    return Sure(level=list(Confidence)[max(0, degree - len(doubts))], why="; ".join(doubts) or "of one mind and plainly said")


def _reaches(counts: tuple[int, int], asked: tuple[int, int]) -> bool:
    return counts[0] >= asked[0] and counts[1] >= asked[1]


def _doubts(said: Support, opposed: Support) -> list[str]:
    if not said.origins:
        return ["nobody speaks of it"]
    doubts = {
        "few voices speak often": said.voices < _OWN_VOICE * said.origins,
        "others say the contrary": said.origins < _AGREE * (said.origins + opposed.origins),
        "it is seldom said plainly": _plainness(said) < _PLAIN,
    }
    return [words for words, holds in doubts.items() if holds]


def _plainness(said: Support) -> float:
    """Return the median weight with which the obstacle was read."""
    return median(max((r.weight for r in t.obstacles if r.obstacle is said.obstacle), default=0.0) for t in said.testimonies)
