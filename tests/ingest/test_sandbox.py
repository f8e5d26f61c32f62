import io
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from ingest import sandbox
from ingest.sandbox import Failure, Unreadable, run


def double(number: int) -> int:
    return number * 2


def fail(words: str) -> None:
    raise ValueError(words)


def refuse(words: str) -> None:
    raise Unreadable(words)


def hang(_: object) -> None:
    while True:
        pass


def dig(depth: int) -> int:
    return dig(depth + 1)


def eat(size: int) -> int:
    return len(bytearray(size))


def die(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port))


def start_program(_: object) -> None:
    subprocess.run(["/bin/true"], check=True)


def talk(words: str) -> str:
    sys.stdout.write(words)
    sys.stdout.flush()
    return words


def foreign(_: object) -> object:
    return pickle.PickleBuffer


def test_a_call_returns_what_the_function_returns() -> None:
    assert run(double, 21, 5) == 42


def test_what_a_parser_raises_is_a_failure_with_its_words() -> None:
    assert run(fail, "odd byte", 5) == Failure(reason="the parser failed: ValueError: odd byte")


def test_what_a_parser_refuses_is_final_and_keeps_its_words() -> None:
    assert run(refuse, "too many parts", 5) == Failure(reason="too many parts", is_final=True)


def test_a_parser_that_hangs_is_killed_and_the_next_call_works() -> None:
    began = time.monotonic()
    assert run(hang, None, 0.3) == Failure(reason="reading it took more than 0.3 seconds")
    assert time.monotonic() - began < 3
    assert run(double, 1, 5) == 2


def test_endless_recursion_is_a_failure() -> None:
    assert run(dig, 0, 5) == Failure(reason="it is nested too deeply", is_final=True)


def test_more_than_a_gigabyte_is_a_failure() -> None:
    assert run(eat, 2 << 30, 5) == Failure(reason="reading it needed more than 1 GB of memory")


def test_a_child_that_dies_is_a_failure_and_is_replaced() -> None:
    found = run(die, None, 5)
    assert isinstance(found, Failure)
    assert "ended early" in found.reason
    assert run(double, 3, 5) == 6


def test_a_child_killed_between_two_calls_is_replaced() -> None:
    run(double, 1, 5)
    sandbox._workers[0].process.kill()
    sandbox._workers[0].process.wait()
    assert run(double, 4, 5) == 8


def test_a_parser_cannot_open_a_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = run(connect, server.getsockname()[1], 5)
    assert isinstance(found, Failure)
    assert "not allowed" in found.reason


def test_a_parser_cannot_start_a_program() -> None:
    found = run(start_program, None, 5)
    assert isinstance(found, Failure)
    assert "not allowed" in found.reason


def test_a_parser_that_prints_does_not_garble_the_answers() -> None:
    assert run(talk, "!" * 100, 5) == "!" * 100


def test_only_records_come_back_from_the_child() -> None:
    found = run(foreign, None, 5)
    assert isinstance(found, Failure)
    assert "UnpicklingError" in found.reason


def test_several_threads_take_turns() -> None:
    found: list[int | Failure] = []
    threads = [threading.Thread(target=lambda number=number: found.append(run(double, number, 10))) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(n for n in found if isinstance(n, int)) == [0, 2, 4, 6, 8, 10, 12, 14]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_copy_of_the_parent_starts_its_own_child() -> None:
    run(double, 1, 5)
    code = (
        "import os, sys; from ingest.sandbox import run; from tests.ingest.test_sandbox import double\n"
        "run(double, 1, 5); pid = os.fork()\n"
        "if pid == 0: os._exit(0 if run(double, 5, 5) == 10 else 1)\n"
        "sys.exit(os.waitpid(pid, 0)[1] or run(double, 2, 5) != 4)"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False).returncode == 0


def test_a_daemon_process_can_use_it() -> None:
    code = (
        "import multiprocessing as m\nfrom ingest.sandbox import run\nfrom tests.ingest.test_sandbox import double\n"
        "def child(queue): queue.put(run(double, 5, 5))\n"
        "q = m.get_context('fork').Queue(); p = m.get_context('fork').Process(target=child, args=(q,), daemon=True); p.start(); assert q.get(timeout=20) == 10"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False).returncode == 0


def test_the_child_answers_until_its_input_ends() -> None:
    asked = pickle.dumps((__name__, "double", 1.0, 4))
    told: list[float] = []
    answers = io.BytesIO()
    sandbox.serve(io.BytesIO(sandbox.HEADER.pack(len(asked)) + asked), answers, told.append)
    assert pickle.loads(answers.getvalue()[sandbox.HEADER.size :]) == 8
    assert told == [1.0]


@pytest.mark.parametrize(("name", "reason"), [("fail", "the parser failed"), ("refuse", "x"), ("dig", "nested too deeply")])
def test_the_child_puts_failures_into_words(name: str, reason: str) -> None:
    assert reason in pickle.loads(sandbox._attempt(__name__, name, "x" if name != "dig" else 0)).reason


def test_forbidden_audits_raise_and_others_pass() -> None:
    sandbox._deny("open", ())
    assert pickle.loads(sandbox._attempt(__name__, "", None)) is None
    with pytest.raises(PermissionError):
        sandbox._deny("socket.connect", ())
