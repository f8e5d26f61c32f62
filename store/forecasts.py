"""The vocabulary of the ledger: statements that resolve by themselves, who held them how likely and when, what became of them. Standard library only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MODEL = "model"
"""Who holds a probability when nobody but Hivecast does."""
RAW = "model, before recalibration"
"""The same before it was put right by how earlier ones did: what recalibration is learned from."""


class Kind(StrEnum):
    """What a statement is about."""

    REPORTS = "reports"
    ORIGINS = "origins"
    PLACE = "place"
    ESCALATION = "escalation"
    CONDITION = "condition"
    OBSTACLE = "obstacle"


COUNTED = (Kind.REPORTS, Kind.ORIGINS, Kind.PLACE, Kind.ESCALATION)
"""Kinds that come true when a count reaches a threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something that will have come true or not at `deadline`, by a rule fixed before it is published. A ledger row: never edited.

    `subject` is the id of the situation, place or objective, `detail` the condition or obstacle. `metric` says what is measured, `threshold` from which
    value on it is true, `source` where the value comes from, `rule` how it is settled and when it is void. No rule, no statement: ValueError.
    """

    id: str
    kind: Kind
    subject: str
    issued_at: datetime
    deadline: datetime
    metric: str
    threshold: int
    source: str
    rule: str
    text: str
    detail: str = ""
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError where a part is missing or there is no time to come true in."""
        missing = [name for name in ("subject", "metric", "source", "rule", "text") if not getattr(self, name).strip()]
        if missing:
            raise ValueError(f"a statement needs its {missing[0]} before it is published")
        if self.deadline <= self.issued_at:
            raise ValueError(f"a statement issued at {self.issued_at.isoformat()} cannot fall due at {self.deadline.isoformat()}")


TOGETHER = "together"
"""What all people together held of a statement, put down when it is settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How likely a statement was held at some time, never edited; `by` is "model", "coordinator", the pseudonym of a partner, or "together"."""

    statement_id: str
    at: datetime
    by: str
    probability: float

    def __post_init__(self) -> None:
        """Raise ValueError outside [0, 1]."""
        if not 0.0 <= self.probability <= 1.0:
            raise ValueError(f"probability must lie in [0, 1], got {self.probability}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a statement: the value measured and whether it came true; None for both where it is void, and `reason` says by which rule."""

    statement_id: str
    resolved_at: datetime
    observed: int | None = None
    came_true: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One settled statement as scores see it: the probability held when it was issued, what happened, and what to break figures down by."""

    probability: float
    came_true: bool
    kind: Kind
    subject: str
    days: int
