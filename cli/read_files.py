"""read, origins and situate: a file of reports in, what they say, whom they repeat or where they belong out; nothing stored is read or changed."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.progress import progress
from cli.tell import data, fail, say

In = Annotated[Path, typer.Option("--in", metavar="FILE", exists=True, dir_okay=False, help="Reports, one JSON object a line.")]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", dir_okay=False, help="Where to write, one JSON object a report.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (read, origins, situate):
        app.command()(command)


def read(
    source: In,
    out: Out,
    spans: Annotated[bool, typer.Option("--spans", help="Resolve the `spans` of each line, [[start, end], ...], and nothing else.")] = False,
) -> None:
    """Read a file of reports: places, names, figures and dates of each, in the order of the file.

    A line is {"text": "..."} with, if you have them: id (or key), at, title, source, source_kind, publisher, place, lat, lon, language, url. It comes
    back as {id, lang, mentions, places, figures, dates}. A report whose text names no place may have `own_place`, read from its place, lat and lon.

    `start` and `end` count characters from 0. They count `text` where there is no title or the text begins with it, else title, line break, text;
    with --spans they count `text` alone, and the title is not read. Each report learns from those said before it (`at`) and from no other; a line
    without `at` is said now, after the lines above it.

    A line that cannot be taken is named on stderr and left out; the exit code is then 1. It is 5 when models are missing.

    Example: hivecast read --in reports.jsonl --out readings.jsonl
    """
    from flows.read_file import file_reader, read_file
    from flows.settings import load_settings, prepare_environment
    from flows.wiring import now

    _ready(source, out)
    settings = load_settings()
    prepare_environment(settings)
    with progress() as report:
        done = read_file(source, file_reader(settings, spans=spans), now(), spans=spans, progress=report)
    _finish(done, source, out)


def origins(source: In, out: Out) -> None:
    """Say which reports of a file repeat one text: {id, origin, revision_of} for each, in the order of the file.

    `origin` is the id of the earliest report with that text, its own where it repeats nobody. `revision_of` is the report of which it is only a later
    edition, or null. A line that cannot be taken is named on stderr and left out; the exit code is then 1. `hivecast read --help` says what a line is.

    Example: hivecast origins --in reports.jsonl --out origins.jsonl
    """
    from flows.origins_file import origins_of_file
    from flows.wiring import now

    _ready(source, out)
    with progress() as report:
        done = origins_of_file(source, now(), report)
    _finish(done, source, out)


def situate(
    source: In,
    out: Out,
    lineage: Annotated[Path | None, typer.Option("--lineage", metavar="FILE", dir_okay=False, help="Where to write every change, in order of time.")] = None,
) -> None:
    """Say which situation each report of a file belongs to: {id, situation}, in the order of the file; null = to none.

    Reports are taken in order of time (`at`, or `created_at`), in one pass: no decision looks at what was said later. Nothing that is stored is read, and
    nobody's rulings count. --lineage tells how it came to be: {at, kind, situation, other, reports}, one line for each situation that was opened,
    joined, merged or split, and one ("moved") for each report that went somewhere.

    A line that cannot be taken is named on stderr and left out; the exit code is then 1. It is 5 when models are missing. `hivecast read --help` says
    what a line is.

    Example: hivecast situate --in reports.jsonl --out situations.jsonl --lineage lineage.jsonl
    """
    from flows.report_file import write_lines
    from flows.settings import load_settings, prepare_environment
    from flows.situate_file import situate_file, situating_reader
    from flows.wiring import now

    _ready(source, out, *([lineage] if lineage else []))
    settings = load_settings()
    prepare_environment(settings)
    with progress() as report:
        done = situate_file(source, situating_reader(settings), now(), progress=report)
    if lineage is not None:
        write_lines(lineage, done.lineage)
    _finish(done.file, source, out)


def _ready(source: Path, *outs: Path) -> None:
    """End before any work where a result would take the place of another file of the command, or could not be written."""
    from flows.report_file import check_writable

    if len({path.resolve() for path in (source, *outs)}) <= len(outs):
        fail("The command names one file twice. Give each of --in, --out and --lineage a file of its own.", Exit.USAGE)
    for out in outs:
        check_writable(out)


def _finish(done: Any, source: Path, out: Path) -> None:
    from flows.report_file import write_lines

    write_lines(out, done.lines)
    for line in done.refused:
        say(f"{source.name} line {line.number}: {line.reason}. To mend it: {line.remedy}.")
    for reason in done.degraded:
        say(f"degraded: {reason}")
    say(f"{len(done.lines)} reports written, {len(done.refused)} lines refused.")
    data(str(out))
    if done.refused or done.degraded:
        raise typer.Exit(Exit.PROBLEM if done.refused else Exit.DEGRADED)
