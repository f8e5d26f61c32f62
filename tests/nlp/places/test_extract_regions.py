"""Extract regions: only what the gazetteer needs, the same bytes each time."""

import gzip
import re
from pathlib import Path

import pytest

from nlp.places.extract_regions import TABLES, extract


def _lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in gzip.decompress(path.read_bytes()).decode().split("\n")[:-1]]


def test_only_the_columns_needed_are_kept(packages: Path, tmp_path: Path) -> None:
    extract(packages, packages, tmp_path)
    assert _lines(tmp_path / "regions.tsv.gz")[:2] == [
        ["Ḩalab", "170062", "Aleppo|Aleppo Governorate|حلب", "1", "", "SY"],
        ["Manbij District", "167355", "", "2", "1", "SY"],
    ]
    assert _lines(tmp_path / "countries.tsv.gz")[0] == ["SY", "Syria"]


def test_another_package_lends_a_region_names_and_a_point_but_no_nicknames(packages: Path, tmp_path: Path) -> None:
    extract(packages, packages, tmp_path)
    assert _lines(tmp_path / "regions.tsv.gz")[2] == ["Texas", "4736286", "Tejas", "1", "", "US"]
    assert _lines(tmp_path / "points.tsv.gz") == [["4736286", "31.4757", "-99.3312"]]


def test_a_town_is_listed_once_under_its_smallest_region(packages: Path, tmp_path: Path) -> None:
    extract(packages, packages, tmp_path)
    assert _lines(tmp_path / "towns.tsv.gz") == [
        ["1", "170063"],
        ["2", "167357"],
        ["4", "4717560"],
        ["5", "266826"],
        ["6", "216281"],
        ["7", "6058560|6141439|6167865"],
    ]


def test_the_same_package_gives_the_same_bytes(packages: Path, tmp_path: Path) -> None:
    folders = (tmp_path / "first", tmp_path / "second")
    for folder in folders:
        folder.mkdir()
        extract(packages, packages, folder)
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == second
    assert sorted(first) == ["countries.tsv.gz", "points.tsv.gz", "regions.tsv.gz", "towns.tsv.gz"]
    # seconds since 1970 in the header of gzip
    assert all(body[4:8] == bytes(4) for body in first.values())


def test_a_folder_without_the_tables_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=re.escape("countries.tsv")):
        extract(tmp_path, tmp_path, tmp_path)


def test_the_committed_tables_fit_together() -> None:
    regions = _lines(TABLES / "regions.tsv.gz")
    codes = {code for code, _ in _lines(TABLES / "countries.tsv.gz")}
    assert {len(row) for row in regions} == {6}
    assert {row[5] for row in regions} <= codes
    assert all(not parent or int(regions[int(parent) - 1][3]) < int(level) for _, _, _, level, parent, _ in regions)
    towns = [id_ for number, ids in _lines(TABLES / "towns.tsv.gz") if 0 < int(number) <= len(regions) for id_ in ids.split("|")]
    assert len(towns) == len(set(towns)) > 230_000


def test_the_committed_tables_stay_small() -> None:
    assert all(path.stat().st_size < 1_000_000 for path in TABLES.iterdir())
