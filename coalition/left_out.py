"""Partner*, Slot*, Claim*, Member* -> LeftOut*: who came near, and why they are not in the team."""

from collections.abc import Sequence
from dataclasses import dataclass

from coalition.burden import barred, conflicts
from coalition.match import Claim
from coalition.slots import Slot
from coalition.strengths import need
from coalition.team import LeftOut, Setting, Why
from store.records import Member, Partner

_SHOWN = 8  # near misses: more than that nobody reads


def left_out(partners: Sequence[Partner], asked: Sequence[Slot], found: Sequence[Claim], team: Sequence[Member], setting: Setting) -> tuple[LeftOut, ...]:
    """List the nearest of those who are not in the team: those who would bring most first, and of these those who were refused before those not needed.

    At most eight. A partner that neither has nor claims anything that is asked for is not near.
    """
    inside = {m.partner_id for m in team}
    scene = _Scene(asked=tuple(asked), found=tuple(found), team=tuple(team), setting=setting, apart=conflicts(partners, setting))
    near = [_one(p, scene) for p in partners if p.id not in inside]
    rank = list(Why)
    ordered = sorted((one for one in near if one.strengths), key=lambda one: (-len(one.strengths), rank.index(one.why), one.partner_id))
    return tuple(ordered[:_SHOWN])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    asked: tuple[Slot, ...]
    found: tuple[Claim, ...]
    team: tuple[Member, ...]
    setting: Setting
    apart: frozenset[tuple[str, str]]


def _one(partner: Partner, scene: _Scene) -> LeftOut:
    asked, team, setting = scene.asked, scene.team, scene.setting
    brings = tuple(s.name for s in asked if partner.id in s.worth)
    refused = [c for c in scene.found if c.partner_id == partner.id and c.refused is not None]
    out = barred([partner], setting).get(partner.id)
    if out is not None:
        return _because(partner, out, (*brings, *(c.asked for c in refused)), _BARRED[out].format(asks=setting.standing.asks.get(partner.id, 0), p=partner))
    if refused and not brings:
        return _because(partner, refused[0].refused or Why.REGION, tuple(c.asked for c in refused), _refusal(partner, refused[0], setting))
    foes = [m.name for m in team if (min(m.partner_id, partner.id), max(m.partner_id, partner.id)) in scene.apart]
    if foes:
        return _because(partner, Why.CONFLICT, brings, f"Must not sit with {', '.join(foes)}.")
    instead = [f"{_words([n])}: {', '.join(m.name for m in team if n in m.covers)}" for n in brings if any(n in m.covers for m in team)]
    return _because(partner, Why.NOT_NEEDED, brings, f"Not needed, others bring it ({'; '.join(instead)}).")


def _because(partner: Partner, why: Why, strengths: tuple[str, ...], reason: str) -> LeftOut:
    return LeftOut(partner_id=partner.id, name=partner.name, why=why, strengths=strengths, reason=reason)


_BARRED = {
    Why.VETOED: "There is a veto against it.",
    Why.AWAY: "Away until {p.away_until}.",
    Why.LOADED: "Asked {asks} times in 30 days; it takes {p.capacity}.",
}


def _refusal(partner: Partner, claim: Claim, setting: Setting) -> str:
    match claim.refused:
        case Why.REGION if need(claim.asked).field:
            return f"Works in {', '.join(partner.countries)}; others who bring {_words([claim.asked])} are nearer."
        case Why.REGION:
            return f"Works in {', '.join(partner.countries)}; {_words([claim.asked])} counts only for {', '.join(sorted(setting.countries))}."
        case Why.LANGUAGE:
            return f"Works in {', '.join(partner.languages)}; {_words([claim.asked])} must come in {' or '.join(sorted(setting.languages))}."
        case _:
            return f"Offers {_words(claim.strengths)}, which is not the {_words([claim.asked])} that this matter asks for."


def _words(strengths: Sequence[str]) -> str:
    return ", ".join(s.replace("_", " ") for s in strengths)
