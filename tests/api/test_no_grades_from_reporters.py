"""Nobody who reports may say how far he is to be believed: grades come from history alone, at every door."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.schemas import ReportIn
from ingest.mail import MailPolicy, read_message
from ingest.partner import read_partner
from ingest.table import FIELDS, PRESETS, read_table
from store.errors import ConfigError
from store.records import Report, SourceKind, Submission
from tests.api.conftest import NOW

WORDS = ("reliability", "credibility", "admiralty", "grade", "letter", "number", "source_grade", "report_grade", "rating", "score")
TEXT = "The water plant in the east district stopped this morning."


@pytest.mark.parametrize("word", WORDS)
def test_the_api_refuses_a_report_that_brings_its_own_grade(client: TestClient, word: str) -> None:
    answer = client.post("/v1/reports", json={"text": TEXT, word: "A"})
    assert answer.status_code == 422
    assert answer.json()["field"] == word
    assert "field" in answer.json()["reason"]


def test_in_a_batch_only_the_graded_one_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/reports", json={"reports": [{"text": TEXT}, {"text": TEXT + "!", "reliability": "A"}]}).json()
    assert [entry["status"] for entry in answer["reports"]] == [201, 422]


def test_a_figure_brings_no_grade_either(client: TestClient) -> None:
    figure = {"kind": "clinics", "number": 2, "credibility": 1}
    assert client.post("/v1/reports", json={"text": TEXT, "figures": [figure]}).status_code == 422


def test_no_door_has_a_field_for_a_grade() -> None:
    names = {*ReportIn.model_fields, *FIELDS, *(field.name for kind in (Submission, Report) for field in fields(kind))}
    assert not names & set(WORDS)
    assert not {column for preset in PRESETS.values() for column in preset} & set(WORDS)


@pytest.mark.parametrize("word", WORDS)
def test_a_column_of_grades_is_passed_over_and_cannot_be_mapped(tmp_path: Path, word: str) -> None:
    plain, graded = tmp_path / "plain.csv", tmp_path / "graded.csv"
    plain.write_text(f"id,source,text\n1,Radio,{TEXT}\n")
    graded.write_text(f"id,source,text,{word}\n1,Radio,{TEXT},A\n")
    assert list(read_table(graded, None, "hivecast", "t")) == list(read_table(plain, None, "hivecast", "t"))
    with pytest.raises(ConfigError, match="no field"):
        list(read_table(graded, {"text": "text", word: word}, "", "t"))


@pytest.mark.parametrize("word", WORDS)
def test_what_a_partner_says_past_the_api_is_passed_over_too(word: str) -> None:
    said = [read_partner(body, "Relief", SourceKind.NGO, "", NOW) for body in ({"key": "1", "text": TEXT}, {"key": "1", "text": TEXT, word: "A"})]
    assert said[0] == said[1]


def test_a_mail_header_with_a_grade_is_no_part_of_the_report() -> None:
    head = b"From: a@b.example\nMessage-ID: <1@b.example>\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n"
    letters = [head + extra + b"\n" + TEXT.encode() for extra in (b"", b"X-Reliability: A\nX-Credibility: 1\nX-Admiralty: A1\n")]
    first, second = (read_message(letter, "inbox", MailPolicy(senders={}, pseudonym=lambda _: "somebody")) for letter in letters)
    assert isinstance(first, Submission)
    assert isinstance(second, Submission)
    assert replace(second, key=first.key) == first


def test_a_source_may_say_in_its_words_how_sure_it_is(client: TestClient) -> None:
    assert client.post("/v1/reports", json={"text": TEXT, "confidence": "A1, seen by two of us"}).status_code == 201
