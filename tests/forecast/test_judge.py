"""Scores of statements: known values, calibration, recalibration that helps and never turns things round."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.judge import FEWEST, UNCHANGED, brier, broken_down, calibration, calibration_error, curve, fit, judge, log_score, put_right, skill, words
from store.forecasts import Kind, Scored


def said(probability: float, came_true: bool, kind: Kind = Kind.REPORTS, subject: str = "s1", days: int = 7) -> Scored:
    return Scored(probability=probability, came_true=came_true, kind=kind, subject=subject, days=days)


def overconfident(count: int, seed: int = 1) -> list[Scored]:
    """What is said is farther from one half than what happens."""
    rng = np.random.default_rng(seed)
    true = rng.uniform(0.1, 0.9, count)
    told = 1 / (1 + np.exp(-2.5 * np.log(true / (1 - true))))
    return [said(float(p), bool(rng.random() < q), subject=f"s{number % 40}") for number, (p, q) in enumerate(zip(told, true, strict=True))]


def test_brier_and_log_score_are_those_of_the_books() -> None:
    some = [said(0.8, True), said(0.4, False)]
    assert brier(some) == pytest.approx((0.04 + 0.16) / 2)
    assert log_score(some) == pytest.approx(-(math.log(0.8) + math.log(0.6)) / 2)
    assert math.isfinite(log_score([said(0.0, True)]))


def test_skill_is_held_against_the_base_rate_of_each_kind() -> None:
    rates = [said(0.75, n < 3) for n in range(4)] + [said(0.25, n < 1, Kind.PLACE) for n in range(4)]
    assert skill(rates) == pytest.approx(0)
    assert skill([said(1.0, True), said(0.0, False)]) == 1
    assert skill([said(0.9, True), said(0.9, True)]) is None


def test_calibration_counts_each_statement_once_and_a_certain_one_too() -> None:
    bins = calibration([said(0.1, False), said(0.19, True), said(1.0, True)])
    assert [(part.count, part.happened) for part in bins] == [(2, 0.5), (1, 1.0)]
    assert calibration_error([said(0.5, True), said(0.5, False)]) == 0


def test_words_have_the_bands_of_icd_203_and_say_whether_they_held() -> None:
    found = words([said(0.6, True), said(0.7, True), said(0.79, False), said(0.03, True), said(1.0, True)])
    assert [(part.word, part.count, part.fits) for part in found] == [("almost no chance", 1, False), ("likely", 3, True), ("almost certain", 1, True)]


def test_a_verdict_has_an_interval_over_subjects_and_none_is_passed_on_nothing() -> None:
    assert judge([]) is None
    found = judge(overconfident(400))
    assert found is not None
    assert found.count == 400
    assert found.skill is not None
    assert found.skill_low is not None
    assert found.skill_high is not None
    assert found.skill_low < found.skill < found.skill_high
    assert judge([said(1.0, True)]) is not None


def test_statements_are_judged_by_kind_and_horizon() -> None:
    some = [said(0.2, False), said(0.8, True, Kind.PLACE, days=14)]
    assert list(broken_down(some, lambda one: one.kind.value)) == ["place", "reports"]
    assert broken_down(some, lambda one: str(one.days))["14"].count == 1


def test_recalibration_mends_what_is_overconfident_on_others_of_the_kind() -> None:
    by, later = curve(Kind.REPORTS, overconfident(600)), overconfident(600, seed=2)
    mended = [replace(one, probability=put_right(by, one.probability)) for one in later]
    assert brier(mended) < brier(later)
    assert calibration_error(mended) < 0.6 * calibration_error(later)


def test_recalibration_waits_until_enough_are_settled_and_leaves_certainty_alone() -> None:
    assert curve(Kind.REPORTS, overconfident(FEWEST - 1)) == UNCHANGED
    assert put_right(UNCHANGED, 0.3) == 0.3
    assert put_right(fit(overconfident(200)), 1.0) == 1.0


def test_a_kind_is_put_right_by_others_of_its_sort() -> None:
    counts = overconfident(200)
    assert curve(Kind.PLACE, counts) == fit(counts)
    assert curve(Kind.CONDITION, counts) == curve(Kind.ESCALATION, counts) == UNCHANGED


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_recalibration_never_turns_two_chances_round(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= put_right(MENDED, low) <= put_right(MENDED, high) + 1e-12 <= 1 + 1e-12


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=FEWEST, max_size=FEWEST + 30))
def test_a_curve_is_found_for_whatever_was_said(rows: list[tuple[float, bool]]) -> None:
    a, b, c = fit([said(probability, true) for probability, true in rows])
    assert a >= 0
    assert b >= 0
    assert math.isfinite(c)


MENDED = fit(overconfident(150))
