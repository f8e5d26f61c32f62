"""A table file -> numbered rows of named cells, whatever its form and encoding."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NoReturn

from ingest import sandbox
from ingest.clean import one_line
from ingest.decode import decode
from ingest.sheet import read_sheet

FILE_LIMIT = 200 << 20
SHEET_SECONDS = 60.0
RECORD_LINES = 500
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: column names in lower case; `problem` is (reason, remedy) where it could not be read; `body` its bytes."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    problem: tuple[str, str] | None = None


def read_rows(path: Path) -> Iterator[Row]:
    """Read rows by the file's content: XLSX where it is a zip, JSONL where it opens with a brace, else CSV."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            yield Row(number=0, problem=(f"the file is larger than {FILE_LIMIT >> 20} MB", "split it"))
            return
        raw = path.read_bytes()
    except OSError as error:
        yield Row(number=0, problem=(f"the file cannot be read: {error.strerror}", "check its path and rights"))
        return
    yield from rows_of(raw)


def rows_of(raw: bytes) -> Iterator[Row]:
    """Read rows from a file's bytes."""
    if raw.startswith(b"PK\x03\x04"):
        return _sheet_rows(raw)
    text = decode(raw)
    return _json_rows(text) if text.lstrip()[:1] == "{" else _csv_rows(text)


def _sheet_rows(raw: bytes) -> Iterator[Row]:
    found = sandbox.run(read_sheet, raw, SHEET_SECONDS)
    if isinstance(found, sandbox.Failure):
        yield Row(number=0, body=raw, problem=(f"the workbook cannot be read: {found.reason}", "save it as CSV in UTF-8"))
        return
    yield from _named(enumerate(found, 1))


def _json_rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    body = line.encode("utf-8", "replace")
    try:
        found = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return Row(number=number, body=body, problem=(f"it is not JSON: {error}", "write one JSON object a line"))
    if not isinstance(found, dict):
        return Row(number=number, body=body, problem=("it is JSON, but no object", "write one JSON object a line"))
    return Row(number=number, body=body, cells={one_line(name).lower(): _cell(value) for name, value in found.items()})


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _csv_rows(text: str) -> Iterator[Row]:
    lines = text.splitlines(keepends=True) if "\n" not in text else text.replace("\r\n", "\n").split("\n")
    yield from _named(_records([f"{line}\n" for line in lines], _delimiter(text)))


def _delimiter(text: str) -> str:
    """Return the delimiter the first line holds most of: a sniffer that looks into the text is fooled by prose."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Split lines into records; a record that does not end or is of the wrong width is one line, so that a stray quote costs one row.

    Numbers count records as a spreadsheet shows them, the header being 1.
    """
    at, number, width = 0, 0, 0
    while at < len(lines):
        cells, used = _one_record(lines, at, delimiter)
        if used > 1 and width and len(cells) != width:
            cells, used = [lines[at].rstrip("\n")], 1
        at += used
        if any(cell.strip() for cell in cells):
            number += 1
            width = width or len(cells)
            yield number, cells


def _one_record(lines: list[str], at: int, delimiter: str) -> tuple[list[str], int]:
    reader = csv.reader((lines[each] for each in range(at, min(len(lines), at + RECORD_LINES))), delimiter=delimiter)
    try:
        cells = next(reader, [])
    except csv.Error:
        return [lines[at].rstrip("\n")], 1
    return [cell.removesuffix("\n") for cell in cells], max(1, reader.line_num)


def _named(records: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    """Pair each record with the first one, the header."""
    numbered = iter(records)
    header = [one_line(name).lower() for _, cells in islice(numbered, 1) for name in cells]
    for number, cells in numbered:
        body = json.dumps(cells, ensure_ascii=False).encode("utf-8", "replace")
        if len(cells) != len(header):
            why = (f"it has {len(cells)} cells where the header has {len(header)}", "check its quotes and delimiters")
            yield Row(number=number, body=body, problem=why)
        else:
            yield Row(number=number, body=body, cells=dict(zip(header, cells, strict=True)))
