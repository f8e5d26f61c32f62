"""What the flow keeps of a stream, whatever the batches."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.intake import drain
from flows.kit import Kit
from flows.take import take
from flows.understand import rooted, understand
from store.records import Channel, Origin, SourceKind, Submission

DAY = datetime(2026, 3, 1, tzinfo=UTC)
BRIDGE = "The bridge at Boda is closed by armed men and trucks with food turn back to Bangui since the morning."
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
    other = "Armed men closed the bridge at Boda: trucks with food for Bangui had to turn back, drivers say."
    heard(kit, said(1, BRIDGE, "a"), said(2, other, "b", 3), said(3, CHOLERA, "c", 4))
    understand(kit, DAY + timedelta(days=1))
    (situation,) = kit.warehouse.situations(DAY + timedelta(days=1))
    assert len(situation.report_ids) == 2
    assert situation.origins == 2
    assert set(situation.place_ids) == {"gn:1", "gn:2"}


def test_small_batches_group_as_large_ones_do(kit: Kit) -> None:
    other = "Armed men closed the bridge at Boda: trucks with food for Bangui had to turn back, drivers say."
    heard(kit, said(1, BRIDGE, "a"), said(2, other, "b", 3), said(3, CHOLERA, "c", 4))
    for hours in (1, 4, 24):
        understand(kit, DAY + timedelta(hours=hours))
    (situation,) = kit.warehouse.situations(DAY + timedelta(days=1))
    assert len(situation.report_ids) == 2


@given(st.permutations(["r1", "r2", "r3"]))
def test_a_group_takes_the_earliest_root_it_knows(order: list[str]) -> None:
    ranks = {name: number for number, name in enumerate(["r1", "r2", "r3"])}
    (found,) = rooted([Origin(id="r1", report_ids=tuple(order))], {"r2": "r0"}, ranks)
    assert found.id == "r0"
