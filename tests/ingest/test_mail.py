import hashlib
import io
import zipfile
from email.message import EmailMessage
from email.mime.message import MIMEMessage

import pytest
from docx2python import docx2python  # noqa: F401  fails here rather than in the child where it is missing
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from ingest import mail as mail_module
from ingest.attachments import DOCX, readable, text_of
from ingest.letter import File, open_letter
from ingest.mail import MailPolicy, open_mail, open_plainly, public_name, read_message
from ingest.sandbox import Unreadable
from store.records import Refusal, SourceKind, Submission


def hashed(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()


def read(raw: bytes, policy: MailPolicy) -> Submission:
    found = read_message(raw, "inbox 1", policy)
    assert isinstance(found, Submission), found
    return found


def refused(raw: bytes, policy: MailPolicy) -> str:
    found = read_message(raw, "inbox 1", policy)
    assert isinstance(found, Refusal), found
    assert found.where == "inbox 1"
    assert found.remedy
    assert found.body == raw[: 1 << 20]
    return found.reason


def message(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    for name, value in {"From": "Jo Doe <jo@un.example>", "Subject": "Water", "Date": "Mon, 3 Mar 2014 10:12:00 +0000", **headers}.items():
        mail[name.replace("_", "-")] = value
    return mail


def test_a_plain_mail_is_read(policy: MailPolicy) -> None:
    mail = message(Message_ID="<abc@un.example>")
    mail.set_content("The pump is broken.\n\n-- \nJo Doe, +49 170 1234567\n")
    found = read(mail.as_bytes(), policy)
    assert (found.source, found.source_kind, found.key, found.title) == ("UN desk", SourceKind.UN, hashed("abc@un.example"), "Water")
    assert found.text == "The pump is broken."
    assert found.sender == "Jo Doe <jo@un.example>"
    assert found.occurred_at is not None


def test_the_senders_name_and_address_are_in_no_other_field(policy: MailPolicy) -> None:
    mail = message(From="Jo Doe <jo@secret.example>")
    mail.set_content("The pump is broken.")
    found = read(mail.as_bytes(), policy)
    assert found.source == "sender-17"
    assert found.source_kind is SourceKind.UNKNOWN
    assert not any("secret" in str(getattr(found, name)) for name in ("source", "text", "title", "key", "publisher", "attachments"))


def test_senders_are_known_by_address_then_by_domain(policy: MailPolicy) -> None:
    assert public_name(("", "office@relief.example"), policy)[0] == "Relief Office"
    assert public_name(("", "x@field.un.example"), policy)[0] == "UN desk"
    assert public_name(("Jo", ""), policy)[0] == "sender-2"
    assert public_name(("", ""), policy)[0] == "sender-14"


def test_plain_text_is_preferred_to_html_and_html_is_cleaned(policy: MailPolicy) -> None:
    mail = message()
    mail.set_content("plain words")
    mail.add_alternative("<p>rich words</p>", subtype="html")
    assert read(mail.as_bytes(), policy).text == "plain words"
    rich = message()
    rich.set_content("<script>alert(1)</script><p>rich <b>words</b></p>", subtype="html")
    assert read(rich.as_bytes(), policy).text == "rich words"


def test_an_empty_plain_part_gives_way_to_html(policy: MailPolicy) -> None:
    mail = message()
    mail.set_content(" \n")
    mail.add_alternative("<p>rich words</p>", subtype="html")
    assert read(mail.as_bytes(), policy).text == "rich words"


def test_html_called_plain_is_cleaned(policy: MailPolicy) -> None:
    assert read(b"From: a@b.example\n\n<html><body><p>words</p></body></html>", policy).text == "words"


def test_a_mail_without_a_message_id_is_known_by_its_bytes(policy: MailPolicy) -> None:
    one, two = (read(b"From: a@b.example\n\nwords" + extra, policy) for extra in (b"", b"!"))
    assert one.key != two.key
    assert len(one.key) == 64


def test_an_attached_mail_is_its_writers(policy: MailPolicy) -> None:
    inner = message(From="Ana <ana@relief.example>", Subject="Pump", Message_ID="<inner@relief.example>", Date="Sun, 2 Mar 2014 08:00:00 +0000")
    inner.set_content("The pump is broken.")
    outer = message(Subject="Fwd: Pump")
    outer.set_content("see below")
    outer.make_mixed()
    outer.attach(MIMEMessage(inner))  # type: ignore[arg-type]
    second = message(Subject="Another")
    second.set_content("More.")
    outer.attach(MIMEMessage(second))  # type: ignore[arg-type]
    found = read(outer.as_bytes(), policy)
    assert (found.title, found.text, found.key) == ("Pump", "The pump is broken.", hashed("inner@relief.example"))
    assert found.occurred_at is not None
    assert found.occurred_at.day == 2
    assert found.sender == "Ana <ana@relief.example> (forwarded by Jo Doe <jo@un.example>)"
    assert [(each.name, each.text) for each in found.attachments] == [("covering note", "see below"), ("Another", "More.")]


def test_a_mail_within_a_mail_within_a_mail_is_followed_to_its_words(policy: MailPolicy) -> None:
    raw = b"From: a@b.example\nContent-Type: message/rfc822\n\nFrom: c@d.example\nContent-Type: message/rfc822\n\nFrom: e@f.example\n\nwords"
    assert read(raw, policy).sender == "e@f.example (forwarded by a@b.example)"


def test_an_inline_forward_is_its_writers(policy: MailPolicy) -> None:
    mail = message(Subject="Fwd: Pump")
    mail.set_content(
        "FYI\n\n---------- Forwarded message ---------\nFrom: Ana <office@relief.example>\nDate: Sun, 2 Mar 2014 08:00:00 +0000\n\nThe pump is broken."
    )
    found = read(mail.as_bytes(), policy)
    assert (found.source, found.title, found.text) == ("Relief Office", "Pump", "The pump is broken.")
    assert found.attachments[0].text == "FYI"


def test_attachments_are_listed_and_readable_ones_read(policy: MailPolicy) -> None:
    mail = message()
    mail.set_content("see the file")
    mail.add_attachment("12 families\n", filename="list.txt")
    mail.add_attachment(b"\x00\x01", maintype="image", subtype="png", filename="../../a.png")
    mail.add_attachment(b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="b.pdf")
    found = read(mail.as_bytes(), policy).attachments
    assert [(each.name, each.media_type, each.text) for each in found] == [
        ("list.txt", "text/plain", "12 families"),
        ("a.png", "image/png", ""),
        ("b.pdf", "application/pdf", ""),
    ]
    assert found[1].size == 2
    assert len(found[1].sha256) == 64


def test_a_mail_of_nothing_but_a_readable_file_is_that_file(policy: MailPolicy) -> None:
    mail = message()
    mail.add_attachment("12 families without water", filename="list.txt")
    assert read(mail.as_bytes(), policy).text == "12 families without water"


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"  \n", "empty"),
        (b"\xd0\xcf\x11\xe0rest", "Outlook"),
        (b"x" * ((10 << 20) + 1), "10 MB"),
        (b"just words, no mail", "no mail"),
        (b"From: a@b.example\n\n \n", "no text"),
        (b"From: a@b.example\nContent-Type: image/png\n\nx", "image/png"),
        (b"From: MAILER-DAEMON@b.example\n\nno such user", "bounce"),
        (b"From: a@b.example\nAuto-Submitted: auto-replied\n\nI am away", "automatic reply"),
        (b"From: a@b.example\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR", "invitation"),
        (b"From: a@b.example\nContent-Type: message/partial; id=a\n\nwords", "fragment"),
        (b"From: a@b.example\nContent-Type: application/pkcs7-mime\n\nx", "encrypted"),
        (b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 250, "more than 200 parts"),
        (b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\n" * 60 + b"\nx", "20 levels"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(policy: MailPolicy, raw: bytes, word: str) -> None:
    assert word in refused(raw, policy)


def test_a_report_with_an_attached_calendar_is_a_report(policy: MailPolicy) -> None:
    mail = message()
    mail.set_content("The clinic is open on these days")
    mail.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="days.ics")
    assert read(mail.as_bytes(), policy).text == "The clinic is open on these days"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: =?utf-8?q?a=0Ab?= <a@b.example>\n\nwords",
        b"Message-ID: <[x\nFrom: a@b.example\n\nwords",
        b"From: a@[x\n\nwords",
        b"From: " + b"(" * 3_000 + b"\n\nwords",
        b"From: a@b.example\nContent-Type: text/plain; charset=rot13\n\nwords",
        b"From: a@b.example\nContent-Type: text/plain; charset=idna\n\nwords \xff",
        b"From: a@b.example\nContent-Type: text/plain; charset=undefined\n\nwords",
        b'From: a@b.example\nContent-Type: text/plain; charset="a\0b"\n\nwo\0rds',
        b"From: a@b.example\nContent-Type: text/plain; charset*=utf-8''%FF%FE\n\nwords",
        b"From: a@b.example\nContent-Type: /\n\nwords",
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=other\n\n--b\nContent-Type: text/plain\n\nwords\n--b--",
        b"From: a@b.example\nContent-Type: multipart/mixed\n\nwords",
        b"From: a@b.example\nContent-Transfer-Encoding: x-uuencode\n\nwords",
        b"From: a@b.example\nContent-Transfer-Encoding: base64\n\nwords!",
        b"From: a@b.example\nDate: Mon, 99 Foo 99999\n\nwords",
        b"From: a@b.example\nContent-Type: text/plain; charset=utf-7\n\nwords+2AA-",
        b"From: a@b.example\nContent-Type: text/plain; name*0*=bad''%ff\n\nwords",
        b"From: a@b.example\nContent-Disposition: inline; filename*=x-foo''%ff\n\nwords",
    ],
)
def test_malformed_mails_still_give_their_words_or_a_reason(policy: MailPolicy, raw: bytes) -> None:
    found = read_message(raw, "inbox 1", policy)
    if isinstance(found, Submission):
        found.text.encode()
        assert "\0" not in found.text
    else:
        assert "no text" in found.reason
    assert isinstance(open_mail(raw).letter.text, str)


def test_a_boundary_that_does_not_fit_is_guessed(policy: MailPolicy) -> None:
    raw = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=other\n\npreamble\n--mine\nContent-Type: text/plain\n\nwords\n--mine--"
    assert read(raw, policy).text == "words"


def test_a_text_on_which_looking_for_quotations_takes_too_long_is_read_plainly(policy: MailPolicy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_module, "open_mail", never_ends)
    monkeypatch.setattr(mail_module, "SECONDS", 1.0)
    assert read(b"From: a@b.example\n\nwords", policy).text == "words"


def never_ends(_: bytes) -> None:
    while True:
        pass


def test_reading_plainly_leaves_everything_in() -> None:
    assert open_plainly(b"From: a@b.example\n\nwords\n> quoted").text == "words\n> quoted"


def test_limits_are_held_in_the_child_too() -> None:
    with pytest.raises(Unreadable, match="200 parts"):
        open_letter(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 250)


def docx(words: str) -> bytes:
    buffer = io.BytesIO()
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/></Types>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>')
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{word}" xmlns:r="{office.rpartition("/")[0]}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>',
        )
    return buffer.getvalue()


def pdf(words: str) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(300, 100)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"), NameObject("/BaseFont"): NameObject("/Helvetica")}
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 10 50 Td ({words}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_documents_are_read(policy: MailPolicy) -> None:
    mail = message()
    mail.set_content("see the files")
    mail.add_attachment(docx("Twelve families"), maintype="application", subtype=DOCX.partition("/")[2], filename="a.docx")
    mail.add_attachment(pdf("Water is unsafe"), maintype="application", subtype="pdf", filename="b.pdf")
    assert [each.text for each in read(mail.as_bytes(), policy).attachments] == ["Twelve families", "Water is unsafe"]


def test_the_reader_of_each_kind_gives_text() -> None:
    assert text_of(File(name="a.docx", media_type="application/octet-stream", content=docx("Twelve families"))) == "Twelve families"
    assert text_of(File(name="b", media_type="application/pdf", content=pdf("Water is unsafe"))) == "Water is unsafe"
    assert text_of(File(name="c.html", media_type="text/html", content=b"<p>a</p>")) == "a"
    assert not readable(File(name="d.zip", media_type="application/zip", content=b"PK\x03\x04"))


def test_a_document_that_is_a_bomb_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (60 << 20))
    with pytest.raises(Unreadable):
        text_of(File(name="a.docx", media_type=DOCX, content=buffer.getvalue()))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"From: ", b"Content-Type: ", b"Date: ", b"Subject: ", b"Content-Disposition: ", b""]))
def test_any_bytes_are_a_submission_or_a_refusal(raw: bytes, start: bytes) -> None:
    found = read_message(start + raw, "x", MailPolicy(senders={}, pseudonym=lambda _: "p"))
    assert isinstance(found, Submission | Refusal)
