"""ObjectiveCard -> Figure: the conditions of a theory of change, what rests on what, and how each stands."""

import textwrap
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from reports import wording
from reports.draw.svg import Figure, picture, tag, text
from store.told import ConditionCard, ObjectiveCard

WIDTH, GAP, DOWN, LINE = 480, 12, 34, 15
ABREAST = 3
LETTER = 6.9  # the width of a letter at the size of the labels, on the wide side
GLYPHS = {"holding": "✓", "doubtful": "?", "failing": "✕", "unknown": "·"}
Box = tuple[float, float, float, float]


def draw_chain(card: ObjectiveCard) -> Figure | None:
    """Draw conditions from the top down, each below all that it needs, and the objective at the foot; None where they have not been weighed.

    A dashed line comes from conditions of which any one is enough.
    """
    if not card.conditions:
        return None
    needs = card.objective.needs
    rows = [row[start : start + ABREAST] for row in _rows(card, needs) for start in range(0, len(row), ABREAST)]
    boxes, foot = _placed(rows)
    last = [one.condition.id for one in card.conditions if not any(one.condition.id in each for each in needs.values())]
    goal = (0.0, foot, float(WIDTH), _tall(card.objective.statement, WIDTH) - LINE)
    lines = [_line(boxes[need], boxes[one.condition.id], any_=one.condition.needs_any) for one in card.conditions for need in needs[one.condition.id]]
    lines += [_line(boxes[key], goal, any_=False) for key in last]
    drawn = [shape for one in card.conditions for shape in _box(boxes[one.condition.id], one)]
    shapes = [*lines, *drawn, *_frame(goal, "goal"), *_words(goal, card.objective.statement, goal[1] + 18)]
    stands = "; ".join(f"{one.weighed.standing}: {one.condition.statement}" for one in card.conditions)
    svg = picture((WIDTH, round(goal[1] + goal[3] + 2)), "Theory of change", stands, *shapes)
    header = ("condition", "stands", "needs", "holds with", "for", "against")
    return Figure(svg=svg, caption="Theory of change", header=header, rows=tuple(_row(one, card) for one in card.conditions))


def _rows(card: ObjectiveCard, needs: Mapping[str, Sequence[str]]) -> list[list[ConditionCard]]:
    """Put each condition one row below the lowest that it needs."""
    depth: dict[str, int] = {}

    def deep(key: str) -> int:
        if key not in depth:
            depth[key] = 1 + max((deep(need) for need in needs[key]), default=-1)
        return depth[key]

    rows: list[list[ConditionCard]] = [[] for _ in range(1 + max(deep(one.condition.id) for one in card.conditions))]
    for one in card.conditions:
        rows[depth[one.condition.id]].append(one)
    return rows


def _placed(rows: Sequence[Sequence[ConditionCard]]) -> tuple[dict[str, Box], float]:
    boxes: dict[str, Box] = {}
    top = 2.0
    for row in rows:
        wide = (WIDTH - GAP * (len(row) - 1)) / len(row)
        tall = max(_tall(one.condition.statement, wide) for one in row)
        boxes |= {one.condition.id: ((wide + GAP) * number, top, wide, tall) for number, one in enumerate(row)}
        top += tall + DOWN
    return boxes, top


def _wrapped(words: str, wide: float) -> list[str]:
    lines = textwrap.wrap(wording.visible(words), max(8, int((wide - 16) / LETTER)), max_lines=4, placeholder=" …")
    return lines or [""]


def _tall(words: str, wide: float) -> float:
    return LINE * (len(_wrapped(words, wide)) + 1) + 16


def _box(box: Box, one: ConditionCard) -> list[Markup]:
    left, top, _, _ = box
    standing = one.weighed.standing.value
    likely = f" ({wording.percent(one.weighed.probability)})" if standing != "unknown" else ""
    head = text(left + 8, top + 18, f"{GLYPHS[standing]} {standing}{likely}", kind="counted")
    return [*_frame(box, standing), head, *_words(box, one.condition.statement, top + 18 + LINE)]


def _frame(box: Box, kind: str) -> list[Markup]:
    return [tag("rect", x=box[0] + 1, y=box[1], width=box[2] - 2, height=box[3], rx=4, class_=f"link {kind}")]


def _words(box: Box, words: str, top: float) -> list[Markup]:
    return [text(box[0] + 8, top + LINE * number, line) for number, line in enumerate(_wrapped(words, box[2]))]


def _line(upper: Box, lower: Box, *, any_: bool) -> Markup:
    x1, y1, x2, y2 = upper[0] + upper[2] / 2, upper[1] + upper[3], lower[0] + lower[2] / 2, lower[1]
    middle = y2 - DOWN / 2
    path = f"M{x1:.1f} {y1:.1f}V{middle:.1f}H{x2:.1f}V{y2 - 1:.1f}M{x2 - 4:.1f} {y2 - 8:.1f}L{x2:.1f} {y2 - 1:.1f}L{x2 + 4:.1f} {y2 - 8:.1f}"
    return tag("path", d=path, class_="rests any" if any_ else "rests")


def _row(one: ConditionCard, card: ObjectiveCard) -> tuple[str, ...]:
    numbers = {condition.id: str(number) for number, condition in enumerate(card.objective.conditions, 1)}
    joined = (" or " if one.condition.needs_any else " and ").join(numbers[need] for need in card.objective.needs[one.condition.id])
    statement = f"{numbers[one.condition.id]}. {one.condition.statement}"
    heard = (str(one.weighed.origins_for), str(one.weighed.origins_against))
    return (statement, one.weighed.standing.value, joined or "–", wording.percent(one.weighed.probability), *heard)
