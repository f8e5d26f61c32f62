import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.compose import compose
from reports.material import Material
from reports.prove.lexicon import PLAIN
from reports.prove.ranges import true_ranges
from reports.prove.recompute import recompute
from reports.prove.shown import ground
from reports.provenance import check, sentences
from store.cards import Confidence, Finding, GoAnswer
from store.records import TLP, Advice, Corroboration, Credibility, Fact, FigureKind, Obstacle, Reliability, Sentence, SourceClass, Trend
from store.told import Brief, PlaceCount, Record, SituationCard, SuggestionCard
from tests.reports.builder import NOW, PLACES, VOICES, report, sample

MATERIAL = sample(7)
BRIEF = compose(MATERIAL)
IDS = BRIEF.bottom_line[0].report_ids
Change = Callable[[Brief], Brief]


def rewrite(brief: Brief, change: Callable[[Sentence], Sentence]) -> Brief:
    """Pass every sentence of a brief through `change`."""

    def lines(old: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        return tuple(change(line) for line in old)

    def card(old: SituationCard) -> SituationCard:
        return replace(old, lines=lines(old.lines), quotes=lines(old.quotes), figures=lines(old.figures), outlook=lines(old.outlook))

    def advice(old: SuggestionCard) -> SuggestionCard:
        named = ("judgement", "changed", "evidence", "strengths", "members", "against", "would_change", "go", "others", "left_out", "flips")
        parts: dict[str, Any] = {part: lines(getattr(old, part)) for part in named}
        return replace(old, **parts)

    return replace(
        brief,
        bottom_line=lines(brief.bottom_line),
        changes=lines(brief.changes),
        gaps=lines(brief.gaps),
        decided=lines(brief.decided),
        scoreboard=replace(brief.scoreboard, lines=lines(brief.scoreboard.lines)),
        situations=tuple(card(old) for old in brief.situations),
        rest=tuple(card(old) for old in brief.rest),
        suggestions=tuple(advice(old) for old in brief.suggestions),
    )


def forge(pattern: str, new: str, with_facts: bool) -> Brief:
    """Change the first sentence that matches, and the texts of its facts too where asked."""
    done = False

    def change(sentence: Sentence) -> Sentence:
        nonlocal done
        if done or not re.search(pattern, sentence.text):
            return sentence
        done = True
        facts = tuple(replace(fact, text=re.sub(pattern, new, fact.text, count=1)) for fact in sentence.facts) if with_facts else sentence.facts
        return replace(sentence, text=re.sub(pattern, new, sentence.text, count=1), facts=facts)

    forged = rewrite(BRIEF, change)
    assert done, pattern
    assert forged != BRIEF
    return forged


REWORDED = {
    "how few reports it hangs on": (r"Without 3 of", "Without 9 of"),
    "answer": (r"influence it\? yes", "influence it? no"),
    "reason of an answer": (r"Not covered: mediation", "Not covered: press"),
    "other team": (r"Brackwater Jurists and Harbour Medics", "Harbour Medics"),
    "left out": (r"Not needed, others bring it", "Asked nine times"),
    "what was decided": (r"accepted, ", "rejected, "),
    "when to decide": (r"Decide by 17 June", "Decide by 18 June"),
    "why it is so sure": (r"others say the contrary", "nobody says the contrary"),
    "number of origins": (r"\d+ independent origins", "17 independent origins"),
    "number of carriers": (r"\d+ carriers", "44 carriers"),
    "carriers told as origins": (r"(\d+) independent origins, (?!\1 )(\d+) carriers", r"\2 independent origins, \1 carriers"),
    "origins told without their carriers": (r" independent origins, \d+ carriers", " independent origins"),
    "reports told as witnesses": (r"\d+ carriers", "8 witnesses"),
    "lowest figure": (r"(?<=media )\d+ to", "12 to"),
    "highest figure": (r"(?<=to )\d+ \(\d+ independent", "9999 (9 independent"),
    "figure without its upper end": (r"(?<=media )(\d+) to \d+", r"\1 or more"),
    "figure as a word": (r"(?<=media )\d+ to \d+", "hundreds"),
    "what a figure counts": (r"Injured|In need|Displaced|Killed", "Missing"),
    "unit of a figure": (r"\(families\)", "(houses)"),
    "who states a figure": (r"media (?=\d)", "government "),
    "origins of a figure": (r"\d independent origins?, \d carriers?\);", "6 independent origins, 6 carriers);"),
    "classes merged": (r"media \d+ to \d+ \([^)]*\); others \d+ to (\d+)", r"media 12 to \1"),
    "number as a word": (r"\d+ new situations", "seven new situations"),
    "Arabic digits": (r"\d+ independent origins", "٩ independent origins"),
    "percentage": (r"\d+\u00a0%\)", "93\u00a0%)"),
    "likelihood word": (r"is likely", "is almost certain"),
    "likelihood against its number": (r"unlikely", "likely"),
    "confidence": (r"moderate", "high"),
    "kinds of source": (r"3 kinds", "5 kinds"),
    "date of the change": (r"2 May 2031", "9 May 2031"),
    "month": (r"2 May 2031", "2 April 2031"),
    "year": (r"2 May 2031", "2 May 2030"),
    "date of the last brief": (r"13 May 2031", "12 May 2031"),
    "first date": (r"between \d+ \w+ 2031", "between 1 March 2031"),
    "obstacle before": (r"logistics", "lack of funding"),
    "obstacle after": (r"legal constraints and lack of political will", "legal constraints and lack of funding"),
    "advice": (r"form a new coalition", "wind the coalition down"),
    "strength missing": (r"water law and mediation", "water law and medicine"),
    "strength added": (r"water law, mediation and press", "water law, mediation, press and divers"),
    "member name": (r"Brackwater Jurists", "Brackwater Lawyers"),
    "other partner's name": (r"Brackwater Jurists", "Harbour Medics"),
    "member reason": (r"nobody else brings", "everybody brings"),
    "case against": (r"River Authority", "Harbour Authority"),
    "what would change our mind": (r"signed order", "signed order of 3 June"),
    "reason": (r"Independent voices", "Nine independent voices"),
    "title of a situation": (r"“[^”]+”", "“Flood at Marlow Ferry”"),
    "interval": (r"\d+ to \d+ reports", "0 to 99 reports"),
    "inner interval": (r"\d+ to \d+ \(50", "0 to 1 (50"),
    "threshold": (r"at least \d+ reports", "at least 77 reports"),
    "deadline": (r"3 June 2031", "4 June 2031"),
    "horizon": (r"14 days", "15 days"),
    "silence": (r"for \d+ days", "for 3 days"),
    "outcome": (r"it came true\.", "it did not come true."),
    "observed": (r"seen: \d+ reports?", "seen: 88 reports"),
    "track record": (r"\d of \d times", "8 of 8 times"),
    "trend before": (r"was steady", "was growing"),
    "trend now": (r"is now \w+", "is now resolved"),
    "figure in a quotation": (r"(?<=treated )\d+", "5000"),
    "name in a quotation": (r"Amina Weld", "Amina Wold"),
    "place in a quotation": (r"from Marlow Ferry|outside Marlow Ferry|through Marlow Ferry", "from Port Sable"),
    "date in a quotation": (r"families left on \d+ May", "families left on 30 May"),
    "denial cut out of a quotation": (r"did not open, although", "did open, although"),
    "quotation cut at its front": (r"^A pump crew from", "crew from"),
    "quotation cut at its end": (r", the duty nurse said\.$", "."),
    "number cut at its front": (r"(?<=treated )\d", ""),
    "homoglyph in a name": (r"Brackwater", "Brаckwater"),
    "added adjective": (r"The main obstacle", "The main deadly obstacle"),
    "added name": (r"The main obstacle", "The main Delgany obstacle"),
}


@pytest.mark.parametrize("with_facts", [False, True], ids=["text", "text and facts"])
@pytest.mark.parametrize("name", REWORDED)
def test_a_reworded_sentence_is_refused(name: str, with_facts: bool) -> None:
    assert check(forge(*REWORDED[name], with_facts), MATERIAL)


def added(text: str, *facts: Fact, quote: bool = False, ids: tuple[str, ...] = IDS) -> Change:
    return lambda brief: replace(brief, gaps=(*brief.gaps, Sentence(text=text, report_ids=ids, facts=facts, quote=quote)))


def first_card(**changes: object) -> Change:
    return lambda brief: replace(brief, situations=(replace(brief.situations[0], **changes), *brief.situations[1:]))  # type: ignore[arg-type]


def first_situation(**changes: object) -> Change:
    return first_card(situation=replace(BRIEF.situations[0].situation, **changes))  # type: ignore[arg-type]


def first_forecast(**changes: object) -> Change:
    card = BRIEF.situations[0]
    return first_card(forecasts=(replace(card.forecasts[0], **changes), *card.forecasts[1:]))  # type: ignore[arg-type]


def suggested(**changes: object) -> Change:
    card = BRIEF.suggestions[0]
    return lambda brief: replace(brief, suggestions=(replace(card, suggestion=replace(card.suggestion, **changes)),))  # type: ignore[arg-type]


def carded(**changes: object) -> Change:
    """Change what stands on the card beside the suggestion."""
    told = BRIEF.suggestions[0]
    assert told.card is not None
    card = replace(told.card, **changes)  # type: ignore[arg-type]
    return lambda brief: replace(brief, suggestions=(replace(told, card=card),))


def first_report(**changes: object) -> Change:
    return lambda brief: replace(brief, reports=(replace(brief.reports[0], **changes), *brief.reports[1:]))  # type: ignore[arg-type]


def brief_with(**changes: object) -> Change:
    return lambda brief: replace(brief, **changes)  # type: ignore[arg-type]


CARD = BRIEF.situations[0]
RANGED = next(card for card in BRIEF.situations if len(card.figures) > 2 and card.ranges[0].unit == card.ranges[1].unit)
RICH = next(card for card in BRIEF.situations if any(one.kind is FigureKind.KILLED for one in card.ranges))
MEMBER = BRIEF.suggestions[0].suggestion.members[0]
OBJECTIVE = BRIEF.objectives[0]
CARDED = MATERIAL.cards["g1"]
ANSWER = CARDED.questions[0]
ELSEWHERE = replace(PLACES[0], id="gn:9", name="Port Sable")


def told_as(old: SituationCard, **changes: object) -> Change:
    made = replace(old, **changes)  # type: ignore[arg-type]
    return lambda brief: replace(brief, situations=tuple(made if card == old else card for card in brief.situations))


def ranged(**changes: object) -> Change:
    return told_as(RANGED, **changes)


def first_range(**changes: object) -> Change:
    return ranged(ranges=(replace(RANGED.ranges[0], **changes), *RANGED.ranges[1:]))  # type: ignore[arg-type]


def joined(one: Sentence, other: Sentence) -> Sentence:
    """Put the figures of another count behind the name of this one."""
    facts = (one.facts[0], *other.facts[1:])
    text = f"{facts[0].text}: {'; '.join(fact.text for fact in facts[1:])}."
    return Sentence(text=text, report_ids=other.report_ids, facts=facts)


def graded(**changes: object) -> Change:
    return brief_with(source_grades=(replace(BRIEF.source_grades[0], **changes), *BRIEF.source_grades[1:]))  # type: ignore[arg-type]


def numbered(**changes: object) -> Change:
    return brief_with(report_grades=(replace(BRIEF.report_grades[0], **changes), *BRIEF.report_grades[1:]))  # type: ignore[arg-type]


PLANTED: dict[str, Change] = {
    "sentence without a report": added("Nothing calls for a decision today.", ids=()),
    "unknown report": added("Nothing calls for a decision today.", ids=("r-none",)),
    "invented quotation": added("The dam burst at noon.", quote=True),
    "quotation from another report": added(CARD.quotes[0].text, quote=True, ids=(CARD.quotes[-1].report_ids[0],)),
    "empty quotation": added(" ", quote=True),
    "empty sentence": added(" "),
    "quotation with facts": lambda brief: replace(brief, gaps=(replace(CARD.quotes[0], facts=(Fact(kind="brief.reports", about="", text="3 reports"),)),)),
    "lower-case invention": added("The cholera is in the dam."),
    "name in plain words": added("The situation is in Main."),
    "foreign script": added("The situation is in دلغاني."),
    "emoji": added("The situation is new ☠."),
    "unknown kind of fact": added("The situation is new: 9 dead.", Fact(kind="dead.count", about="s0", text="9 dead")),
    "unknown name within a kind": added("9 dead.", Fact(kind="situation.dead", about="s0", text="9 dead")),
    "fact of an unknown situation": added("New: 3 reports.", Fact(kind="situation.reports", about="s99", text="3 reports")),
    "fact of nobody": added("New: 3 reports.", Fact(kind="brief.reports", about="s0", text="3 reports")),
    "fact not in the sentence": added("The situation is new.", Fact(kind="suggestion.kind", about="g1", text="form a new coalition")),
    "facts in the wrong order": lambda brief: replace(brief, gaps=(replace(CARD.lines[0], facts=CARD.lines[0].facts[::-1]),)),
    "empty fact": added("The situation is new.", Fact(kind="suggestion.reason", about="g1", text="")),
    "silent place": added("No report from Port Sable for 9 days.", Fact(kind="place.name", about="gn:9", text="Port Sable")),
    "invented record": added("“likely” no reports", Fact(kind="score.word", about="certain", text="likely")),
    "likelihood and confidence together": added(
        "Confidence is moderate, that is likely (71\u00a0%).",
        Fact(kind="suggestion.confidence", about="g1", text="moderate"),
        Fact(kind="suggestion.chance", about="g1", text="likely (71\u00a0%)"),
    ),
    "lowest figure": first_range(low=0.5),
    "highest figure": first_range(high=5000.0),
    "upper end left out": first_range(high=None),
    "what is counted": first_range(kind=FigureKind.MISSING),
    "unit": first_range(unit="houses"),
    "who states it": first_range(said_by=SourceClass.UN),
    "origins of a figure": first_range(heard=Corroboration(origins=9, carriers=9)),
    "carriers of a figure": first_range(heard=replace(RANGED.ranges[0].heard, carriers=9)),
    "report that bears no figure": first_range(report_ids=(*RANGED.ranges[0].report_ids, "r0-00")),
    "report of a figure left out": first_range(report_ids=()),
    "class of sources left out": ranged(ranges=RANGED.ranges[1:]),
    "range told twice": ranged(ranges=(*RANGED.ranges, RANGED.ranges[0])),
    "counts of another situation": ranged(ranges=next(card.ranges for card in BRIEF.situations if card.ranges and card != RANGED)),
    "sentence about another situation": ranged(figures=next(card.figures for card in BRIEF.situations if card.figures and card != RANGED)),
    "count that fewer origins state": told_as(RICH, ranges=tuple(one for one in RICH.ranges if one.kind is FigureKind.KILLED)),
    "too many counts": ranged(ranges=tuple(true_ranges(ground(MATERIAL), RANGED.situation.id).values())),
    "figures of two counts as one": ranged(figures=(joined(RANGED.figures[0], RANGED.figures[1]),)),
    "figure without who states its ends": ranged(figures=(replace(RANGED.figures[0], report_ids=RANGED.lines[0].report_ids[-1:]),)),
    "range of an unknown class": added("others 4", Fact(kind="figure.range", about=f"{RANGED.situation.id}/crowd/killed/people", text="others 4")),
    "origins of a situation": first_card(heard=Corroboration(origins=40, carriers=41)),
    "carriers of a situation": first_card(heard=replace(CARD.heard, carriers=CARD.heard.carriers + 1)),
    "carriers of one line": lambda brief: replace(brief, situations=(replace(CARD, heard=Corroboration(origins=1, carriers=1)), *brief.situations[1:])),
    "quotation of another situation": first_card(quotes=BRIEF.situations[1].quotes),
    "better letter": graded(letter=Reliability.A if BRIEF.source_grades[0].letter is not Reliability.A else Reliability.B),
    "letter without its history": graded(confirmed=99),
    "contradictions hidden": graded(contradicted=BRIEF.source_grades[0].contradicted + 1),
    "letter of another day": graded(at=NOW - timedelta(days=40)),
    "letter of nobody": graded(source="Port Sable Times"),
    "letter with a reason that may name anyone": graded(reason="r-red says so too"),
    "letter left out": brief_with(source_grades=BRIEF.source_grades[1:]),
    "letter twice": brief_with(source_grades=(*BRIEF.source_grades, BRIEF.source_grades[0])),
    "better number": numbered(number=Credibility.CONFIRMED if BRIEF.report_grades[0].number is not Credibility.CONFIRMED else Credibility.PROBABLE),
    "number of another report": numbered(report_id="r-none"),
    "number with a reason that may name anyone": numbered(reason="r-red says so too"),
    "number left out": brief_with(report_grades=BRIEF.report_grades[1:]),
    "doubtful place told as certain": brief_with(places=tuple(replace(mark, certain=True, runner_up=None) for mark in BRIEF.places)),
    "doubtful place told as certain in its situation": first_card(places=tuple(replace(mark, certain=True, runner_up=None) for mark in CARD.places)),
    "other runner-up": brief_with(places=tuple(replace(mark, runner_up=ELSEWHERE) for mark in BRIEF.places)),
    "place on the map left out": brief_with(places=BRIEF.places[1:]),
    "origins of a place on the map": brief_with(places=(replace(BRIEF.places[0], heard=Corroboration(origins=30, carriers=30)), *BRIEF.places[1:])),
    "situation title": first_situation(title="Flood at Port Sable"),
    "situation origins": first_situation(origins=40),
    "situation report": first_situation(report_ids=(*CARD.situation.report_ids, "r-none")),
    "situation date": first_situation(first_at=CARD.situation.first_at - timedelta(days=9)),
    "situation trend": first_situation(trend=next(trend for trend in Trend if trend is not CARD.situation.trend)),
    "situation reason": first_situation(reason="forty voices"),
    "unknown situation": first_situation(id="s99"),
    "new mark": first_card(is_new=not CARD.is_new),
    "place name": first_card(places=(PlaceCount(place=ELSEWHERE, heard=Corroboration(origins=1, carriers=1)), *CARD.places)),
    "place moved": first_card(places=(replace(CARD.places[0], place=replace(CARD.places[0].place, lat=9.0)), *CARD.places[1:])),
    "place count": first_card(places=(replace(CARD.places[0], heard=Corroboration(origins=1, carriers=99)), *CARD.places[1:])),
    "daily reports": first_card(daily=(*CARD.daily[:-1], (CARD.daily[-1][0], 41, 0))),
    "daily origins": first_card(daily=(*CARD.daily[:-1], (*CARD.daily[-1][:2], 41))),
    "daily date": first_card(daily=((datetime(2030, 1, 1, tzinfo=UTC), 0, 0), *CARD.daily[1:])),
    "forecast interval": first_forecast(high90=500),
    "forecast probability": first_forecast(probability=0.999),
    "forecast deadline": first_forecast(deadline=NOW + timedelta(days=99)),
    "forecast of another situation": first_card(forecasts=BRIEF.situations[1].forecasts),
    "situation told twice": lambda brief: replace(brief, rest=(replace(CARD, lines=()),)),
    "suggestion probability": suggested(probability=0.99),
    "suggestion kind": suggested(kind=Advice.WIND_DOWN),
    "suggestion date": suggested(since=NOW),
    "suggestion origins": suggested(origins=50),
    "suggestion obstacle": suggested(obstacle_after=(Obstacle.FUNDING,)),
    "suggestion evidence": suggested(evidence=("r-none",)),
    "member": suggested(members=(replace(MEMBER, name="Port Sable Divers"),)),
    "member added": suggested(members=(MEMBER, replace(MEMBER, partner_id="P99", name="Port Sable Divers"))),
    "member strength": suggested(members=(replace(MEMBER, covers=("diving",)),)),
    "confidence on the card": carded(confidence=Confidence.HIGH),
    "expiry on the card": carded(expires_at=NOW),
    "finding on the card": carded(finding=Finding.FALLEN),
    "answer on the card": carded(questions=(replace(ANSWER, answer=GoAnswer.NO), *CARDED.questions[1:])),
    "question left out on the card": carded(questions=CARDED.questions[1:]),
    "other team on the card": carded(alternatives=CARDED.alternatives[:1]),
    "left out on the card": carded(left_out=()),
    "what flips it": carded(flips=()),
    "no card": lambda brief: replace(brief, suggestions=(replace(brief.suggestions[0], card=None),)),
    "a question put in fewer lines": lambda brief: replace(brief, suggestions=(replace(brief.suggestions[0], go=brief.suggestions[0].go[1:]),)),
    "suggestion told twice": lambda brief: replace(brief, suggestions=brief.suggestions * 2),
    "objective of the suggestion": lambda brief: replace(
        brief, suggestions=(replace(brief.suggestions[0], objective=replace(OBJECTIVE.objective, statement="War")),)
    ),
    "objective": brief_with(objectives=(replace(OBJECTIVE, objective=replace(OBJECTIVE.objective, statement="War")),)),
    "mix weight": brief_with(objectives=(replace(OBJECTIVE, mix=(replace(OBJECTIVE.mix[0], origins=99), *OBJECTIVE.mix[1:])),)),
    "forecasts due": brief_with(scoreboard=replace(BRIEF.scoreboard, due=99)),
    "forecasts true": brief_with(scoreboard=replace(BRIEF.scoreboard, came_true=0)),
    "Brier score": brief_with(scoreboard=replace(BRIEF.scoreboard, brier=0.01)),
    "statements settled": brief_with(record=replace(BRIEF.record, settled=99)),
    "statements true": brief_with(record=replace(BRIEF.record, came_true=0)),
    "statements open": brief_with(record=replace(BRIEF.record, open=0)),
    "statements void": brief_with(record=replace(BRIEF.record, void=9)),
    "score of statements": brief_with(record=replace(BRIEF.record, brier=0.01)),
    "score to beat": brief_with(record=replace(BRIEF.record, usual=0.9)),
    "no score of statements": brief_with(record=Record(settled=BRIEF.record.settled, came_true=BRIEF.record.came_true, open=7, void=1)),
    "what came true of what was said": brief_with(record=replace(BRIEF.record, tenths=BRIEF.record.tenths[1:])),
    "source name": brief_with(sources=(("Port Sable Times", "news", 3),)),
    "source count": brief_with(sources=((VOICES[0][0], "ngo", 999),)),
    "source twice": brief_with(sources=(*BRIEF.sources, BRIEF.sources[0])),
    "title": brief_with(title="Forecast brief, 21 May 2031"),
    "moment": brief_with(as_of=NOW + timedelta(hours=1)),
    "id": brief_with(id="b1"),
    "last brief": brief_with(previous_id="b-other"),
    "date of the last brief": brief_with(previous_as_of=NOW),
    "laxer mark": brief_with(mark=TLP.CLEAR),
    "degraded silenced": brief_with(degraded=()),
    "totals": brief_with(totals=(("reports read", 999), *BRIEF.totals[1:])),
    "report text": first_report(text="The dam burst."),
    "report date": first_report(at=NOW - timedelta(days=1)),
    "report source": first_report(source="Port Sable Times"),
    "report missing": brief_with(reports=BRIEF.reports[1:]),
    "report added": brief_with(reports=(*BRIEF.reports, report("r-new", NOW, "The dam burst."))),
    "report twice": brief_with(reports=(*BRIEF.reports, BRIEF.reports[0])),
}


@pytest.mark.parametrize("name", PLANTED)
def test_an_invention_planted_anywhere_is_refused(name: str) -> None:
    assert check(PLANTED[name](BRIEF), MATERIAL)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("highest figure", "range of injured is not borne by the figures"),
        ("class of sources left out", "a class of sources is left out"),
        ("count that fewer origins state", "not those that most independent origins state"),
        ("too many counts", "not those that most independent origins state"),
        ("figures of two counts as one", "joins figures of different counts"),
        ("figure without who states its ends", "without citing who says the lowest"),
        ("sentence about another situation", "is about something else"),
        ("quotation of another situation", "rests on reports of another"),
        ("range of an unknown class", "cannot be computed"),
        ("carriers of a situation", "its origins and carriers are not those"),
        ("better letter", "letters of the sources"),
        ("better number", "numbers of the reports"),
        ("doubtful place told as certain", "places on the map"),
    ],
)
def test_an_invention_is_refused_for_what_it_is(name: str, fault: str) -> None:
    assert any(fault in each for each in check(PLANTED[name](BRIEF), MATERIAL))


def test_what_is_wrong_is_named_with_where_it_stands() -> None:
    (fault, *_) = check(forge(r"2 May 2031", "9 May 2031", with_facts=True), MATERIAL)

    assert fault.startswith("bottom line: ")
    assert "suggestion.since" in fault
    assert "2 May 2031" in fault


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 6), st.integers(1, 14))
def test_an_honest_brief_passes(seed: int, situations: int, size: int) -> None:
    material = sample(seed, max(1, situations), max(2, size))

    assert check(compose(material), material) == ()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_another_number_anywhere_in_any_sentence_is_refused(data: st.DataObject) -> None:
    told = [sentence for _, sentence in sentences(BRIEF) if re.search(r"\d", sentence.text)]
    chosen = data.draw(st.sampled_from(told))
    number = data.draw(st.sampled_from(list(re.finditer(r"\d+", chosen.text))))
    other = str(data.draw(st.integers(0, 3000)))
    assume(other != number.group())
    text = chosen.text[: number.start()] + other + chosen.text[number.end() :]
    with_facts = data.draw(st.booleans())
    facts = tuple(replace(fact, text=fact.text.replace(number.group(), other)) if with_facts else fact for fact in chosen.facts)
    forged = rewrite(BRIEF, lambda sentence: replace(sentence, text=text, facts=facts) if sentence == chosen else sentence)

    assert check(forged, MATERIAL)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([sentence for _, sentence in sentences(BRIEF)]),
    st.sampled_from(["Port Sable", "killed", "forty", "Tuesday", "July", "XIV", "½", "二"]),
    st.data(),
)
def test_a_word_slipped_in_anywhere_is_refused(chosen: Sentence, word: str, data: st.DataObject) -> None:
    words = chosen.text.split(" ")
    at = data.draw(st.integers(0, len(words)))
    text = " ".join([*words[:at], word, *words[at:]])
    forged = rewrite(BRIEF, lambda sentence: replace(sentence, text=text) if sentence == chosen else sentence)

    assert check(forged, MATERIAL)


def test_red_reports_can_be_neither_cited_nor_printed() -> None:
    cited = BRIEF.reports[0].id
    red = tuple(replace(one, sensitivity=TLP.RED) if one.id == cited else one for one in MATERIAL.reports)

    assert any("TLP:RED" in fault for fault in check(BRIEF, replace(MATERIAL, reports=red)))


def test_a_report_from_after_the_moment_cannot_be_cited() -> None:
    cited = BRIEF.reports[0].id
    later = tuple(replace(one, at=NOW + timedelta(hours=1)) if one.id == cited else one for one in MATERIAL.reports)

    assert any("later than the brief" in fault for fault in check(BRIEF, replace(MATERIAL, reports=later)))


def test_a_clipped_quotation_must_be_marked_and_end_between_words() -> None:
    text = "The pumps " + "ran and ran " * 40 + "until 1200 litres were gone."
    long = report("r-long", NOW - timedelta(hours=1), text)
    material = Material(as_of=NOW, likelihood=MATERIAL.likelihood, reports=(long,))

    def faults(quoted: str) -> list[str]:
        brief = replace(compose(material), gaps=(Sentence(text=quoted, report_ids=("r-long",), quote=True),))
        return [fault for fault in check(brief, material) if "word for word" in fault]

    assert faults("The pumps ran and ran […]") == []
    assert faults("The pumps ran and ran")
    assert faults("The pumps ran and r […]")
    assert faults(text.split("00", maxsplit=1)[0] + " […]")


def test_no_plain_word_is_a_number_a_month_or_a_likelihood() -> None:
    forbidden = "zero one two three four five six seven eight nine ten hundred half dozen may march april likely unlikely probable certain chance"

    assert PLAIN.isdisjoint(forbidden.split())
    assert all(word == word.lower() for word in PLAIN)


def test_a_fact_about_what_does_not_exist_cannot_be_computed() -> None:
    kinds = (
        "situation.title",
        "forecast.deadline",
        "resolution.outcome",
        "score.record",
        "suggestion.kind",
        "member.name",
        "objective.statement",
        "place.silence",
        "card.expires",
        "go.answer",
        "other.team",
        "near.name",
        "decision.verdict",
        "x.y",
    )

    assert all(recompute(ground(MATERIAL), Fact(kind=kind, about="nobody", text="?")) is None for kind in kinds)
    later = tuple((one, replace(made, at=NOW + timedelta(days=1))) for one, made in MATERIAL.decided)
    assert recompute(ground(replace(MATERIAL, decided=later)), Fact(kind="decision.verdict", about="g0", text="?")) is None
    assert recompute(ground(MATERIAL), Fact(kind="decision.verdict", about="g0", text="?")) == "accepted"
    assert recompute(ground(MATERIAL), Fact(kind="other.team", about="g1/7", text="?")) is None
    assert recompute(ground(replace(MATERIAL, previous=None)), Fact(kind="brief.previous", about="", text="?")) is None
    assert recompute(ground(MATERIAL), Fact(kind="objective.statement", about="o1", text="?")) == "Clean water reaches every family below the dam."
    assert recompute(ground(replace(MATERIAL, partners=())), Fact(kind="member.name", about="g1/P7", text="?")) is None


TRICKY = st.lists(
    st.sampled_from(
        [
            "The dam",
            "U.N.",
            "3.5",
            "1,200",
            ".",
            "!",
            "?",
            "…",
            "。",
            "؟",
            '"',
            "”",
            ")",
            "\r\n",
            "\n",
            " ",
            "\u00a0",
            "\u2028",
            "\x0b",
            "\u202e",
            "\u200b",
            "سد",
            "水",
            "e.g.",
            "*",
            "No",
        ]
    ),
    min_size=1,
    max_size=120,
)


@settings(max_examples=120, deadline=None)
@given(TRICKY, TRICKY, st.sampled_from(["", "A title", "A title."]))
def test_whatever_a_report_looks_like_its_quotations_stand_in_it(one: list[str], two: list[str], title: str) -> None:
    told = (report("r0-1", NOW - timedelta(hours=1), "".join(one), title=title), report("r0-2", NOW - timedelta(hours=2), " ".join(two), 1))
    base = sample(7)
    situation = replace(base.situations[0], report_ids=("r0-1", "r0-2"))
    material = Material(as_of=NOW, likelihood=MATERIAL.likelihood, reports=told, situations=(situation,))

    assert check(compose(material), material) == ()


@pytest.mark.parametrize("wrong", [{"low": 0.5}, {"high": 5000.0}, {"report_ids": ("r-none",)}, {"report_ids": ()}, {"kind": FigureKind.MISSING}])
def test_a_range_that_the_figures_read_do_not_bear_is_refused_even_where_the_material_has_it(wrong: dict[str, Any]) -> None:
    first, *others = MATERIAL.ranges[RANGED.situation.id]
    material = replace(MATERIAL, ranges={**MATERIAL.ranges, RANGED.situation.id: (replace(first, **wrong), *others)})
    told = replace(RANGED, ranges=material.ranges[RANGED.situation.id][:1], figures=())

    assert any("not borne by the figures" in fault for fault in check(told_as(RANGED, ranges=told.ranges)(BRIEF), material))
