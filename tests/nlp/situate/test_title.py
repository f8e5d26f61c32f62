import pytest

from nlp.situate.evidence import evidence
from nlp.situate.title import LONGEST, UNTITLED, title
from store.records import Mention, Reading, Report, Situation
from tests.nlp.situate.test_describe import NOW, report


def named(reports: list[Report], readings: dict[str, Reading] | None = None, before: Situation | None = None) -> tuple[str, str]:
    return title(evidence(reports, readings or {}, {}), before)


def last(text: str, report_id: str) -> Situation:
    return Situation(id="s", title=text, title_id=report_id, report_ids=(), place_ids=(), first_at=NOW, last_at=NOW, origins=1)


def test_the_title_is_central_and_does_not_shout() -> None:
    reports = [
        report("a", 4, "Bridge closed after the flood.", "FLOOD BRIDGE KORVALA WATER HELP"),
        report("b", 3, "The Korvala bridge is closed.", "Korvala bridge closed by flood"),
        report("c", 2, "Flood closes bridge", "Weather and sport tonight"),
    ]
    assert named(reports) == ("Korvala bridge closed by flood", "b")


def test_a_title_that_names_an_actor_is_better_than_one_that_does_not() -> None:
    reports = [report("a", 4, "Strike of many closes the harbour for days"), report("b", 3, "Dockers Union closes the harbour for days")]
    who = Reading(report_id="b", language="en", mentions=(Mention(start=0, end=13, text="Dockers Union", label="ORG"),), toponyms=(), obstacles=(), models=())
    assert named(reports, {"b": who}) == ("Dockers Union closes the harbour for days", "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* URGENT * RT @who: Bridge of Korvala closed to traffic http://t.example/x", "Bridge of Korvala closed to traffic"),
        ("Bridge of Korvala closed to traffic #flood #korvala", "Bridge of Korvala closed to traffic"),
        ("#Korvala bridge closed to traffic", "Korvala bridge closed to traffic"),
        ("Bridge of Korvala &amp; ferry closed to traffic", "Bridge of Korvala & ferry closed to traffic"),
        (
            "Bridge of Korvala closed to traffic, the mayor of the town said on Monday after a long meeting with engineers",
            "Bridge of Korvala closed to traffic",
        ),
        ("12345 67890", UNTITLED),
        ("http://t.example/x", UNTITLED),
        ("حريق كبير في سوق المدينة القديمة، وفرق الإطفاء تصل", "حريق كبير في سوق المدينة القديمة، وفرق الإطفاء تصل"),
    ],
)
def test_a_line_is_cleaned_and_a_clause_of_it_will_do(text: str, expected: str) -> None:
    assert named([report("a", 1, text)])[0] == expected


def test_a_mark_before_a_clause_is_no_part_of_it() -> None:
    reports = [
        report("a", 3, "Update: Bridge of Korvala closed to traffic"),
        report("b", 2, "To traffic the Korvala bridge is closed"),
        report("c", 1, "No bridge"),
    ]
    assert named(reports) == ("Bridge of Korvala closed to traffic", "a")


def test_what_cannot_be_cut_at_a_comma_is_cut_at_a_word_and_marked() -> None:
    text, _ = named([report("a", 1, "bridge " * 40)])
    assert text.endswith("bridge…")
    assert len(text) <= LONGEST


def test_a_clause_that_hangs_on_another_is_a_poor_title() -> None:
    line = "After the heavy rain of the last week, engineers of Korvala closed the bridge to all traffic until further notice"
    assert named([report("a", 1, line)])[0] != "After the heavy rain of the last week"


def test_the_last_title_stays_until_another_is_clearly_better() -> None:
    near = [report("a", 3, "Bridge at Korvala closed to traffic."), report("b", 2, "Korvala closed bridge to all traffic.")]
    best = named(near)
    other = next(one for one in (("Bridge at Korvala closed to traffic", "a"), ("Korvala closed bridge to all traffic", "b")) if one != best)
    assert named(near, before=last(*other)) == other
    assert named([report("a", 3, "A bit much, this."), *near[1:]], before=last("A bit much, this", "a")) == ("Korvala closed bridge to all traffic", "b")


def test_a_last_title_whose_report_left_is_gone() -> None:
    assert named([report("b", 2, "Korvala closed bridge to all traffic.")], before=last("Ferry sinks", "x")) == ("Korvala closed bridge to all traffic", "b")


def test_of_two_equal_titles_the_earlier_report_gives_it() -> None:
    assert named([report("b", 5, "Bridge at Korvala closed."), report("a", 4, "Bridge at Korvala closed.")])[1] == "b"
