from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from nlp.situate.emerge import Alarm, emerged, rising, rising_areas, usual
from nlp.situate.voices import Heard, hear
from store.records import Situation, Trend
from tests.nlp.situate.test_describe import report
from tests.nlp.situate.test_voices import TOWN, said

NOW = datetime(2031, 5, 20, tzinfo=UTC)
ALL_IN = np.ones(1)
OLD = [said(days, f"old {days}", place=replace(TOWN, id="gn:9")) for days in range(30, 170, 20)]


def heard(*voices: str) -> Heard:
    return hear([*OLD, *(said(0.6 + i / 10, voice) for i, voice in enumerate(voices))], NOW, 180)


def test_some_organisations_in_a_quiet_place_raise_an_alarm_for_the_place_alone() -> None:
    found = heard("a", "b", "c", "d")
    alarms = rising_areas(found, usual(found, ALL_IN))
    assert list(alarms) == ["gn:1"]
    assert alarms["gn:1"].heard >= 2


def test_one_organisation_raises_none_however_often_it_speaks() -> None:
    found = heard(*["a"] * 50)
    assert rising_areas(found, usual(found, ALL_IN)) == {}


def test_a_situation_is_held_against_what_its_place_used_to_bring() -> None:
    found = heard("a", "b", "c")
    normal = usual(found, ALL_IN)
    reports = [report(f"r{i}", 1 + i / 10, voice=f"v{i}") for i in range(4)]
    alarm = rising(reports, "gn:1", found, normal)
    assert alarm is not None
    assert 2 <= alarm.heard <= 4
    assert rising(reports[:1], "gn:1", found, normal) is None
    assert rising(reports, "gn:unheard", found, normal) is None
    busy = replace(normal, mean=normal.mean * 0 + 5.0)
    assert rising(reports, "gn:1", found, busy) is None


def test_what_has_not_come_in_yet_is_not_expected() -> None:
    found = heard("a")
    whole, part = usual(found, ALL_IN), usual(found, np.array([0.8, 0.5]))
    assert np.allclose(part.mean[:, -2:] / whole.mean[:, -2:], [0.8, 0.5])
    assert np.array_equal(part.mean[:, :-2], whole.mean[:, :-2])


def test_a_young_situation_emerges_an_old_one_grows_and_a_silent_one_does_neither() -> None:
    alarm = Alarm(day=date(2031, 5, 18), days=2, heard=4, usual=0.031)
    first = NOW - timedelta(days=12)
    young = Situation(id="s", title="t", report_ids=(), place_ids=(), first_at=first, last_at=NOW, origins=1, trend=Trend.STEADY, reason="4 sources spoke")
    told = emerged(young, alarm, NOW)
    assert told.trend is Trend.EMERGING
    assert told.reason == "4 sources spoke; by 18 May 4 sources had spoken within 2 days, where fewer than 0.1 were to be expected of its place"
    old = replace(young, first_at=NOW - timedelta(days=90))
    assert emerged(old, alarm, NOW).trend is Trend.GROWING
    assert emerged(old, replace(alarm, day=date(2031, 5, 2)), NOW) == old
    asleep = replace(young, trend=Trend.DORMANT)
    assert emerged(asleep, alarm, NOW) == asleep
    assert emerged(young, None, NOW) == young
    assert str(replace(alarm, days=1, usual=1.26)) == "by 18 May 4 sources had spoken on one day, where 1.3 were to be expected"
