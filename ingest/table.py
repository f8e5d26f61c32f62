"""A CSV, XLSX or JSONL file -> Submission | Refusal, row by row; one bad row never stops the rest."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.clean import one_line
from ingest.dates import day_first, moment
from ingest.refuse import refuse
from ingest.rows import Row, read_rows
from store.errors import ConfigError
from store.records import TLP, Channel, Refusal, SourceKind, Submission

FIELDS = frozenset(["key", "at", "source", "source_kind", "title", "text", "language", "place", "lat", "lon", "url", "confidence", "sensitivity", "publisher"])
ALIASES = {"id": "key", "lang": "language", "occurred_at": "at"}
PRESETS: Mapping[str, Mapping[str, str]] = {
    "hivecast": {name: name for name in (*FIELDS, *ALIASES)},
    "ushahidi": {
        "serial": "key",
        "incident title": "title",
        "incident date": "at",
        "location": "place",
        "description": "text",
        "latitude": "lat",
        "longitude": "lon",
        "verified": "confidence",
    },
}
VERIFIED = {"yes": "verified", "no": "not verified"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How to read the rows of one file: column (lower case) -> field, the preset's name, the source where a row names none."""

    name: str
    columns: Mapping[str, str]
    preset: str
    source: str

    @property
    def kind(self) -> SourceKind:
        """What a row's source is where the row does not say."""
        return SourceKind.PUBLIC if self.preset == "ushahidi" else SourceKind.UNKNOWN


def read_table(path: Path, mapping: Mapping[str, str] | None, preset: str, source: str) -> Iterator[Submission | Refusal]:
    """Read every row as a submission or a refusal that names its row (the header of a CSV or XLSX is row 1).

    `preset` is "hivecast" (id, at, source, source_kind, title, text, lang, place, lat, lon, url), "ushahidi" (its CSV export, dates day
    first, source "ushahidi") or "" with a `mapping` of column -> field. Times without a zone are UTC, days midnight UTC. A row without a key
    gets one made of its content. Raises ConfigError at once for an unknown preset or a mapping to an unknown field.
    """
    table = Table(name=path.name, columns=_columns(mapping, preset), preset=preset, source=source or ("ushahidi" if preset == "ushahidi" else path.stem))
    return _read(path, table)


def _read(path: Path, table: Table) -> Iterator[Submission | Refusal]:
    for row in read_rows(path):
        yield _refused(table, row, row.problem) if row.problem else _submission(table, row)


def _columns(mapping: Mapping[str, str] | None, preset: str) -> Mapping[str, str]:
    if mapping is None and preset not in PRESETS:
        raise ConfigError(f"unknown table preset {preset!r}: use {' or '.join(sorted(PRESETS))}, or give a mapping of column to field")
    chosen = PRESETS[preset] if mapping is None else mapping
    fields = {one_line(column).lower(): ALIASES.get(field, field) for column, field in chosen.items()}
    for column, field in fields.items():
        if field not in FIELDS:
            raise ConfigError(f"column {column!r} is mapped to {field!r}, which is no field: use one of {', '.join(sorted(FIELDS))}")
    return fields


def _submission(table: Table, row: Row) -> Submission | Refusal:
    cells = {table.columns[name]: value.strip() for name, value in row.cells.items() if name in table.columns and value.strip()}
    text = cells.get("text") or cells.get("title", "")
    if not text:
        return _refused(table, row, _without_text(table, row))
    try:
        return _built(table, cells, text, row)
    except ValueError as wrong:
        return _refused(table, row, (str(wrong), "mend the cell and ingest the file again; rows already taken in are not doubled"))


def _without_text(table: Table, row: Row) -> tuple[str, str]:
    wanted = [column for column, field in table.columns.items() if field in ("text", "title")]
    if table.preset or any(column in row.cells for column in wanted):
        return "it has neither text nor title", "fill the column that is read as text, or map the right column to text"
    if not wanted:
        return "no column is mapped to text", "map the column that says what happened: --map COLUMN=text"
    return f"it has no column {wanted[0][:40]!r}; it has {', '.join(row.cells)[:200]}", "mend the name in the mapping"


def _built(table: Table, cells: Mapping[str, str], text: str, row: Row) -> Submission:
    when = (day_first if table.preset == "ushahidi" else moment)(cells["at"]) if "at" in cells else None
    if "at" in cells and when is None:
        raise ValueError(f"the date {cells['at'][:40]!r} cannot be read: write 2014-03-17 or 2014-03-17T10:30Z")
    confidence = cells.get("confidence", "")
    return Submission(
        channel=Channel.TABLE,
        source=cells.get("source", table.source),
        source_kind=_kind(cells.get("source_kind", ""), table.kind),
        key=cells.get("key") or hashlib.sha256(row.body).hexdigest()[:32],
        text=text,
        title=cells.get("title", "") if "text" in cells else "",
        occurred_at=when,
        place=cells.get("place", ""),
        lat=_degrees(cells, "lat", 90),
        lon=_degrees(cells, "lon", 180),
        language=cells.get("language", ""),
        confidence=VERIFIED.get(confidence.lower(), confidence) if table.preset == "ushahidi" else confidence,
        sensitivity=_mark(cells.get("sensitivity", "")),
        url=cells.get("url", ""),
        publisher=cells.get("publisher", ""),
    )


def _degrees(cells: Mapping[str, str], name: str, most: float) -> float | None:
    if name not in cells:
        return None
    try:
        value = float(cells[name])
    except ValueError:
        raise ValueError(f"{name} is {cells[name][:40]!r}, not a number in degrees") from None
    if not abs(value) <= most:
        raise ValueError(f"{name} is {cells[name][:40]}, outside -{most} to {most}")
    return value


def _kind(words: str, otherwise: SourceKind) -> SourceKind:
    """Read the kind of source; an unknown word is an unknown kind, no reason to lose the row."""
    if not words:
        return otherwise
    return SourceKind(words.lower()) if words.lower() in set(SourceKind) else SourceKind.UNKNOWN


def _mark(words: str) -> TLP:
    plain = words.lower().removeprefix("tlp:").strip()
    if not plain:
        return TLP.AMBER
    if plain not in set(TLP):
        raise ValueError(f"sensitivity is {words[:40]!r}: use clear, green, amber or red")
    return TLP(plain)


def _refused(table: Table, row: Row, why: tuple[str, str]) -> Refusal:
    return refuse(Channel.TABLE, table.source, f"{table.name} row {row.number}", why, row.body or json.dumps(dict(row.cells)).encode())
