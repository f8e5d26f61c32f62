"""init, up, doctor, demo."""

from dataclasses import asdict

import typer

from cli.exits import Exit
from cli.options import Json
from cli.progress import progress
from cli.tell import as_json, as_table, data, say


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (init, up, doctor, demo):
        app.command()(command)


def init(json: Json = False) -> None:
    """Make the data folder, its files and a settings file to edit. Nothing that exists is changed.

    Example: HIVECAST_HOME=/srv/hivecast hivecast init
    """
    from flows.settings import FILE_NAME, load_settings, settings_example, settings_file
    from flows.wiring import open_journal, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault):
        pass
    file = settings_file() or settings.home / FILE_NAME
    if not file.exists():
        file.write_text(settings_example(), encoding="utf-8")
    if json:
        as_json({"home": settings.home, "settings": file})
        return
    data(str(settings.home))
    say(f"Settings: {file}")
    say('Next: hivecast keys create "Your organisation", then hivecast up. hivecast doctor checks everything.')


def up() -> None:
    """Start the API, the Prefect server and the schedules on this machine; one Ctrl-C stops them all.

    Example: hivecast up
    """
    from flows.serve import up as start
    from flows.settings import load_settings

    raise typer.Exit(start(load_settings(), say))


def doctor(json: Json = False) -> None:
    """Check the installation and the data folder; each finding comes with its remedy. Exit code 1 when there is one.

    Example: hivecast doctor
    """
    from flows.doctor import examine
    from flows.settings import load_settings, prepare_environment

    settings = load_settings()
    prepare_environment(settings)
    checks = examine(settings)
    if json:
        as_json({"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]})
    else:
        as_table(("", "check", "found", "remedy"), [("ok" if c.ok else "PROBLEM", c.name, c.found, c.remedy) for c in checks])
    raise typer.Exit(Exit.OK if all(check.ok for check in checks) else Exit.PROBLEM)


def demo(json: Json = False) -> None:
    """Play the demo history through every channel and make a brief, offline.

    Example: hivecast demo
    """
    from cli.run import tell_summary
    from flows.demo import demo as play
    from flows.settings import load_settings, prepare_environment

    settings = load_settings()
    prepare_environment(settings)
    with progress() as report:
        summary = play(settings, report)
    if not json:
        data(f"{summary.posted} reports POSTed to the API, {summary.mailed} came as mails, {summary.fed} from feeds; all in {summary.home}")
    tell_summary(summary.run, json)
    if summary.decide and not json:
        say(f"Next, with HIVECAST_HOME={summary.home}: hivecast suggestions show {summary.decide}")
        say(f"then: hivecast suggestions accept {summary.decide}, and: hivecast blueprints draft {summary.decide}")
