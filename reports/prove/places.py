"""Brief -> str*: the places told, each counted again from what was read in the reports, with how sure it is."""

from collections.abc import Iterable, Iterator

from reports.prove.shown import Ground, heard
from store.records import Place, Toponym
from store.told import Brief, PlaceCount

EVEN = 0.5


def places(brief: Brief, found: Ground) -> Iterator[str]:
    """Compare the places of each situation and those of all that are told in full."""
    for card in brief.situations:
        if card.situation.id in found.situations and _wrong(card.places, card.situation.report_ids, found):
            yield f"situation {card.situation.id}: its places are not those its reports name"
    if _wrong(brief.places, [key for card in brief.situations for key in card.situation.report_ids], found):
        yield "the places on the map are not those that the reports of its situations name"


def _wrong(told: tuple[PlaceCount, ...], report_ids: Iterable[str], found: Ground) -> bool:
    """Tell whether any place, count or doubt differs; where nothing is told there is nothing to refuse."""
    if not told:
        return False
    readings = found.material.readings
    keys = sorted((key for key in set(report_ids) if key in found.citable and key in readings), key=lambda key: (found.citable[key].at, key))
    last: dict[str, Place] = {}
    naming: dict[str, set[str]] = {}
    surest: dict[str, Toponym] = {}
    for key in keys:
        for toponym in readings[key].toponyms:
            place_id = toponym.place.id
            last[place_id] = toponym.place
            naming.setdefault(place_id, set()).add(key)
            if place_id not in surest or toponym.probability > surest[place_id].probability:
                surest[place_id] = toponym
    true = {
        PlaceCount(
            place=last[place_id],
            heard=heard(found.material, named),
            certain=not surest[place_id].probability < EVEN,
            runner_up=surest[place_id].runner_up if surest[place_id].probability < EVEN else None,
        )
        for place_id, named in naming.items()
    }
    return len(told) != len(true) or set(told) != true
