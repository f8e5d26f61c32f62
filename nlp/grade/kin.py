"""Report* -> Kin: which voices mostly repeat each other, and since when that is known."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from store.records import Report

Kin: TypeAlias = Mapping[str, Mapping[str, datetime]]
ENOUGH: Final = 3
SHARE: Final = 0.5


def kin(reports: Iterable[Report], origin_of: Mapping[str, str]) -> dict[str, dict[str, datetime]]:
    """Map each voice to those with which it mostly shares its words, and each of these to the moment from which the two count as one.

    That is when they have three origins in common, and these are at least half of what one of them had said by then. Who repeats another that often also
    repeats it in words of its own, which no comparison of texts finds (Dong et al. 2009: dependence between sources). Voices are `folded`. Once kin,
    always kin; order of the input does not matter.
    """
    said: Counter[str] = Counter()
    shared: Counter[frozenset[str]] = Counter()
    carriers: defaultdict[str, set[str]] = defaultdict(set)
    found: dict[str, dict[str, datetime]] = {}
    for report in sorted(reports, key=lambda r: (r.at, r.id)):
        voice, known = folded(report.voice), carriers[origin_of.get(report.id, report.id)]
        if voice in known:
            continue
        said[voice] += 1
        shared.update(frozenset({voice, other}) for other in known)
        for other in known:
            if shared[frozenset({voice, other})] >= max(ENOUGH, SHARE * min(said[voice], said[other])):
                found.setdefault(voice, {}).setdefault(other, report.at)
                found.setdefault(other, {}).setdefault(voice, report.at)
        known.add(voice)
    return found


def folded(voice: str) -> str:
    """Fold case and spaces, so that one voice written in two ways is one."""
    return " ".join(voice.casefold().split())
