"""objectives and partners: import and list; how the conditions of an objective stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.options import Json
from cli.readers_copy import readers_copy
from cli.tell import as_json, as_table, data, fail, say

objectives = typer.Typer(help="Objectives with their theory of change and coalition.", no_args_is_help=True, rich_markup_mode=None)
partners = typer.Typer(help="Organisations that could act.", no_args_is_help=True, rich_markup_mode=None)
CONDITION_COLUMNS = ("id", "standing", "probability", "log_odds", "low", "high", "origins_for", "origins_against", "since", "needs", "decider")
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


@objectives.command("show")
def show_objective(id_: Annotated[str, typer.Argument(metavar="ID", help="The objective; see `objectives list`.")], json: Json = False) -> None:
    """Tell how each condition of an objective stands, since when, and the strongest reports for and against it; which link breaks first.

    Example: hivecast objectives show water
    """
    from flows.objective_page import find

    found = find(readers_copy(), id_)
    if found is None:
        fail(f"There is no objective {id_} in the readers' copy. See: hivecast objectives list; a new one is there after: hivecast run", Exit.NOT_FOUND)
    if json:
        as_json({**found.objective, "broken": found.broken, "conditions": found.conditions})
        return
    data(f"{found.objective['statement']} ({id_})")
    data(f"Fails first: {', then '.join(found.broken)}" if found.broken else "No condition is called failing.")
    as_table(CONDITION_COLUMNS, [[one[name] if name != "needs" else ", ".join(one["needs"]) for name in CONDITION_COLUMNS] for one in found.conditions])
    for one in found.conditions:
        _tell_condition(one)


def _tell_condition(one: Mapping[str, Any]) -> None:
    told = [(side, said) for side in ("for", "against") for said in one[side]]
    if not told and not one["overdue"]:
        return
    data(f"\n{one['id']}: {one['statement']}")
    for sign in one["overdue"]:
        data(f"overdue: {sign}")
    for side, said in told:
        data(f"{side}: “{' '.join(said['sentence'].split())}” {said['voice']}, {said['said_at']:%Y-%m-%d} [{said['report_id']}]")


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
