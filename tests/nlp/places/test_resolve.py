"""Resolve: which place of a name is meant, by size, kind, neighbours, commas and coordinates."""

from typing import Any

import pytest

from nlp.places.gazetteer import Gazetteer
from nlp.places.recognise import recognise
from nlp.places.resolve import resolve
from store.records import Precision, Report, Toponym
from tests.nlp.conftest import Write


@pytest.fixture
def places(small: Gazetteer, write: Write) -> Any:
    """Read the places of a text."""

    def read(text: str, **fields: Any) -> tuple[Toponym, ...]:
        report: Report = write("r", text, **fields)
        return resolve(report, recognise(report.words, (), small, labelled=False), small)

    return read


def _ids(toponyms: tuple[Toponym, ...]) -> list[str]:
    return [toponym.place.id for toponym in toponyms]


def test_without_context_the_largest_is_likeliest(places: Any) -> None:
    (tripoli,) = places("Power is out in Tripoli again.")
    assert tripoli.place.country == "LY"
    assert 0.5 < tripoli.probability < 1.0


def test_a_country_behind_the_comma_decides(places: Any) -> None:
    assert _ids(places("Power is out in Tripoli, Lebanon."))[0] == "gn:266826"
    assert _ids(places("A storm hit Paris, Texas on Monday.")) == ["gn:4717560", "gn:4736286"]


def test_the_other_places_of_the_report_weigh(places: Any) -> None:
    assert _ids(places("The road from Tripoli into Lebanon and on to Aleppo is open."))[0] == "gn:266826"


def test_a_type_word_asks_for_the_region(places: Any) -> None:
    (region,) = places("Shelling in Aleppo governorate.")
    assert region.place.precision is Precision.REGION
    (town,) = places("Shelling in Aleppo.")
    assert town.place.precision is Precision.TOWN


def test_one_name_has_one_sense_in_a_report(places: Any) -> None:
    found = places("In Tripoli, Lebanon, wards are full. Doctors left Tripoli yesterday; only Tripoli has oxygen.")
    assert {toponym.place.id for toponym in found if toponym.text == "Tripoli"} == {"gn:266826"}
    assert [toponym.start for toponym in found] == sorted(toponym.start for toponym in found)


def test_the_place_field_comes_first_and_is_context_for_the_text(places: Any) -> None:
    found = places("Wards are full in Tripoli.", place="Lebanon")
    assert [(toponym.start, toponym.end, toponym.place.id) for toponym in found] == [(0, 0, "gn:272103"), (18, 25, "gn:266826")]
    assert _ids(places("Roads are blocked.", place="Paris, Texas")) == ["gn:4717560"]


def test_coordinates_choose_between_places_of_the_stated_name(places: Any) -> None:
    assert _ids(places("Roads are blocked.", place="Tripoli", lat=34.44, lon=35.85)) == ["gn:266826"]


def test_coordinates_far_from_the_stated_name_stand_for_themselves(places: Any) -> None:
    (exact,) = places("Roads are blocked.", place="Goma", lat=36.45678, lon=37.51234)
    assert (exact.place.id, exact.place.name, exact.place.precision) == ("at:36.4568,37.5123", "Goma", Precision.EXACT)
    assert (exact.place.country, exact.place.admin1, exact.probability) == ("SY", "Ḩalab", 1.0)


def test_coordinates_without_words_are_a_place(places: Any) -> None:
    (exact,) = places("Roads are blocked.", lat=36.2, lon=37.1)
    assert (exact.text, exact.place.name) == ("36.2, 37.1", "36.2, 37.1")


def test_zero_zero_is_no_place(places: Any) -> None:
    assert places("Roads are blocked.", lat=0.0, lon=0.0) == ()
    assert places("Roads are blocked.", place="beyond the hill") == ()


def test_coordinates_are_context_for_the_text(places: Any) -> None:
    found = places("Everyone in Tripoli heard it.", lat=34.45, lon=35.82)
    assert found[0].place.id == "at:34.45,35.82"
    assert found[1].place.id == "gn:266826"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Fighting in Tripoli, Lebanon, closed the schools.", "LB"),
        ("A tornado struck Paris, Texas.", "US"),
        ("Cholera spreads in Goma and Bukavu.", "CD"),
        ("Families from San José, Costa Rica, wrote to us.", "CR"),
        ("The strike in Marseille goes on.", "FR"),
    ],
)
def test_real_names_resolve_to_their_country(gazetteer: Gazetteer, write: Write, text: str, country: str) -> None:
    report = write("r", text)
    found = resolve(report, recognise(text, (), gazetteer, labelled=False), gazetteer)
    assert found[0].place.country == country
