"""Word -> rarity: how telling a word is, from how many reports of the past use it."""

import math
from collections import Counter
from collections.abc import Iterable

PRIOR_REPORTS = 100.0
# Pseudo-reports standing for all language before anything was read: short words are common in every language (Zipf's law of abbreviation).
_PRIOR_SHARE = {1: 0.6, 2: 0.6, 3: 0.4, 4: 0.15, 5: 0.06}
_PRIOR_REST = 0.01
# Words that a smaller share of reports uses are weighed alike: what hardly anyone says twice cannot join reports and would only lengthen their vectors.
_RARE = 0.005


class Rarity:
    """How many reports in the window use each word; inverse document frequency, from the past only."""

    def __init__(self) -> None:
        self.reports = 0
        self._uses: Counter[str] = Counter()
        self._known: dict[str, float] = {}

    def add(self, words: Iterable[str]) -> None:
        """Count a report that came in."""
        self._known = {}
        self.reports += 1
        self._uses.update(words)

    def drop(self, words: Iterable[str]) -> None:
        """Count a report that left no more."""
        self._known = {}
        self.reports -= 1
        for word in words:
            self._uses[word] -= 1
            if not self._uses[word]:
                del self._uses[word]

    def of(self, word: str) -> float:
        """Return the inverse document frequency of a word, at least 0."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._reckon(word)
        return found

    def _reckon(self, word: str) -> float:
        believed = PRIOR_REPORTS * _PRIOR_SHARE.get(len(word), _PRIOR_REST)
        return max(0.0, math.log((PRIOR_REPORTS + self.reports + 1) / (believed + max(self._uses[word], self.reports * _RARE))))

    def vector(self, words: Iterable[str]) -> dict[str, float]:
        """Return words with their parts of a unit vector; common ones may have 0."""
        weighed = {word: self.of(word) for word in words}
        length = math.sqrt(sum(part * part for part in weighed.values()))
        return {word: part / length for word, part in weighed.items() if part} if length else {}
