"""Made-up streams of clues for the tests of grouping."""

import random
from datetime import UTC, datetime, timedelta

import numpy as np

from nlp.situate.clue import Clue

START = datetime(2031, 3, 1, 6, tzinfo=UTC)
_TOPICS = {
    "flood": "river flooded bridge washed houses evacuated water level rescue boats Korvala valley",
    "strike": "dockers strike harbour cranes stopped union wages talks failed picket Ostrava port",
    "cholera": "cholera patients clinic rehydration contaminated well outbreak district nurses Mbeka",
    "quake": "earthquake rubble collapsed school trapped aftershock magnitude survivors Tesoro town",
}
_COMMON = "the of and people today says more about with after in on many help news still local were from this that have"


def clue(name: str, words: str, hours: float = 0.0, **more: object) -> Clue:
    """Make one clue, its own origin unless told otherwise."""
    given: dict[str, object] = {"origin_id": name, "voice": f"voice of {name}"} | more
    return Clue(report_id=name, at=START + timedelta(hours=hours), words=words, **given)  # type: ignore[arg-type]


def stream(seed: int, count: int, topics: int = 4, hours: float = 900.0, copies: float = 0.15, dimension: int = 0) -> list[Clue]:
    """Make reports on several topics, mixed, some of them copies of earlier ones, in order of time."""
    rng = random.Random(seed)
    names = list(_TOPICS)[:topics]
    vectors = np.random.default_rng(seed)
    made: list[Clue] = []
    for number in range(count):
        at = hours * number / count
        if made and rng.random() < copies:
            root = rng.choice(made[-20:])
            made.append(clue(f"r{number:04}", root.words, at, origin_id=root.origin_id))
            continue
        topic = rng.choice(names)
        told = rng.sample(_TOPICS[topic].split(), 5) + rng.sample(_COMMON.split(), 5) + [f"x{rng.randrange(10**6)}"]
        rng.shuffle(told)
        vector = None
        if dimension:
            vector = np.eye(dimension)[names.index(topic)] + 0.05 * vectors.standard_normal(dimension)
            vector = (vector / np.linalg.norm(vector)).astype(np.float32)
        made.append(clue(f"r{number:04}", " ".join(told), at, vector=vector, names=frozenset({topic.title()}) if rng.random() < 0.3 else frozenset()))
    return made


def topic_of(one: Clue) -> str:
    """Return the topic a made-up clue was drawn from."""
    return max(_TOPICS, key=lambda t: len(set(_TOPICS[t].split()) & set(one.words.split())))
