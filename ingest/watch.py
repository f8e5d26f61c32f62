"""A connection -> the same connection for a limited time: a server that sends a byte a second must not hold us."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Timer
from typing import Any


class Watch:
    """Learns a request's socket as httpx's `trace` extension and shuts it when the time is up.

    httpx limits each read, not their sum, and the headers cannot be counted from outside.
    """

    def __init__(self) -> None:
        self.stream: Any = None
        self.is_late = False

    def __call__(self, name: str, info: Mapping[str, Any]) -> None:
        """Take note of a step of the connection."""
        if self.is_late:
            raise TimeoutError
        if name in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self.stream = info["return_value"]

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Let the block run for `seconds`; raises TimeoutError in place of whatever a shut socket makes of it."""
        timer = Timer(seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if self.is_late:
                raise TimeoutError(f"it took more than {seconds:g} seconds") from error
            raise
        finally:
            timer.cancel()

    def _shut(self) -> None:
        self.is_late = True
        connection = self.stream.get_extra_info("socket") if self.stream else None
        if connection is None:
            return
        try:
            # Of the base class: an SSLSocket's own shutdown forgets its keys under the reader's feet.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
        except OSError:  # the other side was quicker
            return
