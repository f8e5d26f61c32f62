"""View -> FigureRange*, Sentence*: what is counted in a situation, the figures of one class of sources beside those of the others."""

from collections import defaultdict
from dataclasses import replace
from itertools import groupby

from reports.tell import facts
from reports.tell.view import CITED, View, cite, heard, say
from store.records import Fact, FigureKind, FigureRange, Sentence, Situation, SourceClass

COUNTS_TOLD = 3
KINDS, CLASSES = tuple(FigureKind), tuple(SourceClass)
Count = tuple[FigureKind, str]


def ranges(seen: View, situation: Situation) -> tuple[FigureRange, ...]:
    """Choose the three counts that most independent origins state; a count is told with all its classes of sources, or not at all."""
    known: dict[Count, list[FigureRange]] = defaultdict(list)
    for one in seen.material.ranges.get(situation.id, ()):
        known[_count(one)].append(one)

    def weight(count: Count) -> tuple[int, int, str]:
        ids = {rid for one in known[count] for rid in one.report_ids}
        return -heard(seen, ids).origins, KINDS.index(count[0]), count[1]

    most = sorted(known, key=weight)[:COUNTS_TOLD]
    chosen = (one for count in most for one in sorted(known[count], key=lambda one: CLASSES.index(one.said_by)))
    return tuple(replace(one, heard=heard(seen, one.report_ids)) for one in chosen)


def _count(one: FigureRange) -> Count:
    return one.kind, one.unit


def told(seen: View, situation: Situation, figures: tuple[FigureRange, ...]) -> tuple[Sentence, ...]:
    """Word each count in one sentence, its classes side by side."""
    return tuple(_told(seen, situation, tuple(classes)) for _, classes in groupby(figures, key=_count))


def _told(seen: View, situation: Situation, classes: tuple[FigureRange, ...]) -> Sentence:
    ids = tuple(dict.fromkeys(rid for one in classes for rid in _bearing(seen, one)))
    parts: list[str | Fact] = [part for one in classes for part in ("; ", facts.of_range(situation, one, "range"))]
    return say(ids, facts.of_range(situation, classes[0], "kind"), ": ", *parts[1:], ".")


def _bearing(seen: View, one: FigureRange) -> tuple[str, ...]:
    """Cite first who states the lowest and who states the highest, then others, up to four."""
    newest = cite(seen, one.report_ids, len(one.report_ids))
    lowest, highest = ([rid for rid in newest if end in _stated(seen, rid, one, number)][:1] for number, end in enumerate((one.low, one.high)))
    return tuple(dict.fromkeys((*lowest, *highest, *newest)))[:CITED]


def _stated(seen: View, report_id: str, one: FigureRange, number: int) -> set[float | None]:
    figures = (each for each in seen.material.readings[report_id].figures if (each.kind, each.unit, each.said_by) == (*_count(one), one.said_by))
    return {(each.low, each.high)[number] for each in figures}
