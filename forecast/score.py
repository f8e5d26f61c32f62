"""Forecast + what happened -> Resolution -> Scoreboard."""

from collections.abc import Iterable
from datetime import datetime

from store.records import Forecast, Resolution
from store.told import Scoreboard


def resolve(forecast: Forecast, observed: int, at: datetime) -> Resolution:
    """Settle a statement by its own rule: true when the observed count reaches the threshold.

    `observed` counts its metric in (issued_at, deadline]. Raises ValueError before the deadline and for a negative count.
    """
    if at < forecast.deadline:
        raise ValueError(f"forecast {forecast.id} falls due at {forecast.deadline.isoformat()}, not yet at {at.isoformat()}")
    if observed < 0:
        raise ValueError(f"a count cannot be negative, got {observed}")
    came_true = observed >= forecast.threshold
    brier = (forecast.probability - came_true) ** 2
    return Resolution(forecast_id=forecast.id, resolved_at=at, observed=observed, came_true=came_true, brier=brier)


def scoreboard(forecasts: Iterable[Forecast], resolutions: Iterable[Resolution]) -> Scoreboard:
    """Sum up the resolved among these forecasts: how many fell due, how many came true, mean Brier score (None when none)."""
    known = {f.id for f in forecasts}
    settled = {r.forecast_id: r for r in resolutions if r.forecast_id in known}
    if not settled:
        return Scoreboard(due=0, came_true=0, brier=None)
    true = sum(r.came_true for r in settled.values())
    return Scoreboard(due=len(settled), came_true=true, brier=mean_brier(settled.values()))


def mean_brier(resolutions: Iterable[Resolution]) -> float | None:
    """Return the mean Brier score (0 is best, always saying one half scores .25), or None when nothing is resolved."""
    scores = [r.brier for r in resolutions]
    return sum(scores) / len(scores) if scores else None
