from dataclasses import replace
from datetime import timedelta

from flows.emerge import emerge
from flows.kit import Kit
from store.records import TLP, Place, Reading, Report, Situation, Toponym, Trend
from tests.nlp.situate.test_describe import NOW, report

TOWNS = (Place(id="gn:1", name="Boda", country="CF", lat=4.3, lon=17.5), Place(id="gn:2", name="Bangui", country="CF", lat=4.4, lon=18.6))
LONG_AGO = [report(f"old{i}", 40 + 30 * i) for i in range(4)]


def store(kit: Kit, reports: list[Report], place: Place = TOWNS[0]) -> None:
    named = (Toponym(start=0, end=0, text=place.name, place=place, probability=0.9),)
    kit.warehouse.add_reports(reports, cursor=len(reports))
    kit.warehouse.add_readings([Reading(report_id=r.id, language="en", mentions=(), toponyms=named, obstacles=(), models=()) for r in reports], [])


def situation(reports: list[Report], place: str = "gn:1", trend: Trend = Trend.STEADY) -> Situation:
    ids = tuple(one.id for one in reports)
    first, last = min(one.at for one in reports), max(one.at for one in reports)
    return Situation(
        id="s1", title="t", report_ids=ids, place_ids=(place,) if place else (), first_at=first, last_at=last, origins=len(ids), trend=trend, reason="why"
    )  # fmt: skip


def test_a_situation_that_its_place_never_saw_the_like_of_emerges_and_is_not_noted_besides(kit: Kit) -> None:
    store(kit, LONG_AGO, TOWNS[1])
    fresh = [report(f"r{i}", 1 + i) for i in range(3)]
    store(kit, fresh)
    (told,) = emerge(kit, [situation(fresh)], NOW)
    assert told.trend is Trend.EMERGING
    assert told.reason.startswith("why; by ")
    assert kit.rising == []


def test_a_place_that_rises_without_a_situation_is_noted_once_with_its_numbers(kit: Kit) -> None:
    store(kit, LONG_AGO, TOWNS[1])
    store(kit, [report(f"r{i}", 1 + i) for i in range(3)])
    assert emerge(kit, [], NOW) == ()
    (note,) = kit.rising
    assert note.startswith("No situation covers what is said of Boda: by ")
    assert "sources had spoken" in note


def test_a_dormant_situation_covers_nothing_and_stays_dormant(kit: Kit) -> None:
    store(kit, LONG_AGO, TOWNS[1])
    fresh = [report(f"r{i}", 1 + i) for i in range(3)]
    store(kit, fresh)
    asleep = situation(fresh, trend=Trend.DORMANT)
    assert emerge(kit, [asleep], NOW) == (asleep,)
    assert len(kit.rising) == 1


def test_restricted_reports_and_one_organisations_reports_raise_no_note(kit: Kit) -> None:
    store(kit, LONG_AGO, TOWNS[1])
    store(kit, [report(f"r{i}", 1 + i, mark=TLP.RED) for i in range(6)])
    store(kit, [report(f"f{i}", 1 + i / 50, voice="one alone") for i in range(60)])
    emerge(kit, [], NOW)
    assert kit.rising == []


def test_a_situation_without_a_place_is_left_as_it_is(kit: Kit) -> None:
    fresh = [report("a", 1)]
    store(kit, fresh)
    nowhere = situation(fresh, place="")
    assert emerge(kit, [nowhere], NOW) == (nowhere,)


def test_an_echo_and_what_is_said_later_are_no_voices(kit: Kit) -> None:
    store(kit, LONG_AGO, TOWNS[1])
    first = report("a", 3)
    late = [replace(report(f"l{i}", 1), at=NOW + timedelta(days=1)) for i in range(5)]
    store(kit, [first, *late])
    emerge(kit, [], NOW)
    assert kit.rising == []
