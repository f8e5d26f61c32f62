"""Strengths, texts of the matter -> Fit: which branches of a profession the matter is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coalition.strengths import branch, head, special, table, words
from coalition.team import Alike

_FLOOR = 0.5  # standard deviations above the profession's other branches: less is about something else
_NEARLY = 0.65  # of the likest branch: several may fit
_WORDS = 2.0  # what it counts when every text of the matter speaks of the branch in so many words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How far each strength is about the matter. Without texts nothing is known, and everything fits."""

    branches: frozenset[str] = frozenset()  # those that the matter is about
    scores: Mapping[str, float] = field(default_factory=dict)
    known: bool = False

    def suits(self, strength: str, beside: Iterable[str]) -> bool:
        """Say whether a strength counts here, given its owner's others.

        A branch must be one the matter is about. A profession as such counts unless all branches of it that its owner has are about something else: a tax
        lawyer is no humanitarian lawyer, whatever else is written on the door.
        """
        if not self.known or branch(strength):
            return not self.known or strength in self.branches
        others = {s for s in beside if branch(s) and head(s) == head(strength)} if head(strength) else set()
        return not others or bool(others & self.branches)

    def about(self, strengths: Iterable[str]) -> frozenset[str]:
        """Choose of some strengths those whose trade the matter is about: nearly as like to it as the likest of them, and liker than strengths on the whole."""
        told = {s: self.scores.get(s, 0.0) for s in strengths}
        return frozenset(s for s, score in told.items() if not self.known or score >= max(0.0, _NEARLY * max(told.values())))


def fit(strengths: Sequence[str], alike: Alike, texts: Sequence[str]) -> Fit:
    """Weigh each strength against the texts of a matter.

    A branch is compared with all branches of its profession that the table can name (tax law with labour law, maritime law, ...), so that the only lawyer
    of a list is not the right one for being alone. Two things count: words of its field in the texts, and cosines, which are standardised within each
    text because their level differs from text to text and from model to model.
    """
    if not texts or not strengths:
        return Fit()
    heads = {head(s) for s in strengths if branch(s)}
    scores = {s: score for one in sorted(heads) for s, score in _scores([s for s in strengths if branch(s) and head(s) == one], _branches(one), alike, texts)}
    chosen = {s for one in heads for s in _best({s: v for s, v in scores.items() if head(s) == one})}
    rest = [s for s in strengths if s not in scores]
    return Fit(branches=frozenset(chosen), scores=scores | dict(_scores(rest, _trades(), alike, texts)), known=True)


def _best(scores: Mapping[str, float]) -> list[str]:
    top = max(scores.values())
    return [s for s, score in scores.items() if score >= max(_FLOOR, _NEARLY * top)]


def _scores(strengths: Sequence[str], ground: Sequence[str], alike: Alike, texts: Sequence[str]) -> list[tuple[str, float]]:
    if not strengths:
        return []
    nearness = _above(alike([_plain(s) for s in strengths], texts), alike([_plain(s) for s in ground], texts))
    return [(s, float(near) + _WORDS * _told(s, texts)) for s, near in zip(strengths, nearness, strict=True)]


def _above(near: NDArray[np.float64], ground: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = np.maximum(ground.std(axis=0), 1e-9)
    result: NDArray[np.float64] = np.where(ground.std(axis=0) > 0, (near - ground.mean(axis=0)) / spread, 0.0).mean(axis=1)
    return result


def _told(strength: str, texts: Sequence[str]) -> float:
    """Return how far texts speak of a strength's field in words, in [0, 1]: the root of the share of texts that do, since one plain text in five tells much."""
    own = set(special(strength) or words(strength))
    fields = [forms for forms in (tuple(set(f)) for f in table().fields.values()) if own & {w for form in forms for w in words(form)}]
    marks = {tuple(words(form)) for forms in fields for form in forms} | {(w,) for w in own}
    return float(np.sqrt(sum(_speaks(text, marks) for text in texts) / len(texts)))


def _speaks(text: str, marks: Iterable[tuple[str, ...]]) -> bool:
    have = set(words(text))
    return any(mark and set(mark) <= have for mark in marks)


def _branches(profession: str) -> list[str]:
    return [f"{field} {profession}" for field in sorted(table().fields)]


def _trades() -> list[str]:
    return sorted({*table().strengths, *table().other})


def _plain(strength: str) -> str:
    return strength.replace("_", " ")
