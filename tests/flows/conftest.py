"""A kit on a folder of its own: real stores, real gazetteer arrays from a few own places, and a small deterministic encoder."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from flows.kit import Kit, opened
from flows.settings import Settings
from nlp.models import Models
from nlp.obstacles import load_obstacles
from nlp.places.gazetteer import Candidate
from nlp.read import Reader
from nlp.situate.link import scorer
from store.records import Place

_WORD = re.compile(r"\w+")


class WordEncoder:
    """Turns each word into a fixed random direction, the longer the word the further, so that texts with common words that tell something are alike.

    As with the default encoder all texts share the scorer's centre and differ by half as much round it: grouping takes that centre off and was fitted
    on what is left; without it, texts with no word in common would all lean away from it together. What has no common words is less alike than a real
    encoder finds it, so that what grouping makes of near misses is not to be seen with this.
    """

    name = "words"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = unit(np.stack([np.sum([len(word) * direction(word) for word in _WORD.findall(text.lower()) or ["."]], axis=0) for text in texts]))
        return unit(scorer().centre + rows / 2).astype(np.float32)


def unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def direction(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
    return np.random.default_rng(seed).normal(size=384)


TOWNS = {
    "boda": Place(id="gn:1", name="Boda", country="CF", lat=4.3, lon=17.5, population=20_000),
    "bangui": Place(id="gn:2", name="Bangui", country="CF", lat=4.4, lon=18.6, population=700_000),
}


class FewPlaces:
    """A gazetteer of two towns."""

    def find(self, name: str) -> tuple[Candidate, ...]:
        place = TOWNS.get(name.lower())
        return (Candidate(place=place, primary=True, inside=()),) if place else ()

    def demonym(self, word: str) -> tuple[Candidate, ...]:
        return ()

    def by_id(self, id_: str) -> Place | None:
        return next((place for place in TOWNS.values() if place.id == id_), None)

    def nearest(self, latitude: float, longitude: float) -> Place:
        return min(TOWNS.values(), key=lambda place: abs(place.lat - latitude) + abs(place.lon - longitude))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def equip(kit: Kit, models: Models) -> None:
    """Give a kit its models instead of letting it load the real ones."""
    kit.__dict__["models"] = models
    kit.__dict__["reader"] = Reader(models=models, gazetteer=FewPlaces(), obstacles=load_obstacles(None))  # type: ignore[arg-type]


@contextmanager
def kit_in(settings: Settings) -> Iterator[Kit]:
    with opened(settings) as open_kit:
        equip(open_kit, Models(encoder=WordEncoder(), recognisers={}, missing=()))
        yield open_kit


@pytest.fixture
def kit(settings: Settings) -> Iterator[Kit]:
    with kit_in(settings) as open_kit:
        yield open_kit
