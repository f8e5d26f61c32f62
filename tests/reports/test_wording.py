from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reports import wording
from store.records import Corroboration, Obstacle, Place
from store.told import PlaceCount, Scoreboard
from tests.reports.builder import NAMESAKE, NOW, PLACES, forecast


def test_dates_counts_and_lists_read_as_english() -> None:
    assert wording.day(datetime(2014, 4, 3, tzinfo=UTC)) == "3 April 2014"
    assert [wording.counted(number, "report") for number in (0, 1, 2, 1200)] == ["no reports", "1 report", "2 reports", "1,200 reports"]
    assert [wording.listed(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(("probability", "expected"), [(0.0, "0 %"), (0.001, "under 1 %"), (0.5, "50 %"), (0.999, "over 99 %"), (1.0, "100 %")])
def test_only_certainty_is_worded_as_certain(probability: float, expected: str) -> None:
    assert wording.percent(probability).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(("origins", "kinds", "expected"), [(9, 3, "high"), (9, 2, "moderate"), (4, 2, "moderate"), (4, 1, "low"), (1, 1, "low")])
def test_confidence_grows_with_independent_origins_and_kinds_of_source(origins: int, kinds: int, expected: str) -> None:
    assert wording.confidence(origins, kinds) == expected


def test_a_forecast_of_origins_says_so() -> None:
    made = forecast("f", "s", NOW, 14, 3, metric="origins")

    assert wording.threshold(made) == "at least 3 independent origins"
    assert wording.interval90(made).replace("\u00a0", " ") == "0 to 9 independent origins (90 % interval)"
    assert wording.horizon(made) == 14


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert wording.visible("a\u202eb\u200bc\x07d\ne\u200df") == "abcd\ne\u200df"


def test_an_interval_of_one_number_is_one_number() -> None:
    made = replace(forecast("f", "s", NOW, 14, 3), low50=0, high50=0)
    assert wording.interval50(made).replace("\u00a0", " ") == "0 (50 % interval)"


def test_every_obstacle_is_worded_as_a_noun() -> None:
    assert set(wording.OBSTACLES) == set(Obstacle)
    assert wording.obstacles((Obstacle.LEGAL, Obstacle.FUNDING)) == "legal constraints and lack of funding"
    assert wording.obstacles(()) == ""


def test_a_score_stands_beside_what_the_same_word_each_time_would_have_scored() -> None:
    told = wording.record(Scoreboard(due=200, came_true=4, brier=0.061)).replace("\u00a0", " ")
    assert told == "200 fell due, 4 came true; mean Brier score 0.061 (0 is perfect; always saying 2 % would have scored 0.020)."


@pytest.mark.parametrize(("number", "expected"), [(0, "0"), (12, "12"), (1200.0, "1,200"), (2.5, "2.5"), (3_600_000, "3,600,000"), (0.125, "0.12")])
def test_a_figure_has_no_more_decimals_than_it_needs(number: float, expected: str) -> None:
    assert wording.figure(number) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (NAMESAKE, "place uncertain: Oslofjell or Oslofjell (SE)"),
        (replace(NAMESAKE, country="NO", admin1="Innlandet"), "place uncertain: Oslofjell or Oslofjell (Innlandet)"),
        (replace(NAMESAKE, country="NO"), "place uncertain: Oslofjell or Oslofjell"),
        (PLACES[0], "place uncertain: Oslofjell or Kestrel Bridge"),
        (None, "place uncertain: Oslofjell"),
    ],
)
def test_an_uncertain_place_names_what_it_may_be_instead(other: Place | None, expected: str) -> None:
    mark = PlaceCount(place=PLACES[3], heard=Corroboration(origins=1, carriers=1), certain=False, runner_up=other)

    assert wording.place(mark) == expected
    assert wording.place(replace(mark, certain=True)) == "Oslofjell"
