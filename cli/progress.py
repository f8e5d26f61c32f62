"""(stage, done, total) -> a bar on a terminal, a plain line a stage in a pipe; always on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cli.tell import say

Report = Callable[[str, int, int], None]


@contextmanager
def progress() -> Iterator[Report]:
    """Give a function to be called with (stage, done, total); total is 0 where it is not known."""
    if sys.stderr.isatty():
        with _bars() as report:
            yield report
    else:
        yield _lines()


@contextmanager
def _bars() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield report


def _lines() -> Report:
    """Say a stage when it starts and when it is done, not every step of it."""
    begun: set[str] = set()

    def report(stage: str, done: int, total: int) -> None:
        if stage not in begun:
            begun.add(stage)
            say(f"{stage} ...")
        if total and done >= total:
            say(f"{stage}: {done} done")

    return report
