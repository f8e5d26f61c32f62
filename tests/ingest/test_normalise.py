from collections.abc import Callable
from datetime import timedelta

from ingest.normalise import normalise
from store.records import Submission
from tests.ingest.conftest import NOW

Build = Callable[..., Submission]


def test_the_senders_identity_stays_behind(submission: Build) -> None:
    report = normalise(submission(sender="Jo <jo@x.example>"), "r1", NOW, "h")
    assert "jo@x.example" not in repr(report)
    assert (report.id, report.content_hash, report.received_at) == ("r1", "h", NOW)


def test_a_report_is_never_said_after_it_was_received(submission: Build) -> None:
    assert normalise(submission(occurred_at=NOW + timedelta(hours=5)), "r", NOW, "").at == NOW
    assert normalise(submission(occurred_at=NOW - timedelta(days=5)), "r", NOW, "").at == NOW - timedelta(days=5)
    assert normalise(submission(), "r", NOW, "").at == NOW


def test_the_language_is_its_primary_subtag(submission: Build) -> None:
    assert normalise(submission(language="AR-SY"), "r", NOW, "").language == "ar"
    assert normalise(submission(), "r", NOW, "").language == ""


def test_what_hides_or_reorders_words_goes(submission: Build) -> None:
    report = normalise(submission(text="wa\u200bter\u202e  off", title="A\u2066b", place="Ha\u00adma"), "r", NOW, "")
    assert (report.text, report.title, report.place) == ("water off", "Ab", "Hama")


def test_text_of_nothing_but_invisible_characters_leaves_the_title(submission: Build) -> None:
    report = normalise(submission(text="\u200b", title="Road closed"), "r", NOW, "")
    assert (report.text, report.title) == ("Road closed", "")
