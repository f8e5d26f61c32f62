"""Forecasts as they were made and what became of them: only ever added to, sealed by a chain of hashes."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from store.plain import canonical, essence, plain, record
from store.records import Forecast, Resolution
from store.shelves.shelf import Shelf


class LedgerShelf(Shelf):
    """There is no way here to change or remove a row; whoever does so by SQL breaks the chain."""

    def append_forecasts(self, forecasts: Sequence[Forecast]) -> None:
        """Add forecasts to the end of the ledger; one whose id is there already changes nothing."""
        with self.transaction():
            last, seal = self._end()
            rows: list[dict[str, Any]] = []
            for number, forecast in enumerate(self._not_kept(forecasts), last + 1):
                before, seal = seal, _seal(seal, forecast)
                rows.append({**plain(forecast), "number": number, "previous_hash": before, "hash": seal})
            self._put("forecasts", rows)

    def forecasts(self, as_of: datetime, since: datetime | None = None) -> tuple[Forecast, ...]:
        """List the forecasts with since < issued_at <= as_of by (issued_at, id); all of them without `since`."""
        sql = "SELECT * FROM forecasts WHERE issued_at <= ? AND (? IS NULL OR issued_at > ?) ORDER BY issued_at, id"
        return self._records(Forecast, sql, as_of, since, since)

    def due(self, as_of: datetime) -> tuple[Forecast, ...]:
        """List the forecasts with deadline <= as_of that have no resolution, by (deadline, id)."""
        sql = "SELECT forecasts.* FROM forecasts ANTI JOIN resolutions ON forecast_id = id WHERE deadline <= ? ORDER BY deadline, id"
        return self._records(Forecast, sql, as_of)

    def append_resolutions(self, resolutions: Sequence[Resolution]) -> None:
        """Add resolutions; a forecast is resolved once, a second resolution changes nothing."""
        self._put("resolutions", [plain(resolution) for resolution in resolutions])

    def resolutions(self, as_of: datetime) -> tuple[Resolution, ...]:
        """List the resolutions with resolved_at <= as_of by (resolved_at, forecast_id)."""
        return self._records(Resolution, "SELECT * FROM resolutions WHERE resolved_at <= ? ORDER BY resolved_at, forecast_id", as_of)

    def ledger_broken_at(self) -> str | None:
        """Name the first forecast that does not fit the chain: it was changed, or one before it was changed, removed or put in.

        None means that the chain holds. What was cut off at the very end leaves no trace in the ledger itself.
        """
        before = ""
        for number, row in enumerate(self._rows("SELECT * FROM forecasts ORDER BY number, id"), 1):
            seal = _seal(before, record(Forecast, row))
            if (row["number"], row["previous_hash"], row["hash"]) != (number, before, seal):
                return str(row["id"])
            before = seal
        return None

    def _end(self) -> tuple[int, str]:
        rows = self._rows("SELECT number, hash FROM forecasts ORDER BY number DESC LIMIT 1")
        return (rows[0]["number"], rows[0]["hash"]) if rows else (0, "")

    def _not_kept(self, forecasts: Sequence[Forecast]) -> list[Forecast]:
        ids = list({forecast.id for forecast in forecasts})
        known = {row["id"] for row in self._rows("SELECT id FROM forecasts WHERE id IN (SELECT unnest(?::VARCHAR[]))", ids)}
        fresh: dict[str, Forecast] = {}
        for forecast in forecasts:
            if forecast.id not in known:
                fresh.setdefault(forecast.id, forecast)
        return list(fresh.values())


def _seal(before: str, forecast: Forecast) -> str:
    return hashlib.sha256(f"{before}\n{canonical(essence(forecast))}".encode()).hexdigest()
