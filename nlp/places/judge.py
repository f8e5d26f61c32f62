"""Evidence -> the chance that it speaks of a place: a logistic regression whose weights are fitted by benchmarks/fit_recognise.py."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_COMMITTED: Final = Path(__file__).with_name("data") / "recognise_weights.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """A weight for each piece of evidence; `enough` is the chance from which a name counts as a place.

    `enough_bare` is the same for a script without capitals, in which evidence is thin and chances stay low.
    """

    bias: float
    enough: float
    enough_bare: float
    weights: Mapping[str, float]

    def chance(self, evidence: Iterable[str]) -> float:
        """Return a probability; evidence without a weight says nothing."""
        weights = self.weights
        score = self.bias + sum([weights[piece] for piece in evidence if piece in weights])
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))


def open_judge(path: Path) -> Judge:
    """Read weights as benchmarks/fit_recognise.py writes them."""
    written = json.loads(path.read_text(encoding="utf-8"))
    return Judge(bias=written["bias"], enough=written["enough"], enough_bare=written["enough_bare"], weights=written["weights"])


@lru_cache(maxsize=1)
def committed_judge() -> Judge:
    """Return the one with the committed weights."""
    return open_judge(_COMMITTED)
