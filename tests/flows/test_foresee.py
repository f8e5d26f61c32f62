"""Forecasts are issued once a day, resolve by themselves, and are never changed."""

from datetime import UTC, date, datetime, timedelta

from flows.foresee import daily, foresee
from flows.kit import Kit
from flows.understand import understand
from tests.flows.test_understand import BRIDGE, CHOLERA, DAY, heard, said

OTHER = "Armed men closed the bridge at Boda: trucks with food for Bangui had to turn back, drivers say."


def test_days_without_reports_count_zero_and_an_origin_counts_when_first_heard() -> None:
    said_at = {"a": DAY, "b": DAY + timedelta(hours=1), "c": DAY + timedelta(days=2)}
    days = daily(said_at, {"a": "a", "b": "a", "c": "a"}, DAY + timedelta(days=3))
    assert days == [(date(2026, 3, 1), 2, 1), (date(2026, 3, 2), 0, 0), (date(2026, 3, 3), 1, 0), (date(2026, 3, 4), 0, 0)]


def lived(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, OTHER, "b", 3), said(3, CHOLERA, "c", 4), said(4, f"Again: {OTHER}", "d", 72))


def test_a_situation_gets_forecasts_once_a_day(kit: Kit) -> None:
    lived(kit)
    evening = DAY + timedelta(hours=20)
    understand(kit, evening)
    assert foresee(kit, evening).forecasts == 4
    assert foresee(kit, evening + timedelta(hours=1)).forecasts == 0
    assert foresee(kit, evening + timedelta(days=1)).forecasts == 4


def test_a_forecast_resolves_by_what_came_in_its_window(kit: Kit) -> None:
    lived(kit)
    issued = DAY + timedelta(hours=20)
    understand(kit, issued)
    foresee(kit, issued)
    due = issued + timedelta(days=7)
    understand(kit, due)
    assert foresee(kit, due).resolved == 2
    by_id = {f.id: f for f in kit.warehouse.forecasts(due)}
    observed = {by_id[r.forecast_id].metric: r.observed for r in kit.warehouse.resolutions(due)}
    assert observed["reports"] == 1
    assert kit.warehouse.ledger_broken_at() is None


def test_nothing_is_forecast_without_situations(kit: Kit) -> None:
    assert foresee(kit, datetime(2026, 3, 1, tzinfo=UTC)).forecasts == 0
