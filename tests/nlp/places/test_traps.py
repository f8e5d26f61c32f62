"""Traps: sixty short texts in which words look like places and places like words."""

import json
from typing import Any

import pytest

from benchmarks.places import TRAPS, trap_systems, wrong_in
from nlp.entities import open_recogniser
from nlp.models import ModelChoice
from nlp.places.gazetteer import Gazetteer
from store.records import Place, Precision

CASES: list[dict[str, Any]] = [json.loads(line) for line in TRAPS.read_text(encoding="utf-8").splitlines()]
GEORGIA = Place(id="gn:1", name="Georgia", country="US", lat=32.7, lon=-83.5, admin1="Georgia", precision=Precision.REGION)
TRAP = {
    "text": "Georgia is a state, Georgian a word.",
    "expect": [{"name": "Georgia", "country": "US", "admin1": "Georgia", "kind": "region"}],
    "reject": ["Georgian"],
}


def test_there_are_sixty_half_of_them_held_back() -> None:
    assert len({case["id"] for case in CASES}) == len({case["text"] for case in CASES}) == len(CASES) == 60
    assert sum(case["half"] == "held" for case in CASES) == 30
    assert {case["lang"] for case in CASES} == {"en", "fr", "es", "ar", "hr"}


def test_every_word_that_is_labelled_stands_in_its_text() -> None:
    assert all(word in case["text"] for case in CASES for word in (*(place["name"] for place in case["expect"]), *case["reject"]))
    assert all(case["expect"] or case["reject"] for case in CASES)


def test_a_trap_is_right_only_when_all_of_it_is() -> None:
    assert wrong_in(TRAP, [(0, 7, GEORGIA)]) == []
    assert wrong_in(TRAP, []) == ["Georgia: not found"]
    assert wrong_in(TRAP, [(0, 7, GEORGIA), (20, 28, GEORGIA)]) == ["Georgian is no place"]


@pytest.mark.parametrize("wrong", [{"country": "GE"}, {"admin1": "Texas"}, {"kind": "country"}])
def test_country_region_and_kind_must_be_those_named(wrong: dict[str, str]) -> None:
    trap = TRAP | {"expect": [{"name": "Georgia", "country": "US"} | wrong]}
    assert wrong_in(trap, [(0, 7, GEORGIA)]) == ["Georgia: Georgia US region"]


def test_a_place_inside_a_longer_word_does_not_count() -> None:
    assert wrong_in(TRAP, [(20, 27, GEORGIA)]) == ["Georgia: not found", "Georgian is no place"]


@pytest.mark.slow
def test_most_traps_are_got_right_and_more_than_by_any_other_means(gazetteer: Gazetteer, models_folder: Any) -> None:
    english = open_recogniser(ModelChoice(folder=models_folder).pipelines["en"])
    right = {name: sum(not wrong_in(case, system(case)) for case in CASES) for name, system in trap_systems(gazetteer, english).items()}
    assert right.pop("ours") >= 42
    assert max(right.values()) <= 35
