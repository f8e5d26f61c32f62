"""A response's stream -> its bytes, decompressed, up to a limit: a gzip bomb is noticed before it is unpacked."""

import zlib
from collections.abc import Callable, Iterator

import httpx

STEP = 1 << 20
Unpack = Callable[[bytes], Iterator[bytes]]


class TooLarge(ValueError):
    """The body is larger than the limit."""


class BadPacking(ValueError):
    """The body is packed in a way that was not asked for, or is broken."""


def read_body(response: httpx.Response, most: int) -> bytes:
    """Read at most `most` bytes after decompression; raises TooLarge, BadPacking, or httpx's errors for a cut connection."""
    unpack = _unpacker(response.headers.get("content-encoding", "").strip().lower())
    parts: list[bytes] = []
    size = 0
    for chunk in response.iter_raw():
        for piece in unpack(chunk):
            parts.append(piece)
            size += len(piece)
            if size > most:
                raise TooLarge(f"it is larger than {most} bytes")
    return b"".join(parts)


def _unpacker(encoding: str) -> Unpack:
    if encoding in ("", "identity"):
        return lambda chunk: iter((chunk,))
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise BadPacking(f"it is packed as {encoding[:40]!r}, which was not asked for")
    packed = zlib.decompressobj(wbits=47)  # gzip or zlib, told by its header

    def inflate(chunk: bytes) -> Iterator[bytes]:
        while chunk and not packed.eof:
            try:
                yield packed.decompress(chunk, STEP)
            except zlib.error as error:
                raise BadPacking(f"its compression is broken: {error}") from None
            chunk = packed.unconsumed_tail

    return inflate
