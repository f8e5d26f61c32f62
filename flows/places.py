"""Settings -> the gazetteer, for people who look for a place: by name or by id."""

from functools import lru_cache
from pathlib import Path

from flows.settings import Settings
from nlp.places.gazetteer import Candidate, Gazetteer, open_gazetteer
from store.records import Place


def candidates(name: str, settings: Settings) -> tuple[Candidate, ...]:
    """List every place of that name, the most populous first."""
    found = gazetteer(settings).find(name)
    return tuple(sorted(found, key=lambda candidate: (-candidate.place.population, candidate.place.id)))


def place_by_id(id_: str, settings: Settings) -> Place | None:
    """Look up a place by its id ("gn:12345", "own:..."); None where there is none."""
    return gazetteer(settings).by_id(id_)


def gazetteer(settings: Settings) -> Gazetteer:
    """Open the gazetteer once a process; it is built at first use."""
    return _opened(settings.models_path, settings.own_places)


@lru_cache(maxsize=1)
def _opened(folder: Path, own: Path | None) -> Gazetteer:
    return open_gazetteer(folder, own)
