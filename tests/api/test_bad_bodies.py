"""Hostile bodies: always a 4xx problem document that names the field, never a 5xx, never an echo."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.problems import KINDS
from api.schemas import ReportIn

DOCUMENTED = {200, 201, 400, 401, 403, 409, 413, 415, 422, 503}
HEADERS = {"Content-Type": "application/json"}

HAND_WRITTEN: list[tuple[bytes, int, str]] = [
    (b"", 400, ""),
    (b"{", 400, ""),
    (b"null", 422, ""),
    (b"[]", 422, ""),
    (b'"text"', 422, ""),
    (b"\xff\xfe", 400, ""),
    (b'{"text": "a\xff"}', 400, ""),
    (b"[" * 100_000, 400, ""),
    (b'{"a":' * 100_000, 400, ""),
    (b'{"text": "a", "figures": ' + b"[" * 400 + b"]" * 400 + b"}", 422, "figures[0]"),
    (b'{"text": "a", "text": "b"}', 400, "text"),
    (b'{"text": "a", "figures": [{"kind": "k", "kind": "k", "number": 1}]}', 400, "kind"),
    (b'{"text": "a", "lat": NaN, "lon": 1}', 422, "lat"),
    (b'{"text": "a", "lat": 1, "lon": Infinity}', 422, "lon"),
    (b'{"text": "a", "lat": -Infinity, "lon": 1}', 422, "lat"),
    (b'{"text": "a", "lat": 1e999, "lon": 1}', 422, "lat"),
    (b'{"text": "a", "figures": [{"kind": "k", "number": 1e999}]}', 422, "figures[0].number"),
    (b'{"text": "a", "figures": [{"kind": "k", "number": NaN}]}', 422, "figures[0].number"),
    (b'{"text": "a", "figures": [{"kind": "k", "number": true}]}', 422, "figures[0].number"),
    (b'{"text": "a", "figures": [{"kind": "k", "number": 1' + b"0" * 400 + b"}]}", 422, "figures[0].number"),
    (b'{"text": "a", "figures": [{"kind": "k", "number": 1' + b"0" * 5000 + b"}]}", 400, ""),
    (b'{"text": "a", "figures": [{"kind": "\\u0000", "number": 1}]}', 422, "figures[0].kind"),
    (b'{"text": "a", "nothing": NaN}', 422, "nothing"),
    (b'{"text": NaN}', 422, "text"),
    (b'{"text": "\\ud800"}', 422, "text"),
    (b'{"text": "a", "title": "\\udfff"}', 422, "title"),
    (b'{"text": "a", "\\ud800": 1}', 422, "(unknown)"),
    (b'{"text": "a", "<script>": 1}', 422, "(unknown)"),
    (b'{"text": "a\\u0000b"}', 422, "text"),
    (b'{"text": "a", "key": "\\u0000"}', 422, "key"),
    (b'{"text": "a", "url": "http://x/\\u0000"}', 422, "url"),
    (b'{"text": "a", "url": "javascript:alert(1)"}', 422, "url"),
    (b'{"text": ""}', 422, "text"),
    (b'{"text": "  \\n "}', 422, "text"),
    (b'{"text": 5}', 422, "text"),
    (b'{"text": null}', 422, "text"),
    (b'{"text": ["a"]}', 422, "text"),
    (b"{}", 422, "text"),
    (b'{"text": "a", "key": ""}', 422, "key"),
    (b'{"text": "a", "key": " "}', 422, "key"),
    (b'{"text": "a", "key": 5}', 422, "key"),
    (b'{"text": "a", "lat": 91, "lon": 0}', 422, "lat"),
    (b'{"text": "a", "lat": "1", "lon": 0}', 422, "lat"),
    (b'{"text": "a", "lat": 1}', 422, "lat"),
    (b'{"text": "a", "lon": 181, "lat": 0}', 422, "lon"),
    (b'{"text": "a", "occurred_at": 5}', 422, "occurred_at"),
    (b'{"text": "a", "occurred_at": "yesterday"}', 422, "occurred_at"),
    (b'{"text": "a", "occurred_at": "2026-11-20T07:30:00"}', 422, "occurred_at"),
    (b'{"text": "a", "occurred_at": "0001-01-01T00:00:00+14:00"}', 422, "occurred_at"),
    (b'{"text": "a", "occurred_at": "9999-12-31T23:59:59-14:00"}', 422, "occurred_at"),
    (b'{"text": "a", "sensitivity": "secret"}', 422, "sensitivity"),
    (b'{"text": "a", "sensitivity": 1}', 422, "sensitivity"),
    (b'{"text": "a", "language": "not a language"}', 422, "language"),
    (b'{"text": "a", "figures": {}}', 422, "figures"),
    (b'{"text": "a", "confidence": 0.5}', 422, "confidence"),
    (b'{"text": "a", "Text": "b"}', 422, "Text"),
]


@pytest.mark.parametrize(("body", "status", "field"), HAND_WRITTEN, ids=lambda value: repr(value)[:50])
def test_a_bad_body_gets_a_problem_that_names_the_field(client: TestClient, body: bytes, status: int, field: str) -> None:
    answer = client.post("/v1/reports", content=body, headers=HEADERS)
    problem = answer.json()
    assert (answer.status_code, problem["field"]) == (status, field)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["reason"]
    assert problem["remedy"]


@pytest.mark.parametrize("body", [body for body, _, _ in HAND_WRITTEN if len(body) < 1000], ids=lambda value: repr(value)[:50])
def test_the_same_bad_entry_in_a_batch_never_stops_a_good_one(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/reports", content=b'{"reports": [{"text": "good"}, ' + body + b"]}", headers=HEADERS)
    assert answer.status_code in (200, 400, 422)
    if answer.status_code == 200:
        assert [entry["status"] for entry in answer.json()["reports"]] == [201, 422]


def test_bidi_and_zero_width_text_is_kept_as_it_is(client: TestClient) -> None:
    assert client.post("/v1/reports", json={"text": "\u202eabc\u200b \u0645\u0631\u062d\u0628\u0627"}).status_code == 201


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonx"])
def test_another_content_type_is_415(client: TestClient, media_type: str) -> None:
    answer = client.post("/v1/reports", content=b'{"text": "a"}', headers={"Content-Type": media_type})
    assert answer.status_code == 415


def test_a_content_type_with_a_charset_is_taken(client: TestClient) -> None:
    answer = client.post("/v1/reports", content=b'\xef\xbb\xbf{"text": "a"}', headers={"Content-Type": "Application/JSON; charset=utf-8"})
    assert answer.status_code == 201


SECRET = "zanzibar"
_numbers = st.one_of(st.integers(), st.floats(), st.booleans(), st.none())
_words = st.one_of(st.text(max_size=20), st.text(alphabet=st.characters(categories=["Cs", "Cc", "Lo"]), max_size=5), st.just(SECRET))
_values = st.recursive(_numbers | _words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3), max_leaves=6)
_names = st.sampled_from(sorted(ReportIn.model_fields)) | _words
_objects = st.dictionaries(_names, _values, max_size=6)
_plausible = st.fixed_dictionaries({"text": _words}, optional={name: _values for name in ReportIn.model_fields if name != "text"})
_bodies = st.one_of(_plausible, _objects, st.fixed_dictionaries({"reports": st.lists(_plausible | _objects, max_size=4)}), _values)


def check_answer(status: int, problem: Any, sent: bytes) -> None:
    """Check what holds for every answer to every body."""
    assert status in DOCUMENTED, status
    if status >= 400:
        assert problem["type"].removeprefix("/problems/") in KINDS
        assert problem["status"] == status
        assert problem["reason"]
        assert problem["remedy"]
        assert SECRET not in json.dumps(problem).replace(f'"field": "{SECRET}"', "").replace(f"{SECRET}:", "")


@hypothesis_settings(max_examples=700, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=_bodies)
def test_generated_bodies_never_reach_a_5xx_or_an_undocumented_status(client: TestClient, body: object) -> None:
    sent = json.dumps(body).encode("utf-8", "surrogatepass")
    answer = client.post("/v1/reports", content=sent, headers=HEADERS)
    check_answer(answer.status_code, answer.json(), sent)
    for entry in answer.json().get("reports", []):
        assert entry["status"] in (200, 201, 409, 422)


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200))
def test_random_bytes_never_reach_a_5xx(client: TestClient, body: bytes) -> None:
    assert client.post("/v1/reports", content=body, headers=HEADERS).status_code in (400, 422)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"text": ""}, "must not be empty"),
        ({"text": 5}, "must be text"),
        ({"text": "a" * 200_001}, "must be at most 200000 characters"),
        ({"text": "a", "lat": 91, "lon": 0}, "must be at most 90"),
        ({"text": "a", "lat": "9", "lon": 0}, "must be a number"),
        ({"text": "a", "language": "english, I think"}, "must be a language code, such as fr"),
        ({"text": "a", "url": "javascript:x"}, "must be an http or https address"),
        ({"text": "a", "figures": {}}, "must be a list"),
        ({"text": "a", "figures": [1]}, "must be a JSON object"),
        ({"text": "a", "occurred_at": "yesterday"}, "must be a time as text, such as 2026-11-20T07:30:00+03:00"),
        ({"text": "a", "sensitivity": "secret"}, "must be 'clear', 'green', 'amber' or 'red'"),
        ({"title": 5}, "is required (1 more field is wrong)"),
    ],
)
def test_the_reason_is_in_words_of_a_partner_and_not_of_a_library(client: TestClient, body: dict[str, object], reason: str) -> None:
    assert client.post("/v1/reports", json=body).json()["reason"] == reason


def test_an_empty_batch_is_not_told_to_be_split(client: TestClient) -> None:
    assert client.post("/v1/reports", json={"reports": []}).json()["remedy"] == 'Send {"reports": [{"text": "..."}]}.'
    assert client.post("/v1/reports", json={"reports": [{"text": "a"}] * 501}).json()["remedy"] == "Split the batch."
