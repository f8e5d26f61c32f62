"""Text*, spans -> Parts: vectors of whole texts and of stretches of them, out of one pass of the encoder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from nlp.models import Encoder

Rows = NDArray[np.float32]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Unit vectors: `whole` one row a text; `parts` for each text one row a span, NaN where the encoder does not reach that far."""

    whole: Rows
    parts: tuple[Rows, ...]


@runtime_checkable
class SpanEncoder(Protocol):
    """An encoder that also tells what stretches of a text come to within the whole."""

    def encode_parts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> Parts:
        """Return unit rows for texts and for their spans (characters [start, end))."""
        ...


def in_parts(encoder: Encoder, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> Parts:
    """Encode texts and their spans; an encoder that knows no spans gives each the vector of its text."""
    if isinstance(encoder, SpanEncoder):
        return encoder.encode_parts(texts, spans)
    whole = encoder.encode(texts)
    return Parts(whole=whole, parts=tuple(np.repeat(row[None, :], len(some), axis=0) for row, some in zip(whole, spans, strict=True)))
