"""ObjectiveCard -> Figure: the log-odds of each condition week by week, with their interval."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from reports import wording
from reports.draw.svg import Figure, picture, tag, text
from store.records import ConditionWeek
from store.told import ConditionCard, ObjectiveCard

WIDTH, LEFT, RIGHT, TOP, TALL, APART = 480, 26, 470, 20, 44, 24
FARTHEST = 4.0
WEEK = timedelta(days=7)


def odds(card: ObjectiveCard) -> Figure | None:
    """Draw each condition in a strip of its own, from four against to four for, on one axis of weeks; None where nothing was ever said of any."""
    starts = sorted({week.week for one in card.conditions for week in one.weeks})
    if not starts:
        return None
    weeks = [starts[0] + WEEK * number for number in range((starts[-1] - starts[0]) // WEEK + 1)]
    shapes = [shape for number, one in enumerate(card.conditions) for shape in _strip(number, one, weeks)]
    foot = TOP + (TALL + APART) * len(card.conditions)
    ends = [text(LEFT, foot + 6, wording.day(weeks[0])), *([text(RIGHT, foot + 6, wording.day(weeks[-1]), "end")] if len(weeks) > 4 else [])]
    description = f"{wording.counted(len(weeks), 'week')}; above the line more speaks for a condition, below it against"
    svg = picture((WIDTH, foot + 14), "How each condition stood, by week", description, *shapes, *ends)
    header = ("week from", *(f"{number}. {_short(one)}" for number, one in enumerate(card.conditions, 1)))
    return Figure(svg=svg, caption="How each condition stood, by week", header=header, rows=tuple(_row(week, card.conditions) for week in weeks))


def _strip(number: int, one: ConditionCard, weeks: Sequence[datetime]) -> list[Markup]:
    top = TOP + (TALL + APART) * number
    name = text(0, top - 6, f"{number + 1}. {_short(one)}", kind="counted")
    zero = tag("line", x1=LEFT, y1=_y(0.0, top), x2=RIGHT, y2=_y(0.0, top), class_="axis")
    scale = [text(LEFT - 5, top + 10, "+", "end"), text(LEFT - 5, top + TALL, "−", "end")]
    points = [(_x(week.week, weeks), week) for week in one.weeks]
    if not points:
        return [name, zero, *scale]
    label = tag("title", f"{one.condition.statement}: {_worded(one.weeks[-1])}")
    upper, lower = [f"{x:.1f},{_y(week.high, top):.1f}" for x, week in points], [f"{x:.1f},{_y(week.low, top):.1f}" for x, week in reversed(points)]
    band = tag("polygon", label, points=" ".join([*upper, *lower]), class_="spread")
    line = tag("polyline", points=" ".join(f"{x:.1f},{_y(week.log_odds, top):.1f}" for x, week in points), class_="course")
    last = tag("circle", cx=points[-1][0], cy=_y(points[-1][1].log_odds, top), r=4, class_="front")
    return [name, band, zero, *scale, line, last]


def _short(one: ConditionCard) -> str:
    words = wording.visible(one.condition.statement)
    return words if len(words) <= 58 else words[:57].rstrip() + "…"


def _x(week: datetime, weeks: Sequence[datetime]) -> float:
    return LEFT + 6 + (RIGHT - LEFT - 12) * ((week - weeks[0]) / WEEK) / max(1, len(weeks) - 1)


def _y(value: float, top: float) -> float:
    return top + TALL * (FARTHEST - max(-FARTHEST, min(FARTHEST, value))) / (2 * FARTHEST)


def _worded(week: ConditionWeek) -> str:
    return f"{week.log_odds:+.1f} ({week.low:+.1f} to {week.high:+.1f})"


def _row(start: datetime, cards: Sequence[ConditionCard]) -> tuple[str, ...]:
    found = [next((_worded(week) for week in one.weeks if week.week == start), "–") for one in cards]
    return (wording.day(start), *found)
