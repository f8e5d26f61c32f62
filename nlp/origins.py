"""Report* -> Origin*: which reports are copies of one another."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from heapq import nsmallest
from itertools import chain
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from store.records import Origin, Report

_SHINGLE: Final = 3
_FEWEST_WORDS = 8
# a short report written to a pattern differs from another in one place or number: only nearly all of it makes a copy
_SHORT, _SHORT_SHARE = 20, 0.8
_LONG, _LONG_SHARE = 80, 0.4
_POSTED = 24
_LOOKED_UP = 48
_CHECKED = 8
# a chance phrase or two in common is not worth a comparison
_FEWEST_HITS = 4
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(f"[{_UNSPACED}]{{1,2}}|[^\\W_{_UNSPACED}]+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_FORWARDED = re.compile(r"^\s*(?:rt|via)\s+@\S+", re.IGNORECASE)
_TRACKING = re.compile(r"^(?:utm_.*|fbclid|gclid|ref|cmp)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Text:
    """A report as its wording: plain words and hashed shingles of them."""

    report: Report
    words: tuple[str, ...]
    shingles: frozenset[int]


@dataclass(slots=True)
class _Seen:
    """What has been read so far, in order of time: the root of each report, and where to find earlier ones."""

    roots: dict[int, int]
    plain: dict[tuple[str, ...], int]
    pages: dict[str, int]
    posted: defaultdict[int, list[int]]
    reasons: defaultdict[int, list[str]]
    unique: float


def origins(reports: Sequence[Report], window_days: int = 10) -> tuple[Origin, ...]:
    """Group reports that repeat one text, so that corroboration counts voices and not echoes; every report is in one group.

    Containment of IDF-weighted word 3-shingles in the shorter text, not Jaccard: an abridged wire copy is still a copy (Silcock et al. 2023).
    Candidates come from an exact index of shingles, since hashing for Jaccard would miss the abridged. Texts under 8 words are copies only when
    identical; one web page is one origin. A report is never joined to a root more than `window_days` earlier. Order of the input does not matter.
    """
    texts = _texts(sorted(reports, key=lambda report: (report.at, report.id)))
    weights = _weights(texts)
    window = timedelta(days=window_days)
    seen = _Seen({}, {}, {}, defaultdict(list), defaultdict(list), unique=_rarity(1, len({text.words for text in texts})))
    for number, text in enumerate(texts):
        root, reason = _root(number, texts, weights, seen, window)
        seen.roots[number] = root
        if reason:
            seen.reasons[root].append(reason)
        _post(number, text, weights, seen)
    return tuple(_groups(texts, seen))


def _texts(reports: Iterable[Report]) -> list[_Text]:
    numbers: dict[str, int] = {}
    found = []
    for report in reports:
        words = _words(report.text)
        if len(words) < _FEWEST_WORDS:
            words = _words(report.words)
        found.append(_Text(report, words, _shingles(words, numbers)))
    return found


def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", _FORWARDED.sub(" ", text))).casefold()
    return tuple(_WORD.findall(plain))


def _shingles(words: Sequence[str], numbers: dict[str, int]) -> frozenset[int]:
    """Hash each run of three words; words become numbers by their digest first, so that every process comes to the same."""
    if len(words) < _FEWEST_WORDS:
        return frozenset()
    codes = []
    for word in words:
        code = numbers.get(word)
        if code is None:
            code = numbers[word] = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=7).digest())
        codes.append(code)
    return frozenset(map(hash, zip(*(codes[shift:] for shift in range(_SHINGLE)), strict=False)))


def _weights(texts: Sequence[_Text]) -> dict[int, float]:
    """Weigh each shingle by its rarity among different texts, so that an echo does not make its own words common."""
    different = {text.words: text.shingles for text in texts}
    counts = Counter(chain.from_iterable(different.values()))
    steps = {count: _rarity(count, len(different)) for count in set(counts.values())}
    return {shingle: steps[count] for shingle, count in counts.items()}


def _rarity(count: int, texts: int) -> float:
    return math.log(1.0 + texts / count)


def _telling(text: _Text, weights: Mapping[int, float], unique: float) -> list[int]:
    """Return the shingles worth looking up: the rarest that stand in another text, too."""
    shared = ((-weights[shingle], shingle) for shingle in text.shingles if weights[shingle] < unique)
    return [shingle for _, shingle in nsmallest(_LOOKED_UP, shared)]


def _root(number: int, texts: Sequence[_Text], weights: Mapping[int, float], seen: _Seen, window: timedelta) -> tuple[int, str]:
    text = texts[number]
    earliest = text.report.at - window
    for known, reason in ((seen.plain.get(text.words), "same words"), (seen.pages.get(_page(text.report.url)), "same page")):
        if known is not None and _at(known, texts, seen) >= earliest and (text.words or reason == "same page"):
            return seen.roots[known], reason
    best, share = _closest(number, texts, weights, seen, earliest)
    return (number, "") if best is None else (seen.roots[best], f"shares {share:.0%} of the shorter wording")


def _at(number: int, texts: Sequence[_Text], seen: _Seen) -> datetime:
    return texts[seen.roots[number]].report.at


def _closest(number: int, texts: Sequence[_Text], weights: Mapping[int, float], seen: _Seen, earliest: datetime) -> tuple[int | None, float]:
    text = texts[number]
    hits = Counter(chain.from_iterable(seen.posted.get(shingle, ()) for shingle in _telling(text, weights, seen.unique)))
    best, most = None, 0.0
    for other, common in sorted(hits.items(), key=lambda hit: (-hit[1], hit[0]))[:_CHECKED]:
        if common < min(_FEWEST_HITS, len(text.shingles) // 4, len(texts[other].shingles) // 4):
            continue
        share = _share(text.shingles, texts[other].shingles, weights)
        if share > most and share >= _needed(min(len(text.words), len(texts[other].words))) and _at(other, texts, seen) >= earliest:
            best, most = other, share
    return best, most


def _share(first: frozenset[int], second: frozenset[int], weights: Mapping[int, float]) -> float:
    shorter = min(first, second, key=len)
    weigh = weights.__getitem__
    return math.fsum(map(weigh, first & second)) / math.fsum(map(weigh, shorter))


def _needed(words: int) -> float:
    """Return the share that makes a copy: it falls with the length of the shorter text."""
    along = min(1.0, max(0.0, (words - _SHORT) / (_LONG - _SHORT)))
    return _SHORT_SHARE + along * (_LONG_SHARE - _SHORT_SHARE)


def _page(url: str) -> str:
    """Return a web address without what tracks its reader; the bare site is nobody's page."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.match(name)])
    path = parts.path.rstrip("/")
    return urlunsplit(("", parts.netloc.lower().removeprefix("www."), path, query, "")) if path or query else ""


def _post(number: int, text: _Text, weights: Mapping[int, float], seen: _Seen) -> None:
    """Enter a report where later ones will look; of a much repeated run of words the first and the last two dozen carriers are kept."""
    seen.plain[text.words] = number
    if page := _page(text.report.url):
        seen.pages[page] = number
    for shingle in text.shingles:
        if weights[shingle] >= seen.unique:
            continue
        posted = seen.posted[shingle]
        posted.append(number)
        if len(posted) > 2 * _POSTED:
            del posted[_POSTED]


def _groups(texts: Sequence[_Text], seen: _Seen) -> Iterator[Origin]:
    members: defaultdict[int, list[str]] = defaultdict(list)
    for number, root in seen.roots.items():
        members[root].append(texts[number].report.id)
    for root, ids in members.items():
        counted = Counter(seen.reasons[root])
        reason = "; ".join(f"{reason} ({count})" if count > 1 else reason for reason, count in sorted(counted.items()))
        yield Origin(id=texts[root].report.id, report_ids=tuple(ids), reason=reason)
