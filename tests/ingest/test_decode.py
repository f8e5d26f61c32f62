import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import decode


@pytest.mark.parametrize("charset", ["", "x-unknown", "idna", "rot13", "zlib", "undefined", "punycode", "utf-8\0", "us-ascii", "unicode_escape", '"utf-8"'])
def test_utf8_is_read_whatever_the_label_says(charset: str) -> None:
    assert decode("café ☂".encode(), charset) == "café ☂"


def test_a_true_label_is_believed() -> None:
    assert decode("Привет".encode("koi8-r"), "KOI8-R") == "Привет"


def test_a_long_text_without_a_label_is_read_in_its_alphabet() -> None:
    text = "Сегодня в больнице закончилась чистая вода, и врачи просят о помощи. " * 3
    assert decode(text.encode("cp1251")) == text


def test_a_short_text_without_a_label_is_read_as_western() -> None:
    assert decode(b"caf\xe9") == "café"


def test_bytes_that_do_not_fit_their_label_are_read_as_utf8() -> None:
    assert decode("مياه".encode(), "shift_jis_2004x") == "مياه"


def test_a_byte_order_mark_and_nul_go() -> None:
    assert decode(b"\xef\xbb\xbfa\0b") == "ab"


@given(st.binary(max_size=300), st.sampled_from(["", "utf-7", "utf-16", "ascii", "cp1256", "idna", "big5", "utf-8"]))
def test_anything_becomes_text_that_can_be_stored(raw: bytes, charset: str) -> None:
    text = decode(raw, charset)
    text.encode("utf-8")
    assert "\0" not in text
