"""Name -> the places that bear it; point -> the nearest town. Memory-mapped, with the operator's own places first."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from nlp.places.build import AREA, COUNTRY, DISTRICT, REGION, TOWN, built, demonyms
from nlp.places.names import digest, key, variants
from nlp.places.sphere import on_sphere
from store.errors import ConfigError
from store.records import Place, Precision

_PRECISION: Final = {TOWN: Precision.TOWN, DISTRICT: Precision.DISTRICT, REGION: Precision.REGION, COUNTRY: Precision.COUNTRY, AREA: Precision.COUNTRY}
_REMEMBERED, _MISSED = 20_000, 200_000
_ID = re.compile(r"(gn|area|region):(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that bears a name.

    `primary`: by its own name, not another one; `capital`: of its country; `inside`: ids of the district and then the region around it.
    """

    place: Place
    primary: bool
    capital: bool = False
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrays:
    """The gazetteer as it lies on disk; see nlp/places/build.py for columns."""

    rows: NDArray[Any]
    texts: NDArray[np.uint8]
    keys: NDArray[np.uint64]
    places: NDArray[np.int32]
    primary: NDArray[np.bool_]


class Gazetteer:
    """Looks places up. An own place hides the gazetteer's places of the same name."""

    def __init__(self, arrays: Arrays, own: Mapping[str, tuple[Candidate, ...]]) -> None:
        self._arrays = arrays
        self._own = own
        self._memory: dict[str, tuple[Candidate, ...]] = {}
        self._missed: set[str] = set()

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return every place of that name, in any spelling the key folds together; () when there is none."""
        folded = key(name)
        if folded in self._missed:
            return ()
        known = self._memory.get(folded)
        return self._learn(folded) if known is None else known

    def demonym(self, word: str) -> tuple[Candidate, ...]:
        """Return the country or region that a people or a thing is called after ("Russian", "Syrians"); () for any other word."""
        return tuple(candidate for home in self._demonyms.get(key(word), ()) for candidate in self._called(home))

    def by_id(self, id_: str) -> Place | None:
        """Return the place with this id, or None."""
        own = next((candidate.place for found in self._own.values() for candidate in found if candidate.place.id == id_), None)
        spelled = _ID.fullmatch(id_)
        if own is not None or spelled is None:
            return own
        number = int(spelled[2]) if spelled[1] == "gn" else -int(spelled[2])
        order, ids = self._by_id
        at = int(np.searchsorted(ids, number))
        return self._place(int(order[at])) if at < len(ids) and ids[at] == number else None

    def nearest(self, latitude: float, longitude: float) -> Place:
        """Return the town nearest to a point."""
        _, row = self._tree.query(on_sphere(np.array([[latitude, longitude]]))[0])
        return self._place(int(self._towns[row]))

    def _learn(self, folded: str) -> tuple[Candidate, ...]:
        """Look a key up on disk and remember it; most words are no names, and what is none is remembered by itself."""
        found = self._own.get(folded) or tuple(self._stored(folded))
        kept, most = (self._memory, _REMEMBERED) if found else (self._missed, _MISSED)
        if len(kept) >= most:
            kept.clear()
        if found:
            self._memory[folded] = found
        else:
            self._missed.add(folded)
        return found

    def _stored(self, folded: str) -> Iterator[Candidate]:
        wanted, keys = np.uint64(digest(folded)), self._arrays.keys
        first = int(keys.searchsorted(wanted))
        for at in range(first, len(keys)):
            if keys[at] != wanted:
                break
            row = int(self._arrays.places[at])
            line = self._arrays.rows[row]
            homes = (int(line["district"]), int(line["region"]))
            inside = tuple(_id(int(self._arrays.rows["id"][home]), REGION) for home in homes if home >= 0)
            yield Candidate(place=self._place(row), primary=bool(self._arrays.primary[at]), capital=bool(line["capital"]), inside=inside)

    def _called(self, home: str) -> Iterator[Candidate]:
        """Find a country by its code, or a region by code and name."""
        code, _, name = home.partition(" ")
        if not name:
            yield from (candidate for candidate in self._nations if candidate.place.country == code)
            return
        regions = (candidate for candidate in self.find(name) if candidate.place.precision is Precision.REGION)
        yield from (candidate for candidate in regions if candidate.place.country == code)

    def _place(self, row: int) -> Place:
        line = self._arrays.rows[row]
        region, district = int(line["region"]), int(line["district"])
        kind = int(line["kind"])
        return Place(
            id=_id(int(line["id"]), kind),
            name=self._name(row),
            country=line["country"].decode(),
            lat=round(float(line["lat"]), 5),
            lon=round(float(line["lon"]), 5),
            admin1=self._name(region) if region >= 0 else self._name(row) if kind == REGION else "",
            admin2=self._name(district) if district >= 0 else self._name(row) if kind == DISTRICT else "",
            precision=_PRECISION[kind],
            population=int(line["population"]),
        )

    def _name(self, row: int) -> str:
        line = self._arrays.rows[row]
        return bytes(self._arrays.texts[int(line["name_start"]) : int(line["name_end"])]).decode()

    @cached_property
    def _demonyms(self) -> Mapping[str, tuple[str, ...]]:
        return demonyms()

    @cached_property
    def _nations(self) -> tuple[Candidate, ...]:
        rows = np.flatnonzero(self._arrays.rows["kind"] == COUNTRY)
        return tuple(Candidate(place=self._place(int(row)), primary=True) for row in rows)

    @cached_property
    def _by_id(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(self._arrays.rows["id"], kind="stable")
        return order, self._arrays.rows["id"][order]

    @cached_property
    def _towns(self) -> NDArray[np.int64]:
        return np.flatnonzero(self._arrays.rows["kind"] == TOWN)

    @cached_property
    def _tree(self) -> KDTree:
        towns = self._arrays.rows[self._towns]
        return KDTree(on_sphere(np.column_stack([towns["lat"], towns["lon"]])), balanced_tree=False, compact_nodes=False)


def _id(number: int, kind: int) -> str:
    """Spell a row's number: one that GeoNames did not give is negative."""
    return f"gn:{number}" if number > 0 else f"area:{-number}" if kind == AREA else f"region:{-number}"


def open_gazetteer(folder: Path, own: Path | None) -> Gazetteer:
    """Open the gazetteer kept below `folder` (built there at first use), and read the operator's own places.

    `own` is a CSV with name, lat, lon and optionally country (ISO 3166-1 alpha-2), admin1, aliases (separated by "|").
    Raises ConfigError naming the row that cannot be read, ModelUnavailable when the packaged data is not installed.
    """
    path = built(folder)
    arrays = Arrays(**{name: np.load(path / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in ("rows", "texts", "keys", "places", "primary")})
    plain = Gazetteer(arrays, {})
    return plain if own is None else Gazetteer(arrays, _own_places(own, plain))


def _own_places(path: Path, plain: Gazetteer) -> dict[str, tuple[Candidate, ...]]:
    found: dict[str, tuple[Candidate, ...]] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigError(f"own places: {path} cannot be read as UTF-8 text: {problem}") from problem
    for number, row in enumerate(csv.DictReader(lines), start=2):
        place = _own_place(row, f"own places: {path.name} line {number}", plain)
        names = [place.name, *(row.get("aliases") or "").split("|")]
        for form in dict.fromkeys(form for name in names for form in variants(key(name)) if form):
            found[form] = (*found.get(form, ()), Candidate(place=place, primary=True))
    return found


def _own_place(row: Mapping[str, str | None], where: str, plain: Gazetteer) -> Place:
    name, country = (row.get("name") or "").strip(), (row.get("country") or "").strip().upper()
    latitude, longitude = (_degrees(row.get(column), limit, f"{where}, column {column}") for column, limit in (("lat", 90.0), ("lon", 180.0)))
    if not key(name):
        raise ConfigError(f"{where}: the name is empty")
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise ConfigError(f"{where}: {country!r} is not a country code of two letters")
    near = plain.nearest(latitude, longitude)
    country = country or near.country
    slug = "-".join((*key(name).split(), country.lower()))
    return Place(id=f"own:{slug}", name=name, country=country, lat=latitude, lon=longitude, admin1=(row.get("admin1") or "").strip(), precision=Precision.TOWN)


def _degrees(text: str | None, limit: float, where: str) -> float:
    try:
        value = float(text or "")
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        raise ConfigError(f"{where}: {text!r} is not a number of degrees between -{limit:g} and {limit:g}")
    return value
