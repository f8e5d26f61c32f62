"""Sentence -> who vouches for its figures: "according to the ministry", "OCHA reports"."""

import re
from functools import lru_cache
from typing import Final

from nlp.figures.numbers import listed, vocabulary
from store.records import SourceClass

_APART: Final = re.compile(r"[;؛]")


def vouching(folded: str, span: tuple[int, int], figure: tuple[int, int], language: str) -> SourceClass | None:
    """Return the class of the voice to which the sentence at `span` gives the figure at `figure`; None where it names none of a class we know.

    A voice counts where a word of saying stands within a few words of it; of several the nearest to the figure. What a semicolon parts is apart.
    """
    cuts = [span[0], *(m.end() for m in _APART.finditer(folded, *span)), span[1]]
    start = max(cut for cut in cuts if cut <= figure[0])
    end = min((cut for cut in cuts if cut >= figure[1]), default=span[1])
    hits = list(_voices(language).finditer(folded, start, end))
    if not hits:
        return None
    nearest = min(hits, key=lambda hit: max(hit.start() - figure[1], figure[0] - hit.end(), 0))
    return SourceClass((nearest.lastgroup or "").rstrip("2"))


@lru_cache(maxsize=8)
def _voices(language: str) -> re.Pattern[str]:
    """Return what finds a voice after or before a word of saying; each voice is a group named for its class."""
    said = vocabulary(language)["said"]
    lead, joined = ("(?<!\\w)[وب]?(?:ال|لل)?", "(?:ال|لل)?") if language == "ar" else ("(?<!\\w)", "")
    say = "|".join(listed(said["say"]))
    classes = [one for one in ("un", "government", "media", "partner") if said[one]]
    after = "|".join(rf"(?P<{one}>{joined}(?:{'|'.join(listed(said[one]))}))(?!\w)" for one in classes)
    before = "|".join(rf"(?P<{one}2>{joined}(?:{'|'.join(listed(said[one]))}))(?!\w)" for one in classes)
    few = r"(?:[^\w,;.]+\w+){0,3}?[^\w,;.]+"
    return re.compile(rf"{lead}(?:{say}){few}(?:{after})|{lead}(?:{before})(?=(?:[^\w;.]+\w+){{0,5}}?[^\w;.]+(?:{say})(?!\w))")
