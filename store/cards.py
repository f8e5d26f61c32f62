"""The vocabulary of the card: what the coordinator is told of a suggestion beyond its evidence. Standard library only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.records import Advice, Member


class Confidence(StrEnum):
    """How much and how good evidence there is; it says nothing of how likely anything is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Finding(StrEnum):
    """What was found of an objective's obstacles: another kind leads, the same does not give way, several lead, a first hint, or what stood has fallen."""

    SHIFT = "shift"
    NO_PROGRESS = "no_progress"
    SEVERAL = "several"
    WEAK_SIGNAL = "weak_signal"
    FALLEN = "fallen"


class GoQuestion(StrEnum):
    """What to ask before a coalition is formed."""

    INFLUENCE = "influence"
    CONSISTENT = "consistent"
    CRITICAL_MASS = "critical_mass"
    VALUE = "value"
    SPREAD = "spread"


class GoAnswer(StrEnum):
    """What the data answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoNoGo:
    """One go/no-go question, the answer that the data give, and why; `reason` is a sentence of names and counts, none of them out of a report."""

    question: GoQuestion
    answer: GoAnswer
    reason: str

    @property
    def favours(self) -> bool | None:
        """Say whether the answer speaks for going ahead; None for an unknown one. Spreading too thin is the one that speaks against it."""
        if self.answer is GoAnswer.UNKNOWN:
            return None
        return (self.answer is GoAnswer.YES) != (self.question is GoQuestion.SPREAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTeam:
    """Another team that covers as much; `shared` ids are in the proposed one too."""

    members: tuple[Member, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A partner that came near and is not proposed: `why` in a word or two, the strengths it would have brought or says it has, and the reason."""

    partner_id: str
    name: str
    why: str
    strengths: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What stands on the card of one suggestion besides the suggestion itself. Made with it, and never changed.

    confidence_why says what it rests on. After `expires_at` the card is not to be decided any more. `questions` are all five, in their order. `only_team`
    says why there are fewer than two `alternatives`. `flips`: reports without which fewer than three independent origins, two kinds of source or three
    voices would be left; the smallest such set.
    """

    suggestion_id: str
    confidence: Confidence
    confidence_why: str
    expires_at: datetime
    finding: Finding | None = None
    questions: tuple[GoNoGo, ...] = ()
    alternatives: tuple[OtherTeam, ...] = ()
    only_team: str = ""
    left_out: tuple[NearMiss, ...] = ()
    flips: tuple[str, ...] = ()


class Close(StrEnum):
    """How a suggestion left the coordinator's desk."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """One line of the learning log: a suggestion that is closed, how and since when. `came_true` and `brier` are None until, and unless, it can be told."""

    suggestion_id: str
    objective_id: str
    kind: Advice
    issued_at: datetime
    probability: float
    how: Close
    closed_at: datetime
    came_true: bool | None = None
    brier: float | None = None
