"""A file of reports -> what each says: the stages of the flow, without its stores."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.report_file import Entry, FileRead, Refused, report_file
from flows.settings import Settings
from flows.wiring import Progress, quiet
from nlp.models import ModelChoice, load
from nlp.obstacles import load_obstacles
from nlp.origins import origins
from nlp.places.gazetteer import open_gazetteer
from nlp.read import Memory, Reader, read, read_spans
from store.plain import plain
from store.records import Place, Reading, Toponym

BATCH = 500
log = logging.getLogger(__name__)
_UNREADABLE = ("it could not be read; the log says why", "shorten or mend its text, or leave the line out")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What reading stands on: models, what earlier reports taught, and which reports repeat one text."""

    reader: Reader
    memory: Memory
    origin_of: Mapping[str, str]


def read_file(path: Path, reader: Reader, at: datetime, *, spans: bool = False, progress: Progress = quiet) -> FileRead:
    """Say what every report of a file says, one line a report in the file's order; each report learns from earlier ones alone.

    With `spans` the spans that a line gives are resolved and nothing else. `at` is the time on the clock: reports without a date were said then.
    """
    entries, refused = report_file(path, at, spans=spans)
    chosen = sorted(entries, key=lambda entry: (entry.report.at, entry.report.id))
    origin_of = {report_id: group.id for group in origins([entry.report for entry in chosen]) for report_id in group.report_ids}
    known = _Known(reader=reader, memory=Memory(), origin_of=origin_of)
    found: dict[str, Reading] = {}
    for first in range(0, len(chosen), BATCH):
        found |= _batch(chosen[first : first + BATCH], known, spans=spans)
        progress("read", min(first + BATCH, len(chosen)), len(chosen))
    failed = [Refused(number=e.number, reason=_UNREADABLE[0], remedy=_UNREADABLE[1]) for e in entries if e.id not in found]
    lines = tuple(told(entry, found[entry.id], spans=spans) for entry in entries if entry.id in found)
    return FileRead(lines=lines, refused=tuple(sorted((*refused, *failed), key=lambda each: each.number)), degraded=reader.models.missing)


def file_reader(settings: Settings, *, spans: bool = False) -> Reader:
    """Load what reading a file needs: no encoder, since no vectors are written, and where `spans` are given nothing that finds names."""
    choice = ModelChoice(encoder="", pipelines={} if spans else dict(settings.pipelines), folder=settings.models_path)
    gazetteer = open_gazetteer(settings.models_path, settings.own_places)
    return Reader(models=load(choice), gazetteer=gazetteer, obstacles=load_obstacles(None))


def told(entry: Entry, reading: Reading, *, spans: bool = False) -> dict[str, Any]:
    """Say a reading as the object that is written; the report's own place stands apart, and only where its text names none.

    With `spans` the places are those of the entry's spans, in their order.
    """
    named = [toponym for toponym in reading.toponyms if toponym.end > toponym.start]
    own = [] if named or spans else [toponym for toponym in reading.toponyms if toponym.end <= toponym.start]
    at = {(toponym.start, toponym.end): toponym for toponym in named}
    return {
        "id": entry.id,
        "lang": reading.language,
        "mentions": [{"start": m.start, "end": m.end, "text": m.text, "type": m.label, "canonical": m.canonical} for m in reading.mentions],
        "places": [_place(toponym) for toponym in ([at[span] for span in entry.spans if span in at] if spans else named)],
        "figures": [plain(figure) for figure in reading.figures],
        "dates": [plain(when) for when in reading.dates],
        **({"own_place": _place(own[0])} if own else {}),
    }


def _batch(entries: Sequence[Entry], known: _Known, *, spans: bool) -> dict[str, Reading]:
    """Read a batch, or where that fails each report by itself; one that cannot be read is left out."""
    if not spans:
        try:
            return _read(entries, known)
        except Exception:  # one report must not keep all others from being read; the trace goes to the log
            log.exception("a batch of %d reports could not be read at once", len(entries))
    return dict(_one_by_one(entries, known, spans=spans))


def _read(entries: Sequence[Entry], known: _Known) -> dict[str, Reading]:
    readings, _, _ = read([entry.report for entry in entries], known.reader, known.memory, known.origin_of)
    return {entry.id: reading for entry, reading in zip(entries, readings, strict=True)}


def _one_by_one(entries: Sequence[Entry], known: _Known, *, spans: bool) -> Iterator[tuple[str, Reading]]:
    for entry in entries:
        try:
            yield entry.id, read_spans(entry.report, entry.spans, known.reader, known.memory) if spans else _read([entry], known)[entry.id]
        except Exception:  # the others go on; the trace goes to the log
            log.exception("line %d could not be read", entry.number)


def _place(toponym: Toponym) -> dict[str, Any]:
    other = toponym.runner_up and _where(toponym.runner_up)
    return {"start": toponym.start, "end": toponym.end, **_where(toponym.place), "probability": toponym.probability, "runner_up": other}


def _where(place: Place) -> dict[str, Any]:
    kind, _, number = place.id.partition(":")
    return {
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "geonameid": int(number) if kind == "gn" and number.isdecimal() else None,
        "precision": place.precision.value,
    }
