"""Statements in words, each with its rule; thresholds of all likelihoods."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.state import About, counting, standing
from forecast.statements import TARGETS, escalation, reaches, target_of, threshold_near
from store.forecasts import Kind

ISSUED = datetime(2031, 3, 1, tzinfo=UTC)
DUE = datetime(2031, 3, 14, tzinfo=UTC)


def about(kind: Kind, title: str = "Bangui", detail: str = "") -> About:
    return About(kind=kind, subject="x1", title=title, detail=detail, evidence=("r1",))


@pytest.mark.parametrize(
    ("kind", "least", "text"),
    [
        (Kind.PLACE, 5, "At least 5 independent origins report from Bangui after 1 March 2031 and by 14 March 2031."),
        (Kind.PLACE, 1, "At least 1 independent origin reports from Bangui after 1 March 2031 and by 14 March 2031."),
        (Kind.ESCALATION, 8, "“Bangui” escalates: at least 8 reports are received on it after 1 March 2031 and by 14 March 2031."),
        (Kind.REPORTS, 2, "At least 2 reports are received on “Bangui” after 1 March 2031 and by 14 March 2031."),
        (Kind.ORIGINS, 2, "At least 2 independent origins report on “Bangui” after 1 March 2031 and by 14 March 2031."),
    ],
)
def test_a_count_is_stated_with_its_rule(kind: Kind, least: int, text: str) -> None:
    made = counting(about(kind), least, ISSUED, DUE)
    assert made.text == text
    assert made.rule.startswith(f"True when at least {least} are counted after 1 March 2031 and by 14 March 2031, by when they were said; ")
    assert "void" in made.rule
    assert (made.threshold, made.deadline, made.evidence) == (least, DUE, ("r1",))


def test_a_standing_is_stated_with_its_rule() -> None:
    made = standing(about(Kind.CONDITION, "Roads open.", "c2"), "The condition “Roads open.” is failing", ISSUED, DUE)
    assert made.text == "The condition “Roads open.” is failing on 14 March 2031."
    assert made.rule == (
        "True when the value is 1 at 14 March 2031; void when nothing was weighed after it was issued, or the condition is no longer part of the objective."
    )
    other = standing(about(Kind.OBSTACLE, "legal", "legal"), "The leading obstacle is “legal”", ISSUED, DUE)
    assert "obstacle mix" in other.source
    assert other.id != made.id


def test_ids_differ_by_what_a_statement_is_about() -> None:
    ids = {counting(about(kind), 1, ISSUED, due).id for kind in (Kind.REPORTS, Kind.ORIGINS) for due in (DUE, DUE + timedelta(days=1))}
    assert len(ids) == 4


@given(st.floats(0.05, 500), st.floats(0.15, 20), st.sampled_from(TARGETS))
def test_no_other_threshold_is_nearer_to_its_target(mean: float, size: float, target: float) -> None:
    least = threshold_near(mean, size, target)
    assert least >= 1
    near = abs(reaches(mean, size, least) - target)
    assert all(near <= abs(reaches(mean, size, k) - target) + 1e-9 for k in (max(1, least - 1), least + 1))


def test_targets_are_spread_over_all_likelihoods() -> None:
    chosen = [target_of(f"s{number}", "reports") for number in range(500)]
    assert {chosen.count(target) > 40 for target in TARGETS} == {True}
    assert target_of("a", "b") == target_of("a", "b")


def test_escalation_is_twice_as_many_and_never_a_trifle() -> None:
    assert [escalation(last) for last in (0, 1, 5)] == [4, 4, 10]
