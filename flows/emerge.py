"""What was said where -> Situation* with what surveillance says of them, and a note on each place that rises without a situation."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from flows.kit import Kit
from flows.lateness import arriving
from forecast.nowcast import LATEST_DAYS
from nlp.situate.emerge import FRESH, Alarm, emerged, rising, rising_areas, usual
from nlp.situate.surveil import Expected
from nlp.situate.voices import Heard, Said, areas, first_carriers, hear
from store.records import Place, Situation, Trend

LOOKED_BACK = 180
LATE_DAYS = int(LATEST_DAYS)
MOST_NOTES = 10
ASLEEP = (Trend.DORMANT, Trend.CLOSED)
log = logging.getLogger(__name__)


def emerge(kit: Kit, situations: Sequence[Situation], as_of: datetime) -> tuple[Situation, ...]:
    """Hold situations against what their places used to bring and return them in the order given; places that rise without one are noted in the kit."""
    told = kit.warehouse.places_said(as_of - timedelta(days=LOOKED_BACK), as_of)
    said = [Said(at=at, voice=voice, place=place) for at, _, voice, place in told]
    heard = hear(said, as_of, LOOKED_BACK)
    normal = usual(heard, arriving([(at, received) for at, received, *_ in told], as_of).exposure(LATE_DAYS, 1.0))
    places = {one.place.id: one.place for one in said}
    watched = tuple(emerged(one, alarm, as_of) for one, alarm in zip(situations, alarms(kit, situations, places, (heard, normal)), strict=True))
    covered = {area for one in situations if one.trend not in ASLEEP for place_id in one.place_ids if place_id in places for area in areas(places[place_id])}
    kit.rising[:] = list(notes(rising_areas(heard, normal), covered, places, as_of))[:MOST_NOTES]
    for note in kit.rising:
        log.info(note)
    return watched


def alarms(kit: Kit, situations: Sequence[Situation], places: Mapping[str, Place], watch: tuple[Heard, Expected]) -> Iterator[Alarm | None]:
    """Yield each situation's alarm, by the place most of its origins name; a situation without a place has none."""
    for situation in situations:
        place = next((places[one] for one in situation.place_ids if one in places), None)
        if place is None or situation.trend in ASLEEP:
            yield None
            continue
        ids = situation.report_ids
        reports = first_carriers(kit.warehouse.reports_by_id(ids), kit.warehouse.origin_of(ids))
        yield rising(reports, areas(place)[-1], *watch)


def notes(found: Mapping[str, Alarm], covered: set[str], places: Mapping[str, Place], as_of: datetime) -> Iterator[str]:
    """Say of each place that has risen within a week, and that no live situation names, what was heard; the strongest first."""
    fresh = [(area, alarm) for area, alarm in found.items() if alarm.day > (as_of - FRESH).date() and area not in covered]
    for area, alarm in sorted(fresh, key=lambda one: (-one[1].heard / max(one[1].usual, 0.01), one[0])):
        name = next((place.name for place in places.values() if areas(place)[-1] == area), area)
        yield f"No situation covers what is said of {name}: {alarm}."
