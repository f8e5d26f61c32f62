"""Scenario folder -> what Hivecast would have said, and when: the real stages with the clock set to each day."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from flows.advise import advise
from flows.documents import import_objectives, import_partners
from flows.intake import drain
from flows.kit import Kit, opened
from flows.report_file import write_lines
from flows.settings import Settings
from flows.state import state
from flows.statement_rows import statement_rows
from flows.take import take
from flows.understand import understand
from flows.weigh import weigh_conditions
from flows.wiring import Progress, quiet
from ingest.table import read_table
from store.errors import ConfigError
from store.records import Advice, Obstacle, Submission, Suggestion

EVALUATE_EVERY = timedelta(days=7)


def replay(folder: Path, settings: Settings, progress: Progress = quiet, forecasts: Path | None = None) -> dict[str, Any]:
    """Feed reports.jsonl day by day and ask for advice whenever something came in, and at least weekly.

    With `forecasts` every statement that would have been published is written there, one a line, with the chances it was given and what became of it.
    Works in a data folder of its own that is removed afterwards. Reads objective.json, partners.json and reports.jsonl and nothing else of the folder.
    Raises ConfigError when one of them is missing or wrong.
    """
    for name in ("objective.json", "partners.json", "reports.jsonl"):
        if not (folder / name).is_file():
            raise ConfigError(f"{folder / name} is missing. A scenario folder holds objective.json, partners.json and reports.jsonl.")
    home = Path(tempfile.mkdtemp(prefix="hivecast-replay-"))
    try:
        scratch = settings.model_copy(update={"home": home, "models": settings.models_path, "feeds": (), "mailboxes": ()})
        with opened(scratch) as kit:
            said = play(kit, folder, progress, stating=forecasts is not None)
            if forecasts is not None:
                write_lines(forecasts, said.pop("statements"))
            return said
    finally:
        shutil.rmtree(home, ignore_errors=True)


def play(kit: Kit, folder: Path, progress: Progress, *, stating: bool = False) -> dict[str, Any]:
    """Run the days of a scenario through an open kit; with `stating` its ledger of statements is kept and told too."""
    import_objectives(folder / "objective.json", kit.journal)
    import_partners(folder / "partners.json", kit.journal)
    days = list(by_day(submissions(folder / "reports.jsonl")))
    for number, (evening, entries) in enumerate(days, start=1):
        take(entries, kit.journal, evening)
        drain(kit)
        understand(kit, evening)
        following = days[number][0] if number < len(days) else evening + timedelta(days=1)
        evaluate(kit, evening, following, stating=stating)
        progress("replay", number, len(days))
    said = told(kit, days[-1][0])
    return said | {"statements": statement_rows(kit.warehouse, days[-1][0])} if stating else said


def evaluate(kit: Kit, evening: datetime, following: datetime, *, stating: bool = False) -> None:
    """Ask for advice on this evening, and every week until the next reports; with `stating` weigh conditions before it and keep the ledger after it."""
    while evening < following:
        if stating:
            weigh_conditions(kit, evening)
        advise(kit, evening)
        if stating:
            state(kit, evening)
        evening += EVALUATE_EVERY


def submissions(path: Path) -> Sequence[Submission]:
    """Read the rows of a scenario in order of date; a row that can't be read is named in a ConfigError."""
    entries = list(read_table(path, None, "hivecast", "scenario"))
    wrong = [entry for entry in entries if not isinstance(entry, Submission)]
    if wrong:
        raise ConfigError(f"{path}, {wrong[0].where}: {wrong[0].reason}. {wrong[0].remedy}")
    undated = [entry for entry in entries if isinstance(entry, Submission) and entry.occurred_at is None]
    if not entries:
        raise ConfigError(f"{path} holds no reports. Give one JSON object a line, with `id`, `at` and `text`.")
    if undated:
        raise ConfigError(f"{path}: the report {undated[0].key} has no date. Give each report an `at` such as 2014-04-30.")
    return sorted((entry for entry in entries if isinstance(entry, Submission)), key=lambda s: (day_of(s), s.occurred_at, s.key))


def day_of(entry: Submission) -> date:
    """Give the UTC day of a dated entry."""
    if entry.occurred_at is None:
        raise ValueError(f"{entry.key} has no date")
    return entry.occurred_at.astimezone(UTC).date()


def by_day(entries: Sequence[Submission]) -> Iterator[tuple[datetime, list[Submission]]]:
    """Give (end of the day, what was said that day), in order."""
    for day, some in groupby(entries, key=day_of):
        yield datetime.combine(day, time(23, 59, 59), UTC), list(some)


def told(kit: Kit, until: datetime) -> dict[str, Any]:
    """Collect everything that was suggested, and the obstacles read in each report, under the scenario's own report ids."""
    reports = kit.warehouse.reports(datetime.min.replace(tzinfo=UTC) + timedelta(days=1), until)
    names = {report.id: report.key for report in reports}
    readings = kit.warehouse.readings(list(names))
    made = [s for s in kit.warehouse.suggestions(until + EVALUATE_EVERY) if s.kind is not Advice.HOLD]
    return {
        "suggestions": [row_of(suggestion, names) for suggestion in made],
        "obstacles": [{"id": names[r.report_id], "obstacle": [r.obstacle.value]} for r in readings],
    }


def row_of(suggestion: Suggestion, names: Mapping[str, str]) -> dict[str, Any]:
    """Write one suggestion in the form that scorers read."""
    return {
        "issued_on": suggestion.issued_at.date().isoformat(),
        "kind": suggestion.kind.value,
        "obstacle_before": [Obstacle(o).value for o in suggestion.obstacle_before],
        "obstacle_after": [Obstacle(o).value for o in suggestion.obstacle_after],
        "required_strengths": list(suggestion.required_strengths),
        "members": [member.partner_id for member in suggestion.members],
        "probability": suggestion.probability,
        "evidence": [names.get(report_id, report_id) for report_id in suggestion.evidence],
        "independent_origins": suggestion.origins,
    }
