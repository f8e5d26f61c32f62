"""Strengths, Partner* -> Composition: the fewest partners who together bring what is needed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from coalition.strengths import Need, branch, declared, need, words
from store.records import Member, Partner

Alike = Callable[[Sequence[str], Sequence[str]], NDArray[np.float64]]
Cover = Mapping[str, frozenset[str]]  # needed strength -> ids of the partners who bring it
_STANDS_OUT = 2.5  # standard deviations above the other strengths, for a match by meaning alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the matter is about: texts (objective, conditions, sentences of evidence), and countries (ISO alpha-2) where the obstacle stands."""

    texts: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A proposed team. `uncovered`: required strengths that no partner has."""

    members: tuple[Member, ...]
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]


_NOWHERE = Setting()


def compose(required: Sequence[str], partners: Sequence[Partner], alike: Alike, present: Sequence[str], setting: Setting = _NOWHERE) -> Composition:
    """Choose the fewest partners that cover every strength which any of them has; among such teams the best fitting one.

    Exact: set cover as a mixed-integer programme (HiGHS). Ties go by likeness to the matter, country, tier. `present` are ids of today's
    members: they are neither preferred nor avoided, and the reason names them. `alike` gives cosines, shape (n, m).
    """
    cover = coverage(required, partners, alike, setting)
    wanted = tuple(strength for strength in required if cover[strength])
    chosen = _fewest([cover[strength] for strength in wanted], partners, _costs(partners, alike, setting))
    members = tuple(_member(p, chosen, {s: cover[s] for s in wanted}, p.id in present) for p in chosen)
    return Composition(members=members, covered=wanted, uncovered=tuple(s for s in required if not cover[s]))


def coverage(required: Sequence[str], partners: Sequence[Partner], alike: Alike, setting: Setting = _NOWHERE) -> dict[str, frozenset[str]]:
    """Say for each required strength which partners (ids) bring it; nobody where it is missing."""
    fitting = _fitting_branches(partners, alike, setting)
    return {strength: _who(need(strength), partners, alike, setting.countries, fitting) for strength in required}


def _who(wanted: Need, partners: Sequence[Partner], alike: Alike, countries: frozenset[str], fitting: frozenset[str]) -> frozenset[str]:
    if wanted.branch:
        return frozenset(p.id for p in partners if fitting & set(p.strengths))
    named = {s for p in partners for s in p.strengths if declared(wanted, s)} or _by_meaning(wanted, partners, alike)
    able = [p for p in partners if named & set(p.strengths) and not (wanted.specialism and _elsewhere(p, fitting))]
    near = [p for p in able if countries & set(p.countries)]
    # a local strength from another country is taken only where nobody nearer has it
    return frozenset(p.id for p in (near if wanted.local and near else able))


def _elsewhere(partner: Partner, fitting: frozenset[str]) -> bool:
    """Say whether all the branches a partner declares lie outside the matter: a tax lawyer is no humanitarian lawyer."""
    branches = {s for s in partner.strengths if branch(s)}
    return bool(branches) and not branches & fitting


def _by_meaning(wanted: Need, partners: Sequence[Partner], alike: Alike) -> set[str]:
    pool = sorted({s for p in partners for s in p.strengths if not branch(s)})
    if len(pool) < 8:
        return set()
    near = alike([wanted.strength], [" ".join(words(s)) for s in pool])[0]
    return {s for s, likeness in zip(pool, near, strict=True) if likeness > near.mean() + _STANDS_OUT * near.std() > 0}


def _fitting_branches(partners: Sequence[Partner], alike: Alike, setting: Setting) -> frozenset[str]:
    """Return the branches that the matter is about: liker to its texts than strengths are on the whole, and near the likest branch.

    Cosines are compared within one text only, since their level differs from text to text and from model to model.
    """
    pool = sorted({s for p in partners for s in p.strengths})
    branches = [s for s in pool if branch(s)]
    if not branches or not setting.texts:
        return frozenset(branches)
    likeness = alike([" ".join(words(s)) for s in pool], setting.texts)
    named = np.array([_named(s, setting.texts) for s in pool])
    above = (likeness - likeness.mean(axis=0)).mean(axis=1) / max(float(likeness.std(axis=0).mean()), 1e-9) + named
    best = max(above[pool.index(s)] for s in branches)
    return frozenset(s for s in branches if above[pool.index(s)] > max(0.0, best / 2))


def _named(strength: str, texts: Sequence[str]) -> float:
    """Count how far the words that make a branch special stand in the texts themselves, from 0 to 2."""
    special = set(words(strength)[:-1])
    return sum(2.0 * len(special & set(words(text))) / len(special) for text in texts) / len(texts) if special else 0.0


def _costs(partners: Sequence[Partner], alike: Alike, setting: Setting) -> NDArray[np.float64]:
    """Return what speaks against each partner, in [0, 1]: unlike the matter, not in its countries, not of the core."""
    if not partners:
        return np.empty(0)
    far = np.array([0.0 if not setting.countries or setting.countries & set(p.countries) else 1.0 for p in partners])
    outer = np.array([0.0 if p.tier == "core" else 1.0 for p in partners])
    unlike = np.zeros(len(partners))
    if setting.texts:
        near = alike([", ".join(" ".join(words(s)) for s in p.strengths) for p in partners], setting.texts).mean(axis=1)
        unlike = (near.max() - near) / max(float(near.max() - near.min()), 1e-9)
    return 0.6 * unlike + 0.3 * far + 0.1 * outer


def _fewest(wanted: Sequence[frozenset[str]], partners: Sequence[Partner], costs: NDArray[np.float64]) -> tuple[Partner, ...]:
    if not wanted:
        return ()
    rows = np.array([[float(p.id in able) for p in partners] for able in wanted])
    # costs are scaled so that all of them together never weigh as much as one more member
    solved = milp(1.0 + costs / (2.0 * len(wanted)), constraints=LinearConstraint(rows, lb=1), integrality=1, bounds=Bounds(0, 1))
    return tuple(p for p, taken in zip(partners, solved.x, strict=True) if taken > 0.5)


def _member(partner: Partner, team: Sequence[Partner], cover: Cover, present: bool) -> Member:
    brings = tuple(s for s, able in cover.items() if partner.id in able)
    alone = [s for s in brings if not any(other.id in cover[s] for other in team if other.id != partner.id)]
    # a minimal team has no member without a strength of its own
    reason = f"Without {partner.name} nobody in this team brings {', '.join(alone)}."
    return Member(partner_id=partner.id, name=partner.name, covers=brings, reason=reason + (" Already a member today." if present else ""))
