import gzip
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from forecast.judge import Bin
from reports.compose import compose
from reports.draw import build_basemap
from reports.draw.basemap import Box, outlines
from reports.draw.counts import counts
from reports.draw.figures import figures
from reports.draw.map import draw_map
from reports.draw.mix import mix
from reports.draw.reliability import reliability
from reports.draw.svg import HUES, Figure, tag
from store.records import Corroboration, FigureKind, FigureRange, MixWeek, Obstacle, Place, Precision, SourceClass
from store.told import PlaceCount
from tests.reports.builder import NOW, sample

BRIEF = compose(sample(7))
CARD = BRIEF.situations[0]


def shapes(figure: Figure | None, name: str) -> list[ElementTree.Element]:
    assert figure is not None
    return list(ElementTree.fromstring(str(figure.svg)).iter(name))


def place(lat: float, lon: float, origins: int = 1, key: str = "", precision: Precision = Precision.TOWN) -> PlaceCount:
    where = Place(id=key or f"{lat},{lon}", name=f"Town {lat}", country="XX", lat=lat, lon=lon, precision=precision)
    return PlaceCount(place=where, heard=Corroboration(origins=origins, carriers=2 * origins))


def test_every_picture_has_a_title_and_a_description() -> None:
    drawn = (counts(CARD), mix(BRIEF.objectives[0].mix, "m"), draw_map(CARD.places), figures(CARD, {}))

    for figure in drawn:
        assert shapes(figure, "title")[0].text
        assert shapes(figure, "desc")[0].text


def test_the_table_of_counts_adds_up_to_the_days() -> None:
    figure = counts(CARD)

    assert figure is not None
    weeks = [row for row in figure.rows if row[2] != "forecast"]
    assert sum(int(row[1]) for row in weeks) == sum(day[1] for day in CARD.daily)
    assert sum(int(row[2]) for row in weeks) == sum(day[2] for day in CARD.daily)
    assert len(weeks) == 10


def test_the_fan_and_its_row_are_the_interval_of_the_next_seven_days() -> None:
    figure = counts(CARD)
    coming = next(each for each in CARD.forecasts if each.metric == "reports")

    assert figure is not None
    assert figure.rows[-1][1] == f"{coming.low90} to {coming.high90} (90 %), {coming.low50} to {coming.high50} (50 %)"
    assert len(shapes(figure, "polygon")) == 2
    assert shapes(counts(replace(CARD, forecasts=())), "polygon") == []


def test_bars_are_as_tall_as_their_counts() -> None:
    bars = [bar for bar in shapes(counts(replace(CARD, forecasts=())), "rect") if bar.get("class") == "bar"]
    figure = counts(replace(CARD, forecasts=()))
    assert figure is not None
    told = [int(row[1]) for row in figure.rows if row[1] != "0"]

    heights = [float(bar.get("height", "0")) for bar in bars]
    assert [round(height / max(heights) * max(told), 1) for height in heights] == [pytest.approx(number, abs=0.1) for number in told]


def test_a_card_without_days_has_no_chart() -> None:
    assert counts(replace(CARD, daily=())) is None


def week(number: int, **weights: float) -> MixWeek:
    return MixWeek(objective_id="o", week=NOW + timedelta(weeks=number), weights=tuple((Obstacle(name), weight) for name, weight in weights.items()), origins=2)


def test_each_week_of_the_mix_fills_its_column() -> None:
    figure = mix([week(0, legal=1.0, funding=3.0, none=9.0), week(1, legal=2.0)], "m")
    bands = [band for band in shapes(figure, "rect") if band.get("class") == "band" and float(band.get("width", "0")) > 20]

    assert sum(float(band.get("height", "0")) for band in bands) == pytest.approx(2 * 138, abs=0.5)
    assert figure is not None
    assert figure.header == ("week from", "lack of funding", "legal constraints", "independent origins")
    assert [cell.replace("\u00a0", " ") for cell in figure.rows[0][1:]] == ["75 %", "25 %", "2"]


def test_many_obstacles_share_six_fills_and_keep_their_own_columns_in_the_table() -> None:
    many = {kind.value: float(10 - number) for number, kind in enumerate(Obstacle) if kind is not Obstacle.NONE}
    figure = mix([week(number, **many) for number in range(7)], "m")

    assert figure is not None
    assert len(shapes(figure, "pattern")) == len(HUES)
    assert len(figure.header) == 2 + len(many)
    assert "others" in str(figure.svg)


def test_a_mix_without_obstacles_is_not_drawn() -> None:
    assert mix([], "m") is None
    assert mix([week(0, none=3.0, legal=0.0)], "m") is None


def test_the_map_keeps_to_the_region_and_lists_what_lies_outside() -> None:
    near = [place(33.5 + number / 10, 36.3, 5) for number in range(6)]
    far = place(40.7, -74.0, 4)
    figure = draw_map([*near, far])

    assert figure is not None
    assert {row[5] for row in figure.rows if row[1] != "Town 40.7"} == {"yes"}
    assert next(row[5] for row in figure.rows if row[1] == "Town 40.7") == "no"
    assert len(shapes(figure, "circle")) == 6
    assert len(gzip.compress(str(figure.svg).encode())) < 20_000


def test_markers_carry_their_name_and_grow_with_independent_origins() -> None:
    figure = draw_map([place(10, 10, 9, "big"), place(11, 11, 1, "small", Precision.REGION)])
    big, small = shapes(figure, "circle")

    assert float(big.get("r", "0")) > float(small.get("r", "0"))
    assert (big.get("class"), small.get("class")) == ("point", "area")
    assert big[0].text == "1: Town 10, 9 independent origins, 18 carriers, known to the town"


def test_the_map_spans_the_date_line() -> None:
    figure = draw_map([place(-17.8, 179.5, 2), place(-16.5, -179.9, 2)])

    assert len(shapes(figure, "circle")) == 2
    assert figure is not None
    assert {row[5] for row in figure.rows} == {"yes"}


def test_without_places_there_is_no_map_and_countries_alone_make_one() -> None:
    assert draw_map([]) is None
    assert len(shapes(draw_map([place(15, 30, 3, precision=Precision.COUNTRY)]), "circle")) == 1


@settings(max_examples=15, deadline=None, phases=(Phase.generate,))
@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180), st.integers(1, 50)), min_size=1, max_size=10))
def test_any_places_make_a_small_well_formed_map(points: list[tuple[float, float, int]]) -> None:
    figure = draw_map([place(lat, lon, reports, f"p{number}") for number, (lat, lon, reports) in enumerate(points)])

    assert figure is not None
    assert shapes(figure, "circle")
    assert len(figure.rows) == len(points)
    for path in shapes(figure, "path"):
        assert re.fullmatch(r"(M[-\d. ]+l[-\d. ]+z)*", path.get("d", ""))


def test_outlines_stay_within_the_box() -> None:
    box = Box(30, 30, 45, 40)
    points = [point for country in outlines(box) for ring in country for point in ring]

    assert points
    assert all(29.999 <= x <= 45.001 and 29.999 <= y <= 40.001 for x, y in points)


def test_text_in_pictures_is_escaped_and_stripped_of_direction_marks() -> None:
    assert tag("text", "<b>\u202e&", x=1.25) == Markup('<text x="1.2">&lt;b&gt;&amp;</text>')


def test_the_basemap_is_built_with_shared_arcs() -> None:
    square = [[0, 0], [100, 0], [0, 100], [0, 0], [-100, 0], [0, -100]]
    line = [[0, 0], [50, 0], [50, 0]]
    geometries = [{"type": "Polygon", "arcs": [[0]]}, {"type": "MultiPolygon", "arcs": [[[1]], [[~1]]]}, {"type": None}]
    topology: dict[str, object] = {
        "arcs": [square, line],
        "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
        "objects": {"countries": {"geometries": geometries}},
    }
    made = json.loads(json.dumps(build_basemap.build(topology)))

    assert made["countries"] == [[[0]], [[1], [-2]]]
    assert made["arcs"][0] == [0, 0, 1000, 0, 0, 1000, -1000, 0, 0, -1000]
    assert made["arcs"][1] == [0, 0, 1000, 0]


def test_the_packaged_basemap_is_small() -> None:
    assert build_basemap.TARGET.stat().st_size < 400_000
    assert Path(build_basemap.TARGET).name == "basemap.json"


def span(low: float, high: float | None, said_by: SourceClass, kind: FigureKind = FigureKind.KILLED, unit: str = "people") -> FigureRange:
    heard = Corroboration(origins=1, carriers=2)
    return FigureRange(kind=kind, unit=unit, said_by=said_by, low=low, high=high, heard=heard, report_ids=("r1", "r2"))


def test_each_class_of_sources_has_a_row_of_its_own_from_its_lowest_to_its_highest_figure() -> None:
    ranged = replace(CARD, ranges=(span(12, 15, SourceClass.PARTNER), span(4, 4, SourceClass.GOVERNMENT), span(20, None, SourceClass.UN)))
    figure = figures(ranged, {"r2": 7, "r1": 3})

    assert figure is not None
    assert figure.rows == (
        ("Killed", "partners", "12 to 15", "1 independent origin, 2 carriers", "3, 7"),
        ("Killed", "government", "4", "1 independent origin, 2 carriers", "3, 7"),
        ("Killed", "UN", "20 or more", "1 independent origin, 2 carriers", "3, 7"),
    )
    bars, dots = shapes(figure, "rect"), shapes(figure, "circle")
    assert len({bar.get("y") for bar in bars}) == 3
    assert [len([dot for dot in dots if abs(float(dot.get("cy", "0")) - float(bar.get("y", "0")) - 3) < 0.1]) for bar in bars] == [2, 1, 1]
    assert len(shapes(figure, "path")) == 1
    assert float(bars[0].get("width", "0")) == pytest.approx(3 * (float(dots[0].get("cx", "0")) - float(dots[2].get("cx", "0"))) / 8, abs=0.2)


def test_each_count_has_its_own_scale_and_zero_alone_can_be_drawn() -> None:
    small, large = span(2, 3, SourceClass.UN), span(2000, 3000, SourceClass.UN, FigureKind.DISPLACED, "families")
    drawn = figures(replace(CARD, ranges=(small, large)), {})

    assert [bar.get("x") for bar in shapes(drawn, "rect")] == [shapes(drawn, "rect")[0].get("x")] * 2
    assert "Displaced (families)" in str(drawn.svg if drawn else "")
    assert figures(replace(CARD, ranges=(span(0, 0, SourceClass.UN),)), {}) is not None
    assert figures(replace(CARD, ranges=()), {}) is None


def test_a_place_that_may_be_another_is_drawn_hollow_and_says_so() -> None:
    sure, other = place(10, 10, 9), place(11, 11, 2)
    doubt = replace(other, certain=False, runner_up=replace(other.place, name="Port Sable"))
    figure = draw_map([sure, doubt, replace(other, place=replace(other.place, id="x", lon=12.0), certain=False)])
    drawn = [circle for circle in shapes(figure, "circle") if circle.get("class") == "doubt"]

    assert [circle[0].text for circle in drawn] == [
        "2: place uncertain: Town 11 or Port Sable, 2 independent origins, 4 carriers, known to the town",
        "3: place uncertain: Town 11, 2 independent origins, 4 carriers, known to the town",
    ]
    assert "Town 11?" in [words.text for words in shapes(figure, "text")]
    assert figure is not None
    assert figure.rows[1][1] == "place uncertain: Town 11 or Port Sable"


def test_ten_copies_do_not_make_a_marker_grow() -> None:
    echoed = replace(place(10, 10, 1, "a"), heard=Corroboration(origins=1, carriers=10))
    one, two = shapes(draw_map([echoed, place(11, 11, 1, "b")]), "circle")

    assert one.get("r") == two.get("r")


def test_a_reliability_diagram_has_a_dot_for_each_bin_and_a_table_that_says_the_same() -> None:
    bins = [Bin(low=0.2, high=0.3, count=4, said=0.25, happened=0.5), Bin(low=0.8, high=0.9, count=16, said=0.85, happened=0.75)]
    figure = reliability(bins)
    assert figure is not None
    first, second = shapes(figure, "circle")
    assert float(second.get("r", 0)) == 2 * float(first.get("r", 0))
    assert float(second.get("cx", 0)) > float(first.get("cx", 0))
    assert float(second.get("cy", 0)) < float(first.get("cy", 0))
    assert figure.rows == (("25%", "50%", "4"), ("85%", "75%", "16"))
    assert "20 statements" in figure.svg
    assert reliability([]) is None
