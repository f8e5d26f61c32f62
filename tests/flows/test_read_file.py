"""A file of reports comes back as what each says, or whom it repeats, in its own order."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.intake import drain
from flows.kit import opened
from flows.read_file import file_reader, read_file, told
from flows.replay import submissions
from flows.report_file import report_file, write_lines
from flows.settings import Settings
from flows.take import take
from flows.understand import understand
from nlp.models import Models
from nlp.obstacles import load_obstacles
from nlp.places.gazetteer import open_gazetteer
from nlp.read import Reader
from store.records import Mention
from tests.flows.test_report_file import written
from tests.nlp.places.conftest import small_folder

__all__ = ["small_folder"]
NOW = datetime(2031, 5, 1, 12, tzinfo=UTC)
ROWS = [
    {"id": "late", "at": "2031-04-03", "source": "Radio", "text": "At least 40 people were killed in Aleppo on Monday, doctors said."},
    {"id": "early", "at": "2031-04-01", "source": "Relief", "title": "Water", "text": "The plant in Manbij has stopped since March."},
    {"id": "nowhere", "at": "2031-04-02", "text": "The plant has stopped.", "place": "Aleppo"},
]


WIRE = (
    "Governor Amina Okello told nurses in Tripoli that UNHCR would send a ship with flour within a week, and that the port would open on Friday for two days."
)
MORE = [
    {"id": "w1", "at": "2031-04-03T10:00:00Z", "source": "Radio", "text": WIRE},
    {"id": "w2", "at": "2031-04-03T11:00:00Z", "source": "Paper", "text": f"{WIRE} Our own correspondent saw no ship."},
    {
        "id": "w3",
        "at": "2031-04-04",
        "source": "Paper",
        "text": "Amina Okello left Tripoli. The UN Refugee Agency counted 12,000 displaced people near Benghazi.",
    },
    {
        "id": "w4",
        "at": "2031-04-05",
        "source": "Radio",
        "text": "Le gouverneur Amina Okello est à Tripoli ; au moins 30 morts, selon le ministère de la Santé.",
    },
]


class Shouting:
    """Finds words in capitals, and trips over one of them."""

    name = "shouting"

    def recognise(self, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
        if any("TRIP" in text for text in texts):
            raise ValueError("tripped")
        return [tuple(Mention(start=text.index(w), end=text.index(w) + len(w), text=w, label="ORG") for w in text.split() if w.isupper()) for text in texts]


@pytest.fixture
def reader(small_folder: Path) -> Reader:
    models = Models(encoder=None, recognisers={"en": Shouting()})
    return Reader(models=models, gazetteer=open_gazetteer(small_folder, None), obstacles=load_obstacles(None))


def test_each_report_comes_back_in_the_order_of_the_file(tmp_path: Path, reader: Reader) -> None:
    seen: list[tuple[str, int, int]] = []
    done = read_file(written(tmp_path, *ROWS), reader, NOW, progress=lambda *step: seen.append(step))
    late, early, nowhere = done.lines
    assert [line["id"] for line in done.lines] == ["late", "early", "nowhere"]
    assert set(late) == {"id", "lang", "mentions", "places", "figures", "dates"}
    (aleppo,) = late["places"]
    assert (aleppo["start"], aleppo["end"], aleppo["country"], aleppo["geonameid"], aleppo["precision"]) == (34, 40, "SY", 170063, "town")
    assert (early["places"][0]["start"], early["places"][0]["name"]) == (19, "Manbij")
    assert (nowhere["places"], nowhere["own_place"]["geonameid"], nowhere["own_place"]["start"]) == ([], 170063, 0)
    assert (done.refused, done.degraded, seen) == ((), (), [("read", 3, 3)])


def test_what_is_counted_and_when_is_written_as_data(tmp_path: Path, reader: Reader) -> None:
    out = tmp_path / "out.jsonl"
    write_lines(out, read_file(written(tmp_path, *ROWS), reader, NOW).lines)
    late, early, _ = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    (figure,) = late["figures"]
    assert (figure["kind"], figure["low"], figure["high"], figure["unit"], figure["place_id"]) == ("killed", 40, None, "people", "gn:170063")
    assert [when["first"] for when in late["dates"]] == ["2031-03-31"]
    assert [(when["first"], when["last"]) for when in early["dates"]] == [("2031-03-01", None)]


def test_spans_are_resolved_in_the_order_they_are_given_and_nothing_else(tmp_path: Path, reader: Reader) -> None:
    text = "ACME moved from Tripoli to Aleppo, 40 people were killed."
    row = {"id": "a", "title": "Moved", "text": text, "place": "Goma", "spans": [[27, 33], [16, 23], [5, 10]]}
    done = read_file(written(tmp_path, row, {"id": "b", "text": "Aleppo"}), reader, NOW, spans=True)
    (line,) = done.lines
    assert [(place["start"], place["end"]) for place in line["places"]] == [(27, 33), (16, 23)]
    assert line["places"][0]["geonameid"] == 170063
    assert line["places"][1]["runner_up"]["country"] in {"LB", "LY"}
    assert (line["mentions"], line["figures"], line["dates"]) == ([], [], [])
    assert [refused.number for refused in done.refused] == [2]


@pytest.mark.parametrize("spans", [True, False])
def test_a_report_that_no_reader_survives_is_refused_and_the_others_are_read(tmp_path: Path, reader: Reader, spans: bool) -> None:
    rows = [{"id": "a", "text": "ACME opened a clinic in Aleppo today."}, {"id": "b", "text": "TRIP over this clinic in the town of Aleppo."}]
    done = read_file(written(tmp_path, *({**row, "spans": [[0, 4]]} for row in rows)), reader, NOW, spans=spans)
    if not spans:
        assert [line["id"] for line in done.lines] == ["a"]
        assert [m["text"] for m in done.lines[0]["mentions"]] == ["ACME"]
        assert [(refused.number, "could not be read" in refused.reason) for refused in done.refused] == [(2, True)]
    else:
        assert [line["id"] for line in done.lines] == ["a", "b"]


@pytest.mark.slow
def test_a_file_says_what_the_flow_stores_field_by_field(tmp_path: Path, models_folder: Path) -> None:
    """Real models; the flow goes without its encoder, which nothing of this depends on."""
    path = written(tmp_path, *ROWS, *MORE)
    settings = Settings(home=tmp_path / "home", models=models_folder, batch=2)
    reader = file_reader(settings)
    assert reader.models.missing == ()
    done = read_file(path, reader, NOW)
    with opened(settings) as kit:
        kit.__dict__["models"], kit.__dict__["reader"] = reader.models, reader
        take(submissions(path), kit.journal, NOW)
        drain(kit)
        understand(kit, NOW)
        reports = kit.warehouse.reports(datetime(2000, 1, 1, tzinfo=UTC), NOW)
        stored = {reading.report_id: reading for reading in kit.warehouse.readings([report.id for report in reports])}
    entries, _ = report_file(path, NOW)
    keys = {report.key: report.id for report in reports}
    assert {entry.id: told(entry, stored[keys[entry.id]], spans=False) for entry in entries} == {line["id"]: line for line in done.lines}
