"""Organisation mention* -> name: by the committed table, by what reports define, and by one folded name."""

from dataclasses import dataclass
from typing import Final

from nlp.names.countries import country_name
from nlp.names.forms import fold, is_short
from nlp.names.generic import concepts, is_of_a_town
from nlp.names.ids import name_id
from nlp.names.known import Form, is_capitals, organisations
from nlp.names.memory import latest
from nlp.names.scene import Scene

_MOST_MEANINGS: Final = 6
_UNMISTAKABLE: Final = 5
# press agencies are named beside anybody they quote, and the widest bodies beside everybody
_NO_TIE: Final = frozenset({"press", "broad"})


@dataclass(frozen=True, slots=True)
class Joined:
    """An answer: the name, what to call it, and why."""

    id: str
    canonical: str
    reason: str


@dataclass(slots=True)
class Meaning:
    """What a short form was said to mean, and where and by whom."""

    id: str
    canonical: str
    countries: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()


class Bodies:
    """The organisations met so far and the meanings of their short forms."""

    def __init__(self) -> None:
        self._by_key: dict[str, tuple[str, str]] = {}
        self._canonical: dict[str, str] = {}
        self._meanings: dict[str, list[Meaning]] = {}

    def find(self, text: str, seen: Scene) -> Joined:
        """Return the name behind one mention.

        What this report defines comes first, then the table, then what earlier reports defined; where a short form has rival meanings the
        one known from this country or, failing that, this voice is taken, and without such it stays apart.
        """
        form, table = fold(text), organisations().named(text)
        if is_short(text) and form in seen.explained:
            long = self.plain(seen.explained[form].long, seen)
            return Joined(long.id, long.canonical, f"defined in this report as {seen.explained[form].long}")
        if table and not table.ambiguous:
            return _of_table(table)
        meaning = self._meaning(form, seen, bool(table)) if is_short(text) else None
        return meaning or (_of_table(table) if table else self.plain(text, seen))

    def plain(self, text: str, seen: Scene) -> Joined:
        """Join by the folded name alone; one that any country may have, and a short form nobody explained, mean one body only within a country."""
        table = organisations().named(text)
        if table and not table.ambiguous:
            return _of_table(table)
        place, local, where = key_of(text, seen), is_local(text), where_of(text, seen)
        if place in self._by_key:
            return Joined(*self._by_key[place], f"same name, both in {where}" if local else "same name")
        reason = "first report of this name" if where or not local else "many bodies have this name, and no place is named that tells them apart"
        canonical = f"{untitled(text)} ({where})" if local and where else untitled(text)
        return Joined(name_id("org", seen.report.id, place), canonical, reason)

    def _meaning(self, form: str, seen: Scene, in_table: bool) -> Joined | None:
        known = self._meanings.get(form, [])
        here = [meaning for meaning in known if seen.country in meaning.countries]
        said = [meaning for meaning in known if seen.report.voice in meaning.voices]
        fitting = [m for m in known if len(form) >= _UNMISTAKABLE or not (m.countries and seen.countries and set(m.countries).isdisjoint(seen.countries))]
        ways = ((here, f", both in {country_name(seen.country)}"), (said if len(known) > 1 or in_table else [], ", by the same voice"))
        for chosen, why in (*ways, (fitting if len(known) == 1 and not in_table else [], "")):
            if len(chosen) == 1:
                return Joined(chosen[0].id, chosen[0].canonical, f"defined in an earlier report as {chosen[0].canonical}{why}")
        if len(fitting) < 2 or in_table:
            return None
        # unnamed, since a report that defines one of them may be withheld from whoever reads the reason
        return Joined(name_id("org", seen.report.id, form), form.upper(), f"may mean {len(fitting)} known bodies, and nothing decides")

    def learn(self, text: str, seen: Scene, id_: str, canonical: str) -> None:
        """Remember an organisation under its name; short forms whose meaning is open are not a name yet."""
        open_ = is_local(text) and (not where_of(text, seen) or len(self._meanings.get(fold(text), ())) > 1)
        if not open_ and not organisations().named(text):
            self._canonical[id_] = canonical
            self._by_key.setdefault(key_of(text, seen), (id_, canonical))

    def canonical(self, id_: str) -> str:
        """Return what an organisation is called, "" for one not known."""
        return organisations().canonical.get(id_) or self._canonical.get(id_, "")

    def learn_meaning(self, short: str, seen: Scene, name: Joined) -> None:
        """Remember what a report says a short form means."""
        known = self._meanings.setdefault(fold(short), [])
        meaning = next((one for one in known if one.id == name.id), None)
        if meaning is None:
            meaning = Meaning(name.id, name.canonical)
            known.append(meaning)
            del known[:-_MOST_MEANINGS]
        meaning.countries = latest(meaning.countries, seen.countries[:1])
        meaning.voices = latest(meaning.voices, [seen.report.voice])


def is_local(text: str) -> bool:
    """Say whether a name means one body only within a country."""
    return is_short(text) or bool(concepts(fold(text)))


def where_of(text: str, seen: Scene) -> str:
    """Return the place within which such a name means one body: the country, for a town's body the region; "" where none is named."""
    if not is_of_a_town(concepts(fold(text))):
        return country_name(seen.country)
    return f"{seen.region}, {country_name(seen.country)}" if seen.region else ""


def key_of(text: str, seen: Scene) -> str:
    """Return under what a name is looked up: its fold, where that is not enough with the place, where there is none for this report alone."""
    if not is_local(text):
        return fold(text)
    said = " ".join(concepts(fold(text))) or fold(text)
    return f"{said} in {where_of(text, seen) or seen.report.id}"


def untitled(text: str) -> str:
    """Return a name without its article and possessive ending."""
    bare = " ".join(text.removesuffix("'s").removesuffix("’s").split())
    return bare[4:] if bare[:4].lower() == "the " else bare


def is_tie(id_: str) -> bool:
    """Say whether standing beside this organisation says something of a person."""
    return organisations().kind.get(id_, "") not in _NO_TIE


def _of_table(form: Form) -> Joined:
    canonical = organisations().canonical[form.id]
    return Joined(form.id, canonical, f"known {'short form' if is_capitals(form) else 'name'} of {canonical}")
