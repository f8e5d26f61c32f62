"""Spans -> Toponyms: which of the places of one name is meant, all names of a report together."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.names import key
from nlp.places.recognise import Span, named
from store.records import Place, Precision, Report, Toponym

_CONSIDERED = 40
_ROUNDS = 2
_KIND: Final = {Precision.COUNTRY: 3.0, Precision.REGION: -0.8, Precision.DISTRICT: -1.0, Precision.TOWN: 0.0, Precision.EXACT: 0.0}
_WIDTH_KM: Final = {Precision.COUNTRY: 800.0, Precision.REGION: 150.0, Precision.DISTRICT: 60.0, Precision.TOWN: 30.0, Precision.EXACT: 1.0}
_POPULATION, _PRIMARY, _OWN = 0.9, 0.5, 5.0
_TYPE, _COUNTRY, _INSIDE, _BESIDE, _NEAR, _POINT = 3.0, 2.5, 1.5, 4.0, 1.0, 4.0
_NEAR_KM, _POINT_KM = 100.0, 60.0


@dataclass(slots=True)
class _Name:
    """One name of a report: its candidates, what speaks for each alone, and its probability so far."""

    spans: list[Span]
    candidates: tuple[Candidate, ...]
    prior: list[float]
    chances: list[float]
    weight: float = 1.0

    @property
    def best(self) -> Candidate:
        """The likeliest candidate."""
        return max(zip(self.chances, self.candidates, strict=True), key=lambda pair: pair[0])[1]


def resolve(report: Report, spans: Sequence[Span], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the report's own place first (where it has one: start = end = 0), then one toponym for each span.

    Candidates are scored by population, kind of place, country and region of the report's other places, nearness to them and to the report's own
    coordinates, and by a wider place right behind a comma; one sense for each name of a report. Context is a weight, never a filter.
    Coordinates that fit no place of the stated name make an exact place of their own, "at:lat,lon".
    """
    point = _point(report)
    field = named(report.place, gazetteer) if report.place else ()
    names = _names(field, weight=3.0) + _names(spans, weight=1.0)
    beside = _adjacent(field) | _adjacent(spans)
    for name in names:
        _add_point(name, point)
    for _ in range(_ROUNDS):
        _weigh(names, beside)
    own = _own_place(report, point, names[: len(_names(field, weight=1.0))], gazetteer)
    rest = (_toponym(span, name) for name in names if name.weight == 1.0 for span in name.spans)
    return (*own, *sorted(rest, key=lambda toponym: toponym.start))


def _point(report: Report) -> tuple[float, float] | None:
    # (0, 0) is what broken forms send for "no coordinates"
    if report.lat is None or report.lon is None or (report.lat == 0 and report.lon == 0):
        return None
    return report.lat, report.lon


def _names(spans: Sequence[Span], weight: float) -> list[_Name]:
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[key(span.text)].append(span)
    return [_name(group, weight) for group in groups.values()]


def _name(spans: list[Span], weight: float) -> _Name:
    of_type = any(span.of_type for span in spans)
    scored = sorted(((_prior(candidate, of_type), candidate) for candidate in spans[0].candidates), key=lambda pair: (-pair[0], pair[1].place.id))[:_CONSIDERED]
    prior = [score for score, _ in scored]
    return _Name(spans, tuple(candidate for _, candidate in scored), prior, _softmax(prior), weight)


def _prior(candidate: Candidate, of_type: bool) -> float:
    place = candidate.place
    score = _POPULATION * math.log10(place.population + 10) + _KIND[place.precision] + _PRIMARY * candidate.primary
    score += _OWN * place.id.startswith("own:")
    return score + _TYPE * (of_type and place.precision in {Precision.REGION, Precision.DISTRICT})


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _adjacent(spans: Sequence[Span]) -> dict[str, str]:
    """Map a name to the one right behind its comma: "Paris, Texas"."""
    return {key(first.text): key(second.text) for first, second in pairwise(spans) if 0 < second.start - first.end <= 2}


def _add_point(name: _Name, point: tuple[float, float] | None) -> None:
    if point is not None:
        strength = _POINT if name.weight > 1.0 else _POINT / 2
        name.prior = [
            score + strength * math.exp(-_km(candidate.place, *point) / max(_POINT_KM, _WIDTH_KM[candidate.place.precision]))
            for score, candidate in zip(name.prior, name.candidates, strict=True)
        ]
        name.chances = _softmax(name.prior)


def _weigh(names: Sequence[_Name], beside: Mapping[str, str]) -> None:
    """Score every candidate once more in the light of the other names' chances."""
    by_key = {key(name.spans[0].text): name for name in names}
    heads = {wider: narrow for narrow, wider in beside.items()}
    fresh = []
    for name in names:
        own_key = key(name.spans[0].text)
        others = [other for other in names if other is not name and key(other.spans[0].text) != own_key]
        wider, narrower = by_key.get(beside.get(own_key, "")), by_key.get(heads.get(own_key, ""))
        fresh.append(_rescored(name, others, wider, narrower))
    for name, scores in zip(names, fresh, strict=True):
        name.chances = _softmax(scores)


def _rescored(name: _Name, others: Sequence[_Name], wider: _Name | None, narrower: _Name | None) -> list[float]:
    votes = _votes(others)
    total = sum(other.weight for other in others) or 1.0
    scores = []
    for base, candidate in zip(name.prior, name.candidates, strict=True):
        score = base + _COUNTRY * votes.get(candidate.place.country, 0.0) / total
        score += _INSIDE * min(1.0, sum(votes.get(home, 0.0) for home in candidate.inside))
        score += _NEAR * _nearness(candidate, others)
        score += _BESIDE * (_held(candidate, wider) if wider else 0.0)
        score += _BESIDE * (_holds(candidate, narrower) if narrower else 0.0)
        scores.append(score)
    return scores


def _votes(others: Sequence[_Name]) -> dict[str, float]:
    votes: defaultdict[str, float] = defaultdict(float)
    for other in others:
        for chance, candidate in zip(other.chances, other.candidates, strict=True):
            votes[candidate.place.country] += other.weight * chance
            votes[candidate.place.id] += chance
    return votes


def _nearness(candidate: Candidate, others: Sequence[_Name]) -> float:
    """Return up to 2 for the two nearest of the other names, towns and districts only: the middle of a country is near to nothing."""
    small = {Precision.TOWN, Precision.DISTRICT, Precision.EXACT}
    if candidate.place.precision not in small:
        return 0.0
    best = (other.best.place for other in others)
    close = sorted((math.exp(-_km(candidate.place, place.lat, place.lon) / _NEAR_KM) for place in best if place.precision in small), reverse=True)
    return sum(close[:2])


def _held(candidate: Candidate, wider: _Name) -> float:
    return sum(chance for chance, around in zip(wider.chances, wider.candidates, strict=True) if _contains(around, candidate))


def _holds(candidate: Candidate, narrower: _Name) -> float:
    return sum(chance for chance, inner in zip(narrower.chances, narrower.candidates, strict=True) if _contains(candidate, inner))


def _contains(around: Candidate, inner: Candidate) -> bool:
    if around.place.precision is Precision.COUNTRY:
        return inner.place.precision is not Precision.COUNTRY and around.place.country == inner.place.country
    return around.place.id in inner.inside


def _km(place: Place, latitude: float, longitude: float) -> float:
    """Return the great-circle distance (haversine)."""
    first, second = math.radians(place.lat), math.radians(latitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(math.radians(longitude - place.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def _toponym(span: Span, name: _Name) -> Toponym:
    return Toponym(start=span.start, end=span.end, text=span.text, place=name.best.place, probability=_sure(name))


def _sure(name: _Name) -> float:
    return round(min(1.0, max(name.chances)), 4)


def _own_place(report: Report, point: tuple[float, float] | None, field: Sequence[_Name], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the report's own place: the stated name where the coordinates do not contradict it, else the coordinates."""
    stated = field[0] if field else None
    if stated is not None and (point is None or _km(stated.best.place, *point) <= _WIDTH_KM[stated.best.place.precision]):
        return (Toponym(start=0, end=0, text=report.place, place=stated.best.place, probability=_sure(stated)),)
    if point is None:
        return ()
    latitude, longitude = round(point[0], 4), round(point[1], 4)
    near = gazetteer.nearest(latitude, longitude)
    words = report.place or f"{latitude}, {longitude}"
    id_ = f"at:{latitude},{longitude}"
    place = Place(id=id_, name=words, country=near.country, lat=latitude, lon=longitude, admin1=near.admin1, precision=Precision.EXACT)
    return (Toponym(start=0, end=0, text=words, place=place, probability=1.0),)
