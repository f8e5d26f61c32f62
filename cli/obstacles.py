"""obstacles list, doubtful, correct, corrections, undo: what reports say stands in the way."""

from typing import Annotated

import typer

from cli import mend, readers_copy
from cli.options import Json, Why
from store.records import Correction, Subject

app = typer.Typer(help="What reports say stands in the way: look it up, put it right.", no_args_is_help=True, rich_markup_mode=None)

Report = Annotated[str, typer.Option("--report", metavar="ID", help="Only this report; all when left out.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="How many reports at most.")]


@app.command("list")
def list_(report: Report = "", json: Json = False) -> None:
    """List what reports name, the latest first, with the sentence that says so and the chance that a careful reader names it too.

    Example: hivecast obstacles list --report r0f3a91b22d4e567
    """
    readers_copy.tell(_OBSTACLES, (report, report), json)


@app.command()
def doubtful(limit: Limit = 20, json: Json = False) -> None:
    """List the reports whose main obstacle is least certain: what a look and `obstacles correct` would help most.

    Example: hivecast obstacles doubtful --limit 10
    """
    readers_copy.tell(_DOUBTFUL, (limit,), json)


@app.command()
def correct(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's id, as in `obstacles list`.")],
    right: Annotated[str, typer.Option("--names", metavar="OBSTACLES", help="What it names, main one first, such as legal,funding:lifted, or `none`.")],
    reason: Why = "",
    json: Json = False,
) -> None:
    """Put right what a report names. The next run reads it so, and reads like reports that come in later a little more that way.

    Example: hivecast obstacles correct r0f3a91b22d4e567 --names legal,funding:lifted --reason "The bank waits for a ruling."
    """
    from flows.wiring import now

    draft = Correction(
        id="", at=now(), by=mend.OPERATOR, subject=Subject.OBSTACLE, text="", wrong="", right=right.strip(), report_id=report.strip(), reason=reason
    )
    mend.keep(draft, json)


@app.command()
def corrections(json: Json = False) -> None:
    """List what was put right about obstacles, those undone too.

    Example: hivecast obstacles corrections
    """
    mend.show(Subject.OBSTACLE, json)


@app.command()
def undo(id_: Annotated[str, typer.Argument(metavar="ID", help="See `obstacles corrections`.")]) -> None:
    """Take a correction back. The next run reads its report anew, and those that came in since.

    Example: hivecast obstacles undo c0f3a91b22d4e567
    """
    mend.undo(id_, Subject.OBSTACLE)


_OBSTACLES = """
SELECT r.id AS report, r.said_at, o.obstacle, o.state, round(o.weight, 2) AS chance, o.sentence
FROM obstacles o JOIN reports r ON r.id = o.report_id WHERE ? = '' OR r.id = ? ORDER BY r.said_at DESC, r.id, o.number
"""
_DOUBTFUL = """
SELECT r.id AS report, r.said_at, o.obstacle, o.state, round(o.weight, 2) AS chance, o.sentence
FROM obstacles o JOIN reports r ON r.id = o.report_id WHERE o.number = 0 AND o.weight < 0.7 ORDER BY o.weight, r.id LIMIT ?
"""
