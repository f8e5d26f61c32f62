"""What a card says beyond the suggestion: confidence, expiry, the five questions, other teams, who was left out, and what would flip it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.advise import advise
from coalition.card import card, expires
from coalition.confidence import confidence
from coalition.flips import flips
from coalition.propose import Matter, Scene, with_team
from coalition.shift import Support
from coalition.team import Standing
from store.cards import Card, Confidence, GoAnswer, GoNoGo, GoQuestion
from store.records import Advice, Condition, Obstacle, Partner, Sign, SourceKind
from tests.coalition.scenes import HOUSES, KINDS, STRIKE, alike, day, every, partner, said, told, witness
from tests.coalition.test_propose import HISTORY, WELLS, draft, matter

LEGAL = Obstacle.LEGAL
YES, NO, UNKNOWN = GoAnswer.YES, GoAnswer.NO, GoAnswer.UNKNOWN


def support(count: int, kinds: int = 3, voices: int = 99, weight: float = 0.8) -> Support:
    some = [replace(witness(n, n, said(LEGAL, weight), voice=f"voice {n % voices}"), source_kind=(*KINDS, SourceKind.UN)[n % kinds]) for n in range(count)]
    return Support(obstacle=LEGAL, testimonies=tuple(some))


def made(partners: Sequence[Partner] = HOUSES, kind: Advice = Advice.NEW_COALITION, **scene: Any) -> Card:
    about = matter(partners, **scene)
    return card(with_team(draft(kind), about), about)


def answers(found: Card) -> dict[str, str]:
    return {one.question.value: one.answer.value for one in found.questions}


def reason(found: Card, question: GoQuestion) -> str:
    return next(one.reason for one in found.questions if one.question is question)


@pytest.mark.parametrize(
    ("evidence", "contrary", "level"),
    [
        (support(8, 3), support(0), Confidence.HIGH),
        (support(7, 3), support(0), Confidence.MODERATE),
        (support(8, 2), support(0), Confidence.MODERATE),
        (support(4, 2), support(0), Confidence.MODERATE),
        (support(3, 3), support(0), Confidence.LOW),
        (support(9, 1), support(0), Confidence.LOW),
        (support(9, 3, voices=4), support(0), Confidence.MODERATE),
        (support(9, 3), support(5), Confidence.MODERATE),
        (support(9, 3, weight=0.4), support(0), Confidence.MODERATE),
        (support(9, 3, voices=4, weight=0.4), support(9), Confidence.LOW),
        (support(0), support(3), Confidence.LOW),
    ],
)
def test_confidence_asks_for_number_independence_agreement_and_plain_words(evidence: Support, contrary: Support, level: Confidence) -> None:
    assert confidence(evidence, contrary).level is level


def test_confidence_says_what_it_rests_on() -> None:
    assert confidence(support(9, 3, weight=0.4), support(9)).why == "others say the contrary; it is seldom said plainly"
    assert confidence(support(1), support(0)).why == "of one mind and plainly said"
    assert confidence(support(0), support(2)).why == "nobody speaks of it"


def test_without_the_named_reports_there_is_not_enough_to_act_on_and_with_one_more_there_is() -> None:
    for some in (support(3), support(9), support(9, 2), support(12, 3, voices=3), support(6, 4, voices=5)):
        named = flips(some)
        rest = [t for t in some.testimonies if t not in named]
        assert named
        assert not Support(obstacle=LEGAL, testimonies=tuple(rest)).enough
        assert all(Support(obstacle=LEGAL, testimonies=(*rest, one)).enough for one in named)


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(KINDS)), max_size=9))
def test_no_smaller_set_flips_it(rows: list[tuple[int, SourceKind]]) -> None:
    from itertools import combinations

    some = Support(obstacle=LEGAL, testimonies=tuple(replace(witness(n, n, said(LEGAL), voice=f"v{v}"), source_kind=k) for n, (v, k) in enumerate(rows)))
    named = flips(some)
    if not some.enough:
        assert named == ()
        return
    smaller = combinations(some.testimonies, len(named) - 1)
    assert all(Support(obstacle=LEGAL, testimonies=tuple(t for t in some.testimonies if t not in gone)).enough for gone in smaller)


def test_of_equally_few_the_strongest_are_named() -> None:
    some = support(4, 4)
    assert flips(some) == some.testimonies[:2]


def test_a_card_expires_after_four_weeks_or_when_the_next_sign_is_due_but_not_within_a_week() -> None:
    at = datetime(2031, 5, 1, 9, tzinfo=UTC)

    def due(*days: date) -> datetime:
        signs = tuple(Sign(statement="seen", by=one) for one in days)
        return expires(at, replace(STRIKE, conditions=(Condition(id="c1", statement="So", signs=(*signs, Sign(statement="undated"))),)))

    assert due() == due(date(2031, 6, 20)) == due(date(2031, 5, 3)) == at + timedelta(days=28)
    assert due(date(2031, 5, 3), date(2031, 5, 12), date(2031, 5, 20)).date() == date(2031, 5, 12)
    assert due(date(2031, 5, 12)) > datetime(2031, 5, 12, 23, tzinfo=UTC)


def test_a_team_that_has_everything_is_a_go() -> None:
    found = made()
    assert answers(found) == {"influence": "yes", "consistent": "yes", "critical_mass": "yes", "value": "yes", "spread": "no"}
    assert [one.question for one in found.questions] == list(GoQuestion)
    assert all(one.favours for one in found.questions)
    assert "legal expertise" in reason(found, GoQuestion.VALUE)


def test_without_what_weighs_most_nothing_can_be_influenced_and_there_is_no_critical_mass() -> None:
    found = made([p for p in HOUSES if p.id not in {"l1", "l2"}])
    assert (answers(found)["influence"], answers(found)["critical_mass"]) == ("no", "no")
    assert "legal expertise" in reason(found, GoQuestion.INFLUENCE)


def test_a_decider_must_listen_to_somebody() -> None:
    deaf = made([replace(p, reach=("bishops",)) if p.id == "x1" else p for p in HOUSES], open_conditions=(WELLS,))
    heard = made([replace(p, reach=("port authority",)) if p.id == "m1" else p for p in HOUSES], open_conditions=(WELLS,))
    assert (answers(deaf)["influence"], reason(deaf, GoQuestion.INFLUENCE)) == ("no", "Nobody has the ear of port authority.")
    assert answers(heard)["influence"] == "yes"
    assert "House m1" in reason(heard, GoQuestion.INFLUENCE)
    assert answers(made(open_conditions=(WELLS,)))["influence"] == "unknown"


def test_partners_that_must_not_sit_together_are_not_consistent() -> None:
    able = [replace(p, conflicts=("m2",)) if p.id == "m1" else p for p in HOUSES]
    about = matter(able)
    watch = replace(draft(Advice.WATCH), required_strengths=("media",))
    found = card(watch, about)
    assert answers(found)["consistent"] == "no"
    assert reason(found, GoQuestion.CONSISTENT) == "Must not sit together: House m1 and House m2."


@pytest.mark.parametrize(("contrary", "answer"), [(0, YES), (5, YES), (10, UNKNOWN), (40, NO)])
def test_those_who_report_must_be_of_one_mind(contrary: int, answer: GoAnswer) -> None:
    fallen = told(LEGAL, [float(day_) for day_ in list(range(63, 90)) * 2][:contrary], 700, lifted=True)
    about = replace(matter(), testimonies=(*matter().testimonies, *fallen))
    found = card(with_team(draft(), about), about)
    assert next(one.answer for one in found.questions if one.question is GoQuestion.CONSISTENT) is answer


def test_with_too_few_voices_nobody_can_tell_whether_they_agree() -> None:
    about = replace(matter(), testimonies=())
    assert answers(card(with_team(draft(), about), about))["consistent"] == "unknown"


def test_a_team_adds_no_value_where_todays_members_have_all() -> None:
    todays = replace(STRIKE, members=tuple(p.id for p in HOUSES))
    about = replace(matter(), objective=todays)
    found = card(with_team(draft(Advice.PIVOT), about), about)
    assert answers(found)["value"] == "no"
    assert "they have all that is asked for" in reason(found, GoQuestion.VALUE)
    nobody = made([p for p in HOUSES if p.id in {"m1", "m2"}])
    assert answers(nobody)["value"] == "no"


def test_a_team_of_busy_partners_spreads_too_thin_and_nobody_is_told_who_was_asked_how_often() -> None:
    found = made(standing=Standing(asks=dict.fromkeys([p.id for p in HOUSES], 17)))
    assert answers(found)["spread"] == "yes"
    assert [one.favours for one in found.questions if one.question is GoQuestion.SPREAD] == [False]
    assert not any(name in reason(found, GoQuestion.SPREAD) for name in ("17", "House"))


def test_without_partners_most_is_no_or_unknown() -> None:
    assert answers(made(())) == {"influence": "no", "consistent": "yes", "critical_mass": "no", "value": "no", "spread": "unknown"}


def test_a_watch_asks_how_todays_members_would_fare_and_a_wind_down_asks_nothing() -> None:
    watch = replace(draft(Advice.WATCH), required_strengths=("media", "legal expertise"), missing_strengths=("legal expertise",))
    found = card(watch, matter())
    assert answers(found) == {"influence": "no", "consistent": "yes", "critical_mass": "no", "value": "unknown", "spread": "no"}
    assert (found.alternatives, found.left_out, found.only_team) == ((), (), "")
    hold = card(replace(draft(Advice.HOLD), obstacle_after=()), matter())
    assert answers(hold) == {"influence": "unknown", "consistent": "unknown", "critical_mass": "unknown", "value": "unknown", "spread": "no"}
    assert card(draft(Advice.WIND_DOWN), matter()).questions == ()


def test_a_wind_down_rests_on_those_who_say_that_it_fell() -> None:
    fallen = told(Obstacle.FUNDING, every(1, 80, 89), 700, lifted=True)
    about = replace(matter(), testimonies=(*matter().testimonies, *fallen))
    found = card(replace(draft(Advice.WIND_DOWN), obstacle_after=()), about)
    assert set(found.flips) <= {t.report_id for t in fallen}
    assert found.flips
    assert found.confidence is Confidence.HIGH


def test_other_teams_cover_as_much_and_those_left_out_have_their_reasons() -> None:
    twins = [*HOUSES, partner("l1b", "labour_law", "legal_expertise"), partner("l3b", "former_judges_bench", "port_insiders")]
    about = matter(twins)
    suggestion = with_team(draft(), about)
    found = card(suggestion, about)
    assert 1 <= len(found.alternatives) <= 2
    best = {m.partner_id for m in suggestion.members}
    for other in found.alternatives:
        assert {s for m in other.members for s in m.covers} >= {s for m in suggestion.members for s in m.covers}
        assert set(other.shared) == best & {m.partner_id for m in other.members} != best
    assert {one.partner_id: one.why for one in found.left_out}["l2"] == "wrong specialism"
    assert not {one.partner_id for one in found.left_out} & best
    few = made([p for p in HOUSES if p.id != "x2"])
    assert few.alternatives == ()
    assert few.only_team.startswith("No other team covers as much")


def test_a_card_is_made_of_every_suggestion_and_again_the_same() -> None:
    for now in every(7, 7, 120):
        known = tuple(t for t in HISTORY if t.at <= day(now))
        about = Matter(objective=STRIKE, testimonies=known, partners=HOUSES, alike=alike, as_of=day(now), scene=Scene())
        for suggestion in advise(STRIKE, HISTORY, HOUSES, alike, day(now), ()):
            found = card(suggestion, about)
            assert found == card(suggestion, replace(about, partners=tuple(reversed(HOUSES)), testimonies=tuple(reversed(known))))
            assert set(found.flips) <= {t.report_id for t in known}
            assert found.suggestion_id == suggestion.id
            assert found.expires_at > suggestion.issued_at


def test_an_unknown_answer_speaks_neither_for_nor_against() -> None:
    assert GoNoGo(question=GoQuestion.VALUE, answer=UNKNOWN, reason="").favours is None
    assert GoNoGo(question=GoQuestion.VALUE, answer=NO, reason="").favours is False
