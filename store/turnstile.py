"""Processes that write to one file take turns."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Turnstile:
    """Whoever has had a turn goes to the end of the queue.

    SQLite alone lets the process that has just committed commit again at once, while the others, who look only now and then,
    find the file locked for seconds. A process that dies loses its turn at once.
    """

    def __init__(self, path: Path) -> None:
        self._queue, self._turn = (os.open(path.with_name(f"{path.name}.{name}"), os.O_CREAT | os.O_RDWR, 0o600) for name in ("queue", "turn"))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the turn, and have it until the block ends."""
        fcntl.flock(self._queue, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._turn, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._queue, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(self._turn, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the two lock files; they stay where they are."""
        os.close(self._queue)
        os.close(self._turn)
