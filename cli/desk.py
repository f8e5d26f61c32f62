"""What the coordinator's commands share: the open stores, and the words for what cannot be done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.mend import OPERATOR
from cli.tell import fail

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so, under a name that may be shown.")]
SELF = OPERATOR


@contextmanager
def office() -> Iterator[Any]:
    """Open what the coordinator works with (a flows.office.Office, which is loaded only then); what is not there ends the command with its own exit code."""
    from flows.office import Missing, Office
    from flows.settings import load_settings
    from flows.wiring import open_journal, open_snapshot, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        try:
            yield Office(settings=settings, journal=journal, snapshot=open_snapshot(settings), vault=vault)
        except Missing as problem:
            fail(f"hivecast: {problem}", Exit.NOT_FOUND)


def stamp(by: str) -> Any:
    """Return who says it and when (a flows.office.Stamp)."""
    from flows.office import Stamp
    from flows.wiring import now

    if not by.strip():
        fail("--by is empty. Say who does it, or leave it out.", Exit.USAGE)
    return Stamp(by=by.strip(), at=now())


def plainly(noun: Any) -> Any:
    """Turn a record into plain values."""
    from store.plain import plain

    return plain(noun)
