"""Little histories for the tests: readings are given, so that only the coalition's own judgement is tried."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from coalition.advise import advise
from coalition.strengths import words
from store.records import Advice, Condition, Objective, Obstacle, ObstacleReading, ObstacleState, Partner, SourceKind, Suggestion, Testimony

START = datetime(2031, 3, 3, tzinfo=UTC)
KINDS = (SourceKind.NEWS, SourceKind.NGO, SourceKind.PUBLIC, SourceKind.GOVERNMENT)
LIFTED = ObstacleState.LIFTED


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def said(obstacle: Obstacle, weight: float = 0.8, state: ObstacleState = ObstacleState.PRESENT, sentence: str = "So it is.") -> ObstacleReading:
    return ObstacleReading(obstacle=obstacle, state=state, weight=weight, sentence=sentence)


def witness(number: int, when: float, *readings: ObstacleReading, voice: str = "", origin: str = "", countries: tuple[str, ...] = ()) -> Testimony:
    return Testimony(
        report_id=f"r{number}",
        at=day(when),
        origin_id=origin or f"r{number}",
        voice=voice or f"voice {number % 7}",
        source_kind=KINDS[number % 4],
        obstacles=readings,
        relevance=1.0,
        countries=countries,
    )


def told(obstacle: Obstacle, days: Sequence[float], first: int, **other: object) -> list[Testimony]:
    state = LIFTED if other.get("lifted") else ObstacleState.PRESENT
    return [witness(first + n, when, said(obstacle, state=state), countries=("QA",)) for n, when in enumerate(days)]


def every(step: float, since: float, until: float) -> list[float]:
    return [float(x) for x in np.arange(since, until, step)]


def alike(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
    """Share of common words, at the level and in the narrow range of a real encoder."""
    bags = [[set(words(text)) for text in texts] for texts in (left, right)]
    return np.array([[0.77 + 0.16 * len(a & b) / max(1, len(a | b)) for b in bags[1]] for a in bags[0]])


def weekly(objective: Objective, testimonies: Sequence[Testimony], partners: Sequence[Partner], until: float) -> list[Suggestion]:
    """Evaluate every seven days, each time with what was known then."""
    issued: list[Suggestion] = []
    for now in every(7, 7, until):
        known = [t for t in testimonies if t.at <= day(now)]
        issued += advise(objective, known, partners, alike, day(now), tuple(issued))
    return issued


def partner(id_: str, *strengths: str, countries: tuple[str, ...] = ("QA",), tier: str = "network") -> Partner:
    return Partner(id=id_, name=f"House {id_}", strengths=strengths, countries=countries, tier=tier)


def suggestion(kind: Advice, when: datetime, before: Obstacle, after: Obstacle) -> Suggestion:
    return Suggestion(
        id=f"strike-{kind.value}-{when:%Y%m%d}", objective_id="strike", kind=kind, issued_at=when, obstacle_before=(before,), obstacle_after=(after,),
        since=when, probability=0.7, evidence=(), origins=3, source_kinds=2, against=(), against_why="", would_change="",
    )  # fmt: skip


STRIKE = Objective(
    id="strike",
    statement="The dockers' strike ends with a fair wage.",
    conditions=(Condition(id="c1", statement="The port company pays the labour it owes"),),
    members=("m1", "m2"),
    strengths=("fundraising",),
)
HOUSES = (
    partner("m1", "fundraising", "grant_management", tier="core"),
    partner("m2", "media", "advocacy", tier="core"),
    partner("l1", "labour_law", "legal_expertise"),
    partner("l2", "tax_law", "legal_expertise"),
    partner("l3", "former_judges_bench", "port_insiders"),
    partner("x1", "water_sanitation"),
    partner("x2", "press_placement"),
)
