"""Values -> stdout and talk -> stderr: data can be piped, talk can be silenced."""

import csv
import json
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn

import typer

from cli.exits import Exit

WHOLE = frozenset(["id", "prefix"])
"""Columns that are never broken on a terminal: they are copied into the next command."""


def say(text: str) -> None:
    """Write a line of talk to stderr."""
    typer.echo(text, err=True)


def fail(text: str, code: Exit) -> NoReturn:
    """Write one line to stderr and end with `code`."""
    say(text)
    raise typer.Exit(code)


def data(text: str) -> None:
    """Write a line of data to stdout."""
    typer.echo(text)


def as_json(value: Any) -> None:
    """Write a value as one JSON document to stdout; a number that JSON does not know (NaN, infinity) is null."""
    data(json.dumps(_finite(value), default=_plain, ensure_ascii=False, allow_nan=False, indent=2 if sys.stdout.isatty() else None))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV to stdout; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)


def as_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows as a table: drawn by rich on a terminal, tab-separated in a pipe."""
    if not sys.stdout.isatty():
        data("\t".join(columns))
        for row in rows:
            data("\t".join(_word(value) for value in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name in WHOLE)
    for row in rows:
        table.add_row(*(Text(_word(value)) for value in row))
    Console().print(table)


def _word(value: object) -> str:
    text = "" if value is None else value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else str(value)
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split(" "))


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, (date, datetime)) else value
    return f"'{value}" if value.lstrip(" \ufeff\u3000")[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠") and value.strip() else value


def records(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> list[dict[str, object]]:
    """Name each row's values; a column name that comes again gets a number, so that no value is lost."""
    names: list[str] = []
    for column in columns:
        names.append(column if column not in names else next(name for n in range(1, len(columns) + 1) if (name := f"{column}_{n}") not in (*names, *columns)))
    return [dict(zip(names, row, strict=True)) for row in rows]


def _finite(value: object) -> object:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _finite(asdict(value))
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: object) -> object:
    """Turn what JSON does not know into what it does."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, Path) else _listed(value)


def _listed(value: object) -> object:
    return list(value) if isinstance(value, (set, frozenset)) else str(value)
