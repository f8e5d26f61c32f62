"""places find, doubtful, correct, corrections, undo: which place a name means."""

from typing import Annotated

import typer

from cli import mend, readers_copy
from cli.exits import Exit
from cli.options import Json, OneReport, Why
from cli.tell import as_json, as_table, fail, say
from store.records import Correction, Subject

app = typer.Typer(help="Which place a name means: look it up, put it right.", no_args_is_help=True, rich_markup_mode=None)
NOWHERE = "none"


@app.command()
def find(name: Annotated[str, typer.Argument(help="A place's name, in any spelling or language.")], json: Json = False) -> None:
    """List the places that bear a name, with the ids that `places correct` takes.

    Example: hivecast places find Tripoli
    """
    from flows.places import candidates
    from flows.settings import load_settings

    found = [candidate.place for candidate in candidates(name, load_settings())]
    if json:
        as_json(found)
        return
    if not found:
        fail(f"No place is called {name}. Try another spelling, or add it to your own places (own_places in hivecast.toml).", Exit.NOT_FOUND)
    columns = ("id", "name", "kind", "country", "admin1", "admin2", "population", "lat", "lon")
    as_table(columns, [(p.id, p.name, p.precision.value, p.country, p.admin1, p.admin2, p.population or "", p.lat, p.lon) for p in found])


@app.command()
def doubtful(limit: Annotated[int, typer.Option(min=1, max=1000, help="How many names at most.")] = 20, json: Json = False) -> None:
    """List the names whose place is least certain, those in the most reports first: what a look and `places correct` would help most.

    Example: hivecast places doubtful --limit 10
    """
    readers_copy.tell(_DOUBTFUL, (limit,), json)


# under .6 a name is more a guess than a reading; a town and the district around it are not two places
_DOUBTFUL = """
SELECT p.text AS name, count(DISTINCT p.report_id) AS reports, round(avg(p.probability), 2) AS probability,
       p.place_id AS taken_for, concat_ws(', ', t.name, nullif(t.admin1, ''), t.country) AS which_is, r.id AS or_else,
       concat_ws(', ', r.name, nullif(r.admin1, ''), r.country) AS which_would_be
FROM report_places p JOIN places t ON t.id = p.place_id LEFT JOIN places r ON r.id = p.runner_up_id
WHERE p.probability < 0.6 AND p.end_char > 0 AND (r.id IS NULL OR t.country <> r.country OR abs(t.lat - r.lat) + abs(t.lon - r.lon) > 0.5)
GROUP BY ALL ORDER BY reports DESC, probability, name, taken_for LIMIT ?
"""


@app.command()
def correct(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The name as reports write it; case and accents do not matter.")],
    wrong: Annotated[str, typer.Option("--from", metavar="ID", help="The place it was taken for, such as gn:2210247.")],
    right: Annotated[str, typer.Option("--to", metavar="ID", help="The place it means, or `none`: it is no place.")],
    report: OneReport = "",
    reason: Why = "",
    json: Json = False,
) -> None:
    """Put right what a place name was taken for. The next run mends every report that has it so, and later reports are read that way.

    Example: hivecast places correct Tripoli --from gn:2210247 --to gn:266826 --reason "The coast of Lebanon is meant."
    """
    from flows.wiring import now

    draft = Correction(
        id="",
        at=now(),
        by=mend.OPERATOR,
        subject=Subject.PLACE,
        text=text.strip(),
        wrong=wrong.strip(),
        right="" if right == NOWHERE else right.strip(),
        report_id=report,
        reason=reason,
    )
    mend.keep(draft, json)
    if not json:
        say(f"{draft.text}: {_called(draft.wrong)} -> {_called(draft.right)}")


def _called(id_: str) -> str:
    """Say what an id means, so that a slip of the pen shows."""
    from flows.places import place_by_id
    from flows.settings import load_settings

    place = place_by_id(id_, load_settings()) if id_ else None
    return ", ".join(filter(None, (place.name, place.admin1, place.country))) if place else id_ or "no place"


@app.command()
def corrections(json: Json = False) -> None:
    """List what was put right about places, those undone too.

    Example: hivecast places corrections
    """
    mend.show(Subject.PLACE, json)


@app.command()
def undo(id_: Annotated[str, typer.Argument(metavar="ID", help="See `places corrections`.")]) -> None:
    """Take a correction back. The next run reads the reports that it changed anew.

    Example: hivecast places undo c0f3a91b22d4e567
    """
    mend.undo(id_, Subject.PLACE)
