"""Offset: a distance and a bearing before a name move its point."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.places.offset import offset
from nlp.places.sphere import km
from store.records import Channel, Place, Precision, Report, SourceKind, Toponym

GOMA = Place(id="gn:216281", name="Goma", country="CD", lat=-1.67409, lon=29.22845, admin1="Nord Kivu", population=670_000)
WHEN = datetime(2026, 3, 2, tzinfo=UTC)


def told(text: str, name: str = "Goma", place: Place = GOMA) -> tuple[Toponym, Report]:
    at = text.index(name)
    report = Report(id="r", channel=Channel.PARTNER, source="p", source_kind=SourceKind.PARTNER, key="k", at=WHEN, received_at=WHEN, text=text)
    return Toponym(start=at, end=at + len(name), text=name, place=place, probability=0.9), report


@pytest.mark.parametrize(
    ("text", "name", "far", "north", "east"),
    [
        ("A camp 20 km north of Goma was shelled", "Goma", 20, 1, 0),
        ("some 12.5 kilometres to the south of Goma", "Goma", 12.5, -1, 0),
        ("10 miles west of Goma", "Goma", 16.09, 0, -1),
        ("un camp à 30 km au nord-est de Goma", "Goma", 30, 1, 1),
        ("à 8 km à l’est de Goma", "Goma", 8, 0, 1),
        ("a 15 kilómetros al sur de Goma", "Goma", 15, -1, 0),
        ("على بعد 25 كم شمال غوما", "غوما", 25, 1, 0),
        ("على بعد 25 كيلومترا جنوب شرق غوما", "غوما", 25, -1, 1),
    ],
)
def test_the_point_lies_as_far_and_in_the_direction_that_is_said(text: str, name: str, far: float, north: int, east: int) -> None:
    moved = offset(*told(text, name)).place
    assert km(GOMA, moved.lat, moved.lon) == pytest.approx(far, rel=0.02)
    assert ((moved.lat > GOMA.lat + 0.01) - (moved.lat < GOMA.lat - 0.01), (moved.lon > GOMA.lon + 0.01) - (moved.lon < GOMA.lon - 0.01)) == (north, east)
    assert (moved.precision, moved.country, moved.admin1) == (Precision.EXACT, "CD", "Nord Kivu")


def test_the_named_place_stays_as_runner_up() -> None:
    assert offset(*told("A camp 20 km north of Goma was shelled")).runner_up == GOMA


@pytest.mark.parametrize("text", ["The north of Goma", "20 km of road in Goma", "900 km north of Goma", "0 km north of Goma", "20 years north of Goma"])
def test_without_distance_and_bearing_right_before_it_a_name_stays(text: str) -> None:
    toponym, report = told(text)
    assert offset(toponym, report) is toponym


def test_nothing_is_measured_from_the_middle_of_a_country() -> None:
    kenya = Place(id="gn:192950", name="Kenya", country="KE", lat=1, lon=38, precision=Precision.COUNTRY)
    toponym, report = told("20 km north of Kenya", "Kenya", kenya)
    assert offset(toponym, report) is toponym


@settings(max_examples=60)
@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180), far=st.integers(1, 300))
def test_the_point_always_lies_on_earth(latitude: float, longitude: float, far: int) -> None:
    place = Place(id="gn:1", name="Goma", country="CD", lat=latitude, lon=longitude)
    moved = offset(*told(f"{far} km east of Goma", place=place)).place
    assert -90 <= moved.lat <= 90
    assert -180 <= moved.lon <= 180
