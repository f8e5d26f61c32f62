"""A file of reports comes back as the situation of each, whatever the size of the batches, and how it came to be."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flows.settings import Settings
from flows.situate_file import FileSituated, Situating, situate_file, situating_reader
from nlp.embed import open_encoder
from nlp.models import Models
from nlp.obstacles import load_obstacles
from nlp.read import Reader
from nlp.situate.clue import Clue
from nlp.situate.link import scorer
from nlp.weights import DEFAULT
from store.records import Mention, Place
from tests.flows.conftest import FewPlaces, WordEncoder, direction, unit
from tests.flows.test_report_file import written
from tests.nlp.places.conftest import small_folder

__all__ = ["small_folder"]

NOW = datetime(2031, 5, 1, 12, tzinfo=UTC)
BEGIN = datetime(2031, 4, 1, tzinfo=UTC)
FERRY = "The ferry dock at Boda collapsed and the crossing is closed, divers search below the ramp for {} lorries since {}"
CHOLERA = "Cholera wards in Bangui overflow, nurses count {} new patients at the clinic near the market on {}"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "payday")


def rows() -> list[dict[str, Any]]:
    """Two situations in turn, then one report that is like nothing; the file itself is in no order."""
    told = [(f"{kind}{n}", text.format(n + 2, day)) for n, day in enumerate(DAYS) for kind, text in (("f", FERRY), ("c", CHOLERA))]
    told.append(("alone", "A choir festival awarded gold medals yesterday"))
    made = [{"id": name, "created_at": (BEGIN + timedelta(hours=7 * n)).isoformat(), "source": f"s{n}", "text": text} for n, (name, text) in enumerate(told)]
    random.Random(1).shuffle(made)
    return made


class Tripping:
    """Finds no names, and trips over one word."""

    name = "tripping"

    def recognise(self, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
        if any("TRIP" in text for text in texts):
            raise ValueError("tripped")
        return [() for _ in texts]


@pytest.fixture
def reader() -> Reader:
    models = Models(encoder=WordEncoder(), recognisers={"en": Tripping()})
    return Reader(models=models, gazetteer=FewPlaces(), obstacles=load_obstacles(None))  # type: ignore[arg-type]


def homes(done: FileSituated) -> dict[str, str | None]:
    return {line["id"]: line["situation"] for line in done.file.lines}


def test_every_report_comes_back_in_the_order_of_the_file_with_its_situation(tmp_path: Path, reader: Reader) -> None:
    seen: list[tuple[str, int, int]] = []
    done = situate_file(written(tmp_path, *rows()), reader, NOW, batch=10, progress=lambda *step: seen.append(step))
    assert [line["id"] for line in done.file.lines] == [row["id"] for row in rows()]
    home = homes(done)
    assert home.pop("alone") is None
    assert {kind: len({home[name] for name in home if name[0] == kind}) for kind in "fc"} == {"f": 1, "c": 1}
    assert len(set(home.values())) == 2
    assert seen == [("situate", 10, 17), ("situate", 17, 17)]


@pytest.mark.slow
def test_two_happenings_of_one_week_are_two_with_the_default_encoder_and_nothing_read_before(tmp_path: Path, models_folder: Path) -> None:
    models = Models(encoder=open_encoder(DEFAULT, models_folder, 256), recognisers={})
    real = Reader(models=models, gazetteer=FewPlaces(), obstacles=load_obstacles(None))  # type: ignore[arg-type]
    home = homes(situate_file(written(tmp_path, *rows()), real, NOW))
    assert len(set(home.values()) - {None}) == 2


@pytest.mark.parametrize("batch", [1, 3, 16])
def test_the_size_of_batches_changes_nothing(tmp_path: Path, reader: Reader, batch: int) -> None:
    path = written(tmp_path, *rows())
    assert situate_file(path, reader, NOW, batch=batch) == situate_file(path, reader, NOW)


def test_later_reports_change_nothing_that_was_told_before_them(tmp_path: Path, reader: Reader) -> None:
    early = [row for row in rows() if row["created_at"] < (BEGIN + timedelta(days=3)).isoformat()]
    before = situate_file(written(tmp_path, *early), reader, NOW).lineage
    after = situate_file(written(tmp_path, *rows()), reader, NOW).lineage
    assert len(before) < len(after)
    assert list(before) == list(after[: len(before)])


def test_the_lineage_tells_every_move_in_order_of_time_and_ends_where_the_reports_are(tmp_path: Path, reader: Reader) -> None:
    done = situate_file(written(tmp_path, *rows()), reader, NOW)
    assert [line["at"] for line in done.lineage] == sorted(line["at"] for line in done.lineage)
    last: dict[str, str | None] = {}
    for line in done.lineage:
        assert set(line) == {"at", "kind", "situation", "other", "reports"}
        if line["kind"] == "moved":
            (name,) = line["reports"]
            assert line["other"] == last.get(name)
            last[name] = line["situation"]
    assert last == homes(done)
    assert {line["situation"] for line in done.lineage if line["kind"] == "opened"} == set(filter(None, last.values()))


def test_a_bad_line_and_a_report_that_no_reader_survives_are_named_and_left_out(tmp_path: Path, reader: Reader) -> None:
    trip = {"id": "bad", "at": "2031-04-02", "text": "They say TRIP again"}
    done = situate_file(written(tmp_path, *rows(), trip, "{broken"), reader, NOW)
    assert [(line.number, line.reason.split(":")[0]) for line in done.file.refused] == [(18, "it could not be read; the log says why"), (19, "it is not JSON")]
    assert homes(done) == homes(situate_file(written(tmp_path, *rows()), reader, NOW))


def test_an_empty_file_has_no_lineage(tmp_path: Path, reader: Reader) -> None:
    done = situate_file(written(tmp_path), reader, NOW)
    assert (done.file.lines, done.lineage) == ((), ())


def town(n: float) -> Place:
    return Place(id=f"p{n}", name=f"p{n}", country=f"X{n}", lat=0.0, lon=20.0 * n - 150.0)


def articles(likeness: float) -> list[Clue]:
    """Make articles of 250 words over four weeks: six as alike in meaning (cosine round the scorer's centre) and of neighbouring
    towns, eight like nothing and far off, no word twice.

    Each names a place of its own. Links ask the more of meaning the longer reports are, the further apart and the less of what came before them
    belonged together: such articles after many that stood alone are left for the last look, which goes by meaning alone.
    """
    held = scorer().centre
    apart = np.linalg.qr(np.column_stack([held, *(direction(f"meaning {n}") for n in range(15))]))[0].T[1:]
    made: list[Clue] = []
    for n in range(14):
        alike = n % 2 == 0 and n < 12
        meant = likeness**0.5 * apart[14] + (1 - likeness) ** 0.5 * apart[n] if alike else apart[n]
        vector = unit((held + meant / 2)[None])[0].astype("float32")
        words = " ".join(f"w{n}x{m}" for m in range(250))
        given = {"voice": f"v{n}", "origin_id": f"r{n}", "words": words, "vector": vector, "places": (town(n / 20 if alike else n),)}
        made.append(Clue(report_id=f"{'same' if alike else 'own'}{n}", at=BEGIN + timedelta(days=2 * n), **given))
    return made


def strangers() -> list[Clue]:
    """Make 200 reports of the month before that are like nothing."""
    held = scorer().centre
    vectors = [unit((held + unit(direction(f"stranger {n}")[None])[0] / 2)[None])[0].astype("float32") for n in range(200)]
    return [
        Clue(report_id=f"lone{n}", at=BEGIN - timedelta(hours=3 * (200 - n)), voice=f"z{n}", origin_id=f"z{n}", words=f"z{n} " * 40, vector=vector)
        for n, vector in enumerate(vectors)
    ]


def test_what_stayed_alone_but_is_near_in_meaning_is_found_at_the_end_and_nothing_else_with_it() -> None:
    situating = Situating()
    moves, history = situating.feed([*strangers(), *articles(0.64)])
    assert (history, {move.situation_id for move in moves}) == ((), {""})
    found, history = situating.finish()
    assert {move.report_id for move in found} == {f"same{n}" for n in range(0, 12, 2)}
    assert len({move.situation_id for move in found}) == 1
    assert [event.kind for event in history] == ["discovered"]


@pytest.mark.parametrize("likeness", [0.0, 0.3, 0.5])
def test_what_is_only_of_one_kind_is_not_found_to_be_one_thing(likeness: float) -> None:
    situating = Situating()
    situating.feed([*strangers(), *articles(likeness)])
    assert situating.finish() == ((), ())


def test_missing_models_are_told_and_the_rest_goes_on(tmp_path: Path, small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIVECAST_MODELS", str(small_folder))
    settings = Settings(home=tmp_path / "home", models=small_folder, encoder="no-such-encoder", pipelines={})
    done = situate_file(written(tmp_path, *rows()), situating_reader(settings), NOW)
    assert len(done.file.lines) == 17
    assert "no-such-encoder" in done.file.degraded[0]
