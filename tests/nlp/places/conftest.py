"""A gazetteer of a dozen places, built by the real code from small files in the formats of the packages it comes from."""

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.places import build
from nlp.places.extract_regions import extract
from nlp.places.gazetteer import Gazetteer, open_gazetteer

NATIONS = [
    ("SY", 163843, "Syria", 16_906_283), ("LB", 272103, "Lebanon", 6_848_925), ("LY", 2215636, "Libya", 6_678_567),
    ("US", 6252001, "United States", 327_167_434),
    ("FR", 3017382, "France", 66_987_244), ("CD", 203312, "Democratic Republic of the Congo", 84_068_091), ("AQ", 6697173, "Antarctica", 0),
]  # fmt: skip
# name, ISO code, GeoNames code, id, type, aliases, level, parent (line), country (line)
DIVISIONS = [
    ("Ḩalab", "SY-HL", "SY.09", 170062, "Province", "Aleppo|Aleppo Governorate|حلب", 1, "", 1),
    ("Manbij District", "", "SY.09.1", 167355, "", "", 2, 1, 1),
    ("Texas", "US-TX", "US.TX", 4736286, "State", "", 1, "", 4),
    ("Lamar County", "", "US.TX.277", 4705086, "", "", 2, 3, 4),
    ("Liban-Nord", "LB-AS", "LB.09", 266826001, "Governorate", "", 1, "", 2),
    ("Nord-Kivu", "CD-NK", "CD.11", 206938, "Province", "Province du Nord-Kivu", 1, "", 6),
]
# id, name, lat, lon, country, population, other names, divisions (lines)
TOWNS: list[tuple[int, str, float, float, str, int, list[str], str]] = [
    (170063, "Aleppo", 36.20124, 37.16117, "SY", 2_098_210, ["حلب", "Alep", "halb", "ALP"], "1"),
    (167357, "Manbij", 36.52814, 37.95494, "SY", 99_497, ["منبج", ""], "1|2"),
    (173811, "Al Ḩasakah", 36.50237, 40.74772, "SY", 422_445, ["الحسكة", "Al-Hasakah"], ""),
    (2210247, "Tripoli", 32.88743, 13.18733, "LY", 1_302_947, ["طرابلس"], ""),
    (266826, "Tripoli", 34.43352, 35.84415, "LB", 229_398, ["طرابلس"], "5"),
    (2988507, "Paris", 48.85341, 2.3488, "FR", 2_138_551, [], ""),
    (4717560, "Paris", 33.66094, -95.55551, "US", 24_782, [], "3|4"),
    (216281, "Goma", -1.67409, 29.22845, "CD", 670_000, ["Ngoma"], "6"),
    (5104844, "Union", 40.6976, -74.2632, "US", 56_642, [], ""),
    (2990440, "Nice", 43.70313, 7.26608, "FR", 338_620, [], ""),
    (4155751, "Freeport", 30.49825, -86.13605, "US", 1_800, [], ""),
]  # fmt: skip


def _write(folder: Path) -> None:
    cities: dict[str, Any] = {}
    for id_, name, latitude, longitude, country, people, others, _ in TOWNS:
        cities[str(id_)] = {
            "geonameid": id_, "name": name, "latitude": latitude, "longitude": longitude,
            "countrycode": country, "population": people, "alternatenames": others,
        }  # fmt: skip
    (folder / "cities500.json").write_text(json.dumps(cities), encoding="utf-8")
    nations = {code: {"geonameid": id_, "name": name, "population": people} for code, id_, name, people in NATIONS}
    (folder / "countries.json").write_text(json.dumps(nations), encoding="utf-8")
    tables: dict[str, Any] = {
        "countries": [(name, code, "", id_, "", "", "", "", "", "", "", "") for code, id_, name, _ in NATIONS],
        "subdivisions": DIVISIONS,
        "cities": [(name, id_, homes, 1, people, latitude, longitude) for id_, name, latitude, longitude, _, people, _, homes in TOWNS],
    }
    for name, rows in tables.items():
        (folder / "data" / name).mkdir(parents=True)
        (folder / "data" / name / f"{name}.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small files once."""
    folder = tmp_path_factory.mktemp("packages")
    _write(folder)
    return folder


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small gazetteer once."""
    packages = tmp_path_factory.mktemp("packages")
    _write(packages)
    tables = tmp_path_factory.mktemp("tables")
    extract(packages, tables)
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_data", lambda _package, *parts: packages / parts[-1])
        patch.setattr(build, "_TABLES", tables)
        build.built(folder)
    return folder


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Gazetteer:
    """Open the small gazetteer."""
    return open_gazetteer(small_folder, None)
