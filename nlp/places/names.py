"""Name -> key: the form under which spellings of one name meet."""

import hashlib
import re
import sys
import unicodedata
from functools import lru_cache
from typing import Final

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼ`´ʿʾ\u0640\u200c\u200d\u200e\u200f"), None)
_GAPS = dict.fromkeys(map(ord, "-‐‑‒–—.,/_·()"), " ")
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ə": "e"})
_MARKS = {point: None for point in range(sys.maxunicode + 1) if unicodedata.category(chr(point)) == "Mn"}
_FOLD: Final = {**_MARKS, **_APOSTROPHES, **_GAPS, **_LETTERS}
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az) (?=\w{4})")


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """Fold case, accents, apostrophes, hyphens and Arabic letter variants; "Saint" and "St." become one.

    >>> key("Saint-Marc"), key("Al Ḩasakah"), key("الحديدة")
    ('st marc', 'al hasakah', 'الحديده')
    """
    folded = unicodedata.normalize("NFKD", name.casefold()).translate(_FOLD)
    return " ".join(_SHORT.get(word, word) for word in folded.split())


def variants(folded: str) -> tuple[str, ...]:
    """Return a key and, for a name with the Arabic article, the key without it."""
    bare = _ARTICLE.sub("", folded)
    return (folded,) if bare == folded else (folded, bare)


def digest(folded: str) -> int:
    """Return a key's 64-bit hash."""
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
