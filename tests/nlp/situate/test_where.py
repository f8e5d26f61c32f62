import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.where import MOST_SPOTS, UNKNOWN, apart, nearby, spots
from store.records import Place, Precision


def place(id_: str, lat: float = 0.0, lon: float = 0.0, country: str = "XA", **more: object) -> Place:
    return Place(id=id_, name=id_, country=country, lat=lat, lon=lon, **more)  # type: ignore[arg-type]


def compared(here: list[Place], there: list[Place]) -> tuple[float, bool, float | None]:
    found = apart(spots(here), spots(there))
    return found.shared, found.nested, found.kilometres


LAND = place("land", precision=Precision.COUNTRY)
REGION = place("region", admin1="01", precision=Precision.REGION)
TOWN, VILLAGE, ABROAD = place("town", admin1="01"), place("village", 0.0, 1.0, admin1="02"), place("abroad", 0.0, 90.0, "XB")


def test_where_one_names_no_place_nothing_is_known() -> None:
    assert apart((), spots([TOWN])) == apart(spots([TOWN]), ()) == UNKNOWN
    assert (UNKNOWN.near, UNKNOWN.far) == (False, False)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ([TOWN], [TOWN], (1.0, False, None)),
        ([TOWN, ABROAD], [TOWN, VILLAGE], (0.5, False, None)),
        ([LAND], [TOWN], (0.0, True, None)),
        ([REGION], [TOWN], (0.0, True, None)),
        ([LAND], [REGION], (0.0, True, None)),
        ([REGION], [VILLAGE], (0.0, False, pytest.approx(111.2, abs=0.1))),
        ([TOWN], [ABROAD], (0.0, False, pytest.approx(10007.6, abs=1))),
        ([TOWN, ABROAD], [VILLAGE], (0.0, False, pytest.approx(111.2, abs=0.1))),
        ([LAND], [ABROAD], (0.0, False, pytest.approx(10007.6, abs=1))),
    ],
)
def test_places_are_the_same_or_one_holds_the_other_or_the_nearest_are_so_far_apart(
    here: list[Place], there: list[Place], expected: tuple[float, bool, float | None]
) -> None:
    assert compared(here, there) == compared(there, here) == expected


def test_a_neighbouring_town_is_near_and_another_continent_far() -> None:
    assert apart(spots([TOWN]), spots([VILLAGE])).near
    assert apart(spots([TOWN]), spots([ABROAD])).far
    assert apart(spots([TOWN]), spots([LAND])).near


def test_two_places_without_a_country_hold_each_other_in_no_way() -> None:
    areas = [place(name, 0.0, lon, country="", precision=Precision.REGION) for name, lon in (("sahel", 0.0), ("levant", 40.0))]
    assert apart(spots(areas[:1]), spots(areas[1:])).far


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_no_two_places_are_further_apart_than_half_way_round(lat: float, lon: float, other: float, east: float) -> None:
    found = apart(spots([place("a", lat, lon)]), spots([place("b", other, east)]))
    assert found.kilometres is not None
    assert 0.0 <= found.kilometres <= 20016.0


def test_long_lists_are_cut_and_repeats_count_once() -> None:
    assert len(spots([place(str(n)) for n in range(20)])) == MOST_SPOTS
    assert len(spots([TOWN, TOWN])) == 1


def test_one_name_resolved_in_two_ways_tells_nothing() -> None:
    elsewhere = Place(id="other town", name="Town", country="XB", lat=0.0, lon=90.0)
    assert apart(spots([TOWN]), spots([elsewhere])) == UNKNOWN


def test_the_share_of_reports_near_by_is_whole_where_none_is_located() -> None:
    assert nearby(spots([TOWN]), []) == 1.0
    assert nearby(spots([TOWN]), [spots([VILLAGE]), spots([ABROAD])]) == 0.5
