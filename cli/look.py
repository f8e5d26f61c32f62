"""sql, sources, grades, situations, suggestions: look at what is there; nothing is changed."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.options import Json
from cli.readers_copy import query as ask
from cli.readers_copy import tell
from cli.tell import as_csv, as_json, as_table, fail, records
from store.records import Corroboration

situations = typer.Typer(help="Situations as the readers' copy has them.", invoke_without_command=True, rich_markup_mode=None)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (sql, sources, grades, suggestions):
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
    columns, rows = ask("SELECT id, title, trend, reports, origins, carriers, first_at, last_at FROM situations ORDER BY last_at DESC, id")
    found = [{**one, "heard": heard(one)} for one in records(columns, rows)]
    if json:
        as_json(found)
        return
    shown = ("id", "title", "trend", "heard", "first_at", "last_at")
    as_table(shown, [[one[name] for name in shown] for one in found])


@situations.command("show")
def situations_show(id_: Annotated[str, typer.Argument(metavar="ID")], json: Json = False) -> None:
    """Show one situation with its reports and what they count: all figures that each class of sources ever stated (the brief tells the last ones).

    Example: hivecast situations show s3f2a
    """
    found = records(*ask("SELECT * FROM situations WHERE id = ?", (id_,)))
    if not found:
        fail(f"There is no situation {id_}. See: hivecast situations list", Exit.NOT_FOUND)
    situation = {**found[0], "heard": heard(found[0])}
    figures = [{**one, "heard": heard(one)} for one in records(*ask(_FIGURES, (id_,)))]
    reports = ask(_REPORTS, (id_,))
    if json:
        as_json({**situation, "figures": figures, "reports": records(*reports)})
        return
    as_table(("field", "value"), list(situation.items()))
    if figures:
        shown = ("kind", "unit", "said_by", "low", "high", "heard")
        as_table(shown, [[one[name] for name in shown] for one in figures])
    as_table(*reports)


def suggestions(json: Json = False) -> None:
    """List suggestions, the latest first.

    Example: hivecast suggestions
    """
    tell("SELECT id, issued_at, objective_id, kind, probability, reason FROM suggestions ORDER BY issued_at DESC, id", (), json)


def heard(situation: Mapping[str, Any]) -> str:
    """Say how many independent origins something has, and how many reports carry them."""
    return str(Corroboration(origins=situation["origins"], carriers=situation["carriers"]))


def _letters() -> dict[str, str]:
    return dict(ask(f"SELECT source, letter FROM source_grades {_LATEST}")[1])  # noqa: S608  our own words


_LATEST = "QUALIFY row_number() OVER (PARTITION BY source ORDER BY graded_at DESC) = 1"
_GRADES = "SELECT source, letter, graded_at, confirmed, contradicted, reason FROM source_grades {which} ORDER BY source, graded_at DESC"
_FIGURES = """
SELECT kind, unit, said_by, min(low) AS low, CASE WHEN count(high) = count(*) THEN max(high) END AS high,
       count(DISTINCT origin_id) AS origins, count(DISTINCT report_id) FILTER (revision_of IS NULL) AS carriers
FROM figures JOIN situation_reports USING (report_id) JOIN origins USING (report_id)
WHERE situation_id = ? GROUP BY kind, unit, said_by ORDER BY kind, unit, said_by
"""
_REPORTS = f"""
SELECT r.id, r.said_at, r.source, coalesce(letters.letter, '') || number AS grade, r.title, left(r.text, 120) AS begins
FROM reports r JOIN situation_reports s ON s.report_id = r.id LEFT JOIN report_grades g ON g.report_id = r.id
LEFT JOIN (SELECT source, letter FROM source_grades {_LATEST}) letters ON letters.source = coalesce(r.publisher, r.source)
WHERE s.situation_id = ? ORDER BY r.said_at, r.id
"""  # noqa: S608  our own words
