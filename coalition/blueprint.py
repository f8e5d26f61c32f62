"""Accepted suggestion, Partner* -> Blueprint: what is wanted, what stands in the way, who would bring and do what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coalition.jobs import assign
from store.opt_in import Bench, Blueprint, Role, Terms
from store.records import Advice, Member, Objective, Partner, Suggestion

FORMING = (Advice.NEW_COALITION, Advice.EXPAND, Advice.PIVOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a blueprint is made from: `cover` says who could bring each strength, `order` lists the partners that may be asked, the best to ask first."""

    suggestion: Suggestion
    objective: Objective
    partners: tuple[Partner, ...]
    cover: Mapping[str, frozenset[str]]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Who drafted it, when, and under which id."""

    id: str
    at: datetime
    by: str


def draft(ground: Ground, terms: Terms, drafted: Drafted) -> Blueprint | None:
    """Make the blueprint of a suggestion, or None where nothing can be formed: no partner that may be asked brings anything it needs.

    The suggestion's own members come first. One who may not be asked now (see `Ground.order`) is replaced by whoever else brings its strengths. A strength
    that nobody brings is left out of `required`, or the coalition could never form.
    """
    suggestion, objective = ground.suggestion, ground.objective
    bench = _bench(ground)
    if not bench:
        return None
    roles = _roles(ground, bench)
    team = [p for role in roles for p in ground.partners if p.id == role.partner_id]
    return Blueprint(
        id=drafted.id,
        at=drafted.at,
        by=drafted.by,
        suggestion_id=suggestion.id,
        objective_id=objective.id,
        objective=objective.statement,
        obstacles=suggestion.obstacle_after or suggestion.obstacle_before,
        since=suggestion.since,
        plan=tuple(condition.statement for condition in objective.conditions),
        required=tuple(one.strength for one in bench),
        roles=roles,
        jobs=assign(team, terms, drafted.at),
        bench=bench,
        terms=terms,
    )


def brings(bench: Sequence[Bench], partner_id: str) -> tuple[str, ...]:
    """List the required strengths that a partner would bring, in the order of the bench."""
    return tuple(one.strength for one in bench if partner_id in one.partner_ids)


def propose(bench: Sequence[Bench], lacking: Collection[str], apart: Collection[str], order: Sequence[str]) -> tuple[Role, ...]:
    """Choose who might be asked next, so that every lacking strength that anybody but those `apart` brings is covered: the one who brings most, then by order.

    Greedy set cover (Johnson 1974): it covers whatever can be covered, with at most a logarithmic factor more partners than the fewest.
    """
    rank = {one: place for place, one in enumerate(order)}
    left, chosen = set(lacking), list[Role]()
    while left:
        able = {one for seat in bench if seat.strength in left for one in seat.partner_ids if one in rank and one not in apart}
        if not able:
            break
        best = min(able, key=lambda one: (-len(left & set(brings(bench, one))), rank[one]))
        gained = tuple(s for s in brings(bench, best) if s in left)
        chosen.append(Role(partner_id=best, name="", strengths=gained, reason=f"brings {', '.join(_plain(s) for s in gained)}"))
        left -= set(gained)
    return tuple(chosen)


def named(roles: Sequence[Role], partners: Sequence[Partner]) -> tuple[Role, ...]:
    """Fill in the names of partners; one that is not known any more keeps its id."""
    names = {p.id: p.name for p in partners}
    return tuple(replace(role, name=names.get(role.partner_id, role.partner_id)) for role in roles)


def _bench(ground: Ground) -> tuple[Bench, ...]:
    """List for each strength that is needed who brings it: the suggestion's members first, then by the order of asking; nobody is left out for being tired."""
    own = {member.partner_id: member for member in ground.suggestion.members}
    wanted = ground.suggestion.missing_strengths if ground.suggestion.kind is Advice.EXPAND else ground.suggestion.required_strengths
    known = [p.id for p in ground.partners]
    order = sorted(known, key=lambda one: (one not in own, one not in ground.order, _place(ground.order, one), one))
    who = {strength: tuple(one for one in order if one in ground.cover.get(strength, ()) or _covers(own.get(one), strength)) for strength in wanted}
    return tuple(Bench(strength=strength, partner_ids=ids) for strength, ids in who.items() if any(one in ground.order for one in ids))


def _covers(member: Member | None, strength: str) -> bool:
    return member is not None and strength in member.covers


def _place(order: Sequence[str], one: str) -> int:
    return order.index(one) if one in order else len(order)


def _roles(ground: Ground, bench: tuple[Bench, ...]) -> tuple[Role, ...]:
    required = tuple(one.strength for one in bench)
    members = [m for m in ground.suggestion.members if m.partner_id in ground.order and set(m.covers) & set(required)]
    roles = [Role(partner_id=m.partner_id, name=m.name, strengths=tuple(s for s in required if s in m.covers), reason=m.reason) for m in members]
    lacking = set(required) - {strength for role in roles for strength in role.strengths}
    return (*roles, *named(propose(bench, lacking, {role.partner_id for role in roles}, ground.order), ground.partners))


def _plain(strength: str) -> str:
    return strength.replace("_", " ")
