from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nlp.figures.ranges import ranges
from store.records import Channel, FigureKind, FigureRange, FigureReading, Reading, Report, SourceClass, SourceKind

START = datetime(2022, 6, 1, tzinfo=UTC)
Ends = tuple[float, float | None]


def report(name: str, day: int, voice: str = "") -> Report:
    at = START + timedelta(days=day)
    return Report(id=name, channel=Channel.FEED, source=voice or name, source_kind=SourceKind.NEWS, key=name, at=at, received_at=at, text="x")


def figure(low: float, high: float | None, place: str = "", said_by: SourceClass = SourceClass.MEDIA, unit: str = "people") -> FigureReading:
    kind = FigureKind.MONEY if unit.isupper() else FigureKind.KILLED
    return FigureReading(start=0, end=1, text="x", kind=kind, low=low, high=high, unit=unit, said_by=said_by, place_id=place)


def reading(name: str, *figures: FigureReading) -> Reading:
    return Reading(report_id=name, language="en", mentions=(), toponyms=(), obstacles=(), models=(), figures=figures)


def made(*told: tuple[Report, tuple[FigureReading, ...]], origin_of: dict[str, str] | None = None) -> tuple[FigureRange, ...]:
    return ranges([one for one, _ in told], {one.id: reading(one.id, *figures) for one, figures in told}, origin_of or {})


def ends(*told: tuple[Report, tuple[FigureReading, ...]], origin_of: dict[str, str] | None = None) -> Ends:
    (found,) = made(*told, origin_of=origin_of)
    return found.low, found.high


def test_a_range_spans_what_independent_origins_say() -> None:
    assert ends((report("a", 0), (figure(40, 40),)), (report("b", 1), (figure(57, 57),))) == (40, 57)


def test_classes_of_sources_and_currencies_stay_apart() -> None:
    told = (figure(40, 40), figure(12, 12, said_by=SourceClass.GOVERNMENT), figure(5, 5, unit="USD"), figure(6, 6, unit="EUR"))
    assert {(one.said_by, one.unit, one.low, one.high) for one in made((report("a", 0), told))} == {
        (SourceClass.MEDIA, "people", 40, 40),
        (SourceClass.GOVERNMENT, "people", 12, 12),
        (SourceClass.MEDIA, "USD", 5, 5),
        (SourceClass.MEDIA, "EUR", 6, 6),
    }


def test_a_voice_that_corrects_itself_no_longer_stands_for_its_old_number() -> None:
    (found,) = made((report("a", 0, "v"), (figure(40, 40),)), (report("b", 1, "v"), (figure(57, 57),)))
    assert (found.low, found.high, found.report_ids) == (57, 57, ("b",))


def test_a_copy_adds_a_carrier_and_no_origin() -> None:
    (found,) = made((report("a", 0), (figure(40, 40),)), (report("b", 1), (figure(40, 40),)), origin_of={"a": "a", "b": "a"})
    assert (found.heard.origins, found.heard.carriers, found.report_ids) == (1, 2, ("a", "b"))


def test_a_voice_may_speak_of_two_places() -> None:
    assert ends((report("a", 0, "v"), (figure(40, 40, "p"),)), (report("b", 1, "v"), (figure(5, 5, "q"),))) == (5, 40)


def test_a_figure_without_a_place_is_about_any() -> None:
    assert ends((report("a", 0, "v"), (figure(40, 40, "p"),)), (report("b", 1, "v"), (figure(57, 57),))) == (57, 57)


def test_the_greatest_figure_of_a_report_is_the_whole() -> None:
    assert ends((report("a", 0), (figure(3, 3), figure(12, 12), figure(4, 4)))) == (12, 12)


def test_at_least_above_all_others_leaves_the_range_open() -> None:
    assert ends((report("a", 0), (figure(40, 40),)), (report("b", 0), (figure(60, None),))) == (40, None)
    assert ends((report("a", 0), (figure(57, 57),)), (report("b", 0), (figure(40, None),))) == (40, 57)


def test_up_to_sets_a_lower_end_only_alone() -> None:
    assert ends((report("a", 0), (figure(40, 40),)), (report("b", 0), (figure(0, 100),))) == (40, 100)
    assert ends((report("b", 0), (figure(0, 100),))) == (0, 100)


def test_none_dead_is_a_number_too() -> None:
    assert ends((report("a", 0), (figure(0, 0),)), (report("b", 0), (figure(3, 3),))) == (0, 3)


def test_the_most_corroborated_range_is_first_and_a_report_without_a_reading_says_nothing() -> None:
    money = figure(5, 5, unit="USD")
    found = made((report("a", 0), (money,)), (report("b", 0), (figure(1, 1),)), (report("c", 0), (figure(2, 2),)))
    assert [one.heard.origins for one in found] == [2, 1]
    assert ranges([report("a", 0)], {}, {}) == ()


FIGURES = st.lists(
    st.builds(
        lambda low, more, place: figure(low, None if more is None else low + more, place),
        st.integers(0, 9),
        st.none() | st.integers(0, 9),
        st.sampled_from(["", "p", "q"]),
    ),
    max_size=3,
)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("vw"), FIGURES), max_size=6), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_ends_are_in_order(rows: list[tuple[int, str, list[FigureReading]]], random: object) -> None:
    reports = [report(f"r{number}", day, voice) for number, (day, voice, _) in enumerate(rows)]
    readings = {f"r{number}": reading(f"r{number}", *figures) for number, (_, _, figures) in enumerate(rows)}
    found = ranges(reports, readings, {})
    shuffled = list(reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ranges(shuffled, readings, {}) == found
    assert all(one.high is None or one.low <= one.high for one in found)
    assert all(one.report_ids and one.heard.carriers == len(one.report_ids) for one in found)
