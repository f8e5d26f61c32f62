"""XLSX bytes -> rows of text. Runs in the sandbox."""

import io
import zipfile
from datetime import date, datetime, time

from openpyxl import load_workbook

from ingest.sandbox import Unreadable

EXPANDED_LIMIT = 50 << 20
RATIO_LIMIT = 100


def read_sheet(raw: bytes) -> list[list[str]]:
    """Return the rows of the first sheet, each as long as the header, empty rows left empty; formulas give their last value.

    Raises Unreadable for an archive that expands to more than 50 MB or a hundred times its size.
    """
    check_archive(raw)
    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    rows = [[_text(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    width = _width(rows[0]) if rows else 0
    return [_fitted(row, width) for row in rows]


def check_archive(raw: bytes) -> None:
    """Raise Unreadable unless a zip's members stay within the limits; what a member says of its size is also all that is ever read of it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        expanded = sum(member.file_size for member in archive.infolist())
    if expanded > EXPANDED_LIMIT or expanded > RATIO_LIMIT * max(len(raw), 1):
        raise Unreadable(f"the archive expands to {expanded} bytes, more than {EXPANDED_LIMIT >> 20} MB or {RATIO_LIMIT} times its size")


def _width(header: list[str]) -> int:
    return max((at for at, name in enumerate(header, 1) if name), default=0)


def _fitted(row: list[str], width: int) -> list[str]:
    """Drop empty cells beyond the header and fill up short rows: a sheet's used range is not its table."""
    filled = row + [""] * (width - len(row))
    return filled[:width] if not any(filled[width:]) else filled


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
