from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.headers import address_of, date_of, header, message_id, says_forwarded, without_prefix, words_of


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?b?2YXZitin2Yc=?=", "مياه"),
        ("=?utf-8?q?a=0Ab?= c", "a b c"),
        ("=?x-foo?b?4pi6?=", "☺"),
        ("=?utf-8?b?!!!?=", "=?utf-8?b?!!!?="),
        ("plain\r\n words", "plain words"),
        (b"caf\xc3\xa9".decode("ascii", "surrogateescape"), "café"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
    ],
)
def test_header_words_are_decoded_or_left(raw: str, text: str) -> None:
    assert words_of(raw) == text


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        ("Jo Doe <Jo@X.Example>", "Jo Doe", "jo@x.example"),
        ("jo@x.example", "", "jo@x.example"),
        ("a@[x", "a@[x", ""),
        ("(" * 3_000, "(" * 200, ""),
        ('"Jo" jo@x.example>>', "Jo", "jo@x.example"),
        ("Nobody", "Nobody", ""),
        ("", "", ""),
    ],
)
def test_addresses_are_found_or_empty(raw: str, name: str, address: str) -> None:
    assert address_of(raw) == (name, address)


def test_a_missing_date_is_taken_from_the_last_server() -> None:
    mail = BytesParser().parsebytes(b"Received: by x; Mon, 17 Mar 2014 10:30:00 +0000\nDate: today\n\n")
    when = date_of(mail)
    assert when is not None
    assert when.isoformat() == "2014-03-17T10:30:00+00:00"


def test_a_message_id_must_look_like_one() -> None:
    assert message_id(BytesParser().parsebytes(b"Message-ID: <abc@x.example>\n\n")) == "abc@x.example"
    assert message_id(BytesParser().parsebytes(b"Message-ID: <[x\n\n")) == ""


@pytest.mark.parametrize("subject", ["Fwd: a", "FW: a", "TR : a", "WG: a", "RV: a", "Fwd: Fw: a", "إعادة توجيه: a"])
def test_marks_of_forwarding_are_known(subject: str) -> None:
    assert says_forwarded(subject)
    assert without_prefix(subject) == "a"


def test_a_reply_is_not_forwarded() -> None:
    assert not says_forwarded("Re: forwarding")
    assert without_prefix("Re: a") == "Re: a"


@given(st.binary(max_size=200))
def test_any_header_bytes_give_text(raw: bytes) -> None:
    mail = BytesParser().parsebytes(b"From: " + raw + b"\nSubject: " + raw + b"\n\n")
    address_of(header(mail, "From"))
    header(mail, "Subject").encode()
    date_of(mail)
