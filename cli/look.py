"""sql, sources, grades: look at what is there; nothing is changed."""

from typing import Annotated

import typer

from cli.exits import Exit
from cli.options import Json
from cli.readers_copy import query as ask
from cli.readers_copy import tell
from cli.situations import situations
from cli.tell import as_csv, as_json, as_table, fail, records

__all__ = ["add_to", "situations"]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (sql, sources, grades):
        app.command()(command)


def sql(
    query: Annotated[str, typer.Argument(help="One SQL query in DuckDB's dialect.")],
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Query the readers' copy, read-only: tables reports, situations, forecasts, suggestions and more.

    Example: hivecast sql "select title, origins from situations order by origins desc limit 10"
    """
    columns, rows = ask(query)
    if json:
        as_json(records(columns, rows))
    elif csv:
        as_csv(columns, rows)
    else:
        as_table(columns, rows)


def sources(json: Json = False) -> None:
    """Show every feed and mailbox with the health of its last visit and, once its reports could be judged, its Admiralty letter.

    Example: hivecast sources
    """
    from flows.settings import load_settings
    from flows.sources import known_sources
    from store.plain import plain

    settings = load_settings()
    states = known_sources(settings)
    letters = _letters() if settings.snapshot_path.exists() else {}
    if json:
        as_json([{**plain(state), "letter": letters.get(state.name)} for state in states])
        return
    columns = ("health", "name", "letter", "location", "detail", "checked", "last new", "failures")
    as_table(columns, [(s.health.value, s.name, letters.get(s.name), s.location, s.detail, s.checked_at, s.last_new_at, s.failures) for s in states])


def grades(
    source: Annotated[str, typer.Argument(help="One source, with all its letters so far; without it, the letter each has now.")] = "", json: Json = False
) -> None:
    """Show the Admiralty letters of sources, A (completely reliable) to E (unreliable), F (not to be judged), with their dates and reasons.

    A letter is computed from what independent origins confirmed and contradicted; nobody gives one.
    Example: hivecast grades "Example News"
    """
    if source and not ask("SELECT 1 FROM source_grades WHERE source = ? LIMIT 1", (source,))[1]:
        fail(f"The source {source} has no letter: its reports could not be judged yet, or it is called otherwise. See: hivecast grades", Exit.NOT_FOUND)
    tell(_GRADES.format(which="WHERE source = ?" if source else _LATEST), (source,) if source else (), json)


def _letters() -> dict[str, str]:
    return dict(ask(f"SELECT source, letter FROM source_grades {_LATEST}")[1])  # noqa: S608  our own words


_LATEST = "QUALIFY row_number() OVER (PARTITION BY source ORDER BY graded_at DESC) = 1"
_GRADES = "SELECT source, letter, graded_at, confirmed, contradicted, reason FROM source_grades {which} ORDER BY source, graded_at DESC"
