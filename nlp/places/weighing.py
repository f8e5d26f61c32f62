"""Names of a report with their candidates -> what speaks for each candidate, as a matrix, and the chances that follow from it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.places.gazetteer import Candidate
from nlp.places.habits import Habit
from nlp.places.sphere import kilometres, on_sphere
from store.records import Precision

Floats = NDArray[np.float64]

# what a candidate has by itself, then what the report's other names lend it; the order of the columns
ALONE: Final = (
    "town's people", "district's people", "region's people", "country", "area", "region", "district", "own name", "operator's own", "type word fits",
    "short form", "country's people", "capital", "at the report's point", "habit: country", "habit: region", "habit: place", "habit: nearby",
    "habit: never there",
)  # fmt: skip
AMONG: Final = (
    "others: country", "others: region", "others: around it", "others: within it", "others: 30 km", "others: 120 km", "others: 500 km",
    "beside: wider", "beside: narrower", "beside: neither", "others: same country said",
)  # fmt: skip
WEIGHTS: Final = Path(__file__).with_name("data") / "resolve_weights.json"
_SMALL = frozenset({Precision.TOWN, Precision.DISTRICT, Precision.EXACT})
_POINT_KM: Final = {Precision.COUNTRY: 800.0, Precision.REGION: 200.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One name of a report: its candidates and what the words around say; `weight` is 1 for the text, more for the report's own place field.

    `wider` is the number of the name right behind its comma ("Paris, Texas"), -1 where there is none.
    """

    candidates: tuple[Candidate, ...]
    of_type: bool = False
    short: bool = False
    weight: float = 1.0
    wider: int = -1


@dataclass(frozen=True, slots=True)
class Sheet:
    """All candidates of all names of a report, one row each: `name` is the number of the name, `country` and `region` are numbered, -1 = none."""

    names: tuple[Named, ...]
    name: NDArray[np.int64]
    weight: Floats
    xyz: Floats
    small: NDArray[np.bool_]
    country: NDArray[np.int64]
    region: NDArray[np.int64]
    is_country: NDArray[np.bool_]
    is_region: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    alone: Floats


def sheet(names: Sequence[Named], point: tuple[float, float] | None, habit: Habit) -> Sheet:
    """Lay out the candidates of all names; `inside[i, j]` says that candidate i lies in the district, region or country that candidate j is."""
    rows = [(number, named, candidate) for number, named in enumerate(names) for candidate in named.candidates]
    places = [candidate.place for _, _, candidate in rows]
    numbers = {id_: number for number, id_ in enumerate(dict.fromkeys(place.id for place in places))}
    codes: dict[str, int] = {}
    country = np.array([codes.setdefault(place.country, len(codes)) if place.country else -1 for place in places])
    regions: dict[tuple[str, str], int] = {}
    region = np.array([regions.setdefault((place.country, place.admin1), len(regions)) if place.admin1 else -1 for place in places])
    kind = np.array([_KINDS[place.precision] for place in places])
    is_country = (kind == _KINDS[Precision.COUNTRY]) & (country >= 0)
    ids = np.array([numbers[place.id] for place in places])
    inside = is_country[None, :] & (country[:, None] == country[None, :]) & (kind[:, None] < kind[None, :])
    for row, (_, _, candidate) in enumerate(rows):
        for home in candidate.inside:
            if home in numbers:
                inside[row] |= ids == numbers[home]
    xyz = on_sphere(np.array([(place.lat, place.lon) for place in places]))
    return Sheet(
        names=tuple(names),
        name=np.array([number for number, _, _ in rows]),
        weight=np.array([named.weight for _, named, _ in rows]),
        xyz=xyz,
        small=np.array([place.precision in _SMALL for place in places]),
        country=country,
        region=region,
        is_country=is_country,
        is_region=kind == _KINDS[Precision.REGION],
        inside=inside,
        alone=_alone([(named, candidate) for _, named, candidate in rows], xyz, point, habit),
    )


_KINDS: Final = {Precision.EXACT: 0, Precision.TOWN: 1, Precision.DISTRICT: 2, Precision.REGION: 3, Precision.COUNTRY: 4}


def _alone(rows: Sequence[tuple[Named, Candidate]], xyz: Floats, point: tuple[float, float] | None, habit: Habit) -> Floats:
    """Measure what speaks for each candidate by itself, shape (candidates, len(ALONE))."""
    found = np.zeros((len(rows), len(ALONE)))
    for row, (named, candidate) in enumerate(rows):
        place, precision = candidate.place, candidate.place.precision
        people = np.log10(place.population + 10.0)
        is_country, is_region, is_district = precision is Precision.COUNTRY, precision is Precision.REGION, precision is Precision.DISTRICT
        found[row, :13] = (
            people * (not (is_country or is_region or is_district)), people * is_district, people * is_region, is_country, is_country and not place.country,
            is_region, is_district, candidate.primary, place.id.startswith("own:"), named.of_type and (is_region or is_district), named.short and is_region,
            people * is_country, candidate.capital,
        )  # fmt: skip
    if point is not None:
        far = kilometres(xyz, on_sphere(np.array([point])))[:, 0]
        scale = np.array([_POINT_KM.get(candidate.place.precision, 60.0) for _, candidate in rows])
        found[:, 13] = np.exp(-far / scale) * np.array([2.0 if named.weight > 1 else 1.0 for named, _ in rows])
    if habit.total:
        found[:, 14:19] = _usual(rows, xyz, habit)
    return found


def _usual(rows: Sequence[tuple[Named, Candidate]], xyz: Floats, habit: Habit) -> Floats:
    """Measure how far each candidate is what this voice usually reports about; a voice heard twice proves little."""
    total = habit.total + 2.0
    places = [candidate.place for _, candidate in rows]
    country = np.array([habit.countries[place.country] for place in places]) / total
    region = np.array([habit.regions[place.country, place.admin1] if place.admin1 else 0 for place in places]) / total
    same = np.log1p(np.array([habit.places[place.id] for place in places]))
    points, share = habit.usual()
    near = np.exp(-kilometres(xyz, points) / 100.0) @ share if len(share) else np.zeros(len(rows))
    never = (country == 0) * min(1.0, habit.total / 30.0)
    return np.column_stack([country, region, same, np.log1p(near), never])


def among(page: Sheet, chances: Floats) -> Floats:
    """Measure what the other names of the report lend each candidate, given everyone's chances so far, shape (candidates, len(AMONG))."""
    votes = page.weight * chances
    other = page.name[:, None] != page.name[None, :]
    total = sum(named.weight for named in page.names) - page.weight
    share = votes[None, :] * other / np.maximum(total, 1.0)[:, None]
    same_country = (page.country[:, None] == page.country[None, :]) & (page.country >= 0)[:, None]
    same_region = (page.region[:, None] == page.region[None, :]) & (page.region >= 0)[:, None]
    around, within = (page.inside * ~page.is_country[None, :]), page.inside.T
    voted = votes[None, :] * other
    return np.column_stack(
        [
            (same_country * share).sum(axis=1),
            np.minimum(2.0, (same_region * voted).sum(axis=1)),
            np.minimum(1.0, (around * voted).sum(axis=1)),
            (within * share).sum(axis=1),
            *_near(page, chances, other),
            *_beside(page, chances),
            np.minimum(1.0, (same_country * page.is_country[None, :] * voted).sum(axis=1)) * ~page.is_country,
        ]
    )


def _near(page: Sheet, chances: Floats, other: NDArray[np.bool_]) -> list[Floats]:
    """Return nearness to the likeliest sense of the nearest other names, towns and districts only: the middle of a country is near to nothing."""
    best = [int(np.flatnonzero(page.name == number)[np.argmax(chances[page.name == number])]) for number in range(len(page.names))]
    kept = [row for row in best if page.small[row]]
    if not kept:
        return [np.zeros(len(chances))] * 3
    far = np.where(other[:, kept], kilometres(page.xyz, page.xyz[kept]), np.inf)
    near = [np.exp(-far / scale) * chances[kept] for scale in (30.0, 120.0, 500.0)]
    return [np.sort(one, axis=1)[:, -2:].sum(axis=1) * page.small for one in near]


def _beside(page: Sheet, chances: Floats) -> list[Floats]:
    """Weigh "Paris, Texas": the narrower name lies in the wider one, and the wider one around the narrower."""
    held, holds, neither = (np.zeros(len(chances)) for _ in range(3))
    for number, named in enumerate(page.names):
        if named.wider >= 0:
            inner, outer = page.name == number, page.name == named.wider
            lies = page.inside[np.ix_(inner, outer)]
            held[inner] = lies @ chances[outer]
            holds[outer] = np.maximum(holds[outer], chances[inner] @ lies)
            neither[inner] = 1.0 - np.minimum(1.0, held[inner])
    return [held, holds, neither]


def softmax(scores: Floats, name: NDArray[np.int64], names: int, none: float = -np.inf) -> Floats:
    """Turn scores into chances; those of each name, and that of "none of them" where it has a score, add up to one."""
    top = np.full(names, none)
    np.maximum.at(top, name, scores)
    powers = np.exp(scores - top[name])
    chances: Floats = powers / (np.bincount(name, powers, names) + np.exp(none - top))[name]
    return chances


@dataclass(frozen=True, slots=True)
class Weights:
    """What each measure weighs: at first sight, with the other names, and against `none`, when the place may be one that the gazetteer does not know."""

    alone: Floats
    together: Floats
    against: Floats
    none: float = -np.inf


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the committed weights; benchmarks/fit_places.py says how they were fitted."""
    return open_weights(WEIGHTS)


def open_weights(path: Path) -> Weights:
    """Read weights as benchmarks/fit_places.py writes them."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    together, against = (np.array([kept[name][one] for one in (*ALONE, *AMONG)]) for name in ("together", "against"))
    return Weights(np.array([kept["alone"][one] for one in ALONE]), together, against, kept["none"])


def weigh(page: Sheet, by: Weights, rounds: int = 2) -> Floats:
    """Return the chances of all candidates: at first sight, then in the light of the other names, `rounds` times."""
    chances = softmax(page.alone @ by.alone, page.name, len(page.names))
    for _ in range(rounds):
        chances = softmax(np.hstack([page.alone, among(page, chances)]) @ by.together, page.name, len(page.names))
    return chances


def listed(page: Sheet, chances: Floats, by: Weights) -> Floats:
    """Return for each name how likely it is one of its candidates at all, and not a place of that name that the gazetteer does not list, shape (names,)."""
    scores = np.hstack([page.alone, among(page, chances)]) @ by.against
    sure: Floats = np.bincount(page.name, softmax(scores, page.name, len(page.names), by.none), len(page.names)).astype(np.float64)
    return sure
