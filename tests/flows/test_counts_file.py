"""A CSV file of counts in, quantiles out: what is read, what is refused, what is not looked at."""

from pathlib import Path

import numpy as np
import pytest

from flows.counts_file import forecast_counts, grid, read_counts
from store.errors import ConfigError

HEAD = "unit,t,count\n"


def file_of(folder: Path, text: str) -> Path:
    path = folder / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_gaps_count_zero_from_a_units_first_line_on(tmp_path: Path) -> None:
    units, counts = grid(read_counts(file_of(tmp_path, HEAD + "b,12,3\na,10,1\na,13,2\n")))
    assert units == ["a", "b"]
    assert counts[0].tolist() == [1, 0, 0, 2]
    assert np.isnan(counts[1, :2]).all()
    assert counts[1, 2:].tolist() == [3, 0]


def test_nothing_after_t_changes_a_forecast(tmp_path: Path) -> None:
    early = "".join(f"a,{t},{t % 4}\nb,{t},{t % 7}\n" for t in range(20))
    short = list(forecast_counts(read_counts(file_of(tmp_path, HEAD + early), until=19), 3))
    counted = read_counts(file_of(tmp_path, f"{HEAD}{early}a,20,900\nc,21,5\nb,20,77\n"), until=19)
    assert list(forecast_counts(counted, 3)) == short
    assert counted.later == 3
    assert [(row["unit"], row["t"]) for row in short] == [("a", 20), ("a", 21), ("a", 22), ("b", 20), ("b", 21), ("b", 22)]
    assert list(short[0]["quantiles"])[::19] == ["0.025", "0.5", "0.975"]
    assert all(isinstance(value, int) for value in short[0]["quantiles"].values())


def test_until_may_lie_after_the_last_line_and_the_order_of_lines_is_nothing(tmp_path: Path) -> None:
    rows = ["a,1,4", "b,2,1", "a,3,2"]
    one = list(forecast_counts(read_counts(file_of(tmp_path, HEAD + "\n".join(rows)), until=5), 1))
    other = list(forecast_counts(read_counts(file_of(tmp_path, HEAD + "\n".join(rows[::-1])), until=5), 1))
    assert one == other
    assert one[0]["t"] == 6


def test_each_bad_line_is_named_with_why_and_how_to_mend_it(tmp_path: Path) -> None:
    text = HEAD + "a,1,4\n,2,1\na,two,1\na,2,-1\na,2,1.5\na,2\na,1,4\na,3,2.0\na,inf,1\n"
    counted = read_counts(file_of(tmp_path, text))
    assert counted.counts == {"a": {1: 4, 3: 2}}
    assert [line.number for line in counted.refused] == [3, 4, 5, 6, 7, 8, 10]
    assert counted.refused[0].reason == "it names no unit"
    assert counted.refused[1].reason == "t is 'two', not a whole number"
    assert counted.refused[2].reason == "count is '-1', not a whole number from 0 on"
    assert counted.refused[5].reason == "a has a count for t 1 already"
    assert all(line.remedy for line in counted.refused)


@pytest.mark.parametrize(
    ("text", "until", "told"),
    [
        ("unit,count\na,1\n", None, "no column t"),
        ("", None, "no column unit, t, count"),
        (HEAD, None, "no count to forecast from"),
        (HEAD + "a,9,1\n", 8, "no count with t up to 8"),
    ],
)
def test_a_file_without_counts_is_told(tmp_path: Path, text: str, until: int | None, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        read_counts(file_of(tmp_path, text), until)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_counts(tmp_path / "nowhere.csv")


def test_a_unit_that_began_long_ago_is_known_from_the_beginning_of_what_is_used(tmp_path: Path) -> None:
    _, counts = grid(read_counts(file_of(tmp_path, HEAD + "a,0,5\na,1000000,1\nb,999999,2\n")))
    assert counts.shape == (2, 240)
    assert counts[0, -2:].tolist() == [0, 1]
    assert not np.isnan(counts[0]).any()
    assert np.isnan(counts[1, 0])
