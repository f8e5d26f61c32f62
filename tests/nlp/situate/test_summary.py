from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.situate.evidence import evidence
from nlp.situate.summary import MOST, likeness, summarise
from store.records import Report, Sentence
from tests.nlp.situate.test_describe import report

SCENE = (
    "The dam above Korvala broke on Monday night after a week of rain.",
    "The Delta Union counts four hundred families without any shelter.",
    "A clinic without chlorine turned dozens of cholera patients away.",
    "Soldiers close the mountain road and send every convoy back.",
    "The ministry promises new pumps before the end of the month.",
    "Teachers sleep in the school because the bridge is under water.",
    "A ferry brings flour and blankets to the eastern bank each day.",
)


def told(reports: list[Report], before: tuple[Sentence, ...] = ()) -> tuple[Sentence, ...]:
    return summarise(evidence(reports, {}, {}, {line.report_ids[0] for line in before}), before)


def test_a_summary_has_at_most_five_sentences_of_different_origins_in_order_of_time() -> None:
    summary = told([report(f"r{i}", 9 - i, text) for i, text in enumerate(SCENE)])
    ids = [line.report_ids[0] for line in summary]
    assert 3 <= len(ids) == len(set(ids)) <= MOST
    assert ids == sorted(ids)
    assert all(line.quote for line in summary)


def test_there_may_be_less_to_say_and_nothing() -> None:
    copies = [report(f"r{i}", 9 - i, SCENE[0]) for i in range(5)]
    assert [line.text for line in told(copies)] == [SCENE[0]]
    assert told([]) == ()


def test_a_sentence_cites_others_that_say_the_same_and_none_with_another_number_or_a_denial() -> None:
    said = "The flood at Korvala killed 40 people and closed the bridge."
    reports = [
        report("a", 9, said),
        report("b", 8, "The flood at Korvala killed 40 people and the bridge closed."),
        report("c", 7, "The flood at Korvala killed 44 people and closed the bridge."),
        report("d", 6, "The flood at Korvala killed 40 people and has not closed the bridge."),
    ]
    first = next(line for line in told(reports) if line.text == said)
    assert first.report_ids == ("a", "b")


def test_what_most_say_is_told_and_not_what_one_says_in_passing() -> None:
    reports = [report(f"r{i}", 9 - i, f"Cholera spreads in the camps near Korvala, doctor number {i} says today.") for i in range(6)]
    aside = report("x", 1, "by the way #fun #cat #sun http://a.example")
    texts = [line.text for line in told([*reports, aside])]
    assert texts[0].startswith("Cholera spreads")
    assert not any("#cat" in text for text in texts)


def test_a_sentence_stays_until_the_whole_is_clearly_better_without_it() -> None:
    reports = [report(f"r{i}", 9 - i, text) for i, text in enumerate(SCENE[:5])]
    before = told(reports)
    alike = report("x", 1, SCENE[0].replace("Monday", "Tuesday"))
    assert {line.text for line in told([*reports, alike], before)} >= {line.text for line in before}

    poor = (Sentence(text="the what", report_ids=("y",), quote=True),)
    better = told([report("y", 9, "the what"), *reports], poor)
    assert "the what" not in [line.text for line in better]


def test_a_sentence_that_no_report_holds_any_more_is_not_kept() -> None:
    gone = (Sentence(text="The tower fell at noon in Marlow.", report_ids=("r0",), quote=True),)
    assert told([report("r0", 3, SCENE[0])], gone)[0].text == SCENE[0]


def test_a_script_without_spaces_is_told_too() -> None:
    reports = [report("a", 3, "洪水が橋を壊し、四百の家族が避難した。学校は閉まっている。"), report("b", 2, "医師は塩素が足りないと話し、患者を帰した。")]
    summary = told(reports)
    assert {line.report_ids[0] for line in summary} == {"a", "b"}


def test_likeness_is_the_share_of_the_shorter_line() -> None:
    one, two = evidence([report("a", 2, "Bridge closed."), report("b", 1, "Bridge closed near Korvala.")], {}, {}).candidates
    assert likeness(one, two) == 1.0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SCENE), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_every_sentence_stands_in_the_report_it_cites_first(texts: list[str], dice: object) -> None:
    reports = [report(f"r{i}", 20 - i, text) for i, text in enumerate(texts)]
    words = {one.id: one.words for one in reports}
    summary = told(reports)
    assert 1 <= len(summary) <= MOST
    for line in summary:
        assert line.text in words[line.report_ids[0]]
        assert set(line.report_ids) <= words.keys()
    assert told(reports, summary) == summary
