"""A JSONL file of reports -> Report*, Refused*, each text to the letter, so that positions in it hold; and what was made of them -> a JSONL file."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from ingest.accept import accept
from ingest.dates import moment
from ingest.decode import decode
from ingest.normalise import normalise
from store.errors import ConfigError
from store.journal import content_hash, report_id
from store.records import Channel, Refusal, Report, SourceKind, Submission

Spans = tuple[tuple[int, int], ...]
_NOT_LETTERS = re.compile(r"[\W_]+")
_REMEDIES: Final = {
    "spans": "write [[start, end], ...], whole numbers that count characters of `text`",
    "lat": "write decimal degrees (WGS 84), or leave both out",
    "lon": "write decimal degrees (WGS 84), or leave both out",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A report, what its line calls it, and the spans to be resolved, where only these are asked for."""

    number: int
    id: str
    report: Report
    spans: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A line that cannot be taken: its number from 1, why, and how to mend it."""

    number: int
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """What became of a file: what to write, which lines were refused, and which models were missing."""

    lines: tuple[Mapping[str, Any], ...]
    refused: tuple[Refused, ...] = ()
    degraded: tuple[str, ...] = ()


class Line(BaseModel):
    """One line as it is written; fields it does not know are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: Annotated[str, Field(validation_alias=AliasChoices("id", "key"))] = ""
    at: Annotated[str, Field(validation_alias=AliasChoices("at", "occurred_at", "created_at"))] = ""
    language: Annotated[str, Field(validation_alias=AliasChoices("language", "lang"))] = ""
    text: str = ""
    title: str = ""
    source: str = ""
    source_kind: str = ""
    publisher: str = ""
    place: str = ""
    url: str = ""
    lat: Annotated[float | None, Field(ge=-90, le=90, allow_inf_nan=False)] = None
    lon: Annotated[float | None, Field(ge=-180, le=180, allow_inf_nan=False)] = None
    spans: Spans | None = None


def report_file(path: Path, now: datetime, *, spans: bool = False) -> tuple[tuple[Entry, ...], tuple[Refused, ...]]:
    """Read a file of reports, one JSON object a line: {id, at, text, title, source, source_kind, place, lat, lon, language, url, publisher, spans}.

    Only `text` is needed. It is checked as `hivecast ingest` checks it, but not tidied. A title is left out where the text begins with it. With
    `spans` each line must have some, which count characters of `text`, and no title is read. A line without `at` is said at `now`, in the order of
    the file. Raises ConfigError when the file cannot be read.
    """
    entries: dict[str, Entry] = {}
    refused: list[Refused] = []
    for number, line in _lines(path):
        found = _entry((number, line), path.stem, now, spans=spans)
        if isinstance(found, Entry) and found.id in entries:
            found = Refused(number=number, reason=f"its id is that of line {entries[found.id].number}", remedy="give each report an id of its own")
        if isinstance(found, Entry):
            entries[found.id] = found
        else:
            refused.append(found)
    return tuple(entries.values()), tuple(refused)


def write_lines(out: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line; the file is there whole or not at all. Raises ConfigError when it cannot be written."""
    draft = out.with_name(out.name + ".tmp")
    try:
        # Half a character, which JSON may hold, is written as it came: \udc00.
        with draft.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.writelines(json.dumps(line, ensure_ascii=False, allow_nan=False, default=date.isoformat) + "\n" for line in lines)
        draft.replace(out)
    except OSError as problem:
        raise ConfigError(f"{out} cannot be written: {problem.strerror}. Give a path in a folder you may write to.") from None


def check_writable(out: Path) -> None:
    """Raise ConfigError where `write_lines` could not write, before anything is worked out in vain."""
    draft = out.with_name(out.name + ".tmp")
    try:
        draft.touch()
        draft.unlink()
    except OSError as problem:
        raise ConfigError(f"{out} cannot be written: {problem.strerror}. Give a path in a folder you may write to.") from None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = decode(path.read_bytes())
    except OSError as problem:
        raise ConfigError(f"{path} cannot be read: {problem.strerror}. Give the path of a JSONL file.") from None
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _entry(numbered: tuple[int, str], source: str, now: datetime, *, spans: bool) -> Entry | Refused:
    number, line = numbered
    try:
        row = Line.model_validate(_object(line))
        report = _report(row, line, source, now + timedelta(microseconds=number))
        report = report if spans or _repeats(row) else replace(report, title=row.title)
        asked = _within(row.spans, len(report.text)) if spans else ()
    except ValidationError as problem:
        return _wrong_field(number, problem)
    except _Unfit as unfit:
        return Refused(number=number, reason=unfit.reason, remedy=unfit.remedy)
    return Entry(number=number, id=row.id or report.key, report=report, spans=asked)


class _Unfit(Exception):
    """A line that cannot be taken, and how to mend it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _Unfit(f"it is not JSON: {error}", "write one JSON object a line") from None
    if not isinstance(found, dict):
        raise _Unfit("it is JSON, but no object", "write one JSON object a line")
    return {name: value for name, value in found.items() if value is not None and value != ""}


def _report(row: Line, line: str, source: str, received_at: datetime) -> Report:
    said = moment(row.at) if row.at else None
    if row.at and said is None:
        raise _Unfit(f"the date {row.at[:40]!r} cannot be read", "write 2014-03-17 or 2014-03-17T10:30Z")
    kind = row.source_kind.lower()
    judged = accept(
        Submission(
            channel=Channel.TABLE,
            source=row.source.strip() or source,
            source_kind=SourceKind(kind) if kind in set(SourceKind) else SourceKind.UNKNOWN,
            key=row.id or hashlib.sha256(line.encode()).hexdigest()[:32],
            text=row.text if row.text.strip() else row.title,
            occurred_at=said,
            place=row.place,
            lat=row.lat,
            lon=row.lon,
            language=row.language,
            url=row.url,
            publisher=row.publisher,
        ),
        received_at,
    )
    if isinstance(judged, Refusal):
        raise _Unfit(judged.reason, judged.remedy)
    report = normalise(judged, report_id(judged.source, judged.key), received_at, content_hash(judged))
    return replace(report, text=row.text if row.text.strip() else row.title)


def _repeats(row: Line) -> bool:
    """Say whether the title is in the text already: the text begins with it, whatever stands between the letters, or is nothing else."""
    title, text = (_NOT_LETTERS.sub("", words[: 4 * len(row.title)].casefold()) for words in (row.title, row.text))
    return not text or text.startswith(title)


def _within(spans: Spans | None, length: int) -> Spans:
    if spans is None:
        raise _Unfit("it has no `spans`", _REMEDIES["spans"])
    outside = next(((start, end) for start, end in spans if not 0 <= start < end <= length), None)
    if outside is not None:
        raise _Unfit(f"the span {list(outside)} does not lie within its {length} characters", _REMEDIES["spans"])
    return spans


def _wrong_field(number: int, problem: ValidationError) -> Refused:
    first = problem.errors(include_input=False, include_url=False)[0]
    field = str(first["loc"][0])
    return Refused(number=number, reason=f"`{field}`: {first['msg'].lower()}", remedy=_REMEDIES.get(field, "mend the field, or leave it out"))
