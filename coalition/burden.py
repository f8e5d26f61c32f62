"""Partner, Setting -> what speaks against asking it now: load, distance, reliability, vetoes, conflicts."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from coalition.match import near
from coalition.slots import Slot
from coalition.team import Setting, Why
from store.records import Partner

_LOAD, _BREADTH, _FAR, _FOCUS, _TIER, _UNRELIABLE = 0.35, 0.25, 0.15, 0.1, 0.05, 0.1  # sum 1
_HALF_LOADED: Final = 3  # asks in 30 days that are half a load for a partner that does not state its capacity


def against(partner: Partner, asked: Sequence[Slot], setting: Setting) -> float:
    """Return what speaks against a partner among teams of equal size, in [0, 1].

    Load weighs most; then bringing little of what is asked (who brings a strength for the second time makes the team safer), distance, much else on its
    hands, doubtful reports, and not being of the core. An unknown reliability is the middle of the scale.
    """
    filled = [s.worth[partner.id] for s in asked if partner.id in s.worth]
    focus = min(1.0, len(filled) / max(1, len(partner.strengths)))
    parts = (
        (_LOAD, load(partner, setting)),
        (_BREADTH, 1.0 - sum(filled) / max(1, len(asked))),
        (_FAR, _far(partner, setting)),
        (_FOCUS, 1.0 - focus),
        (_TIER, 0.0 if partner.tier == "core" else 1.0),
        (_UNRELIABLE, 1.0 - setting.standing.reliability.get(partner.id, 0.5)),
    )
    return sum(weight * part for weight, part in parts)


def load(partner: Partner, setting: Setting) -> float:
    """Return how loaded a partner is, in [0, 1]: asks of the last 30 days against its capacity, or against what wears on anybody."""
    asks = setting.standing.asks.get(partner.id, 0)
    return asks / (asks + _HALF_LOADED) if partner.capacity is None else min(1.0, asks / partner.capacity) if partner.capacity else 1.0


def barred(partners: Sequence[Partner], setting: Setting) -> dict[str, Why]:
    """Return the ids of those who may not be proposed today, with the reason."""
    return {p.id: why for p in partners if (why := _barred(p, setting)) is not None}


def conflicts(partners: Sequence[Partner], setting: Setting) -> frozenset[tuple[str, str]]:
    """Return the pairs of ids that must not sit together, whichever of the two says so."""
    stated = {(p.id, other) for p in partners for other in p.conflicts}
    return frozenset((min(a, b), max(a, b)) for a, b in stated | setting.standing.apart if a != b)


def home(partners: Sequence[Partner], present: Sequence[str], countries: frozenset[str]) -> frozenset[str]:
    """Return where the matter is: as told, and, if no member of today works there, also where most of them do.

    Reports may name places that no gazetteer has; the coalition knows where it is at work.
    """
    members = [set(p.countries) for p in partners if p.id in present and p.countries]
    if any(mine & countries for mine in members):
        return countries
    often = Counter(country for mine in members for country in mine)
    return countries | {country for country, times in often.items() if times * 2 > len(members)}


def _barred(partner: Partner, setting: Setting) -> Why | None:
    if partner.id in setting.standing.vetoes:
        return Why.VETOED
    if setting.as_of is not None and partner.away_until is not None and setting.as_of.date() < partner.away_until:
        return Why.AWAY
    full = partner.capacity is not None and setting.standing.asks.get(partner.id, 0) >= partner.capacity
    return Why.LOADED if full else None


def _far(partner: Partner, setting: Setting) -> float:
    """Return 0 in the country of the matter, or where nobody says which, a half next to it or unknown, 1 elsewhere."""
    mine = set(partner.countries)
    if not setting.countries or mine & setting.countries:
        return 0.0
    return 0.5 if not mine or mine & near(setting.countries) else 1.0
