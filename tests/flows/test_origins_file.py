"""Which reports of a file repeat one text, by the ids of the file."""

from datetime import UTC, datetime
from pathlib import Path

from flows.origins_file import origins_of_file
from tests.flows.test_report_file import written

NOW = datetime(2031, 5, 1, 12, tzinfo=UTC)
COPY = "The main bridge over the river was closed to heavy trucks this morning after engineers found cracks in two of its pillars."


def test_origins_name_the_earliest_report_by_its_own_id(tmp_path: Path) -> None:
    rows = [
        {"id": "second", "at": "2031-04-02", "source": "Echo", "text": COPY},
        {"id": "first", "at": "2031-04-01", "source": "Wire", "text": COPY},
        {
            "id": "other",
            "at": "2031-04-01",
            "source": "Wire",
            "text": "Nurses at the district hospital went on strike over unpaid wages and the shortage of beds.",
        },
    ]
    done = origins_of_file(written(tmp_path, *rows, "{broken"), NOW)
    assert [(line["id"], line["origin"]) for line in done.lines] == [("second", "first"), ("first", "first"), ("other", "other")]
    assert all(line["revision_of"] is None for line in done.lines if line["id"] != "second")
    assert [refused.number for refused in done.refused] == [4]


def test_without_dates_the_first_of_the_file_is_the_origin(tmp_path: Path) -> None:
    rows = [{"id": name, "source": name, "text": COPY} for name in ("z", "a", "m")]
    assert {line["origin"] for line in origins_of_file(written(tmp_path, *rows), NOW).lines} == {"z"}
