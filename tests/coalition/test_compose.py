"""The team that is proposed: complete, smallest, never from the wrong trade or place, and the same whatever the order of the list."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from coalition.compose import compose, coverage
from coalition.team import Composition, Observation, Overlap, Setting, Standing, Why
from store.records import Member, Partner
from tests.coalition.scenes import alike, partner

SEA = Setting(texts=("The sea is full of oil; maritime law is unclear to the harbour.",), countries=frozenset({"QA"}))
HERE = Setting(countries=frozenset({"QA"}))


def ids(team: Composition | Sequence[Member]) -> set[str]:
    return {m.partner_id for m in (team.members if isinstance(team, Composition) else team)}


def teams(team: Composition) -> list[set[str]]:
    return [ids(team), *(ids(other.members) for other in team.alternatives)]


def why(team: Composition) -> dict[str, Why]:
    return {one.partner_id: one.why for one in team.left_out}


def test_the_fewest_partners_cover_everything_that_anybody_has() -> None:
    houses = [partner("a", "media"), partner("b", "diplomacy"), partner("c", "media", "diplomacy"), partner("d", "advocacy")]
    team = compose(["media", "diplomacy", "beekeeping"], houses, alike, [])
    assert ids(team) == {"c"}
    assert team.covered == ("media", "diplomacy")
    assert team.uncovered == ("beekeeping",)
    assert team.proven
    assert team.gap == 0.0


def test_another_branch_is_no_cover_for_general_legal_expertise() -> None:
    houses = [partner("sea", "maritime_law", "legal_expertise"), partner("tax", "tax_law", "legal_expertise")]
    assert coverage(["legal expertise"], houses, alike, SEA)["legal expertise"] == {"sea"}
    assert why(compose(["legal expertise"], houses, alike, [], SEA)) == {"tax": Why.SPECIALISM}


def test_the_branch_asked_for_is_the_one_the_matter_is_about() -> None:
    houses = [partner("sea", "maritime_law"), partner("tax", "tax_law"), partner("any", "legal_expertise")]
    found = coverage(["specialist law on the question", "legal expertise"], houses, alike, SEA)
    assert found["specialist law on the question"] == {"sea"}
    assert found["legal expertise"] == {"sea", "any"}


def test_without_a_word_on_the_matter_every_branch_will_do() -> None:
    houses = [partner("sea", "maritime_law"), partner("tax", "tax_law")]
    assert coverage(["specialist law on the question"], houses, alike)["specialist law on the question"] == {"sea", "tax"}


def test_the_only_lawyer_is_refused_when_the_matter_is_another() -> None:
    team = compose(["legal expertise"], [partner("tax", "tax_law", "legal_expertise")], alike, [], SEA)
    assert team.members == ()
    assert team.uncovered == ("legal expertise",)
    assert team.left_out[0].reason == "Offers legal expertise, tax law, which is not the legal expertise that this matter asks for."


@pytest.mark.parametrize(
    ("asked", "right", "wrong", "text"),
    [
        (
            "data analysis",
            "hospital_epidemiology",
            "veterinary_epidemiology",
            "Patients of the cholera ward have a fever; the outbreak spreads from hospital to hospital.",
        ),
        ("data analysis", "veterinary_epidemiology", "cancer_epidemiology", "Cattle fall ill in every herd; livestock markets are shut."),
        ("testing and laboratory", "drinking_water_laboratory", "marine_laboratory", "Lead is in the tap water; the pipe to each well is old."),
        ("skilled staff for the task", "river_engineers", "software_engineers", "The flood broke the dam; water stands in the river villages."),
        ("union leaders", "dockers_union_leaders", "teachers_union_leaders", "The ships wait at the dock while the port strike goes on."),
    ],
)
def test_a_specialism_matters_in_every_profession(asked: str, right: str, wrong: str, text: str) -> None:
    found = coverage([asked], [partner("right", right), partner("wrong", wrong)], alike, Setting(texts=(text,)))
    assert found[asked] == {"right"}


def test_a_local_strength_from_elsewhere_is_no_cover() -> None:
    houses = [partner("far", "community_mediation", countries=("ZZ",)), partner("unsaid", "village_elders", countries=())]
    team = compose(["community mediation", "traditional leaders"], houses, alike, [], HERE)
    assert ids(team) == {"unsaid"}
    assert team.uncovered == ("community mediation",)
    assert [(o.why, o.reason) for o in team.left_out] == [(Why.REGION, "Works in ZZ; community mediation counts only for QA.")]


def test_who_negotiates_access_may_work_across_one_border() -> None:
    houses = [partner("next door", "access_negotiation", countries=("SA",)), partner("far", "access_negotiation", countries=("PE",))]
    assert coverage(["access negotiation"], houses, alike, HERE)["access negotiation"] == {"next door"}


def test_field_work_is_done_by_those_who_are_nearer_and_only_else_by_others() -> None:
    near, far = partner("near", "water_testing"), partner("far", "water_testing", countries=("PE",))
    assert coverage(["testing and laboratory"], [near, far], alike, HERE)["testing and laboratory"] == {"near"}
    assert coverage(["testing and laboratory"], [far], alike, HERE)["testing and laboratory"] == {"far"}
    team = compose(["testing and laboratory"], [near, far], alike, [], HERE)
    assert team.left_out[0].reason == "Works in PE; others who bring testing and laboratory are nearer."


def test_a_local_strength_must_come_in_a_language_of_the_place() -> None:
    houses = [replace(partner("deaf", "village_elders"), languages=("no",)), replace(partner("heard", "village_elders"), languages=("ar", "en"))]
    team = compose(["traditional leaders"], houses, alike, [], replace(HERE, languages=frozenset({"ar"})))
    assert ids(team) == {"heard"}
    assert team.left_out[0].why is Why.LANGUAGE


def test_where_most_members_work_is_where_the_matter_is_when_no_report_says() -> None:
    members = [partner(f"m{n}", "fundraising", countries=("XK",)) for n in range(3)]
    houses = [*members, partner("here", "village_elders", countries=("XK",)), partner("far", "village_elders", countries=("PE",))]
    assert ids(compose(["traditional leaders"], houses, alike, ["m0", "m1", "m2"])) == {"here"}


def test_of_equal_teams_the_one_in_the_country_is_taken() -> None:
    houses = [partner("far", "media", countries=("ZZ",)), partner("near", "media")]
    assert ids(compose(["media"], houses, alike, [], SEA)) == {"near"}


def test_of_equal_teams_the_core_is_taken() -> None:
    houses = [partner("outer", "media"), partner("core", "media", tier="core")]
    assert ids(compose(["media"], houses, alike, [])) == {"core"}


def test_of_equal_teams_the_least_loaded_is_taken_and_nobody_is_asked_beyond_its_limit() -> None:
    busy, idle = replace(partner("busy", "media"), capacity=4), partner("idle", "media")
    full = replace(partner("full", "media", "diplomacy"), capacity=2)
    asks = Setting(standing=Standing(asks={"busy": 3, "full": 2}))
    team = compose(["media"], [busy, idle, full], alike, [], asks)
    assert ids(team) == {"idle"}
    assert why(team) == {"full": Why.LOADED, "busy": Why.NOT_NEEDED}
    assert team.left_out[0].reason == "Asked 2 times in 30 days; it takes 2."
    assert ids(compose(["media", "diplomacy"], [busy, idle, full], alike, [])) == {"full"}


def test_of_equal_teams_the_more_reliable_is_taken() -> None:
    known = Setting(standing=Standing(reliability={"a": 0.2, "b": 0.9}))
    assert ids(compose(["media"], [partner("a", "media"), partner("b", "media")], alike, [], known)) == {"b"}


def test_who_brings_a_strength_a_second_time_is_preferred_to_who_does_not() -> None:
    houses = [partner("a", "media"), partner("b", "diplomacy", "media", "mediation"), partner("c", "mediation")]
    assert ids(compose(["media", "diplomacy", "mediation"], houses, alike, [])) == {"b"}


def test_the_vetoed_and_the_absent_are_not_proposed() -> None:
    houses = [partner("vetoed", "media"), replace(partner("away", "media"), away_until=date(2031, 5, 1)), partner("there", "media")]
    setting = Setting(as_of=datetime(2031, 4, 30, tzinfo=UTC), standing=Standing(vetoes=frozenset({"vetoed"})))
    team = compose(["media"], houses, alike, [], setting)
    assert ids(team) == {"there"}
    assert why(team) == {"vetoed": Why.VETOED, "away": Why.AWAY}
    back = replace(setting, as_of=datetime(2031, 5, 1, tzinfo=UTC))
    assert ids(compose(["media"], houses[:2], alike, [], back)) == {"away"}


def test_those_in_conflict_never_sit_together() -> None:
    houses = [replace(partner("a", "media"), conflicts=("b",)), partner("b", "diplomacy"), partner("c", "diplomacy", "x1", "x2", "x3")]
    team = compose(["media", "diplomacy"], houses, alike, [])
    assert ids(team) == {"a", "c"}
    assert why(team) == {"b": Why.CONFLICT}
    told = Setting(standing=Standing(apart=frozenset({("c", "a")})))
    alone = compose(["media", "diplomacy"], houses, alike, [], told)
    assert len(alone.members) == 1
    assert len(alone.uncovered) == 1


def test_two_must_bring_what_is_asked_twice() -> None:
    houses = [partner("a", "media"), partner("b", "media"), partner("c", "media")]
    team = compose(["media"], houses, alike, [], Setting(twice=frozenset({"media"})))
    assert len(team.members) == 2
    assert team.uncovered == ()
    assert "Two are asked to bring media" in team.members[0].reason
    assert compose(["media"], houses[:1], alike, [], Setting(twice=frozenset({"media"}))).uncovered == ("media (a second partner)",)


def test_a_member_of_today_is_neither_preferred_nor_avoided_unless_asked() -> None:
    houses = [partner("a", "media", tier="core"), partner("b", "media")]
    assert ids(compose(["media"], houses, alike, ["b"])) == {"a"}
    (member,) = compose(["media"], houses, alike, ["a"]).members
    assert member.reason == "Without House a nobody in this team brings media. House b could take its place. Already a member today."
    assert ids(compose(["media"], houses, alike, ["b"], Setting(overlap=Overlap.SEEK))) == {"b"}
    assert ids(compose(["media"], houses, alike, ["a"], Setting(overlap=Overlap.AVOID))) == {"b"}


def test_where_others_are_sought_a_member_is_asked_for_what_only_members_have() -> None:
    houses = [partner("m", "media", "diplomacy"), partner("x", "diplomacy"), partner("y", "advocacy")]
    team = compose(["media", "diplomacy", "advocacy"], houses, alike, ["m"], Setting(overlap=Overlap.AVOID))
    assert ids(team) == {"m", "y"}
    two = compose(["diplomacy", "advocacy"], [*houses, partner("m2", "diplomacy", "advocacy")], alike, ["m", "m2"], Setting(overlap=Overlap.AVOID))
    assert ids(two) == {"x", "y"}


def test_what_a_partner_showed_often_enough_counts_though_it_does_not_say_so() -> None:
    shown = [Observation(partner_id=who, strength="mediation", weight=0.6, origins=n) for who, n in (("quiet", 3), ("once", 1))]
    houses = [partner("quiet", "choir"), partner("once", "choir")]
    team = compose(["mediation"], houses, alike, [], Setting(standing=Standing(observed=tuple(shown))))
    assert ids(team) == {"quiet"}
    assert "It does not say that it has mediation, but its own reports show it." in team.members[0].reason


def test_of_two_who_say_so_the_one_that_has_shown_it_is_taken() -> None:
    shown = Observation(partner_id="shows", strength="mediation", weight=0.7, origins=5)
    houses = [partner("says", "mediation", "training", tier="core"), partner("shows", "mediation"), partner("trains", "training")]
    known = Setting(standing=Standing(observed=(shown,)))
    assert ids(compose(["mediation", "training"], houses, alike, [])) == {"says"}
    assert ids(compose(["mediation", "training"], houses, alike, [], known)) == {"shows", "says"}
    alone = compose(["mediation"], houses, alike, [], replace(known, standing=Standing(observed=(shown,), vetoes=frozenset({"shows"}))))
    assert "It only says that it has mediation; the reports of others show it." in alone.members[0].reason


def test_languages_deciders_and_time_zones_are_places_in_the_team() -> None:
    houses = [
        replace(partner("a", "media"), languages=("en",), time_zone="America/New_York"),
        replace(partner("b", "choir"), languages=("tl",), reach=("harbour authority",), time_zone="Asia/Manila"),
        replace(partner("c", "choir"), time_zone="Mars/North"),
    ]
    setting = Setting(
        spoken=frozenset({"tl"}),
        reach=("harbour authority", "emperor"),
        zones=frozenset({"America/Toronto", "Asia/Tokyo", "Europe/Paris"}),
        as_of=datetime(2031, 4, 30, tzinfo=UTC),
    )
    team = compose(["media"], houses, alike, [], setting)
    assert ids(team) == {"a", "b"}
    assert team.covered == ("media", "language tl", "access to harbour authority", "awake with America/Toronto", "awake with Asia/Tokyo")
    assert team.uncovered == ("access to emperor", "awake with Europe/Paris")


def test_alternatives_cover_as_much_with_other_people() -> None:
    houses = [partner(f"{kind}{n}", kind) for kind in ("media", "diplomacy", "advocacy", "fundraising") for n in range(3)]
    team = compose(["media", "diplomacy", "advocacy", "fundraising"], houses, alike, [])
    assert len(teams(team)) == 3
    assert all(len(a & b) <= 2 for a, b in combinations(teams(team), 2))
    assert all({s for m in a.members for s in m.covers} == set(team.covered) for a in team.alternatives)
    assert [set(a.shared) for a in team.alternatives] == [ids(team) & ids(a.members) for a in team.alternatives]
    assert team.only_team == ""


def test_that_there_is_no_other_team_is_said() -> None:
    team = compose(["media", "diplomacy"], [partner("a", "media"), partner("b", "diplomacy")], alike, [])
    assert team.alternatives == ()
    assert team.only_team == "No other team covers as much: House a, House b cannot be replaced."
    one = compose(["media", "diplomacy"], [partner("a", "media"), partner("b", "diplomacy"), partner("c", "diplomacy")], alike, [])
    assert len(one.alternatives) == 1
    assert one.only_team == "Only one clearly different team covers as much."


def test_what_is_lost_without_a_member_is_solved_again() -> None:
    houses = [partner("both", "media", "diplomacy"), partner("m", "media"), partner("d", "diplomacy"), partner("alone", "advocacy")]
    reasons = {m.partner_id: m.reason for m in compose(["media", "diplomacy", "advocacy"], houses, alike, []).members}
    assert reasons["both"] == "Without House both nobody in this team brings media, diplomacy. In its place 2 others would be needed: House d, House m."
    assert reasons["alone"] == "Nobody else could bring advocacy."


def test_the_near_misses_are_few_and_each_has_its_reason() -> None:
    houses = [partner("best", "media", "diplomacy")] + [partner(f"p{n}", "media") for n in range(20)] + [partner("other", "beekeeping")]
    team = compose(["media", "diplomacy"], houses, alike, [])
    assert len(team.left_out) == 8
    assert {o.reason for o in team.left_out} == {"Not needed, others bring it (media: House best)."}
    assert "other" not in why(team)


def test_words_are_matched_by_meaning_where_no_word_is_shared() -> None:
    def senses(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
        return np.array([[0.95 if (a, b) == ("kahunas", "traditional leaders") else 0.8 + 0.001 * (len(b) % 7) for b in right] for a in left])

    team = compose(["traditional leaders"], [partner("a", "kahunas"), partner("b", "choir")], senses, [])
    assert ids(team) == {"a"}
    assert "By meaning, kahunas is read as traditional leaders." in team.members[0].reason


def test_nobody_is_proposed_when_nothing_is_required_or_nobody_is_there() -> None:
    assert compose([], [partner("a", "media")], alike, []) == Composition(members=(), covered=(), uncovered=())
    assert compose(["media"], [], alike, []).uncovered == ("media",)


SKILLS = ["media", "diplomacy", "training", "logistics", "advocacy", "fundraising"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.sampled_from(SKILLS), min_size=1, max_size=3), min_size=1, max_size=7), st.permutations(SKILLS))
def test_no_smaller_team_covers_as_much(strengths: list[set[str]], required: list[str]) -> None:
    houses = [partner(f"p{n}", *sorted(has)) for n, has in enumerate(strengths)]
    team = compose(required, houses, alike, [])
    possible: set[str] = set().union(*strengths)
    assert set(team.covered) == possible & set(required)
    assert set(team.covered) | set(team.uncovered) == set(required)
    brought = [set(next(h for h in houses if h.id == m.partner_id).strengths) for m in team.members]
    assert set().union(*brought) >= set(team.covered)
    assert not any(set().union(*some) >= set(team.covered) for some in combinations(strengths, len(team.members) - 1))


houses_ = st.builds(
    Partner,
    id=st.sampled_from([f"p{n}" for n in range(9)]),
    name=st.just("House"),
    strengths=st.lists(st.sampled_from([*SKILLS, "tax_law", "maritime_law", "legal_expertise", "village_elders"]), min_size=1, max_size=3).map(tuple),
    countries=st.sampled_from([("QA",), ("ZZ",), ()]),
    tier=st.sampled_from(["core", "network"]),
    capacity=st.sampled_from([None, 1, 5]),
    conflicts=st.lists(st.sampled_from([f"p{n}" for n in range(9)]), max_size=1).map(tuple),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(houses_, max_size=9, unique_by=lambda p: p.id), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_nothing(houses: list[Partner], shuffler: random.Random) -> None:
    asked = [*SKILLS, "legal expertise", "specialist law on the question", "traditional leaders"]
    setting = replace(SEA, standing=Standing(asks={"p1": 1, "p2": 3}), twice=frozenset({"media"}))
    team = compose(asked, houses, alike, ["p3"], setting)
    mixed, other = list(houses), list(asked)
    shuffler.shuffle(mixed)
    shuffler.shuffle(other)
    assert compose(asked, mixed, alike, ["p3"], setting) == team
    again = compose(other, mixed, alike, ["p3"], setting)
    assert teams(again) == teams(team)
    assert set(again.uncovered) == set(team.uncovered)
    apart = {frozenset((p.id, other)) for p in houses for other in p.conflicts if other != p.id}
    assert not any({a, b} in apart for some in teams(team) for a, b in combinations(some, 2))
