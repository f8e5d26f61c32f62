"""Daily counts -> Forecast*: how many reports and independent origins to expect of each situation, and how sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom

from forecast.nowcast import AT_ONCE, Arrival
from forecast.pool import learn
from forecast.statements import sentence, statement_id, threshold
from store.records import Forecast

METRICS = ("reports", "origins")
MOST_EVIDENCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Daily counts of one situation from `start` (a UTC date) on. `title` and `evidence` (recent report ids) go into the statement."""

    situation_id: str
    start: date
    reports: tuple[int, ...]
    origins: tuple[int, ...]
    title: str = ""
    evidence: tuple[str, ...] = ()


def forecast(series: Sequence[Series], as_of: datetime, horizons: Sequence[int] = (7, 14), arrival: Arrival = AT_ONCE) -> tuple[Forecast, ...]:
    """Forecast the count of each metric in (as_of, as_of + horizon days], for each series, metric and horizon, in this order.

    Negative binomial (gamma-Poisson): the series' own decayed recent level shrunk to that of situations of similar age; how levels go on and
    how far counts scatter is learned from all series up to `as_of`. Days after `as_of` are not looked at, missing ones count zero.
    """
    made: dict[tuple[str, str, int], Forecast] = {}
    for days in horizons:
        reports = expected(series, "reports", as_of, days, arrival)
        origins = [min(both) for both in zip(expected(series, "origins", as_of, days, arrival), reports, strict=True)]
        for metric, levels in zip(METRICS, (reports, origins), strict=True):
            for one, level in zip(series, levels, strict=True):
                made[one.situation_id, metric, days] = _row(one, metric, as_of, as_of + timedelta(days=days), level)
    return tuple(made[one.situation_id, metric, days] for one in series for metric in METRICS for days in horizons)


def expected(series: Sequence[Series], metric: str, as_of: datetime, days: int, arrival: Arrival = AT_ONCE) -> list[tuple[float, float]]:
    """Predict for each series mean and size of the negative binomial for its count in the next `days` days after `as_of`.

    `metric` is "reports" or "origins"; there can't be more of the latter, which the caller sees to. By `arrival` it is made up for that reports come late.
    """
    daily = [history(one, metric, as_of) for one in series]
    pool = learn(daily, part_of_day(as_of), days, arrival)
    return [pool.predict(counts) for counts in daily]


def history(series: Series, metric: str, as_of: datetime) -> NDArray[np.float64]:
    """Return daily counts from the series' start to the day of `as_of`, cut or filled with zeros to fit (at least one day)."""
    counts = series.reports if metric == "reports" else series.origins
    days = max(1, (as_of.astimezone(UTC).date() - series.start).days + 1)
    full = np.zeros(days)
    known = counts[:days]
    full[: len(known)] = known
    return full


def part_of_day(as_of: datetime) -> float:
    """Return how much of the day of `as_of` has passed, in [0, 1)."""
    utc = as_of.astimezone(UTC)
    return (utc.hour * 3600 + utc.minute * 60 + utc.second) / 86400


def interval(mean: float, size: float, share: float) -> tuple[int, int]:
    """Return the central interval that holds at least `share` of a negative binomial with this mean and size."""
    tail = (1 - share) / 2
    chance = size / (size + mean)
    return int(nbinom.ppf(tail, size, chance)), int(nbinom.ppf(1 - tail, size, chance))


def _row(series: Series, metric: str, as_of: datetime, deadline: datetime, expected: tuple[float, float]) -> Forecast:
    mean, size = expected
    least, chance = threshold(mean, size)
    low90, high90 = interval(mean, size, 0.9)
    low50, high50 = interval(mean, size, 0.5)
    return Forecast(
        id=statement_id(series.situation_id, metric, as_of, deadline),
        situation_id=series.situation_id,
        metric=metric,
        issued_at=as_of,
        deadline=deadline,
        mean=mean,
        low90=low90,
        low50=low50,
        high50=high50,
        high90=high90,
        threshold=least,
        probability=chance,
        statement=sentence(metric, least, series.title, as_of, deadline),
        evidence=series.evidence[-MOST_EVIDENCE:],
    )
