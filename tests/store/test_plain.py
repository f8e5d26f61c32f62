from datetime import UTC, datetime
from json import loads

import pytest

from store.plain import canonical, essence, plain, record
from store.records import MixWeek, Obstacle, SourceState, Submission
from tests.store.samples import NOON, full_submission, mix_week, submission


def test_a_record_survives_being_made_plain_and_written_as_json() -> None:
    for one in (full_submission(), submission()):
        assert record(Submission, loads(canonical(plain(one)))) == one
        assert record(Submission, loads(canonical(essence(one)))) == one


def test_pairs_inside_a_record_survive_too() -> None:
    assert record(MixWeek, plain(mix_week())) == mix_week()
    assert mix_week().weights[0] == (Obstacle.LOGISTICS, 2.0)


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
