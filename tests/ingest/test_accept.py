import math
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.accept import accept, safe_url
from store.records import Attachment, Channel, Figure, Refusal, SourceKind, Submission
from tests.ingest.conftest import NOW

Build = Callable[..., Submission]


def accepted(submission: Submission) -> Submission:
    found = accept(submission, NOW)
    assert isinstance(found, Submission)
    return found


def refused(submission: Submission) -> Refusal:
    found = accept(submission, NOW)
    assert isinstance(found, Refusal)
    assert found.remedy
    return found


def test_text_becomes_nfc_without_controls(submission: Build) -> None:
    found = accepted(submission(text="  Cafe\u0301\x07\r\nopen\t ", title="A\n B"))
    assert (found.text, found.title) == ("Café\nopen", "A B")


def test_directional_overrides_stay_in_what_was_sent(submission: Build) -> None:
    assert accepted(submission(text="a\u202eb")).text == "a\u202eb"


def test_a_title_without_text_is_the_text(submission: Build) -> None:
    found = accepted(submission(text=" ", title="Road closed"))
    assert (found.text, found.title) == ("Road closed", "")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"text": "a\0b"}, "NUL"),
        ({"title": "a\ud800"}, "surrogate"),
        ({"text": "x" * 200_001}, "200000"),
        ({"title": "x" * 1_001}, "1000"),
        ({"key": "x" * 501}, "500"),
        ({"text": " \x07 "}, "no text"),
        ({"source": " "}, "source or key"),
        ({"key": ""}, "source or key"),
        ({"lat": 1.0}, "together"),
        ({"lat": math.nan, "lon": 1.0}, "lat"),
        ({"lat": 1.0, "lon": math.inf}, "lon"),
        ({"lat": 90.1, "lon": 1.0}, "lat"),
        ({"figures": (Figure(kind="killed", number=math.inf),)}, "figures[0].number"),
        ({"figures": (Figure(kind="killed", number=1e16),)}, "figures[0].number"),
        ({"figures": (Figure(kind="x" * 201, number=1),)}, "figures[0]"),
        ({"figures": (Figure(kind="x\0", number=1),)}, "figures[0].kind"),
        ({"figures": (Figure(kind="x", number=1),) * 101}, "101 figures"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_field(submission: Build, changes: dict[str, object], word: str) -> None:
    assert word in refused(submission(**changes)).reason


def test_a_refusal_keeps_the_submission_without_its_sender(submission: Build) -> None:
    found = refused(submission(text="a\0b", sender="Jo <jo@x.example>"))
    assert b'"text": "a\\u0000b"' in found.body
    assert b"jo@x.example" not in found.body


def test_plausible_coordinates_stay_even_where_they_surprise(submission: Build) -> None:
    found = accepted(submission(lat=50.2, lon=5.7))
    assert (found.lat, found.lon) == (50.2, 5.7)


@pytest.mark.parametrize(
    ("when", "kept"),
    [(NOW - timedelta(days=9), True), (NOW + timedelta(hours=47), True), (NOW + timedelta(hours=49), False), (NOW.replace(year=1899), False), (None, False)],
)
def test_a_wrong_clock_is_kept_and_a_wrong_date_dropped(submission: Build, when: datetime | None, kept: bool) -> None:
    assert accepted(submission(occurred_at=when)).occurred_at == (when if kept else None)


def test_a_time_without_a_zone_is_utc(submission: Build) -> None:
    naive = (NOW - timedelta(days=1)).replace(tzinfo=None)
    assert accepted(submission(occurred_at=naive)).occurred_at == NOW - timedelta(days=1)


@pytest.mark.parametrize(("tag", "kept"), [("ar", "ar"), ("en_GB", "en-GB"), ("zh-Hant-TW", "zh-Hant-TW"), ("english!", ""), ("e", ""), ("", "")])
def test_a_language_that_is_no_tag_is_dropped(submission: Build, tag: str, kept: str) -> None:
    assert accepted(submission(language=tag)).language == kept


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.b/c", "http://", "http://[x", "http://a b", "https://x.example/" + "a" * 2_000, "data:text/html,x"]
)
def test_other_than_web_addresses_are_dropped(url: str) -> None:
    assert safe_url(url) == ""


def test_a_web_address_is_kept() -> None:
    assert safe_url(" https://x.example/a?b=c#d ") == "https://x.example/a?b=c#d"


def test_an_attachment_never_costs_the_report(submission: Build) -> None:
    odd = Attachment(name="a\0\nb\ud800", media_type="text/plain\r\n", size=1, sha256="0", text="x" * 200_001)
    found = accepted(submission(attachments=(odd,) * 201)).attachments
    assert len(found) == 200
    assert (found[0].name, found[0].media_type, len(found[0].text)) == ("a b\ufffd", "text/plain", 200_000)


def test_figures_are_kept_in_form(submission: Build) -> None:
    assert accepted(submission(figures=(Figure(kind=" killed\n", number=3),))).figures == (Figure(kind="killed", number=3.0),)


def test_a_key_of_nothing_but_control_characters_is_no_key(submission: Build) -> None:
    found = accept(submission(key="\x1b"), NOW)
    assert isinstance(found, Refusal)
    assert "key is empty" in found.reason


TEXTS = st.text(alphabet=st.characters(), max_size=40)


@given(text=TEXTS, title=TEXTS, place=TEXTS, key=TEXTS, language=TEXTS, url=TEXTS, lat=st.floats(), lon=st.floats())
def test_every_submission_is_accepted_in_storable_form_or_refused(**fields: object) -> None:
    built = Submission(channel=Channel.PARTNER, source="s", source_kind=SourceKind.NGO, **fields)  # type: ignore[arg-type]
    found = accept(built, NOW)
    if isinstance(found, Submission):
        assert accept(found, NOW) == found
        f"{found.text}{found.title}{found.place}{found.key}".encode()
        assert "\0" not in found.text
