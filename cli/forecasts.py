"""forecast: counts of a file in, what comes next out."""

from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.progress import progress
from cli.tell import data, fail, say

MOST_STEPS = 400


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(forecast)


def forecast(
    source: Annotated[Path, typer.Option("--in", metavar="FILE", exists=True, dir_okay=False, help="Counts: a CSV file with the columns unit,t,count.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", dir_okay=False, help="Where to write, one JSON object a unit and t.")],
    horizon: Annotated[int, typer.Option(min=1, max=MOST_STEPS, help="How many t ahead.")],
    until: Annotated[int | None, typer.Option(metavar="T", help="The last t that may be used; the last one in the file when left out.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Chooses what is looked at where there is too much to look at all. The same seed, the same result.")] = 0,
) -> None:
    """Forecast counts of any sort: for each unit, and each of the next t, the whole distribution of its count.

    A line is unit,t,count: what is counted or where, a whole number that counts days, weeks or months, and how many there were. From a unit's first line
    on, a t without a line counts zero. Lines with a t after --until are not used. Written is {unit, t, quantiles}, for T+1 to T+horizon of every unit that
    has a line up to T; quantiles are 39, from "0.025" to "0.975". Units help one another, so give those of one kind in one file.

    A line that cannot be taken is named on stderr and left out; the exit code is then 1.

    Example: hivecast forecast --in counts.csv --horizon 12 --until 480 --out quantiles.jsonl
    """
    from flows.counts_file import forecast_counts, read_counts
    from flows.report_file import check_writable, write_lines

    if source.resolve() == out.resolve():
        fail("The command names one file twice. Give --in and --out a file each.", Exit.USAGE)
    check_writable(out)
    counted = read_counts(source, until)
    with progress() as report:
        write_lines(out, forecast_counts(counted, horizon, seed, report))
    for line in counted.refused:
        say(f"{source.name} line {line.number}: {line.reason}. To mend it: {line.remedy}.")
    unused = f"{counted.later} after t {counted.until} not used"
    say(f"{len(counted.counts)} units forecast from t {counted.until} to {counted.until + horizon}; {len(counted.refused)} lines refused, {unused}.")
    data(str(out))
    if counted.refused:
        raise typer.Exit(Exit.PROBLEM)
