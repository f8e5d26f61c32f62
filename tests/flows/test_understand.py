"""What the flow keeps of a stream, whatever the batches."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from flows.intake import drain
from flows.kit import Kit, plainly
from flows.settings import Settings
from flows.take import take
from flows.understand import describe_live, rooted, understand
from nlp.models import Models
from nlp.origins import origins
from nlp.read import Reader
from store.records import Channel, Mention, Origin, Ruling, RulingKind, SourceKind, Submission, Trend
from tests.flows.conftest import WordEncoder, equip, kit_in

T = TypeVar("T")
DAY = datetime(2026, 3, 1, tzinfo=UTC)
BRIDGE = "The bridge at Boda is closed by armed men and trucks with food turn back to Bangui since the morning."
OTHER = "Armed men closed the bridge at Boda: trucks with food for Bangui had to turn back, drivers say."
CHOLERA = "Doctors count forty cases of cholera this week; wells need chlorine, beds and rehydration salts."


def said(number: int, text: str, source: str, after_hours: float = 0.0) -> Submission:
    at = DAY + timedelta(hours=after_hours)
    return Submission(channel=Channel.TABLE, source=source, source_kind=SourceKind.NGO, key=f"k{number}", text=text, occurred_at=at)


def heard(kit: Kit, *entries: Submission) -> None:
    take(list(entries), kit.journal, DAY + timedelta(days=3))
    drain(kit)


def test_every_report_up_to_the_moment_is_read_once_and_later_ones_wait(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, CHOLERA, "b", 5), said(3, "Later, nothing is known.", "c", 40))
    first = understand(kit, DAY + timedelta(hours=24))
    again = understand(kit, DAY + timedelta(hours=24))
    later = understand(kit, DAY + timedelta(hours=48))
    assert (first.read, again.read, later.read) == (2, 0, 1)


def test_a_copy_is_counted_as_a_carrier_of_its_origin(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, BRIDGE, "b", 2), said(3, f"{BRIDGE} Our own driver saw it too.", "c", 4))
    understand(kit, DAY + timedelta(days=1))
    ids = [report.id for report in kit.warehouse.reports(DAY - timedelta(days=1), DAY + timedelta(days=1))]
    roots = kit.warehouse.origin_of(ids)
    assert roots[ids[0]] == roots[ids[1]] == ids[0]


def test_a_copy_that_comes_in_a_later_run_keeps_the_name_of_its_origin(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"))
    understand(kit, DAY + timedelta(days=1))
    heard(kit, said(2, BRIDGE, "b", 30))
    understand(kit, DAY + timedelta(days=2))
    ids = [report.id for report in kit.warehouse.reports(DAY - timedelta(days=1), DAY + timedelta(days=2))]
    assert set(kit.warehouse.origin_of(ids).values()) == {ids[0]}


def test_two_voices_on_one_matter_make_a_situation_and_a_lone_one_does_not(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, OTHER, "b", 3), said(3, CHOLERA, "c", 4))
    understand(kit, DAY + timedelta(days=1))
    (situation,) = kit.warehouse.situations(DAY + timedelta(days=1))
    assert len(situation.report_ids) == 2
    assert situation.origins == 2
    assert set(situation.place_ids) == {"gn:1", "gn:2"}


def test_small_batches_group_as_large_ones_do(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, OTHER, "b", 3), said(3, CHOLERA, "c", 4))
    for hours in (1, 4, 24):
        understand(kit, DAY + timedelta(hours=hours))
    (situation,) = kit.warehouse.situations(DAY + timedelta(days=1))
    assert len(situation.report_ids) == 2


def test_a_later_report_does_not_make_copies_of_two_earlier_ones(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, BRIDGE, "b", 30))
    understand(kit, DAY + timedelta(days=1))
    ids = [report.id for report in kit.warehouse.reports(DAY - timedelta(days=1), DAY + timedelta(days=3))]
    assert kit.warehouse.counts()["origins"] == 1
    assert set(kit.warehouse.origin_of(ids).values()) == set(ids)


def test_an_earlier_report_that_comes_late_becomes_the_origin_of_its_copies(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a", 30))
    understand(kit, DAY + timedelta(days=2))
    heard(kit, said(2, BRIDGE, "b"))
    understand(kit, DAY + timedelta(days=2))
    ids = [report.id for report in kit.warehouse.reports(DAY - timedelta(days=1), DAY + timedelta(days=2))]
    assert kit.warehouse.origin_of(ids) == {ids[0]: ids[0], ids[1]: ids[0]}


def test_a_late_report_does_not_make_others_forget_who_was_named_between(kit: Kit) -> None:
    kit.__dict__["models"] = replace(kit.models, recognisers={"en": Naming()})
    kit.__dict__["reader"] = replace(kit.reader, models=kit.models)
    heard(kit, said(1, "Zino Parthe came to Boda with his men and the road was closed.", "a", 10))
    understand(kit, DAY + timedelta(days=1))
    heard(kit, said(2, "The market of Bangui stays shut, people say in the streets.", "b"), said(3, "In Boda the men of Zino Parthe went away today.", "c", 20))
    understand(kit, DAY + timedelta(days=1))
    first, second = kit.warehouse.name_links(DAY - timedelta(days=1), DAY + timedelta(days=1))
    assert first.name_id == second.name_id
    assert first.report_id != second.report_id


class Naming:
    """Knows one man."""

    name = "naming"

    def recognise(self, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
        spots = [text.find("Zino Parthe") for text in texts]
        return [(Mention(start=at, end=at + 11, text="Zino Parthe", label="PERSON"),) if at >= 0 else () for at in spots]


class Choking(WordEncoder):
    """An encoder that one word is too much for."""

    def __init__(self, word: str) -> None:
        self.word = word

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any(self.word in text for text in texts):
            raise RuntimeError("too much")
        return super().encode(texts)


def test_one_report_that_no_reader_survives_is_told_and_the_others_are_read(kit: Kit) -> None:
    equip(kit, Models(encoder=Choking("xyzzy"), recognisers={}, missing=()))
    heard(kit, said(1, BRIDGE, "a"), said(2, f"{OTHER} xyzzy", "b", 3), said(3, OTHER, "c", 4))
    evening = DAY + timedelta(days=1)
    assert understand(kit, evening).read == 3
    reports = kit.warehouse.reports(DAY - timedelta(days=1), evening)
    degraded = {reading.report_id: reading.degraded for reading in kit.warehouse.readings([report.id for report in reports])}
    assert [bool(degraded[report.id]) for report in reports] == [False, True, False]
    assert reports[1].id in degraded[reports[1].id][0]
    assert understand(kit, evening).read == 0
    assert len(kit.warehouse.embeddings([report.id for report in reports], "words")) == 2


def test_what_could_not_be_read_is_tried_again_by_the_next_run(kit: Kit) -> None:
    working = kit.models
    equip(kit, Models(encoder=Choking(""), recognisers={}, missing=()))
    heard(kit, said(1, BRIDGE, "a"), said(2, OTHER, "b", 3))
    evening = DAY + timedelta(days=1)
    assert [understand(kit, evening).read for _ in range(2)] == [2, 2]
    equip(kit, working)
    assert [understand(kit, evening).read for _ in range(2)] == [2, 0]


@pytest.mark.parametrize("cut", range(5))
def test_a_run_cut_anywhere_and_run_again_ends_as_one_that_was_not(tmp_path: Path, cut: int) -> None:
    entries = [said(n, f"{text} {n}", f"voice {n}", n) for n, text in enumerate((BRIDGE, OTHER, CHOLERA, "Nothing is known of the ferry.") * 3)]
    evening, found = DAY + timedelta(days=1), []
    for name in ("whole", "cut"):
        with kit_in(Settings(home=tmp_path / name, batch=4)) as kit:
            heard(kit, *entries)
            if name == "cut":
                kit.step = Cut(cut)
                with pytest.raises(KeyboardInterrupt):
                    understand(kit, evening)
                kit.step = plainly
            understand(kit, evening)
            memberships = kit.warehouse.memberships(DAY - timedelta(days=1), evening)
            ids = list(memberships)
            found.append((memberships, kit.warehouse.situations(evening), kit.warehouse.origin_of(ids), kit.warehouse.readings(ids)))
    assert found[0] == found[1]


class Cut:
    """A step that is cut off after so many."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, name: str, work: Callable[[], T]) -> T:
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        return work()


def test_a_situation_of_an_old_archive_is_described_too(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, OTHER, "b", 3))
    much_later = DAY + timedelta(days=400)
    assert understand(kit, much_later).situations == 1
    (situation,) = kit.warehouse.situations(much_later)
    assert situation.trend is Trend.CLOSED
    assert understand(kit, much_later).situations == 0


def turns(kit: Kit) -> list[tuple[str, int]]:
    """Tell when a situation closed and was heard of again, in days."""
    (id_,) = set(kit.warehouse.memberships(DAY - timedelta(days=1), DAY + timedelta(days=999)).values())
    return [(line.kind, (line.at - DAY).days) for line in kit.warehouse.history(id_) if line.kind in ("closed", "revived")]


def test_a_turn_of_a_life_is_told_once_whatever_days_are_told_again(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, OTHER, "b", 3))
    take([said(3, f"{OTHER} Again.", "c", 24 * 20)], kit.journal, DAY + timedelta(days=20))
    drain(kit)
    for days in (1, 19, 21, 19, 22, 90, 40, 91, 21, 19, 92):
        understand(kit, DAY + timedelta(days=days))
    assert turns(kit) == [("revived", 21), ("closed", 90)]


@pytest.mark.parametrize("where", ["store.shelves.situations.numbered", "store.warehouse.Warehouse.add_history"])
def test_a_description_cut_off_has_told_nothing(kit: Kit, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, OTHER, "b", 3))
    understand(kit, DAY + timedelta(days=1))
    with monkeypatch.context() as patched:
        patched.setattr(where, cut_off)
        with pytest.raises(KeyboardInterrupt):
            describe_live(kit, DAY + timedelta(days=70))
    understand(kit, DAY + timedelta(days=71))
    understand(kit, DAY + timedelta(days=72))
    assert turns(kit) == [("closed", 71)]


def cut_off(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_situation_closes_however_long_nobody_looked(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, OTHER, "b", 3))
    understand(kit, DAY + timedelta(days=1))
    understand(kit, DAY + timedelta(days=300))
    assert turns(kit) == [("closed", 300)]


def test_what_people_rule_of_a_situation_long_closed_is_followed(kit: Kit) -> None:
    heard(kit, said(1, BRIDGE, "a"), said(2, OTHER, "b", 3))
    understand(kit, DAY + timedelta(days=200))
    (situation,) = kit.warehouse.situations(DAY + timedelta(days=200))
    ids, at = situation.report_ids, DAY + timedelta(days=201)
    kit.journal.put_ruling(Ruling(id="h1", at=at, by="a", kind=RulingKind.RENAME, situation_id=situation.id, report_ids=ids, title="The bridge"))
    assert [understand(kit, at + timedelta(days=days)).situations for days in (1, 2)] == [1, 0]
    assert kit.warehouse.situations(at)[0].title == "The bridge"
    kit.journal.undo_ruling("h1", at + timedelta(days=3), "a")
    understand(kit, at + timedelta(days=4))
    assert kit.warehouse.situations(at)[0].title == situation.title


def test_whoever_had_a_root_follows_it_to_its_heir() -> None:
    order = {"late": 0, "a": 1, "b": 2}
    groups = [Origin(id="late", report_ids=("late", "a")), Origin(id="b", report_ids=("b",))]
    assert [origin.id for origin in rooted(groups, {"a": "a", "b": "a"}, order)] == ["late", "late"]


@given(st.permutations(["r1", "r2", "r3"]))
def test_a_group_takes_the_earliest_root_it_knows(order: list[str]) -> None:
    ranks = {name: number for number, name in enumerate(["r1", "r2", "r3"])}
    (found,) = rooted([Origin(id="r2", report_ids=("r2", "r3"))], {"r3": "r1"}, {name: ranks[name] for name in order})
    assert found.id == "r1"


def test_who_has_a_root_of_long_ago_keeps_it_and_hands_it_to_nobody() -> None:
    group = Origin(id="r1", report_ids=("r1", "r2", "r3"), revisions=(("r2", "r1"), ("r3", "r2")))
    (found,) = rooted([group, Origin(id="r4", report_ids=("r4",))], {"r1": "r0", "r2": "r0", "r4": "r0"}, {"r1": 0, "r2": 1, "r3": 2, "r4": 3})
    assert (found.id, found.report_ids, found.revisions) == ("r3", ("r3",), (("r3", "r2"),))


@pytest.mark.parametrize("days", [(24,), (1, 10, 16, 24)])
def test_what_is_said_again_and_again_has_a_new_origin_after_ten_days_however_it_came_in(kit: Kit, days: Sequence[int]) -> None:
    take([said(day, BRIDGE, f"voice {day}", 24 * day) for day in (0, 9, 15, 23)], kit.journal, DAY + timedelta(days=30))
    drain(kit)
    for day in days:
        understand(kit, DAY + timedelta(days=day))
    reports = kit.warehouse.reports(DAY - timedelta(days=1), DAY + timedelta(days=30))
    roots = kit.warehouse.origin_of([report.id for report in reports])
    assert roots == {report_id: group.id for group in origins(reports) for report_id in group.report_ids}
    assert len(set(roots.values())) == 2


def test_what_was_read_without_a_model_is_read_again_once_it_is_there(kit: Kit) -> None:
    whole, place = kit.models, kit.reader
    lacking = Models(encoder=None, recognisers={}, missing=("the encoder is missing",))
    kit.__dict__ |= {"models": lacking, "reader": Reader(models=lacking, gazetteer=place.gazetteer, obstacles=place.obstacles)}
    heard(kit, said(1, BRIDGE, "a"))
    assert understand(kit, DAY + timedelta(days=1)).read == 1
    assert understand(kit, DAY + timedelta(days=1)).read == 0
    kit.__dict__ |= {"models": whole, "reader": place}
    assert understand(kit, DAY + timedelta(days=1)).read == 1
    (report,) = kit.warehouse.reports(DAY - timedelta(days=1), DAY + timedelta(days=1))
    assert kit.warehouse.readings([report.id])[0].degraded == ()
    assert len(kit.warehouse.embeddings([report.id], "words")) == 1
