"""MixWeek* -> Figure: which obstacles stood in the way of an objective, week by week."""

from collections.abc import Sequence

from markupsafe import Markup

from reports import wording
from reports.draw.svg import HUES, Figure, pattern, picture, tag, text
from store.records import MixWeek, Obstacle

WIDTH, BASE, TOP, LEFT = 480, 150, 12, 50
ROW = 22


def mix(weeks: Sequence[MixWeek], prefix: str) -> Figure | None:
    """Draw each week's share of every obstacle as a stacked column; the five largest have their own fill, the others share one.

    `prefix` keeps the ids of fills apart where several stand on one page. None where no week has any weight.
    """
    total: dict[Obstacle, float] = {}
    for kind, weight in (pair for week in weeks for pair in week.weights if pair[0] is not Obstacle.NONE):
        total[kind] = total.get(kind, 0.0) + weight
    kinds = [kind for kind, weight in sorted(total.items(), key=lambda pair: (-pair[1], pair[0])) if weight > 0]
    if not kinds:
        return None
    fills = {kind: min(number, len(HUES) - 1) for number, kind in enumerate(kinds)}
    columns = [shape for number, week in enumerate(weeks) for shape in _column(number, week, len(weeks), fills, prefix)]
    legend = _legend(kinds, prefix)
    defined = tag("defs", *(pattern(f"{prefix}{number}", number) for number in sorted(set(fills.values()))))
    height = BASE + 34 + ROW * ((min(len(kinds), len(HUES)) + 1) // 2)
    description = f"{wording.counted(len(weeks), 'week')}; largest over all: {wording.OBSTACLES[kinds[0]]}"
    svg = picture((WIDTH, height), "Share of each obstacle by week", description, defined, *columns, *_axis(weeks), *legend)
    header = ("week from", *(wording.OBSTACLES[kind] for kind in kinds), "independent origins")
    return Figure(svg=svg, caption="Share of each obstacle by week", header=header, rows=tuple(_row(week, kinds) for week in weeks))


def _shares(week: MixWeek) -> dict[Obstacle, float]:
    weights = {kind: weight for kind, weight in week.weights if kind is not Obstacle.NONE and weight > 0}
    whole = sum(weights.values())
    return {kind: weight / whole for kind, weight in weights.items()}


def _column(number: int, week: MixWeek, weeks: int, fills: dict[Obstacle, int], prefix: str) -> list[Markup]:
    slot = min(44.0, (WIDTH - LEFT - 6) / weeks)
    left, bottom, shapes = LEFT + slot * number, float(BASE), []
    for kind, share in sorted(_shares(week).items(), key=lambda pair: fills[pair[0]]):
        tall = (BASE - TOP) * share
        bottom -= tall
        label = tag("title", f"Week from {wording.day(week.week)}: {wording.OBSTACLES[kind]} {wording.percent(share)}")
        shapes.append(tag("rect", label, x=left, y=bottom, width=slot * 0.86, height=tall, fill=f"url(#{prefix}{fills[kind]})", class_="band"))
    return shapes


def _axis(weeks: Sequence[MixWeek]) -> list[Markup]:
    slot = min(44.0, (WIDTH - LEFT - 6) / len(weeks))
    ends = [text(LEFT, BASE + 18, wording.day(weeks[0].week))]
    if len(weeks) > 5:
        ends.append(text(LEFT + slot * len(weeks), BASE + 18, wording.day(weeks[-1].week), "end"))
    return [text(LEFT - 5, TOP + 9, "100 %", "end"), text(LEFT - 5, BASE, "0", "end"), *ends]


def _legend(kinds: Sequence[Obstacle], prefix: str) -> list[Markup]:
    names = [wording.OBSTACLES[kind] for kind in kinds[: len(HUES)]]
    if len(kinds) > len(HUES):
        names[-1] = "others"
    shapes = []
    for number, name in enumerate(names):
        x, y = LEFT + (number % 2) * 220, BASE + 30 + ROW * (number // 2)
        shapes += [tag("rect", x=x, y=y, width=18, height=14, fill=f"url(#{prefix}{number})", class_="band"), text(x + 26, y + 12, name)]
    return shapes


def _row(week: MixWeek, kinds: Sequence[Obstacle]) -> tuple[str, ...]:
    shares = _shares(week)
    return (wording.day(week.week), *(wording.percent(shares.get(kind, 0.0)) for kind in kinds), str(week.origins))
