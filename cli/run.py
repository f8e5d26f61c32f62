"""run, brief, replay: make something of what came in."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.options import AsOf, Json
from cli.progress import progress
from cli.tell import as_json, data, fail, say
from store.records import Health

READABLE = (Health.OK, Health.UNCHANGED, Health.EMPTY, Health.UNDATED, Health.NEVER)


class Format(StrEnum):
    """How a brief is written."""

    HTML = "html"
    MD = "md"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (run, brief, replay):
        app.command()(command)


def run(as_of: AsOf = "", json: Json = False) -> None:
    """Take in what is new, understand it, forecast, advise and brief, once. Exit code 5 when models are missing.

    Example: hivecast run --as-of 2010-02-15
    """
    from flows.moments import moment
    from flows.pipeline import run_once
    from flows.settings import load_settings

    settings = load_settings()
    when = moment(as_of) if as_of else None
    with progress() as report:
        summary = run_once(settings, when, report)
    tell_summary(summary, json)
    tell_sources(settings)
    if summary.degraded:
        raise typer.Exit(Exit.DEGRADED)


def tell_sources(settings: Any) -> None:
    """Say on stderr how many feeds and mailboxes could not be read when they were last visited."""
    from flows.sources import known_sources

    silent = sum(state.health not in READABLE for state in known_sources(settings))
    if silent:
        say(f"{silent} of the feeds and mailboxes could not be read. See which, and why: hivecast sources")


def tell_summary(summary: Any, json: bool) -> None:
    """Print what a run did: each stage's counts, then where brief and snapshot are."""
    if json:
        as_json(asdict(summary))
        return
    for stage, did in summary.stages.items():
        counts = [f"{count} {name}" for name, count in did.items() if isinstance(count, (int, float)) and not isinstance(count, bool)]
        if counts:
            data(f"{stage}: {', '.join(counts)}")
    for kind, path in summary.brief.items():
        data(f"brief ({kind}): {path}")
    data(f"snapshot: {summary.snapshot}")
    for reason in summary.degraded:
        say(f"degraded: {reason}")


def brief(
    as_of: AsOf = "",
    form: Annotated[Format | None, typer.Option("--format", help="Print the brief itself in this form; its path when left out.")] = None,
) -> None:
    """Print where the latest brief is, or the brief itself. With --as-of: the last one made for a time not later.

    Example: hivecast brief --format md
    """
    from flows.briefs import briefs_until
    from flows.moments import moment
    from flows.settings import load_settings

    settings = load_settings()
    found = briefs_until(settings, moment(as_of) if as_of else None)
    if not found and briefs_until(settings):
        fail(f"There is no brief for {as_of} or earlier. Make one with: hivecast run --as-of {as_of}", Exit.NOT_FOUND)
    if not found:
        fail("There is no brief yet. Make one with: hivecast run", Exit.NOT_FOUND)
    if form is None:
        data(str(found.get("html") or next(iter(found.values()))))
    elif form.value in found:
        typer.echo(found[form.value].read_text(encoding="utf-8"), nl=False)
    else:
        fail(f"That brief was not written as {form.value}.", Exit.NOT_FOUND)


def replay(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO_DIR", help="Folder with reports.jsonl, objective.json and partners.json.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write what would have been said, as JSON.")],
    forecasts: Annotated[Path | None, typer.Option("--forecasts", metavar="FILE", help="Where to write every statement with its outcome.")] = None,
) -> None:
    """Play a known history day by day and write what would have been said, and when. The data folder is not touched.

    With --forecasts also every statement that would have been published, one JSON object a line: what it states and by which rule it is settled, the
    `odds` it was given in order of time, and its `outcome`, null where the history ends before its deadline. That takes longer.

    Example: hivecast replay scenarios/flood_2022 --out said.json --forecasts statements.jsonl
    """
    import json

    from flows.replay import replay as play
    from flows.settings import load_settings, prepare_environment

    settings = load_settings()
    prepare_environment(settings)
    with progress() as report:
        said = play(scenario, settings, report, forecasts)
    out.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    data(str(out))
