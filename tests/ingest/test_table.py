import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ingest import rows
from ingest.rows import rows_of
from ingest.sandbox import Unreadable
from ingest.sheet import read_sheet
from ingest.table import read_table
from store.errors import ConfigError
from store.records import TLP, Refusal, SourceKind, Submission

HEADER = "Serial,INCIDENT TITLE,INCIDENT DATE,LOCATION,DESCRIPTION,CATEGORY,LATITUDE,LONGITUDE,APPROVED,VERIFIED\n"


def read(path: Path, body: bytes | str, preset: str = "hivecast", mapping: Mapping[str, str] | None = None) -> list[Submission | Refusal]:
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return list(read_table(path, mapping, preset, ""))


def one(path: Path, body: bytes | str, preset: str = "hivecast") -> Submission:
    (found,) = read(path, body, preset)
    assert isinstance(found, Submission), found
    return found


def problem(found: Submission | Refusal) -> tuple[str, str]:
    assert isinstance(found, Refusal), found
    return found.where, found.reason


def test_a_jsonl_row_of_our_own_form_is_read(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "at": "2014-03-17",
        "source": "Radio",
        "source_kind": "news",
        "title": "T",
        "text": "t",
        "lang": "ar",
        "place": "Hama",
        "lat": 35.1,
        "lon": 36,
    }
    found = one(tmp_path / "r.jsonl", json.dumps({**row, "url": "https://x.example", "at_precision": "day"}))
    assert (found.key, found.source, found.source_kind, found.language) == ("a", "Radio", SourceKind.NEWS, "ar")
    assert (found.lat, found.lon, found.occurred_at) == (35.1, 36.0, datetime(2014, 3, 17, tzinfo=UTC))
    assert found.sensitivity is TLP.AMBER


def test_an_ushahidi_row_is_read_day_first(tmp_path: Path) -> None:
    body = HEADER + '12,Trapped,05/07/2010 17:26,"Jacmel, Haiti","People trapped, need help","1. x, ",50.2,5.7,YES,NO\n'
    found = one(tmp_path / "u.csv", body, "ushahidi")
    assert found.occurred_at == datetime(2010, 7, 5, 17, 26, tzinfo=UTC)
    assert (found.key, found.source, found.source_kind, found.confidence) == ("12", "ushahidi", SourceKind.PUBLIC, "not verified")
    assert (found.lat, found.lon, found.place, found.title) == (50.2, 5.7, "Jacmel, Haiti", "Trapped")


def test_an_empty_description_uses_the_title_as_text(tmp_path: Path) -> None:
    found = one(tmp_path / "u.csv", HEADER + "12,Trapped,05/07/2010 17:26,x,  ,c,1,2,YES,YES\n", "ushahidi")
    assert (found.text, found.title, found.confidence) == ("Trapped", "", "verified")


def test_bad_rows_are_refused_by_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    body = HEADER + (
        "1,a,32/07/2010 17:26,x,d,c,1,2,YES,NO\n"  # 2: date
        "2,a,05/07/2010 17:26,x,d,c,91,2,YES,NO\n"  # 3: latitude
        "3,a,05/07/2010 17:26,x,d,c,north,2,YES,NO\n"  # 4: latitude
        "4,a,05/07/2010\n"  # 5: width
        "5,,05/07/2010 17:26,x,,c,1,2,YES,NO\n"  # 6: no words
        "6,a,05/07/2010 17:26,x,d,c,nan,2,YES,NO\n"  # 7: NaN
        "\n"
        '7,a,05/07/2010 17:26,x,"two\nlines",c,1,2,YES,NO\n'
    )
    found = read(tmp_path / "u.csv", body, "ushahidi")
    assert [problem(each)[0] for each in found[:-1]] == [f"u.csv row {number}" for number in range(2, 8)]
    assert isinstance(found[-1], Submission)
    assert found[-1].text == "two\nlines"
    for each, word in zip(found[:-1], ["date", "lat", "lat", "cells", "neither text", "lat"], strict=True):
        assert word in problem(each)[1]


def test_a_stray_quote_costs_one_row(tmp_path: Path) -> None:
    body = 'id,text,place\n1,fine,x\n2,"never closed,y\n' + "".join(f"{number},fine,x\n" for number in range(3, 1_200))
    found = read(tmp_path / "t.csv", body)
    assert sum(isinstance(each, Refusal) for each in found) == 1
    assert len(found) == 1_199


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told_by_the_header(tmp_path: Path, delimiter: str) -> None:
    body = delimiter.join(["id", "text", "place"]) + "\n" + delimiter.join(["1", "a b", "c"])
    assert one(tmp_path / "t.csv", body).text == "a b"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_are_told_by_the_bytes(tmp_path: Path, encoding: str) -> None:
    body = "id,text\n1,Les blessés sont à l'hôpital et la route est coupée\n"
    assert "blessés" in one(tmp_path / "t.csv", body.encode(encoding)).text


def test_a_file_with_old_line_ends_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path / "t.csv", "id,text\r1,a\r2,b")) == 2
    assert len(read(tmp_path / "t.csv", "id,text\r\n1,a\r\n2,b\r\n")) == 2


def test_a_row_without_a_key_gets_one_of_its_content(tmp_path: Path) -> None:
    first, second, other = read(tmp_path / "t.csv", "text,place\na,b\na,b\nc,d\n")
    assert isinstance(first, Submission)
    assert isinstance(second, Submission)
    assert isinstance(other, Submission)
    assert first.key == second.key != other.key
    assert first.source == "t"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "not JSON"),
        ('{"text": NaN}', "NaN"),
        ("[1]", "no object"),
        ("{" + '"a":[' * 100_000, "not JSON"),
        ('{"text": ""}', "neither"),
        ('{"id": 3}', "neither"),
    ],
)
def test_bad_json_lines_are_refused_and_the_next_is_read(tmp_path: Path, line: str, word: str) -> None:
    bad, good = read(tmp_path / "t.jsonl", f'{{"text": "first"}}\n{line}\n\n{{"text": "a", "lat": null, "title": true}}')[1:]
    assert word in problem(bad)[1]
    assert problem(bad)[0] == "t.jsonl row 2"
    assert isinstance(good, Submission)


def test_sensitivity_and_kind_are_read_or_said_to_be_wrong(tmp_path: Path) -> None:
    found = read(tmp_path / "t.csv", "text,sensitivity,source_kind\na,TLP:RED,un\nb,purple,un\nc,,Martian\n")
    assert isinstance(found[0], Submission)
    assert (found[0].sensitivity, found[0].source_kind) == (TLP.RED, SourceKind.UN)
    assert "purple" in problem(found[1])[1]
    assert isinstance(found[2], Submission)
    assert found[2].source_kind is SourceKind.UNKNOWN


def test_an_own_mapping_is_followed(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "t.csv", "Quoi,Quand, Où \nroute coupée,2014-03-17,Hama\n", "", {"quoi": "text", "Quand": "occurred_at", "où": "place"})
    assert isinstance(found, Submission)
    assert (found.text, found.place, found.occurred_at) == ("route coupée", "Hama", datetime(2014, 3, 17, tzinfo=UTC))


def test_an_unknown_field_or_preset_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'weather'"):
        read_table(tmp_path / "t.csv", {"a": "weather"}, "", "")
    with pytest.raises(ConfigError, match="preset"):
        read_table(tmp_path / "t.csv", None, "kobo", "")


def test_a_missing_file_is_a_refusal(tmp_path: Path) -> None:
    (found,) = read_table(tmp_path / "none.csv", None, "hivecast", "")
    assert "cannot be read" in problem(found)[1]


def test_a_huge_file_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "FILE_LIMIT", 10)
    assert "larger" in problem(read(tmp_path / "t.csv", "id,text\n1,a\n")[0])[1]


def test_a_cell_over_the_csv_limit_is_a_refusal(tmp_path: Path) -> None:
    bad, good = read(tmp_path / "t.csv", f"id,text\n1,{'x' * 140_000}\n2,b\n")
    assert "cells" in problem(bad)[1]
    assert isinstance(good, Submission)


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["id", "at", "text", "lat", "lon", None],
        [7.0, datetime(2014, 3, 17, 10, tzinfo=UTC).replace(tzinfo=None), "Road closed", 35.5, 36.0],
        [8, date(2014, 3, 18), "b"],
        [9, None, "c", None, None, "x"],
    ):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_read(tmp_path: Path) -> None:
    found = read(tmp_path / "t.xlsx", workbook())
    assert isinstance(found[0], Submission)
    assert (found[0].key, found[0].text, found[0].lat) == ("7", "Road closed", 35.5)
    assert found[0].occurred_at == datetime(2014, 3, 17, 10, tzinfo=UTC)
    assert isinstance(found[1], Submission)
    assert "cells" in problem(found[2])[1]


def test_a_sheet_is_rows_of_text() -> None:
    found = read_sheet(workbook())
    assert found[0] == ["id", "at", "text", "lat", "lon"]
    assert found[2] == ["8", "2014-03-18T00:00:00", "b", "", ""]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (60 << 20))
    with pytest.raises(Unreadable, match="expands"):
        read_sheet(buffer.getvalue())
    assert "expands" in problem(read(tmp_path / "t.xlsx", buffer.getvalue())[0])[1]


@given(st.binary(max_size=400))
def test_any_bytes_give_rows(raw: bytes) -> None:
    for row in rows_of(raw if not raw.startswith(b"PK\x03\x04") else b"x" + raw):
        assert row.number >= 0


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({"nope": "text"}, "it has no column 'nope'; it has what, where"),
        ({"where": "place"}, "no column is mapped to text"),
        ({"what": "text"}, "it has neither text"),
    ],
)
def test_a_mapping_that_misses_the_text_says_what_is_wrong_with_it(tmp_path: Path, mapping: dict[str, str], reason: str) -> None:
    (found,) = read(tmp_path / "t.csv", "what,where\n,Boda\n", "", mapping)
    assert reason in problem(found)[1]
