"""Run a parser over untrusted bytes in a child process that may hang, crash or eat memory without harm.

One child serves many calls (a call costs well under a millisecond beyond the parsing) and is replaced when it has to be killed.
It is a plain subprocess and not multiprocessing, so that it can be started from a daemon process, a thread or a test as well.
"""

import atexit
import importlib
import io
import os
import pickle
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

if sys.platform != "win32":
    import resource

A = TypeVar("A")
R = TypeVar("R")

MEMORY_LIMIT = 1 << 30
START_SECONDS = 60.0
HEADER = struct.Struct(">Q")
FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork")
TRUSTED_MODULES = ("ingest.", "store.records", "datetime", "collections")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a call gave no result; `is_final` where reading it in a simpler way would fail as well."""

    reason: str
    is_final: bool = False


class Unreadable(ValueError):
    """Raised by a parser for bytes it refuses; its words are the reason."""


def run(function: Callable[[A], R], argument: A, seconds: float) -> R | Failure:
    """Call a module-level function of `ingest` with one picklable argument in the child, for `seconds` at most.

    A raised exception, a time-out, 1 GB of memory used up or a dead child come back as a Failure. Calls from several threads take turns.
    """
    with _lock:
        try:
            return _worker().call(function, argument, seconds)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            _stop()
            return Failure(reason=f"the parser's process ended early ({type(error).__name__})")


class _Worker:
    """The child and the two pipes to it."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-B", "-c", "from ingest.sandbox import main; main()"]
        clean = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONHASHSEED": "0"}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=clean)  # noqa: S603
        self.owner = os.getpid()
        self.known: set[str] = set()
        _read_exactly(self._out, 1, time.monotonic() + START_SECONDS)

    @property
    def _out(self) -> int:
        assert self.process.stdout is not None  # noqa: S101
        return self.process.stdout.fileno()

    def call(self, function: Callable[[Any], R], argument: object, seconds: float) -> R | Failure:
        """Have the module imported first, since that is no fault of the bytes and must not use up their time."""
        module = function.__module__
        if module not in self.known:
            self._ask((module, "", START_SECONDS, None))
            self.known.add(module)
        answer: R | Failure = self._ask((module, function.__qualname__, seconds, argument))
        return answer

    def _ask(self, request: tuple[str, str, float, object]) -> Any:
        assert self.process.stdin is not None  # noqa: S101
        packed = pickle.dumps(request)
        self.process.stdin.write(HEADER.pack(len(packed)) + packed)
        self.process.stdin.flush()
        try:
            return self._answer(time.monotonic() + request[2])
        except TimeoutError:
            _stop()
            return Failure(reason=f"reading it took more than {request[2]:g} seconds")

    def _answer(self, deadline: float) -> Any:
        (size,) = HEADER.unpack(_read_exactly(self._out, HEADER.size, deadline))
        return _Unpickler(io.BytesIO(_read_exactly(self._out, size, deadline))).load()

    def stop(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                _close_quietly(pipe)
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


class _Unpickler(pickle.Unpickler):
    """Loads our own records only: a child taken over by what it parsed must not reach the parent."""

    def find_class(self, module: str, name: str) -> Any:
        if not f"{module}.".startswith(tuple(f"{trusted.rstrip('.')}." for trusted in TRUSTED_MODULES)):
            raise pickle.UnpicklingError(f"{module}.{name} is not a record")
        return super().find_class(module, name)


_lock = threading.Lock()
_workers: list[_Worker] = []


def _worker() -> _Worker:
    """Return the living child of this very process; a forked copy of its parent starts its own."""
    if _workers and (_workers[0].owner != os.getpid() or _workers[0].process.poll() is not None):
        _stop()
    if not _workers:
        _workers.append(_Worker())
    return _workers[0]


@atexit.register
def _stop() -> None:
    while _workers:
        _workers.pop().stop()


def _close_quietly(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:  # unsent bytes to a dead child cannot be flushed, and need not be
        return


def _read_exactly(descriptor: int, size: int, deadline: float) -> bytes:
    chunks: list[bytes] = []
    while size:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        chunk = os.read(descriptor, min(size, 1 << 20))
        if not chunk:
            raise EOFError
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


# --- the child's side --------------------------------------------------------------------------


def serve(requests: BinaryIO, answers: BinaryIO, confine: Callable[[float], None]) -> None:
    """Answer requests until the parent closes the pipe; `confine` is told the seconds before each call."""
    while header := requests.read(HEADER.size):
        module, name, seconds, argument = pickle.loads(requests.read(HEADER.unpack(header)[0]))  # noqa: S301  our parent wrote it
        confine(seconds)
        answer = _attempt(module, name, argument)
        answers.write(HEADER.pack(len(answer)) + answer)
        answers.flush()


def _attempt(module: str, name: str, argument: object) -> bytes:
    try:
        found = importlib.import_module(module)
        return pickle.dumps(getattr(found, name)(argument) if name else None)
    except MemoryError:
        return pickle.dumps(Failure(reason="reading it needed more than 1 GB of memory"))
    except RecursionError:
        return pickle.dumps(Failure(reason="it is nested too deeply", is_final=True))
    except Unreadable as error:
        return pickle.dumps(Failure(reason=str(error), is_final=True))
    except Exception as error:  # noqa: BLE001  the edge: whatever a parser raises on hostile bytes is a reason, not a crash
        return pickle.dumps(Failure(reason=f"the parser failed: {type(error).__name__}: {str(error)[:200]}"))


def confine_memory() -> None:
    """Give this process 1 GB, no core file, no files to write, no network and no children; what the system cannot limit stays open."""
    if sys.platform != "win32":
        for kind, amount in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
            try:
                resource.setrlimit(kind, (amount, amount))
            except (ValueError, OSError):
                continue
    sys.addaudithook(_deny)


def confine_time(seconds: float) -> None:
    """Allow `seconds` more of processor time, so that an orphaned child cannot spin for ever."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _deny(name: str, _arguments: tuple[object, ...]) -> None:
    if name in FORBIDDEN:
        raise PermissionError(f"{name} is not allowed while parsing")


def main() -> None:
    """Be the child: keep the answers' pipe to ourselves, so that a parser that prints cannot garble it."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    confine_memory()
    answers.write(b"!")
    answers.flush()
    serve(sys.stdin.buffer, answers, confine_time)
