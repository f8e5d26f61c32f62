"""What is remembered of a person: a bounded summary of the settings they were met in, and what it says of somebody of the same name."""

import sys
from collections.abc import Collection, Iterable
from typing import Final

from nlp.names.countries import country_name
from nlp.names.persons import Likeness, Person, alike
from nlp.names.roles import is_office, walk
from nlp.names.scene import Setting

_MOST: Final = 12
_SPELLINGS: Final = 4
_TRAVELLED: Final = 4
_RARE_ENOUGH: Final = 3
# what each thing in common is worth, and how much it takes
_ORIGIN, _BODY, _OFFICE, _REGION, _COUNTRY, _ROLE, _VOICE = 10, 6, 5, 4, 2, 2, 1
_SURE, _USUAL, _VARIANT, _PLAIN = 5, 5, 2, 1


class Known:
    """One person met so far; grows with `learn`, never beyond a few dozen words."""

    __slots__ = ("canonical", "countries", "id", "organisations", "origins", "regions", "roles", "spellings", "voices")

    def __init__(self, id_: str, canonical: str) -> None:
        self.id = id_
        self.canonical = canonical
        self.spellings: tuple[Person, ...] = ()
        self.countries: tuple[str, ...] = ()
        self.regions: tuple[str, ...] = ()
        self.roles: tuple[str, ...] = ()
        self.organisations: tuple[str, ...] = ()
        self.voices: tuple[str, ...] = ()
        self.origins: tuple[str, ...] = ()

    def learn(self, spelling: Person, setting: Setting) -> None:
        """Remember one more report; of each kind only the latest few are kept."""
        if spelling not in self.spellings and len(self.spellings) < _SPELLINGS:
            self.spellings = (*self.spellings, spelling)
        self.countries = latest(self.countries, sorted(setting.countries))
        self.regions = latest(self.regions, sorted(setting.regions))
        self.roles = latest(self.roles, sorted(setting.roles))
        self.organisations = latest(self.organisations, sorted(setting.organisations))
        self.voices = latest(self.voices, [setting.voice])
        self.origins = latest(self.origins, [setting.origin])

    def likeness(self, spelling: Person) -> Likeness:
        """Compare a name with each spelling met; the best answer counts."""
        found = {alike(mine, spelling) for mine in self.spellings}
        return "same" if "same" in found else "variant" if "variant" in found else ""


def latest(kept: tuple[str, ...], fresh: Iterable[str]) -> tuple[str, ...]:
    """Add words to the latest dozen, each of them held in memory once."""
    added = tuple(map(sys.intern, fresh))
    return (*(one for one in kept if one not in added), *added)[-_MOST:]


def weigh(known: Known, spelling: Person, setting: Setting, alone: bool) -> tuple[int, str]:
    """Return how much speaks for one person behind two equal names, and what; 0 where it is too thin or something speaks against it.

    `alone` says that no other person of that name is known. A usual name takes more than a rare one, and a name spelt otherwise takes
    something besides the spelling. Another walk of life, or other countries, weigh against all but the strongest ties.
    """
    usual = not spelling.rare
    points, why = _common(known, setting, usual)
    if points >= _SURE:
        return points, why
    if _other_walk(known.roles, setting.roles):
        return 0, ""
    same = known.likeness(spelling) == "same"
    if _elsewhere(known, setting):
        return _far(known, spelling, setting) if same and alone and not usual else (0, "")
    if points >= (_USUAL if usual else _PLAIN if same else _VARIANT):
        return points, why
    return (1, "a rare name, and nothing speaks against it") if same and alone and not usual else (0, "")


def _far(known: Known, spelling: Person, setting: Setting) -> tuple[int, str]:
    """Weigh what may reach from one country to another: an office people travel in, or three rare words that nobody else bears."""
    if any(is_office(role) for role in (*known.roles, *setting.roles)):
        return 1, "known for a public office, and nothing speaks against it"
    return (1, "three rare words, and nothing speaks against it") if spelling.rare >= _RARE_ENOUGH else (0, "")


def _common(known: Known, setting: Setting, usual: bool) -> tuple[int, str]:
    """Add up what two settings have in common; the words name the strongest. For a usual name an office is a role as any other."""
    regions, roles = setting.regions.intersection(known.regions), setting.roles.intersection(known.roles)
    offices = {role for role in roles if is_office(role) and not usual}
    found = [
        (_ORIGIN, "both in copies of one text", setting.origin in known.origins),
        (_BODY, "both beside the same organisation", not setting.organisations.isdisjoint(known.organisations)),
        (_OFFICE, _both(offices), bool(offices)),
        (_REGION, "both in " + "".join(sorted(regions)[:1]), bool(regions)),
        (_COUNTRY, "both in " + "".join(map(country_name, sorted(setting.countries.intersection(known.countries))[:1])), _shared(known, setting)),
        (_ROLE, _both(roles - offices), bool(roles - offices)),
        (_VOICE, "from the same voice", setting.voice in known.voices),
    ]
    held = [(points, why) for points, why, holds in found if holds]
    told = [(points, why) for points, why in held if not (regions and points == _COUNTRY and why.startswith("both in "))]
    return sum(points for points, _ in told), ", ".join(why for _, why in told[:2])


def _both(roles: Collection[str]) -> str:
    return f"both {''.join(sorted(roles)[:1]).rstrip('*')}"


def _shared(known: Known, setting: Setting) -> bool:
    return not setting.countries.isdisjoint(known.countries)


def _elsewhere(known: Known, setting: Setting) -> bool:
    """Say whether two settings lie in different countries; who was met in many of them is at home in any."""
    return bool(known.countries and setting.countries) and not _shared(known, setting) and len(known.countries) < _TRAVELLED


def _other_walk(one: Collection[str], other: Collection[str]) -> bool:
    return bool(one and other) and {walk(role) for role in one}.isdisjoint(walk(role) for role in other)


def called(name: str, setting: Setting, taken: Collection[str]) -> str:
    """Return what to call a person: by name, where others bear it with the country, else the role, else a number."""
    where = [country_name(country) for country in sorted(setting.countries)[:1]]
    further = (*where, *sorted(role.rstrip("*") for role in setting.roles), *map(str, range(2, len(taken) + 3)))
    return next(one for one in (name, *(f"{name} ({more})" for more in further)) if one not in taken)
