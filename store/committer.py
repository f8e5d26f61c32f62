"""Many waiting writes -> one commit: the thread that alone writes to the journal."""

import asyncio
import queue
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from store.errors import HivecastError, StorageFull
from store.sqlite import connect, told
from store.turnstile import Turnstile

T = TypeVar("T")
MOST_WRITES_PER_COMMIT = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The transaction that is being written: `senders` (report id, identity) must be on disk before it is committed."""

    connection: sqlite3.Connection
    senders: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    work: Callable[[Page], Any]
    future: "Future[Any] | asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    value: Any = None
    error: BaseException | None = None


class Committer:
    """A queue and one thread: while one commit is on its way to the disk the next one fills up (natural group commit)."""

    def __init__(self, path: Path, remember: Callable[[list[tuple[str, str]]], None]) -> None:
        self._path = path
        self._remember = remember
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._connection: sqlite3.Connection | None = None
        self._turnstile = Turnstile(path)
        self._thread = threading.Thread(target=self._run, name=f"commit {path.name}", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Page], T]) -> T:
        """Run `work` inside the next commit and return its value once that is on the disk; raises StorageFull."""
        future: Future[T] = Future()
        self._put(_Job(work=work, future=future))
        return future.result()

    async def write_async(self, work: Callable[[Page], T]) -> T:
        """As `write`, for a coroutine: the event loop goes on while the commit is on its way."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._put(_Job(work=work, future=future, loop=loop))
        return await future

    def close(self) -> None:
        """Commit what is queued, then end the thread; later writes raise HivecastError."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _put(self, job: _Job) -> None:
        with self._gate:
            if self._closed:
                raise HivecastError(f"{self._path.name} is closed: nothing was kept; start Hivecast again, then send again")
            self._queue.put(job)

    def _run(self) -> None:
        going = True
        while going:
            jobs, going = self._next_jobs()
            if jobs:
                _deliver(jobs, self._commit(jobs))
        self._disconnect()
        self._turnstile.close()

    def _next_jobs(self) -> tuple[list[_Job], bool]:
        jobs: list[_Job] = []
        job = self._queue.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == MOST_WRITES_PER_COMMIT:
                return jobs, True
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                return jobs, True
        return jobs, False

    def _commit(self, jobs: list[_Job]) -> list[_Answer]:
        with self._turnstile.turn():
            try:
                return self._write_page(jobs)
            except Exception as error:  # noqa: BLE001 - whatever it was, each waiter must hear of it and the thread must live
                self._roll_back()
                return [_Answer(error=_again(error)) for _ in jobs]

    def _write_page(self, jobs: list[_Job]) -> list[_Answer]:
        connection = self._connection = self._connection or connect(self._path)
        page = Page(connection=connection)
        connection.execute("BEGIN IMMEDIATE")
        answers = [_attempt(job, page) for job in jobs]
        if page.senders:
            self._remember(page.senders)
        connection.execute("COMMIT")
        return answers

    def _roll_back(self) -> None:
        try:
            if self._connection and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._disconnect()

    def _disconnect(self) -> None:
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


def _attempt(job: _Job, page: Page) -> _Answer:
    """Run one job behind a savepoint, so that its own mistake costs nobody else; trouble with the file costs the whole page."""
    before = len(page.senders)
    page.connection.execute("SAVEPOINT job")
    try:
        answer = _Answer(value=job.work(page))
    except sqlite3.OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - it belongs to the waiter, who raises it
        page.connection.execute("ROLLBACK TO job")
        del page.senders[before:]
        answer = _Answer(error=error)
    page.connection.execute("RELEASE job")
    return answer


def _again(error: BaseException) -> BaseException:
    """Give each waiter an exception of its own: raised in several threads, one would mix up their tracebacks."""
    said = told(error)
    return StorageFull(str(said)) if isinstance(said, StorageFull) else HivecastError(f"nothing was kept: {said}")


def _deliver(jobs: list[_Job], answers: list[_Answer]) -> None:
    waiting: defaultdict[asyncio.AbstractEventLoop, list[tuple[Any, _Answer]]] = defaultdict(list)
    for job, answer in zip(jobs, answers, strict=True):
        if job.loop is None:
            _settle([(job.future, answer)])
        else:
            waiting[job.loop].append((job.future, answer))
    for loop, pairs in waiting.items():
        with suppress(RuntimeError):  # the loop has been closed: nobody is waiting any more
            loop.call_soon_threadsafe(_settle, pairs)


def _settle(pairs: list[tuple[Any, _Answer]]) -> None:
    for future, answer in pairs:
        if future.done():  # its waiter went away
            continue
        if answer.error is None:
            future.set_result(answer.value)
        else:
            future.set_exception(answer.error)
