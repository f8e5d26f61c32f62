"""What an exit code means: one table, for the program and for docs/operators.md."""

from collections.abc import Mapping
from enum import IntEnum

from store.errors import ConfigError, HivecastError, ModelUnavailable, StorageFull, UngroundedBrief, WarehouseBusy


class Exit(IntEnum):
    """Exit codes of `hivecast`."""

    OK = 0
    PROBLEM = 1
    USAGE = 2
    CONFIG = 3
    STORAGE = 4
    DEGRADED = 5
    NOT_FOUND = 6


MEANINGS: Mapping[Exit, str] = {
    Exit.OK: "Done. Entries in quarantine are no failure: they are counted on stdout.",
    Exit.PROBLEM: "Something could not be done; stderr says what, and how to mend it. For `doctor`: at least one finding.",
    Exit.USAGE: "The command line is wrong.",
    Exit.CONFIG: "A setting or an imported file is missing or wrong.",
    Exit.STORAGE: "The disk is full, or another process holds the warehouse; try again later.",
    Exit.DEGRADED: "Done, but with less than all models; the brief says so too.",
    Exit.NOT_FOUND: "There is nothing with this id, or nothing of this sort yet.",
}

_CODES: tuple[tuple[type[HivecastError], Exit], ...] = (
    (ConfigError, Exit.CONFIG),
    (StorageFull, Exit.STORAGE),
    (WarehouseBusy, Exit.STORAGE),
    (ModelUnavailable, Exit.PROBLEM),
    (UngroundedBrief, Exit.PROBLEM),
)


def code_of(error: HivecastError) -> Exit:
    """Return the exit code for an error that a person can mend."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.PROBLEM)


def exits_table() -> str:
    """Return the table as Markdown."""
    rows = [f"| {code.value} | {meaning} |" for code, meaning in MEANINGS.items()]
    return "\n".join(["| code | meaning |", "|---|---|", *rows]) + "\n"
