"""Living -> Figure: a situation's whole life, carriers and new origins along time, its trends, and where it took in, lost and was ruled upon."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from reports import wording
from reports.draw.svg import Figure, picture, tag, text
from reports.living import Living
from store.records import SituationEvent, Trend

WIDTH, LEFT, RIGHT = 480, 34, 470
TOP, BASE = 18, 96
ROW, RADIUS = 24, 10
BAND, LETTER, LASTING = 20, 8.4, 8
BINS, ROWS = 56, 4
INWARD, OUTWARD = frozenset({"joined", "parted", "opened", "discovered", "revived"}), frozenset({"merged", "split", "closed"})
HAND = frozenset({"ruled", "unruled"})


def life(page: Living) -> Figure | None:
    """Draw time from the first report to now; each mark bears the number that its line has in the change log. None without reports.

    Below the days stands a band for each trend, the livelier the darker, with a dashed line where it gave way to one that lasted. Marks that would cover
    others move down a row; those that find no room in four rows stand in the table alone. Sentences that entered or left the summary, and titles, are no
    turns of a life and stand in the change log alone.
    """
    if not page.daily:
        return None
    turns = [(number, line) for number, line in page.lines if line.kind not in wording.QUOTED]
    first = min([page.daily[0][0], *(line.at for _, line in turns)])
    scale = _Scale(first, max(page.as_of, page.daily[-1][0] + timedelta(days=1), *(line.at for _, line in turns)))
    placed, ground = _placed(turns, scale), BASE + (BAND + 4 if page.stages else 0)
    bottom = ground + 24 + ROW * (1 + max((row for _, _, _, row in placed), default=-1))
    marks = [shape for mark in placed for shape in _mark(*mark, ground)]
    description = f"{wording.counted(len(turns), 'turn')} between {wording.day(first)} and {wording.day(scale.last)}"
    drawn = (*_axis(scale, page, bottom - 6), *_bars(page, scale), *_bands(page, scale), *marks)
    svg = picture((WIDTH, bottom), "The life of the situation", description, *drawn)
    rows = [(line.at, str(number), told(line, page)) for number, line in turns] + [(since, wording.ARROWS[trend], trend.value) for since, trend in page.stages]
    in_time = sorted(rows, key=lambda row: row[0])
    return Figure(svg=svg, caption="Its life", header=("", "on", "what"), rows=tuple((mark, wording.day(at), what) for at, mark, what in in_time))


def told(line: SituationEvent, page: Living) -> str:
    """Word a line of the history, with the titles that others have today."""
    return wording.happened(line.kind, line.detail, line.other, page.titles.get(line.other, ""))


class _Scale:
    """Days to pixels, and the days that one bar stands for."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self.first, self.last = first, last
        self.bin = timedelta(days=max(1, -(-(last - first).days // BINS)))

    def x(self, when: datetime) -> float:
        return LEFT + (RIGHT - LEFT) * ((when - self.first) / max(self.last - self.first, timedelta(seconds=1)))


def _binned(page: Living, scale: _Scale) -> list[tuple[datetime, int, int]]:
    bins: dict[int, tuple[int, int]] = {}
    for day, carriers, origins in page.daily:
        number = max(0, (day - scale.first) // scale.bin)
        before = bins.get(number, (0, 0))
        bins[number] = before[0] + carriers, before[1] + origins
    return [(scale.first + number * scale.bin, *counts) for number, counts in sorted(bins.items())]


def _axis(scale: _Scale, page: Living, foot: float) -> list[Markup]:
    peak = max([1, *(carriers for _, carriers, _ in _binned(page, scale))])
    return [
        tag("line", x1=LEFT - 4, y1=BASE, x2=RIGHT, y2=BASE, class_="axis"),
        text(LEFT - 8, TOP + 5, str(peak), "end"),
        text(LEFT - 8, BASE + 1, "0", "end"),
        text(LEFT, foot, wording.day(scale.first)),
        text(RIGHT, foot, wording.day(scale.last), "end"),
    ]


def _bars(page: Living, scale: _Scale) -> list[Markup]:
    bins, shapes = _binned(page, scale), []
    peak = max([1, *(carriers for _, carriers, _ in bins)])
    for start, carriers, origins in bins:
        left = scale.x(start)
        wide, tall, low = max(2.0, min(scale.x(start + scale.bin), RIGHT) - left - 1), *((BASE - TOP) * count / peak for count in (carriers, origins))
        span = f"{scale.bin.days} days from {wording.day(start)}" if scale.bin.days > 1 else wording.day(start)
        label = tag("title", f"{span}: {wording.counted(origins, 'new independent origin')}, {wording.counted(carriers, 'carrier')}")
        shapes += [
            tag("rect", label, x=left, y=BASE - tall, width=wide, height=tall, class_="bar"),
            tag("rect", x=left + wide / 4, y=BASE - low, width=wide / 2, height=low, class_="front"),
        ]
    return shapes


def _bands(page: Living, scale: _Scale) -> list[Markup]:
    ends, shapes = [*(since for since, _ in page.stages[1:]), scale.last], list[Markup]()
    for number, ((since, trend), until) in enumerate(zip(page.stages, ends, strict=False)):
        left, right = scale.x(since), scale.x(until)
        label = tag("title", f"{trend.value.capitalize()} from {wording.day(since)}")
        shapes.append(tag("rect", label, x=left, y=BASE + 3, width=max(1.0, right - left), height=BAND, class_=f"stage {trend.value}"))
        words = _fitting(trend, right - left)
        shapes += [tag("line", x1=left, y1=TOP, x2=left, y2=BASE + 3 + BAND, class_="change")] if number and right - left >= LASTING else []
        shapes += [text((left + right) / 2, BASE + 18, words, "middle", f"stage-name {trend.value}-name")] if words else []
    return shapes


def _fitting(trend: Trend, room: float) -> str:
    words = (f"{wording.ARROWS[trend]} {trend.value}", trend.value, wording.ARROWS[trend])
    return next((each for each in words if len(each) * LETTER + 4 <= room), "")


def _placed(turns: Sequence[tuple[int, SituationEvent]], scale: _Scale) -> list[tuple[int, SituationEvent, float, int]]:
    """Give each mark the first row where it covers no earlier one."""
    ends, placed = [float("-inf")] * ROWS, []
    for number, line in turns:
        x = min(max(scale.x(line.at), LEFT), RIGHT - RADIUS)
        row = next((row for row, end in enumerate(ends) if x - end >= 2 * RADIUS + 2), None)
        if row is not None:
            ends[row] = x
            placed.append((number, line, x, row))
    return placed


def _mark(number: int, line: SituationEvent, x: float, row: int, ground: float) -> list[Markup]:
    y = ground + 18 + ROW * row
    kind = "hand" if line.kind in HAND or line.by else "inward" if line.kind in INWARD else "outward" if line.kind in OUTWARD else "other"
    label = tag("title", f"{number}: {wording.day(line.at)}, {wording.HAPPENED.get(line.kind, wording.plain(line.kind))}")
    stem = tag("line", x1=x, y1=ground, x2=x, y2=y - RADIUS, class_="stem")
    shape = _square(label, x, y, kind) if kind == "hand" else tag("circle", label, cx=x, cy=y, r=RADIUS, class_=f"turn {kind}")
    return [stem, shape, text(x, y + 4.5, str(number), "middle", f"turn-number {kind}-number")]


def _square(label: Markup, x: float, y: float, kind: str) -> Markup:
    return tag("rect", label, x=x - RADIUS + 1, y=y - RADIUS + 1, width=2 * RADIUS - 2, height=2 * RADIUS - 2, class_=f"turn {kind}")
