from datetime import UTC, datetime

import pytest

from ingest.forwarded import original_of

ENGLISH = """FYI, important.

---------- Forwarded message ---------
From: Ana Ruiz <ana@clinic.example>
Date: Mon, 3 Mar 2014 10:12:00 +0000
Subject: Water
To: Jo <jo@x.example>


The pump is broken.
Second line.
"""
FRENCH = """Début du message réexpédié :

> De: Ana Ruiz <ana@clinic.example>
> Objet: Eau
> Date: lundi 3 mars 2014 à 10:12
> À: Jo <jo@x.example>
>
> La pompe est cassée.
"""
SPANISH = """---------- Mensaje reenviado ---------
De: Ana Ruiz <ana@clinic.example>
Fecha: lun, 3 mar 2014 a las 10:12
Asunto: Agua
Para: Jo <jo@x.example>

La bomba está rota.
"""
GERMAN = """-------- Weitergeleitete Nachricht --------
Betreff: Wasser
Datum: Mo., 3. März 2014 um 10:12
Von: Ana Ruiz <ana@clinic.example>
An: Jo <jo@x.example>

Die Pumpe ist kaputt.
"""
ARABIC = """---------- رسالة محولة ---------
من: Ana Ruiz <ana@clinic.example>
التاريخ: 3 مارس 2014 10:12
الموضوع: ماء
إلى: Jo <jo@x.example>

المضخة معطلة.
"""


@pytest.mark.parametrize(
    ("text", "subject", "body"),
    [
        (ENGLISH, "Water", "The pump is broken.\nSecond line."),
        (FRENCH, "Eau", "La pompe est cassée."),
        (SPANISH, "Agua", "La bomba está rota."),
        (GERMAN, "Wasser", "Die Pumpe ist kaputt."),
        (ARABIC, "ماء", "المضخة معطلة."),
    ],
)
def test_the_original_is_found_in_five_languages(text: str, subject: str, body: str) -> None:
    found = original_of(text, False)
    assert found is not None
    assert (found.name, found.address) == ("Ana Ruiz", "ana@clinic.example")
    assert (found.subject, found.text) == (subject, body)
    assert found.sent_at is not None
    assert found.sent_at.date() == datetime(2014, 3, 3, tzinfo=UTC).date()


def test_the_forwarders_note_is_kept_apart() -> None:
    found = original_of(ENGLISH, False)
    assert found is not None
    assert found.note == "FYI, important."


OUTLOOK = "See below\n\nFrom: Ana Ruiz [mailto:ana@clinic.example]\nSent: Monday, March 3, 2014 10:12 AM\nTo: Jo\nSubject: Water\n\nThe pump is broken."


def test_a_bare_header_block_counts_only_where_the_subject_says_forwarded() -> None:
    assert original_of(OUTLOOK, False) is None
    found = original_of(OUTLOOK, True)
    assert found is not None
    assert (found.address, found.text, found.note) == ("ana@clinic.example", "The pump is broken.", "See below")
    assert found.sent_at == datetime(2014, 3, 3, 10, 12, tzinfo=UTC)


def test_an_original_message_rule_counts_only_where_the_subject_says_forwarded() -> None:
    text = "Thanks\n\n-----Original Message-----\nFrom: Ana <ana@clinic.example>\nSubject: Water\n\nThe pump is broken."
    assert original_of(text, False) is None
    found = original_of(text, True)
    assert found is not None
    assert found.text == "The pump is broken."


def test_a_forward_without_a_sender_or_without_any_block_is_none() -> None:
    assert original_of("---------- Forwarded message ---------\nDate: today\n\ntext", False) is None
    assert original_of("nothing of the kind", True) is None


def test_a_date_nobody_can_read_is_unknown() -> None:
    found = original_of("Fwd\n\nFrom: a@b.example\nDate: the other day, perhaps\n\ntext", True)
    assert found is not None
    assert found.sent_at is None


def test_a_block_that_runs_to_the_end_leaves_no_text() -> None:
    found = original_of("From: a@b.example\nSubject: x", True)
    assert found is not None
    assert found.text == ""
