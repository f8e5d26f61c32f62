"""Objective -> Objective: what a theory of change leaves open, filled in from the editable table beside this file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.records import Condition, Objective, Obstacle

Vectors = Mapping[str, NDArray[np.float32]]
_NEAREST = 5
_SHARPNESS = 0.01  # of a cosine: an example so much less alike counts e times less
_SHARE = 0.3  # of the vote of the nearest examples, from which a kind counts as one that would break the condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Example conditions with what would break each; sentences of other matters; the same thing told as going well and as going badly; mere need."""

    examples: tuple[tuple[str, tuple[Obstacle, ...]], ...]
    background: tuple[str, ...]
    well: tuple[str, ...]
    badly: tuple[str, ...]
    need: tuple[str, ...]


@lru_cache(maxsize=1)
def table() -> Table:
    """Read coalition/conditions.json; an unknown obstacle in it raises ValueError, a missing part KeyError."""
    data: Mapping[str, Any] = json.loads(files("coalition").joinpath("conditions.json").read_text(encoding="utf-8"))
    examples = tuple((row["condition"], tuple(Obstacle(kind) for kind in row["obstacles"])) for row in data["examples"])
    well, badly = zip(*data["pairs"], strict=True)
    return Table(examples=examples, background=tuple(data["background"]), well=well, badly=badly, need=tuple(data["need"]))


def texts(objective: Objective) -> tuple[str, ...]:
    """Name every text whose vector `completed` and `bear` ask for, beside those of the sentences themselves."""
    known = table()
    words = [text for text, _ in known.examples] + [*known.background, *known.well, *known.badly, *known.need]
    words += [text for condition in objective.conditions for text in wordings(condition)]
    return tuple(dict.fromkeys(words))


def wordings(condition: Condition) -> tuple[str, ...]:
    """Name the texts that say what a condition is about: its statement and its signs, for and against."""
    return tuple(dict.fromkeys((condition.statement, *(sign.statement for sign in condition.signs), *condition.signs_against)))


def completed(objective: Objective, vectors: Vectors) -> Objective:
    """Fill in what the objective leaves open; what it says itself stands.

    Where no condition says what it needs, the list is a chain: each needs the one before it. Where a condition does not say which obstacles would
    break it, the five likest examples of the table vote by likeness of meaning; each kind with three tenths of the vote counts, the first in any case.
    """
    kinds = [one.obstacles or breaking(vectors[one.statement], vectors) for one in objective.conditions]
    made = (replace(one, needs=objective.needs[one.id], obstacles=kind) for one, kind in zip(objective.conditions, kinds, strict=True))
    return replace(objective, conditions=tuple(made))


def breaking(statement: NDArray[np.float32], vectors: Vectors) -> tuple[Obstacle, ...]:
    """Say which kinds of obstacle would break a condition, by the vote of the likest examples, the likeliest first."""
    examples = table().examples
    likeness = np.array([float(vectors[text] @ statement) for text, _ in examples])
    votes: dict[Obstacle, float] = {}
    for number in np.argsort(-likeness, kind="stable")[:_NEAREST]:
        kinds = examples[number][1]
        for kind in kinds:
            votes[kind] = votes.get(kind, 0.0) + float(np.exp((likeness[number] - likeness.max()) / _SHARPNESS)) / len(kinds)
    enough = min(_SHARE * sum(votes.values()), max(votes.values()))
    return tuple(kind for kind, vote in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0])) if vote >= enough)
