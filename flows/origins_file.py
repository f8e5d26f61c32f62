"""A file of reports -> which of them repeat one text: the stage of the flow, without its stores."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.report_file import Entry, FileRead, report_file
from flows.wiring import Progress, quiet
from nlp.origins import origins


def origins_of_file(path: Path, at: datetime, progress: Progress = quiet) -> FileRead:
    """Say which report each report of a file repeats: {id, origin, revision_of}, one line a report in the file's order."""
    entries, refused = report_file(path, at)
    names = {entry.report.id: entry.id for entry in entries}
    groups = origins([entry.report for entry in entries])
    roots = {report_id: group.id for group in groups for report_id in group.report_ids}
    revised = {later: earlier for group in groups for later, earlier in group.revisions}
    progress("origins", len(entries), len(entries))
    return FileRead(lines=tuple(_origin(entry, names, roots, revised) for entry in entries), refused=refused)


def _origin(entry: Entry, names: Mapping[str, str], roots: Mapping[str, str], revised: Mapping[str, str]) -> dict[str, Any]:
    earlier = revised.get(entry.report.id)
    return {"id": entry.id, "origin": names[roots[entry.report.id]], "revision_of": None if earlier is None else names[earlier]}
