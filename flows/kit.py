"""Settings -> Kit: the open stores and loaded models that every flow works with."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from flows.settings import Settings
from flows.wiring import Progress, open_journal, open_vault, open_warehouse, quiet
from nlp.models import ModelChoice, Models, load
from nlp.obstacle_lessons import Lesson
from nlp.obstacles import load_obstacles
from nlp.places.gazetteer import open_gazetteer
from nlp.read import Reader
from store.errors import ModelUnavailable
from store.journal import Journal
from store.vault import Vault
from store.warehouse import Warehouse

T = TypeVar("T")


class Step(Protocol):
    """How one batch of work is run: plainly, or as a Prefect task."""

    def __call__(self, name: str, work: Callable[[], T]) -> T:
        """Run `work` under `name` and give back its result."""
        ...


def plainly(name: str, work: Callable[[], T]) -> T:
    """Run `work` here and now, without Prefect."""
    del name
    return work()


@dataclass
class Kit:
    """Open stores, and models that are loaded when first needed; one a process, closed by `opened`."""

    settings: Settings
    vault: Vault
    journal: Journal
    warehouse: Warehouse
    progress: Progress = quiet
    step: Step = plainly
    notes: list[str] = field(default_factory=list)
    rising: list[str] = field(default_factory=list)
    known_vectors: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    known_lessons: dict[str, Lesson | None] = field(default_factory=dict)

    @cached_property
    def models(self) -> Models:
        """The encoder and the entity recognisers; what is missing is listed in it, never raised."""
        return load(model_choice(self.settings))

    @cached_property
    def reader(self) -> Reader:
        """Everything that reading a report needs."""
        gazetteer = open_gazetteer(self.settings.models_path, self.settings.own_places)
        return Reader(models=self.models, gazetteer=gazetteer, obstacles=load_obstacles(self.models.encoder))

    @property
    def encoder_name(self) -> str:
        """The model id under which vectors are kept."""
        return self.models.encoder.name if self.models.encoder else ""

    def alike(self, left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
        """Give the cosine of meaning between two lists of words, shape (len(left), len(right)); zeros without an encoder.

        Only which words are liker to one text tells anything: the level differs between encoders and texts (e5: hardly anything below .75).
        """
        if self.models.encoder is None or not left or not right:
            return np.zeros((len(left), len(right)))
        return (self.encoded(left) @ self.encoded(right).T).astype(np.float64)

    def encoded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode short texts that come back often (strengths, conditions) into unit rows, each once; underscores read as spaces.

        Raises ModelUnavailable without an encoder.
        """
        if self.models.encoder is None:
            raise ModelUnavailable("there is no encoder; `hivecast doctor` says why")
        fresh = [text for text in dict.fromkeys(texts) if text not in self.known_vectors]
        if fresh:
            rows = self.models.encoder.encode([text.replace("_", " ") for text in fresh])
            self.known_vectors.update(zip(fresh, rows, strict=True))
        return np.stack([self.known_vectors[text] for text in texts])


def model_choice(settings: Settings) -> ModelChoice:
    """Say which models the settings ask for."""
    return ModelChoice(encoder=settings.encoder, pipelines=dict(settings.pipelines), folder=settings.models_path)


@contextmanager
def opened(settings: Settings, progress: Progress = quiet, step: Step = plainly) -> Iterator[Kit]:
    """Open the stores for one run and close them after it; raises WarehouseBusy when another run holds the warehouse."""
    with open_vault(settings) as vault, open_journal(settings, vault) as journal, open_warehouse(settings) as warehouse:
        yield Kit(settings=settings, vault=vault, journal=journal, warehouse=warehouse, progress=progress, step=step)
