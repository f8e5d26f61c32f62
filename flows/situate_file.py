"""A file of reports -> which situation each belongs to: the stages of the flow in order of time, without its stores."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from flows.kit import model_choice
from flows.report_file import Entry, FileRead, Refused, report_file
from flows.settings import Settings
from flows.understand import clue
from flows.wiring import Progress, quiet
from nlp.models import load
from nlp.obstacles import load_obstacles
from nlp.origins import origins
from nlp.places.gazetteer import open_gazetteer
from nlp.read import Memory, Reader, read
from nlp.situate.assign import assign, settle
from nlp.situate.clue import Clue
from nlp.situate.discover import discover
from nlp.situate.lineage import Found
from nlp.situate.live import Live
from store.records import Move, SituationEvent

BATCH = 500
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSituated:
    """What became of a file: a situation for every report, and how each came to be (`lineage`, in order of time)."""

    file: FileRead
    lineage: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What reading stands on, and what grouping did so far."""

    reader: Reader
    origin_of: Mapping[str, str]
    memory: Memory = field(default_factory=Memory)
    homes: dict[str, str] = field(default_factory=dict)
    changes: list[Move | SituationEvent] = field(default_factory=list)


class Situating:
    """Groups clues that come in order of time, in batches of any size: what is told depends on the clues alone."""

    def __init__(self, live: Live | None = None) -> None:
        self._live = live or Live()

    def feed(self, clues: Sequence[Clue]) -> Found:
        """Let each clue join a situation, open one or wait; return what moved and what happened meanwhile."""
        return assign(clues, self._live)

    def finish(self) -> Found:
        """Look once more at what came last and at what stayed alone."""
        settled, found = settle(self._live), discover(self._live)
        return (*settled[0], *found[0]), (*settled[1], *found[1])


def situate_file(path: Path, reader: Reader, at: datetime, *, batch: int = BATCH, progress: Progress = quiet) -> FileSituated:
    """Say which situation every report of a file belongs to (None = to none), in the file's order; `batch` changes the speed alone.

    Reports are taken in order of time, and no decision looks at later ones, but for one thing: a report with the text of an earlier one is its copy,
    even where a report between them joins the two. `at` is the time on the clock: reports without a date were said then.
    """
    entries, refused = report_file(path, at)
    chosen = sorted(entries, key=lambda entry: (entry.report.at, entry.report.id))
    known = _Known(reader=reader, origin_of={one: group.id for group in origins([entry.report for entry in chosen]) for one in group.report_ids})
    situating = Situating()
    for first in range(0, len(chosen), batch):
        _keep(situating.feed(_clues(chosen[first : first + batch], known)), known)
        progress("situate", min(first + batch, len(chosen)), len(chosen))
    _keep(situating.finish(), known)
    failed = [_unread(entry) for entry in entries if entry.report.id not in known.homes]
    lines = tuple({"id": e.id, "situation": known.homes[e.report.id] or None} for e in entries if e.report.id in known.homes)
    all_refused = tuple(sorted((*refused, *failed), key=lambda each: each.number))
    names = {entry.report.id: entry.id for entry in entries}
    file = FileRead(lines=lines, refused=all_refused, degraded=reader.models.missing)
    return FileSituated(file=file, lineage=tuple(_lineage(known.changes, names)))


def situating_reader(settings: Settings) -> Reader:
    """Load what grouping a file needs: all models, since words, names, places and vectors are looked at."""
    return Reader(models=load(model_choice(settings)), gazetteer=open_gazetteer(settings.models_path, settings.own_places), obstacles=load_obstacles(None))


def _clues(entries: Sequence[Entry], known: _Known) -> list[Clue]:
    """Read a batch, or where that fails each report by itself; one that cannot be read is left out."""
    try:
        return _read(entries, known)
    except Exception:  # one report must not keep all others from being grouped; the trace goes to the log
        log.exception("a batch of %d reports could not be read at once", len(entries))
    return list(_one_by_one(entries, known))


def _read(entries: Sequence[Entry], known: _Known) -> list[Clue]:
    reports = [entry.report for entry in entries]
    readings, embeddings, _ = read(reports, known.reader, known.memory, known.origin_of)
    vectors = {each.report_id: np.frombuffer(each.vector, dtype="<f4") for each in embeddings}
    return [clue(report, reading, vectors.get(report.id), known.origin_of[report.id]) for report, reading in zip(reports, readings, strict=True)]


def _one_by_one(entries: Sequence[Entry], known: _Known) -> Iterator[Clue]:
    for entry in entries:
        try:
            yield from _read([entry], known)
        except Exception:  # the others go on; the trace goes to the log
            log.exception("line %d could not be read", entry.number)


def _keep(found: Found, known: _Known) -> None:
    moves, history = found
    known.homes.update((move.report_id, move.situation_id) for move in moves)
    known.changes.extend(sorted((*history, *moves), key=lambda change: change.at))


def _unread(entry: Entry) -> Refused:
    return Refused(number=entry.number, reason="it could not be read; the log says why", remedy="shorten or mend its text, or leave the line out")


def _lineage(changes: Sequence[Move | SituationEvent], names: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Say each change as the object that is written: {at, kind, situation, other, reports}; kind "moved" is a report's new home, `other` its last."""
    home: dict[str, str] = {}
    for change in sorted(changes, key=lambda each: each.at):
        if isinstance(change, Move):
            yield _line(change.at, "moved", (change.situation_id, home.get(change.report_id, "")), [names[change.report_id]])
            home[change.report_id] = change.situation_id
        else:
            reports = [names.get(report_id, report_id) for report_id in change.report_ids]
            yield _line(change.at, change.kind, (change.situation_id, change.other), reports)


def _line(at: datetime, kind: str, situations: tuple[str, str], reports: list[str]) -> Mapping[str, Any]:
    return {"at": at.isoformat(), "kind": kind, "situation": situations[0] or None, "other": situations[1] or None, "reports": reports}
