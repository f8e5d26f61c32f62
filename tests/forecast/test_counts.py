from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.counts import Series, forecast, history, interval
from forecast.pool import age_class, learn

AS_OF = datetime(2031, 5, 20, tzinfo=UTC)


def series(name: str, counts: tuple[int, ...], **more: object) -> Series:
    given_: dict[str, object] = {"start": AS_OF.date() - timedelta(days=len(counts)), "reports": counts, "origins": counts} | more
    return Series(situation_id=name, **given_)  # type: ignore[arg-type]


def test_each_series_gets_four_rows_in_a_fixed_order() -> None:
    rows = forecast([series("s1", (1, 2, 3)), series("s2", (0, 1))], AS_OF)
    assert [(f.situation_id, f.metric, (f.deadline - f.issued_at).days) for f in rows] == [
        (s, m, d) for s in ("s1", "s2") for m in ("reports", "origins") for d in (7, 14)
    ]
    assert len({f.id for f in rows}) == 8


def test_no_series_gives_no_forecast() -> None:
    assert forecast([], AS_OF) == ()


def test_a_busy_situation_is_expected_to_bring_more_than_a_quiet_one() -> None:
    busy, quiet = forecast([series("b", (20,) * 30), series("q", (0, 1, 0) * 10)], AS_OF, horizons=(7,))[::2]
    assert busy.mean > 5 * quiet.mean
    assert busy.low50 > quiet.low50


def test_a_long_silent_situation_is_expected_to_stay_silent() -> None:
    silent = forecast([series("s", (9, 8) + (0,) * 60)], AS_OF, horizons=(7,))[0]
    assert (silent.low50, silent.high50, silent.threshold) == (0, 0, 1)
    assert silent.probability < 0.2


def test_a_steady_series_teaches_that_levels_carry_on() -> None:
    steady = forecast([series(f"s{i}", (4, 5, 6) * 20) for i in range(6)], AS_OF, horizons=(7,))[0]
    assert 25 < steady.mean < 45
    assert steady.high90 - steady.low90 < 45


def test_days_after_as_of_are_not_looked_at() -> None:
    past = (3, 1, 4, 1, 5)
    peeking = series("s", (*past, 1000, 1000), start=AS_OF.date() - timedelta(days=5))
    assert history(peeking, "reports", AS_OF).tolist()[:5] == list(past)
    before = AS_OF - timedelta(days=1)
    assert forecast([peeking], before) == forecast([series("s", past[:5], start=peeking.start)], before)


def test_missing_days_count_zero_and_a_series_yet_to_begin_has_one_day() -> None:
    assert history(series("s", (2,), start=date(2031, 5, 17)), "origins", AS_OF).tolist() == [2, 0, 0, 0]
    assert history(series("s", (), start=date(2031, 6, 1)), "reports", AS_OF).tolist() == [0]


def test_half_a_day_counts_as_half_a_day() -> None:
    noon = AS_OF + timedelta(hours=12)
    half = forecast([series("s", (10,) * 20 + (5,))], noon, horizons=(7,))[0]
    whole = forecast([series("s", (10,) * 20)], AS_OF, horizons=(7,))[0]
    assert abs(half.mean / whole.mean - 1) < 0.25


def test_title_and_recent_evidence_go_into_the_row() -> None:
    row = forecast([series("s", (1, 2), title="Port strike", evidence=tuple(f"r{i}" for i in range(30)))], AS_OF)[0]
    assert "“Port strike”" in row.statement
    assert f"At least {row.threshold} " in row.statement
    assert row.evidence == tuple(f"r{i}" for i in range(10, 30))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=40), min_size=1, max_size=4))
def test_rows_are_well_formed_and_the_same_every_time(counts: list[list[int]]) -> None:
    given_ = [series(f"s{i}", tuple(c)) for i, c in enumerate(counts)]
    rows = forecast(given_, AS_OF)
    assert rows == forecast(given_, AS_OF)
    for row in rows:
        assert 0 <= row.low90 <= row.low50 <= row.high50 <= row.high90
        assert row.threshold >= 1
        assert row.mean > 0


@given(st.floats(0.05, 200), st.floats(0.15, 20))
def test_a_wider_interval_holds_a_narrower_one(mean: float, size: float) -> None:
    low90, high90 = interval(mean, size, 0.9)
    low50, high50 = interval(mean, size, 0.5)
    assert low90 <= low50 <= high50 <= high90


def test_intervals_hold_about_what_they_promise() -> None:
    draws = np.random.default_rng(7)
    rates = draws.gamma(1.0, 6.0, size=80)
    whole = [draws.poisson(rate, size=60) for rate in rates]
    rows = forecast(
        [series(f"s{i}", tuple(int(n) for n in c[:46]), start=AS_OF.date() - timedelta(days=46)) for i, c in enumerate(whole)], AS_OF, horizons=(7,)
    )[::2]
    inside90 = np.mean([r.low90 <= c[46:53].sum() <= r.high90 for r, c in zip(rows, whole, strict=True)])
    inside50 = np.mean([r.low50 <= c[46:53].sum() <= r.high50 for r, c in zip(rows, whole, strict=True)])
    assert inside90 >= 0.82
    assert 0.35 <= inside50 <= 0.85


def test_ages_fall_into_classes() -> None:
    assert [age_class(d) for d in (1, 3, 4, 10, 11, 30, 31, 400)] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_with_nothing_to_learn_from_the_beliefs_stand_and_the_mean_is_not_zero() -> None:
    pool = learn([np.zeros(1)], 0.0, 7)
    mean, size = pool.predict(np.zeros(1))
    assert 0 < mean < 0.5
    assert 0.5 < size < 1.5


def test_no_more_origins_are_expected_than_reports() -> None:
    lively = Series(situation_id="s1", start=date(2026, 1, 1), reports=(40, 60, 9, 8, 7), origins=(2, 2, 5, 7, 7))
    quiet = Series(situation_id="s2", start=date(2026, 1, 1), reports=(3, 0, 0, 0, 0), origins=(1, 1, 1, 0, 0))
    made = {(f.situation_id, f.metric, f.deadline): f.mean for f in forecast((lively, quiet), datetime(2026, 1, 5, 12, tzinfo=UTC))}
    for (situation, metric, deadline), mean in made.items():
        assert metric == "reports" or mean <= made[situation, "reports", deadline]


def test_two_reports_on_the_first_day_of_a_fresh_installation_promise_no_flood() -> None:
    new = Series(situation_id="s1", start=date(2026, 3, 1), reports=(2,), origins=(2,))
    (first, *_) = forecast((new,), datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert first.mean < 5
    assert first.high90 <= 15
