"""Report -> Line*: its title and its sentences, whole and word for word, and how well each stands by itself."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.places.everyday import function_words
from nlp.places.words import words_of
from store.records import Report

SHORTEST, LONGEST = 40, 240
MOST_CHARACTERS = 8_000
_END = re.compile(r"(?<=[.!?؟。！？…])[\"'”’»)\]]*\s+|\s*\n\s*|(?<=[。！？])(?![\s。！？\"'”’»)\]」』）])")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Gov|No|Nos|Art|vs|approx|ca|e\.g|i\.e|etc|Prof|Sr|Jr|Inc|Ltd|Corp)|\b\w) ?\.$")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
NOISE = re.compile(r"(?:https?:|www\.)\S*|\bhttps?\b|(?<!\w)@\w+:?|\bRT\b|^\W*urgent\b\W*", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w")
_DIALLED = re.compile(r"(?<![\w./,])[+(]*\d(?:[\s().\-/]{0,2}\d){6,}(?![\w/])")
_COUNTED = re.compile(r"\d{1,3}(?:[,.]\d{3})+|\d{1,2}(?:\s\d{3}){2}|.*000|\d+\.\d+|(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d|\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
# words that lean on a sentence before them, as a first word; in a language not listed nothing is held against a line
_LEANING = words_of(
    "and but or so he she it they his her its their him them this these those that which who because also however then thus therefore moreover meanwhile "
    "et mais ou il elle ils elles ce cela ces cette car donc aussi lui leur "
    "y pero o ella ellos ellas esto eso ese esa este estos estas porque tambien sin embargo "
    "و لكن او هو هي هم هذا هذه ذلك كما لان"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence: white space collapsed, else word for word characters [start, end) of Report.words; `rank` counts the report's lines from 0."""

    text: str
    start: int
    end: int
    rank: int


def lines(report: Report) -> tuple[Line, ...]:
    """Split a report into its lines; of a very long one only the first 8,000 characters are looked at.

    A line break ends a line unless the sentence plainly goes on in small letters; an abbreviation never does.
    """
    words = report.words[:MOST_CHARACTERS]
    whole = len(words) == len(report.words)
    spans = [(start, end) for start, end in _spans(words) if any(c.isalpha() for c in words[start:end])]
    spans = spans if whole or len(spans) < 2 else spans[:-1]
    return tuple(Line(text=" ".join(words[start:end].split()), start=start, end=end, rank=rank) for rank, (start, end) in enumerate(spans))


def _spans(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(words):
        head, after = words[start : end.end()].rstrip(), words[end.end() : end.end() + 1]
        goes_on = after.islower() and end.group().count("\n") < 2 and not head.endswith(("!", "?", "؟", "…"))
        if not head or goes_on or ("\n" not in end.group() and _ABBREVIATED.search(head)):
            continue
        yield start, start + len(head)
        start = end.end()
    if words[start:].strip():
        yield start, len(words.rstrip())


def private(text: str) -> bool:
    """Say whether a text holds an e-mail address or what may be a telephone number: seven digits that are neither a round count nor a date."""
    return bool(_MAIL.search(text)) or any(not _COUNTED.fullmatch(found.group()) for found in _DIALLED.finditer(text))


def terms(text: str) -> frozenset[str]:
    """Return the words of a text, folded and cut to six letters; of scripts without spaces pairs of characters. Links and addresses are no words."""
    words = _WORD.findall(_folded(NOISE.sub(" ", text)))
    if text.isascii():
        return frozenset(word[:6] for word in words if len(word) > 1)
    return frozenset(part for word in words for part in _parts(word))


def _parts(word: str) -> Iterator[str]:
    if _UNSPACED.search(word):
        yield from (word[i : i + 2] for i in range(max(1, len(word) - 1)))
    elif len(word) > 1:
        yield word[:6]


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def grammar() -> frozenset[str]:
    """Return the words of grammar of the languages we have lists for, as `terms` writes them."""
    return frozenset(part for word in function_words() for part in _parts(_folded(word).strip("'’")))


def standing(text: str) -> float:
    """Grade in (0, 1] how well a line stands by itself: begun and ended, leaning on nothing, neither shouted, asked nor mostly marks and links."""
    letters = [c for c in text if c.isalpha()]
    bare = NOISE.sub(" ", text)
    first = next(iter(_WORD.findall(_folded(bare))), "")
    faults = (
        (0.4, bare.lstrip()[:1] in ",;:.)]?!'`"),
        (0.5, first in _LEANING or bare.lstrip(" \"'“«(")[:1].islower()),
        (0.4, sum(c.isupper() for c in letters) > 0.6 * len(letters)),
        (0.5, len(letters) < 0.65 * len(text.replace(" ", ""))),
        (0.6, text.rstrip("\"'”’»)").endswith(("…", "...", ":", ",", ";", "-"))),
        (0.6, text.rstrip("\"'”’»)").endswith(("?", "؟", "？"))),
        (0.6, text.count("“") != text.count("”") or text.count('"') % 2 == 1 or text.count("(") != text.count(")")),
        (0.7, bare != text),
        (0.6, text.count("#") > 2),
    )
    grade = 1.0
    for factor, wrong in faults:
        grade *= factor if wrong else 1.0
    return grade


def fit(text: str, shortest: int, longest: int) -> float:
    """Return 1 where a text is between so many characters long, less beyond; a character of a script without spaces counts for two."""
    length = len(text) + len(_UNSPACED.findall(text))
    return min(1.0, length / shortest, (longest / length) ** 2 if length else 0.0)
