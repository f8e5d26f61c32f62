"""Weighing: each measure says what its name says, and chances are probabilities."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.habits import Habit
from nlp.places.weighing import ALONE, AMONG, WEIGHTS, Named, Sheet, Weights, among, listed, open_weights, sheet, softmax, weigh, weights
from store.records import Place, Precision

NAMES = ["Tripoli", "Paris", "Texas", "Aleppo", "Goma", "London", "Syria", "Ontario", "Africa", "Lubero", "Nowhere"]
NOTHING = Weights(np.zeros(len(ALONE)), np.zeros(len(ALONE) + len(AMONG)), np.zeros(len(ALONE) + len(AMONG)))


def _laid(gazetteer: Gazetteer, *names: str, habit: Habit | None = None, point: tuple[float, float] | None = None, wider: int = -1) -> Sheet:
    found = [Named(candidates=gazetteer.find(name), wider=wider if number == 0 else -1) for number, name in enumerate(names)]
    return sheet(found, point, habit or Habit())


def _row(page: Sheet, id_: str) -> int:
    return next(row for row, one in enumerate(one for named in page.names for one in named.candidates) if one.place.id == id_)


def _alone(page: Sheet, id_: str, column: str) -> float:
    return float(page.alone[_row(page, id_), ALONE.index(column)])


def _among(page: Sheet, id_: str, column: str) -> float:
    even = softmax(np.zeros(len(page.name)), page.name, len(page.names))
    return float(among(page, even)[_row(page, id_), AMONG.index(column)])


def test_a_candidate_has_the_people_of_its_own_kind(small: Gazetteer) -> None:
    page = _laid(small, "Aleppo", "Syria", "Africa", "Lubero", "Tripoli")
    assert _alone(page, "gn:170063", "town's people") == pytest.approx(6.32, abs=0.01)
    assert _alone(page, "gn:170063", "region's people") == 0
    assert _alone(page, "gn:170062", "region's people") == pytest.approx(6.34, abs=0.01)
    assert (_alone(page, "gn:163843", "country"), _alone(page, "gn:163843", "area")) == (1, 0)
    assert (_alone(page, "gn:6255146", "country"), _alone(page, "gn:6255146", "area")) == (1, 1)
    assert (_alone(page, "region:8", "district"), _alone(page, "region:8", "district's people")) == (1, 1)
    assert (_alone(page, "gn:2210247", "capital"), _alone(page, "gn:266826", "capital")) == (1, 0)
    assert (_alone(page, "gn:170063", "own name"), _alone(page, "gn:170062", "own name")) == (1, 0)


def test_a_type_word_and_a_short_form_speak_for_regions_only(small: Gazetteer) -> None:
    page = sheet([Named(candidates=small.find("Aleppo"), of_type=True, short=True)], None, Habit())
    assert [_alone(page, "gn:170062", column) for column in ("type word fits", "short form")] == [1, 1]
    assert [_alone(page, "gn:170063", column) for column in ("type word fits", "short form")] == [0, 0]


def test_the_reports_point_speaks_for_what_lies_there_and_twice_in_the_place_field(small: Gazetteer) -> None:
    page = _laid(small, "Tripoli", point=(34.43352, 35.84415))
    assert _alone(page, "gn:266826", "at the report's point") == pytest.approx(1.0)
    assert _alone(page, "gn:2210247", "at the report's point") < 1e-6
    field = sheet([Named(candidates=small.find("Tripoli"), weight=3.0)], (34.43352, 35.84415), Habit())
    assert _alone(field, "gn:266826", "at the report's point") == pytest.approx(2.0)


def test_habits_speak_for_the_country_the_region_the_place_and_what_is_near(small: Gazetteer) -> None:
    habit = Habit()
    for name in ("Sarnia", "Toronto"):
        habit.add(small.find(name)[0].place, reports=9)
    page = _laid(small, "London", habit=habit)
    assert _alone(page, "gn:6058560", "habit: country") == _alone(page, "gn:6058560", "habit: region") == 18 / 20
    assert _alone(page, "gn:6058560", "habit: nearby") > 0.1
    assert _alone(page, "gn:6058560", "habit: place") == 0
    assert (_alone(page, "gn:2643743", "habit: country"), _alone(page, "gn:2643743", "habit: never there")) == (0, 18 / 30)
    wide = Habit()
    wide.add(small.find("Ontario")[0].place)
    assert _alone(_laid(small, "London", habit=wide), "gn:6058560", "habit: nearby") == 0


def test_others_of_the_report_lend_country_region_and_what_is_around(small: Gazetteer) -> None:
    page = _laid(small, "Paris", "Texas", "Freeport")
    assert _among(page, "gn:4717560", "others: country") > _among(page, "gn:2988507", "others: country") == 0
    assert _among(page, "gn:4717560", "others: region") == pytest.approx(1.0)
    assert _among(page, "gn:4717560", "others: around it") == pytest.approx(1.0)
    assert _among(page, "gn:4736286", "others: within it") == pytest.approx(0.25)
    said = _laid(small, "Tripoli", "Lebanon")
    assert _among(said, "gn:266826", "others: same country said") == pytest.approx(1.0)
    assert _among(said, "gn:272103", "others: same country said") == 0


def test_nearness_is_to_towns_and_not_to_the_middle_of_countries(small: Gazetteer) -> None:
    near = _laid(small, "London", "Toronto", "Sarnia")
    assert _among(near, "gn:6058560", "others: 120 km") > _among(near, "gn:2643743", "others: 120 km")
    assert _among(_laid(small, "London", "Syria"), "gn:2643743", "others: 500 km") == 0


def test_a_wider_name_right_behind_speaks_for_what_lies_in_it(small: Gazetteer) -> None:
    page = _laid(small, "Paris", "Texas", wider=1)
    assert [_among(page, "gn:4717560", column) for column in ("beside: wider", "beside: neither")] == [1, 0]
    assert [_among(page, "gn:2988507", column) for column in ("beside: wider", "beside: neither")] == [0, 1]
    assert _among(page, "gn:4736286", "beside: narrower") == 0.5


def test_operators_own_places_are_marked() -> None:
    own = Candidate(place=Place(id="own:well-sy", name="Well", country="SY", lat=36.0, lon=37.0), primary=True)
    assert _alone(sheet([Named(candidates=(own,))], None, Habit()), "own:well-sy", "operator's own") == 1


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), st.integers(0, 3))
def test_chances_of_each_name_add_up_to_one(small: Gazetteer, names: list[str], rounds: int) -> None:
    kept = [name for name in names if small.find(name)]
    if not kept:
        return
    page = _laid(small, *kept)
    chances = weigh(page, weights(), rounds=rounds)
    assert np.all((chances >= 0) & (chances <= 1))
    np.testing.assert_allclose(np.bincount(page.name, chances), 1.0)
    sure = listed(page, chances, weights())
    assert sure.shape == (len(kept),)
    assert np.all((sure > 0) & (sure <= 1))


def test_what_falls_short_may_be_a_place_that_the_gazetteer_does_not_list(small: Gazetteer) -> None:
    page = _laid(small, "Tripoli")
    chances = weigh(page, NOTHING)
    for none, sure in ((-np.inf, 1.0), (0.0, 2 / 3), (40.0, 0.0)):
        np.testing.assert_allclose(listed(page, chances, replace(NOTHING, none=none)), [sure], atol=1e-9)


@given(st.lists(st.floats(-700, 700), min_size=1, max_size=20))
def test_softmax_bears_any_scores(scores: list[float]) -> None:
    name = np.arange(len(scores)) % 3
    name = np.unique(name, return_inverse=True)[1].astype(np.int64)
    chances = softmax(np.array(scores), name, int(name.max()) + 1)
    np.testing.assert_allclose(np.bincount(name, chances), 1.0)
    assert np.all(softmax(np.array(scores), name, int(name.max()) + 1, none=0.0) <= chances)


def test_the_committed_weights_have_one_for_each_measure() -> None:
    assert (len(weights().alone), len(weights().together)) == (len(ALONE), len(ALONE) + len(AMONG))
    assert sorted(json.loads(WEIGHTS.read_text(encoding="utf-8"))["alone"]) == sorted(ALONE)


def test_weights_that_lack_a_measure_are_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.json").write_text(json.dumps({"alone": {}, "together": {}, "against": {}, "none": 0.0}), encoding="utf-8")
    with pytest.raises(KeyError, match="town's people"):
        open_weights(tmp_path / "weights.json")


def test_weights_of_nothing_leave_all_candidates_alike(small: Gazetteer) -> None:
    np.testing.assert_allclose(weigh(_laid(small, "Tripoli"), NOTHING), [0.5, 0.5])


def test_precision_of_every_candidate_is_known_to_the_sheet(small: Gazetteer) -> None:
    page = _laid(small, "Aleppo", "Syria")
    kinds = [one.place.precision for named in page.names for one in named.candidates]
    assert page.is_region.tolist() == [kind is Precision.REGION for kind in kinds]
    assert page.is_country.tolist() == [kind is Precision.COUNTRY for kind in kinds]
