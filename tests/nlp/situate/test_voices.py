from dataclasses import replace
from datetime import UTC, datetime, timedelta

from nlp.situate.voices import Said, areas, by_day, calm, first_carriers, hear
from store.records import Place, Precision
from tests.nlp.situate.test_describe import report

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
TOWN = Place(id="gn:1", name="Kestrel Bridge", country="KE", lat=0.0, lon=0.0, admin1="05")


def said(days_ago: float, voice: str = "a", place: Place = TOWN) -> Said:
    return Said(at=NOW - timedelta(days=days_ago), voice=voice, place=place)


def test_a_voice_counts_once_in_four_weeks() -> None:
    assert by_day([(0, "a"), (0, "a"), (3, "a"), (3, "b"), (28, "a")], 30).nonzero()[0].tolist() == [0, 3, 28]


def test_areas_nest_and_a_region_or_country_is_its_code() -> None:
    assert areas(TOWN) == ("", "KE", "KE.05", "gn:1")
    assert areas(replace(TOWN, precision=Precision.REGION)) == ("", "KE", "KE.05")
    assert areas(replace(TOWN, precision=Precision.COUNTRY)) == ("", "KE")
    assert areas(replace(TOWN, precision=Precision.REGION, admin1="")) == ("", "KE", "gn:1")
    assert areas(replace(TOWN, country="", admin1="")) == ("", "gn:1")


def test_voices_are_counted_in_every_area_around_but_once() -> None:
    other = replace(TOWN, id="gn:2")
    heard = hear([said(1), said(1, place=other), said(0, "b"), said(-0.1, "c"), said(50, "d")], NOW, 10)
    assert heard.areas == ("", "KE", "KE.05", "gn:1", "gn:2")
    assert heard.parents == (-1, 0, 1, 2, 2)
    assert heard.counts[:, -2:].tolist() == [[1, 1], [1, 1], [1, 1], [1, 1], [1, 0]]
    assert heard.counts.shape == (5, 10)


def test_nothing_said_is_a_silent_world() -> None:
    heard = hear([], NOW, 5)
    assert (heard.areas, heard.parents, heard.counts.sum()) == (("",), (-1,), 0)


def test_the_first_carrier_speaks_and_floods_do_not() -> None:
    copies = [report("b", 2, voice="y"), report("a", 3, voice="x")]
    assert [one.id for one in first_carriers(copies, {"a": "a", "b": "a"})] == ["a"]
    flood = [report(f"f{i}", 1 - i / 1000, voice="loud") for i in range(21)]
    assert calm([*copies, *flood], [*copies, *flood]) == copies
    assert len(calm(flood[:20], flood[:20])) == 20
