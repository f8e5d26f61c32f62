"""Words, words -> likeness: with the encoder where a door may load it, by the words alone where it may not."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from coalition.strengths import words
from coalition.team import Alike
from flows.settings import Settings


def by_word(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
    """Give the share of words that two texts have in common (Jaccard), shape (len(left), len(right)): strengths are matched by what they are called alone."""
    bags = [[set(words(text)) for text in texts] for texts in (left, right)]
    return np.array([[len(a & b) / max(1, len(a | b)) for b in bags[1]] for a in bags[0]]).reshape(len(left), len(right))


def by_meaning(settings: Settings) -> Alike:
    """Load the encoder alone and give cosines of meaning; where there is none, likeness is by word."""
    from flows.kit import model_choice
    from nlp.models import load

    encoder = load(replace(model_choice(settings), pipelines={})).encoder
    if encoder is None:
        return by_word

    def alike(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
        if not left or not right:
            return np.zeros((len(left), len(right)))
        rows = [encoder.encode([text.replace("_", " ") for text in texts]) for texts in (left, right)]
        found: NDArray[np.float64] = (rows[0] @ rows[1].T).astype(np.float64)
        return found

    return alike
