"""Blueprints for the tests: who could bring what is given, so that only the coalition's own steps are tried."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from coalition.blueprint import Drafted, Ground, draft
from coalition.standing import Said, Standing, standing
from store.opt_in import Answer, Ask, Blueprint, Reply, Terms
from store.records import Advice, Condition, Member, Objective, Obstacle, Partner, Suggestion
from tests.coalition.scenes import day

TERMS = Terms(answer_by=day(7), ends_at=day(90), exit="The wage is agreed.", languages=("en",))
OBJECTIVE = Objective(id="strike", statement="The strike ends.", conditions=(Condition(id="c1", statement="The owners talk."),))
COVER = {"law": frozenset("AE"), "bench": frozenset("BD"), "press": frozenset("CE")}


def partners(names: str = "ABCDE") -> tuple[Partner, ...]:
    return tuple(Partner(id=one, name=f"House {one}", strengths=("advocacy",)) for one in names)


def suggestion(members: Mapping[str, tuple[str, ...]], required: tuple[str, ...] = tuple(COVER), kind: Advice = Advice.NEW_COALITION) -> Suggestion:
    return Suggestion(
        id="s1",
        objective_id="strike",
        kind=kind,
        issued_at=day(0),
        obstacle_before=(Obstacle.FUNDING,),
        obstacle_after=(Obstacle.LEGAL,),
        since=day(-20),
        probability=0.8,
        evidence=("r1",),
        origins=3,
        source_kinds=2,
        against=(),
        against_why="",
        would_change="",
        required_strengths=required,
        missing_strengths=required[:1],
        members=tuple(Member(partner_id=one, name=f"House {one}", covers=covers, reason="") for one, covers in members.items()),
    )


MEMBERS = {"A": ("law",), "B": ("bench",), "C": ("press",)}


def drafted(cover: Mapping[str, frozenset[str]] = COVER, order: str = "ABCDE", members: Mapping[str, tuple[str, ...]] = MEMBERS) -> Blueprint:
    known = partners("".join(sorted({one for ids in cover.values() for one in ids} | set(order))))
    ground = Ground(suggestion=suggestion(members, tuple(cover)), objective=OBJECTIVE, partners=known, cover=cover, order=tuple(order))
    made = draft(ground, TERMS, Drafted(id="b1", at=day(0), by="Desk"))
    assert made is not None
    return made


def ask(one: str, at: float = 0.5, **also: object) -> Ask:
    made = Ask(id=f"q{one}", at=day(at), by="Desk", partner_id=one, objective_id="strike", expires_at=day(90), nonce=f"n{one}", blueprint_id="b1")
    return replace(made, **also)  # type: ignore[arg-type]


def says(one: str, reply: Reply, at: float = 1, **also: object) -> Answer:
    return replace(Answer(ask_id=f"q{one}", at=day(at), reply=reply), **also)  # type: ignore[arg-type]


def stands(said: Said, at: float = 2, blueprint: Blueprint | None = None, order: str = "ABCDE") -> Standing:
    return standing(blueprint or drafted(), said, tuple(order), day(at))


HOUR = timedelta(hours=1)
