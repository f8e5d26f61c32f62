from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from store.records import TLP, FigureReading, Origin, Place, Reading, Toponym
from store.warehouse import Warehouse
from tests.store.samples import embedding, figure, hours, name_link, place, reading, report, rid


@pytest.fixture
def house() -> Iterator[Warehouse]:
    with Warehouse(None) as house:
        yield house


def named(place_: Place, start: int, text: str = "Springs", runner_up: Place | None = None) -> Toponym:
    return Toponym(start=start, end=start + len(text), text=text, place=place_, probability=0.5, runner_up=runner_up)


def naming(name: str, *toponyms: Toponym, figures: tuple[FigureReading, ...] = ()) -> Reading:
    return Reading(report_id=rid(name), language="en", mentions=(), toponyms=toponyms, obstacles=(), models=(), figures=figures)


def figure_places(house: Warehouse, name: str) -> list[str]:
    return [one.place_id for (read,) in [house.readings([rid(name)])] for one in read.figures]


def test_the_next_likely_place_comes_back_beside_the_place_and_is_a_place_of_its_own(house: Warehouse) -> None:
    other = replace(place("Asmera"), admin2="")
    given = naming("a", named(place(), 0, runner_up=other), named(place(), 10), named(other, 20, runner_up=place()))
    house.add_readings([given], [])
    assert house.readings([rid("a")]) == (given,)
    assert house.counts()["places"] == 2


def test_figures_and_dates_come_back_whole_and_in_order(house: Warehouse) -> None:
    many = replace(reading("a"), figures=tuple(replace(figure(), low=float(number)) for number in range(12)), dates=reading("a").dates * 3)
    house.add_readings([many, reading("b")], [])
    assert house.readings([rid("b"), rid("a")]) == (many, reading("b"))


def test_a_mention_is_told_under_the_name_it_is_joined_to(house: Warehouse) -> None:
    house.add_readings([reading("a"), reading("b")], [])
    house.put_name_links([name_link("a", 1, canonical="X Relief")])
    first, second = house.readings([rid("a"), rid("b")])
    assert [mention.canonical for mention in first.mentions] == ["", "X Relief"]
    assert second == reading("b")


def test_a_report_whose_reading_is_forgotten_says_nothing_any_more(house: Warehouse) -> None:
    house.add_reports([report("a"), report("b")], cursor=2)
    house.add_readings([reading("a"), reading("b")], [embedding("a"), embedding("b")])
    house.put_name_links([name_link("a"), name_link("b")])
    before = house.counts()
    house.forget_readings([rid("a")])
    assert house.readings([rid("a"), rid("b")])[0].report_id == rid("b")
    assert house.name_links(hours(-1), hours(1)) == (name_link("b"),)
    parts = ("readings", "entities", "report_places", "obstacles", "figures", "dates", "name_links", "embeddings")
    assert {table: before[table] // 2 for table in parts} == {table: house.counts()[table] for table in parts}
    house.add_readings([reading("a", "fr")], [])
    assert house.readings([rid("a")]) == (reading("a", "fr"),)


def test_a_correction_replaces_what_place_names_mean_in_the_reports_named_and_in_no_other(house: Warehouse) -> None:
    house.add_readings([reading("a"), reading("b")], [])
    right = (named(place("Massawa"), 2, "Asmara", runner_up=place("Keren")), named(place("Keren"), 30))
    house.put_toponyms({rid("a"): right, rid("z"): ()})
    assert house.readings([rid("a"), rid("b")])[0].toponyms == right
    assert house.readings([rid("b")]) == (reading("b"),)
    house.put_toponyms({rid("a"): ()})
    assert house.readings([rid("a")])[0].toponyms == ()
    house.put_toponyms({})


def test_a_figure_follows_the_place_name_it_stood_by(house: Warehouse) -> None:
    wrong, right, far = place("Wrong"), place("Right"), place("Far")
    figures = (figure("Wrong"), figure("Far"), replace(figure(), place_id=""))
    house.add_readings([naming(name, named(wrong, 5), named(far, 40), named(wrong, 60), figures=figures) for name in "ab"], [])
    house.put_toponyms({rid("a"): (named(right, 5), named(far, 40), named(right, 60))})
    assert figure_places(house, "a") == ["gn:Right", "gn:Far", ""]
    assert figure_places(house, "b") == ["gn:Wrong", "gn:Far", ""]


def test_a_figure_loses_a_place_that_no_name_in_its_report_means_any_more(house: Warehouse) -> None:
    house.add_readings(
        [naming("a", named(place("Wrong"), 5), figures=(figure("Wrong"),)), naming("b", named(place("Wrong"), 5), figures=(figure("Wrong"),))], []
    )
    house.put_toponyms({rid("a"): ()})
    assert (figure_places(house, "a"), figure_places(house, "b")) == ([""], ["gn:Wrong"])


def test_the_reports_where_a_name_was_taken_for_a_place_are_listed_in_order_of_time(house: Warehouse) -> None:
    house.add_reports([report("a", 3), report("b", 1), report("c", 1), report("d", 2)], cursor=4)
    twice, other = naming("a", named(place(), 0), named(place(), 20)), naming("d", named(place("Keren"), 0, runner_up=place()))
    house.add_readings([twice, reading("b"), reading("c"), other], [])
    assert house.reports_naming("gn:Asmara") == (rid("b"), rid("c"), rid("a"))
    assert house.reports_naming("gn:Keren") == (rid("d"),)
    assert house.reports_naming("gn:nowhere") == ()


def test_what_a_voice_usually_names_is_counted_over_its_earlier_reports_alone(house: Warehouse) -> None:
    reports = [report("a", 1), report("b", 2), report("c", 3), replace(report("d", 1), publisher="Radio"), replace(report("e", 1), source="other")]
    house.add_reports(reports, cursor=5)
    own = Toponym(start=0, end=0, text="Keren", place=place("Keren"), probability=1.0)
    house.add_readings([naming("a", named(place(), 5), named(place(), 50), own), naming("b", named(place(), 5)), reading("c"), reading("d"), reading("e")], [])
    earlier = (("wells", place(), 2), ("wells", place("Keren"), 1))
    radio, nobody = (replace(report("f", 4), source=source) for source in ("Radio", "nobody"))
    assert house.places_by_voice([reports[2]]) == earlier
    assert house.places_by_voice([radio, reports[2], nobody]) == (("Radio", place(), 1), *earlier)
    assert house.places_by_voice([reports[2], reports[1], radio]) == (("Radio", place(), 1), ("wells", place(), 1), ("wells", place("Keren"), 1))
    assert house.places_by_voice([reports[0]]) == house.places_by_voice([]) == ()


def test_of_two_reports_of_one_moment_the_one_with_the_smaller_id_is_the_earlier(house: Warehouse) -> None:
    a, b = report("a", 1), report("b", 1)
    house.add_reports([a, b], cursor=2)
    house.add_readings([reading("a"), reading("b")], [])
    assert house.places_by_voice([b]) == (("wells", place(), 1),)
    assert house.places_by_voice([a]) == ()


def test_what_was_read_while_a_model_was_missing_is_named_but_not_what_no_reader_survives(house: Warehouse) -> None:
    whole, unreadable = replace(reading("b"), degraded=()), replace(reading("c"), degraded=(f"Not read: report {rid('c')}.",))
    house.add_readings([reading("a"), whole, unreadable], [])
    assert house.half_read() == (rid("a"),)


def test_what_was_said_of_places_is_told_once_an_origin_and_never_of_restricted_reports(house: Warehouse) -> None:
    told, red, echo = replace(report("a"), publisher="Herald"), replace(report("b"), sensitivity=TLP.RED), report("c")
    house.add_reports([told, red, echo], cursor=3)
    house.add_readings([naming("a", named(place(), 0), named(place(), 10)), naming("b", named(place(), 0)), naming("c", named(place(), 0))], [])
    house.put_origins([Origin(id=rid("a"), report_ids=(rid("a"), rid("c")))])
    assert house.places_said(hours(-999), hours(999)) == ((told.at, told.received_at, "Herald", place()),)
    assert house.places_said(hours(-999), told.at - timedelta(seconds=1)) == ()
