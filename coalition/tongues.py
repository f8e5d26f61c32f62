"""Country* -> language*: which languages are spoken there, and which one officials speak (Unicode CLDR, by Babel)."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from babel.languages import get_territory_language_info

_SHARE = 1.0  # per cent of the people; below that a language is no language of the place


def spoken_in(countries: Iterable[str]) -> frozenset[str]:
    """Name the languages (ISO 639, two letters where there are two) that one person in a hundred speaks there, or that are official.

    `countries` are ISO 3166-1 alpha-2; one that is unknown has none.
    """
    return frozenset(code for country in countries for code, one in _known(country).items() if one["official"] or one["share"] >= _SHARE)


def official(countries: Iterable[str]) -> frozenset[str]:
    """Name the official language of each country that has one for all of it; where there are several, officials may be spoken to in any, and none is named."""
    able = [[code for code, one in _known(country).items() if one["official"]] for country in countries]
    return frozenset(codes[0] for codes in able if len(codes) == 1)


@lru_cache(maxsize=512)
def _known(country: str) -> Mapping[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for tag, info in get_territory_language_info(country).items():
        code, share = tag.partition("_")[0], float(info["population_percent"] or 0.0)
        before = found.get(code, {"share": 0.0, "official": False})
        official_ = info["official_status"] in {"official", "de_facto_official"}
        found[code] = {"share": max(share, before["share"]), "official": official_ or before["official"]}
    return found
