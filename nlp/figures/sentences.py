"""Text -> its sentences as spans, and its letters folded one for one so that spans stay true."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

SPOKEN: Final = frozenset({"en", "fr", "es", "ar"})
_LONGEST: Final = 2_000
# a sentence ends at . ! ? followed by space, or at a line break; an initial or a shortened word before the dot ends nothing
_END: Final = re.compile(
    r"[.!?…؟؛。\n](?:(?<=\n)\n*|(?<!\n)(?<!\b\w\.)(?<!\b(?:Dr|Mr|Ms|St|No|mn|bn)\.)"
    r"(?<!\b(?:Mrs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Gov|Gen|Col)\.)[\"'»”’)\]]*\s+(?=\S))"
)


def spoken(text: str, language: str) -> str:
    """Name the language whose words to look for: an undetermined text is Arabic if it has Arabic letters, else English; "" where we have none."""
    if language in SPOKEN:
        return language
    if language != "und":
        return ""
    return "ar" if re.search("[\u0620-\u064a]", text) else "en"


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences, as spans of characters; a run of over 2,000 without an end is cut behind a space."""
    cuts = [0, *(m.end() for m in _END.finditer(text)), len(text)]
    return [piece for start, end in pairwise(cuts) if end > start for piece in _pieces(text, start, end)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what no full stop ends: the work on a sentence grows with its square."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def telling(spans: Sequence[tuple[int, int]], spots: Iterable[int]) -> list[tuple[int, int]]:
    """Return the sentences in which one of the places lies, each once, in order."""
    starts = [start for start, _ in spans]
    return [spans[number] for number in sorted({bisect_right(starts, spot) - 1 for spot in spots})]


def fold(text: str) -> str:
    """Return `text` in small letters, without accents, with Western digits and one shape of each Arabic letter, every character in its old place."""
    small = text.lower()
    if small.isascii():
        return small
    if len(small) != len(text):
        small = "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text)
    return plain(small)


def plain(text: str) -> str:
    """Fold as `fold` does, but leave capitals alone."""
    return text.translate(_PLAIN)


def _plain() -> dict[int, str]:
    """Map each accented Latin letter to its base, each digit to its Western one, and the shapes of Arabic letters to one."""
    table = {code: chr(code) for code in (*range(0xC0), *range(0x600, 0x700))}  # what stays as it is: a missing key would be slow
    table |= {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)}
    table |= {start + digit: str(digit) for start in (0x660, 0x6F0) for digit in range(10)}
    return table | dict(zip(map(ord, "أإآٱىةؤئ’‘٬٫\u00a0\u202f\u2009"), "اااايهوي'',.   ", strict=True))


_PLAIN: Final = _plain()
