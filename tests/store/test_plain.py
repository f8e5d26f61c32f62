from datetime import UTC, date, datetime
from json import loads

import pytest

from store.plain import canonical, essence, plain, record
from store.records import Correction, DateReading, FigureReading, MixWeek, Obstacle, Reading, ReportGrade, SourceState, Submission
from tests.store.samples import NOON, correction, figure, full_submission, mix_week, reading, report_grade, submission


def test_a_record_survives_being_made_plain_and_written_as_json() -> None:
    for one in (full_submission(), submission()):
        assert record(Submission, loads(canonical(plain(one)))) == one
        assert record(Submission, loads(canonical(essence(one)))) == one


def test_pairs_inside_a_record_survive_too() -> None:
    assert record(MixWeek, plain(mix_week())) == mix_week()
    assert mix_week().weights[0] == (Obstacle.LOGISTICS, 2.0)


def test_days_survive_like_times_do_and_a_missing_one_stays_missing() -> None:
    since = DateReading(start=0, end=12, text="since Monday", first=date(2026, 2, 23), last=None)
    assert plain(since)["first"] == date(2026, 2, 23)
    assert canonical(plain(since)) == '{"end":12,"first":"2026-02-23","last":null,"start":0,"text":"since Monday"}'
    for write in (plain, essence):
        assert record(FigureReading, loads(canonical(write(figure())))) == record(FigureReading, plain(figure())) == figure()
        assert record(Reading, loads(canonical(write(reading("a"))))) == reading("a")


def test_a_missing_day_without_a_default_is_still_given() -> None:
    open_ended = DateReading(start=0, end=1, text="x", first=None, last=None)
    assert record(DateReading, loads(canonical(plain(open_ended)))) == open_ended


def test_grades_and_corrections_survive_too() -> None:
    for one in (correction(), correction(undone_at=NOON)):
        assert record(Correction, loads(canonical(plain(one)))) == one
    assert record(ReportGrade, loads(canonical(plain(report_grade("a"))))) == report_grade("a")


def test_the_essence_leaves_out_what_has_its_default() -> None:
    assert set(essence(submission())) == {"channel", "source", "source_kind", "key", "text"}


def test_what_is_null_or_unknown_gets_the_default() -> None:
    assert record(SourceState, {"location": "a", "name": "b", "etag": None, "new_field": 1}) == SourceState(location="a", name="b")


def test_the_same_content_is_written_the_same_way() -> None:
    assert canonical({"at": NOON, "é": (1.5,)}) == '{"at":"2026-03-01T12:00:00+00:00","é":[1.5]}'
    assert record(SourceState, {"location": "a", "name": "b", "checked_at": datetime(2026, 3, 1, 12, tzinfo=UTC)}).checked_at == NOON


def test_what_json_cannot_say_is_an_error() -> None:
    with pytest.raises(TypeError, match="no JSON for bytes"):
        canonical(b"x")
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("inf"))
