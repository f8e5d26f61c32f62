"""Text -> Toponym*, country*: the places that an objective or a decider speaks of, by the gazetteer alone."""

from collections.abc import Sequence
from datetime import UTC, datetime

from nlp.places.gazetteer import Gazetteer
from nlp.places.recognise import recognise
from nlp.places.resolve import resolve
from store.records import Channel, Objective, Report, SourceKind, Toponym


def countries(found: Sequence[Toponym]) -> frozenset[str]:
    """Name the countries that places lie in."""
    return frozenset(toponym.place.country for toponym in found if toponym.place.country)


def toponyms(objective: Objective, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find the places an objective speaks of."""
    return named_in(" ".join((objective.statement, *(condition.statement for condition in objective.conditions))), gazetteer)


def named_in(text: str, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find the places that a text of no date speaks of."""
    undated = datetime.fromtimestamp(0, UTC)
    report = Report(id="", channel=Channel.TABLE, source="objective", source_kind=SourceKind.UNKNOWN, key="", at=undated, received_at=undated, text=text)
    return resolve(report, recognise(text, (), gazetteer, labelled=False), gazetteer)
