"""The theory of change in the brief: told, drawn, and weighed a second time before anything is published."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.weigh import weeks, weigh
from forecast.words import likelihood
from reports.compose import compose
from reports.draw.chain import draw_chain
from reports.draw.odds import odds
from reports.material import Material
from reports.prove.recompute import recompute
from reports.prove.shown import ground
from reports.provenance import check
from reports.render import html, json, markdown
from store.records import Bearing, Condition, Fact, Objective, Reliability, Sentence, SourceGrade, Standing
from store.told import Brief, ConditionCard, ObjectiveCard
from tests.flows.ferry import FERRY, NOW, SAID, SECRET, START, bearing, report

IDLE = Objective(id="idle", statement="Nothing is asked.", conditions=(Condition(id="c1", statement="Nothing happens"),))


def material(objective: Objective = FERRY, bearings: tuple[Bearing, ...] | None = None, **changes: object) -> Material:
    said = tuple(bearing(number) for number in range(len(SAID))) if bearings is None else bearings
    grades = (SourceGrade(source="Dock Watch", at=START, letter=Reliability.B, confirmed=4, contradicted=1, reason="four of five"),)
    letters = {grade.source: grade.letter for grade in grades}
    values: dict[str, object] = {
        "as_of": NOW,
        "likelihood": likelihood,
        "reports": tuple(report(number) for number in range(len(SAID))),
        "objectives": (objective, IDLE),
        "bearings": said,
        "source_grades": grades,
        "weighed": (*weigh(objective, said, letters, NOW), *weigh(IDLE, (), letters, NOW)),
        "condition_weeks": weeks(objective, said, letters, NOW),
    }
    return Material(**(values | changes))  # type: ignore[arg-type]


MATERIAL = material()
BRIEF = compose(MATERIAL)
CARD = BRIEF.objectives[0]


def texts(lines: tuple[Sentence, ...]) -> list[str]:
    return [line.text for line in lines]


def test_what_is_composed_is_proved() -> None:
    assert check(BRIEF, MATERIAL) == ()


def test_the_link_that_breaks_first_is_named_first_and_in_the_bottom_line() -> None:
    assert texts(CARD.lead) == ["First to fail: “The pier is mended”.", "“The ferry sails” fails, as it rests on “The pier is mended”."]
    assert "The strategy rests on “The pier is mended”, and that fails." in texts(BRIEF.bottom_line)


def test_a_failing_condition_that_nothing_explains_is_named_apart() -> None:
    alone = replace(FERRY, conditions=(*FERRY.conditions[:2], replace(FERRY.conditions[2], needs=("licence",))))
    lead = compose(material(alone)).objectives[0].lead
    assert texts(lead) == ["First to fail: “The pier is mended”.", "Failing apart from that: “The ferry sails”."]


def test_each_condition_says_how_it_stands_since_when_and_by_how_many() -> None:
    pier, licence, _ = CARD.conditions
    assert texts(pier.lines) == [
        "It is failing, since about 25 March 2031.",
        f"That it holds is {likelihood(pier.weighed.probability)} ({round(100 * pier.weighed.probability)}\u00a0%).",
        "Against it: 4 independent origins, 4 carriers, from 4 voices; for it: 1 independent origin, 1 carrier, from 1 voice.",
        "Expected and overdue: “Planks are laid”.",
    ]
    assert licence.weighed.standing is Standing.HOLDING
    assert texts(licence.supports) == ["The licence was renewed on Monday.", "Officials confirm the new licence."]
    assert texts(pier.opposes) == [
        "Nobody has laid a plank on the pier.",
        "The pier lies broken and no timber has come.",
        "Work on the pier has stopped for want of timber.",
    ]


def test_a_red_report_is_weighed_and_neither_quoted_nor_cited() -> None:
    assert CARD.conditions[0].weighed.origins_against == 4
    for rendered in (html.render(BRIEF), markdown.render(BRIEF)):
        assert SECRET not in rendered
    assert all("r3" not in line.report_ids for one in CARD.conditions for line in (*one.lines, *one.opposes))


def test_a_condition_of_which_only_red_reports_speak_is_shown_without_a_sentence() -> None:
    only = material(bearings=(bearing(3),))
    pier = compose(only).objectives[0].conditions[0]
    assert (pier.lines, pier.opposes, pier.weighed.origins_against) == ((), (), 1)
    assert check(compose(only), only) == ()


def test_of_each_voice_one_sentence_is_quoted() -> None:
    flood = [replace(bearing(0), report_id=f"f{number}", origin_id=f"f{number}", at=report(0).at + timedelta(hours=number)) for number in range(5)]
    told = [replace(report(0), id=f"f{number}", key=f"f{number}", at=report(0).at + timedelta(hours=number)) for number in range(5)]
    flooded = material(bearings=(bearing(1), *flood), reports=(report(1), *told))
    pier = compose(flooded).objectives[0].conditions[0]
    assert len(pier.opposes) == 2
    assert "6 independent origins, 6 carriers, from 2 voices" in pier.lines[2].text
    assert check(compose(flooded), flooded) == ()


def test_an_objective_that_has_not_been_weighed_is_told_as_before() -> None:
    plain = material(bearings=(), weighed=(), condition_weeks=())
    brief = compose(plain)
    assert all(card.conditions == () == card.lead for card in brief.objectives)
    assert check(brief, plain) == ()
    assert "It rests on" in html.render(brief)
    assert "Theory of change" not in markdown.render(brief)
    assert draw_chain(brief.objectives[0]) is None


def forged(change: Callable[[ConditionCard], ConditionCard]) -> Brief:
    card = replace(CARD, conditions=(change(CARD.conditions[0]), *CARD.conditions[1:]))
    return replace(BRIEF, objectives=(card, *BRIEF.objectives[1:]))


def weighed(**changes: object) -> Callable[[ConditionCard], ConditionCard]:
    return lambda card: replace(card, weighed=replace(card.weighed, **changes))  # type: ignore[arg-type]


FORGERIES: dict[str, Callable[[ConditionCard], ConditionCard]] = {
    "standing": weighed(standing=Standing.HOLDING),
    "log-odds": weighed(log_odds=-0.2),
    "interval": weighed(high=-0.5),
    "probability": weighed(probability=0.9),
    "origins": weighed(origins_against=9),
    "since": weighed(since=START),
    "overdue": weighed(overdue=()),
    "rank": weighed(rank=2),
    "cause": weighed(because=("licence",)),
    "order of reports": lambda card: replace(card, weighed=replace(card.weighed, opposes=card.weighed.opposes[::-1])),
    "weeks": lambda card: replace(card, weeks=(replace(card.weeks[0], log_odds=2.0), *card.weeks[1:])),
    "a week left out": lambda card: replace(card, weeks=card.weeks[1:-1]),
    "a quotation on the wrong side": lambda card: replace(card, supports=card.opposes[:1]),
    "a quotation that was not weighed": lambda card: replace(card, opposes=(Sentence(text=SAID[4][2], report_ids=("r4",), quote=True),)),
    "a sentence about another": lambda card: replace(card, lines=CARD.conditions[1].lines),
    "a number": lambda card: replace(card, lines=(replace(card.lines[2], text=card.lines[2].text.replace("4 independent", "7 independent")),)),
    "another condition": lambda card: replace(card, condition=replace(card.condition, statement="The pier is painted")),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forged_condition_keeps_the_brief_from_being_published(what: str) -> None:
    assert check(forged(FORGERIES[what]), MATERIAL) != ()


@pytest.mark.parametrize("lead", [(), CARD.lead[:1], CARD.lead[::-1], (*CARD.lead, CARD.lead[0])])
def test_leaving_out_or_turning_round_what_fails_first_does_too(lead: tuple[Sentence, ...]) -> None:
    changed = replace(CARD, lead=lead)
    assert any("fail first" in fault for fault in check(replace(BRIEF, objectives=(changed, *BRIEF.objectives[1:])), MATERIAL))


def test_a_bearing_that_is_not_as_the_report_was_received_bears_nothing() -> None:
    for change in ({"voice": "Somebody"}, {"at": NOW}, {"origin_id": "r9"}, {"sentence": "Never said."}, {"report_id": "r77"}):
        false = material(bearings=tuple(replace(bearing(number), **(change if number == 0 else {})) for number in range(len(SAID))))
        assert any("not borne" in fault for fault in check(compose(false), false))


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_both_ways_of_weighing_agree_whatever_is_said(seed: int) -> None:
    dice = random.Random(seed)
    told = [
        replace(report(0), id=f"q{n}", key=f"q{n}", at=START + timedelta(hours=dice.randint(0, 900)), source=f"voice {dice.randint(0, 4)}") for n in range(20)
    ]
    roots = {one.id: min(one.id, dice.choice(told).id) for one in told if dice.random() < 0.3}
    roots = {key: root for key, root in roots.items() if root not in roots}
    kinds = [replace(one, source_kind=dice.choice([report(n).source_kind for n in range(4)])) for one in told]
    said = tuple(
        replace(
            bearing(0),
            condition_id=dice.choice(["pier", "licence", "sails"]),
            report_id=one.id,
            origin_id=roots.get(one.id, one.id),
            at=one.at,
            voice=one.voice,
            source_kind=one.source_kind,
            lean=round(dice.uniform(-1, 1), 4),
            sign=dice.choice(["", "Planks are laid"]),
        )
        for one in kinds
    )
    drawn = material(bearings=said, reports=tuple(kinds), origin_of=roots)
    assert check(compose(drawn), drawn) == ()


def test_a_fact_about_no_condition_cannot_be_computed() -> None:
    for about in ("ferry/nothing", "nothing/pier", "ferry"):
        assert recompute(ground(MATERIAL), Fact(kind="condition.standing", about=about, text="?")) is None
    assert recompute(ground(MATERIAL), Fact(kind="condition.overdue7", about="ferry/pier", text="?")) is None
    assert recompute(ground(MATERIAL), Fact(kind="condition.since", about="idle/c1", text="?")) is None


def test_the_chain_is_drawn_from_the_top_down_and_says_the_same_in_a_table() -> None:
    drawn = draw_chain(CARD)
    assert drawn is not None
    assert [(row[0], row[1], row[2]) for row in drawn.rows] == [
        ("1. The pier is mended", "failing", "–"),
        ("2. The licence is renewed", "holding", "–"),
        ("3. The ferry sails", "failing", "1 and 2"),
    ]
    assert drawn.svg.count('class="rests"') == 3
    assert "✕ failing" in drawn.svg
    assert "✓ holding" in drawn.svg


def test_alternatives_are_dashed_and_many_conditions_wrap() -> None:
    starts = tuple(Condition(id=f"s{number}", statement=f"Start {number} " + "word " * 30) for number in range(5))
    wide = replace(FERRY, conditions=(*starts, Condition(id="end", statement="End", needs=tuple(one.id for one in starts), needs_any=True)))
    drawn = draw_chain(compose(material(wide, bearings=())).objectives[0])
    assert drawn is not None
    assert drawn.svg.count('class="rests any"') == 5
    assert drawn.rows[-1][2] == "1 or 2 or 3 or 4 or 5"
    assert "…" in drawn.svg


def test_the_course_of_each_condition_is_drawn_with_its_interval_and_told_in_numbers() -> None:
    drawn = odds(CARD)
    assert drawn is not None
    assert drawn.svg.count('class="spread"') == 3
    last = CARD.conditions[0].weeks[-1]
    assert drawn.rows[-1][1] == f"{last.log_odds:+.1f} ({last.low:+.1f} to {last.high:+.1f})"
    assert odds(ObjectiveCard(objective=IDLE, conditions=BRIEF.objectives[1].conditions)) is None
    some = odds(replace(CARD, conditions=(CARD.conditions[0], replace(CARD.conditions[1], weeks=()))))
    assert some is not None
    assert some.rows[0][2] == "–"


def test_every_rendering_tells_it_and_the_json_comes_back_whole() -> None:
    page, text = html.render(BRIEF), markdown.render(BRIEF)
    assert "First to fail" in page
    assert "decided by: <bdi>Harbour Board</bdi>" in page
    assert "## Theory of change: The ferry to Delgany runs again." in text
    assert "needs 1 and 2" in text
    assert "- Against it: “No ferry has sailed since March.”" in text
    assert "No condition is called failing." in text
    assert json.parse(json.render(BRIEF)) == BRIEF
