"""SituationCard -> Figure: carriers and new independent origins by week, and the interval forecast for the next."""

from datetime import timedelta

from markupsafe import Markup

from reports import wording
from reports.draw.svg import HUES, Figure, picture, tag, text
from store.records import Forecast
from store.told import SituationCard

WIDTH, HEIGHT, BASE, TOP = 480, 150, 122, 18
WEEKS = 10
SLOT = 38


def counts(card: SituationCard) -> Figure | None:
    """Draw ten weeks of carriers with new independent origins in front, and a fan to the 50 and 90 % intervals of the next seven days.

    None where the card has no daily counts (situations told in one line).
    """
    if not card.daily:
        return None
    weeks = _weeks(card)
    coming = next((each for each in card.forecasts if each.metric == "reports" and wording.horizon(each) == 7), None)
    peak = max([reports for _, reports, _ in weeks] + ([coming.high90] if coming else []) + [1])
    bars = [shape for number, week in enumerate(weeks) for shape in _bars(number, week, peak)]
    fan = _fan(coming, weeks[-1][1], peak) if coming else []
    description = f"{sum(week[2] for week in weeks)} new independent origins, {sum(week[1] for week in weeks)} carriers in ten weeks"
    svg = picture((WIDTH, HEIGHT), "Reports by week", description, *_axis(weeks, peak), *bars, *fan)
    return Figure(svg=svg, caption="Reports by week", header=("week from", "carriers", "new independent origins"), rows=_rows(weeks, coming))


def _weeks(card: SituationCard) -> list[tuple[str, int, int]]:
    days = card.daily[-7 * WEEKS :]
    spans = [days[start : start + 7] for start in range(0, len(days), 7)]
    return [(wording.day(span[0][0]), sum(day[1] for day in span), sum(day[2] for day in span)) for span in spans]


def _rows(weeks: list[tuple[str, int, int]], coming: Forecast | None) -> tuple[tuple[str, ...], ...]:
    past = tuple((start, str(reports), str(origins)) for start, reports, origins in weeks)
    if coming is None:
        return past
    start = wording.day(coming.issued_at + timedelta(days=1))
    return (*past, (start, f"{coming.low90} to {coming.high90} (90 %), {coming.low50} to {coming.high50} (50 %)", "forecast"))


def _height(value: float, peak: int) -> float:
    return (BASE - TOP) * value / peak


def _axis(weeks: list[tuple[str, int, int]], peak: int) -> list[Markup]:
    right = 34 + SLOT * len(weeks)
    return [
        tag("line", x1=30, y1=BASE, x2=WIDTH - 8, y2=BASE, class_="axis"),
        text(26, TOP + 5, str(peak), "end"),
        text(26, BASE + 1, "0", "end"),
        text(34, BASE + 18, weeks[0][0]),
        text(right - 4, BASE + 18, "now", "middle"),
    ]


def _bars(number: int, week: tuple[str, int, int], peak: int) -> list[Markup]:
    start, reports, origins = week
    left, tall, low = 34 + SLOT * number, _height(reports, peak), _height(origins, peak)
    if not reports:
        return []
    label = tag("title", f"Week from {start}: {wording.counted(origins, 'new independent origin')}, {wording.counted(reports, 'carrier')}")
    behind = tag("rect", label, x=left, y=BASE - tall, width=SLOT - 8, height=tall, class_="bar")
    return [behind, tag("rect", x=left + 6, y=BASE - low, width=SLOT - 20, height=low, class_="front")]


def _fan(coming: Forecast, last: int, peak: int) -> list[Markup]:
    left, right = 34 + SLOT * WEEKS - 4, WIDTH - 34
    start = BASE - _height(last, peak)

    def wedge(low: int, high: int, opacity: float) -> Markup:
        points = f"{left},{start:.1f} {right},{BASE - _height(high, peak):.1f} {right},{BASE - _height(low, peak):.1f}"
        return tag("polygon", points=points, fill=HUES[4], fill_opacity=f"{opacity}")

    ends = [text(right + 4, BASE - _height(value, peak) + 5, str(value)) for value in sorted({coming.low90, coming.high90})]
    return [
        tag("line", x1=left, y1=TOP - 6, x2=left, y2=BASE, class_="now"),
        wedge(coming.low90, coming.high90, 0.3),
        wedge(coming.low50, coming.high50, 0.75),
        *ends,
    ]
