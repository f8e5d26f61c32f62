from datetime import UTC, datetime

import pytest

from ingest.partner import content_key, read_partner
from store.records import TLP, Figure, Refusal, SourceKind, Submission
from tests.ingest.conftest import NOW


def read(body: dict[str, object]) -> Submission | Refusal:
    return read_partner(body, "partner-1", SourceKind.NGO, "Jo <jo@x.example>", NOW)


def test_every_field_is_taken_over() -> None:
    figures = [{"kind": "displaced", "number": 40, "unit": "families"}]
    body = {"key": "a1", "text": "t", "title": "T", "occurred_at": "2014-03-17T10:30:00Z", "place": "Hama", "lat": 35, "lon": 36.5, "language": "ar"}
    found = read({**body, "confidence": "seen", "sensitivity": "RED", "url": "https://x.example", "figures": figures})
    assert isinstance(found, Submission)
    assert (found.key, found.lat, found.lon, found.sensitivity) == ("a1", 35.0, 36.5, TLP.RED)
    assert found.occurred_at == datetime(2014, 3, 17, 10, 30, tzinfo=UTC)
    assert found.figures == (Figure(kind="displaced", number=40.0, unit="families"),)
    assert (found.source, found.sender) == ("partner-1", "Jo <jo@x.example>")


def test_text_alone_is_enough_and_its_key_depends_on_content_only() -> None:
    one, two, other = read({"text": "a", "place": "b"}), read({"place": "b", "text": "a", "title": None}), read({"text": "c"})
    assert isinstance(one, Submission)
    assert isinstance(two, Submission)
    assert isinstance(other, Submission)
    assert one.key == two.key != other.key
    assert one.sensitivity is TLP.AMBER


def test_a_time_that_was_parsed_already_is_taken() -> None:
    found = read({"text": "a", "occurred_at": NOW})
    assert isinstance(found, Submission)
    assert found.occurred_at == NOW


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"text": 5}, "text"),
        ({"lat": "35"}, "lat"),
        ({"lat": True}, "lat"),
        ({"lat": 10**400}, "lat"),
        ({"occurred_at": "soon"}, "occurred_at"),
        ({"sensitivity": "purple"}, "purple"),
        ({"figures": "three"}, "figures"),
        ({"figures": ["three"]}, "figures"),
        ({"figures": [{"kind": "x"}]}, "number"),
    ],
)
def test_wrong_fields_are_refused_by_name(changes: dict[str, object], word: str) -> None:
    found = read({"text": "a", **changes})
    assert isinstance(found, Refusal)
    assert word in found.reason


def test_the_key_ignores_the_key() -> None:
    assert content_key({"text": "a", "key": "x"}) == content_key({"text": "a"})
