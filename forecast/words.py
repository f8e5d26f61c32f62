"""Probability -> words of estimative probability (ICD 203), from the number alone."""

import re

# Lower edge (inclusive) of each band; a probability on an edge takes the higher word.
BANDS = (
    (0.95, "almost certain"),
    (0.80, "very likely"),
    (0.55, "likely"),
    (0.45, "roughly even chance"),
    (0.20, "unlikely"),
    (0.05, "very unlikely"),
    (0.00, "almost no chance"),
)
_LIKELIHOOD = re.compile(
    r"\b(?:almost (?:certain(?:ly)?|no chance)|(?:very |highly )?(?:un)?likely|(?:im)?probabl[ey]|roughly even|even (?:chance|odds)|remote|nearly certain)\b",
    re.IGNORECASE,
)
_CONFIDENCE = re.compile(r"\bconfiden(?:ce|t|tly)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def likelihood(p: float) -> str:
    """Return the ICD 203 (2015) term for a probability: bands of 5, 20, 45, 55, 80 and 95 %, each with its lower edge.

    Raises ValueError outside [0, 1].
    """
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"a probability lies in [0, 1], got {p}")
    return next(term for edge, term in BANDS if p >= edge)


def mixed(text: str) -> bool:
    """Tell whether a sentence speaks of likelihood and of confidence at once, which ICD 203 forbids."""
    return any(_LIKELIHOOD.search(sentence) and _CONFIDENCE.search(sentence) for sentence in _SENTENCE.split(text))
