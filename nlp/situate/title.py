"""Report* -> title: the reports' own words, the most central, informative and short."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from nlp.situate.clue import Clue, features
from store.records import TLP, Report

MOST_LETTERS = 90
UNTITLED = "Untitled situation"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NOISE = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@\w+:?|\bRT\b|^\W*urgent\W+|[*#]+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def title(reports: Sequence[Report], origin_of: Mapping[str, str]) -> str:
    """Choose a line of the reports' own as title, never from a TLP:RED one: words that many origins share, few letters, no shouting.

    With nothing to choose from the situation stays untitled.
    """
    open_ones = [r for r in reports if r.sensitivity is not TLP.RED]
    shares = word_shares(open_ones, origin_of)
    lines = [(line, r) for r in open_ones for line in [_line(r)] if line]
    if not lines:
        return UNTITLED
    return max(lines, key=lambda pair: (_merit(pair[0], shares), -pair[1].at.timestamp(), pair[1].id))[0]


def word_shares(reports: Sequence[Report], origin_of: Mapping[str, str]) -> dict[str, float]:
    """Return for each word the share of origins that use it."""
    uses: set[tuple[str, str]] = {(word, origin_of.get(r.id, r.id)) for r in reports for word in words(r.words)}
    origins = len({origin for _, origin in uses}) or 1
    return {word: count / origins for word, count in Counter(word for word, _ in uses).items()}


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text as grouping weighs them."""
    return features(Clue(report_id="", at=_NEVER, voice="", origin_id="", words=text))


def _line(report: Report) -> str:
    cleaned = " ".join(_NOISE.sub(" ", report.title or _SENTENCE_END.split(report.text.strip())[0]).split()).strip(" -–:,")
    if len(cleaned) <= MOST_LETTERS:
        return cleaned
    return cleaned[: MOST_LETTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"


def _merit(line: str, shares: Mapping[str, float]) -> float:
    telling = [shares.get(w, 0.0) for w in set(words(line)) if len(w) > 3]
    letters = [c for c in line if c.isalpha()]
    shouting = sum(c.isupper() for c in letters) > 0.6 * len(letters) if letters else True
    length = 1.0 if 15 <= len(line) <= 70 else 0.7
    return sum(telling) / (len(telling) + 2) * length * (0.3 if shouting else 1.0)
