"""A file of reports, line by line: what can be taken is taken to the letter, what cannot is named with its remedy."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.report_file import Entry, report_file, write_lines
from store.errors import ConfigError
from store.journal import report_id
from store.records import SourceKind

NOW = datetime(2031, 5, 1, 12, tzinfo=UTC)


def written(folder: Path, *lines: Any) -> Path:
    path = folder / "field.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    return path


def only(path: Path, *, spans: bool = False) -> Entry:
    (entry,), refused = report_file(path, NOW, spans=spans)
    assert refused == ()
    return entry


def test_a_line_becomes_the_report_that_ingest_would_make(tmp_path: Path) -> None:
    line = {
        "key": 7, "occurred_at": "2031-04-01", "source": "Radio Boda", "source_kind": "News", "text": "The bridge is shut.", "lang": "en",
        "place": "Boda", "lat": "4.3", "lon": 17.5, "publisher": "Boda Press", "url": "https://example.org/a", "sensitivity": "amber", "title": None,
    }  # fmt: skip
    entry = only(written(tmp_path, line))
    report = entry.report
    assert (entry.id, entry.number, report.id) == ("7", 1, report_id("Radio Boda", "7"))
    assert (report.at, report.source_kind, report.language) == (datetime(2031, 4, 1, tzinfo=UTC), SourceKind.NEWS, "en")
    assert (report.place, report.lat, report.lon, report.voice, report.url) == ("Boda", 4.3, 17.5, "Boda Press", "https://example.org/a")


def test_text_alone_is_enough_and_is_said_now_in_the_order_of_the_file(tmp_path: Path) -> None:
    entries, refused = report_file(written(tmp_path, {"text": "Water rises."}, "", {"text": "Water falls."}, {"text": "Old.", "at": "2030-01-01"}), NOW)
    first, second, old = (entry.report for entry in entries)
    assert old.at < NOW < first.at < second.at < NOW + timedelta(seconds=1)
    assert (first.source, first.source_kind, refused) == ("field", SourceKind.UNKNOWN, ())
    assert len({entry.id for entry in entries}) == 3


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60).filter(lambda text: any(mark.isalnum() for mark in text)))
def test_not_one_character_of_the_text_is_moved(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = written(tmp_path_factory.mktemp("file"), {"text": text})
    assert only(path).report.words == text


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Flood in Boda", "The river rose.", "Flood in Boda\nThe river rose."),
        ("Flood in Boda", "Flood in Boda. The river rose.", "Flood in Boda. The river rose."),
        ("Am\u00adbas\u00adsadors | Boda", "Am bas sadors Boda: they met.", "Am bas sadors Boda: they met."),
        ("Flood in Boda", "  ", "Flood in Boda"),
        ("Flood in Boda", None, "Flood in Boda"),
        ("  ", "The river rose.", "The river rose."),
    ],
)
def test_a_title_stands_before_the_text_unless_the_text_has_it(tmp_path: Path, title: str, text: str | None, words: str) -> None:
    assert only(written(tmp_path, {"title": title, "text": text})).report.words == words


def test_spans_count_the_text_alone_and_keep_their_order(tmp_path: Path) -> None:
    entry = only(written(tmp_path, {"title": "Flood", "text": "Boda and Goma", "spans": [[9, 13], [0, 4]]}), spans=True)
    assert (entry.report.words, entry.spans) == ("Boda and Goma", ((9, 13), (0, 4)))
    assert only(written(tmp_path, {"text": "Boda", "spans": []}), spans=True).spans == ()
    assert only(written(tmp_path, {"text": "Boda", "spans": [[0, 99]]})).spans == ()


@pytest.mark.parametrize(
    ("line", "why", "remedy"),
    [
        ("{broken", "not JSON", "one JSON object a line"),
        ("[" * 100_000, "not JSON", "one JSON object a line"),
        ("no braces at all", "not JSON", "one JSON object a line"),
        ("[1]", "no object", "one JSON object a line"),
        ({"id": "9"}, "no text", "into text"),
        ({"text": "a" * 200_001}, "characters, more than", "in parts"),
        ({"text": "a\0b"}, "NUL", "without NUL"),
        ({"text": ["a"]}, "`text`", "mend the field"),
        ({"text": "a", "at": "3/4/2031"}, "'3/4/2031' cannot be read", "2014-03-17"),
        ({"text": "a", "lat": 91, "lon": 0}, "`lat`", "decimal degrees"),
        ({"text": "a", "lat": 9}, "together", "both"),
        ({"text": "a", "spans": [[0, 2]]}, "[0, 2]", "characters of `text`"),
        ({"text": "a", "spans": [[1, 1]]}, "[1, 1]", "characters of `text`"),
        ({"text": "a", "spans": [[0.5, 1]]}, "`spans`", "characters of `text`"),
        ({"text": "a"}, "no `spans`", "characters of `text`"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why_and_how_to_mend_it_and_stops_no_other(tmp_path: Path, line: Any, why: str, remedy: str) -> None:
    good = {"text": "The river rose.", "spans": [[4, 9]]}
    entries, (refused,) = report_file(written(tmp_path, line, good), NOW, spans=True)
    assert [entry.number for entry in entries] == [2]
    assert refused.number == 1
    assert why in refused.reason
    assert remedy in refused.remedy


def test_an_id_that_is_used_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    entries, (refused,) = report_file(written(tmp_path, {"id": "a", "text": "One."}, {"id": "a", "text": "Two.", "source": "B"}), NOW)
    assert [entry.report.text for entry in entries] == ["One."]
    assert (refused.number, refused.reason) == (2, "its id is that of line 1")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        report_file(tmp_path / "nowhere.jsonl", NOW)


def test_the_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    write_lines(out, [{"day": date(2031, 4, 1), "text": "طرابلس"}])
    assert out.read_text(encoding="utf-8") == '{"day": "2031-04-01", "text": "طرابلس"}\n'
    with pytest.raises(ValueError, match="JSON compliant"):
        write_lines(out, [{"number": float("nan")}])
    assert json.loads(out.read_text(encoding="utf-8"))["day"] == "2031-04-01"
    with pytest.raises(ConfigError, match="cannot be written"):
        write_lines(tmp_path / "no folder" / "out.jsonl", [])


def test_half_a_character_in_a_line_stops_no_other(tmp_path: Path) -> None:
    entries, refused = report_file(written(tmp_path, r'{"id": "\ud800", "text": "Half \udc00 of it."}', {"text": "Whole."}), NOW)
    out = tmp_path / "out.jsonl"
    write_lines(out, [{"id": entry.id, "text": entry.report.text} for entry in entries])
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(found) + len(refused) == 2
    assert found[-1]["text"] == "Whole."
