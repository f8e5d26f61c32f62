"""sql, sources, situations, suggestions: look at what is there; nothing is changed."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.options import Json
from cli.tell import as_csv, as_json, as_table, fail, records

situations = typer.Typer(help="Situations as the readers' copy has them.", invoke_without_command=True, rich_markup_mode=None)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (sql, sources, suggestions):
        app.command()(command)


def sql(
    query: Annotated[str, typer.Argument(help="One SQL query in DuckDB's dialect.")],
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Query the readers' copy, read-only: tables reports, situations, forecasts, suggestions and more.

    Example: hivecast sql "select title, origins from situations order by origins desc limit 10"
    """
    columns, rows = _query(query)
    if json:
        as_json(records(columns, rows))
    elif csv:
        as_csv(columns, rows)
    else:
        as_table(columns, rows)


def sources(json: Json = False) -> None:
    """Show every feed and mailbox with the health of its last visit.

    Example: hivecast sources
    """
    from flows.settings import load_settings
    from flows.sources import known_sources

    states = known_sources(load_settings())
    if json:
        as_json(states)
        return
    columns = ("health", "name", "location", "detail", "checked", "last new", "failures")
    as_table(columns, [(s.health.value, s.name, s.location, s.detail, s.checked_at, s.last_new_at, s.failures) for s in states])


@situations.callback()
def situations_default(context: typer.Context, json: Json = False) -> None:
    """Situations as the readers' copy has them; without a command, list them.

    Example: hivecast situations
    """
    if context.invoked_subcommand is None:
        situations_list(json)


@situations.command("list")
def situations_list(json: Json = False) -> None:
    """List situations, the latest first.

    Example: hivecast situations list --json
    """
    _tell(
        "SELECT id, title, trend, reports, origins, first_at, last_at FROM situations ORDER BY last_at DESC, id",
        (),
        json,
    )


@situations.command("show")
def situations_show(id_: Annotated[str, typer.Argument(metavar="ID")], json: Json = False) -> None:
    """Show one situation with its reports.

    Example: hivecast situations show s3f2a
    """
    columns, rows = _query("SELECT * FROM situations WHERE id = ?", (id_,))
    if not rows:
        fail(f"There is no situation {id_}. See: hivecast situations list", Exit.NOT_FOUND)
    names, reports = _query(_REPORTS, (id_,))
    if json:
        as_json({**dict(zip(columns, rows[0], strict=True)), "reports": [dict(zip(names, row, strict=True)) for row in reports]})
        return
    as_table(("field", "value"), list(zip(columns, rows[0], strict=True)))
    as_table(names, reports)


def suggestions(json: Json = False) -> None:
    """List suggestions, the latest first.

    Example: hivecast suggestions
    """
    _tell("SELECT id, issued_at, objective_id, kind, probability, reason FROM suggestions ORDER BY issued_at DESC, id", (), json)


_REPORTS = """
SELECT r.id, r.said_at, r.source, r.title, left(r.text, 120) AS begins
FROM reports r JOIN situation_reports s ON s.report_id = r.id
WHERE s.situation_id = ? ORDER BY r.said_at, r.id
"""


def _tell(query: str, parameters: Sequence[object], json: bool) -> None:
    columns, rows = _query(query, parameters)
    if json:
        as_json(records(columns, rows))
    else:
        as_table(columns, rows)


def _query(query: str, parameters: Sequence[object] = ()) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    from flows.settings import load_settings
    from flows.wiring import open_snapshot

    settings = load_settings()
    if not settings.snapshot_path.exists():
        fail(f"There is no readers' copy yet ({settings.snapshot_path}). Make it with: hivecast run", Exit.NOT_FOUND)
    return open_snapshot(settings).query(query, parameters)
