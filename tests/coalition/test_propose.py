"""Who is proposed, from the full picture: open conditions, deciders, languages, time zones, load, what partners showed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.advise import CALLS, advise
from coalition.propose import BARE, Matter, Scene, propose, with_team
from coalition.team import Observation, Standing, Why
from store.records import Advice, Condition, Obstacle, Partner, Suggestion
from tests.coalition.scenes import HOUSES, STRIKE, alike, day, every, partner, told

LEGAL = Obstacle.LEGAL
HISTORY = told(Obstacle.FUNDING, every(3, 0, 60), 100) + told(LEGAL, every(2, 60, 90), 200)
WELLS = Condition(id="c9", statement="Wells are dug", strengths=("water_sanitation",), decider="port authority")


def matter(partners: Sequence[Partner] = HOUSES, **scene: Any) -> Matter:
    return Matter(
        objective=STRIKE,
        testimonies=tuple(t for t in HISTORY if t.at <= day(90)),
        partners=tuple(partners),
        alike=alike,
        as_of=day(90),
        scene=replace(BARE, **scene),
    )


def draft(kind: Advice = Advice.NEW_COALITION) -> Suggestion:
    return Suggestion(
        id=f"strike-20310601T0000-{Advice.PIVOT.value}-legal",
        objective_id="strike",
        kind=kind,
        issued_at=day(90),
        obstacle_before=(Obstacle.FUNDING,),
        obstacle_after=(LEGAL,),
        since=day(60),
        probability=0.8,
        evidence=("r200",),
        origins=5,
        source_kinds=3,
        against=(),
        against_why="",
        would_change="",
    )


def ids(suggestion: Suggestion) -> set[str]:
    return {m.partner_id for m in suggestion.members}


def also(id_: str, **changes: Any) -> Partner:
    return replace(partner(id_, "water_sanitation"), **changes)


def test_what_an_open_condition_asks_for_is_required_and_somebody_who_brings_it_is_proposed() -> None:
    bare, full = with_team(draft(), matter()), with_team(draft(), matter(open_conditions=(WELLS,)))
    assert full.required_strengths == (*bare.required_strengths, "water_sanitation")
    assert set(full.missing_strengths) == {*bare.missing_strengths, "water_sanitation"}
    assert ids(full) == ids(bare) | {"x1"}


def test_what_todays_members_bring_to_an_open_condition_is_required_but_not_asked_of_others() -> None:
    money = Condition(id="c8", statement="The fund is full", strengths=("fundraising",))
    full = with_team(draft(), matter(open_conditions=(money,)))
    assert "fundraising" in full.required_strengths
    assert "fundraising" not in full.missing_strengths
    assert ids(full) == ids(with_team(draft(), matter()))


def test_a_condition_that_names_a_strength_of_the_obstacle_in_other_letters_adds_nothing() -> None:
    same = Condition(id="c7", statement="The court rules", strengths=("legal_expertise",))
    assert with_team(draft(), matter(open_conditions=(same,))).required_strengths == with_team(draft(), matter()).required_strengths


def test_the_ear_of_the_decider_is_asked_for_where_anybody_states_whose_it_has() -> None:
    near = also("near", reach=("port authority",), strengths=("beekeeping",))
    found = propose(draft(), matter((*HOUSES, near), open_conditions=(WELLS,)))
    assert found is not None
    assert "near" in {m.partner_id for m in found.members}
    nobody = propose(draft(), matter((*HOUSES, replace(near, reach=("bishops",))), open_conditions=(WELLS,)))
    assert nobody is not None
    assert "access to port authority" in nobody.uncovered
    unstated = propose(draft(), matter(open_conditions=(WELLS,)))
    assert unstated is not None
    assert not [name for name in unstated.uncovered if name.startswith("access")]


def test_the_deciders_language_is_asked_for_unless_todays_members_speak_it() -> None:
    tongue = also("tongue", languages=("sw",), strengths=("beekeeping",))
    assert "tongue" in ids(with_team(draft(), matter((*HOUSES, tongue), spoken=frozenset({"sw"}))))
    fluent = [replace(p, languages=("sw",)) if p.id == "m1" else p for p in HOUSES]
    assert "tongue" not in ids(with_team(draft(), matter((*fluent, tongue), spoken=frozenset({"sw"}))))


def test_somebody_must_be_awake_where_the_matter_is() -> None:
    there = also("there", time_zone="Asia/Qatar", strengths=("beekeeping",))
    asleep = [replace(p, countries=("US",), time_zone="America/Los_Angeles") for p in HOUSES]
    assert "there" in ids(with_team(draft(), matter((*asleep, there))))
    awake = [replace(p, time_zone="Asia/Riyadh") if p.id == "m1" else p for p in asleep]
    assert "there" not in ids(with_team(draft(), matter((*awake, there))))


def test_the_loaded_one_of_two_equals_is_spared_and_its_load_is_not_told() -> None:
    twins = [*HOUSES, partner("l1b", "labour_law", "legal_expertise")]
    (busy,) = ids(with_team(draft(), matter(twins))) & {"l1", "l1b"}
    spared = with_team(draft(), matter(twins, standing=Standing(asks={busy: 9})))
    assert busy not in ids(spared)
    full = [replace(p, capacity=9) if p.id == busy else p for p in twins]
    found = propose(draft(), matter(full, standing=Standing(asks={busy: 9})))
    assert found is not None
    assert [(one.why, one.reason) for one in found.left_out if one.partner_id == busy] == [(Why.LOADED, "Takes no more asks just now.")]


def test_the_more_reliable_of_two_equals_is_preferred() -> None:
    twins = [*HOUSES, partner("l1b", "labour_law", "legal_expertise")]
    for better, worse in (("l1", "l1b"), ("l1b", "l1")):
        chosen = ids(with_team(draft(), matter(twins, standing=Standing(reliability={better: 0.95, worse: 0.2}))))
        assert better in chosen
        assert worse not in chosen


def test_a_strength_that_a_partner_showed_three_times_counts_like_saying_so() -> None:
    silent = partner("shy", "beekeeping")
    shown = Standing(observed=(Observation(partner_id="shy", strength="water and sanitation", weight=0.6, origins=3),))
    without = [p for p in HOUSES if p.id != "x1"] + [silent]
    assert "shy" not in ids(with_team(draft(), matter(without, open_conditions=(WELLS,))))
    assert "shy" in ids(with_team(draft(), matter(without, open_conditions=(WELLS,), standing=shown)))


@pytest.mark.parametrize("kind", [Advice.WATCH, Advice.HOLD, Advice.WIND_DOWN])
def test_advice_that_forms_nothing_proposes_nobody(kind: Advice) -> None:
    assert propose(draft(kind), matter()) is None
    assert with_team(draft(kind), matter()) == draft(kind)


def test_the_scene_reaches_the_advice_and_moves_no_decision() -> None:
    found = matter(open_conditions=(WELLS,))
    plain = advise(STRIKE, HISTORY, HOUSES, alike, day(90), ())
    full = advise(STRIKE, HISTORY, HOUSES, alike, day(90), (), scene=found.scene)
    assert [(s.kind, s.obstacle_after, s.probability) for s in plain] == [(s.kind, s.obstacle_after, s.probability) for s in full]
    assert [s.kind in CALLS and "water_sanitation" in s.required_strengths for s in full] == [True]


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(["x1", "l1", "l3", "x2", "l2"])), st.sampled_from([Advice.NEW_COALITION, Advice.EXPAND, Advice.PIVOT]))
def test_a_team_covers_what_it_says_and_names_the_rest(absent: set[str], kind: Advice) -> None:
    here = [p for p in HOUSES if p.id not in absent]
    found = with_team(draft(kind), matter(here, open_conditions=(WELLS,)))
    covered = {s for m in found.members for s in m.covers}
    own = set(found.required_strengths) - set(found.missing_strengths)
    bare = {name.removesuffix(" (a second partner)") for name in found.uncovered_strengths}
    assert set(found.required_strengths) <= covered | own | bare
    assert ids(found) <= {p.id for p in here}
    assert found == with_team(draft(kind), matter(list(reversed(here)), open_conditions=(WELLS,)))


def test_an_empty_scene_is_the_default() -> None:
    assert Scene() == BARE
