"""Ground -> FigureRange*: the ranges of what is counted, held against the very figures that were read in the reports they name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.prove.shown import Ground, heard
from store.records import FigureKind, FigureRange, FigureReading, SourceClass
from store.told import SituationCard

COUNTS_TOLD = 3
Key = tuple[FigureKind, str, SourceClass]


def true_ranges(found: Ground, situation_id: str) -> dict[Key, FigureRange]:
    """Look up the ranges of a situation that its reports bear, with their origins and carriers counted again."""
    told = found.situations[situation_id].report_ids
    borne = (one for one in found.material.ranges.get(situation_id, ()) if set(one.report_ids) <= set(told) and _borne(found, one, one.report_ids))
    return {(one.kind, one.unit, one.said_by): replace(one, heard=heard(found.material, one.report_ids)) for one in borne}


def _borne(found: Ground, one: FigureRange, report_ids: Sequence[str]) -> bool:
    """Tell whether each of these reports may be cited and states such a figure, one of them the lowest, one the highest."""
    stated = [_stated(found, key, one) for key in report_ids]
    figures = [figure for each in stated for figure in each]
    return all(stated) and one.low in {figure.low for figure in figures} and one.high in {figure.high for figure in figures}


def _stated(found: Ground, key: str, one: FigureRange) -> list[FigureReading]:
    reading = found.material.readings.get(key) if key in found.citable else None
    return [each for each in (reading.figures if reading else ()) if (each.kind, each.unit, each.said_by) == (one.kind, one.unit, one.said_by)]


def untrue(card: SituationCard, found: Ground) -> Iterator[str]:
    """Compare the ranges of a card: each is as computed, no class of a count is left out, and no count with more origins is."""
    where, known = f"situation {card.situation.id}", true_ranges(found, card.situation.id)
    for one in card.ranges:
        if known.get((one.kind, one.unit, one.said_by)) != one:
            yield f"{where}: the {one.said_by} range of {one.kind} is not borne by the figures in its reports"
    told = {(one.kind, one.unit) for one in card.ranges}
    missing = [one for one in known.values() if (one.kind, one.unit) in told and one not in card.ranges]
    if missing or len(set(card.ranges)) < len(card.ranges):
        yield f"{where}: a class of sources is left out of a count or told twice"
    borne: dict[tuple[FigureKind, str], set[str]] = defaultdict(set)
    for one in known.values():
        borne[one.kind, one.unit] |= {found.material.origin_of.get(key, key) for key in one.report_ids}
    voices = Counter({count: len(origins) for count, origins in borne.items()})
    least = min((voices[count] for count in told), default=0)
    if len(told) > COUNTS_TOLD or any(voices[count] > least for count in voices.keys() - told if told):
        yield f"{where}: the counts told are not those that most independent origins state"


def unattested(found: Ground, about: str, cited: Sequence[str]) -> bool:
    """Tell whether no cited report states the lowest figure of a range, or none the highest."""
    situation_id, said_by, kind, unit = about.split("/", 3)
    true = true_ranges(found, situation_id)[FigureKind(kind), unit, SourceClass(said_by)]
    return not _borne(found, true, [key for key in cited if key in true.report_ids])
