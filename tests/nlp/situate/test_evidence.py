import pytest

from nlp.situate.evidence import MOST_HEARD, MOST_NEW, MOST_WEIGHTY, evidence, weight
from store.records import FigureKind, FigureReading, Mention, Obstacle, ObstacleReading, ObstacleState, Place, Reading, SourceClass, Toponym
from tests.nlp.situate.test_describe import report

TEXT = "The Delta Union says nine people died in Korvala. The road is closed. Ask mara@relief.example for help."


def reading(name: str) -> Reading:
    place = Place(id="gn:1", name="Korvala", country="XX", lat=0, lon=0)
    died = FigureReading(
        start=21, end=37, text="nine people died", kind=FigureKind.KILLED, low=9, high=9, unit="people", said_by=SourceClass.OTHER, place_id="gn:1"
    )
    return Reading(
        report_id=name,
        language="en",
        mentions=(Mention(start=4, end=15, text="Delta Union", label="ORG", canonical="Delta Union"), Mention(start=41, end=48, text="Korvala", label="GPE")),
        toponyms=(Toponym(start=41, end=48, text="Korvala", place=place, probability=0.9), Toponym(start=0, end=0, text="", place=place, probability=0.9)),
        obstacles=(ObstacleReading(obstacle=Obstacle.LOGISTICS, state=ObstacleState.PRESENT, weight=0.9, sentence="The road is closed."),),
        models=(),
        figures=(died,),
    )


def test_a_line_says_the_places_actors_figures_obstacles_and_words_in_it() -> None:
    first, second = evidence([report("a", 1, TEXT)], {"a": reading("a")}, {}).candidates
    assert {slot for slot in first.says if slot[0] != "word"} == {("place", "gn:1"), ("actor", "delta union"), ("figure", "killed", "gn:1")}
    assert {slot for slot in second.says if slot[0] != "word"} == {("obstacle", "logistics")}
    assert ("Delta Union", ("actor", "delta union")) in first.names


def test_a_line_with_an_address_is_never_a_candidate() -> None:
    assert not any("mara" in one.line.text for one in evidence([report("a", 1, TEXT)], {}, {}).candidates)


def test_copies_add_nothing_and_one_voice_adds_little() -> None:
    base = [report(f"r{i}", 20 - i, "Bridge closed.") for i in range(4)]
    copies = [report(f"c{i}", 5, "Ferry sunk.") for i in range(9)]
    flood = [report(f"f{i}", 5, "Ferry sunk.", voice="one") for i in range(9)]
    copied = evidence([*base, *copies], {}, {f"c{i}": "c0" for i in range(9)}).shares
    flooded = evidence([*base, *flood], {}, {}).shares

    assert copied["word", "bridge"] == pytest.approx(4 / 5)
    assert copied["word", "ferry"] == pytest.approx(0.2 / 5)
    assert flooded["word", "bridge"] > flooded["word", "ferry"]


def test_a_word_of_grammar_and_a_number_weigh_next_to_nothing() -> None:
    assert weight(("word", "the")) == weight(("word", "12")) < weight(("word", "dam")) < weight(("word", "bridge")) < weight(("place", "gn:1"))
    assert weight(("word", "洪水")) > weight(("word", "dam"))


def test_of_very_many_origins_some_all_along_are_looked_at_and_the_newest() -> None:
    found = evidence([report(f"r{i:05}", 20_000 - i, f"Bridge {'early' if i < MOST_HEARD else 'late'} {i}.") for i in range(2 * MOST_HEARD + 1)], {}, {})
    assert found.candidates[-1].report.id == f"r{2 * MOST_HEARD:05}"
    assert found.shares["word", "bridge"] == 1.0
    assert found.shares["word", "early"] == pytest.approx(0.5, abs=0.01)


def test_of_many_reports_the_weightiest_and_newest_are_looked_at_and_those_to_keep() -> None:
    reports = [report(f"r{i:04}", 500 - i, f"Bridge {i} closed.") for i in range(400)]
    looked = {one.report.id for one in evidence(reports, {}, {}, {"r0007"}).candidates}
    assert "r0007" in looked
    assert {"r0399", "r0360"} <= looked
    assert len(looked) <= MOST_WEIGHTY + MOST_NEW + 1
