"""names list, find, show, apart, corrections, undo: who is held to be whom across reports."""

from typing import Annotated

import typer

from cli import mend
from cli.exits import Exit
from cli.options import Json, OneReport, Why
from cli.readers_copy import query, tell
from cli.tell import as_json, as_table, fail, records
from store.records import Correction, Subject

app = typer.Typer(help="People and organisations, joined across reports.", invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def default(context: typer.Context, json: Json = False) -> None:
    """People and organisations, joined across reports; without a command, list them.

    Example: hivecast names
    """
    if context.invoked_subcommand is None:
        list_(json)


@app.command("list")
def list_(json: Json = False) -> None:
    """List names, those in most reports first.

    Example: hivecast names list --json
    """
    tell(_NAMES.format(where=""), (), json)


@app.command()
def find(name: Annotated[str, typer.Argument(help="A part of a name, in any case.")], json: Json = False) -> None:
    """List the names that are written like this somewhere, with the ids that `names apart` takes.

    Example: hivecast names find "refugee agency"
    """
    tell(_NAMES.format(where="WHERE name_id IN (SELECT name_id FROM names WHERE contains(lower(text || chr(10) || canonical), lower(?)))"), (name,), json)


@app.command()
def show(id_: Annotated[str, typer.Argument(metavar="ID", help="See `names find`.")], json: Json = False) -> None:
    """Show every mention that is held to be this name, and why.

    Example: hivecast names show n4b1d
    """
    columns, rows = query("SELECT report_id, text, label, canonical, reason FROM names WHERE name_id = ? ORDER BY report_id, number", (id_,))
    if not rows:
        fail(f"There is no name {id_}. See: hivecast names list", Exit.NOT_FOUND)
    if json:
        as_json(records(columns, rows))
    else:
        as_table(columns, rows)


@app.command()
def apart(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The name as reports write it.")],
    wrong: Annotated[str, typer.Option("--from", metavar="NAME_ID", help="The name it was joined to.")],
    right: Annotated[str, typer.Option("--to", metavar="NAME_ID", help="The name it belongs to; someone of their own when left out.")] = "",
    report: OneReport = "",
    reason: Why = "",
    json: Json = False,
) -> None:
    """Say that a name does not belong to those it was joined to. The next run reads the reports anew that have it so.

    Example: hivecast names apart "J. Otieno" --from n4b1d --reason "Two people of one name."
    """
    from flows.wiring import now

    draft = Correction(
        id="", at=now(), by=mend.OPERATOR, subject=Subject.NAME, text=text.strip(), wrong=wrong.strip(), right=right.strip(), report_id=report, reason=reason
    )
    mend.keep(draft, json)


@app.command()
def corrections(json: Json = False) -> None:
    """List what was put right about names, those undone too.

    Example: hivecast names corrections
    """
    mend.show(Subject.NAME, json)


@app.command()
def undo(id_: Annotated[str, typer.Argument(metavar="ID", help="See `names corrections`.")]) -> None:
    """Take a correction back. The next run reads the reports that it changed anew.

    Example: hivecast names undo c0f3a91b22d4e567
    """
    mend.undo(id_, Subject.NAME)


_NAMES = """
SELECT name_id AS id, any_value(canonical) AS name, any_value(label) AS kind, count(DISTINCT report_id) AS reports, count(*) AS mentions,
       list_sort(list(DISTINCT text)) AS written
FROM names {where} GROUP BY name_id ORDER BY reports DESC, mentions DESC, id
"""
