"""Bin* -> Figure: how often what was said with each probability came true."""

from collections.abc import Sequence
from typing import Protocol

from reports import wording
from reports.draw.svg import Figure, picture, tag, text

SIDE, LEFT, TOP = 240, 44, 14
LARGEST = 11.0


class Said(Protocol):
    """Statements of like probability: how many, the mean of what was said, the share that came true; both in [0, 1]."""

    @property
    def count(self) -> int:
        """How many statements."""
        ...

    @property
    def said(self) -> float:
        """Mean probability."""
        ...

    @property
    def happened(self) -> float:
        """Share that came true."""
        ...


def reliability(bins: Sequence[Said]) -> Figure | None:
    """Draw a reliability diagram: on the diagonal what was said came true as often as it was said; larger dots stand for more statements. None without any."""
    if not bins:
        return None
    most = max(part.count for part in bins)
    frame = tag("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, fill="none", class_="axis")
    diagonal = tag("line", x1=_x(0), y1=_y(0), x2=_x(1), y2=_y(1), class_="axis")
    ticks = [text(_x(share), TOP + SIDE + 16, f"{share:.0%}", "middle") for share in (0.0, 0.5, 1.0)]
    ticks += [text(LEFT - 6, _y(share) + 4, f"{share:.0%}", "end") for share in (0.0, 0.5, 1.0)]
    course = tag("polyline", points=" ".join(f"{_x(part.said):.1f},{_y(part.happened):.1f}" for part in bins), class_="course")
    dots = [
        tag("circle", tag("title", _worded(part)), cx=_x(part.said), cy=_y(part.happened), r=max(2.5, LARGEST * (part.count / most) ** 0.5), class_="front")
        for part in bins
    ]
    names = [text(LEFT + SIDE / 2, TOP + SIDE + 32, "said", "middle"), text(LEFT, TOP - 4, "came true")]
    description = f"{wording.counted(sum(part.count for part in bins), 'statement')}; on the diagonal as much came true as was said"
    svg = picture((LEFT + SIDE + 20, TOP + SIDE + 40), "What was said, and what came true", description, frame, diagonal, *ticks, course, *dots, *names)
    rows = tuple((f"{part.said:.0%}", f"{part.happened:.0%}", str(part.count)) for part in bins)
    return Figure(svg=svg, caption="What was said, and what came true", header=("said, mean", "came true", "statements"), rows=rows)


def _worded(part: Said) -> str:
    return f"{part.said:.0%} said, {part.happened:.0%} came true, {wording.counted(part.count, 'statement')}"


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)
