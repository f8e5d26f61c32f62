import pytest

from ingest.letter import Letter, open_letter
from ingest.mail import open_mail
from ingest.sandbox import Unreadable


def letter(body: bytes) -> Letter:
    return open_letter(b"From: a@b.example\n" + body)


def test_of_alternatives_the_plain_one_is_read_and_files_are_kept() -> None:
    found = letter(
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>rich</p>\n--b\nContent-Type: text/plain\n\nplain\n"
        b"--b\nContent-Type: image/png\n\nx\n--b--"
    )
    assert found.text == "plain"
    assert [file.media_type for file in found.files] == ["image/png"]


def test_a_guessed_boundary_splits_and_none_leaves_the_words() -> None:
    assert letter(b"Content-Type: multipart/mixed; boundary=other\n\n--mine\nContent-Type: text/plain\n\nwords\n--mine--").text == "words"
    assert letter(b"Content-Type: multipart/mixed; boundary=other\n\nwords").text == "words"


def test_more_than_twenty_levels_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="20 levels"):
        letter(b"Content-Type: message/rfc822\n\n" * 60 + b"\nx")


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"Content-Type: text/calendar\n\nx", "invitation"),
        (b"Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/octet-stream\n\nx\n--b--", "encrypted"),
        (b"Auto-Submitted: auto-replied\n\nI am away", "automatic"),
        (b"\nwords", ""),
    ],
)
def test_the_problem_of_a_mail_is_named(body: bytes, word: str) -> None:
    found = letter(body).problem
    assert word in found
    assert bool(word) == bool(found)


def test_a_bounce_and_no_mail_at_all_are_named() -> None:
    assert "bounce" in open_letter(b"From: mailer-daemon@b.example\n\nx").problem
    assert "no mail" in open_letter(b"words").problem


def test_odd_labels_do_not_stop_the_reading() -> None:
    assert letter(b"Content-Type: text/plain; charset*=x''%ff%fe\n\nwords").text == "words"
    assert letter(b"Content-Disposition: attachment; filename*0*=x''%ff; filename*1*=b\n\nwords").files[0].content.strip() == b"words"
    assert letter(b"Content-Type: image/png\n\n").files == ()


def test_the_forwarded_mail_is_opened_with_its_files_and_the_rest_set_aside() -> None:
    inner = b"From: c@d.example\nSubject: inner\n\nwords"
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nnote\n--b\nContent-Type: message/rfc822\n\n" + inner + b"\n--b\nContent-Type: message/rfc822\n\n"
    )
    found = open_mail(b"From: a@b.example\n" + raw + b"From: e@f.example\n\nmore\n--b--")
    assert found.original is not None
    assert (found.original.address, found.text) == ("c@d.example", "words")
    assert found.set_aside == (("covering note", "note"), ("attached mail", "more"))


def test_wordless_wrappings_are_followed_inwards() -> None:
    found = open_mail(b"From: a@b.example\nContent-Type: message/rfc822\n\nFrom: c@d.example\nContent-Type: message/rfc822\n\nFrom: e@f.example\n\nwords")
    assert found.original is not None
    assert found.original.address == "e@f.example"


def test_an_inline_forward_keeps_the_note_apart() -> None:
    found = open_mail(b"From: a@b.example\nSubject: Fwd: x\n\nnote\n\n---------- Forwarded message ---------\nFrom: c@d.example\n\nwords")
    assert (found.text, found.set_aside) == ("words", (("covering note", "note"),))
