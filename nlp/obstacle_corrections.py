"""Correction -> ObstacleReading*: what a person says a report names, in place of what was read."""

from collections.abc import Sequence

from nlp.obstacle_cues import cues, sentences
from store.records import Correction, Obstacle, ObstacleReading, ObstacleState, Report, Subject

Names = tuple[tuple[Obstacle, ObstacleState], ...]


def named(right: str) -> Names:
    """Read "legal,funding:lifted" (main one first, present unless it says lifted) into obstacles and states; "" is none.

    Raises ValueError, its text fit for people, for a name or state there is not, for one obstacle twice, and for `none` beside others.
    """
    parts = [part.strip().partition(":") for part in right.split(",")] if right.strip() else []
    names = tuple((_kind(kind), _state(state) if colon else ObstacleState.PRESENT) for kind, colon, state in parts)
    kinds = [kind for kind, _ in names]
    if kinds == [Obstacle.NONE] and names[0][1] is ObstacleState.PRESENT:
        return ()
    if Obstacle.NONE in kinds:
        raise ValueError("none stands alone")
    if len(set(kinds)) < len(kinds):
        raise ValueError("an obstacle is named twice")
    return names


def written(names: Names) -> str:
    """Write obstacles and states the way `named` reads them."""
    return ",".join(kind.value + (":lifted" if state is ObstacleState.LIFTED else "") for kind, state in names)


def put_right(report: Report, found: tuple[ObstacleReading, ...], language: str, corrections: Sequence[Correction]) -> tuple[ObstacleReading, ...]:
    """Return what was found, or what a standing correction says this report names instead, with full weight.

    The sentence shown is the one that was found for an obstacle, else the one whose cues say it most.
    """
    told = next((one for one in corrections if one.subject is Subject.OBSTACLE and one.report_id == report.id and one.undone_at is None), None)
    if told is None:
        return found
    said = {reading.obstacle: reading.sentence for reading in found}
    return tuple(
        ObstacleReading(obstacle=kind, state=state, weight=1.0, sentence=said.get(kind) or _sentence(report.words, language, kind))
        for kind, state in named(told.right)
    )


def _sentence(words: str, language: str, kind: Obstacle) -> str:
    parts = [words[start:end] for start, end in sentences(words)] or [words]
    return max(parts, key=lambda part: (cues(part, language).weights.get(kind, 0.0), len(part)))


def _kind(name: str) -> Obstacle:
    try:
        return Obstacle(name.strip())
    except ValueError:
        raise ValueError("there is no such obstacle; they are " + ", ".join(Obstacle)) from None


def _state(name: str) -> ObstacleState:
    try:
        return ObstacleState(name.strip())
    except ValueError:
        raise ValueError("an obstacle is present or lifted") from None
