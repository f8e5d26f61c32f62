"""objectives and partners: import and list."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import Json
from cli.tell import as_json, as_table, data, say

objectives = typer.Typer(help="Objectives with their theory of change and coalition.", no_args_is_help=True, rich_markup_mode=None)
partners = typer.Typer(help="Organisations that could act.", no_args_is_help=True, rich_markup_mode=None)
File = Annotated[Path, typer.Argument(metavar="FILE", help="A JSON file.")]


@objectives.command("import")
def import_objectives(file: File) -> None:
    """Take in one objective or several; the next run uses them. A wrong file changes nothing.

    Example: hivecast objectives import objective.json
    """
    from flows import documents

    _import(documents.import_objectives, file)


@partners.command("import")
def import_partners(file: File) -> None:
    """Take in partners; the next run uses them. A wrong file changes nothing.

    Example: hivecast partners import partners.json
    """
    from flows import documents

    _import(documents.import_partners, file)


@objectives.command("list")
def list_objectives(json: Json = False) -> None:
    """List objectives.

    Example: hivecast objectives list --json
    """
    from flows import documents

    found = [documents.objective_of(body) for body in _stored(documents.OBJECTIVE)]
    rows = [(o.id, o.statement, len(o.conditions), ", ".join(o.members), ", ".join(o.strengths)) for o in found]
    _tell(found, ("id", "statement", "conditions", "members", "strengths"), rows, json)


@partners.command("list")
def list_partners(json: Json = False) -> None:
    """List partners.

    Example: hivecast partners list
    """
    from flows import documents

    found = [documents.partner_of(body) for body in _stored(documents.PARTNER)]
    rows = [(p.id, p.name, p.tier, ", ".join(p.strengths), ", ".join(p.countries)) for p in found]
    _tell(found, ("id", "name", "tier", "strengths", "countries"), rows, json)


def _tell(found: Sequence[Any], columns: Sequence[str], rows: Sequence[Sequence[object]], json: bool) -> None:
    if json:
        as_json([asdict(entry) for entry in found])
    else:
        as_table(columns, rows)


def _import(take: Callable[[Path, Any], tuple[str, ...]], file: Path) -> None:
    from flows.settings import load_settings
    from flows.wiring import open_journal, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        ids = take(file, journal)
    for id_ in ids:
        data(id_)
    say(f"{len(ids)} taken in; the next run uses them.")


def _stored(kind: str) -> list[str]:
    from flows.settings import load_settings
    from flows.wiring import open_journal, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        return [body for _, body in journal.documents(kind)]
