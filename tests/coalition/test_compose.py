"""Teams: fewest partners, right specialism, right country, and what nobody brings."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from coalition.compose import Composition, Setting, compose, coverage
from tests.coalition.scenes import alike, partner

SEA = Setting(texts=("The sea is full of oil; maritime law is unclear to the harbour.",), countries=frozenset({"QA"}))


def ids(team: Composition) -> set[str]:
    return {m.partner_id for m in team.members}


def test_the_fewest_partners_cover_everything_that_anybody_has() -> None:
    houses = [partner("a", "media"), partner("b", "diplomacy"), partner("c", "media", "diplomacy"), partner("d", "advocacy")]
    team = compose(["media", "diplomacy", "beekeeping"], houses, alike, [])
    assert ids(team) == {"c"}
    assert team.covered == ("media", "diplomacy")
    assert team.uncovered == ("beekeeping",)


def test_another_branch_is_no_cover_for_general_legal_expertise() -> None:
    houses = [partner("sea", "maritime_law", "legal_expertise"), partner("tax", "tax_law", "legal_expertise")]
    assert coverage(["legal expertise"], houses, alike, SEA)["legal expertise"] == {"sea"}


def test_the_branch_asked_for_is_the_one_the_matter_is_about() -> None:
    houses = [partner("sea", "maritime_law"), partner("tax", "tax_law"), partner("any", "legal_expertise")]
    found = coverage(["specialist law on the question", "legal expertise"], houses, alike, SEA)
    assert found["specialist law on the question"] == {"sea"}
    assert found["legal expertise"] == {"sea", "any"}


def test_without_a_word_on_the_matter_every_branch_will_do() -> None:
    houses = [partner("sea", "maritime_law"), partner("tax", "tax_law")]
    assert coverage(["specialist law on the question"], houses, alike)["specialist law on the question"] == {"sea", "tax"}


def test_a_single_branch_that_the_matter_is_not_about_is_refused() -> None:
    houses = [partner("tax", "tax_law", "legal_expertise"), partner("sea", "sea_rescue"), partner("oil", "oil_cleaning")]
    setting = Setting(texts=("Oil in the sea: who may go to the rescue, and who does the cleaning?",))
    assert not coverage(["legal expertise"], houses, alike, setting)["legal expertise"]


def test_of_equal_teams_the_one_in_the_country_is_taken() -> None:
    houses = [partner("far", "media", countries=("ZZ",)), partner("near", "media")]
    assert ids(compose(["media"], houses, alike, [], SEA)) == {"near"}


def test_of_equal_teams_the_core_is_taken() -> None:
    houses = [partner("outer", "media"), partner("core", "media", tier="core")]
    assert ids(compose(["media"], houses, alike, [])) == {"core"}


def test_a_member_of_today_is_neither_preferred_nor_avoided() -> None:
    houses = [partner("a", "media", tier="core"), partner("b", "media")]
    assert ids(compose(["media"], houses, alike, ["b"])) == {"a"}
    (member,) = compose(["media"], houses, alike, ["a"]).members
    assert member.reason == "Without House a nobody in this team brings media. Already a member today."


def test_words_are_matched_by_meaning_where_no_word_is_shared() -> None:
    def senses(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
        return np.array([[0.92 if (a, b) == ("testing and laboratory", "assay bench") else 0.8 for b in right] for a in left])

    houses = [partner("a", "assay_bench"), partner("b", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8")]
    assert coverage(["testing and laboratory"], houses, senses)["testing and laboratory"] == {"a"}


def test_nobody_is_proposed_when_nothing_is_required_or_nobody_is_there() -> None:
    assert compose([], [partner("a", "media")], alike, []).members == ()
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
    assert compose(required, [replace(h) for h in houses], alike, []) == team
