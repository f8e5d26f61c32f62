"""A DuckDB client reads the snapshot in a loop while reports are taken in, drained and published: errors, and the age of what it sees.

python -m benchmarks.snapshot_readers [--reports 10000] [--json]
"""

import argparse
import json
import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Queue
from statistics import median
from typing import Any

from flows.intake import drain
from flows.kit import Kit, opened
from flows.settings import Settings
from flows.take import take
from store.records import Channel, SourceKind, Submission
from store.snapshot import publish

BATCH = 500


def main() -> None:
    """Write in this process, read in another, print."""
    given = _arguments()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as home, opened(Settings(home=Path(home))) as kit:
        publish(kit.warehouse, kit.settings.snapshot_path)
        started, ended, found = context.Event(), context.Event(), context.Queue()
        reader = context.Process(target=read, args=(str(kit.settings.snapshot_path), started, ended, found))
        reader.start()
        started.wait(60)
        start = time.perf_counter()
        for number in range(0, given.reports, BATCH):
            write(kit, number)
        seconds = time.perf_counter() - start
        ended.set()
        figures = found.get(timeout=60) | {"reports": given.reports, "writing_s": round(seconds, 1)}
        reader.join(30)
    print(json.dumps(figures) if given.json else "\n".join(f"{name:>16} {figure}" for name, figure in figures.items()))
    raise SystemExit(1 if figures["errors"] or not figures["age_max_s"] else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def write(kit: Kit, first: int) -> None:
    """Take in a batch, drain it, publish."""
    now = datetime.now(UTC)
    take(list(_batch(first, now)), kit.journal, now)
    drain(kit)
    publish(kit.warehouse, kit.settings.snapshot_path)


def _batch(first: int, now: datetime) -> Iterator[Submission]:
    for number in range(first, first + BATCH):
        text = f"Report {number}: the road is closed at kilometre {number % 97}, {number % 13} trucks wait."
        yield Submission(channel=Channel.TABLE, source="bench", source_kind=SourceKind.NGO, key=str(number), text=text, occurred_at=now - timedelta(seconds=1))


def read(path: str, started: Event, ended: Event, found: "Queue[dict[str, Any]]") -> None:
    """Open, query and close the file until told to end, as an analyst's client would."""
    import duckdb

    ages, errors, counts = [], [], []
    started.set()
    while not ended.is_set():
        try:
            with duckdb.connect(path, read_only=True) as connection:
                row = connection.execute("SELECT count(*), epoch_ms(max(received_at)) FROM reports").fetchone()
        except duckdb.Error as error:
            errors.append(str(error))
            continue
        count, newest = row or (0, None)
        counts.append(count)
        if newest is not None:
            ages.append(time.time() - newest / 1000)
    found.put(
        {
            "reads": len(counts),
            "errors": len(errors),
            "first error": errors[0] if errors else "",
            "never fewer": counts == sorted(counts),
            "age_median_s": round(median(ages), 2) if ages else None,
            "age_max_s": round(max(ages), 2) if ages else None,
        }
    )


if __name__ == "__main__":
    main()
