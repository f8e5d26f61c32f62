"""Briefs folder -> the files of one brief, found by their own names and never by a caller's path."""

import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from flows.settings import Settings

FORMATS = ("html", "md", "json")
_NAME = re.compile(r"brief-(\d{4}-\d\d-\d\dT\d{6}Z)\.(html|md|json)")


def published(settings: Settings) -> tuple[tuple[datetime, dict[str, Path]], ...]:
    """List all briefs as (as of, path by format), oldest first."""
    found: defaultdict[datetime, dict[str, Path]] = defaultdict(dict)
    for path in settings.briefs_path.glob("brief-*"):
        if parts := _NAME.fullmatch(path.name):
            found[datetime.strptime(parts[1], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)][parts[2]] = path
    return tuple((as_of, dict(sorted(found[as_of].items()))) for as_of in sorted(found))


def briefs_until(settings: Settings, as_of: datetime | None = None) -> dict[str, Path]:
    """Return the files of the last brief that is not later than `as_of`, by format; empty when there is none.

    Without `as_of`: the brief made last, whatever time it is for.
    """
    if as_of is None:
        latest = {form: settings.briefs_path / f"latest.{form}" for form in FORMATS}
        return {form: path for form, path in latest.items() if path.is_file()}
    earlier = [paths for when, paths in published(settings) if when <= as_of]
    return earlier[-1] if earlier else {}
