"""A gazetteer of two dozen places, built by the real code from small files in the formats of the packages it comes from."""

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.places import build
from nlp.places.extract_regions import extract
from nlp.places.gazetteer import Gazetteer, open_gazetteer

# ISO code, GeoNames id, name, people, capital
NATIONS = [
    ("SY", 163843, "Syria", 16_906_283, "Damascus"), ("LB", 272103, "Lebanon", 6_848_925, "Beirut"), ("LY", 2215636, "Libya", 6_678_567, "Tripoli"),
    ("US", 6252001, "United States", 327_167_434, "Washington"), ("FR", 3017382, "France", 66_987_244, "Paris"),
    ("CD", 203312, "Democratic Republic of the Congo", 84_068_091, "Kinshasa"), ("AQ", 6697173, "Antarctica", 0, ""),
    ("GB", 2635167, "United Kingdom", 66_488_991, "London"), ("CA", 6251999, "Canada", 37_058_856, "Ottawa"),
    ("SA", 102358, "Saudi Arabia", 33_699_947, "Riyadh"), ("LK", 1227603, "Sri Lanka", 21_670_000, "Colombo"),
]  # fmt: skip
# name, ISO code, GeoNames code, id, type, aliases, level, parent (line), country (line)
DIVISIONS = [
    ("Ḩalab", "SY-HL", "SY.09", 170062, "Province", "Aleppo|Aleppo Governorate|حلب", 1, "", 1),
    ("Manbij District", "", "SY.09.1", 167355, "", "", 2, 1, 1),
    ("Texas", "US-TX", "US.TX", 4736286, "State", "", 1, "", 4),
    ("Lamar County", "", "US.TX.277", 4705086, "", "", 2, 3, 4),
    ("Liban-Nord", "LB-AS", "LB.09", 266826001, "Governorate", "", 1, "", 2),
    ("Nord-Kivu", "CD-NK", "CD.11", 206938, "Province", "Province du Nord-Kivu", 1, "", 6),
    ("Ontario", "CA-ON", "CA.08", 6093943, "Province", "", 1, "", 9),
    ("Lubero, Territoire de", "", "CD.11.1", "", "", "", 2, 6, 6),
    ("Empty County", "", "US.TX.999", 4799999, "", "", 2, 3, 4),
    ("Freeport County", "", "US.FL.1", 4799998, "", "", 2, "", 4),
]
ISO = {"US": {"US-TX": {"localOtherName": "Tejas (spa), The Lone Star State (eng)", "latLng": [31.4757, -99.3312]}}, "LB": {"LB-AS": {"latLng": None}}}
# id, name, lat, lon, country, population, other names, divisions (lines)
TOWNS: list[tuple[int, str, float, float, str, int, list[str], str]] = [
    (170063, "Aleppo", 36.20124, 37.16117, "SY", 2_098_210, ["حلب", "Alep", "halb", "ALP"], "1"),
    (167357, "Manbij", 36.52814, 37.95494, "SY", 99_497, ["منبج", ""], "1|2"),
    (173811, "Al Ḩasakah", 36.50237, 40.74772, "SY", 422_445, ["الحسكة", "Al-Hasakah"], ""),
    (98182, "Baghdad", 33.34058, 44.40088, "SA", 7_216_000, ["بغداد"], ""),
    (173576, "Latakia", 35.53168, 35.79011, "SY", 340_181, ["اللاذقية"], ""),
    (2210247, "Tripoli", 32.88743, 13.18733, "LY", 1_302_947, ["طرابلس"], ""),
    (266826, "Tripoli", 34.43352, 35.84415, "LB", 229_398, ["طرابلس"], "5"),
    (2988507, "Paris", 48.85341, 2.3488, "FR", 2_138_551, [], ""),
    (4717560, "Paris", 33.66094, -95.55551, "US", 24_782, [], "3|4"),
    (216281, "Goma", -1.67409, 29.22845, "CD", 670_000, ["Ngoma"], "6"),
    (5104844, "Union", 40.6976, -74.2632, "US", 56_642, [], ""),
    (2990440, "Nice", 43.70313, 7.26608, "FR", 338_620, [], ""),
    (4155751, "Freeport", 30.49825, -86.13605, "US", 1_800, [], ""),
    (2643743, "London", 51.50853, -0.12574, "GB", 8_961_989, ["Londres"], ""),
    (6058560, "London", 42.98339, -81.23304, "CA", 422_324, [], "7"),
    (6167865, "Toronto", 43.70643, -79.39864, "CA", 2_731_571, [], "7"),
    (6141439, "Sarnia", 42.97866, -82.40407, "CA", 144_172, [], "7"),
    (105299, "Hafar Al-Batin", 28.43279, 45.97077, "SA", 271_642, ["حفر الباطن"], ""),
    (1241622, "Nuwara Eliya", 6.97078, 80.78286, "LK", 25_775, [], ""),
]  # fmt: skip
LISTS = {
    "areas": "6255146\tAfrica\t7.1881\t21.09375\tAfrique\t\n-900000020\tJazira\t36.5\t40.5\tJezireh\tSY",
    "country_names": "CD\tDRC|DR Congo\nUS\tUSA|U.S.",
    "country_points": "SY\t35.0\t38.0",
    "short_names": "US Texas\tTX|Tex.\nCA Ontario\tON|Ont.",
}


def _write(folder: Path) -> None:
    cities: dict[str, Any] = {}
    for id_, name, latitude, longitude, country, people, others, _ in TOWNS:
        cities[str(id_)] = {
            "geonameid": id_, "name": name, "latitude": latitude, "longitude": longitude,
            "countrycode": country, "population": people, "alternatenames": others,
        }  # fmt: skip
    (folder / "cities500.json").write_text(json.dumps(cities), encoding="utf-8")
    nations = {code: {"geonameid": id_, "name": name, "population": people, "capital": seat} for code, id_, name, people, seat in NATIONS}
    (folder / "countries.json").write_text(json.dumps(nations), encoding="utf-8")
    (folder / "iso3166-2.json").write_text(json.dumps(ISO), encoding="utf-8")
    tables: dict[str, Any] = {
        "countries": [(name, code, "", id_, "", "", "", "", "", "", "", "") for code, id_, name, _, _ in NATIONS],
        "subdivisions": DIVISIONS,
        "cities": [(name, id_, homes, 1, people, latitude, longitude) for id_, name, latitude, longitude, _, people, _, homes in TOWNS],
    }
    for name, rows in tables.items():
        (folder / "data" / name).mkdir(parents=True)
        (folder / "data" / name / f"{name}.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small files once; one folder stands for all the packages."""
    folder = tmp_path_factory.mktemp("packages")
    _write(folder)
    return folder


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small gazetteer once."""
    packages, folder, tables = (tmp_path_factory.mktemp(name) for name in ("packages", "models", "tables"))
    _write(packages)
    extract(packages, packages, tables)
    for name, lines in LISTS.items():
        (tables / f"{name}.tsv").write_text(f"# what the columns are\n{lines}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_data", lambda _package, *parts: packages / parts[-1])
        patch.setattr(build, "_TABLES", tables)
        build.built(folder)
    return folder


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Gazetteer:
    """Open the small gazetteer."""
    return open_gazetteer(small_folder, None)
