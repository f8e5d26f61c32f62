"""quarantine list, show, retry: what could not be taken in, and why."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.options import Json
from cli.tell import as_json, as_table, data, fail, say

app = typer.Typer(help="What could not be taken in, with its reason and bytes.", no_args_is_help=True, rich_markup_mode=None)
Id = Annotated[int, typer.Argument(metavar="ID")]


@app.command("list")
def list_(
    json: Json = False,
    everything: Annotated[bool, typer.Option("--all", help="Show those taken in after a retry too.")] = False,
) -> None:
    """List what waits in quarantine.

    Example: hivecast quarantine list
    """
    from flows.settings import load_settings
    from flows.wiring import open_journal, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        held = [entry for entry in journal.quarantined() if everything or entry.retried_at is None]
    if json:
        as_json([{"id": e.id, "at": e.at, "retried_at": e.retried_at, **asdict(e.refusal), "body": len(e.refusal.body)} for e in held])
        return
    as_table(
        ("id", "at", "channel", "source", "where", "reason"),
        [(e.id, e.at, e.refusal.channel.value, e.refusal.source, e.refusal.where, e.refusal.reason) for e in held],
    )


@app.command()
def show(id_: Id, json: Json = False, raw: Annotated[bool, typer.Option("--raw", help="Print the bytes alone, as they came.")] = False) -> None:
    """Show one entry: where it came from, why it was refused, how to mend it, and its text.

    Example: hivecast quarantine show 3 --raw > mended.eml
    """
    from flows.settings import load_settings
    from flows.wiring import open_journal, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        held = journal.quarantined_one(id_)
    if held is None:
        fail(f"There is no entry {id_} in quarantine. See: hivecast quarantine list", Exit.NOT_FOUND)
    if raw:
        typer.echo(held.refusal.body, nl=False)
    elif json:
        as_json({"id": held.id, "at": held.at, "retried_at": held.retried_at, **asdict(held.refusal)})
    else:
        as_table(("field", "value"), [(name, value) for name, value in asdict(held.refusal).items() if name != "body"])
        data(_printable(held.refusal.body))


@app.command()
def retry(
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID]...", help="Which ones; all that wait when left out.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", exists=True, dir_okay=False, help="Take these mended bytes in place of the kept ones (with one ID).")
    ] = None,
    json: Json = False,
) -> None:
    """Try again to take entries in, after the cause was mended. What still fails stays, with its reason.

    Example: hivecast quarantine retry 3 --file mended.eml
    """
    from flows.retry import mended
    from flows.retry import retry as try_again
    from flows.settings import load_settings
    from flows.wiring import now, open_journal, open_vault

    if file and len(ids or []) != 1:
        fail("--file goes with exactly one ID.", Exit.USAGE)
    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        waiting = [entry for entry in journal.quarantined() if (entry.id in ids if ids else entry.retried_at is None)]
        missing = sorted(set(ids or []) - {entry.id for entry in waiting})
        if missing:
            fail(f"There is no entry {missing[0]} in quarantine. See: hivecast quarantine list", Exit.NOT_FOUND)
        chosen = [mended(entry, file.read_bytes()) for entry in waiting] if file else waiting
        results = try_again(chosen, settings, journal, vault, now())
    if json:
        as_json(results)
        return
    as_table(("id", "taken in", "reason"), [(r.id, "yes" if r.taken else "no", r.reason) for r in results])
    say(f"{sum(r.taken for r in results)} taken in, {sum(not r.taken for r in results)} still in quarantine.")


def _printable(body: bytes, most: int = 4000) -> str:
    """Show bytes as text without letting them steer the terminal."""
    text = body[:most].decode("utf-8", "replace")
    return "".join(mark if mark.isprintable() or mark in "\n\t" else "\ufffd" for mark in text)
