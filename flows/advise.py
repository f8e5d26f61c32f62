"""Report*, Objective*, Partner* -> Suggestion*: weigh the evidence for each objective and say what to consider."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from coalition import advise as advising
from coalition.evidence import relevance, testimonies
from coalition.shift import mix
from flows.kit import Kit
from nlp.places.gazetteer import Gazetteer
from nlp.places.recognise import recognise
from nlp.places.resolve import resolve
from store.records import Advice, Channel, Objective, Reading, Report, SourceKind, Suggestion, Testimony, Toponym

WEIGHED_DAYS = 365
OPEN_DAYS = 28
DECISIONS = (Advice.NEW_COALITION, Advice.PIVOT, Advice.EXPAND, Advice.WIND_DOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """What one pass suggested."""

    suggestions: int = 0
    kinds: tuple[str, ...] = ()


def advise(kit: Kit, as_of: datetime) -> Advised:
    """Weigh each objective as of one moment and append what is new."""
    made = [suggestion for objective in kit.warehouse.objectives() for suggestion in kit.step("advise", lambda o=objective: advise_on(kit, o, as_of))]  # type: ignore[misc]
    return Advised(suggestions=len(made), kinds=tuple(suggestion.kind.value for suggestion in made))


def advise_on(kit: Kit, objective: Objective, as_of: datetime) -> tuple[Suggestion, ...]:
    """Advise on one objective; a hold is written down only where nothing else is open."""
    heard = hear(kit, objective, as_of)
    kit.warehouse.put_mix(mix(objective.id, heard, as_of))
    earlier = kit.warehouse.suggestions(as_of)
    suggestions = advising.advise(objective, heard, kit.warehouse.partners(), kit.alike, as_of, earlier)
    told = tuple(s for s in suggestions if s.kind is not Advice.HOLD or not still_open(earlier, objective.id, as_of))
    kit.warehouse.append_suggestions(told)
    return told


def still_open(suggestions: Sequence[Suggestion], objective_id: str, as_of: datetime) -> tuple[Suggestion, ...]:
    """Choose what stands for an objective: its last calls (several, when several obstacles were called at once) and watches of four weeks, or its last hold.

    A call outlives the watches before it: once the coordinator has something to decide, the hint that led there is not told again.
    """
    mine = [s for s in suggestions if s.objective_id == objective_id and s.issued_at <= as_of]
    lately = [s for s in mine if s.issued_at > as_of - timedelta(days=OPEN_DAYS)]
    called = [s for s in lately if s.kind in DECISIONS]
    called = [s for s in called if s.issued_at == called[-1].issued_at]
    watched = [s for s in lately if s.kind is Advice.WATCH and not any(set(s.obstacle_after) & set(c.obstacle_after) for c in called)]
    return (*called, *watched[-2:]) or tuple(lately[-1:])


def hear(kit: Kit, objective: Objective, as_of: datetime) -> tuple[Testimony, ...]:
    """Collect what the reports of the last year say about an objective."""
    reports = kit.warehouse.reports(as_of - timedelta(days=WEIGHED_DAYS), as_of)
    ids = [report.id for report in reports]
    readings = {reading.report_id: reading for reading in kit.warehouse.readings(ids)}
    heard = [report for report in reports if report.id in readings]
    bearing = dict(zip([report.id for report in heard], bears(kit, objective, [readings[report.id] for report in heard]), strict=True))
    return testimonies(objective, heard, readings, kit.warehouse.origin_of(ids), bearing)


def bears(kit: Kit, objective: Objective, readings: Sequence[Reading]) -> list[float]:
    """Say how far each report bears on the objective, in [0, 1]; without vectors all that share a country with it do.

    A report without a vector that names no obstacle says nothing either way, and does not count as missing one.
    """
    shared = overlap(kit, objective, readings)
    vectors = {e.report_id: np.frombuffer(e.vector, dtype="<f4") for e in kit.warehouse.embeddings([r.report_id for r in readings], kit.encoder_name)}
    seen = [number for number, reading in enumerate(readings) if reading.report_id in vectors]
    if not seen or any(reading.obstacles and reading.report_id not in vectors for reading in readings):
        return [float(share) for share in shared]
    wanted = kit.encoded([objective.statement, *(condition.statement for condition in objective.conditions)])
    bearing = np.zeros(len(readings))
    bearing[seen] = relevance(wanted, np.stack([vectors[readings[number].report_id] for number in seen]), shared[seen])
    return [float(value) for value in bearing]


def overlap(kit: Kit, objective: Objective, readings: Sequence[Reading]) -> NDArray[np.float64]:
    """Give 1 for a report that names a country of the objective, else 0; 1 for all when the objective names none."""
    named = countries(toponyms(objective, kit.reader.gazetteer))
    return np.array([1.0 if not named or named & countries(reading.toponyms) else 0.0 for reading in readings])


def countries(found: Sequence[Toponym]) -> frozenset[str]:
    """Name the countries that places lie in."""
    return frozenset(toponym.place.country for toponym in found if toponym.place.country)


def toponyms(objective: Objective, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find the places an objective speaks of, by the gazetteer alone."""
    text = " ".join((objective.statement, *(condition.statement for condition in objective.conditions)))
    undated = datetime.fromtimestamp(0, UTC)
    report = Report(
        id=objective.id,
        channel=Channel.TABLE,
        source="objective",
        source_kind=SourceKind.UNKNOWN,
        key=objective.id,
        at=undated,
        received_at=undated,
        text=text,
    )
    return resolve(report, recognise(text, (), gazetteer, labelled=False), gazetteer)
