"""Reading* -> FigureRange*: what the reports of a situation say of each count, as a range for each class of source."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from store.records import Corroboration, FigureKind, FigureRange, FigureReading, Reading, Report, SourceClass


def ranges(
    reports: Sequence[Report], readings: Mapping[str, Reading], origin_of: Mapping[str, str], revisions: Mapping[str, str] | None = None
) -> tuple[FigureRange, ...]:
    """Group the figures of some reports by kind, unit and who vouches for them; the most corroborated range first. The order of `reports` does not matter.

    A range spans the latest figure of each origin and each voice for each place: who repeats a text adds nothing, and who corrects a number no longer
    stands for the old one; a figure without a place is about any. Figures for different places lie in one range and are never added up. Of several
    figures in one report the greatest counts, for it is the whole. A range has no upper end where an "at least" lies above every other figure, and
    an "up to" sets a lower end only where nothing else does. `report_ids` are those that state what stands, in order of time.
    """
    standing: defaultdict[tuple[FigureKind, str, SourceClass], list[_Stated]] = defaultdict(list)
    for report in sorted(reports, key=lambda one: (one.at, one.id)):
        for figure in _whole(readings[report.id].figures if report.id in readings else ()):
            key = (figure.kind, figure.unit, figure.said_by)
            fresh = _Stated(figure=figure, origin=origin_of.get(report.id, report.id), voice=report.voice, report_ids=(report.id,))
            standing[key] = list(_superseded(standing[key], fresh))
    order = {report.id: (report.at, report.id) for report in reports}
    made = [_range(stated, sorted({i for one in stated for i in one.report_ids}, key=order.__getitem__), origin_of, revisions) for stated in standing.values()]
    return tuple(sorted(made, key=lambda one: (-one.heard.origins, -one.heard.carriers, one.kind, one.unit, one.said_by)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    figure: FigureReading
    origin: str
    voice: str
    report_ids: tuple[str, ...]


def _whole(figures: Sequence[FigureReading]) -> list[FigureReading]:
    """Keep the greatest figure of each kind, unit, class and place."""
    best: dict[tuple[str, str, str, str], FigureReading] = {}
    for one in sorted(figures, key=_size):
        best[one.kind, one.unit, one.said_by, one.place_id] = one
    return list(best.values())


def _size(figure: FigureReading) -> tuple[float, float]:
    return (figure.low if figure.high is None else figure.high, figure.low)


def _superseded(earlier: Sequence[_Stated], fresh: _Stated) -> Iterator[_Stated]:
    """Yield what still stands after `fresh`, and `fresh`; whoever said the same number before still says it."""
    same: tuple[str, ...] = ()
    for one in earlier:
        if not _replaces(fresh, one):
            yield one
        elif (one.figure.low, one.figure.high) == (fresh.figure.low, fresh.figure.high):
            same += one.report_ids
    yield replace(fresh, report_ids=(*same, *fresh.report_ids))


def _replaces(fresh: _Stated, one: _Stated) -> bool:
    """Say whether `fresh` takes the place of an earlier figure: same origin or voice, no other place, and not in the same report."""
    if fresh.report_ids[0] in one.report_ids:
        return False
    places = {fresh.figure.place_id, one.figure.place_id} - {""}
    return (fresh.origin == one.origin or fresh.voice == one.voice) and len(places) < 2


def _range(stated: Sequence[_Stated], report_ids: Sequence[str], origin_of: Mapping[str, str], revisions: Mapping[str, str] | None) -> FigureRange:
    figures = [one.figure for one in stated]
    highs = [one.high for one in figures if one.high is not None]
    open_above = max((one.low for one in figures if one.high is None), default=None)
    closed = highs and (open_above is None or open_above <= max(highs))
    return FigureRange(
        kind=figures[0].kind,
        unit=figures[0].unit,
        said_by=figures[0].said_by,
        low=min([one.low for one in figures if one.low > 0 or one.high == 0] or [0.0]),
        high=max(highs) if closed else None,
        heard=Corroboration.of(report_ids, origin_of, revisions),
        report_ids=tuple(report_ids),
    )
