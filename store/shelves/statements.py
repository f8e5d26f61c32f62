"""Statements, probabilities held of them and outcomes: only ever added to, each kind of row sealed by a chain of hashes."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from store.forecasts import Odds, Outcome, Statement
from store.plain import canonical, essence, plain, record
from store.shelves.shelf import Shelf

_CHAINS: Final[Mapping[str, tuple[type, str]]] = {
    "statements": (Statement, "SELECT * FROM statements"),
    "odds": (Odds, 'SELECT * RENAME (held_at AS "at", held_by AS "by") FROM odds'),
    "outcomes": (Outcome, "SELECT * FROM outcomes"),
}


class StatementShelf(Shelf):
    """There is no way here to change or remove a row; whoever does so by SQL breaks a chain."""

    def append_statements(self, statements: Sequence[Statement]) -> None:
        """Add statements to the end of the ledger; one whose id is there already changes nothing."""
        self._add("statements", [(one.id, one) for one in statements], "id")

    def append_odds(self, odds: Sequence[Odds]) -> None:
        """Add probabilities to the end of the ledger; a second one of the same person for the same moment changes nothing."""
        keyed = [(f"{one.statement_id}|{one.by}|{int(one.at.timestamp() * 1e6)}", one) for one in odds]
        self._add("odds", keyed, "statement_id || '|' || held_by || '|' || epoch_us(held_at)")

    def append_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Add outcomes to the end of the ledger; a statement is settled once."""
        self._add("outcomes", [(one.statement_id, one) for one in outcomes], "statement_id")

    def statements(self, as_of: datetime) -> tuple[Statement, ...]:
        """List the statements with issued_at <= as_of by (issued_at, id)."""
        return self._records(Statement, f"{_CHAINS['statements'][1]} WHERE issued_at <= ? ORDER BY issued_at, id", as_of)

    def unsettled(self, as_of: datetime) -> tuple[Statement, ...]:
        """List the statements with issued_at <= as_of that have no outcome, by (deadline, id)."""
        sql = "SELECT s.* FROM statements s ANTI JOIN outcomes o ON o.statement_id = s.id WHERE issued_at <= ? ORDER BY deadline, id"
        return self._records(Statement, sql, as_of)

    def odds(self, as_of: datetime) -> tuple[Odds, ...]:
        """List every probability held by `as_of`, in the order of the ledger."""
        return self._records(Odds, f"{_CHAINS['odds'][1]} WHERE held_at <= ? ORDER BY number", as_of)

    def outcomes(self, as_of: datetime) -> tuple[Outcome, ...]:
        """List what was settled by `as_of`, by (resolved_at, statement)."""
        return self._records(Outcome, f"{_CHAINS['outcomes'][1]} WHERE resolved_at <= ? ORDER BY resolved_at, statement_id", as_of)

    def broken_seals(self) -> tuple[str, ...]:
        """Name the first row of each chain that does not fit: it was changed, or one before it was changed, removed or put in; empty when all hold."""
        return tuple(found for table in _CHAINS if (found := self._broken(table)))

    def seals(self) -> dict[str, tuple[int, str]]:
        """Return the number and hash of the last row of each chain: kept elsewhere they show that a whole chain was written anew or cut off."""
        return {table: self._last(table) for table in _CHAINS}

    def bears_seal(self, table: str, number: int, seal: str) -> bool:
        """Tell whether the row of this number of a chain has this hash; number 0 is the beginning, which every chain has."""
        found = self._rows(f"SELECT hash FROM {table} WHERE number = ?", number) if table in _CHAINS else []  # noqa: S608 - our own names
        return number == 0 or [row["hash"] for row in found] == [seal]

    def _add(self, table: str, keyed: Sequence[tuple[str, Any]], key: str) -> None:
        with self.transaction():
            ids = list({id_ for id_, _ in keyed})
            sql = f"SELECT {key} AS key FROM {table} WHERE {key} IN (SELECT unnest(?::VARCHAR[]))"  # noqa: S608 - our own names
            known = {row["key"] for row in self._rows(sql, ids)}
            fresh = {id_: one for id_, one in reversed(keyed) if id_ not in known}
            last, seal = self._last(table)
            rows: list[dict[str, Any]] = []
            for number, one in enumerate(reversed(list(fresh.values())), last + 1):
                before, seal = seal, _seal(seal, one)
                values = plain(one)
                rows.append({**values, "held_at": values.get("at"), "held_by": values.get("by"), "number": number, "previous_hash": before, "hash": seal})
            self._put(table, rows)

    def _last(self, table: str) -> tuple[int, str]:
        rows = self._rows(f"SELECT number, hash FROM {table} ORDER BY number DESC LIMIT 1")  # noqa: S608 - our own names
        return (rows[0]["number"], rows[0]["hash"]) if rows else (0, "")

    def _broken(self, table: str) -> str:
        cls, sql = _CHAINS[table]
        before = ""
        for number, row in enumerate(self._rows(f"{sql} ORDER BY number"), 1):
            try:
                seal = _seal(before, record(cls, row))
            except ValueError:  # changed into what cannot be
                seal = ""
            if (row["number"], row["previous_hash"], row["hash"]) != (number, before, seal):
                return f"{table} {row['number']} ({row.get('id') or row.get('statement_id')})"
            before = seal
        return ""


def _seal(before: str, row: Any) -> str:
    return hashlib.sha256(f"{before}\n{canonical(essence(row))}".encode()).hexdigest()
