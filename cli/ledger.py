"""forecasts list, scores, say, check: what was stated, how it did, and whether the ledger is as it was written."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli import readers_copy
from cli.exits import Exit
from cli.options import Json
from cli.tell import as_json, as_table, data, fail, say

app = typer.Typer(help="Statements that resolve by themselves: what was said, how it did.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_(
    everything: Annotated[bool, typer.Option("--all", help="Those that are settled too.")] = False,
    subject: Annotated[str, typer.Option("--about", metavar="ID", help="Only those about this situation, place or objective.")] = "",
    json: Json = False,
) -> None:
    """List the statements that are open, the next due first, with the chance that each comes true; with --all what became of the others.

    Example: hivecast forecasts list --about s0f3a91b22d4e567
    """
    readers_copy.tell(_STATEMENTS, (everything, subject, subject), json)


@app.command()
def scores(
    json: Json = False,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", dir_okay=False, help="Where to draw what was said beside what came true.")] = None,
) -> None:
    """Say how the statements that were settled did: Brier score, skill against the base rate of each kind, log score, calibration.

    The exit code is 6 while nothing is settled.

    Example: hivecast forecasts scores --svg reliability.svg
    """
    from flows.scores import scores as scored
    from reports.draw.reliability import reliability

    found = scored(readers_copy.readers_copy())
    if found.whole is None:
        fail(f"Nothing is settled yet; {found.open} statements are open.", Exit.NOT_FOUND)
    figure = reliability(found.whole.bins)
    if svg is not None and figure is not None:
        svg.write_text(str(figure.svg), encoding="utf-8")
    if json:
        as_json(asdict(found))
        return
    groups = {"all": found.whole, **found.by_kind, **{f"{days} days": one for days, one in found.by_days.items()}}
    columns = ("statements", "settled", "Brier", "skill", "90 % interval", "log score", "calibration error")
    as_table(
        columns, [(name, one.count, f"{one.brier:.3f}", *_skill(one), f"{one.log_score:.3f}", f"{one.calibration_error:.3f}") for name, one in groups.items()]
    )
    for part in found.whole.words:
        say(f"{part.word} ({part.low:.0%} to {part.high:.0%}): {part.count} said, {part.happened:.0%} came true")
    say(f"{found.open} open, {found.void} void.")


def _skill(one: object) -> tuple[str, str]:
    from forecast.judge import Verdict

    if not isinstance(one, Verdict) or one.skill is None or one.skill_low is None or one.skill_high is None:
        return "", ""
    return f"{one.skill:.3f}", f"{one.skill_low:.2f} to {one.skill_high:.2f}"


@app.command("say")
def say_(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The statement, as in `forecasts list`.")],
    probability: Annotated[float, typer.Argument(min=0.0, max=1.0, help="How likely you hold it to come true, 0 to 1.")],
) -> None:
    """Keep how likely the coordinator holds an open statement. The next run takes it into the ledger; nobody sees it before the statement is settled.

    Say it again when you think otherwise: both are kept, what was held last counts.

    Example: hivecast forecasts say sf0f3a91b22d4e567 0.7
    """
    from cli.desk import office
    from flows.held import COORDINATOR, hold
    from flows.wiring import now

    with office() as here:
        kept = hold(here, id_, probability, COORDINATOR, now())
    data(f"{kept.statement_id}: {kept.probability:.0%}")


@app.command()
def check() -> None:
    """Say whether the ledger is as it was written: no statement, chance or outcome changed, removed or put in since. If not, the exit code is 1.

    Example: hivecast forecasts check
    """
    from flows.seals import broken_seals
    from flows.settings import load_settings
    from flows.wiring import open_warehouse

    settings = load_settings()
    if not settings.warehouse_path.exists():
        fail(f"There is no ledger yet ({settings.warehouse_path}). Make it with: hivecast run", Exit.NOT_FOUND)
    with open_warehouse(settings) as warehouse:
        broken = broken_seals(warehouse, settings)
    for one in broken:
        say(f"changed after it was written: {one}")
    if broken:
        fail("The ledger of forecasts is not as it was written. Restore warehouse.duckdb from a backup.", Exit.PROBLEM)
    data("every hash fits")


_STATEMENTS = """
SELECT id, kind, deadline, round(coalesce(latest_probability, probability), 3) AS chance, text,
    CASE WHEN void THEN 'void' WHEN came_true THEN 'came true' WHEN resolved_at IS NOT NULL THEN 'did not' ELSE 'open' END AS outcome
FROM statements WHERE (? OR resolved_at IS NULL) AND (? = '' OR subject = ?) ORDER BY deadline, id
"""
