"""A gazetteer of some thirty places kept in memory, and mentions written down by hand."""

from nlp.places.gazetteer import Candidate, Gazetteer
from nlp.places.names import key
from store.records import Mention, Place, Precision

_NATIONS = (
    "Turkey:82000000 Jordan:10000000|الأردن Chad:15000000 Mali:19000000 Ghana:29000000 Syria:17000000|سوريا "
    "Lebanon:6800000|لبنان Libya:6600000 England:55000000 "
    "Sudan:41000000|السودان US:327000000|U.S. DRC:84000000 America:327000000 Nepal:28000000 New_Zealand:4800000 Georgia:3700000 "
    "Colombia:49000000"
)
_REGIONS = "Texas:28000000 Washington:7000000 Georgia:10000000 Halab:4000000|Aleppo_governorate|محافظة_حلب N.C.:10000000|NC Indiana:6700000|IN"
_TOWNS = (
    "Aleppo:2098210|حلب|Alep Goma:670000 Bukavu:806000 Paris:2138551 Paris:24782 London:8900000 Nice:338620 Freeport:1800 Union:56642 Mosul:1683000|الموصل "
    "Raqqa:220000|الرقة Tripoli:1302947|طرابلس Khartoum:1974647|الخرطوم L'Aquila:69000 Wellington:381900 Mobile:194000 Lincoln:258000 Port-au-Prince:1234742 "
    "Washington:601723 Casablanca:3144909|الدار_البيضاء Beira:533825 Smith:900 Deir_ez-Zor:242565 Managua:973087 Saint-Marc:66226 Ras:12000 Camp_Echo:0"
)


class Atlas(Gazetteer):
    """Finds what it was given."""

    def __init__(self, names: dict[str, tuple[Candidate, ...]]) -> None:
        self._names = names

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return the places of that name."""
        return self._names.get(key(name), ())


def atlas() -> Atlas:
    """Lay the places above out by name."""
    found: dict[str, tuple[Candidate, ...]] = {}
    for precision, listed in ((Precision.COUNTRY, _NATIONS), (Precision.REGION, _REGIONS), (Precision.TOWN, _TOWNS)):
        for number, line in enumerate(listed.split()):
            own, *others = line.replace("_", " ").split("|")
            name, people = own.split(":")
            place = Place(
                id=f"{'own' if people == '0' else 'gn'}:{precision}{number}",
                name=name,
                country="XX",
                lat=1.0,
                lon=2.0,
                precision=precision,
                population=int(people),
            )
            for form in (name, *others):
                found[key(form)] = (*found.get(key(form), ()), Candidate(place=place, primary=form == name))
    return Atlas(found)


def labels(text: str, *marked: tuple[str, str]) -> tuple[Mention, ...]:
    """Return mentions of the given words, each found behind the one before."""
    mentions, at = [], 0
    for words, label in marked:
        at = text.index(words, at)
        mentions.append(Mention(start=at, end=at + len(words), text=words, label=label))
        at += len(words)
    return tuple(mentions)
