"""A CSV file of counts, `unit,t,count` -> quantiles of what comes next, one object a unit and step."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from flows.report_file import Refused
from flows.wiring import Progress, quiet
from forecast.ahead import LONGEST_PAST, ahead
from forecast.ladder import LEVELS, Floats
from ingest.decode import decode
from store.errors import ConfigError

COLUMNS: Final = ("unit", "t", "count")
_LARGEST: Final = 10**12
_ROWS_MEND: Final = "begin the file with the line unit,t,count and give each count a line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Counts of a file by unit and t, in the units' order; lines that could not be taken; how many lines lie after the last t that is used."""

    counts: Mapping[str, Mapping[int, int]]
    until: int
    refused: tuple[Refused, ...] = ()
    later: int = 0


def read_counts(path: Path, until: int | None = None) -> Counted:
    """Read counts with t up to `until`, or up to the last t of the file; what lies after it is not kept.

    Raises ConfigError where the file cannot be read, lacks a column, or holds no count to go by.
    """
    rows: list[tuple[int, str, int, int]] = []
    refused: list[Refused] = []
    for number, row in _rows(path):
        taken = _taken(number, row)
        if isinstance(taken, Refused):
            refused.append(taken)
        else:
            rows.append((number, *taken))
    used = [row for row in rows if until is None or row[2] <= until]
    if not used:
        raise ConfigError(f"{path.name} has no count {'' if until is None else f'with t up to {until} '}to forecast from. To mend it: {_ROWS_MEND}.")
    counts, twice = _by_unit(used)
    last = max(row[2] for row in used) if until is None else until
    return Counted(counts=counts, until=last, refused=tuple(sorted((*refused, *twice), key=lambda r: r.number)), later=len(rows) - len(used))


def forecast_counts(counted: Counted, horizon: int, seed: int = 0, progress: Progress = quiet) -> Iterator[dict[str, Any]]:
    """Say for each unit, and each t of the next `horizon`, the quantiles of its count: `{unit, t, quantiles}`, units in order of their names."""
    units, counts = grid(counted)
    found = ahead(counts, horizon, seed=seed, progress=lambda done, total: progress("forecast", done, total))
    names = [f"{level:g}" for level in LEVELS]
    return (
        {"unit": unit, "t": counted.until + step + 1, "quantiles": dict(zip(names, map(int, found[row, step]), strict=True))}
        for row, unit in enumerate(units)
        for step in range(horizon)
    )


def grid(counted: Counted) -> tuple[list[str], Floats]:
    """Lay counts out as (units, steps) up to the last t used: NaN before a unit's first t, zero where it has no row from then on."""
    units = sorted(counted.counts)
    first = max(min(min(rows) for rows in counted.counts.values()), counted.until - LONGEST_PAST + 1)
    laid = np.full((len(units), counted.until - first + 1), np.nan)
    for row, unit in enumerate(units):
        known = counted.counts[unit]
        laid[row, max(0, min(known) - first) :] = 0.0
        for t, count in known.items():
            if t >= first:
                laid[row, t - first] = count
    return units, laid


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    try:
        text = decode(path.read_bytes())
    except OSError as problem:
        raise ConfigError(f"{path} cannot be read: {problem.strerror}. Give the path of a CSV file.") from None
    lines = csv.DictReader(text.splitlines())
    missing = [column for column in COLUMNS if column not in (lines.fieldnames or ())]
    if missing:
        raise ConfigError(f"{path.name} has no column {', '.join(missing)}. To mend it: {_ROWS_MEND}.")
    return ((lines.line_num, row) for row in lines)


def _taken(number: int, row: Mapping[str, str | None]) -> tuple[str, int, int] | Refused:
    unit, t, count = ((row[column] or "").strip() for column in COLUMNS)
    if not unit:
        return Refused(number=number, reason="it names no unit", remedy="write what is counted, or where, in the first column")
    when, many = _whole(t), _whole(count)
    if when is None:
        return Refused(number=number, reason=f"t is {t!r}, not a whole number", remedy="number days, weeks or months one after another, as in 457")
    if many is None or many < 0:
        return Refused(
            number=number, reason=f"count is {count!r}, not a whole number from 0 on", remedy="write how many there were, as in 12, or leave the line out"
        )
    return unit, when, many


def _whole(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() and abs(number) <= _LARGEST else None


def _by_unit(rows: list[tuple[int, str, int, int]]) -> tuple[dict[str, dict[int, int]], list[Refused]]:
    counts: dict[str, dict[int, int]] = {}
    twice = []
    for number, unit, t, count in rows:
        known = counts.setdefault(unit, {})
        if t in known:
            twice.append(Refused(number=number, reason=f"{unit} has a count for t {t} already", remedy="add the two up, or leave one line out"))
        else:
            known[t] = count
    return counts, twice
