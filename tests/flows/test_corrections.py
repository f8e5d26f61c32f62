"""What people put right reaches the reports that were read before, and can be taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.corrections import corrected, drain_corrections
from flows.kit import Kit
from flows.lessons import lessons
from flows.settings import Settings
from flows.understand import read_new
from nlp.names.join import right_id
from nlp.obstacle_lessons import Lesson
from nlp.obstacles import CueReader
from nlp.parts import Parts
from store.records import (
    Channel,
    Correction,
    FigureKind,
    FigureReading,
    Mention,
    NameLink,
    Obstacle,
    ObstacleReading,
    ObstacleState,
    Place,
    Reading,
    Report,
    SourceClass,
    SourceKind,
    Subject,
    Toponym,
)
from tests.flows.conftest import FewPlaces, kit_in

AT = datetime(2031, 4, 1, tzinfo=UTC)
END = datetime(2031, 12, 1, tzinfo=UTC)
WRONG = Place(id="gn:1", name="Boda", country="CF", lat=4.3, lon=17.5)
RIGHT = Place(id="gn:3", name="Boda", country="SE", lat=60.7, lon=15.2)
OTHER = Place(id="gn:2", name="Bangui", country="CF", lat=4.4, lon=18.6)
MADE = Correction(id="c1", at=AT, by="operator", subject=Subject.PLACE, text="BODA", wrong="gn:1", right="gn:3")


class Known(FewPlaces):
    """The few places, and one more that can be asked for by its id."""

    def by_id(self, id_: str) -> Place | None:
        return {place.id: place for place in (WRONG, RIGHT, OTHER)}.get(id_)


@pytest.fixture
def kit(settings: Settings) -> Iterator[Kit]:
    with kit_in(settings) as kit:
        kit.__dict__["reader"] = replace(kit.reader, gazetteer=Known())  # type: ignore[arg-type]
        yield kit


def report(id_: str, text: str = "Boda and Bangui.") -> Report:
    return Report(id=id_, channel=Channel.TABLE, source="Radio", source_kind=SourceKind.NEWS, key=id_, at=AT, received_at=AT, text=text)


def spot(text: str, place: Place, start: int = 0) -> Toponym:
    return Toponym(start=start, end=start + len(text), text=text, place=place, probability=0.7)


def reading(id_: str, *toponyms: Toponym) -> Reading:
    figure = FigureReading(start=0, end=4, text="40 killed", kind=FigureKind.KILLED, low=40, high=40, unit="people", said_by=SourceClass.MEDIA, place_id="gn:1")
    mention = Mention(start=0, end=4, text="J. Otieno", label="PERSON")
    return Reading(report_id=id_, language="en", mentions=(mention,), toponyms=toponyms, obstacles=(), models=(), figures=(figure,))


def fill(kit: Kit) -> None:
    """Three reports: one that names Boda and Bangui, one where Boda is right already, one of Bangui alone."""
    kit.warehouse.add_reports([report("r1"), report("r2", "Boda again."), report("r3", "Bangui.")], 3)
    toponyms = {"r1": (spot("Boda", WRONG), spot("Bangui", OTHER, 9)), "r2": (spot("Boda", RIGHT),), "r3": (spot("Bangui", OTHER),)}
    kit.warehouse.add_readings([reading(id_, *some) for id_, some in toponyms.items()], [])


def meant(kit: Kit, id_: str) -> list[tuple[str, float]]:
    (found,) = kit.warehouse.readings([id_])
    return [(toponym.place.id, toponym.probability) for toponym in found.toponyms]


def test_a_place_put_right_moves_every_report_that_had_it_wrong_and_no_other(kit: Kit) -> None:
    fill(kit)
    kit.journal.put_correction(MADE)
    assert drain_corrections(kit) == 1
    assert [meant(kit, id_) for id_ in ("r1", "r2", "r3")] == [[("gn:3", 1.0), ("gn:2", 0.7)], [("gn:3", 0.7)], [("gn:2", 0.7)]]
    (moved,) = kit.warehouse.readings(["r1"])
    assert moved.toponyms[0].runner_up == WRONG
    assert moved.figures[0].place_id == "gn:3"
    assert kit.warehouse.corrections() == (MADE,)
    assert drain_corrections(kit) == 0


def test_a_point_reckoned_from_the_wrong_place_is_read_anew(kit: Kit) -> None:
    fill(kit)
    kit.warehouse.add_reports([report("r4", "20 km north of Boda."), report("r5", "20 km north of Bangui.")], 5)
    points = {one: replace(spot("Boda", replace(base, id=f"at:{one}")), runner_up=base) for one, base in (("r4", WRONG), ("r5", OTHER))}
    kit.warehouse.add_readings([reading(one, point) for one, point in points.items()], [])
    kit.journal.put_correction(MADE)
    assert drain_corrections(kit) == 1
    assert [found.report_id for found in kit.warehouse.readings(["r4", "r5"])] == ["r5"]


def test_a_name_that_is_no_place_is_dropped(kit: Kit) -> None:
    fill(kit)
    kit.journal.put_correction(replace(MADE, right=""))
    drain_corrections(kit)
    assert meant(kit, "r1") == [("gn:2", 0.7)]


def test_a_correction_of_one_report_leaves_the_others(kit: Kit) -> None:
    fill(kit)
    kit.warehouse.add_reports([report("r4")], 4)
    kit.warehouse.add_readings([reading("r4", spot("Boda", WRONG))], [])
    kit.journal.put_correction(replace(MADE, report_id="r4"))
    drain_corrections(kit)
    assert (meant(kit, "r1")[0][0], meant(kit, "r4")[0][0]) == ("gn:1", "gn:3")


@pytest.mark.parametrize(("right", "again"), [("gn:3", {"r1", "r2"}), ("", {"r1", "r2"})])
def test_an_undone_correction_lets_its_reports_be_read_anew(kit: Kit, right: str, again: set[str]) -> None:
    fill(kit)
    kit.journal.put_correction(replace(MADE, right=right))
    drain_corrections(kit)
    kit.journal.undo_correction("c1", END)
    assert drain_corrections(kit) == 1
    assert {one.id for one in kit.warehouse.unread(END, 10)} == again
    assert kit.warehouse.corrections()[0].undone_at == END
    assert drain_corrections(kit) == 0


def test_a_later_correction_may_follow_an_earlier_one_and_undoing_the_first_reads_what_both_made(kit: Kit) -> None:
    fill(kit)
    kit.journal.put_correction(MADE)
    kit.journal.put_correction(replace(MADE, id="c2", at=END, wrong="gn:3", right="gn:2"))
    assert drain_corrections(kit) == 2
    assert [meant(kit, "r1")[0], meant(kit, "r2")[0]] == [("gn:2", 1.0), ("gn:2", 1.0)]
    kit.journal.undo_correction("c1", END)
    assert drain_corrections(kit) == 1
    assert {"r1", "r2"} <= {one.id for one in kit.warehouse.unread(END, 10)}


def test_a_name_given_back_is_read_anew_with_those_it_was_put_apart_from(kit: Kit) -> None:
    fill(kit)
    apart = Correction(id="c2", at=AT, by="operator", subject=Subject.NAME, text="J. Otieno", wrong="per:1", right="")
    kit.journal.put_correction(apart)
    drain_corrections(kit)
    own, other = (NameLink(report_id=one, number=0, name_id=id_, canonical="J. Otieno", reason="x") for one, id_ in (("r1", right_id(apart)), ("r2", "per:1")))
    kit.warehouse.put_name_links([own, other])
    kit.journal.undo_correction("c2", END)
    drain_corrections(kit)
    assert [one.id for one in kit.warehouse.unread(END, 10)] == ["r1"]


def test_what_was_undone_before_it_was_ever_drained_changes_nothing(kit: Kit) -> None:
    fill(kit)
    kit.journal.put_correction(MADE)
    kit.journal.undo_correction("c1", END)
    assert drain_corrections(kit) == 1
    assert meant(kit, "r1")[0] == ("gn:1", 0.7)
    assert kit.warehouse.unread(END, 10) == ()


def test_a_correction_whose_place_is_gone_waits_and_says_so(kit: Kit) -> None:
    fill(kit)
    kit.journal.put_correction(replace(MADE, right="own:boda-cf"))
    assert drain_corrections(kit) == 0
    assert kit.warehouse.corrections() == ()
    assert "own:boda-cf" in kit.notes[0]


def test_a_name_put_apart_lets_the_reports_be_read_anew_that_were_joined_to_it(kit: Kit) -> None:
    fill(kit)
    kit.warehouse.put_name_links([NameLink(report_id="r1", number=0, name_id="n1", canonical="Jane Otieno", reason="same name")])
    kit.journal.put_correction(Correction(id="c2", at=AT, by="operator", subject=Subject.NAME, text="J. Otieno", wrong="n1", right=""))
    assert drain_corrections(kit) == 1
    assert [one.id for one in kit.warehouse.unread(END, 10)] == ["r1"]


PLACES = st.sampled_from([WRONG, RIGHT, OTHER])
SPOTS = st.lists(st.builds(spot, text=st.sampled_from(["Boda", "bodà", "Bangui"]), place=PLACES), max_size=6)


@given(toponyms=SPOTS, right=st.sampled_from([RIGHT, None]))
def test_putting_right_touches_only_what_was_wrong_and_is_done_once(toponyms: list[Toponym], right: Place | None) -> None:
    once = corrected(toponyms, MADE, right)
    assert corrected(once, MADE, right) == once
    assert not [toponym for toponym in once if toponym.text != "Bangui" and toponym.place == WRONG]
    untouched = [toponym for toponym in toponyms if toponym.text == "Bangui" or toponym.place != WRONG]
    assert [toponym for toponym in once if toponym in untouched] == untouched
    assert len(once) == (len(toponyms) if right else len(untouched))


WHERE = "r1"
LEGAL = Correction(id="c7", at=AT, by="operator", subject=Subject.OBSTACLE, text="", wrong="", right="legal,funding:lifted", report_id=WHERE)


def names(kit: Kit, id_: str) -> list[tuple[str, str, float]]:
    (found,) = kit.warehouse.readings([id_])
    return [(one.obstacle.value, one.state.value, one.weight) for one in found.obstacles]


def test_what_a_person_says_a_report_names_is_read_at_once_and_until_it_is_undone(kit: Kit) -> None:
    kit.warehouse.add_reports([report("r1", "The bridge is impassable. It rained."), report("r2", "The bridge is impassable. It rained.")], 2)
    read_new(kit, END)
    before = names(kit, "r1")
    kit.journal.put_correction(LEGAL)
    assert drain_corrections(kit) == 1
    read_new(kit, END)
    assert names(kit, "r1") == [("legal", "present", 1.0), ("funding", "lifted", 1.0)]
    assert names(kit, "r2") == before
    kit.journal.undo_correction("c7", END)
    drain_corrections(kit)
    read_new(kit, END)
    assert names(kit, "r1") == before


class Pupil(CueReader):
    """Reads by cues and learns from every correction; with a lesson a text names what the last one says."""

    def lesson(self, text: str, language: str, right: Obstacle, at: datetime) -> Lesson | None:
        return Lesson(at=at, vector=np.array([len(text)], np.float32), odds=np.zeros(9), right=right)

    def obstacles(
        self, texts: Sequence[str], languages: Sequence[str], *, parts: Parts | None = None, lessons: Sequence[Sequence[Lesson]] = ()
    ) -> list[tuple[ObstacleReading, ...]]:
        said = [ObstacleReading(obstacle=some[-1].right, state=ObstacleState.PRESENT, weight=0.5, sentence="") if some else None for some in lessons]
        return [(one,) if one else () for one in said]


def test_a_correction_teaches_what_comes_in_later_and_undoing_it_reads_that_anew(kit: Kit) -> None:
    kit.__dict__["reader"] = replace(kit.reader, obstacles=Pupil())
    late = replace(report("r2"), received_at=AT + timedelta(days=1))
    kit.warehouse.add_reports([report("r1"), late, replace(report("r3"), received_at=AT - timedelta(days=1))], 3)
    kit.journal.put_correction(LEGAL)
    drain_corrections(kit)
    read_new(kit, END)
    assert [names(kit, id_) for id_ in ("r2", "r3")] == [[("legal", "present", 0.5)], []]
    kit.journal.undo_correction("c7", END)
    drain_corrections(kit)
    assert {one.id for one in kit.warehouse.unread(END, 10)} == {"r1", "r2"}
    read_new(kit, END)
    assert [names(kit, id_) for id_ in ("r1", "r2", "r3")] == [[], [], []]


def test_that_a_report_names_nothing_is_a_lesson_too(kit: Kit) -> None:
    kit.__dict__["reader"] = replace(kit.reader, obstacles=Pupil())
    kit.warehouse.add_reports([report("r1")], 1)
    standing = replace(LEGAL, right="")
    assert [lesson.right for lesson in lessons(kit, [standing, replace(standing, id="c8", report_id="r-gone")])] == [Obstacle.NONE]
    assert lessons(kit, [replace(standing, undone_at=AT), MADE]) == ()
