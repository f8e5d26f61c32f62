"""Warehouse -> every statement with the probabilities held of it and what became of it, as one object each."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from store.forecasts import Odds
from store.plain import plain
from store.warehouse import Warehouse


def statement_rows(warehouse: Warehouse, as_of: datetime) -> list[dict[str, Any]]:
    """List the statements issued by `as_of` by (issued_at, id): what was stated, `odds` in the order they were held, `outcome` (null while open)."""
    held: dict[str, list[Odds]] = defaultdict(list)
    for one in warehouse.odds(as_of):
        held[one.statement_id].append(one)
    outcomes = {one.statement_id: one for one in warehouse.outcomes(as_of)}
    return [
        {
            **_timed(plain(one)),
            "odds": [{"at": each.at.isoformat(), "by": each.by, "probability": each.probability} for each in held[one.id]],
            "outcome": _timed(plain(outcomes[one.id])) if one.id in outcomes else None,
        }
        for one in warehouse.statements(as_of)
    ]


def _timed(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
