"""Text -> places by other means than ours, on the same gazetteer: what ours is compared with in benchmarks/places.py."""

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.places.everyday import common_words
from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.given import given
from nlp.places.names import key
from nlp.places.recognise import Span
from nlp.places.sphere import kilometres, on_sphere
from store.records import Mention, Place, Precision

Floats = NDArray[np.float64]
Resolver = Callable[[Sequence[Span]], list[Place]]
PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_LONGEST: Final = 5
_NEIGHBOURS: Final = 5
_FARTHEST_KM: Final = 20_015.0
_TYPES: Final = {Precision.COUNTRY: 1.0, Precision.REGION: 0.8, Precision.TOWN: 0.6, Precision.EXACT: 0.6, Precision.DISTRICT: 0.4}


def labelled(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Return what a pipeline calls a place and the gazetteer knows, in the loose spellings that given spans are looked up in."""
    return given(text, [(mention.start, mention.end) for mention in mentions if mention.label in PLACE_LABELS], gazetteer)


def listed(text: str, gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Return the longest runs of up to five capitalised words (any words in a script without capitals) that the gazetteer knows.

    Everyday words alone are left out: a gazetteer of a quarter of a million villages has most of them.
    """
    words = [match.span() for match in _WORD.finditer(text)]
    found: list[Span] = []
    for first, (start, _) in enumerate(words):
        if text[start].islower() or (found and start < found[-1].end):
            continue
        ends = [end for _, end in words[first : first + _LONGEST] if end - start < 60]
        runs = (text[start:end] for end in reversed(ends))
        known = next(((run, one) for run in runs if key(run) not in common_words() and (one := gazetteer.find(run))), None)
        if known is not None:
            found.append(Span(start=start, end=start + len(known[0]), text=known[0], candidates=known[1], sure=1.0))
    return tuple(found)


def by_people(spans: Sequence[Span]) -> list[Place]:
    """Take the place with the most people of each name."""
    return [max((one.place for one in span.candidates), key=lambda place: (place.population, place.id)) for span in spans]


def by_ranking(spans: Sequence[Span]) -> list[Place]:
    """Rank as the Edinburgh geoparser does (Grover et al. 2010): people, type, nearness to the other names, containment; each in [0, 1], added up.

    People by their logarithm. Nearness ("clusteriness"): the mean distance to the nearest sense of each other name, the five nearest of them, on a
    logarithmic scale. Containment: the name right behind is that of a country or region around the candidate ("Paris, Texas").
    """
    candidates = {key(span.text): span.candidates for span in spans}
    points = {name: on_sphere(np.array([(one.place.lat, one.place.lon) for one in some])) for name, some in candidates.items()}
    near = {name: _nearness(points[name], [other for another, other in points.items() if another != name]) for name in points}
    chosen = []
    for span, behind in zip_longest(spans, spans[1:]):
        wider = behind.candidates if behind is not None and 0 < behind.start - span.end <= 2 else ()
        some = candidates[key(span.text)]
        scores = near[key(span.text)] + [_people(one.place) + _TYPES[one.place.precision] + _lies_in(one, wider) for one in some]
        chosen.append(some[int(np.argmax(scores))].place)
    return chosen


def _people(place: Place) -> float:
    return float(np.log10(place.population + 1.0) / np.log10(1.5e9))


def _lies_in(one: Candidate, wider: Sequence[Candidate]) -> float:
    return float(any(wide.place.id in one.inside or _is_country_of(wide.place, one.place) for wide in wider))


def _is_country_of(wide: Place, place: Place) -> bool:
    return wide.precision is Precision.COUNTRY and place.precision is not Precision.COUNTRY and bool(wide.country) and wide.country == place.country


def _nearness(points: Floats, others: Sequence[Floats]) -> Floats:
    if not others:
        return np.zeros(len(points))
    nearest = np.sort(np.stack([kilometres(points, other).min(axis=1) for other in others], axis=1), axis=1)
    mean = nearest[:, :_NEIGHBOURS].mean(axis=1)
    return np.asarray(1.0 - np.log1p(mean) / np.log1p(_FARTHEST_KM))
