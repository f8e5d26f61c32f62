from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.compose import compose
from reports.material import Material, Previous
from reports.provenance import check, sentences
from store.records import (
    TLP,
    Advice,
    Credibility,
    FigureKind,
    FigureReading,
    Obstacle,
    ObstacleReading,
    ObstacleState,
    Reliability,
    Report,
    ReportGrade,
    Sentence,
    Situation,
    SourceClass,
    SourceGrade,
    Trend,
)
from tests.reports.builder import (
    NAMESAKE,
    NOW,
    PLACES,
    card,
    counted,
    forecast,
    likelihood,
    objective,
    partners,
    reading,
    report,
    sample,
    suggestion,
    told_ranges,
    toponym,
)


def small(*reports: object, **changes: object) -> Material:
    """Make material with one situation of the given reports."""
    told = tuple(reports)
    ids = tuple(one.id for one in told)  # type: ignore[attr-defined]
    one = Situation(id="s0", title="Flood at Kestrel Bridge", report_ids=ids, place_ids=(), first_at=NOW, last_at=NOW, origins=1)
    values: dict[str, object] = {
        "as_of": NOW,
        "likelihood": likelihood,
        "situations": (one,),
        "reports": told,
        "objectives": (objective(),),
        "partners": partners(),
    }
    return Material(**(values | changes))  # type: ignore[arg-type]


A = report("r1", NOW - timedelta(days=1), "The river rose by 2 m at Kestrel Bridge. Forty families left.", 0)
B = report("r2", NOW - timedelta(days=2), "Water stands in the school of Marlow Ferry. The pumps are broken.", 1)
SECRET = report("r3", NOW - timedelta(days=3), "Agent Orlop keeps the dam keys.", 2, sensitivity=TLP.RED)


def texts(material: Material) -> list[str]:
    return [sentence.text for _, sentence in sentences(compose(material))]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_the_material_changes_nothing(seed: int, dice: object) -> None:
    material = sample(seed, 3, 8)
    shuffled = []
    for name in ("reports", "situations", "forecasts", "resolutions", "mix", "partners"):
        values = list(getattr(material, name))
        dice.shuffle(values)  # type: ignore[attr-defined]
        shuffled.append((name, tuple(values)))

    assert compose(replace(material, **dict(shuffled))) == compose(material)  # type: ignore[arg-type]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_every_sentence_cites_reports_that_are_printed(seed: int) -> None:
    brief = compose(sample(seed, 3, 8))
    printed = {one.id for one in brief.reports}

    assert all(sentence.report_ids and printed.issuperset(sentence.report_ids) for _, sentence in sentences(brief))


def test_the_bottom_line_says_what_to_decide_why_and_whom_to_ask() -> None:
    lines = [line.text for line in compose(sample(7)).bottom_line]

    assert lines[:4] == [
        "To decide today: form a new coalition.",
        "The main obstacle is no longer logistics but legal constraints and lack of political will, since about 2 May 2031.",
        "Today's members lack: water law and mediation.",
        "Ask first: Brackwater Jurists.",
    ]


def test_without_a_suggestion_nothing_calls_for_a_decision() -> None:
    assert texts(small(A, B))[0] == "Nothing calls for a decision today."


def test_a_watch_is_told_but_is_no_decision() -> None:
    watch = suggestion(
        ["r1"], [], kind=Advice.WATCH, obstacle_before=(), members=(), missing_strengths=(), required_strengths=(), uncovered_strengths=(), reason=""
    )
    brief = compose(small(A, B, suggestions=(watch,)))

    assert [line.text for line in brief.bottom_line[:2]] == [
        "Nothing calls for a decision today.",
        "The main obstacle is legal constraints and lack of political will, since about 2 May 2031.",
    ]
    assert len(brief.suggestions) == 1
    assert brief.suggestions[0].strengths == ()


def test_a_suggestion_without_an_obstacle_members_or_gaps_is_told_plainly() -> None:
    bare = suggestion(["r1"], ["r2"], kind=Advice.EXPAND, obstacle_after=(), members=(), missing_strengths=(), uncovered_strengths=())
    material = small(A, B, suggestions=(bare,))

    assert "To decide today: expand today's coalition." in texts(material)
    assert not any("obstacle" in text for text in texts(material) if "lifted" not in text)
    assert check(compose(material), material) == ()


def test_the_suggestions_that_stand_are_told_and_later_ones_are_not() -> None:
    old = suggestion(["r1"], [], id="g0", issued_at=NOW - timedelta(days=9), kind=Advice.PIVOT)
    later = suggestion(["r1"], [], id="g9", issued_at=NOW + timedelta(days=1))
    brief = compose(small(A, B, suggestions=(old, suggestion(["r1"], []), later)))

    assert {card.suggestion.id for card in brief.suggestions} == {"g0", "g1"}


def test_a_suggestion_of_an_unknown_objective_is_left_out() -> None:
    assert compose(small(A, B, suggestions=(suggestion(["r1"], [], objective_id="o9"),))).suggestions == ()


def test_red_reports_are_counted_but_never_told() -> None:
    material = small(A, B, SECRET)
    brief = compose(material)

    assert any("3 independent origins, 3 carriers" in text for text in texts(material))
    assert dict(brief.totals)["marked TLP:RED, not quoted"] == 1
    assert "Orlop" not in repr((brief.reports, [sentence for _, sentence in sentences(brief)], brief.sources))
    assert {one.id for one in brief.reports} == {"r1", "r2"}


def test_a_situation_known_from_red_reports_alone_is_not_told() -> None:
    assert compose(small(SECRET)).situations == ()
    assert compose(small(SECRET)).bottom_line == ()


@pytest.mark.parametrize("title", ["The keys of Orlop", " "])
def test_a_title_that_only_red_reports_bear_is_hidden(title: str) -> None:
    material = small(A, B, SECRET)
    material = replace(material, situations=(replace(material.situations[0], title=title),))

    assert compose(material).situations[0].situation.title == "Situation s0"
    assert check(compose(material), material) == ()


def test_places_named_in_red_reports_alone_are_not_shown() -> None:
    hidden = replace(SECRET, text="They meet in Kestrel Bridge.")
    material = small(B, hidden, readings={one.id: reading(one, PLACES) for one in (B, hidden)})

    assert [mark.place.name for mark in compose(material).situations[0].places] == ["Marlow Ferry"]


def test_a_suggestion_borne_by_red_reports_alone_is_not_told() -> None:
    assert compose(small(A, SECRET, suggestions=(suggestion(["r3"], []),))).suggestions == ()


def test_the_mark_is_the_strictest_of_what_is_told() -> None:
    assert compose(small(A, B)).mark is TLP.GREEN
    assert compose(small(A, replace(B, sensitivity=TLP.AMBER))).mark is TLP.AMBER
    assert compose(Material(as_of=NOW, likelihood=likelihood)).mark is TLP.AMBER


def test_nothing_later_than_the_moment_is_told() -> None:
    late = report("r9", NOW + timedelta(hours=1), "Tomorrow the bridge falls down for good.")
    material = small(A, B, late)

    assert compose(material).situations[0].situation.report_ids == ("r1", "r2")
    assert not any("Tomorrow" in text for text in texts(material))


def test_empty_material_makes_an_empty_brief_that_passes() -> None:
    material = Material(as_of=NOW, likelihood=likelihood)
    brief = compose(material)

    assert list(sentences(brief)) == []
    assert check(brief, material) == ()


def test_copies_count_as_one_origin() -> None:
    material = small(A, B, origin_of={"r1": "r2", "r2": "r2"})

    assert "1 independent origin, 2 carriers, between 18 May 2031 and 19 May 2031." in texts(material)
    assert "“Flood at Kestrel Bridge” rests alone on 1 independent origin, 2 carriers." in texts(material)


def test_changes_name_new_grown_turned_and_silent_situations() -> None:
    before = Previous(id="b0", as_of=NOW - timedelta(days=7), situation_ids=("s0",), trends={"s0": Trend.GROWING})
    known = texts(small(A, B, previous=before))
    silent = texts(small(replace(A, at=NOW - timedelta(days=20)), replace(B, at=NOW - timedelta(days=30)), previous=before))
    fresh = texts(small(A, B, previous=replace(before, situation_ids=())))

    assert "“Flood at Kestrel Bridge” was growing and is now steady." in known
    assert "“Flood at Kestrel Bridge”, since then: 2 independent origins, 2 carriers." in known
    assert "No new report on “Flood at Kestrel Bridge” for 20 days." in silent
    assert "The situation is steady: no new report for 20 days." in silent
    assert "New: “Flood at Kestrel Bridge”, 2 independent origins, 2 carriers." in fresh


def test_a_place_named_often_that_fell_silent_is_a_gap() -> None:
    old = [report(f"r{day}", NOW - timedelta(days=day), f"Boats left Marlow Ferry again, day {day}.") for day in (15, 16, 17)]
    material = small(*old, readings={one.id: reading(one, PLACES) for one in old})

    assert "No report from Marlow Ferry for 15 days." in texts(material)
    assert check(compose(material), material) == ()


def test_beyond_ten_situations_the_rest_are_told_in_one_line() -> None:
    material = sample(3, 14, 4)
    brief = compose(material)

    assert len(brief.situations) == 10
    assert len(brief.rest) == len(material.situations) - 10
    assert all(len(card.lines) == 1 and not card.quotes for card in brief.rest)
    assert check(brief, material) == ()


def test_the_latest_open_forecast_of_each_metric_and_horizon_is_told() -> None:
    old = forecast("f0", "s0", NOW - timedelta(days=2), 7, 50)
    closed = forecast("f1", "s0", NOW - timedelta(days=9), 7, 60)
    new = forecast("f2", "s0", NOW, 7, 4)
    brief = compose(small(A, B, forecasts=(new, old, closed)))

    assert brief.situations[0].forecasts == (new,)
    assert [line.text.replace("\u00a0", " ") for line in brief.situations[0].outlook] == [
        "In the 7 days after 20 May 2031: 1 to 10 reports (90 % interval), 3 to 6 (50 % interval).",
        "Between 20 May 2031 and 27 May 2031, at least 4 reports: likely (62 %).",
    ]


def test_likelihood_and_confidence_stand_in_sentences_of_their_own() -> None:
    judgement = [line.text.replace("\u00a0", " ") for line in compose(sample(7)).suggestions[0].judgement]

    assert judgement == [
        "That the evidence bears this out is likely (71 %).",
        "Confidence is moderate: 5 independent origins, 5 carriers, 3 kinds of source; others say the contrary.",
        "Decide by 17 June 2031.",
    ]


def test_a_suggestion_from_before_there_were_cards_is_told_without_one() -> None:
    told = compose(replace(sample(7), cards={})).suggestions[0]

    assert [line.text.replace("\u00a0", " ") for line in told.judgement][1:] == [
        "Confidence is moderate: 5 independent origins, 5 carriers, 3 kinds of source."
    ]
    assert (told.card, told.go, told.others, told.left_out, told.flips) == (None, (), (), (), ())
    assert check(compose(replace(sample(7), cards={})), replace(sample(7), cards={})) == ()


def test_the_card_puts_five_questions_and_names_other_teams_and_who_was_left_out() -> None:
    told = compose(sample(7)).suggestions[0]

    assert [line.text for line in told.go][:3] == [
        "Can we influence it? yes: What weighs most is there; no open condition names who decides.",
        "Are partners consistent enough? unknown: Too few speak of it to tell.",
        "Is there critical mass? no: Not covered: mediation.",
    ]
    assert [line.text for line in told.others] == ["Brackwater Jurists and Harbour Medics (Brackwater Jurists as proposed).", "Harbour Medics."]
    assert [line.text for line in told.left_out] == ["Harbour Medics: Not needed, others bring it."]
    assert [line.text for line in told.flips] == ["Without 3 of the reports that bear it too little is left to act on."]
    assert told.changed[0].text == "Seen: another obstacle leads."


def test_reports_that_flip_it_are_counted_and_only_those_that_may_be_cited_are_named() -> None:
    material = small(A, B, SECRET, suggestions=(suggestion(["r1"], []),), cards={"g1": card("g1", ["r3", "r1"])})
    told = compose(material).suggestions[0]

    assert told.flips[0].text.startswith("Without 2 of the reports")
    assert (told.flips[0].report_ids, told.card and told.card.flips) == (("r1",), ("r1",))
    assert check(compose(material), material) == ()
    unseen = small(A, B, SECRET, suggestions=(suggestion(["r1"], []),), cards={"g1": card("g1", ["r3"])})
    assert compose(unseen).suggestions[0].flips[0].report_ids == ("r1",)


def test_a_partner_that_is_not_known_by_that_name_any_more_is_left_off_the_card() -> None:
    material = small(A, B, suggestions=(suggestion(["r1"], []),), cards={"g1": card("g1", [])})
    renamed = replace(material, partners=tuple(replace(one, name="New Medics") if one.id == "P9" else one for one in material.partners))
    told = compose(renamed).suggestions[0]

    assert (told.others, told.left_out) == ((), ())
    assert check(compose(renamed), renamed) == ()


def test_what_was_decided_lately_is_told_without_its_reason() -> None:
    material = sample(7)

    assert [line.text for line in compose(material).decided] == [
        "17 May 2031: put off until 3 June 2031, watch closely, change nothing yet.",
        "11 May 2031: accepted, expand today's coalition.",
    ]
    later = tuple((one, replace(made, at=NOW + timedelta(days=1))) for one, made in material.decided)
    unseen = tuple((replace(one, evidence=()), made) for one, made in material.decided)
    assert compose(replace(material, decided=later)).decided == compose(replace(material, decided=unseen)).decided == ()


def test_an_obstacle_that_did_not_change_is_told_once() -> None:
    same = suggestion(["r1"], [], obstacle_before=(Obstacle.LEGAL,), obstacle_after=(Obstacle.LEGAL,))

    assert "The main obstacle is legal constraints, since about 2 May 2031." in texts(small(A, B, suggestions=(same,)))


def test_a_case_against_that_may_quote_a_red_report_is_left_unworded() -> None:
    told = suggestion(["r1"], ["r2", "r3"], against_why="Ministry of Health: Agent Orlop keeps the dam keys.")
    material = small(A, B, SECRET, suggestions=(told,))
    brief = compose(material)
    forged = replace(brief.suggestions[0], suggestion=replace(brief.suggestions[0].suggestion, against_why=told.against_why))

    assert "Orlop" not in repr(brief)
    assert [line.report_ids for line in brief.suggestions[0].against] == [("r2",)]
    assert check(brief, material) == ()
    assert check(replace(brief, suggestions=(forged,)), material)


def test_a_quotation_already_in_the_case_against_is_not_told_twice() -> None:
    told = suggestion(["r1"], ["r2"], against_why="Radio Delgany: Water stands in the school of Marlow Ferry. / The pumps are broken.")

    assert len(compose(small(A, B, suggestions=(told,))).suggestions[0].against) == 1


def test_the_summary_of_a_situation_is_quoted_as_far_as_its_reports_may_be() -> None:
    said = Sentence(text="Forty families left.", report_ids=("r1", "r3", "r2"), quote=True)
    hidden = Sentence(text="Agent Orlop keeps the dam keys.", report_ids=("r3", "r1"), quote=True)
    gone = Sentence(text="It was said elsewhere.", report_ids=("r9",), quote=True)
    material = small(A, B, SECRET)
    material = replace(material, situations=(replace(material.situations[0], summary=(said, hidden, gone)),))
    brief = compose(material)

    assert brief.situations[0].quotes == (replace(said, report_ids=("r1", "r2")),)
    assert brief.situations[0].situation.summary == ()
    assert "Orlop" not in repr(brief)
    assert check(brief, material) == ()


def test_a_suggestion_quotes_and_cites_first_what_names_its_obstacle_most_plainly() -> None:
    plain = report("r1", NOW - timedelta(days=3), "The night was calm. A court order keeps the pumps shut.")
    newer = report("r2", NOW - timedelta(days=1), "The ferry was late again on Monday. Somebody spoke of a rule.", voice=1)
    told = suggestion(["r1", "r2"], [], obstacle_after=(Obstacle.LEGAL,))
    base = small(plain, newer, suggestions=(told,))
    named = {plain: (0.9, "A court order keeps the pumps shut."), newer: (0.4, "Somebody spoke of a rule, perhaps.")}
    readings = {}
    for one, (weight, sentence) in named.items():
        said = ObstacleReading(obstacle=Obstacle.LEGAL, state=ObstacleState.PRESENT, weight=weight, sentence=sentence)
        readings[one.id] = replace(reading(one, ()), obstacles=(said,))
    made = compose(replace(base, readings=readings))
    assert made.bottom_line[0].report_ids == ("r1", "r2")
    assert [(line.text, line.report_ids) for line in made.suggestions[0].evidence] == [("A court order keeps the pumps shut.", ("r1",))]
    assert check(made, replace(base, readings=readings)) == ()


@pytest.mark.parametrize(("hours", "told"), [(5, False), (23, False), (24, True), (50, True)])
def test_a_silence_of_hours_is_not_told(hours: int, told: bool) -> None:
    one = report("r1", NOW - timedelta(hours=hours), "The river rose by 2 m at Kestrel Bridge.")
    material = small(one, previous=Previous(id="b0", as_of=NOW - timedelta(hours=1), situation_ids=("s0",), trends={"s0": Trend.EMERGING}))
    assert any(line.startswith("No new report on") for line in texts(material)) is told


def counted_in(*figures: tuple[Report, FigureReading], **changes: object) -> Material:
    """Make material with one situation whose reports state these figures."""
    told = tuple(dict.fromkeys(one for one, _ in figures))
    readings = {one.id: replace(reading(one, ()), figures=tuple(figure for other, figure in figures if other == one)) for one in told}
    base = small(*told, readings=readings, **changes)
    return replace(base, ranges={"s0": told_ranges(told, readings, base.origin_of, base.revisions)})


def figures_of(material: Material) -> list[str]:
    assert check(compose(material), material) == ()
    return [line.text for line in compose(material).situations[0].figures]


C = report("r4", NOW - timedelta(days=4), "The health office counted again.", 2)
KILLED = FigureKind.KILLED


def test_ten_carriers_of_one_wire_a_partner_who_pastes_it_and_a_later_edition_are_one_origin_everywhere() -> None:
    carriers = [
        report(f"w{number}", NOW - timedelta(hours=30 - number), f"Forty homes stand in water at Kestrel Bridge ({number}).", 1) for number in range(10)
    ]
    partner = report("w-partner", NOW - timedelta(hours=9), "Forwarded: forty homes stand in water at Kestrel Bridge.", 3)
    edited = report("w-edited", NOW - timedelta(hours=8), "Forty-two homes stand in water at Kestrel Bridge.", 1)
    told = (*carriers, partner, edited)
    readings = {one.id: reading(one, PLACES) for one in told}
    echo = {one.id: "w0" for one in told}
    material = small(*told, readings=readings, origin_of=echo, revisions={"w-edited": "w9"}, suggestions=(suggestion(["w3"], [], origins=1),))
    brief = compose(material)

    assert check(brief, material) == ()
    assert str(brief.situations[0].heard) == "1 independent origin, 11 carriers"
    assert {str(mark.heard) for mark in (*brief.situations[0].places, *brief.places)} == {"1 independent origin, 11 carriers"}
    said = [text for text in texts(material) if "origin" in text]
    assert len(said) >= 6
    assert all("1 independent origin, 11 carriers" in text for text in said)
    assert {name: brief_total for name, brief_total in brief.totals if name in {"independent origins", "carriers"}} == {
        "independent origins": 1,
        "carriers": 11,
    }
    assert {voice: number for voice, _, number in brief.sources} == {"Radio Delgany": 10, "partner-7f3a9c21": 1}


def test_a_later_edition_is_nothing_new_since_the_last_brief() -> None:
    before = Previous(id="b0", as_of=NOW - timedelta(hours=30), situation_ids=("s0",))
    material = small(A, B, origin_of={"r1": "r2", "r2": "r2"}, revisions={"r1": "r2"}, previous=before)

    assert "Said since 19 May 2031: 0 independent origins, 0 carriers, no new situations." in texts(material)
    assert not any("since then" in text for text in texts(material))


def test_a_later_edition_alone_stands_for_the_report_it_revises() -> None:
    material = small(A, B, origin_of={"r1": "r0", "r2": "r0"}, revisions={"r1": "r2", "r2": "r0"})

    assert str(compose(material).situations[0].heard) == "1 independent origin, 1 carrier"
    assert check(compose(material), material) == ()


def test_figures_of_different_classes_stand_side_by_side_and_are_never_merged() -> None:
    ministry = counted(KILLED, 4, 4, SourceClass.GOVERNMENT)
    material = counted_in((A, counted(KILLED, 15, 15)), (B, counted(KILLED, 12, 12)), (C, ministry), origin_of={"r1": "r1", "r2": "r2"})

    assert figures_of(material) == ["Killed: partners 12 to 15 (2 independent origins, 2 carriers); government 4 (1 independent origin, 1 carrier)."]
    assert compose(material).situations[0].figures[0].report_ids == ("r2", "r1", "r4")


@pytest.mark.parametrize(
    ("figure", "worded"),
    [
        (counted(KILLED, 40, None), "Killed: partners 40 or more"),
        (counted(KILLED, 0, 9), "Killed: partners up to 9"),
        (counted(KILLED, 0, 0), "Killed: partners 0 "),
        (counted(FigureKind.DISPLACED, 1200, 2500.5, SourceClass.UN, "families"), "Displaced (families): UN 1,200 to 2,500.5"),
        (counted(FigureKind.MONEY, 3e6, 3e6, SourceClass.MEDIA, "USD"), "Money (USD): media 3,000,000"),
    ],
)
def test_a_range_is_worded_as_it_was_stated(figure: FigureReading, worded: str) -> None:
    assert figures_of(counted_in((A, figure)))[0].startswith(worded)


def test_the_three_counts_that_most_origins_state_are_told_with_all_their_classes() -> None:
    kinds = (FigureKind.MISSING, FigureKind.INJURED, FigureKind.AFFECTED)
    often = [(one, counted(FigureKind.DETAINED, 3, 3, said)) for one, said in zip((A, B, C), SourceClass, strict=False)]
    material = counted_in(*often, *((A, counted(kind, 1, 1)) for kind in kinds))

    assert [text.split(":")[0] for text in figures_of(material)] == ["Detained", "Injured", "Missing"]


def test_the_figures_of_a_red_report_are_not_told() -> None:
    material = counted_in((A, counted(KILLED, 15, 15)), (SECRET, counted(KILLED, 99, 99)))
    forged = replace(material, ranges={"s0": told_ranges((A, replace(SECRET, sensitivity=TLP.GREEN)), material.readings, {}, {})})

    assert figures_of(material) == ["Killed: partners 15 (1 independent origin, 1 carrier)."]
    assert check(compose(forged), forged)


def test_an_echo_of_a_figure_is_no_second_origin_of_it() -> None:
    figures = [(one, counted(KILLED, 7, 7)) for one in (A, B, C)]

    assert figures_of(counted_in(*figures, origin_of={"r1": "r4", "r2": "r4"})) == ["Killed: partners 7 (1 independent origin, 3 carriers)."]
    assert figures_of(counted_in(*figures, origin_of={"r1": "r4", "r2": "r4"}, revisions={"r1": "r2"})) == [
        "Killed: partners 7 (1 independent origin, 2 carriers)."
    ]


def test_the_letter_of_a_source_is_the_latest_and_only_of_sources_that_may_be_named() -> None:
    def grade(source: str, days: int, letter: Reliability) -> SourceGrade:
        return SourceGrade(source=source, at=NOW - timedelta(days=days), letter=letter, confirmed=3, contradicted=1, reason="as r3 says")

    guarded = replace(SECRET, source="Guarded")
    grades = (grade("Ostmark Water Watch", 9, Reliability.C), grade("Ostmark Water Watch", 2, Reliability.B), grade("Guarded", 1, Reliability.A))
    later = grade("Ostmark Water Watch", -1, Reliability.E)
    numbers = {one.id: ReportGrade(report_id=one.id, number=Credibility.PROBABLE, reason="as r3 says") for one in (A, guarded)}
    material = small(A, B, guarded, source_grades=(*grades, later), report_grades=numbers)
    brief = compose(material)

    assert [(one.source, one.letter, one.reason) for one in brief.source_grades] == [("Ostmark Water Watch", Reliability.B, "")]
    assert [(one.report_id, one.number, one.reason) for one in brief.report_grades] == [("r1", Credibility.PROBABLE, "")]
    assert check(brief, material) == ()


def test_a_place_that_may_as_well_be_another_says_so_unless_one_report_is_sure() -> None:
    doubt = toponym(PLACES[3])
    less = replace(doubt, probability=0.2, runner_up=PLACES[0])
    unsure = {one.id: replace(reading(one, ()), toponyms=(named,)) for one, named in ((A, less), (B, doubt))}
    sure = unsure | {"r1": replace(reading(A, ()), toponyms=(replace(doubt, probability=0.5),))}
    (mark,) = compose(small(A, B, readings=unsure)).places
    (certain,) = compose(small(A, B, readings=sure)).places

    assert (mark.certain, mark.runner_up) == (False, NAMESAKE)
    assert (certain.certain, certain.runner_up) == (True, None)
    assert all(check(compose(small(A, B, readings=each)), small(A, B, readings=each)) == () for each in (unsure, sure))


def test_no_silence_is_told_of_a_place_that_nobody_surely_named() -> None:
    old = [report(f"r{day}", NOW - timedelta(days=day), f"Boats left again, day {day}.") for day in (15, 16, 17)]
    readings = {one.id: replace(reading(one, ()), toponyms=(toponym(PLACES[3]),)) for one in old}

    assert not any(text.startswith("No report from") for text in texts(small(*old, readings=readings)))
