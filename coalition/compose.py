"""Strengths, Partner* -> Composition: the fewest partners who together bring what is needed, and why these."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from coalition.burden import against, barred, conflicts, home
from coalition.choose import Choice, Limit, Problem, choose, overlap
from coalition.left_out import left_out
from coalition.match import Claim, claims
from coalition.slots import Slot, slots
from coalition.team import Alike, Alternative, Composition, Overlap, Setting
from store.records import Member, Partner

_NOWHERE = Setting()
_ALTERNATIVES = 2


def compose(required: Sequence[str], partners: Sequence[Partner], alike: Alike, present: Sequence[str], setting: Setting = _NOWHERE) -> Composition:
    """Choose the fewest partners that cover all that any of them may cover; among such teams the least loaded, best fitting one.

    Exact: set multi-cover as a mixed-integer programme. A strength from the wrong region or of the wrong specialism is no cover; a partner that is vetoed,
    away or asked to its limit is not proposed, and pairs in conflict are never together. `present` are ids of today's members: sought or avoided only as
    `setting.overlap` says. The order of `required` and `partners` changes nothing but the order in which strengths are named. `alike` gives cosines,
    shape (n, m).
    """
    scene = _scene(required, partners, alike, present, setting)
    best = choose(scene.problem)
    others, only = _alternatives(scene, best)
    members = tuple(_member(scene, best, column, _without(scene, best, column)) for column in best.taken)
    short = {s.name: n for s, n in zip(scene.slots, best.short, strict=True) if n}
    return Composition(
        members=members,
        covered=tuple(s.name for s in scene.slots if s.name not in short),
        uncovered=tuple(f"{s.name} (a second partner)" if short[s.name] < s.times else s.name for s in scene.slots if s.name in short),
        alternatives=others,
        only_team=only,
        left_out=left_out(scene.everybody, scene.slots, scene.claims, members, scene.setting),
        proven=best.proven,
        gap=best.gap,
    )


def coverage(required: Sequence[str], partners: Sequence[Partner], alike: Alike, setting: Setting = _NOWHERE) -> dict[str, frozenset[str]]:
    """Say for each required strength which partners (ids) bring it; nobody where it is missing."""
    found = claims(required, partners, alike, setting)
    return {strength: frozenset(c.partner_id for c in found if c.asked == strength and c.refused is None) for strength in required}


@dataclass(frozen=True)
class _Scene:
    """Everything one composition stands on; `partners` are those who may be proposed and bring something, by id."""

    everybody: tuple[Partner, ...]
    partners: tuple[Partner, ...]
    slots: tuple[Slot, ...]
    claims: tuple[Claim, ...]
    present: frozenset[str]
    setting: Setting

    @cached_property
    def problem(self) -> Problem:
        """Put the choice in numbers."""
        order = sorted(self.slots, key=lambda s: s.name)
        at = {p.id: n for n, p in enumerate(self.partners)}
        costs = [against(p, order, self.setting) for p in self.partners]
        shape = (len(self.slots), len(self.partners))
        return Problem(
            covers=np.array([[p.id in s.worth for p in self.partners] for s in self.slots], dtype=bool).reshape(shape),
            shown=np.array([[p.id in s.shown for p in self.partners] for s in self.slots], dtype=bool).reshape(shape),
            times=np.array([s.times for s in self.slots], dtype=np.int64),
            size=np.array([self._size(p) for p in self.partners]),
            costs=np.array(costs),
            ties=np.array([_lot(p.id) for p in self.partners]),
            apart=tuple((at[a], at[b]) for a, b in sorted(conflicts(self.partners, self.setting)) if a in at and b in at),
        )

    def _size(self, partner: Partner) -> float:
        """Weigh a member when members are counted: where others are sought, one of today's weighs more than any team of others."""
        today = partner.id in self.present
        match self.setting.overlap:
            case Overlap.AVOID if today:
                return 1.0 + sum(s.times for s in self.slots)
            case Overlap.SEEK if not today:
                return 2.0
            case _:
                return 1.0


def _scene(required: Sequence[str], partners: Sequence[Partner], alike: Alike, present: Sequence[str], setting: Setting) -> _Scene:
    everybody = tuple(sorted(partners, key=lambda p: p.id))
    here = replace(setting, countries=home(everybody, present, setting.countries))
    asked = tuple(dict.fromkeys(required))
    found = claims(asked, everybody, alike, here)
    wanted = slots(asked, found, everybody, alike, here)
    out = barred(everybody, here)
    able = tuple(p for p in everybody if p.id not in out and any(p.id in s.worth for s in wanted))
    return _Scene(everybody=everybody, partners=able, slots=wanted, claims=found, present=frozenset(present), setting=here)


def _lot(partner_id: str) -> float:
    """Draw a lot for a partner, in [0, 1): always the same, and no favour to those whose id comes first."""
    return int.from_bytes(hashlib.sha256(partner_id.encode()).digest()[:6], "big") / 2**48


def _alternatives(scene: _Scene, best: Choice) -> tuple[tuple[Alternative, ...], str]:
    """Find teams that cover as much and replace at least half of those members that can be replaced together."""
    replaceable = len(best.taken) - overlap(scene.problem, best)
    found = [best]
    while replaceable and len(found) <= _ALTERNATIVES:
        other = choose(scene.problem, [Limit(columns=c.taken, most=len(c.taken) - -(-replaceable // 2)) for c in found])
        if sum(other.short) > sum(best.short):
            break
        found.append(other)
    teams = tuple(_alternative(scene, best, other) for other in found[1:])
    return teams, _only(scene, best, len(teams))


def _alternative(scene: _Scene, best: Choice, other: Choice) -> Alternative:
    members = tuple(_member(scene, other, column) for column in other.taken)
    return Alternative(members=members, shared=tuple(scene.partners[n].id for n in other.taken if n in best.taken))


def _only(scene: _Scene, best: Choice, alternatives: int) -> str:
    if not best.taken or alternatives == _ALTERNATIVES:
        return ""
    if alternatives:
        return "Only one clearly different team covers as much."
    return f"No other team covers as much: {_listed([scene.partners[n].name for n in best.taken])} cannot be replaced."


def _without(scene: _Scene, best: Choice, column: int) -> tuple[list[str], str]:
    """Say what nobody else could bring, and what the best team without one partner would be: solved again, not estimated."""
    other = choose(scene.problem, [Limit(columns=(column,), most=0)])
    lost = [s.name for s, now, then in zip(scene.slots, best.short, other.short, strict=True) if then > now]
    if lost:
        return lost, f"Nobody else could bring {_listed(lost)}."
    more = len(other.taken) - len(best.taken)
    instead = _listed([scene.partners[n].name for n in other.taken if n not in best.taken])
    return [], f"In its place {more + 1} others would be needed: {instead}." if more > 0 else f"{instead} could take its place."


def _member(scene: _Scene, choice: Choice, column: int, without: tuple[list[str], str] = ([], "")) -> Member:
    partner = scene.partners[column]
    team = {scene.partners[n].id for n in choice.taken}
    brings = [s for s in scene.slots if partner.id in s.worth]
    lost, instead = without
    alone = [s.name for s in brings if len(team & s.worth.keys()) <= 1 and s.name not in lost]
    second = [s.name for s in brings if 1 < len(team & s.worth.keys()) <= s.times]
    said = [f"Without {partner.name} nobody in this team brings {_listed(alone)}."] if alone else []
    said += [f"Two are asked to bring {_listed(second)}, and {partner.name} is one of them."] if second else []
    words = " ".join([*said, *([instead] if instead else [])]) + _read(scene, partner) + (" Already a member today." if partner.id in scene.present else "")
    return Member(partner_id=partner.id, name=partner.name, covers=tuple(s.name for s in brings), reason=words)


def _read(scene: _Scene, partner: Partner) -> str:
    """Say where a strength is not in the partner's own words."""
    mine = [c for c in scene.claims if c.partner_id == partner.id and c.refused is None]
    shown = [c.asked for c in mine if not set(c.strengths) & set(partner.strengths)]
    meant = [f"{_listed(c.strengths)} is read as {c.asked}" for c in mine if c.by_meaning]
    only = [s.name for s in scene.slots if s.shown and partner.id in s.worth and partner.id not in s.shown]
    words = f" It only says that it has {_listed(only)}; the reports of others show it." if only else ""
    words += f" It does not say that it has {_listed(shown)}, but its own reports show it." if shown else ""
    return words + (f" By meaning, {'; '.join(meant)}." if meant else "")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
