"""A partner's reports -> Observation*: strengths that it showed in what it itself reported doing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coalition.strengths import declared, table, words
from coalition.team import Observation

_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One report of a partner: which origin it has (copies count once), and its words. Whoever builds this knows who reported: it goes to no reader."""

    partner_id: str
    origin_id: str
    text: str


def observe(reports: Iterable[Heard]) -> tuple[Observation, ...]:
    """Collect what partners showed they can do, by (partner, strength).

    Only what they call theirs ("our lawyers", "nos médiateurs", "our mobile laboratory"): to report on a court case makes nobody a lawyer.
    Weight is n / (n + 2) for n independent origins.
    """
    origins: dict[tuple[str, str], set[str]] = defaultdict(set)
    for report in reports:
        for strength in _shown(report.text):
            origins[report.partner_id, strength].add(report.origin_id)
    return tuple(
        Observation(partner_id=partner, strength=strength, weight=len(some) / (len(some) + 2), origins=len(some))
        for (partner, strength), some in sorted(origins.items())
    )


def _shown(text: str) -> set[str]:
    theirs = [words_ for sentence in _SENTENCE.split(text) for words_ in _theirs(words(sentence))]
    return {n.strength for n in table().strengths.values() if not n.branch for words_ in theirs if declared(n, words_)}


def _theirs(have: Sequence[str]) -> list[str]:
    """Cut out the word, and the two words, after each word that says whose it is."""
    behind = [have[at + 1 : at + 3] for at, word in enumerate(have) if word in table().own]
    return [" ".join(some[:n]) for some in behind for n in range(1, len(some) + 1)]
