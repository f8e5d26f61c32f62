"""Numbered SQL files -> a schema: what changed, in which order."""

from pathlib import Path

SCHEMA = Path(__file__).parent / "schema"


def migrations(database: str) -> tuple[tuple[int, str], ...]:
    """List (number, SQL) of schema/<database>/NNNN_*.sql in order; each is applied once, in one transaction."""
    files = sorted((SCHEMA / database).glob("[0-9]*.sql"))
    return tuple((int(file.name.partition("_")[0]), file.read_text("utf-8")) for file in files)
