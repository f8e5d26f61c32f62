"""`read` and `origins` as they are typed: what is written, what is refused, and which exit code says so."""

import json
from pathlib import Path

import pytest

from cli.exits import Exit
from tests.cli.conftest import Hivecast

COPY = "The main bridge over the river was closed to heavy trucks this morning after engineers found cracks in two of its pillars."
ROWS = [
    {"id": "a", "at": "2031-04-01", "source": "Wire", "text": f"{COPY} It stands in Aleppo."},
    {"id": "b", "at": "2031-04-02", "source": "Echo", "text": COPY},
]


def file_of(folder: Path, *more: str) -> str:
    path = folder / "field.jsonl"
    path.write_text("\n".join([*map(json.dumps, ROWS), *more]), encoding="utf-8")
    return str(path)


def test_origins_of_a_file_are_written_and_its_path_is_printed(hivecast: Hivecast, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "origins.jsonl"
    ran = hivecast("origins", "--in", file_of(tmp_path), "--out", str(out))
    assert (ran.code, ran.out.strip()) == (0, str(out))
    assert "2 reports written, 0 lines refused" in ran.err
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["origin"], line["revision_of"]) for line in lines] == [("a", "a", None), ("b", "a", None)]
    assert not home.exists()


def test_a_refused_line_is_named_on_stderr_and_the_exit_code_says_so(hivecast: Hivecast, tmp_path: Path) -> None:
    out = tmp_path / "origins.jsonl"
    ran = hivecast("origins", "--in", file_of(tmp_path, "{broken", '{"text": ""}'), "--out", str(out))
    assert ran.code == Exit.PROBLEM
    assert "field.jsonl line 3: it is not JSON" in ran.err
    assert "field.jsonl line 4: there is no text. To mend it: put what was seen or said into text." in ran.err
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_a_wrong_path_is_told(hivecast: Hivecast, tmp_path: Path) -> None:
    assert hivecast("origins", "--in", "nowhere.jsonl", "--out", "out.jsonl").code == Exit.USAGE
    assert hivecast("origins", "--in", file_of(tmp_path)).code == Exit.USAGE
    assert hivecast("origins", "--in", file_of(tmp_path), "--out", str(tmp_path / "no folder" / "out.jsonl")).code == Exit.CONFIG


def test_no_work_is_done_for_a_result_that_could_not_be_written(hivecast: Hivecast, tmp_path: Path) -> None:
    source, out, nowhere = file_of(tmp_path), tmp_path / "out.jsonl", tmp_path / "no folder" / "lineage.jsonl"
    ran = hivecast("situate", "--in", source, "--out", str(out), "--lineage", str(nowhere))
    assert (ran.code, f"{nowhere} cannot be written: No such file or directory. Give a path" in ran.err) == (Exit.CONFIG, True)
    assert "situate ..." not in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["field.jsonl"]


@pytest.mark.parametrize("command", ["read", "origins", "situate"])
def test_a_result_takes_the_place_of_no_other_file_of_the_command(hivecast: Hivecast, tmp_path: Path, command: str) -> None:
    source = file_of(tmp_path)
    ran = hivecast(command, "--in", source, "--out", str(tmp_path / "." / "field.jsonl"))
    assert (ran.code, "names one file twice" in ran.err) == (Exit.USAGE, True)
    assert Path(source).read_text(encoding="utf-8").startswith(json.dumps(ROWS[0]))
    both = ("--out", str(tmp_path / "same"), "--lineage", str(tmp_path / "same"))
    assert hivecast("situate", "--in", source, *both).code == Exit.USAGE


def test_without_a_pipeline_a_file_is_read_as_far_as_it_goes_and_the_exit_code_says_so(
    hivecast: Hivecast, home: Path, tmp_path: Path, small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIVECAST_MODELS", str(small_folder))
    monkeypatch.setenv("HIVECAST_PIPELINES", '{"en": "no_such_pipeline"}')
    out = tmp_path / "readings.jsonl"
    ran = hivecast("read", "--in", file_of(tmp_path), "--out", str(out))
    assert (ran.code, "no_such_pipeline" in ran.err) == (Exit.DEGRADED, True)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [place["name"] for place in lines[0]["places"]] == ["Aleppo"]
    assert (lines[0]["lang"], lines[1]["places"]) == ("en", [])


@pytest.mark.slow
def test_a_file_is_read_with_the_real_models_but_without_the_encoder(
    hivecast: Hivecast, tmp_path: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIVECAST_MODELS", str(models_folder))
    out = tmp_path / "readings.jsonl"
    ran = hivecast("read", "--in", file_of(tmp_path), "--out", str(out))
    assert (ran.code, ran.out.strip()) == (0, str(out))
    row = {"id": "s", "text": "From Tripoli in Lebanon", "spans": [[16, 23], [5, 12]]}
    path = tmp_path / "spans.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    assert hivecast("read", "--in", str(path), "--out", str(out), "--spans").code == 0
    (line,) = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert [place["country"] for place in line["places"]] == ["LB", "LB"]


def test_situations_of_a_file_and_their_lineage_are_written_as_far_as_models_allow(
    hivecast: Hivecast, home: Path, tmp_path: Path, small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIVECAST_MODELS", str(small_folder))
    monkeypatch.setenv("HIVECAST_PIPELINES", "{}")
    monkeypatch.setenv("HIVECAST_ENCODER", "no-such-encoder")
    out, lineage = tmp_path / "situations.jsonl", tmp_path / "lineage.jsonl"
    ran = hivecast("situate", "--in", file_of(tmp_path, "{broken"), "--out", str(out), "--lineage", str(lineage))
    assert (ran.code, ran.out.strip()) == (Exit.PROBLEM, str(out))
    assert "field.jsonl line 3: it is not JSON" in ran.err
    assert "no-such-encoder" in ran.err
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [set(line) for line in lines] == [{"id", "situation"}] * 2
    assert {one for line in lineage.read_text(encoding="utf-8").splitlines() for one in json.loads(line)["reports"]} == {"a", "b"}
    assert not home.exists()


@pytest.mark.slow
def test_a_file_is_situated_with_the_real_models(hivecast: Hivecast, tmp_path: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIVECAST_MODELS", str(models_folder))
    out = tmp_path / "situations.jsonl"
    ran = hivecast("situate", "--in", file_of(tmp_path), "--out", str(out))
    assert (ran.code, ran.out.strip()) == (0, str(out))
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["a", "b"]
