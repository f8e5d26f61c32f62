"""`forecast` as it is typed."""

import json
from pathlib import Path

from cli.exits import Exit
from tests.cli.conftest import Hivecast

ROWS = "".join(f"{unit},{t},{(t * 7 + len(unit)) % 5}\n" for unit in ("ferry", "port") for t in range(30))


def file_of(folder: Path, *more: str) -> str:
    path = folder / "counts.csv"
    path.write_text("unit,t,count\n" + ROWS + "".join(f"{line}\n" for line in more), encoding="utf-8")
    return str(path)


def test_quantiles_are_written_for_each_unit_and_step_and_the_path_is_printed(hivecast: Hivecast, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "quantiles.jsonl"
    ran = hivecast("forecast", "--in", file_of(tmp_path), "--horizon", "2", "--until", "24", "--out", str(out))
    assert (ran.code, ran.out.strip()) == (0, str(out))
    assert "2 units forecast from t 24 to 26; 0 lines refused, 10 after t 24 not used." in ran.err
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(line["unit"], line["t"]) for line in lines] == [("ferry", 25), ("ferry", 26), ("port", 25), ("port", 26)]
    assert not home.exists()


def test_a_bad_line_is_named_and_the_others_go_on(hivecast: Hivecast, tmp_path: Path) -> None:
    out = tmp_path / "quantiles.jsonl"
    ran = hivecast("forecast", "--in", file_of(tmp_path, "port,x,1"), "--horizon", "1", "--out", str(out))
    assert ran.code == Exit.PROBLEM
    assert "counts.csv line 62: t is 'x', not a whole number. To mend it: number days" in ran.err
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_wrong_paths_and_files_are_told_by_exit_code(hivecast: Hivecast, tmp_path: Path) -> None:
    source = file_of(tmp_path)
    assert hivecast("forecast", "--in", source, "--horizon", "1", "--out", source).code == Exit.USAGE
    assert hivecast("forecast", "--in", source, "--horizon", "0", "--out", str(tmp_path / "out")).code == Exit.USAGE
    assert hivecast("forecast", "--in", source, "--horizon", "1", "--out", str(tmp_path / "no folder" / "out")).code == Exit.CONFIG
    assert hivecast("forecast", "--in", source, "--horizon", "1", "--until", "-1", "--out", str(tmp_path / "out")).code == Exit.CONFIG
