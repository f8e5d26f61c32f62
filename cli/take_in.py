"""ingest: files and folders into the journal."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.options import Json
from cli.tell import as_json, data, fail, say


class Format(StrEnum):
    """What sort of file it is."""

    AUTO = "auto"
    HIVECAST = "hivecast"
    USHAHIDI = "ushahidi"
    MAIL = "mail"
    FEED = "feed"


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(ingest)


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", exists=True, help="Tables (CSV, XLSX, JSONL), mails, mailboxes, feeds, or folders of them.")
    ],
    form: Annotated[Format, typer.Option("--format", help="What they are; found out when left out.")] = Format.AUTO,
    source: Annotated[str, typer.Option(help="Name to show for entries that name no source.")] = "",
    columns: Annotated[list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="Read a table of your own: which column is which field.")] = None,
    json: Json = False,
) -> None:
    """Take in files and print how many entries were accepted, repeated, changed and quarantined.

    Taking the same file in again is harmless: what is there already is counted as repeated.
    Example: hivecast ingest export.csv --format ushahidi
    """
    from flows.ingest_paths import ingest_path
    from flows.settings import load_settings
    from flows.take import Tally
    from flows.wiring import open_journal, open_vault

    mapping, settings = _mapping(columns or []), load_settings()
    total = Tally()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        for path in paths:
            total += ingest_path(path, form.value, source, mapping, settings, journal, vault)
    counts = asdict(total)
    if json:
        as_json(counts)
        return
    data(", ".join(f"{count} {name}" for name, count in counts.items()))
    if not any(counts.values()):
        say("There was nothing in it to take in.")
    if total.quarantined:
        say("See what is in quarantine, and why: hivecast quarantine list")


def _mapping(columns: list[str]) -> dict[str, str]:
    pairs = [column.rpartition("=") for column in columns]
    wrong = next((column for column, (name, mark, field) in zip(columns, pairs, strict=True) if not (name and mark and field)), None)
    if wrong is not None:
        fail(f"--map {wrong}: write COLUMN=FIELD, such as --map Narrative=text", Exit.USAGE)
    return {name: field for name, _, field in pairs}
