"""Spans -> Toponyms: which of the places of one name is meant, all names of a report together."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.habits import Habit
from nlp.places.names import key
from nlp.places.offset import offset
from nlp.places.recognise import Span, named
from nlp.places.sphere import km
from nlp.places.weighing import Floats, Named, Sheet, Weights, listed, sheet, weigh, weights
from store.records import Correction, Place, Precision, Report, Subject, Toponym

_CONSIDERED = 40
# a town with so much of a division's people is what the division is called after, and meant where no word such as "province" stands beside the name
_SEAT_SHARE, _SEAT_PEOPLE = 0.5, 50_000
_FIELD = 3.0
_CODE = re.compile("[A-Z]{2,3}")
_LISTED = 0.5
_WIDTH_KM: Final = {Precision.COUNTRY: 800.0, Precision.REGION: 150.0, Precision.DISTRICT: 60.0, Precision.TOWN: 30.0, Precision.EXACT: 1.0}
_SIZE: Final = {Precision.COUNTRY: 9.0, Precision.REGION: 6.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside the report itself: what its voice usually reports about, and what people have put right."""

    habit: Habit
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The spans of one name; `field` for the report's own place field."""

    spans: tuple[Span, ...]
    field: bool


def resolve(
    report: Report, spans: Sequence[Span], gazetteer: Gazetteer, known: Known | None = None, by: Weights | None = None, *, every: bool = False
) -> tuple[Toponym, ...]:
    """Return the report's own place first (where it has one: start = end = 0), then toponyms in order.

    Each span that is likelier one of the places of its name than one that the gazetteer does not list gets a toponym, with `every` each span.
    Candidates are weighed by people, kind of place, country and region of the report's other places, nearness to them and to the report's own
    coordinates, a wider place right behind a comma, and what its voice usually reports about; one sense for each name of a report. Context is a weight,
    never a filter. The weights are the committed ones unless given (conditional logit; benchmarks/fit_places.py). Coordinates that fit no place of the
    stated name make an exact place of their own, "at:lat,lon", and so does "20 km north of" a place. A correction by a person overrules all.
    """
    known = known or Known(habit=Habit())
    point = _point(report)
    field = named(report.place, gazetteer) if report.place else ()
    groups = [*by_name(field, True), *by_name(spans, False)]
    if not groups:
        return _own_place(report, point, None, gazetteer)
    page = laid_out(groups, point, known.habit)
    chances, known_at_all = weighed(page, by or weights())
    found = [chosen(group.spans, page, chances, number) for number, group in enumerate(groups)]
    stated = found[0][0] if groups[0].field else None
    kept = [toponyms for group, toponyms, sure in zip(groups, found, known_at_all, strict=True) if not group.field and (every or sure >= _LISTED)]
    rest = [toponym for toponyms in kept for toponym in toponyms]
    corrected = (_corrected(toponym, report, known.corrections, gazetteer) for toponym in rest)
    meant = (offset(toponym, report) for toponym in corrected if toponym is not None)
    return (*_own_place(report, point, stated, gazetteer), *sorted(meant, key=lambda toponym: toponym.start))


def weighed(page: Sheet, by: Weights) -> tuple[Floats, Floats]:
    """Return the chances of all candidates, and of each name that it is one of them at all, shapes (candidates,) and (names,)."""
    chances = weigh(page, by)
    sure = listed(page, chances, by)
    return chances * sure[page.name], sure


def laid_out(groups: Sequence[Group], point: tuple[float, float] | None, habit: Habit) -> Sheet:
    """Lay the candidates of the names out for weighing."""
    beside = _adjacent(groups)
    return sheet([_named(group, beside.get(number, -1)) for number, group in enumerate(groups)], point, habit)


def _point(report: Report) -> tuple[float, float] | None:
    # (0, 0) is what broken forms send for "no coordinates"
    if report.lat is None or report.lon is None or (report.lat == 0 and report.lon == 0):
        return None
    return report.lat, report.lon


def by_name(spans: Sequence[Span], field: bool) -> list[Group]:
    """Put the spans of one name together, in order of the names' first; `field` says that they are from the report's own place field."""
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[key(span.text)].append(span)
    return [Group(tuple(group), field) for group in groups.values()]


def _adjacent(groups: Sequence[Group]) -> dict[int, int]:
    """Map the number of a name to that of the one right behind its comma: "Paris, Texas"."""
    found: dict[int, int] = {}
    for field in (True, False):
        spans = sorted((span.start, span.end, number) for number, group in enumerate(groups) if group.field is field for span in group.spans)
        found |= {first[2]: second[2] for first, second in pairwise(spans) if 0 < second[0] - first[1] <= 2 and first[2] != second[2]}
    return found


def _named(group: Group, wider: int) -> Named:
    short = len(key(group.spans[0].text).replace(" ", "")) <= 3 or group.spans[0].text.endswith(".")
    weight = _FIELD if group.field else 1.0
    first = group.spans[0]
    candidates = _likely(first.text, first.candidates)
    return Named(candidates=candidates, of_type=any(span.of_type for span in group.spans), short=short, weight=weight, wider=wider)


def _likely(text: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Keep the largest candidates where a name has very many; of two or three capitals those wider than a town: the EU is not the town of Eu."""
    wide = [one for one in candidates if one.place.precision in (Precision.COUNTRY, Precision.REGION)]
    if wide and _CODE.fullmatch(text):
        return tuple(wide)
    if len(candidates) <= _CONSIDERED:
        return tuple(candidates)
    return tuple(
        sorted(candidates, key=lambda one: (-one.place.id.startswith("own:"), -_SIZE.get(one.place.precision, 0), -one.place.population))[:_CONSIDERED]
    )


def chosen(spans: Sequence[Span], page: Sheet, chances: Floats, number: int) -> list[Toponym]:
    """Return the likeliest place of name `number` of a page, and the next likely, for each of its spans.

    A town and the district or region around it that bears its name are one place to different precision: their chances add up.
    """
    candidates = page.names[number].candidates
    own = dict(zip(candidates, chances[page.name == number].tolist(), strict=True))
    family = {one: sum(chance for other, chance in own.items() if _together(one, other)) for one in candidates}
    ranked = sorted(candidates, key=lambda one: (-round(family[one], 9), -own[one], one.place.id))
    place = ranked[0].place if page.names[number].of_type else _seat(ranked[0].place, candidates)
    meant = next(one for one in candidates if one.place.id == place.id)
    runner_up = next((one.place for one in ranked if not _together(one, meant)), None)
    sure = round(min(1.0, family[meant]), 4)
    return [Toponym(start=span.start, end=span.end, text=span.text, place=place, probability=sure, runner_up=runner_up) for span in spans]


def _together(one: Candidate, other: Candidate) -> bool:
    return one.place.id == other.place.id or one.place.id in other.inside or other.place.id in one.inside


def _seat(place: Place, candidates: Sequence[Candidate]) -> Place:
    """Return the town of the same name that makes up most of a district or region, where there is one."""
    if place.precision not in (Precision.DISTRICT, Precision.REGION):
        return place
    towns = (one.place for one in candidates if one.place.precision is Precision.TOWN and place.id in one.inside)
    least = max(_SEAT_PEOPLE, _SEAT_SHARE * place.population)
    return max((town for town in towns if town.population >= least), key=lambda town: (town.population, town.id), default=place)


def _corrected(toponym: Toponym, report: Report, corrections: Sequence[Correction], gazetteer: Gazetteer) -> Toponym | None:
    """Put right what people have put right before, one after the other; None where they said that it is no place."""
    for one in corrections:
        fits = one.subject is Subject.PLACE and one.wrong == toponym.place.id and one.undone_at is None and one.report_id in ("", report.id)
        if fits and key(one.text) == key(toponym.text):
            right = gazetteer.by_id(one.right) if one.right else None
            if right is None:
                return None
            toponym = replace(toponym, place=right, probability=1.0, runner_up=toponym.place)
    return toponym


def _own_place(report: Report, point: tuple[float, float] | None, stated: Toponym | None, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the report's own place: the stated name where the coordinates do not contradict it, else the coordinates."""
    if stated is not None and (point is None or km(stated.place, *point) <= _WIDTH_KM[stated.place.precision]):
        return (Toponym(start=0, end=0, text=report.place, place=stated.place, probability=stated.probability, runner_up=stated.runner_up),)
    if point is None:
        return ()
    latitude, longitude = round(point[0], 4), round(point[1], 4)
    near = gazetteer.nearest(latitude, longitude)
    words = report.place or f"{latitude}, {longitude}"
    id_ = f"at:{latitude},{longitude}"
    exact = Place(
        id=id_, name=words, country=near.country, lat=latitude, lon=longitude, admin1=near.admin1, admin2=near.admin2, precision=Precision.EXACT
    )  # fmt: skip
    return (Toponym(start=0, end=0, text=words, place=exact, probability=1.0),)
