"""Resolve: which place of a name is meant, by size, kind, neighbours, commas and coordinates."""

import random
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.given import given
from nlp.places.habits import Habit, Habits
from nlp.places.recognise import Span, recognise
from nlp.places.resolve import Known, resolve
from nlp.places.weighing import ALONE, AMONG, Weights
from store.records import Channel, Correction, Place, Precision, Report, SourceKind, Subject, Toponym
from tests.nlp.conftest import Write

AT = datetime(2024, 3, 1, tzinfo=UTC)
NAMES = ["Tripoli", "Paris", "Texas", "Aleppo", "Goma", "London", "Syria", "Ontario", "Manbij", "Lebanon", "Sarnia", "Africa"]


@pytest.fixture
def places(small: Gazetteer, write: Write) -> Any:
    """Read the places of a text."""

    def read(text: str, **fields: Any) -> tuple[Toponym, ...]:
        report: Report = write("r", text, **fields)
        return resolve(report, _spans(report.words, small), small)

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


def _report(text: str, id_: str = "r") -> Report:
    return Report(id=id_, channel=Channel.FEED, source="herald", source_kind=SourceKind.NEWS, key=id_, at=AT, received_at=AT, text=text)


def _spans(text: str, gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Find every name of NAMES in a text."""
    return given(text, [match.span() for match in re.finditer("|".join(NAMES), text)], gazetteer)


def _correction(wrong: str, right: str, text: str = "Tripoli", **fields: Any) -> Correction:
    return Correction(id="c", at=AT, by="an analyst", subject=fields.pop("subject", Subject.PLACE), text=text, wrong=wrong, right=right, **fields)


def _resolved(text: str, gazetteer: Gazetteer, *corrections: Correction, id_: str = "r") -> tuple[Toponym, ...]:
    return resolve(_report(text, id_), _spans(text, gazetteer), gazetteer, Known(habit=Habit(), corrections=corrections))


def test_a_voice_that_always_reports_from_a_region_means_the_towns_of_that_region(small: Gazetteer) -> None:
    habits = Habits()
    text = "Nurses in London walked out."
    before = resolve(_report(text), _spans(text, small), small, Known(habit=habits.of("herald")))
    for number in range(20):
        earlier = "Roads between Sarnia and the rest of Ontario are shut."
        habits.learn("herald", resolve(_report(earlier, str(number)), _spans(earlier, small), small, Known(habit=habits.of("herald"))))
    after = resolve(_report(text), _spans(text, small), small, Known(habit=habits.of("herald")))
    assert _ids(before) == ["gn:2643743"]
    assert _ids(after) == ["gn:6058560"]
    assert after[0].runner_up == before[0].place


def test_the_runner_up_is_the_next_likely_place_and_a_name_of_one_place_has_none(small: Gazetteer) -> None:
    (tripoli,) = _resolved("Power is out in Tripoli.", small)
    assert tripoli.runner_up is not None
    assert (tripoli.place.id, tripoli.runner_up.id) == ("gn:2210247", "gn:266826")
    assert _resolved("Power is out in Sarnia.", small)[0].runner_up is None


def test_a_correction_overrules_in_every_report(small: Gazetteer) -> None:
    (tripoli,) = _resolved("Power is out in Tripoli.", small, _correction("gn:2210247", "gn:266826"))
    assert (tripoli.place.id, tripoli.probability) == ("gn:266826", 1.0)
    assert tripoli.runner_up is not None
    assert tripoli.runner_up.id == "gn:2210247"


def test_a_correction_of_a_correction_holds(small: Gazetteer) -> None:
    first, second = _correction("gn:2210247", "gn:266826"), _correction("gn:266826", "gn:216281")
    assert _ids(_resolved("Power is out in Tripoli.", small, first, second)) == ["gn:216281"]


def test_a_correction_can_say_that_a_name_is_no_place(small: Gazetteer) -> None:
    assert _ids(_resolved("Power is out in Tripoli and Goma.", small, _correction("gn:2210247", ""))) == ["gn:216281"]


@pytest.mark.parametrize(
    "other",
    [
        _correction("gn:2210247", "gn:266826", report_id="another"),
        _correction("gn:2210247", "gn:266826", undone_at=AT),
        _correction("gn:2210247", "gn:266826", subject=Subject.NAME),
        _correction("gn:2210247", "gn:266826", text="Trípolis"),
        _correction("gn:1", "gn:266826"),
    ],
)
def test_a_correction_of_something_else_or_undone_changes_nothing(small: Gazetteer, other: Correction) -> None:
    assert _resolved("Power is out in Tripoli.", small, other) == _resolved("Power is out in Tripoli.", small)


def test_a_correction_of_one_report_holds_for_that_report_in_any_spelling(small: Gazetteer) -> None:
    one = _correction("gn:2210247", "gn:266826", text="TRIPOLI", report_id="r7")
    assert _ids(_resolved("Power is out in Tripoli.", small, one, id_="r7")) == ["gn:266826"]


def test_a_name_whose_place_the_gazetteer_hardly_lists_is_kept_only_if_every_span_is_asked_for(small: Gazetteer) -> None:
    text = "Power is out in Sarnia."
    doubtful = replace(_only("nothing"), none=1.0)
    assert resolve(_report(text), _spans(text, small), small, by=doubtful) == ()
    (kept,) = resolve(_report(text), _spans(text, small), small, by=doubtful, every=True)
    assert kept.text == "Sarnia"
    assert kept.probability == pytest.approx(1 / (1 + np.e), abs=1e-4)


def _only(measure: str) -> Weights:
    """Weigh one measure and no other."""
    alone, together = (np.array([9.0 * (name == measure) for name in names]) for names in (ALONE, (*ALONE, *AMONG)))
    return Weights(alone, together, np.zeros(len(together)))


def test_a_region_named_like_its_main_town_is_the_town_unless_a_type_word_says_otherwise(small: Gazetteer) -> None:
    town, region = small.find("Aleppo")
    by = _only("region")
    for of_type, meant in ((False, town), (True, region)):
        span = Span(start=3, end=9, text="Aleppo", candidates=(town, region), of_type=of_type)
        assert resolve(_report("In Aleppo."), [span], small, by=by)[0].place == meant.place
    smaller = replace(town, place=replace(town.place, population=1000))
    span = Span(start=3, end=9, text="Aleppo", candidates=(smaller, region))
    assert resolve(_report("In Aleppo."), [span], small, by=by)[0].place == region.place


def test_a_town_and_the_region_of_its_name_are_one_place_with_one_probability(small: Gazetteer) -> None:
    (toponym,) = resolve(_report("In Aleppo."), _spans("In Aleppo.", small), small, by=replace(_only("nothing"), none=-50.0))
    assert (toponym.probability, toponym.runner_up) == (1.0, None)


def _town(number: int, people: int, id_: str = "") -> Candidate:
    place = Place(id=id_ or f"gn:{number}", name="Springfield", country="US", lat=30.0 + number / 10, lon=-90.0, population=people)
    return Candidate(place=place, primary=True)


def test_of_a_name_with_far_too_many_places_the_operators_own_and_the_largest_are_weighed(small: Gazetteer) -> None:
    towns = [_town(number, people=100 + number) for number in range(1, 200)]
    own, state = _town(300, people=0, id_="own:springfield-us"), Candidate(
        place=Place(id="gn:400", name="Springfield", country="US", lat=40.0, lon=-90.0, precision=Precision.REGION), primary=True
    )  # fmt: skip
    only = _only("nothing")
    span = Span(start=3, end=14, text="Springfield", candidates=(*towns, state, own))
    (toponym,) = resolve(_report("In Springfield."), [span], small, by=only)
    assert toponym.probability == 1 / 40
    weighed = {}
    for column, id_ in (("operator's own", "own:springfield-us"), ("region", "gn:400"), ("town's people", "gn:199")):
        by = _only(column)
        weighed[id_] = resolve(_report("In Springfield."), [span], small, by=by)[0].place.id
    assert weighed == {id_: id_ for id_ in weighed}


@for_all(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), st.randoms())
def test_the_order_of_the_spans_does_not_matter(small: Gazetteer, names: list[str], by: random.Random) -> None:
    text = ", ".join(names)
    spans = list(_spans(text, small))
    in_order = resolve(_report(text), spans, small)
    by.shuffle(spans)
    shuffled = resolve(_report(text), spans, small)
    assert [(one.start, one.place.id, one.runner_up) for one in in_order] == [(one.start, one.place.id, one.runner_up) for one in shuffled]
    assert [one.probability for one in in_order] == pytest.approx([one.probability for one in shuffled], abs=2e-4)


@for_all(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))
def test_every_span_gets_one_place_of_its_name_with_a_probability(small: Gazetteer, names: list[str]) -> None:
    text = " and ".join(names)
    spans = given(text, [(at, at + len(name)) for name, at in zip(names, _starts(names), strict=True)], small)
    found = resolve(_report(text), spans, small, every=True)
    assert [(one.start, one.end, one.text) for one in found] == [(span.start, span.end, span.text) for span in spans]
    for one, span in zip(found, spans, strict=True):
        places = [candidate.place for candidate in span.candidates]
        assert one.place in places
        assert one.runner_up is None or one.runner_up in places
        assert one.runner_up != one.place
        assert 0 < one.probability <= 1
    assert all(len({one.place.id for one in found if one.text == name}) == 1 for name in names)


def _starts(names: list[str]) -> list[int]:
    return [sum(len(before) + 5 for before in names[:number]) for number in range(len(names))]


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
