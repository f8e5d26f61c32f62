"""SituationCard -> Figure: what is counted, one row for each class of sources, from the lowest to the highest figure it states."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from reports import wording
from reports.draw.svg import Figure, picture, tag, text
from store.records import FigureRange
from store.told import SituationCard

WIDTH, LEFT, RIGHT = 480, 92, 330
ROW, HEAD, TOP = 22, 24, 4


def figures(card: SituationCard, number: Mapping[str, int]) -> Figure | None:
    """Draw each count on a scale of its own from zero; a range without an upper end runs on as an arrow.

    `number` gives the place of each cited report in the list at the foot of the brief. None where nothing is counted.
    """
    counts = [tuple(classes) for _, classes in groupby(card.ranges, key=lambda one: (one.kind, one.unit))]
    if not counts:
        return None
    shapes, top = [], TOP
    for classes in counts:
        shapes += _count(classes, top)
        top += HEAD + ROW * len(classes)
    names = wording.listed([wording.counted_kind(classes[0]) for classes in counts])
    svg = picture((WIDTH, top + 4), "Figures by who states them", f"{names}; each class of sources in its own row", *shapes)
    header = ("what", "who", "figure", "heard from", "reports")
    return Figure(svg=svg, caption="Figures by who states them", header=header, rows=tuple(_row(one, number) for one in card.ranges))


def _row(one: FigureRange, number: Mapping[str, int]) -> tuple[str, ...]:
    cited = sorted(number[key] for key in one.report_ids if key in number)
    return (wording.counted_kind(one), wording.CLASSES[one.said_by], wording.span(one), str(one.heard), ", ".join(map(str, cited)))


def _count(classes: Sequence[FigureRange], top: int) -> list[Markup]:
    peak = max(one.low if one.high is None else one.high for one in classes) or 1.0
    heading = text(0, top + 16, wording.counted_kind(classes[0]), kind="counted")
    zero = tag("line", x1=LEFT, y1=top + HEAD - 2, x2=LEFT, y2=top + HEAD + ROW * len(classes) - 4, class_="axis")
    return [heading, zero, *(shape for row, one in enumerate(classes) for shape in _interval(one, top + HEAD + ROW * row, peak))]


def _interval(one: FigureRange, top: int, peak: float) -> list[Markup]:
    y, left = top + ROW / 2 - 2, _x(one.low, peak)
    right = RIGHT if one.high is None else _x(one.high, peak)
    label = tag("title", f"{wording.counted_kind(one)}: {wording.figure_range(one)}")
    bar = tag("rect", label, x=left, y=y - 3, width=max(right - left, 0.1), height=6, class_="bar")
    dots = [tag("circle", cx=x, cy=y, r=5, class_="front") for x in sorted({left} if one.high is None else {left, right})]
    arrow = [tag("path", d=f"M{RIGHT} {y - 6:.1f}l8 6l-8 6z", class_="front")] if one.high is None else []
    names = [text(LEFT - 8, y + 4.5, wording.CLASSES[one.said_by], "end"), text(RIGHT + 14, y + 4.5, wording.span(one))]
    return [bar, *dots, *arrow, *names]


def _x(value: float, peak: float) -> float:
    return LEFT + 6 + (RIGHT - LEFT - 30) * value / peak
