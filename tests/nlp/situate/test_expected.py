import numpy as np
import pytest

from nlp.situate.expected import DAILY, LEAST, Habit, expected


def test_a_series_is_expected_to_go_on_as_it_went() -> None:
    counts = np.random.default_rng(1).poisson(2.0, (1, 200)).astype(float)
    normal = expected(counts, [-1])
    assert normal.mean[0, -1] == pytest.approx(2.0, abs=0.4)
    assert normal.size[0, -1] > 3


def test_the_last_week_teaches_nothing_yet() -> None:
    quiet = np.ones((1, 60))
    loud = quiet.copy()
    loud[0, -DAILY.gap - 1 :] = 50
    assert np.array_equal(expected(quiet, [-1]).mean, expected(loud, [-1]).mean)


def test_no_day_is_expected_by_what_came_on_it_or_later() -> None:
    counts = np.random.default_rng(2).poisson(1.0, (3, 50)).astype(float)
    changed = counts.copy()
    changed[:, 30:] += 9
    whole, cut = expected(counts, [-1, 0, 0]), expected(changed, [-1, 0, 0])
    assert np.array_equal(whole.mean[:, : 30 + DAILY.gap], cut.mean[:, : 30 + DAILY.gap])


def test_a_silent_place_is_held_to_be_like_its_country() -> None:
    busy, still = np.full(120, 3.0), np.zeros(120)
    counts = np.array([busy * 2, busy * 2, still, busy, busy, still, still])
    normal = expected(counts, [-1, 0, 0, 1, 1, 1, 2])
    assert normal.mean[5, -1] > 3 * normal.mean[6, -1]
    assert normal.mean[6, -1] >= LEAST
    assert normal.mean[5, -1] < 0.5 * normal.mean[3, -1]


def test_mondays_are_expected_to_be_mondays() -> None:
    counts = np.tile([9.0, 1, 1, 1, 1, 1, 1], 20)[None, :]
    normal = expected(counts, [-1])
    assert normal.mean[0, -7] > 2 * normal.mean[0, -6]
    flat = expected(counts, [-1], Habit(cycle=0))
    assert flat.mean[0, -7] == pytest.approx(flat.mean[0, -6], rel=0.1)


def test_a_past_outbreak_teaches_little() -> None:
    counts = np.random.default_rng(4).poisson(1.0, (1, 150)).astype(float)
    outbreak = counts.copy()
    outbreak[0, 100] = 500
    assert expected(outbreak, [-1]).mean[0, -1] < expected(counts, [-1]).mean[0, -1] + 0.5


def test_busy_spells_widen_what_is_usual() -> None:
    draw = np.random.default_rng(5)
    even = draw.poisson(3.0, (1, 200)).astype(float)
    spells = draw.poisson(np.repeat(draw.gamma(1.0, 3.0, 50), 4))[None, :].astype(float)
    assert expected(spells, [-1]).size[0, -1] < 0.4 * expected(even, [-1]).size[0, -1]
