import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.detect import detect


def workbook() -> bytes:
    buffer = io.BytesIO()
    book = Workbook()
    assert book.active is not None
    book.active.append(["id", "text", "at"])
    book.active.append(["1", "a", "2014-03-17"])
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"Serial,INCIDENT TITLE,INCIDENT DATE,LOCATION,DESCRIPTION\n1,a,b,c,d\n", "ushahidi"),
        (b'{"id": "a", "text": "b", "place": "c"}\n{"id": "d"}\n', "hivecast"),
        ("\ufeffid;text;place\n1;a;b".encode(), "hivecast"),
        (b"title,author\n1,2\n", "unknown"),
        (workbook(), "hivecast"),
        (b"PK\x03\x04 no workbook", "unknown"),
        (b"From: a@b.example\nSubject: x\n\nwords", "mail"),
        (b"From a@b.example Mon Mar  3 10:12:00 2014\nReceived: x\n\nwords", "mail"),
        (b"Received: by x\r\n\tfor y\r\nFrom: a@b.example\r\n\r\nwords", "mail"),
        (b"Note: just words\nAnother: line", "unknown"),
        (b"<?xml version='1.0'?><!-- x --><rss version='2.0'/>", "feed"),
        (b"\n<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        (b"<!DOCTYPE html><html><rss></html>", "unknown"),
        (b"<svg/>", "unknown"),
        (json.dumps({"version": "https://jsonfeed.org/version/1", "items": []}, indent=1).encode(), "feed"),
        (b'{"a": 1}', "unknown"),
        (b"{broken", "unknown"),
        (b"", "unknown"),
        (b"\x00\x01\x02", "unknown"),
    ],
)
def test_content_and_not_the_name_tells_the_kind(tmp_path: Path, body: bytes, kind: str) -> None:
    path = tmp_path / "file.dat"
    path.write_bytes(body)
    assert detect(path) == kind


def test_folders_are_what_their_files_are(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"From: a@b.example\n\nwords")
    assert detect(tmp_path) == "mail"
    (tmp_path / "b.xml").write_bytes(b"<rss/>")
    assert detect(tmp_path) == "unknown"


def test_a_maildir_is_mail_even_when_empty(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    assert detect(tmp_path) == "mail"


def test_a_missing_file_is_unknown(tmp_path: Path) -> None:
    assert detect(tmp_path / "none") == "unknown"
