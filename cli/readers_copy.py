"""A question -> the readers' copy -> columns and rows, or what to do where there is none yet."""

from collections.abc import Sequence
from typing import Any

from cli.exits import Exit
from cli.tell import as_json, as_table, fail, records


def tell(sql: str, parameters: Sequence[object], json: bool) -> None:
    """Ask and print the answer."""
    columns, rows = query(sql, parameters)
    if json:
        as_json(records(columns, rows))
    else:
        as_table(columns, rows)


def query(sql: str, parameters: Sequence[object] = ()) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Ask the readers' copy; without one the command ends and says how to make it."""
    answer: tuple[tuple[str, ...], list[tuple[Any, ...]]] = readers_copy().query(sql, parameters)
    return answer


def readers_copy() -> Any:
    """Open the readers' copy (a Snapshot, which is loaded only then); without one the command ends and says how to make it."""
    from flows.settings import load_settings
    from flows.wiring import open_snapshot

    settings = load_settings()
    if not settings.snapshot_path.exists():
        fail(f"There is no readers' copy yet ({settings.snapshot_path}). Make it with: hivecast run", Exit.NOT_FOUND)
    return open_snapshot(settings)
