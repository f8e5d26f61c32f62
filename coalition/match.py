"""Strengths asked, Partner* -> Claim*: who brings what, and why somebody who says so does not."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import numpy as np

from coalition.fit import Fit, fit
from coalition.strengths import Need, branch, declared, head, need, same, table, words
from coalition.team import Alike, Setting, Why
from store.records import Partner

OBSERVED_ENOUGH = 3  # independent reports of its own in which a partner shows a strength, before that counts like saying so
_BY_MEANING = 0.6  # worth
_STANDS_OUT = 4.0  # standard deviations above all strengths of the table, for a match by meaning alone
_LEAD = 0.5  # and that far before the likest strength that is not asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A partner says, or has shown, that it has a strength that is asked for. `refused` says why that is no cover; worth is in (0, 1].

    strengths: its own words for it; by_meaning: no word of theirs is a name of what is asked; shown: how many of its own
    independent reports show it.
    """

    asked: str
    partner_id: str
    strengths: tuple[str, ...]
    worth: float = 1.0
    refused: Why | None = None
    by_meaning: bool = False
    shown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    """All strengths of all partners, which of them bring which need, and which branches the matter is about."""

    own: dict[str, dict[str, float]]  # partner id -> strength -> worth
    fit: Fit
    setting: Setting


def claims(required: Sequence[str], partners: Sequence[Partner], alike: Alike, setting: Setting) -> tuple[Claim, ...]:
    """Find every claim to a required strength, accepted or refused, in order of (required, partner id).

    By words first; only where nobody's words are those asked for, by meaning: the cosine to the strength asked for must stand out from those to the
    whole table, and lead. A branch of a profession counts only where the matter is about it, and so does the profession of a partner that has branches.
    """
    able = sorted(partners, key=lambda p: p.id)
    own = {p.id: _own(p, setting) for p in able}
    everything = sorted({s for mine in own.values() for s in mine})
    pool = _Pool(own=own, fit=fit(everything, alike, setting.texts), setting=setting)
    return tuple(claim for strength in required for claim in _claims(need(strength), able, pool, alike))


def near(countries: Iterable[str]) -> frozenset[str]:
    """Return some countries together with those that border them."""
    some = frozenset(countries)
    return some | frozenset(other for country in some for other in _neighbours().get(country, "").split())


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, str]:
    data = json.loads(files("coalition").joinpath("neighbours.json").read_text(encoding="utf-8"))
    found: dict[str, str] = data["neighbours"]
    return found


def _own(partner: Partner, setting: Setting) -> dict[str, float]:
    """Return what a partner declares, at full worth, and what it has shown often enough, at somewhat less."""
    shown = {o.strength: min(0.8, o.weight) for o in setting.standing.observed if o.partner_id == partner.id and o.origins >= OBSERVED_ENOUGH}
    return shown | dict.fromkeys(partner.strengths, 1.0)


def _claims(wanted: Need, partners: Sequence[Partner], pool: _Pool, alike: Alike) -> list[Claim]:
    everything = sorted({s for mine in pool.own.values() for s in mine})
    worth = named(wanted, everything, alike)
    if wanted.task:
        worth = {s: w for s, w in worth.items() if s in pool.fit.about(worth)} or worth
    able = [(p, mine) for p in partners if (mine := {s: w * worth[s] for s, w in pool.own[p.id].items() if s in worth})]
    nearer = wanted.field and any(_here(p, near(pool.setting.countries)) for p, _ in able)
    wanted = replace(wanted, region=wanted.region or nearer)
    return [_claim(wanted, p, mine, pool) for p, mine in able]


def named(wanted: Need, strengths: Sequence[str], alike: Alike) -> dict[str, float]:
    """Choose the strengths that are what is asked for, each with its worth: 1 by its words, or, where none is by words, less by meaning."""
    if wanted.branch:
        return {s: 1.0 for s in strengths if head(s) == wanted.branch and branch(s)}
    return {s: 1.0 for s in strengths if declared(wanted, s)} or dict.fromkeys(_meant(wanted, strengths, alike), _BY_MEANING)


def _claim(wanted: Need, partner: Partner, mine: dict[str, float], pool: _Pool) -> Claim:
    fitting = {s: w for s, w in mine.items() if pool.fit.suits(s, pool.own[partner.id])}
    refused = _where(wanted, partner, pool.setting) if fitting else Why.SPECIALISM
    return Claim(
        asked=wanted.strength,
        partner_id=partner.id,
        strengths=tuple(sorted(fitting or mine)),
        worth=max((fitting or mine).values()),
        shown=_shown(wanted, partner, pool.setting),
        refused=refused,
        by_meaning=not wanted.branch and not any(declared(wanted, s) for s in fitting or mine),
    )


def _shown(wanted: Need, partner: Partner, setting: Setting) -> int:
    return max((o.origins for o in setting.standing.observed if o.partner_id == partner.id and declared(wanted, o.strength)), default=0)


def _where(wanted: Need, partner: Partner, setting: Setting) -> Why | None:
    """Say whether a strength that counts in some places only is offered elsewhere, or in no language of the place; what is not stated is not held against."""
    here = setting.countries if wanted.local else near(setting.countries) if wanted.region else frozenset()
    if here and partner.countries and not _here(partner, here):
        return Why.REGION
    spoken = wanted.local and setting.languages and partner.languages
    return Why.LANGUAGE if spoken and not setting.languages & set(partner.languages) else None


def _here(partner: Partner, countries: frozenset[str]) -> bool:
    return bool(countries & set(partner.countries))


def _meant(wanted: Need, strengths: Sequence[str], alike: Alike) -> list[str]:
    """Choose the strengths that mean what is asked for, by contrast with everything else in the table.

    Cosines are compared within one strength only, since their level differs from text to text and from model to model.
    """
    names = {wanted.strength, *wanted.also}
    if wanted.strength in table().strengths:
        strengths = [s for s in strengths if not _halfway(s, names)]
    whole = sorted(names | _vocabulary())
    plain = [s.replace("_", " ") for s in strengths]
    if not strengths:
        return []
    near_ = alike(plain, whole)
    above = (near_ - near_.mean(axis=1, keepdims=True)) / np.maximum(near_.std(axis=1, keepdims=True), 1e-9)
    mine = np.array([name in names for name in whole])
    best, rival = above[:, mine].max(axis=1), above[:, ~mine].max(axis=1)
    return [s for s, b, r in zip(strengths, best, rival, strict=True) if b > _STANDS_OUT and b - r > _LEAD]


def _halfway(strength: str, names: Iterable[str]) -> bool:
    """Say whether a strength shares a word with a name of the need and yet is none: control of corrosion is no control room."""
    have = words(strength)
    return any(same(w, h) for name in names for w in words(name) for h in have)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(table().other) | {name for n in table().strengths.values() if not n.branch for name in (n.strength, *n.also)}
