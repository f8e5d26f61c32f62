"""Warehouse, journal -> whether the ledger is as it was written: its chains of hashes, and their ends as the journal remembers them."""

import json

from flows.settings import Settings
from flows.wiring import open_journal, open_vault
from store.journal import Journal
from store.warehouse import Warehouse

KIND = "ledger"


def broken_seals(warehouse: Warehouse, settings: Settings) -> tuple[str, ...]:
    """Name what was changed, cut off or written anew in the ledger; empty where it is as it was written.

    A chain by itself shows a changed row. That all of it was hashed anew, or its end cut off, shows beside the last hash that a run left in the journal.
    """
    forecast = warehouse.ledger_broken_at()
    found = [f"forecast {forecast}"] if forecast else []
    found += warehouse.broken_seals()
    kept = _kept(settings) if settings.journal_path.exists() else {}
    cut = [f"the end of {table}" for table, (number, seal) in sorted(kept.items()) if not warehouse.bears_seal(table, number, seal)]
    return (*found, *cut)


def keep_seals(warehouse: Warehouse, journal: Journal) -> None:
    """Note in the journal how each chain ends now."""
    journal.put_document(KIND, "seals", json.dumps(warehouse.seals(), sort_keys=True))


def _kept(settings: Settings) -> dict[str, tuple[int, str]]:
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        bodies = [body for id_, body in journal.documents(KIND) if id_ == "seals"]
    return {table: (number, seal) for body in bodies for table, (number, seal) in json.loads(body).items()}
