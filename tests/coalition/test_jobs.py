"""Who does what: the jobs that every coalition has to share out."""

from dataclasses import replace

import pytest

from coalition.jobs import assign, jobs_of, meeting_hour, tasks, working_hours
from store.opt_in import Exposure, Terms
from store.records import Partner
from tests.coalition.scenes import day


def who(id_: str, *strengths: str, languages: tuple[str, ...] = ("en",), zone: str = "") -> Partner:
    return Partner(id=id_, name=f"House {id_}", strengths=strengths, languages=languages, time_zone=zone)


def terms(*languages: str, exposure: Exposure = Exposure.PUBLIC) -> Terms:
    return Terms(answer_by=day(7), ends_at=day(90), exposure=exposure, languages=languages)


LONDON, TOKYO, LIMA = (who(n, "media", zone=z) for n, z in (("L", "Europe/London"), ("T", "Asia/Tokyo"), ("P", "America/Lima")))


def test_each_job_goes_to_the_member_best_at_it_with_the_reason() -> None:
    team = (who("D", "data_analysis"), who("M", "press_placement"), who("J", "policy_analysis"))
    jobs = {job.id: job for job in assign(team, terms("en"), day(0))}
    assert {id_: job.partner_id for id_, job in jobs.items()} == {"pool_evidence": "D", "write_brief": "J", "media_release": "M", "spokespeople": "M"}
    assert jobs["pool_evidence"].reason == "declares data analysis; works in en"


def test_a_language_that_the_coalition_works_in_decides_between_equals_and_then_who_has_least_to_do() -> None:
    team = (who("A", "media", languages=("fr",)), who("B", "media", languages=("en", "fr")))
    assert {job.partner_id for job in assign(team, terms("en", "fr"), day(0)) if job.id == "media_release"} == {"B"}
    even = (who("A", "documentation", "media"), who("B", "media"))
    assert {job.id: job.partner_id for job in assign(even, terms(), day(0))}["media_release"] == "B"


def test_a_job_for_which_nobody_declares_a_strength_is_open() -> None:
    job = assign((who("W", "water_sanitation"),), terms(), day(0))[0]
    assert (job.partner_id, job.reason) == ("", "nobody in the team declares a strength for it")
    assert jobs_of(assign((), terms(), day(0))) == {}


def test_spokespeople_are_spread_over_time_zones_and_one_who_adds_no_hours_is_not_called() -> None:
    second = replace(LONDON, id="L2", time_zone="Europe/Paris")
    chosen = [job.partner_id for job in assign((LONDON, second, TOKYO, LIMA), terms(), day(0)) if job.id == "spokespeople"]
    assert set(chosen) in ({"L", "T", "P"}, {"L2", "T", "P"})
    assert "can be reached from 08:00 to 20:00 UTC (Europe/London)" in assign((LONDON,), terms(), day(0))[-1].reason
    assert "can be reached from 23:00 to 11:00 UTC (Asia/Tokyo)" in assign((TOKYO,), terms(), day(0))[-1].reason


def test_in_a_quiet_coalition_whoever_speaks_does_so_in_its_own_name() -> None:
    titles = {job.id: job.title for job in assign((LONDON,), terms(exposure=Exposure.QUIET), day(0))}
    assert (titles["spokespeople"], titles["write_brief"]) == ("Speak in public, in your own name", "Write the brief for those who decide")
    assert "own name" not in "".join(job.title for job in assign((LONDON,), terms(), day(0)))


def test_without_time_zones_the_best_one_speaks() -> None:
    assert [job.partner_id for job in assign((who("A", "media"), who("B", "media")), terms(), day(0)) if job.id == "spokespeople"] == ["B"]


@pytest.mark.parametrize("zone", ["", "Nowhere/At_All", "../etc/passwd", "a\0b"])
def test_a_zone_that_is_not_known_has_no_working_hours(zone: str) -> None:
    assert working_hours(zone, day(0)) == frozenset()


def test_the_meeting_falls_in_the_working_hours_of_most() -> None:
    assert meeting_hour((LONDON, TOKYO), day(0)) == (8, 2)
    assert meeting_hour((), day(0)) == (12, 0)


def test_every_job_of_the_table_is_one_that_somebody_can_do() -> None:
    for task in tasks():
        assert any(job.partner_id == "X" for job in assign((who("X", task.strengths[0]),), terms(), day(0)) if job.id == task.id)
